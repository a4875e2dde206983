/* golden.h: reference figures that another program computed, PyTorch as a rule.
 *
 * tests/golden/FILE is text, a tensor a line: its name, its dimensions, a colon, its
 * numbers:
 *
 *     matmul.a 2 3 : 1 2 3 4 5 6
 *     loss : 0.25
 *
 * The script that made it, make_FILE.py, lies beside it and writes through
 * tests/golden/fixture.py. Tests run in the project's root, where these paths begin. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "tests/support/harness.h"

/* The tensor of that name, in `arena`. The test fails if the file has none, or is
 * malformed. */
Tensor golden_tensor(Arena *arena, const char *file, const char *name);

/* The same as whole numbers, for ids and lengths. */
int *golden_ints(Arena *arena, const char *file, const char *name);

/* The tensor agrees with that of the file: the same shape, and every number within 1e-5
 * of it, relative, or within 1e-6, absolute, near zero. */
#define ASSERT_GOLDEN(actual, file, name)                                                \
	golden_check(__FILE__, __LINE__, #actual, actual, file, name)
void golden_check(const char *source, int line, const char *what, Tensor actual,
        const char *file, const char *name);

#endif
