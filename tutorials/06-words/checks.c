/* Each function is compared with its definition. Where it is wrong, the likely mistakes
 * are made on purpose and compared with what was found: all numbers have to agree. */
#include "tutorials/grader/checks.h"
#include "tensor/rng.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_COUNT = 9, BEFORE = 16, ROOM = 240 };
/* Before each array of numbers lie BEFORE others (worker.c), and behind it more, so that an
 * index which is wrong by little reads a wrong number, or writes where it must not, and
 * can be told by it. */

typedef struct Text {
	int words, count, width; /* no two of them equal */
	int ids[MOST_COUNT];
	real table[ROOM], d_out[ROOM], before[ROOM]; /* before: what the result held */
} Text;

static void fill(real numbers[], Rng *rng)
{
	for (int i = 0; i < ROOM; i++)
		numbers[i] = (real)rng_normal(rng);
}

/* A text in which a word stands twice, not side by side, and with `pads` the id 0 in the
 * middle. Id 1 and the last id are always there. */
static Text new_text(int seed, bool pads)
{
	Rng rng = rng_new((uint64_t)seed);
	Text c = { .words = 4 + seed % 2, .width = 3, .count = 6 + seed / 2 % 4 };
	c.width = c.words == 4 ? 3 + 2 * (seed / 8 % 2) : 3 + seed / 8 % 2;
	for (int t = 0; t < c.count; t++)
		c.ids[t] = 1 + rng_below(&rng, c.words - 1);
	c.ids[0] = c.ids[3] = 2;
	c.ids[1] = 1;
	c.ids[2] = c.words - 1;
	c.ids[c.count - 1] = 1;
	if (pads)
		c.ids[2] = c.ids[4] = 0, c.ids[c.count - 1] = c.words - 1;
	fill(c.table, &rng);
	fill(c.d_out, &rng);
	fill(c.before, &rng);
	for (int e = 0; e < c.width; e++) /* <pad> is a row of zeros */
		c.table[BEFORE + e] = 0;
	return c;
}

/* --- comparing -------------------------------------------------------------------------- */

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;
#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

enum { RIGHT, PADDED = 1000 }; /* way + PADDED: and row 0 gets a gradient */
typedef void (*Make)(const Text *text, int way, double numbers[]);

static int difference(const real found[], const double expected[])
{
	for (int i = 0; i < ROOM; i++)
		if (!(fabs((double)found[i] - expected[i]) <=
		            1e-5 + 1e-5 * fabs(expected[i])))
			return i;
	return -1;
}

static const char *likely_of(
        const Text *c, const real found[], Make make, const Mistake mistakes[], int known)
{
	double other[ROOM];
	for (int padded = 0; padded <= PADDED; padded += PADDED)
		for (int m = 0; m < known; m++) {
			make(c, mistakes[m].way + padded, other);
			if (difference(found, other) < 0)
				return mistakes[m].text;
		}
	return "none that is known here. Take a table of three rows with two numbers each, "
	       "and the ids 1, 2, 1, and do on paper what your loops do";
}

/* `rows`: of the array, whose rows lie from BEFORE on. */
static void judge(const Text *c, const char *name, int rows, const real found[],
        Make make, const Mistake mistakes[], int known)
{
	double expected[ROOM];
	make(c, RIGHT, expected);
	int at = difference(found, expected);
	if (at < 0)
		return;
	const char *likely = likely_of(c, found, make, mistakes, known);
	if (at < BEFORE)
		MISTAKE(likely, "something is written before the beginning of %s", name);
	if (at >= BEFORE + rows * c->width)
		MISTAKE(likely, "something is written behind the end of %s", name);
	MISTAKE(likely, "%s(%d,%d) is %.6g, expected %.6g", name,
	        (at - BEFORE) / c->width, (at - BEFORE) % c->width, (double)found[at],
	        expected[at]);
}

/* --- forward ---------------------------------------------------------------------------- */

