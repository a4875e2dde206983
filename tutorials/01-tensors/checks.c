/* A product in loops is described by a few whole numbers: the steps with which each
 * array is read or written, and how far each loop runs. A mistake changes one of them.
 * So where the answer is wrong, the likely mistakes are made here on purpose, in the
 * simple loops of carry_out(), and compared with what was found. */
#include "tensor/rng.h"
#include "tutorials/grader/checks.h"

#include <math.h>

enum { MOST = 512, BEFORE = 7 };
/* Each array has so many numbers, far more than the product needs: an index that is a
 * little wrong reads a wrong number, and can be told by it. out held BEFORE. */

typedef struct Case {
	int rows, inner, columns;
	int a_strides[2], b_strides[2];
	real a[MOST], b[MOST], out[MOST];
} Case;

typedef enum Sum {
	FRESH,   /* begins at 0 for each element */
	ASSIGN,  /* = for += */
	KEPT,    /* begins at what out holds */
	CARRIED, /* begins at 0 once */
	ALONG,   /* begins at 0 once a row */
	WHOLE,   /* an int */
	MINUS,   /* - for + */
	ADDED,   /* the factors are added */
	ELEMENT, /* no sum: a[e] b[e] */
	CROSS    /* no sum: a[i][j] b[i][j] */
} Sum;

typedef struct Loops {
	int a_i, a_k, b_k, b_j, out_i, out_j; /* the steps */
	int from, to, rows, columns;          /* of k, i and j */
	Sum sum;
	int writes; /* returns after so many; 0: never */
} Loops;

static Loops right(const Case *c)
{
	return (Loops){ .a_i = c->a_strides[0],
		.a_k = c->a_strides[1],
		.b_k = c->b_strides[0],
		.b_j = c->b_strides[1],
		.out_i = c->columns,
		.out_j = 1,
		.to = c->inner,
		.rows = c->rows,
		.columns = c->columns };
}

static double number(const real *array, int index)
{
	return index < MOST ? (double)array[index] : (double)NAN;
}

static double next_sum(Sum kind, double sum, double a, double b)
{
	switch (kind) {
	case ASSIGN:
		return a * b;
	case WHOLE:
		return trunc(sum + a * b);
	case MINUS:
		return sum - a * b;
	case ADDED:
		return sum + a + b;
	default:
		return sum + a * b;
	}
}

static double sum_of(const Case *c, const Loops *l, double sum, int i, int j)
{
	if (l->sum == ELEMENT || l->sum == CROSS) {
		const int e = i * c->columns + j;
		return number(c->a, l->sum == CROSS ? i * l->a_i + j * l->a_k : e) *
		       number(c->b, l->sum == CROSS ? i * l->b_k + j * l->b_j : e);
	}
	for (int k = l->from; k < l->to; k++)
		sum = next_sum(l->sum, sum, number(c->a, i * l->a_i + k * l->a_k),
		        number(c->b, k * l->b_k + j * l->b_j));
	return sum;
}

static void carry_out(double out[MOST], const Case *c, const Loops *l)
{
	double sum = 0;
	int writes = 0;
	for (int e = 0; e < MOST; e++)
		out[e] = BEFORE;
	for (int i = 0; i < l->rows; i++)
		for (int j = 0; j < l->columns; j++) {
			const int place = i * l->out_i + j * l->out_j;
			if (place >= MOST)
				return;
			if (l->sum == KEPT)
				sum = out[place];
			else if (l->sum != CARRIED && (l->sum != ALONG || j == 0))
				sum = 0;
			sum = sum_of(c, l, sum, i, j);
			out[place] = sum;
			if (++writes == l->writes)
				return;
		}
}

/* The first place where out is not what the loops make; -1: there is none. */
static int first_other(const Case *c, const Loops *l)
{
	double out[MOST];
	carry_out(out, c, l);
	for (int e = 0; e < MOST; e++)
		if (!(fabs((double)c->out[e] - out[e]) <= 1e-4 * (1 + fabs(out[e]))))
			return e;
	return -1;
}

static bool is(const Case *c, Loops l)
{
	return first_other(c, &l) < 0;
}

static bool plain(const Case *c)
{
	return c->a_strides[0] == c->inner && c->a_strides[1] == 1 &&
	       c->b_strides[0] == c->columns && c->b_strides[1] == 1;
}

/* --- what may have gone wrong ------------------------------------------------------- */

