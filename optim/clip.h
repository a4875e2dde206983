/* clip.h: a limit on how far one step can go (Pascanu et al. 2013, PyTorch's
 * clip_grad_norm_). */
#ifndef OPTIM_CLIP_H
#define OPTIM_CLIP_H

#include "layers/params.h"

/* Scales all gradients together so that their norm, taken as one vector, is at most
 * `limit` (above 0; HUGE_VAL only measures). Returns the norm that they had, the same
 * bits everywhere. If that is not finite nothing is scaled: the caller sees it, and
 * autograd/inspect.h names the operation it came from. */
double clip_norm_at(Site site, const Params *params, double limit);
#define clip_norm(...) clip_norm_at(HERE, __VA_ARGS__)

#endif
