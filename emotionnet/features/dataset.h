/* dataset.h: the examples of one split of a corpus: what is read from files, before
 * anything is learnt from it (frontend.h). */
#ifndef EMOTIONNET_FEATURES_DATASET_H
#define EMOTIONNET_FEATURES_DATASET_H

#include "emotionnet/corpus/rows.h"
#include "emotionnet/features/frontend.h"

/* Examples with sound and vectors as they come, and no words yet. They live until
 * dataset_free (batch.h). */
bool dataset_read(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, Rows *rows, FrontendRun *run, Error *error);

/* An example of which nothing has been read. */
Example dataset_example(const Frontend *frontend, int label, int utterance);

/* A name in the arena for the recording that an example was heard from, whatever its file
 * is called: its frames, before they are normalised. NULL: it has no sound, or is a copy.
 * One that stands on two sides is an answer known beforehand. */
const char *dataset_recording(Arena *arena, const Example *example);

/* What the manifest says of an utterance's vector: "" if it has none. */
const char *dataset_row(
        const Corpus *corpus, const Utterance *utterance, ModalityKind kind);

/* Gives an example a copy of that row in the arena, (1,F), not normalised. */
bool dataset_vector(const Frontend *frontend, Example *example, Arena *arena,
        ModalityKind kind, Rows *rows, const char *text, Error *error);

#endif
