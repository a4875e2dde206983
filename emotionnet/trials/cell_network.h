/* cell_network.h: the cells of networks. */
#ifndef EMOTIONNET_TRIALS_CELL_NETWORK_H
#define EMOTIONNET_TRIALS_CELL_NETWORK_H

#include "emotionnet/trials/cell.h"

/* As cell_run and cell_fingerprint, of a network. */
CellResult cell_network(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error);
uint64_t cell_network_hash(const Trial *trial, Arena *arena, Pool *pool);

/* Of all parameters, by name. */
uint64_t cell_hash_params(const Params *params);

#endif
