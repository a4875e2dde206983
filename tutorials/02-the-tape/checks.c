/* y, then each gradient by itself, then all three in arrays that hold something before.
 * Where an array is wrong, the likely mistakes are made on purpose, one after the other,
 * and compared with what was found: the whole array, and what lies behind its end. */
#include "tensor/rng.h"
#include "tutorials/grader/checks.h"

#include <math.h>

/* So many numbers lie behind the end of each array, so that an index which is wrong by
 * little reads or writes a wrong number, and can be told by it. */
enum { BEYOND = 64, MOST = 64 + BEYOND };

typedef enum Output { Y, D_X, D_GAIN, D_SHIFT, OUTPUTS } Output;
static const char *const names[] = { "y", "d_x", "d_gain", "d_shift" };

typedef struct Problem {
	int rows, columns;
	real x[MOST], gain[MOST], shift[MOST], d_y[MOST];
	double before[OUTPUTS][MOST]; /* the call, and what was found after it */
	real found[OUTPUTS][MOST];
} Problem;

static double number(real x)
{
	return (double)x;
}

/* Fewer columns than rows, and rows from 4 to 7, all by the seed. */
static Problem new_problem(bool empty)
{
	const int seed = checks_seed();
	Problem p = { .rows = 4 + seed % 4, .columns = 2 + seed % 2 };
	Rng rng = rng_new((uint64_t)seed);
	for (int i = 0; i < MOST; i++) {
		p.x[i] = (real)rng_normal(&rng);
		p.gain[i] = (real)rng_normal(&rng);
		p.shift[i] = (real)rng_normal(&rng);
		p.d_y[i] = (real)rng_normal(&rng);
		for (int o = 0; o < OUTPUTS; o++)
			p.before[o][i] = number(
			        p.found[o][i] = empty ? 0 : (real)(3 + rng_normal(&rng)));
	}
	return p;
}

static int length(const Problem *p, Output o)
{
	return o == Y || o == D_X ? p->rows * p->columns : p->columns;
}

/* --- what is added, or set: the right one, then wrong ones -------------------------- */

/* Element (i,j) and where it lies. */
typedef struct Spot {
	int i, j, at;
} Spot;

typedef double Term(const Problem *p, Spot s);

static double y_right(const Problem *p, Spot s)
{
	return number(p->x[s.at]) * number(p->gain[s.j]) + number(p->shift[s.j]);
}

static double d_x_right(const Problem *p, Spot s)
{
	return number(p->d_y[s.at]) * number(p->gain[s.j]);
}

static double d_gain_right(const Problem *p, Spot s)
{
	return number(p->d_y[s.at]) * number(p->x[s.at]);
}

static double d_y_alone(const Problem *p, Spot s)
{
	return number(p->d_y[s.at]);
}

static Term *const right_terms[] = { y_right, d_x_right, d_gain_right, d_y_alone };

static double x_alone(const Problem *p, Spot s)
{
	return number(p->x[s.at]);
}

static double gain_alone(const Problem *p, Spot s)
{
	return number(p->gain[s.j]);
}

static double one(const Problem *p, Spot s)
{
	(void)p, (void)s;
	return 1;
}

static double product_alone(const Problem *p, Spot s)
{
	return number(p->x[s.at]) * number(p->gain[s.j]);
}

static double y_flat(const Problem *p, Spot s)
{
	return number(p->x[s.at]) * number(p->gain[s.at]) + number(p->shift[s.at]);
}

static double d_x_flat(const Problem *p, Spot s)
{
	return number(p->d_y[s.at]) * number(p->gain[s.at]);
}

/* The shares of this column and of all before it. */
static double running(const Problem *p, Term *term, Spot s)
{
	double sum = 0;
	for (int k = 0; k <= s.j; k++)
		sum += term(p, (Spot){ s.i, k, s.at - s.j + k });
	return sum;
}

static double d_gain_running(const Problem *p, Spot s)
{
	return running(p, d_gain_right, s);
}

static double d_shift_running(const Problem *p, Spot s)
{
	return running(p, d_y_alone, s);
}

static double y_minus(const Problem *p, Spot s)
{
	return y_right(p, s) - 2 * number(p->shift[s.j]);
}

static double y_without_shift(const Problem *p, Spot s)
{
	return y_right(p, s) - number(p->shift[s.j]);
}

static double y_without_gain(const Problem *p, Spot s)
{
	return number(p->x[s.at]) + number(p->shift[s.j]);
}

static double y_shift_first(const Problem *p, Spot s)
{
	return (number(p->x[s.at]) + number(p->shift[s.j])) * number(p->gain[s.j]);
}

