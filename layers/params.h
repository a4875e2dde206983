/* params.h: the named parameters of a model, in the order they were added.
 *
 * All that the optimiser, the checkpoint and the gradient check see of a model is this
 * list. Names and shapes are PyTorch's ("text.lstm.weight_ih_l0"), so that a state dict
 * can be exchanged with it.
 *
 * A replica is a second list over the same values with gradients of its own: build the
 * same model again on it, and it computes with the one set of parameters but adds into
 * its own gradients. That is how several threads share a model. */
#ifndef LAYERS_PARAMS_H
#define LAYERS_PARAMS_H

#include "autograd/tape.h"
#include "tensor/rng.h"

typedef struct Params {
	Arena *arena;
	Var **items; /* `count` of them */
	int count, capacity;
	const struct Params *original; /* whose values a replica shares; else NULL */
	bool to_load;                  /* made by params_new_to_load */
} Params;

/* An empty list whose parameters will live in `arena`. */
Params params_new(Arena *arena);
/* The same for a model that is about to be loaded and only predicts: its parameters have
 * shapes, but no gradients, and no memory for values until safetensors_load gives it to
 * them. Nothing is drawn, and nothing is written that the load would write over. */
Params params_new_to_load(Arena *arena);
/* An empty replica: each params_add on it hands out the original's next parameter, frozen
 * if the original's is. `original` is kept, and must live as long. */
Params params_replica(Arena *arena, const Params *original);

/* Adds a parameter "prefix.name" (or "name", if prefix is NULL or empty) of this shape,
 * all zero, with a gradient. Stops if the name is taken, or, on a replica, if it is not
 * the original's next one. The Var lives as long as the arena. */
Var *params_add_at(Site site, Params *params, const char *prefix, const char *name,
        int ndim, const int shape[]);
#define params_add(...) params_add_at(HERE, __VA_ARGS__)

/* The same without a gradient: what is saved with a model but not trained, as an
 * optimiser's moments. */
Var *params_add_buffer_at(Site site, Params *params, const char *prefix, const char *name,
        int ndim, const int shape[]);
#define params_add_buffer(...) params_add_buffer_at(HERE, __VA_ARGS__)

/* Adds "prefix.name" over the values of a variable that is another list's, so that
 * several lists can be saved in one file, or loaded from it. No gradient. */
void params_add_view_at(Site site, Params *params, const char *prefix, const Var *of);
#define params_add_view(...) params_add_view_at(HERE, __VA_ARGS__)

/* Fills a new parameter from U(-bound, bound) or N(0, deviation^2), row by row, or with
 * one number. On a replica nothing is drawn: the values are the original's; nor before a
 * load. Layers initialise only through these, or where params_begin says that there
 * are first values to write. */
bool params_begin(const Params *params);
void params_init_uniform(const Params *params, Var *parameter, real bound, Rng *rng);
void params_init_normal(const Params *params, Var *parameter, real deviation, Rng *rng);
void params_init_constant(const Params *params, Var *parameter, real value);

Var *params_find(const Params *params, const char *name); /* NULL if there is none */
size_t params_size(const Params *params);                 /* trainable numbers in all */
size_t params_bytes(const Params *params); /* of all numbers, trainable or not */
void params_zero_grad(const Params *params);

/* "prefix.name" in the list's arena; "name" alone if the prefix is NULL or empty. */
const char *params_name(const Params *params, const char *prefix, const char *name);

/* Takes the gradient away from every parameter whose name starts with `prefix`: it stays
 * as it is. Freeze before replicas are built. */
void params_freeze(Params *params, const char *prefix);

#endif
