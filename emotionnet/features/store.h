/* store.h: where the frames of a corpus stand while it is learnt from: in a file that is
 * mapped, so that a corpus larger than the memory trains.
 *
 * The system reads a page of them when it is touched, and takes it away again when memory
 * is short. The file has no name and is gone with the process. */
#ifndef EMOTIONNET_FEATURES_STORE_H
#define EMOTIONNET_FEATURES_STORE_H

#include "tensor/arena.h"
#include "tensor/tensor.h"

typedef struct Store Store;

/* In the arena, whose reset also gives back what was kept. Its file lies in `folder`;
 * NULL, or where no file can be made: all is kept in the arena. One thread at a time. */
Store *store_new(Arena *arena, const char *folder);

/* A copy of x. It may be changed where it stands. If the disk is full it stands in the
 * arena. */
Tensor store_keep(Store *store, Tensor x);

/* What is kept stays; what comes after stands in the arena. A process may have few files
 * open at a time, and what is mapped needs no open file. */
void store_close(Store *store);

#endif