static double y_gain_of_row(const Problem *p, Spot s)
{
	return number(p->x[s.at]) * number(p->gain[s.i]) + number(p->shift[s.j]);
}

static double y_shift_of_row(const Problem *p, Spot s)
{
	return number(p->x[s.at]) * number(p->gain[s.j]) + number(p->shift[s.i]);
}

static double y_both_of_row(const Problem *p, Spot s)
{
	return number(p->x[s.at]) * number(p->gain[s.i]) + number(p->shift[s.i]);
}

static double d_x_gain_of_row(const Problem *p, Spot s)
{
	return number(p->d_y[s.at]) * number(p->gain[s.i]);
}

/* --- where an element lies ---------------------------------------------------------- */

typedef int Place(const Problem *p, int i, int j);

static int row_major(const Problem *p, int i, int j)
{
	return i * p->columns + j;
}

static int rows_for_columns(const Problem *p, int i, int j)
{
	return i * p->rows + j;
}

static int column_major(const Problem *p, int i, int j)
{
	return j * p->rows + i;
}

static int place_plus(const Problem *p, int i, int j)
{
	(void)p;
	return i + j;
}

static int of_column(const Problem *p, int i, int j)
{
	(void)p, (void)i;
	return j;
}

static int of_row(const Problem *p, int i, int j)
{
	(void)p, (void)j;
	return i;
}

/* --- a mistake, made on purpose ----------------------------------------------------- */

typedef struct Guess {
	const char *mistake;
	unsigned outputs; /* bit o: it is a mistake that output o can have */
	Term *term;       /* NULL: the right one; */
	Place *place;     /* of element (i,j), likewise; */
	Place *target;    /* what the term is added to, likewise */
	bool negative, swapped_loops, lost, assigned, added;
	int more_rows, more_columns; /* than there are; the least is one */
	double times;                /* 0: once */
} Guess;

enum {
	OF_Y = 1 << Y,
	OF_X = 1 << D_X,
	OF_GAIN = 1 << D_GAIN,
	OF_SHIFT = 1 << D_SHIFT,
	OF_SUMS = OF_GAIN | OF_SHIFT,
	OF_ALL = OF_X | OF_SUMS,
	FEW = -100
};

/* What output o would be. */
static void make(const Problem *p, Output o, const Guess *g, double out[MOST])
{
	Term *term = g->term ? g->term : right_terms[o];
	Place *place = g->place ? g->place : row_major;
	int rows = p->rows + g->more_rows, columns = p->columns + g->more_columns;
	rows = rows < 1 ? 1 : rows;
	columns = columns < 1 ? 1 : columns;
	for (int e = 0; e < MOST; e++)
		out[e] = g->lost && e < length(p, o) ? 0 : p->before[o][e];
	for (int i = 0; i < (g->swapped_loops ? columns : rows); i++)
		for (int j = 0; j < (g->swapped_loops ? rows : columns); j++) {
			int at = place(p, i, j);
			int to = o == Y || o == D_X ? at : j;
			double share = term(p, (Spot){ i, j, at }) *
			               (g->negative ? -1 : 1) *
			               (g->times > 0 ? g->times : 1);
			if (g->target)
				to = g->target(p, i, j);
			if (g->assigned || (o == Y && !g->added))
				out[to] = 0;
			out[to] += share;
		}
}

static bool agree(real found, double expected)
{
	return fabs(number(found) - expected) <= 1e-4 + 1e-4 * fabs(expected);
}

/* The first element that is not as `expected`; MOST: there is none. */
static int first_wrong(const real found[MOST], const double expected[MOST])
{
	int e = 0;
	while (e < MOST && agree(found[e], expected[e]))
		e++;
	return e;
}

#define ONE_INDEX                                                                        \
	"one index for everything. x and y need i * columns + j, with two loops; gain "  \
	"and shift need j alone"
