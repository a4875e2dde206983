/* One product in several disguises. Where it is wrong, the likely mistakes are made on purpose, by the plain
 * definition below, and compared with what was found. */
#include "tutorials/checks.h"
#include "tensor/matmul.h"

#include <math.h>

enum { WIDE = 12, FIRST = WIDE + 1, BEFORE = 7, BEYOND = 64 };
/* The memory that out is part of is (WIDE,WIDE) and held BEFORE; out begins at FIRST. Behind the numbers of a and of b
 * lie so many more, so that an index which is wrong by little reads a wrong number, and can be told by it. */

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

typedef enum Layout {
	PLAIN,
	OUT_WIDE,
	OUT_TRANSPOSED,
	A_TRANSPOSED,
	B_TRANSPOSED
} Layout;

/* M,K,N from the seed: no two of them the same, and K neither one more nor one less than M or N, so that a sum over
 * the wrong range is none that is too short. In a PLAIN case N is the larger, so that (j,i) is never where
 * another (i,j) belongs. */
static Case new_case(int seed, Layout layout)
{
	Arena *arena = arena_new("check");
	int m = 2 + seed % 4, n = 2 + (seed + 2) % 4, k = 7 + seed % 3;
	if (layout == PLAIN && m > n)
		m = n, n = m + 2;
	Tensor memory = tensor_full(arena, BEFORE, SHAPE(WIDE, WIDE));
	real *first = memory.data + FIRST;
	Matrix out = { first, m, n, layout == PLAIN ? n : WIDE, 1 };
	if (layout == OUT_TRANSPOSED)
		out = (Matrix){ first, m, n, 1, WIDE };
	return (Case){ .arena = arena,
		.memory = memory,
		.out = out,
		.a = new_matrix(arena, seed, m, k, layout == A_TRANSPOSED),
		.b = new_matrix(arena, seed + 1, k, n, layout == B_TRANSPOSED) };
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

static double columns_of_b(const Case *c, int i, int j)
{
	return sum_of(c, i, j, 0, c->b.columns);
}

/* i over the columns of out, j over its rows. */
static double loops_exchanged(const Case *c, int i, int j)
{
	return i < c->out.columns && j < c->out.rows ? right(c, i, j) : BEFORE;
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

/* As if the numbers of a row lay side by side, and its rows so far apart. */
static double rows_apart(const Case *c, int i, int j, int a_row, int b_row)
{
	double sum = 0;
	for (int k = 0; k < c->a.columns; k++)
		sum += (double)c->a.data[i * a_row + k] *
		       (double)c->b.data[k * b_row + j];
	return sum;
}

/* Rows of `columns` numbers close together, whatever the strides say. */
static double strides_ignored(const Case *c, int i, int j)
{
	return rows_apart(c, i, j, c->a.columns, c->b.columns);
}

static double column_stride_ignored(const Case *c, int i, int j)
{
	return rows_apart(c, i, j, c->a.row_stride, c->b.row_stride);
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
			if (!(fabs(at(c->out, *i, *j) - rule(c, *i, *j)) <= 1e-4))
				return false;
	return true;
}

/* What lies around out must be as it was. */
static bool outside_written(const Case *c)
{
	bool inside[WIDE * WIDE] = { false };
	for (int i = 0; i < c->out.rows; i++)
		for (int j = 0; j < c->out.columns; j++)
			inside[FIRST + i * c->out.row_stride + j * c->out.column_stride] =
			        true;
	for (int e = 0; e < WIDE * WIDE; e++)
		if (!inside[e] && c->memory.data[e] != BEFORE)
			return true;
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
	{ columns_of_b, "k runs over the columns of b; it has to run over its rows" },
	{ loops_exchanged,
	        "i runs over the columns of out and j over its rows; it is the other way "
	        "round" },
	{ carried_on,
	        "the sum does not begin at 0 for each element, but goes on from the "
	        "one before" },
	{ not_cleared, "the sum does not begin at 0, but at what out held before" },
	{ a_turned, "i and k are exchanged where a is read" },
	{ b_turned, "k and j are exchanged where b is read" },
	{ strides_ignored,
	        "the strides are ignored: i * columns + j is not where element (i,j) "
	        "lies" },
	{ column_stride_ignored,
	        "a column stride is ignored: after a transpose it is not 1" } };

static const char *mistake_of(const Case *c)
{
	int i, j;
	const char *likely = NULL;
	for (size_t m = sizeof mistakes / sizeof mistakes[0]; m-- > 0;)
		if (agrees(c, mistakes[m].rule, &i, &j))
			likely = mistakes[m].mistake;
	return likely;
}

/* The product is there, or wrong in a way that is known, if one looks for it as if out had these strides. */
static bool lies_at(Case c, int row_stride, int column_stride)
{
	int i, j;
	c.out.row_stride = row_stride, c.out.column_stride = column_stride;
	return agrees(&c, right, &i, &j) || agrees(&c, strides_ignored, &i, &j) ||
	       agrees(&c, column_stride_ignored, &i, &j);
}

static void judge_beside(const Case *c)
{
	int i, j;
	const Matrix out = c->out;
	const char *likely =
	        "none that is known here. Print the index that is written, for "
	        "each i and j";
	if (agrees(c, right, &i, &j))
		likely = "the loop over i or over j ends too late";
	else if (mistake_of(c))
		likely = mistake_of(c);
	else if (lies_at(*c, out.column_stride, out.row_stride))
		likely = "i and j are exchanged where out is written";
	else if (lies_at(*c, out.columns, 1) || lies_at(*c, out.row_stride, 1))
		likely = "out has strides of its own, and they are ignored";
	MISTAKE(likely, "numbers beside out were written; out is a part of something "
	                "wider, or the memory before it and behind it is not yours");
}

#define PLACE(m)                                                                         \
	INT((m).rows), INT((m).columns), INT((m).row_stride), INT((m).column_stride)

static int numbers_of(Matrix m)
{
	return m.rows * m.columns + BEYOND;
}

static void judge(Case c)
{
	int i, j;
	CALL("multiply", WRITES(c.memory.data, WIDE * WIDE), INT(FIRST), PLACE(c.out),
	        READS(c.a.data, numbers_of(c.a)), INT(0), PLACE(c.a),
	        READS(c.b.data, numbers_of(c.b)), INT(0), PLACE(c.b));
	if (outside_written(&c))
		judge_beside(&c);
	if (!agrees(&c, right, &i, &j)) {
		const char *likely = mistake_of(&c);
		MISTAKE(likely ? likely
		               : "none that is known here. Print i, j, k and the two "
		                 "factors for a product of (1,2) and (2,1)",
		        "(%d,%d) times (%d,%d): out(%d,%d) is %.6g, expected %.6g",
		        c.a.rows, c.a.columns, c.b.rows, c.b.columns, i, j,
		        at(c.out, i, j), right(&c, i, j));
	}
	arena_free(c.arena);
}

START_TEST(plain)
{
	judge(new_case(checks_seed(), PLAIN));
}
END_TEST

START_TEST(part_of_something_wider)
{
	for (int seed = 1; seed < 12; seed++)
		judge(new_case(checks_seed() + seed, OUT_WIDE));
}
END_TEST

START_TEST(a_transposed)
{
	judge(new_case(checks_seed(), A_TRANSPOSED));
}
END_TEST

START_TEST(b_transposed)
{
	judge(new_case(checks_seed(), B_TRANSPOSED));
}
END_TEST

START_TEST(out_transposed)
{
	judge(new_case(checks_seed(), OUT_TRANSPOSED));
}
END_TEST

CHECKS({ plain, 2, "a product of two plain matrices" },
        { part_of_something_wider, 2, "eleven shapes, out a part of something wider" },
        { a_transposed, 2, "a is a transposed view" },
        { b_transposed, 2, "b is a transposed view" },
        { out_transposed, 2, "out is a transposed view" })
