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
	bool frozen;         /* taken out of training by groups_freeze (freeze.h) */
} Group;

typedef struct Groups {
	const Group *items; /* kept; the first that matches counts */
	int count;
} Groups;

/* The group of a parameter of this name; where none matches, one whose factors are 1. */
Group groups_find(Groups groups, const char *name);

#endif
