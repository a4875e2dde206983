/* Patterns as in a shell: * is any text, ? any letter. The first group that matches a
 * name has it. */
#include "optim/groups.h"

/* A star first stands for nothing; where the rest then fails, for one letter more. Only
 * the last star needs to be tried again: any text that an earlier one could take, the
 * last one can take as well. */
static bool matches(const char *pattern, const char *name)
{
	const char *star = NULL, *resume = NULL;
	while (*name) {
		if (*pattern == '*') {
			star = pattern++;
			resume = name;
		} else if (*pattern == '?' || *pattern == *name) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star + 1;
			name = ++resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

Group groups_find(Groups groups, const char *name)
{
	for (int i = 0; i < groups.count; i++)
		if (matches(groups.items[i].pattern, name))
			return groups.items[i];
	return (Group){ .pattern = "*", .rate = 1, .decay = 1 };
}
