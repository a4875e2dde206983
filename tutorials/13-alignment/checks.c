/* Each function is compared with its definition. Where it is wrong, the likely mistakes
 * are made on purpose, by loops like a student's, and compared with what was found: all
 * numbers of an array have to agree. */
#include "tutorials/13-alignment/mistakes.h"
#include "tutorials/grader/checks.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- which frames a word touches -------------------------------------------------------- */

typedef struct Timing {
	int U, T;
	real rate, starts[ROOM], stops[ROOM];
	int before[2][ROOM];
} Timing;

/* Times that stand well within a frame. With `cut`, the last two words are behind the end,
 * and the one before them ends behind it. */
static Timing new_timing(int seed, bool cut)
{
	Rng rng = rng_new((uint64_t)seed);
	Timing w = { .U = 6 + seed % 3, .rate = seed % 2 ? 50 : 25 };
	double at = 0.3 + 0.3 * rng_uniform_double(&rng); /* in frames */
	for (int j = 0; j < ROOM; j++) {
		const int frames = 2 + rng_below(&rng, 4);
		w.starts[j] = (real)(at / (double)w.rate);
		at += frames + (rng_below(&rng, 2) ? 0.3 : 0);
		at = floor(at) + 0.2 + 0.6 * rng_uniform_double(&rng);
		w.stops[j] = (real)(at / (double)w.rate);
		w.before[0][j] = 900 + j;
		w.before[1][j] = 700 + j;
		if (j == (cut ? w.U - 3 : w.U - 1))
			w.T = (int)at + (cut ? -1 : 3);
	}
	return w;
}

/* clang-format off */
enum {
	T_RIGHT, T_UNTOUCHED, T_NO_RATE, T_RATE_ONCE, T_DIVIDED, T_NO_PLUS, T_PLUS_BOTH, T_NEAREST,
	T_NEAREST_BOTH, T_UP, T_EXCHANGED, T_LENGTH, T_LAST_WORD, T_FIRST_WORD, T_NO_CUT, T_CUT_END, T_CUT_BEGIN, T_CUT_LOW,
	T_CUT_EARLY
};
/* clang-format on */

static const Mistake time_mistakes[] = {
	{ T_NO_RATE, "seconds are taken as frames. In a second there are `rate` of them: "
	             "multiply" },
	{ T_RATE_ONCE,
	        "only the start is multiplied by rate. The stop is in seconds, too" },
	{ T_DIVIDED, "divided by rate. There are `rate` frames in a second: multiply" },
	{ T_NO_PLUS,
	        "the frame in which a word ends is left out. ends is the frame behind "
	        "it: plus 1" },
	{ T_PLUS_BOTH,
	        "1 is added to begins, too. The word touches the frame in which it "
	        "begins" },
	{ T_NEAREST,
	        "rounded to the nearest frame, and no 1 added. Round down, and add 1 to "
	        "the end" },
	{ T_NEAREST_BOTH,
	        "rounded to the nearest frame. Round down: (int)(seconds * rate)" },
	{ T_UP, "begins is rounded up. The word touches the frame in which it begins: round "
	        "down" },
	{ T_EXCHANGED, "begins and ends are exchanged" },
	{ T_LENGTH,
	        "ends is the number of frames. It has to be the frame behind the last "
	        "one" },
	{ T_LAST_WORD, "the last word is left out: j goes up to U - 1" },
	{ T_FIRST_WORD,
	        "only word 0 is done: is the loop over j missing, or a return inside "
	        "of it" },
	{ T_NO_CUT, "frames behind the end. There are T of them: what is larger than T "
	            "becomes T" },
	{ T_CUT_END,
	        "begins is not cut. A word behind the end has no frame: both numbers "
	        "are T" },
	{ T_CUT_BEGIN,
	        "ends is not cut. There are T frames: what is larger than T becomes "
	        "T" },
	{ T_CUT_LOW, "begins is cut to T - 1. A word behind the end has no frame: both "
	             "numbers are T" },
	{ T_CUT_EARLY, "cut to T - 1. ends may be T: then frame T - 1 is the last one" },
	{ T_UNTOUCHED, "nothing is written. Is it computed yet" },
};

static int cut(int frame, int most)
{
	return frame > most ? most : frame;
}