/* One field of the right loops has another value. */
#define TRY(field, value, mistake)                                                       \
	do {                                                                             \
		Loops other = right(c);                                                  \
		other.field = (value);                                                   \
		if (is(c, other))                                                        \
			return mistake;                                                  \
	} while (0)
#define TRY_TWO(field, value, second, another, mistake)                                  \
	do {                                                                             \
		Loops other = right(c);                                                  \
		other.field = (value);                                                   \
		other.second = (another);                                                \
		if (is(c, other))                                                        \
			return mistake;                                                  \
	} while (0)

static const char *mistake_in_loops(const Case *c)
{
	TRY(rows, 0, "out is not written");
	TRY(sum, ASSIGN, "= for +=: only the last term of the sum is left");
	TRY(to, c->inner - 1, "the loop over k ends one too early");
	TRY(to, c->inner + 1, "the loop over k ends one too late: < , not <=");
	TRY(from, 1, "the loop over k begins one too late: at 0, not at 1");
	TRY(to, c->rows, "k runs over the rows of a; each sum has `inner` terms");
	TRY(to, c->columns, "k runs over the columns of b; each sum has `inner` terms");
	TRY(sum, CARRIED,
	        "the sum is not set to 0 for each element, but goes on from the one "
	        "before");
	TRY(sum, ALONG,
	        "the sum is not set to 0 for each element, but only for each row");
	TRY(sum, KEPT, "the sum does not begin at 0, but at what out held before");
	TRY(sum, MINUS, "the products are subtracted: += , not -=");
	TRY(sum, ADDED, "the two factors are added; they have to be multiplied");
	TRY(sum, CROSS,
	        "there is no sum over k: each element is one product only. The third "
	        "loop is missing");
	TRY(to, 1,
	        "only the first term of the sum is there: a return, or a ; behind the "
	        "for, ends the loop over k");
	TRY_TWO(to, 1, writes, 1,
	        "only the first term of the first element is computed: a return stands "
	        "within the loops");
	TRY(sum, WHOLE, "the sum is an int: what stands behind the point is lost");
	TRY(sum, ELEMENT,
	        "it is element times element; the matrix product is row times column");
	TRY(columns, c->columns + 1, "the loop over j ends one too late: < , not <=");
	TRY(rows, c->rows + 1, "the loop over i ends one too late: < , not <=");
	TRY(columns, c->columns - 1, "the loop over j ends one too early");
	TRY(rows, c->rows - 1, "the loop over i ends one too early");
	TRY(writes, 1,
	        "only the first element is computed: a return stands within the loops");
	TRY(writes, c->columns,
	        "only the first row is computed: i does not run over all rows, or a "
	        "return ends the loops");
	TRY_TWO(rows, c->columns, columns, c->rows,
	        "i runs over the columns of out and j over its rows; it is the other "
	        "way round");
	TRY_TWO(rows, c->columns, columns, c->columns,
	        "i runs over the columns of out; it has to run over its rows");
	TRY_TWO(rows, c->rows, columns, c->rows,
	        "j runs over the rows of out; it has to run over its columns");
	return NULL;
}

static const char *mistake_in_out(const Case *c)
{
	TRY_TWO(out_i, 1, out_j, c->rows, "i and j are exchanged where out is written");
	TRY_TWO(out_i, 1, out_j, c->columns,
	        "i and j are exchanged where out is written");
	TRY(out_i, c->rows, "a row of out has `columns` numbers, not `rows`");
	TRY(out_i, c->inner, "a row of out has `columns` numbers, not `inner`");
	TRY(out_j, 0, "out is written at the same place for each j");
	TRY(out_i, 0, "out is written at the same place for each i");
	TRY(out_i, 1, "i has to be multiplied by the length of a row of out");
	return NULL;
}

static const char *mistake_in_arrays(const Case *c)
{
	TRY_TWO(a_i, 1, a_k, c->inner, "i and k are exchanged where a is read");
	TRY_TWO(a_i, 1, a_k, c->rows, "i and k are exchanged where a is read");
	TRY(a_i, c->columns, "a row of a has `inner` numbers, not `columns`");
	TRY(a_i, c->rows, "a row of a has `inner` numbers, not `rows`");
	TRY(a_i, 1, "where a is read, i has to be multiplied by the length of a row");
	TRY(a_i, 0, "the row of a does not follow i: each sum reads the first row");
	TRY_TWO(b_k, 1, b_j, c->columns, "k and j are exchanged where b is read");
	TRY_TWO(b_k, 1, b_j, c->inner, "k and j are exchanged where b is read");
	TRY(b_k, c->inner, "a row of b has `columns` numbers, not `inner`");
	TRY(b_k, c->rows, "a row of b has `columns` numbers, not `rows`");
	TRY(b_k, 1, "where b is read, k has to be multiplied by the length of a row");
	TRY(b_j, 0, "the column of b does not follow j: each sum reads the first column");
	return NULL;
}

