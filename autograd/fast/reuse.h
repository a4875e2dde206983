/* reuse.h: the gradients of intermediate results in one piece of memory after the other.
 *
 * Each is given up when the backward of its own node is over, and the next ones are made
 * in its memory, which the caches still hold. For training, where nobody looks at such a
 * gradient afterwards. */
#ifndef AUTOGRAD_FAST_REUSE_H
#define AUTOGRAD_FAST_REUSE_H

#include "autograd/hooks.h"

/* For one tape: tape->reuse. Lives in `arena`, not the tape's own. */
Reuse *reuse_new(Arena *arena);

#endif
