/* cell_language.h: the cells of a comparison that a language model answers (prompting.h,
 * probe.h), and those of a network that is trained on top of it. */
#ifndef EMOTIONNET_TRIALS_CELL_LANGUAGE_H
#define EMOTIONNET_TRIALS_CELL_LANGUAGE_H

#include "emotionnet/trials/cell.h"

/* As cell_run, of these kinds of strategies; a hash of what decides their answers. */
CellResult cell_prompt(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error);
CellResult cell_probe(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error);
uint64_t cell_language_hash(const Trial *trial, Arena *arena, Pool *pool);

#endif