/* Several fields at once. */
static const char *mistake_in_lengths(const Case *c)
{
	const int a_lengths[] = { c->inner, c->rows, c->columns };
	const int b_lengths[] = { c->columns, c->rows, c->inner };
	for (int a = 1; a < 3; a++)
		for (int b = 1; b < 3; b++)
			TRY_TWO(a_i, a_lengths[a], b_k, b_lengths[b],
			        "the lengths of the rows: one of a has `inner` "
			        "numbers, one of b `columns`");
	for (int o = 0; o < 2; o++) {
		Loops sums = right(c);
		sums.a_i = sums.b_k = 1;
		sums.out_i = o ? 1 : c->columns;
		if (is(c, sums))
			return "a row index has to be multiplied by the length of a "
			       "row: i + k is not where element (i,k) lies";
	}
	return NULL;
}

/* What is done to the strides before they are used: `times`, in a, in b or in both. */
static bool strides_times(const Case *c, int a_row, int a_column, int b_row, int b_column)
{
	for (int which = 1; which < 4; which++) {
		Loops other = right(c);
		if (which & 1)
			other.b_k *= b_row, other.b_j *= b_column;
		if (which & 2)
			other.a_i *= a_row, other.a_k *= a_column;
		if (is(c, other))
			return true;
	}
	return false;
}

static const char *mistake_in_strides(const Case *c)
{
	const int *a = c->a_strides, *b = c->b_strides;
	Loops none = right(c);
	none.a_i = c->inner, none.a_k = 1, none.b_k = c->columns, none.b_j = 1;
	TRY_TWO(b_k, b[1], b_j, b[0],
	        "b_strides[0] and b_strides[1] are exchanged, or k and j are");
	TRY_TWO(a_i, a[1], a_k, a[0],
	        "a_strides[0] and a_strides[1] are exchanged, or i and k are");
	TRY_TWO(b_k, c->columns, b_j, 1, "the strides of b are not used");
	TRY_TWO(a_i, c->inner, a_k, 1, "the strides of a are not used");
	if (is(c, none))
		return "the strides of a and b are not used";
	TRY(b_j, 1, "only the first stride of b is used: j goes by b_strides[1]");
	TRY(a_k, 1, "only the first stride of a is used: k goes by a_strides[1]");
	TRY(b_k, 1, "b_strides[0] is not used: k goes by it");
	TRY(a_i, 1, "a_strides[0] is not used: i goes by it");
	if (strides_times(c, 4, 4, 4, 4) || strides_times(c, 4, 1, 4, 1))
		return "a stride counts numbers, not bytes: it is not multiplied by "
		       "sizeof(float)";
	if (strides_times(c, c->inner, 1, c->columns, 1))
		return "a stride is the way to the next row already: it is not "
		       "multiplied by the length of a row";
	TRY_TWO(b_k, a[0], b_j, a[1], "b is read with the strides of a");
	TRY_TWO(a_i, b[0], a_k, b[1], "a is read with the strides of b");
	return NULL;
}

static const char *mistake_of(const Case *c)
{
	const char *likely = mistake_in_loops(c);
	if (!likely)
		likely = mistake_in_out(c);
	if (!likely && plain(c))
		likely = mistake_in_arrays(c);
	if (!likely && plain(c))
		likely = mistake_in_lengths(c);
	if (!likely && !plain(c))
		likely = mistake_in_strides(c);
	return likely;
}

/* Where nothing is known: which numbers belong together, to compare with those read. */
static const char *terms_of(const Case *c, int i, int j)
{
	static char text[200];
	if (fabs((double)c->out[i * c->columns + j]) > 1e6)
		return "the variable of the sum is never set to 0: it begins with what "
		       "was in memory";
	const Loops l = right(c);
	snprintf(text, sizeof text,
	        "none that is known here. This element is a[%d] b[%d] + a[%d] b[%d] + "
	        "a[%d] b[%d] + ...: print the places that you read",
	        i * l.a_i, j * l.b_j, i * l.a_i + l.a_k, l.b_k + j * l.b_j,
	        i * l.a_i + 2 * l.a_k, 2 * l.b_k + j * l.b_j);
	return text;
}