/* clang-format off */
enum {
	NEXT_ROW = RIGHT + 1, ROW_BEFORE, TWO_BEFORE, BY_PLACE, EXCHANGED, TABLE_COUNT, OUT_COUNT,
	NO_STRIDE, ALL_IN_ONE, FIRST_NUMBER, LAST_NUMBER, LAST_WORD, FIRST_WORD_ONLY, BYTES,
	FIRST_LEFT_OUT, NO_ROWS, OUT_TURNED, TOO_FAR, PLACE_BY_ID, PAD_CLEARED, ADDED, PAD_SKIPPED, PAD_STOPS, ID_ITSELF, TURNED, UNTOUCHED,
	ASSIGNED, CLEARED, CLEARED_COUNT, CLEARED_USED, ONCE, MEAN, SIGN, UNKNOWN_SKIPPED, EVERY_ROW
};
/* clang-format on */

/* Which row of the table word t reads, and where it begins. */
static int row_at(const Text *c, int t, int way)
{
	int id = c->ids[t];
	/* clang-format off */
	switch (way) {
	case NEXT_ROW: return (id + 1) * c->width;
	case ROW_BEFORE: return (id - 1) * c->width;
	case TWO_BEFORE: return (id - 2) * c->width;
	case BY_PLACE: return t * c->width;
	case TABLE_COUNT: return id * c->count;
	case NO_ROWS:
	case NO_STRIDE: return id;
	default: return id * c->width;
	}
	/* clang-format on */
}

/* How many numbers of a row the inner loop does. */
static int numbers_in(const Text *c, int way)
{
	if (way == FIRST_NUMBER || way == NO_ROWS)
		return 1;
	return c->width - (way == LAST_NUMBER) + (way == TOO_FAR);
}

static int last_word(const Text *c, int way)
{
	if (way == UNTOUCHED)
		return 0;
	if (way == FIRST_WORD_ONLY)
		return 1;
	return c->count - (way == LAST_WORD);
}

static void make_rows(const Text *c, int way, double numbers[])
{
	real out[ROOM];
	memcpy(out, c->before, sizeof out);
	const int numbers_of = numbers_in(c, way);
	for (int t = 0; t < last_word(c, way); t++) {
		if ((c->ids[t] == 0 && way == PAD_SKIPPED) ||
		        (t == 0 && way == FIRST_LEFT_OUT))
			continue;
		if (c->ids[t] == 0 && way == PAD_STOPS)
			break;
		const real *from = c->table + BEFORE + row_at(c, t, way);
		real *to = out + BEFORE + t * c->width;
		if (way == OUT_COUNT)
			to = out + BEFORE + t * c->count;
		if (way == ALL_IN_ONE || way == NO_ROWS)
			to = out + BEFORE + (way == NO_ROWS ? t : 0);
		if (way == EXCHANGED) {
			to = out + BEFORE + c->ids[t] * c->width;
			from = c->table + BEFORE + t * c->width;
		}
		if (way == BYTES)
			memcpy(to, from, (size_t)c->width);
		for (int e = 0; e < numbers_of && way != BYTES; e++) {
			if (way == ID_ITSELF)
				to[e] = (real)c->ids[t];
			else if (way == TURNED)
				to[e] = c->table[BEFORE + e * c->words + c->ids[t]];
			else if (way == OUT_TURNED)
				out[BEFORE + e * c->count + t] = from[e];
			else
				to[e] = (way == ADDED ? to[e] : 0) + from[e];
		}
	}
	for (int i = 0; i < ROOM; i++)
		numbers[i] = (double)out[i];
}

