#include "tests/support/well_formed.h"

#include <check.h>
#include <string.h>

void assert_well_formed(const char *svg)
{
	enum { DEEPEST = 16 };
	const char *open[DEEPEST];
	int depth = 0;
	for (const char *at = svg; (at = strchr(at, '<'));) {
		const char *tag = at++;
		if (*at == '/') {
			size_t length = strcspn(++at, ">");
			ck_assert_msg(depth > 0 && !strncmp(open[depth - 1], at, length),
			        "ends what is not open: %.40s", tag);
			depth--;
			continue;
		}
		ck_assert_int_lt(depth, DEEPEST);
		open[depth++] = at;
		at += strcspn(at, " />");
		while (*at == ' ') {
			at += strcspn(at + 1, "=\" />") + 1;
			ck_assert_msg(!strncmp(at, "=\"", 2), "an attribute: %.90s", tag);
			at = strchr(at + 2, '"') + 1;
		}
		depth -= *at == '/';
		at += *at == '/';
		ck_assert_msg(*at == '>', "not its end: %.90s", tag);
	}
	ck_assert_int_eq(depth, 0);
}