static const Guess guesses[] = {
	{ "+= in place of =. y is computed anew: what it held before must not count",
	        OF_Y, .added = true },
	{ "the sign of shift. It is added", OF_Y, .term = y_minus },
	{ "shift is missing", OF_Y, .term = y_without_shift },
	{ "gain is missing", OF_Y, .term = y_without_gain },
	{ "the order. First multiply by gain, then add shift", OF_Y,
	        .term = y_shift_first },
	{ "gain(i) in place of gain(j). There is one gain for each column", OF_Y,
	        .term = y_gain_of_row },
	{ "shift(i) in place of shift(j). There is one shift for each column", OF_Y,
	        .term = y_shift_of_row },
	{ "i in place of j. There is one gain and one shift for each column", OF_Y,
	        .term = y_both_of_row },

	{ "= in place of +=. It erases what was there: the shares of other rows, or of "
	  "other operations",
	        OF_ALL, .assigned = true },
	{ "what was there before is lost. Other operations may have brought their "
	  "shares: set nothing to 0, only add",
	        OF_SUMS, .lost = true },
	{ "the factor is missing. The derivative of x gain with respect to x is gain",
	        OF_X, .term = d_y_alone },
	{ "the factor is missing. The derivative of x gain with respect to gain is x",
	        OF_GAIN, .term = d_y_alone },
	{ "d_y is missing. A share is d_y times the local derivative", OF_ALL,
	        .term = one },
	{ "d_y is missing. A share is d_y times the local derivative", OF_ALL,
	        .term = gain_alone },
	{ "d_y is missing. A share is d_y times the local derivative", OF_ALL,
	        .term = x_alone },
	{ "d_y is missing. A share is d_y times the local derivative", OF_ALL,
	        .term = product_alone },
	{ "x and gain are exchanged. The derivative of x gain with respect to x is gain",
	        OF_X, .term = d_gain_right },
	{ "x and gain are exchanged. The derivative of x gain with respect to gain is x",
	        OF_GAIN, .term = d_x_right },
	{ "a factor too many. shift is only added: its local derivative is 1", OF_SHIFT,
	        .term = d_gain_right },
	{ "a factor too many. shift is only added: its local derivative is 1", OF_SHIFT,
	        .term = d_x_right },
	{ "gain(i) in place of gain(j). There is one gain for each column", OF_X,
	        .term = d_x_gain_of_row },
	{ "the sign. The share is subtracted", OF_ALL, .negative = true },
	{ "divided by the number of rows. The shares are added, and that is all", OF_SUMS,
	        .times = -1 },
	{ "a factor 2: perhaps the share is added twice", OF_ALL, .times = 2 },
	{ "the share goes to element i. There is one gain and one shift for each column, "
	  "so it goes to element j",
	        OF_SUMS, .target = of_row },
	{ "the share goes to element i * columns + j. There is one gain and one shift for "
	  "each column, so it goes to element j",
	        OF_SUMS, .target = row_major },
	{ "the share goes to element j. d_x has a place for each (i,j), as x has", OF_X,
	        .target = of_column },

	{ "the sum is not set to 0 before each column: it still holds the columns before",
	        OF_GAIN, .term = d_gain_running },
	{ "the sum is not set to 0 before each column: it still holds the columns before",
	        OF_SHIFT, .term = d_shift_running },

	{ ONE_INDEX, OF_Y, .term = y_flat },
	{ ONE_INDEX, OF_Y, .term = y_flat, .place = of_row, .more_columns = FEW },
	{ ONE_INDEX, OF_X, .term = d_x_flat },
	{ ONE_INDEX, OF_X, .term = d_x_flat, .place = of_row, .more_columns = FEW },
	{ ONE_INDEX, OF_SUMS, .place = of_row, .target = of_row, .more_columns = FEW },
	{ "the place of (i,j). It lies at i * columns + j, not at i + j", OF_Y | OF_ALL,
	        .place = place_plus },
	{ "the place of (i,j). It lies at i * columns + j: a row has `columns` numbers",
	        OF_Y | OF_ALL, .place = rows_for_columns },
	{ "the place of (i,j). It lies at i * columns + j: the rows lie one after the "
	  "other",
	        OF_Y | OF_ALL, .place = column_major },
	{ "the loops are exchanged. i runs over the rows, j over the columns",
	        OF_Y | OF_ALL, .swapped_loops = true },
	{ "only one element is done: perhaps a return stands in the loop", OF_Y | OF_ALL,
	        .more_rows = FEW, .more_columns = FEW },
	{ "only the first row is done: something ends the loop over the rows",
	        OF_Y | OF_ALL, .more_rows = FEW },
	{ "only the first column is done: something ends the loop over the columns",
	        OF_Y | OF_ALL, .more_columns = FEW },
	{ "the loop over the rows ends one row too early", OF_Y | OF_ALL,
	        .more_rows = -1 },
	{ "the loop over the rows ends one row too late: the last row is rows - 1",
	        OF_Y | OF_ALL, .more_rows = 1 },
	{ "the loop over the columns ends one column too early", OF_Y | OF_ALL,
	        .more_columns = -1 },
	{ "the loop over the columns ends one column too late: the last one is columns - "
	  "1",
	        OF_Y | OF_ALL, .more_columns = 1 },
};