/* clang-format off */
static const Mistake row_mistakes[] = {
	{ UNTOUCHED,
	  "nothing is written to out. Is it computed yet? A line such as out = table + "
	  "... changes only your pointer: the numbers themselves have to be copied" },
	{ NEXT_ROW, "the row after the right one is read: ids begin at 0" },
	{ ROW_BEFORE, "the row before the right one is read: ids begin at 0" },
	{ TWO_BEFORE,
	  "the row two before the right one is read: <pad> and <unk> have rows, too" },
	{ NO_ROWS, "a row has `width` numbers, and row t begins at t * width. A second loop is needed" },
	{ OUT_TURNED, "out is written as (width,count). It is (count,width): row t is word t" },
	{ TOO_FAR, "the inner loop goes one too far: the last number of a row is width - 1" },
	{ BY_PLACE,
	  "row t of the table is read. The row of word t is row ids[t]" },
	{ EXCHANGED,
	  "t and ids[t] are exchanged. out has a row for each word of the text, the "
	  "table one for each id" },
	{ TABLE_COUNT,
	  "a row of the table begins at id * count. Its rows have `width` numbers each" },
	{ OUT_COUNT,
	  "row t of out begins at t * count. Its rows have `width` numbers each" },
	{ NO_STRIDE,
	  "a row of the table begins at its id. Before it stand as many rows as the id "
	  "says, of `width` numbers each" },
	{ ALL_IN_ONE, "every word is written to row 0 of out. Word t has row t" },
	{ FIRST_NUMBER,
	  "only the first number of each row is copied. A second loop is needed, over "
	  "`width`" },
	{ LAST_NUMBER, "the last number of each row is left out: the loop ends too early, or too few bytes are copied" },
	{ LAST_WORD, "the last word is left out: the loop ends too early" },
	{ FIRST_LEFT_OUT, "the first word is left out: places begin at 0" },
	{ FIRST_WORD_ONLY, "only the first word is there: a return inside of the loop?" },
	{ BYTES,
	  "memcpy counts bytes. A float has sizeof(float) of them" },
	{ ADDED, "out is added to. It has to be set: it may hold anything before" },
	{ PAD_SKIPPED,
	  "out is not set where the id is 0. Forward, row 0 is a row like the others" },
	{ PAD_STOPS, "the loop ends at the first id 0. Words may follow it" },
	{ ID_ITSELF, "the id is written to out. It says which row of the table to copy" },
	{ TURNED,
	  "the table is read as (width,V). Its rows are the words: (V,width)" },
};
/* clang-format on */

START_TEST(rows_of_a_text)
{
	Text c = new_text(checks_seed(), true);
	real out[ROOM];
	memcpy(out, c.before, sizeof out);
	CALL("embedding_forward", WRITES(out, ROOM), READS(c.table, ROOM),
	        READS_INTS(c.ids, c.count), INT(c.count), INT(c.width));
	judge(&c, "out", c.count, out, make_rows, row_mistakes, COUNT_OF(row_mistakes));
}
END_TEST

/* --- backward --------------------------------------------------------------------------- */

static bool stood_before(const Text *c, int t)
{
	for (int before = 0; before < t; before++)
		if (c->ids[before] == c->ids[t])
			return true;
	return false;
}

static bool skipped(const Text *c, int t, int way, bool padded)
{
	int id = c->ids[t];
	return (id == 0 && !padded) || (id == 1 && way == UNKNOWN_SKIPPED) ||
	       (way == ONCE && stood_before(c, t)) || (way == FIRST_LEFT_OUT && t == 0);
}

static void add_word(const Text *c, int t, int way, double d_table[])
{
	const int numbers_of = numbers_in(c, way);
	int from = BEFORE + t * c->width, to = BEFORE + row_at(c, t, way);
	if (way == OUT_COUNT)
		from = BEFORE + t * c->count;
	if (way == ALL_IN_ONE)
		from = BEFORE;
	if (way == PLACE_BY_ID)
		from = BEFORE + c->ids[t] * c->width;
	if (way == NO_ROWS)
		from = BEFORE + t;
	if (way == EXCHANGED) {
		from = BEFORE + c->ids[t] * c->width;
		to = BEFORE + t * c->width;
	}
	for (int e = 0; e < numbers_of; e++) {
		double d = (double)c->d_out[from + e];
		if (way == MEAN)
			d /= c->count;
		if (way == SIGN)
			d = -d;
		if (way == ASSIGNED)
			d_table[to + e] = 0;
		d_table[to + e] += d;
	}
}

/* All rows, as many as the text has words, or those that are used. */
static void clear(const Text *c, int way, bool padded, double d_table[])
{
	const int rows = way == CLEARED ? c->words : way == CLEARED_COUNT ? c->count : 0;
	for (int i = 0; i < rows * c->width; i++)
		d_table[BEFORE + i] = 0;
	for (int e = 0; e < c->width && way == PAD_CLEARED; e++)
		d_table[BEFORE + e] = 0;
	for (int t = 0; t < c->count && way == CLEARED_USED; t++)
		for (int e = 0; e < c->width && !skipped(c, t, way, padded); e++)
			d_table[BEFORE + c->ids[t] * c->width + e] = 0;
}

static void make_gradient(const Text *c, int way, double d_table[])
{
	const bool padded = way >= PADDED;
	way -= padded ? PADDED : 0;
	for (int i = 0; i < ROOM; i++)
		d_table[i] = (double)c->before[i];
	clear(c, way, padded, d_table);
	for (int t = 0; t < last_word(c, way); t++) {
		if (c->ids[t] == 0 && way == PAD_STOPS)
			break;
		if (!skipped(c, t, way, padded))
			add_word(c, t, way, d_table);
	}
}

