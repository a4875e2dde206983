/* freeze.h: parameters that stay as they are, by their names. */
#ifndef OPTIM_FREEZE_H
#define OPTIM_FREEZE_H

#include "optim/groups.h"

/* Takes the gradient away from every parameter of a frozen group (params.h: before
 * replicas are built). Stops if a pattern, frozen or not, matches no parameter: a name
 * was misspelt. */
void groups_freeze_at(Site site, Groups groups, Params *params);
#define groups_freeze(...) groups_freeze_at(HERE, __VA_ARGS__)

#endif
