/* cell_tuned.h: the cells of a language model part of which learns: a network whose text
 * encoder it is. Its tokens are its own, so each cell reads the texts once more. */
#ifndef EMOTIONNET_TRIALS_CELL_TUNED_H
#define EMOTIONNET_TRIALS_CELL_TUNED_H

#include "emotionnet/trials/cell.h"

/* As cell_run and cell_fingerprint. Tested as it is, under no other condition: texts are
 * disturbed as words, before the model cuts them. */
CellResult cell_tuned(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error);
uint64_t cell_tuned_hash(const Trial *trial, Arena *arena, Pool *pool);

#endif