static void judge(const Case *c)
{
	const Loops loops = right(c);
	const int place = first_other(c, &loops);
	double expected[MOST];
	if (place < 0)
		return;
	carry_out(expected, c, &loops);
	const char *likely = mistake_of(c);
	if (place >= c->rows * c->columns)
		MISTAKE(likely ? likely : "a place is written that is not in out",
		        "(%d,%d) times (%d,%d): out[%d] was written, but out has %d "
		        "numbers, the last is out[%d]",
		        c->rows, c->inner, c->inner, c->columns, place,
		        c->rows * c->columns, c->rows * c->columns - 1);
	MISTAKE(likely ? likely : terms_of(c, place / c->columns, place % c->columns),
	        "(%d,%d) times (%d,%d): row %d, column %d of the product, which is "
	        "out[%d], is %.5g, expected %.5g",
	        c->rows, c->inner, c->inner, c->columns, place / c->columns,
	        place % c->columns, place, (double)c->out[place], expected[place]);
}

/* --- cases -------------------------------------------------------------------------- */

static Case new_case(int seed, int rows, int inner, int columns)
{
	Case c = { .rows = rows,
		.inner = inner,
		.columns = columns,
		.a_strides = { inner, 1 },
		.b_strides = { columns, 1 } };
	Rng rng = rng_new((uint64_t)seed);
	for (int e = 0; e < MOST; e++) {
		c.a[e] = (real)(2 * rng_normal(&rng));
		c.b[e] = (real)(2 * rng_normal(&rng));
		c.out[e] = BEFORE;
	}
	return c;
}

/* No two sizes are the same. Sums are longer than a row or a column of out by more than
 * one, so that a sum over the wrong range is none that is too short; and out has more
 * columns than rows, so that (j,i) is never where another (i,j) belongs. */
static Case case_of(int seed)
{
	const int rows = 2 + seed % 3, columns = rows + 1 + seed % 2;
	return new_case(seed, rows, 8 + seed % 3, columns);
}

static void multiply_it(Case *c)
{
	CALL("multiply", WRITES(c->out, MOST), READS(c->a, MOST), READS(c->b, MOST),
	        INT(c->rows), INT(c->inner), INT(c->columns));
	judge(c);
}

static void multiply_views_of(Case *c)
{
	CALL("multiply_views", WRITES(c->out, MOST), READS(c->a, MOST),
	        READS_INTS(c->a_strides, 2), READS(c->b, MOST),
	        READS_INTS(c->b_strides, 2), INT(c->rows), INT(c->inner),
	        INT(c->columns));
	judge(c);
}

START_TEST(plain_product)
{
	Case c = case_of(checks_seed());
	multiply_it(&c);
}
END_TEST

/* The last of them have a size of 1, where some mistakes cannot be told apart. */
START_TEST(other_shapes)
{
	for (int more = 1; more < 9; more++) {
		Case c = case_of(checks_seed() + more);
		multiply_it(&c);
	}
	for (int one = 0; one < 3; one++) {
		const int size = 3 + (checks_seed() + one) % 4;
		Case c = new_case(checks_seed() + one, one == 0 ? 1 : size,
		        one == 1 ? 1 : size + 2, one == 2 ? 1 : size + 1);
		multiply_it(&c);
	}
}
END_TEST

START_TEST(b_transposed)
{
	Case c = case_of(checks_seed());
	c.b_strides[0] = 1, c.b_strides[1] = c.inner;
	multiply_views_of(&c);
}
END_TEST

START_TEST(a_transposed)
{
	Case c = case_of(checks_seed());
	c.a_strides[0] = 1, c.a_strides[1] = c.rows;
	multiply_views_of(&c);
}
END_TEST

/* Rows of a begin three numbers apart; of b one row is repeated. */
START_TEST(overlap_and_repeat)
{
	Case c = case_of(checks_seed());
	c.a_strides[0] = 3;
	c.b_strides[0] = 0;
	multiply_views_of(&c);
}
END_TEST

CHECKS({ plain_product, 3, "multiply: one product" },
        { other_shapes, 3, "multiply: eleven other shapes" },
        { b_transposed, 2, "multiply_views: b is transposed" },
        { a_transposed, 1, "multiply_views: a is transposed" },
        { overlap_and_repeat, 1,
                "multiply_views: rows of a overlap, a row of b is repeated" })