#define LOST_BEFORE "d_table is set to 0 at first. What it held before must not be lost"

/* clang-format off */
static const Mistake gradient_mistakes[] = {
	{ UNTOUCHED,
	  "nothing is added to d_table. Is it computed yet? A line such as d_table = "
	  "... changes only your pointer" },
	{ ASSIGNED,
	  "= where += has to be. A word that stands in the text twice gets two shares, "
	  "and what d_table held before must not be lost" },
	{ ONCE,
	  "a word that stands in the text twice is counted once. Each of its places "
	  "brings a share" },
	{ CLEARED, LOST_BEFORE }, { CLEARED_COUNT, LOST_BEFORE },
	{ CLEARED_USED, LOST_BEFORE },
	{ NEXT_ROW, "the row after the right one gets the gradient: ids begin at 0" },
	{ ROW_BEFORE, "the row before the right one gets the gradient: ids begin at 0" },
	{ TWO_BEFORE,
	  "the row two before the right one gets the gradient: <pad> and <unk> have rows, "
	  "too" },
	{ NO_ROWS, "a row has `width` numbers, and row t begins at t * width. A second loop is needed" },
	{ TOO_FAR, "the inner loop goes one too far: the last number of a row is width - 1" },
	{ PLACE_BY_ID, "row ids[t] of d_out is read. d_out has a row for each word of the text: row t" },
	{ PAD_CLEARED, "row 0 is set to 0. It stays as it is: <pad> gets nothing, and loses nothing" },
	{ BY_PLACE,
	  "row t of d_table gets the gradient. The row of word t is row ids[t]" },
	{ EXCHANGED,
	  "t and ids[t] are exchanged. d_out has a row for each word of the text, "
	  "d_table one for each id" },
	{ TABLE_COUNT,
	  "a row of d_table begins at id * count. Its rows have `width` numbers each" },
	{ OUT_COUNT,
	  "row t of d_out begins at t * count. Its rows have `width` numbers each" },
	{ NO_STRIDE,
	  "a row of d_table begins at its id. Before it stand as many rows as the id "
	  "says, of `width` numbers each" },
	{ ALL_IN_ONE, "every word reads row 0 of d_out. Word t has row t" },
	{ FIRST_NUMBER,
	  "only the first number of each row gets a gradient. A second loop is needed, "
	  "over `width`" },
	{ LAST_NUMBER, "the last number of each row is left out: the loop ends too early" },
	{ LAST_WORD, "the last word is left out: the loop ends too early" },
	{ FIRST_LEFT_OUT,
	  "the first word is left out. <pad> is the id 0, and not the place 0" },
	{ FIRST_WORD_ONLY, "only the first word counts: a return inside of the loop?" },
	{ MEAN,
	  "divided by the number of words. The mean is another function's work: this one "
	  "only hands on what it gets" },
	{ SIGN, "the sign: gradients are added here. The step against them comes later" },
	{ UNKNOWN_SKIPPED,
	  "row 1, <unk>, gets nothing. It learns like a word; only <pad> does not" },
	{ PAD_STOPS,
	  "the loop ends at the first id 0: a return or break where continue has to be" },
	{ RIGHT, "row 0 gets a gradient. It is <pad>, which learns nothing" },
};
/* clang-format on */

static void check_backward(bool pads)
{
	Text c = new_text(checks_seed(), pads);
	real d_table[ROOM];
	memcpy(d_table, c.before, sizeof d_table);
	CALL("embedding_backward", WRITES(d_table, ROOM), READS(c.d_out, ROOM),
	        READS_INTS(c.ids, c.count), INT(c.count), INT(c.width));
	judge(&c, "d_table", c.words, d_table, make_gradient, gradient_mistakes,
	        COUNT_OF(gradient_mistakes));
}

START_TEST(gradient_of_the_table)
{
	check_backward(false);
}
END_TEST

START_TEST(padding_learns_nothing)
{
	check_backward(true);
}
END_TEST

CHECKS({ rows_of_a_text, 4, "embedding_forward" },
        { gradient_of_the_table, 4, "embedding_backward, a word twice" },
        { padding_learns_nothing, 2, "embedding_backward, with <pad> in the text" })
