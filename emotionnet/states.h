/* states.h: what a frozen encoder says of an utterance: the same in every epoch, and so
 * computed once and kept; as are its weights in the order in which products read them
 * (autograd/fast/kept.h). */
#ifndef EMOTIONNET_STATES_H
#define EMOTIONNET_STATES_H

#include "emotionnet/encoders.h"
#include "layers/layernorm.h"

#include <stdint.h>

typedef struct States States;

/* Empty. Lives in `arena`; several threads may use it at once. Keeps up to `most` bytes:
 * what comes after is computed each time. */
States *states_new(Arena *arena, size_t most);

/* Computes the states of a batch of sequences, (B,T,H), 0 after each length. */
typedef Sequence StatesMake(const void *context, Tape *tape, Sequence x);

/* The states of each sequence of the batch: those that are kept, or, where one is not,
 * made and kept. Sequences whose `keys[b]` are the same must be the same. Where a gradient
 * to x is wanted, they are made. */
Sequence states_of(States *states, const uint64_t keys[], StatesMake *make,
        const void *context, Tape *tape, Sequence x);

/* A key for the steps of each sequence, (B) in the tape's arena: a hash of their numbers. */
const uint64_t *states_keys(Tape *tape, Sequence x);

/* What fusion is given of states x (B,T,H), frozen or not: each step brought to one size by
 * the norm, whose scale and shift learn, and the mean and maximum over time, (B,2H).
 * Nothing is dropped here: dropout makes what it leaves larger, and so a maximum over
 * time, in training alone. Fusion drops some of the summary. */
Encoded states_encoded(const LayerNorm *norm, Tape *tape, Sequence x);

#endif