static void make_frames(const Timing *w, int way, int begins[], int ends[])
{
	memcpy(begins, w->before[0], sizeof w->before[0]);
	memcpy(ends, w->before[1], sizeof w->before[1]);
	const int words = way == T_UNTOUCHED    ? 0
	                  : way == T_FIRST_WORD ? 1
	                                        : w->U - (way == T_LAST_WORD);
	for (int j = 0; j < words; j++) {
		const double rate = way == T_NO_RATE   ? 1
		                    : way == T_DIVIDED ? 1 / (double)w->rate
		                                       : (double)w->rate;
		const double start = (double)w->starts[j] * rate;
		const double stop = (double)w->stops[j] * (way == T_RATE_ONCE ? 1 : rate);
		const double half = way == T_NEAREST || way == T_NEAREST_BOTH ? 0.5 : 0;
		int begin = (int)(start + half) + (way == T_PLUS_BOTH || way == T_UP);
		int end = (int)(stop + half) + (way != T_NO_PLUS && way != T_NEAREST);
		if (way == T_LENGTH)
			end -= begin;
		if (way != T_NO_CUT && way != T_CUT_END)
			begin = cut(
			        begin, w->T - (way == T_CUT_LOW || way == T_CUT_EARLY));
		if (way != T_NO_CUT && way != T_CUT_BEGIN)
			end = cut(end, w->T - (way == T_CUT_EARLY));
		begins[j] = way == T_EXCHANGED ? end : begin;
		ends[j] = way == T_EXCHANGED ? begin : end;
	}
}

static void check_frames(bool cut)
{
	const Timing w = new_timing(checks_seed(), cut);
	int begins[ROOM], ends[ROOM], right[2][ROOM], other[2][ROOM], at = 0;
	memcpy(begins, w.before[0], sizeof begins);
	memcpy(ends, w.before[1], sizeof ends);
	CALL("words_frames", WRITES_INTS(begins, ROOM), WRITES_INTS(ends, ROOM),
	        READS(w.starts, ROOM), READS(w.stops, ROOM), REAL(w.rate), INT(w.U),
	        INT(w.T));
	make_frames(&w, T_RIGHT, right[0], right[1]);
	while (at < ROOM && begins[at] == right[0][at] && ends[at] == right[1][at])
		at++;
	if (at == ROOM)
		return;
	const char *likely =
	        "none that is known here. Take a word from 0.13 s to 0.25 s and "
	        "50 frames a second, and do on paper what your lines do";
	for (int m = COUNT_OF(time_mistakes) - 1; m >= 0; m--) {
		make_frames(&w, time_mistakes[m].way, other[0], other[1]);
		if (!memcmp(begins, other[0], sizeof begins) &&
		        !memcmp(ends, other[1], sizeof ends))
			likely = time_mistakes[m].text;
	}
	if (at >= w.U)
		MISTAKE(likely,
		        "there are %d words, but begins[%d] or ends[%d] is written", w.U,
		        at, at);
	MISTAKE(likely,
	        "word %d, %.3f to %.3f s, rate %g, T = %d: begins is %d and ends is %d, "
	        "expected %d and %d",
	        at, (double)w.starts[at], (double)w.stops[at], (double)w.rate, w.T,
	        begins[at], ends[at], right[0][at], right[1][at]);
}

START_TEST(frames_of_words)
{
	check_frames(false);
}
END_TEST

START_TEST(frames_behind_the_end)
{
	check_frames(true);
}
END_TEST

/* --- comparing -------------------------------------------------------------------------- */

typedef void Make(const Problem *problem, int way, double numbers[]);

/* The first place where they differ; ROOM: nowhere. */
static int difference(const real found[], const double expected[])
{
	int i = 0;
	while (i < ROOM &&
	        fabs((double)found[i] - expected[i]) <= 1e-5 + 1e-4 * fabs(expected[i]))
		i++;
	return i;
}

static bool all_whole(const real found[], int count)
{
	for (int i = 0; i < count; i++)
		if ((double)found[i] != floor((double)found[i]))
			return false;
	return true;
}

