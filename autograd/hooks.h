/* hooks.h: what may hang on a tape or on a Var, and what the tape calls there. All of
 * them are NULL for a learner, and nothing that is computed depends on them. */
#ifndef AUTOGRAD_HOOKS_H
#define AUTOGRAD_HOOKS_H

#include "autograd/tape.h"

/* Counts time and memory: autograd/look/meter.h. */
struct Meter {
	/* An operation is complete. node: its record; NULL: it has none. */
	void (*recorded)(Meter *meter, Tape *tape, Node *node);
	/* The node's backward is about to be called; it has returned. */
	void (*before)(Meter *meter, const Node *node);
	void (*after)(Meter *meter, const Node *node);
};

/* Where gradients of intermediate results lie: autograd/fast/reuse.h. Without it they lie
 * in the tape's arena until tape_reset. */
struct Reuse {
	void *(*take)(Reuse *reuse, Arena *arena, size_t bytes);
	/* The backward of the node that made x is over: nobody reads x's gradient any
	 * more. */
	void (*give)(Reuse *reuse, Var *x);
	void (*reset)(Reuse *reuse); /* the arena's memory is gone */
};

/* The gradient of a leaf as a list of terms that somebody sums later:
 * autograd/fast/terms.h. */
struct Terms {
	Arena *arena; /* of the terms and all that they read; NULL: the tape's */
	struct Term *first, *last;
	bool written; /* an operation that leaves no terms has added to the gradient itself */
};

#endif
