/* keys_values.h: what attention keeps of the steps it has read, so that a text that grows
 * by one step costs one step: keys and values never change once later steps cannot be
 * seen (a causal mask).
 *
 *     KeysValues *past = keys_values_new(arena, layers, 1, 512, columns);
 *     llama_forward(model, &tape, prompt, 1, T, &T, past, NULL);    T steps
 *     llama_forward(model, &tape, &next, 1, 1, &one, past, NULL);   and one more
 *     past->lengths[0] = T;                                         as if it had not been
 */
#ifndef LAYERS_KEYS_VALUES_H
#define LAYERS_KEYS_VALUES_H

#include "layers/heads.h"

typedef struct KeysValues {
	int layers, batch, columns, longest;
	int *lengths; /* (B) steps that are remembered; to forget some, make it smaller */
	real **keys; /* of each layer (B,longest,columns), in chunks of steps, turned over */
	real **values; /* of each layer (B,longest,columns) */
} KeysValues;

/* Nothing yet, for at most `longest` steps of `batch` utterances, of which each layer
 * keeps `columns` numbers as keys and as many as values. Lives in `arena`. */
KeysValues *keys_values_new_at(
        Site site, Arena *arena, int layers, int batch, int longest, int columns);
#define keys_values_new(...) keys_values_new_at(HERE, __VA_ARGS__)

/* Keeps the steps k and v (B,T,columns) of a layer behind those of `lengths`, which stay
 * as they are until all layers have added theirs: then keys_values_advance. Stops if the
 * shapes do not fit, if they are more than `longest`, or if the tape records: no
 * gradient goes into the past. */
void keys_values_add_at(
        Site site, KeysValues *past, int layer, const Tape *tape, Sequence k, Sequence v);
#define keys_values_add(...) keys_values_add_at(HERE, __VA_ARGS__)
void keys_values_advance(KeysValues *past, const int steps[]); /* (B) */

/* The heads' queries q (B,T,D) look at what a layer remembers, their own steps included,
 * before keys_values_advance counts these -> (B,T,D); no step sees a later one. */
Sequence keys_values_look_at(Site site, Tape *tape, Sequence q, const KeysValues *past,
        int layer, const Heads *heads);

#endif
