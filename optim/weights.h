/* weights.h: the values of all parameters at once: put aside, and put back. */
#ifndef OPTIM_WEIGHTS_H
#define OPTIM_WEIGHTS_H

#include "layers/params.h"

/* A second list of the same names, with values of its own in `arena`, as they are now. */
Params weights_clone(Arena *arena, const Params *params);

/* The values of one list become those of another of the same shapes. */
void weights_copy(const Params *to, const Params *from);

#endif