/* Whole numbers, where none are expected. */
static bool whole(const Problem *p, Output o)
{
	int e = 0;
	while (e < length(p, o) && fabs(remainder(number(p->found[o][e]), 1)) < 1e-6)
		e++;
	return e == length(p, o);
}

/* Where element e of output o is, and what is expected: with its sum spelled out. */
static const char *spell(const Problem *p, Output o, int e, double expected, char text[])
{
	enum { SIZE = 600 };
	int used;
	if (e >= length(p, o)) {
		snprintf(text, SIZE,
		        "%s of %d rows and %d columns: %s[%d] was written, behind the "
		        "end",
		        names[o], p->rows, p->columns, names[o], e);
		return text;
	}
	used = snprintf(text, SIZE, "%d rows, %d columns. %s[%d] is %g, expected %g",
	        p->rows, p->columns, names[o], e, number(p->found[o][e]), expected);
	if (o == Y || o == D_X) {
		int i = e / p->columns, j = e % p->columns;
		if (o == Y)
			snprintf(text + used, SIZE - (size_t)used,
			        ", which is x(%d,%d) gain(%d) + shift(%d) = %g * %g + "
			        "%g",
			        i, j, j, j, number(p->x[e]), number(p->gain[j]),
			        number(p->shift[j]));
		else
			snprintf(text + used, SIZE - (size_t)used,
			        ": what was there, %g, and the share of y(%d,%d)",
			        p->before[o][e], i, j);
	} else {
		used += snprintf(text + used, SIZE - (size_t)used,
		        ": what was there, %g, and a share from each row:",
		        p->before[o][e]);
		for (int i = 0; i < p->rows; i++)
			used += snprintf(text + used, SIZE - (size_t)used, " %g",
			        right_terms[o](p, (Spot){ i, e, row_major(p, i, e) }));
	}
	return text;
}

static void judge(const Problem *p, Output o)
{
	double expected[MOST], other[MOST];
	char text[600];
	make(p, o, &(Guess){ .mistake = NULL }, expected);
	int e = first_wrong(p->found[o], expected);
	if (e == MOST)
		return;
	spell(p, o, e, expected[e], text);
	if (first_wrong(p->found[o], p->before[o]) == MOST)
		MISTAKE(o == Y ? "y is not written yet"
		               : "no share is added here yet. Two loops, and += for each (i,j)",
		        "%s", text);
	for (size_t g = 0; g < sizeof guesses / sizeof guesses[0]; g++) {
		Guess guess = guesses[g];
		if (guess.times < 0)
			guess.times = 1.0 / p->rows;
		if (!(guess.outputs >> o & 1))
			continue;
		make(p, o, &guess, other);
		if (first_wrong(p->found[o], other) == MOST)
			MISTAKE(guess.mistake, "%s", text);
	}
	if (whole(p, o))
		MISTAKE("an int. It cuts off what stands behind the point: use float",
		        "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

/* --- the checks --------------------------------------------------------------------- */

START_TEST(forward)
{
	Problem p = new_problem(false);
	CALL("gain_forward", WRITES(p.found[Y], MOST), READS(p.x, MOST),
	        READS(p.gain, MOST), READS(p.shift, MOST), INT(p.rows), INT(p.columns));
	judge(&p, Y);
}
END_TEST

static void backward(Problem *p)
{
	real *d_x = p->found[D_X], *d_gain = p->found[D_GAIN],
	     *d_shift = p->found[D_SHIFT];
	CALL("gain_backward", WRITES(d_x, MOST), WRITES(d_gain, MOST),
	        WRITES(d_shift, MOST), READS(p->d_y, MOST), READS(p->x, MOST),
	        READS(p->gain, MOST), INT(p->rows), INT(p->columns));
}

static void check_gradient(Output o)
{
	Problem p = new_problem(true);
	backward(&p);
	judge(&p, o);
}

START_TEST(gradient_of_x)
{
	check_gradient(D_X);
}
END_TEST

START_TEST(gradient_of_gain)
{
	check_gradient(D_GAIN);
}
END_TEST

START_TEST(gradient_of_shift)
{
	check_gradient(D_SHIFT);
}
END_TEST

START_TEST(gradients_are_added)
{
	Problem p = new_problem(false);
	backward(&p);
	judge(&p, D_X);
	judge(&p, D_GAIN);
	judge(&p, D_SHIFT);
}
END_TEST

CHECKS({ forward, 2, "y" }, { gradient_of_x, 2, "the gradient of x" },
        { gradient_of_gain, 2, "the gradient of gain" },
        { gradient_of_shift, 2, "the gradient of shift" },
        { gradients_are_added, 2, "gradients that hold something before" })
