/* Sizes are bounded so that no product of two of them overflows, and all that the layers
 * ask of them is asked here, where it is the file's fault. */
#include "emotionnet/language/config_check.h"

#include <limits.h>
#include <string.h>

static const char *const families[] = { "llama", "gpt2", "bert" };
enum { FAMILIES = sizeof families / sizeof families[0] };

const char *language_family_name(LanguageFamily family)
{
	return families[family];
}

bool config_family(
        LanguageConfig *config, const char *path, const char *name, Error *error)
{
	for (int i = 0; i < FAMILIES; i++)
		if (!strcmp(name, families[i])) {
			config->family = (LanguageFamily)i;
			return true;
		}
	return error_set(error,
	        "%s: a model of the family \"%.40s\": expected llama, gpt2 or bert. Hint: only these three can be built.",
	        path, name);
}

typedef struct Bound {
	const char *what;
	int value, most;
} Bound;

bool config_check(LanguageConfig *c, const char *path, Error *error)
{
	if (!c->groups)
		c->groups = c->heads;
	Bound bounds[] = { { "the vocabulary", c->vocabulary, 1 << 22 },
		{ "the width", c->width, 1 << 15 }, { "layers", c->layers, 1 << 10 },
		{ "heads", c->heads, 1 << 10 },
		{ "heads of keys and values", c->groups, 1 << 10 },
		{ "the width inside a block", c->inner, 1 << 17 },
		{ "the steps of a text", c->longest, 1 << 24 } };
	for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
		if (bounds[i].value < 1 || bounds[i].value > bounds[i].most)
			return error_set(error, "%s: %s: %d, expected 1 to %d", path,
			        bounds[i].what, bounds[i].value, bounds[i].most);
	if (!c->head && c->width % c->heads == 0)
		c->head = c->width / c->heads;
	if (c->head < 1 || c->head > 1 << 12)
		return error_set(error,
		        "%s: %d heads of a width of %d: expected heads that divide it",
		        path, c->heads, c->width);
	if (c->heads % c->groups)
		return error_set(error,
		        "%s: %d heads over %d of keys and values: expected these to divide those",
		        path, c->heads, c->groups);
	if (c->family == LANGUAGE_LLAMA && c->head % 2)
		return error_set(error,
		        "%s: heads of %d columns: positions as angles need an even number",
		        path, c->head);
	if (c->family != LANGUAGE_LLAMA &&
	        (c->groups != c->heads || c->head * c->heads != c->width))
		return error_set(error, "%s: %s has heads of its width / heads columns",
		        path, families[c->family]);
	if (!(c->epsilon > 0) || c->epsilon > 1)
		return error_set(error,
		        "%s: the epsilon of the norms is %g: expected more than 0, at most 1",
		        path, c->epsilon);
	if (c->family == LANGUAGE_LLAMA && !(c->theta >= 1 && c->theta < 1e12))
		return error_set(error,
		        "%s: the theta of the positions is %g: expected 1 to 1e12", path,
		        c->theta);
	if (c->end >= c->vocabulary)
		return error_set(error,
		        "%s: token %d ends a text, but the last one is %d", path, c->end,
		        c->vocabulary - 1);
	return true;
}
