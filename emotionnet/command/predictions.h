/* predictions.h: evaluate --predictions FILE.csv: what was answered to each utterance, for
 * whoever looks at the errors one by one, or scores them in another way. */
#ifndef EMOTIONNET_COMMAND_PREDICTIONS_H
#define EMOTIONNET_COMMAND_PREDICTIONS_H

#include "emotionnet/experiment/ensemble.h"

/* Columns id, speaker, label, answer ("not sure" below `abstain`), and p_LABEL for each
 * label: its probability, with nine digits, so that it is read back as it was. One row for each utterance of the
 * verdict, in the corpus's order. Written all or nothing (file.h); fails if the disk is
 * full. */
bool predictions_write(const char *path, Arena *arena, const Corpus *corpus,
        const Labels *labels, const Verdict *verdict, double abstain, Error *error);

#endif
