/* shards.h: one batch on several threads, with bits that do not depend on their number.
 *
 * A batch is cut into shards of eight utterances, whatever the number of threads. Each
 * shard has its own tape and its own replica of the model, whose
 * values are the one set of parameters and whose gradients are its own. Afterwards the
 * gradients are summed in the order of the shards. So neither the layers nor the model
 * know of threads. */
#ifndef EMOTIONNET_TRAIN_SHARDS_H
#define EMOTIONNET_TRAIN_SHARDS_H

#include "layers/params.h"
#include "tensor/threads.h"

enum { SHARD_SIZE = 8 };

/* Builds the model on `params` (a replica's list) in `arena`; `config` is passed
 * through. */
typedef void *ShardBuild(Arena *arena, Params *params, const void *config);

/* The loss of utterances begin..end-1 of the batch, as a scalar on the tape, divided so
 * that the losses of the shards add up to the loss of the batch. */
typedef Var *ShardLoss(
        const void *context, const void *model, Tape *tape, int begin, int end);

/* Whatever is computed from utterances begin..end-1 without gradients. */
typedef void ShardRun(void *context, const void *model, Tape *tape, int begin, int end);

typedef struct Shards Shards;

/* Replicas for batches of up to `batch` utterances. All live in `arena`, what a step needs
 * apart from it: shards_free gives that back. The pool is used, not owned. */
Shards *shards_new(Arena *arena, Pool *pool, const Params *params, int batch,
        ShardBuild *build, const void *config);
void shards_free(Shards *shards);

/* Takes the gradient away from every parameter whose name starts with `prefix`, in all
 * replicas. */
void shards_freeze(Shards *shards, const char *prefix);

/* Forward and backward of a batch. Leaves the sum of the gradients in the original
 * parameters (what was there is overwritten)
 * and returns the loss. */
real shards_gradients(Shards *shards, int batch, ShardLoss *loss, const void *context);

/* Whether, from the next call on, the tapes of all shards stay as they are after it, each
 * in memory of its own, to be looked at. Else a thread's shards share theirs, one after
 * the other, and find it in the cache. */
void shards_stay(Shards *shards, bool stay);

/* Which operation made the first number that is not finite (inspect.h) in the last call,
 * whose tapes stayed; true if none did. */
bool shards_check_finite(const Shards *shards, int batch, Error *error);

/* Shard s's tape as the last call left it, to be looked at (autograd/look), where tapes
 * stay. */
Tape *shards_tape(const Shards *shards, int s);

/* Runs over `count` utterances (any number), `size` at a time, without recording. */
void shards_infer(Shards *shards, int count, int size, ShardRun *run, void *context);

#endif
