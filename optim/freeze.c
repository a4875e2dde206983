/* freeze.c: without a gradient no optimiser moves a parameter. */
#include "optim/freeze.h"

/* The first parameter that the pattern matches; their count: none does. */
static int first_of(const Group *group, const Params *params)
{
	int p = 0;
	while (p < params->count &&
	        groups_find((Groups){ group, 1 }, params->items[p]->name).pattern !=
	                group->pattern)
		p++;
	return p;
}

void groups_freeze_at(Site site, Groups groups, Params *params)
{
	for (int i = 0; i < groups.count; i++)
		if (first_of(&groups.items[i], params) == params->count)
			error_stop(site, "groups_freeze",
			        "\"%s\" matches none of the %d parameters. Hint: names are like \"%s\".",
			        groups.items[i].pattern, params->count,
			        params->count ? params->items[0]->name : "fc.weight");
	for (int p = 0; p < params->count; p++)
		if (groups_find(groups, params->items[p]->name).frozen)
			params->items[p]->grad.data = NULL;
}
