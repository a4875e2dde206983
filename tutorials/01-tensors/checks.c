/* One product in several disguises. Where it is wrong, the likely mistakes are made on purpose, by the plain
 * definition below, and compared with what was found. */
#include "tutorials/checks.h"
#include "tutorials/01-tensors/exercise.h"

#include <math.h>

enum { WIDE = 12, BEFORE = 7 }; /* of the memory that out is part of; what it held */

typedef struct Case {
	Arena *arena;
	Tensor memory; /* (M+2,WIDE), of which out is a part */
	Matrix out, a, b;
} Case;

static double at(Matrix m, int i, int j)
{
	return (double)m.data[i * m.row_stride + j * m.column_stride];
}

/* M,K,N from the seed; a and b transposed in memory, or not. */
static Case new_case(int seed, bool a_transposed, bool b_transposed)
{
	Arena *arena = arena_new("check");
	int m = 2 + seed % 4, k = 3 + seed % 3, n = 2 + (seed + 2) % 4;
	Tensor a = random_constant(
	        arena, "a", seed, SHAPE(a_transposed ? k : m, a_transposed ? m : k))
	                   ->value;
	Tensor b = random_constant(
	        arena, "b", seed + 1, SHAPE(b_transposed ? n : k, b_transposed ? k : n))
	                   ->value;
	Tensor memory = tensor_full(arena, BEFORE, SHAPE(m + 2, WIDE));
	return (Case){ .arena = arena,
		.memory = memory,
		.out = { memory.data + WIDE + 1, m, n, WIDE, 1 },
		.a = a_transposed ? matrix_transpose(matrix_of(a)) : matrix_of(a),
		.b = b_transposed ? matrix_transpose(matrix_of(b)) : matrix_of(b) };
}

/* The ways to be wrong; each gives element (i,j) as that mistake would. */
static double sum_of(const Case *c, int i, int j, int from, int to)
{
	double sum = 0;
	for (int k = from; k < to; k++)
		sum += at(c->a, i, k) * at(c->b, k, j);
	return sum;
}

static double right(const Case *c, int i, int j)
{
	return sum_of(c, i, j, 0, c->a.columns);
}

static double last_term(const Case *c, int i, int j)
{
	return sum_of(c, i, j, c->a.columns - 1, c->a.columns);
}

static double one_short(const Case *c, int i, int j)
{
	return sum_of(c, i, j, 0, c->a.columns - 1);
}

static double first_missing(const Case *c, int i, int j)
{
	return sum_of(c, i, j, 1, c->a.columns);
}

static double not_cleared(const Case *c, int i, int j)
{
	return right(c, i, j) + BEFORE;
}

/* Rows of `columns` numbers close together, whatever the strides say. */
static double strides_ignored(const Case *c, int i, int j)
{
	double sum = 0;
	for (int k = 0; k < c->a.columns; k++)
		sum += (double)c->a.data[i * c->a.columns + k] *
		       (double)c->b.data[k * c->b.columns + j];
	return sum;
}

static double untouched(const Case *c, int i, int j)
{
	(void)c, (void)i, (void)j;
	return BEFORE;
}

static bool agrees(const Case *c, double (*rule)(const Case *, int, int))
{
	for (int i = 0; i < c->out.rows; i++)
		for (int j = 0; j < c->out.columns; j++)
			if (fabs(at(c->out, i, j) - rule(c, i, j)) > 1e-4)
				return false;
	return true;
}

/* What lies around out must be as it was. */
static bool outside_written(const Case *c)
{
	for (int r = 0; r < c->memory.shape[0]; r++)
		for (int k = 0; k < WIDE; k++) {
			bool inside = r >= 1 && r <= c->out.rows && k >= 1 &&
			              k <= c->out.columns;
			if (!inside && c->memory.data[r * WIDE + k] != BEFORE)
				return true;
		}
	return false;
}

static void judge(Case c)
{
	static const struct {
		double (*rule)(const Case *, int, int);
		const char *mistake;
	} mistakes[] = { { untouched, "out is not written" },
		{ last_term, "= for +=: only the last term of the sum is left" },
		{ one_short, "the loop over k ends one too early" },
		{ first_missing, "the loop over k begins one too late" },
		{ not_cleared,
		        "the sum does not begin at 0, but at what out held before" },
		{ strides_ignored, "the strides are ignored: i * columns + j is not "
		                   "where element (i,j) lies" } };
	multiply(c.out, c.a, c.b);
	double found = at(c.out, 0, 0), expected = right(&c, 0, 0);
	if (outside_written(&c))
		MISTAKE("out has strides of its own, and they are ignored",
		        "numbers beside out were written; out is a part of wider rows");
	if (agrees(&c, right)) {
		arena_free(c.arena);
		return;
	}
	for (size_t m = 0; m < sizeof mistakes / sizeof mistakes[0]; m++)
		if (agrees(&c, mistakes[m].rule))
			MISTAKE(mistakes[m].mistake,
			        "(%d,%d) times (%d,%d): out(0,0) is %.6g, expected %.6g",
			        c.a.rows, c.a.columns, c.b.rows, c.b.columns, found,
			        expected);
	MISTAKE("none that is known here. Print i, j, k and the two factors for a "
	        "product of (1,2) and (2,1)",
	        "(%d,%d) times (%d,%d): out(0,0) is %.6g, expected %.6g", c.a.rows,
	        c.a.columns, c.b.rows, c.b.columns, found, expected);
}

START_TEST(rows_close_together)
{
	judge(new_case(checks_seed(), false, false));
}
END_TEST

START_TEST(any_shape)
{
	for (int seed = 1; seed < 12; seed++)
		judge(new_case(checks_seed() + seed, false, false));
}
END_TEST

START_TEST(a_transposed)
{
	judge(new_case(checks_seed(), true, false));
}
END_TEST

START_TEST(b_transposed)
{
	judge(new_case(checks_seed(), false, true));
}
END_TEST

CHECKS({ rows_close_together, 2, "a product of two plain matrices" },
        { any_shape, 3, "products of eleven shapes" },
        { a_transposed, 3, "a is a transposed view" },
        { b_transposed, 2, "b is a transposed view" })
