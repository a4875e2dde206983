/* inspect.h: which operation made the first NaN or infinity (error.h, kind 3). */
#ifndef AUTOGRAD_INSPECT_H
#define AUTOGRAD_INSPECT_H

#include "autograd/tape.h"

/* Whether all values on the tape are finite and, after a backward, all gradients. Call it
 * before tape_reset(), while the nodes are there. If not, `error` (which may be NULL)
 * names the first operation that made a NaN or an infinity, its line, the element, and
 * the range of its inputs; or the Var that brought one in. For a gradient it names the
 * Var, and the operations whose backward added to it. */
bool tape_check_finite(const Tape *tape, Error *error);

#endif
