/* groups.h: some parameters learn slower, shrink less, or stay as they are; which ones,
 * their names say.
 *
 *     static const Group groups[] = {
 *             { "text.embedding.*", .rate = 0.1, .decay = 1 },
 *             { "*.bias", .rate = 1, .decay = 0 },
 *     };
 *     adam.groups = (Groups){ groups, 2 };
 */
#ifndef OPTIM_GROUPS_H
#define OPTIM_GROUPS_H

#include "layers/params.h"

typedef struct Group {
	const char *pattern; /* of names: * stands for any letters or none, ? for one */
	double rate, decay;  /* factors of the optimiser's own: 1 leaves it, 0 is none */
	bool frozen;         /* taken out of training by groups_freeze */
} Group;

typedef struct Groups {
	const Group *items; /* kept; the first that matches counts */
	int count;
} Groups;

/* The group of a parameter of this name; where none matches, one whose factors are 1. */
Group groups_find(Groups groups, const char *name);

/* Takes the gradient away from every parameter of a frozen group (params.h: before
 * replicas are built). Stops if a pattern, frozen or not, matches no parameter: a name
 * was misspelt. */
void groups_freeze_at(Site site, Groups groups, Params *params);
#define groups_freeze(...) groups_freeze_at(HERE, __VA_ARGS__)

#endif
