/* One product in several disguises. Where it is wrong, the likely mistakes are made on purpose, by the plain
 * definition below, and compared with what was found. */
#include "tutorials/checks.h"
#include "tutorials/01-tensors/exercise.h"

#include <math.h>

enum { WIDE = 12, BEFORE = 7, BEYOND = 64 };
/* The memory that out is part of is (WIDE,WIDE) and held BEFORE. Behind the numbers of a and of b lie so many more, so
 * that an index which is wrong by little reads a wrong number, and can be told by it. */

typedef struct Case {
	Arena *arena;
	Tensor memory;
	Matrix out, a, b;
} Case;

static double at(Matrix m, int i, int j)
{
	return (double)m.data[i * m.row_stride + j * m.column_stride];
}

/* (rows,columns); transposed in memory, or not. */
static Matrix new_matrix(Arena *arena, int seed, int rows, int columns, bool transposed)
{
	int wide = transposed ? rows : columns;
	const Var *numbers =
	        random_constant(arena, "numbers", seed, SHAPE(rows * columns + BEYOND));
	Matrix m =
	        matrix_view(numbers->value.data, transposed ? columns : rows, wide, wide);
	return transposed ? matrix_transpose(m) : m;
}

/* M,K,N from the seed. K is not M+1, nor M, so that a sum over the wrong range is none that is too short. */
static Case new_case(int seed, bool a_transposed, bool b_transposed)
{
	Arena *arena = arena_new("check");
	int m = 2 + seed % 4, n = 2 + (seed + 2) % 4;
	int k = m == 5 ? 3 : m + 2 + seed % 2;
	Tensor memory = tensor_full(arena, BEFORE, SHAPE(WIDE, WIDE));
	return (Case){ .arena = arena,
		.memory = memory,
		.out = { memory.data + WIDE + 1, m, n, WIDE, 1 },
		.a = new_matrix(arena, seed, m, k, a_transposed),
		.b = new_matrix(arena, seed + 1, k, n, b_transposed) };
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

static double one_more(const Case *c, int i, int j)
{
	return sum_of(c, i, j, 0, c->a.columns + 1);
}

static double rows_of_a(const Case *c, int i, int j)
{
	return sum_of(c, i, j, 0, c->a.rows);
}

/* Row by row the sum goes on from the element before. */
static double carried_on(const Case *c, int i, int j)
{
	double sum = 0;
	for (int e = 0; e <= i * c->out.columns + j; e++)
		sum += right(c, e / c->out.columns, e % c->out.columns);
	return sum;
}

static double a_turned(const Case *c, int i, int j)
{
	double sum = 0;
	for (int k = 0; k < c->a.columns; k++)
		sum += at(c->a, k, i) * at(c->b, k, j);
	return sum;
}

static double b_turned(const Case *c, int i, int j)
{
	double sum = 0;
	for (int k = 0; k < c->a.columns; k++)
		sum += at(c->a, i, k) * at(c->b, j, k);
	return sum;
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

/* Whether all of out is what the rule says; if not, the first element that is not in *i, *j. */
static bool agrees(const Case *c, double (*rule)(const Case *, int, int), int *i, int *j)
{
	for (*i = 0; *i < c->out.rows; ++*i)
		for (*j = 0; *j < c->out.columns; ++*j)
			if (fabs(at(c->out, *i, *j) - rule(c, *i, *j)) > 1e-4)
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

static const struct {
	double (*rule)(const Case *, int, int);
	const char *mistake;
} mistakes[] = { { untouched, "out is not written" },
	{ last_term, "= for +=: only the last term of the sum is left" },
	{ one_short, "the loop over k ends one too early" },
	{ one_more, "the loop over k ends one too late" },
	{ first_missing, "the loop over k begins one too late" },
	{ rows_of_a, "k runs over the rows of a; it has to run over its columns" },
	{ carried_on,
	        "the sum does not begin at 0 for each element, but goes on from the "
	        "one before" },
	{ not_cleared, "the sum does not begin at 0, but at what out held before" },
	{ a_turned, "i and k are exchanged where a is read" },
	{ b_turned, "k and j are exchanged where b is read" },
	{ strides_ignored,
	        "the strides are ignored: i * columns + j is not where element (i,j) "
	        "lies" } };

static void judge(Case c)
{
	int i, j, any_i, any_j;
	multiply(c.out, c.a, c.b);
	Matrix turned = matrix_transpose(c.out), out = c.out;
	turned.rows = out.rows, turned.columns = out.columns;
	bool outside = outside_written(&c);
	c.out = turned;
	if (outside && agrees(&c, right, &i, &j))
		MISTAKE("i and j are exchanged where out is written",
		        "element (i,j) of the product lies where (j,i) belongs");
	c.out = out;
	if (outside)
		MISTAKE("out has strides of its own, and they are ignored",
		        "numbers beside out were written; out is a part of wider rows");
	if (agrees(&c, right, &i, &j)) {
		arena_free(c.arena);
		return;
	}
	const char *likely =
	        "none that is known here. Print i, j, k and the two factors for a "
	        "product of (1,2) and (2,1)";
	for (size_t m = sizeof mistakes / sizeof mistakes[0]; m-- > 0;)
		if (agrees(&c, mistakes[m].rule, &any_i, &any_j))
			likely = mistakes[m].mistake;
	MISTAKE(likely, "(%d,%d) times (%d,%d): out(%d,%d) is %.6g, expected %.6g",
	        c.a.rows, c.a.columns, c.b.rows, c.b.columns, i, j, at(c.out, i, j),
	        right(&c, i, j));
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
