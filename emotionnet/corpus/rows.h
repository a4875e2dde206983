/* rows.h: a modality as a corpus publishes it, one vector of numbers an utterance, in the
 * rows of .npy files.
 *
 * A manifest names them in the optional columns text_row, speech_row and face_row, as
 * FILE.npy:ROW, the first row being 0; empty where an utterance has none. A relative file
 * is relative to the manifest's folder. An array has two dimensions,
 * (utterances,numbers), or more, (utterances,48,48), whose numbers are then taken as one row;
 * and all rows of a modality have the same number of numbers. In place of a row may stand a
 * picture, FILE.png, .pgm, .ppm or .pnm: its square in the middle as PICTURE_SIDE x
 * PICTURE_SIDE grey pixels from 0 to 255 (tensor/plot/picture_read.h). */
#ifndef EMOTIONNET_CORPUS_ROWS_H
#define EMOTIONNET_CORPUS_ROWS_H

#include "emotionnet/modality.h"
#include "tensor/tensor.h"
#include "text/stringset.h"

const char *rows_column(ModalityKind kind); /* "text_row", "speech_row", "face_row" */

/* Cuts "FILE.npy:ROW" into its parts; the path is in the arena. The row of a picture is
 * ROWS_PICTURE. */
enum { ROWS_PICTURE = -1 };
bool rows_parse(
        Arena *arena, const char *text, const char **path, int *row, Error *error);
const char *rows_text(Arena *arena, const char *path, int row); /* the other way */
bool rows_is_picture(const char *text);
extern const char *const rows_pictures[]; /* what their names end in; the last is NULL */

/* The files that have been read, each once; all lives in the arena. */
typedef struct Rows {
	Arena *arena;
	StringSet paths;
	Tensor *arrays; /* of each path */
	int capacity;
} Rows;

Rows rows_new(Arena *arena);

/* The row that `text` names, (1,F), as a view of its file's array, or the picture's grey
 * pixels, (1,PICTURE_PIXELS), anew. Fails if the file is
 * no such array, has no such row, or the row has a number that is too large for a model
 * (RECORD_MOST) or no number. */
bool rows_get(Rows *rows, const char *text, Tensor *row, Error *error);

#endif
