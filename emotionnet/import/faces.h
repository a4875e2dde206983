/* faces.h: what the speaker's face does in each utterance, as a table of numbers that
 * another program made of the film: a row an utterance, found by its id.
 *
 *     id,AU01_r,AU02_r,...
 *     03-01-01-01-01-01-01,0,0.93,...
 *
 * Any CSV with a column id does; all its other columns must be numbers. */
#ifndef EMOTIONNET_IMPORT_FACES_H
#define EMOTIONNET_IMPORT_FACES_H

#include "emotionnet/import/import.h"

/* Writes the rows of the table options->face as FOLDER/NAME.npy, (rows,numbers), where
 * FOLDER is options->arrays (NULL: the current one) and NAME that of the table; and gives
 * the corpus the column face_row (corpus/rows.h), empty where an utterance has no row. How
 * many have none is said on the warnings. Fails if no utterance has one, if a row is bad
 * (or leaves it out, with skip_bad), if the corpus has faces already. */
bool faces_join(Corpus *corpus, Arena *arena, const ImportOptions *options, Error *error);

#endif