/* What stands at place j of utterance b. */
static void say_word(const Problem *p, int b, int j, char text[], size_t size)
{
	const int begin = p->begins[b * p->U + j], end = p->ends[b * p->U + j];
	if (j >= p->words[b])
		snprintf(text, size, "padding, for words[%d] is %d", b, p->words[b]);
	else if (begin == end)
		snprintf(text, size, "begin and end are %d: no frame", begin);
	else
		snprintf(text, size, "begin is %d, end is %d", begin, end);
}

/* Fails with the mistake that gives just what was found. An utterance has `rows` rows in
 * the array. */
static void judge(const Problem *p, const char *name, int rows, const real found[],
        Make *make, const Mistake mistakes[], int known)
{
	double expected[ROOM], other[ROOM];
	make(p, RIGHT, expected);
	const int at = difference(found, expected), count = p->B * rows * p->F;
	if (at == ROOM)
		return;
	const char *likely =
	        "none that is known here. Take B = 1, F = 1 and two words over five frames, "
	        "and do on paper what your loops do";
	if (found[at] <= NO_NUMBER)
		likely =
		        "a division by 0, or a sum that begins with what happens to be in "
		        "memory";
	else if (all_whole(found, count))
		likely = "all numbers are whole: is the sum kept in an int";
	for (int m = known - 1; m >= 0; m--) {
		make(p, mistakes[m].way, other);
		if (difference(found, other) == ROOM)
			likely = mistakes[m].text;
	}
	char sizes[80], was[40], word[80] = "";
	snprintf(sizes, sizeof sizes, "(B = %d, U = %d, T = %d, F = %d)", p->B, p->U,
	        p->T, p->F);
	if (at >= count)
		MISTAKE(likely, "%s is written behind its end %s", name, sizes);
	const int b = at / p->F / rows, row = at / p->F % rows;
	if (make == make_out)
		say_word(p, b, row, word, sizeof word);
	snprintf(was, sizeof was, "%.5g", (double)found[at]);
	MISTAKE(likely, "%s(%d,%d,%d) is %s, expected %.5g%s%s %s", name, b, row,
	        at % p->F, found[at] <= NO_NUMBER ? "no number (NaN)" : was, expected[at],
	        word[0] ? "; " : "", word, sizes);
}

static void check_forward(bool empty)
{
	const Problem p = new_problem(checks_seed(), empty);
	real out[ROOM];
	memcpy(out, p.before, sizeof out);
	CALL("words_mean_forward", WRITES(out, ROOM), READS(p.frames, ROOM),
	        READS_INTS(p.begins, ROOM), READS_INTS(p.ends, ROOM),
	        READS_INTS(p.words, MOST_WORDS), INT(p.B), INT(p.U), INT(p.T), INT(p.F));
	judge(&p, "out", p.U, out, make_out, out_mistakes, COUNT_OF(out_mistakes));
}

static void check_backward(bool empty)
{
	const Problem p = new_problem(checks_seed(), empty);
	real d_frames[ROOM];
	memcpy(d_frames, p.before, sizeof d_frames);
	CALL("words_mean_backward", WRITES(d_frames, ROOM), READS(p.d_out, ROOM),
	        READS_INTS(p.begins, ROOM), READS_INTS(p.ends, ROOM),
	        READS_INTS(p.words, MOST_WORDS), INT(p.B), INT(p.U), INT(p.T), INT(p.F));
	judge(&p, "d_frames", p.T, d_frames, make_gradient, grad_mistakes,
	        COUNT_OF(grad_mistakes));
}

START_TEST(mean_of_words)
{
	check_forward(false);
}
END_TEST

START_TEST(mean_of_nothing)
{
	check_forward(true);
}
END_TEST

START_TEST(gradient)
{
	check_backward(false);
}
END_TEST

START_TEST(gradient_of_nothing)
{
	check_backward(true);
}
END_TEST

CHECKS({ frames_of_words, 2, "words_frames: which frames a word touches" },
        { frames_behind_the_end, 1, "words_frames: words behind the last frame" },
        { mean_of_words, 3, "words_mean_forward: out" },
        { mean_of_nothing, 1, "words_mean_forward: a word without a frame" },
        { gradient, 2, "words_mean_backward: d_frames" },
        { gradient_of_nothing, 1, "words_mean_backward: a word without a frame" })
