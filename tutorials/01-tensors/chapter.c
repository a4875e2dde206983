/* Chapter 1: tensors. A table in memory, views by strides, broadcasting, the matrix
 * product, and what the order of a sum does to its result. */
#include "tensor/elementwise.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"
#include "tutorials/01-tensors/pictures.h"
#include "tutorials/01-tensors/sums.h"
#include "tutorials/01-tensors/walk.h"
#include "tutorials/draw/drawings.h"
#include "tutorials/lesson/lesson.h"

#include <math.h>

enum { WORDS = UTTERANCE_WORDS, NUMBERS = UTTERANCE_NUMBERS };

/* For printing: a copy of plain numbers. */
static Tensor tensor_of(Lesson *lesson, const float *numbers, int rows, int columns)
{
	Tensor copy = tensor_new(lesson_arena(lesson), SHAPE(rows, columns));
	for (int e = 0; e < rows * columns; e++)
		copy.data[e] = (real)numbers[e];
	return copy;
}

/* --- a table in memory -------------------------------------------------------------- */

static void memory(Lesson *lesson, const SpokenUtterance *spoken, const float *x)
{
	lesson_section(lesson, "A table in memory");
	lesson_sound(lesson, "angry", &spoken->sound);
	lesson_tensor(lesson, "x", spoken->numbers);
	lesson_point(lesson, "A row for each word, a column for each measurement.");
	static const Choice places[] = {
		{ "4", "That is i + j. One step down is not one number further, but a "
		       "whole row." },
		{ "8", "That is 3 + 1 x 5: the place if whole columns lay one after "
		       "the other." },
		{ "10", "Three whole rows of 3 lie before it, and one number of its "
		        "own row: 3 x 3 + 1." },
		{ "14", "That is the last number, and it belongs to \"back\". Count "
		        "rows and columns from 0." }
	};
	lesson_predict_choice(lesson,
	        "\"came\" is row 3, and how high it is stands in column 1. At which "
	        "place in memory does that number lie?",
	        4, places, 2);
	/* [place] */
	int i = 3, j = 1, columns = 3;
	float high = x[i * columns + j];
	/* [/place] */
	lesson_number(lesson, "place", "place of x[3][1]", "%.0f", i * columns + j);
	lesson_number(lesson, "high", "the number there", "%.2f", (double)high);
	lesson_look_floats(lesson, "the memory of x", 1, 15, x);
	lesson_point(lesson, "A tensor is numbers in a row, and a shape.");
}

static void slices(Lesson *lesson, const float *x)
{
	/* [slice] */
	float copy[5 * 3]; /* (5,3): memory of its own */
	for (int e = 0; e < 5 * 3; e++)
		copy[e] = x[e];
	float *middle = copy + 1 * 3; /* (2,3): rows 1 and 2 of copy */
	for (int e = 0; e < 2 * 3; e++)
		middle[e] = 0;
	/* [/slice] */
	lesson_say(lesson, "  copy: an array of its own, with the numbers of x");
	lesson_say(lesson, "  float *middle = copy + 1 * 3;");
	static const Choice changed[] = {
		{ "only middle",
		        "middle has no numbers of its own. It is a pointer into copy." },
		{ "middle and copy, but not x",
		        "middle is a view of copy: the same memory. copy has memory of "
		        "its own, so x is as before." },
		{ "middle, copy and x",
		        "The first loop copied each number, so copy and x share "
		        "nothing." }
	};
	lesson_predict_choice(lesson,
	        "middle was filled with zeros. In which of middle, copy and x do you "
	        "find them?",
	        3, changed, 1);
	lesson_tensor(lesson, "copy", tensor_of(lesson, copy, 5, 3));
	lesson_point(lesson, "A slice is a view: it copies no number.");
}

/* --- strides ------------------------------------------------------------------------ */

/* [at] */
/* Element (i,j) of a view of data. */
static float at(const float *data, const int strides[2], int i, int j)
{
	return data[i * strides[0] + j * strides[1]];
}
/* [/at] */

static void show(Lesson *lesson, const char *name, const float *data,
        const int strides[2], int rows, int columns)
{
	Tensor copy = tensor_new(lesson_arena(lesson), SHAPE(rows, columns));
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			copy.data[i * columns + j] = (real)at(data, strides, i, j);
	lesson_tensor(lesson, name, copy);
}

static void strides(Lesson *lesson, const SpokenUtterance *spoken, const float *x)
{
	lesson_section(lesson, "Strides");
	const DrawView views[] = { { "x", 5, 3, .strides = { 3, 1 } },
		{ "transposed", 3, 5, .strides = { 1, 3 } } };
	lesson_drawing(lesson, "strides",
	        draw_memory(lesson_arena(lesson),
	                &(DrawMemory){ .title = "One memory, two tables",
	                        .description =
	                                "Fifteen numbers in a row. Above them two "
	                                "tables that show the same numbers: x with "
	                                "five rows, and its transpose with three. The "
	                                "numbers of the word my are marked in all three.",
	                        .count = WORDS * NUMBERS,
	                        .decimals = 2,
	                        .values = spoken->numbers.data,
	                        .views = 2,
	                        .view = views,
	                        .row = 1,
	                        .marked_rows = 1 }));
	lesson_point(lesson, "Two tables, one memory: only the strides differ.");
	lesson_say(lesson, "  element (i,j) is data[i * strides[0] + j * strides[1]]");
	static const Choice steps[] = {
		{ "(3,2)", "A column stride of 2 steps from long to loud and then into "
		           "the next word. The rows must be farther apart, not the "
		           "columns." },
		{ "(6,1)", "From one row to the next it is now two words, 6 numbers. "
		           "Within a row nothing has changed." },
		{ "(2,1)", "That begins each row 2 numbers after the one before, in the "
		           "middle of a word. A stride counts numbers, not rows." }
	};
	lesson_predict_choice(lesson,
	        "Which strides show every second word: rows 0, 2 and 4 of x, as a "
	        "(3,3) table?",
	        3, steps, 1);
	/* [views] */
	const int turned[2] = { 1, 3 }; /* x transposed, (3,5) */
	const int second[2] = { 6, 1 }; /* every second word, (3,3) */
	const int same[2] = { 0, 1 };   /* one row again and again */
	const int pairs[2] = { 3, 1 };  /* (4,6): each word and the next */
	/* [/views] */
	show(lesson, "x by strides 1 and 3", x, turned, 3, 5);
	show(lesson, "x by strides 6 and 1", x, second, 3, 3);
	show(lesson, "x + 3 by strides 0 and 1", x + 3, same, 2, 3);
	show(lesson, "x by strides 3 and 1, rows of 6", x, pairs, 4, 6);
	lesson_point(lesson, "Four more tables, and no number was copied.");
}

/* --- broadcasting ------------------------------------------------------------------- */

/* [subtract] */
/* out (rows,columns) = x - y. A stride of 0 repeats what it steps over. */
static void subtract(float *out, const float *x, const int x_strides[2], const float *y,
        const int y_strides[2], int rows, int columns)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			out[i * columns + j] =
			        at(x, x_strides, i, j) - at(y, y_strides, i, j);
}
/* [/subtract] */

static void broadcasting(Lesson *lesson, const SpokenUtterance *spoken, const float *x)
{
	lesson_section(lesson, "Broadcasting");
	float mean[3] = { 0 }, centred[5 * 3];
	for (int e = 0; e < WORDS * NUMBERS; e++)
		mean[e % 3] += x[e] / 5;
	/* [centred] */
	const int row_after_row[2] = { 3, 1 }, repeated[2] = { 0, 1 };
	subtract(centred, x, row_after_row, mean, repeated, 5, 3);
	/* [/centred] */
	lesson_drawing(lesson, "broadcast",
	        draw_broadcast(lesson_arena(lesson), spoken, mean, centred));
	static const Choice shapes[] = {
		{ "(5)", "From the right, 5 meets 1, so the column is repeated 5 times. "
		         "Then nothing meets 5, so the (5) is repeated as well." },
		{ "(5,1)", "The size 1 does not stay: it meets 5, and is repeated." },
		{ "(5,5)", "5 meets 1 and nothing meets 5: both are repeated. Each word "
		           "is compared with each." },
		{ "it stops",
		        "Equal sizes fit, and so does a size of 1 with any other. So "
		        "the shapes fit, although not as one might have meant." }
	};
	lesson_predict_choice(lesson,
	        "`loud` has the shape (5), `mean_loud` the shape (5,1). Which shape "
	        "has loud - mean_loud?",
	        4, shapes, 2);
	/* [library] */
	Tensor numbers = spoken->numbers; /* (5,3) */
	Tensor row = tensor_new(lesson_arena(lesson), SHAPE(3));
	Tensor out = tensor_new(lesson_arena(lesson), SHAPE(5, 3));
	tensor_mean_axis(row, numbers, 0);
	tensor_sub(out, numbers, row); /* (5,3) - (3) -> (5,3) */
	/* [/library] */
	double apart = 0;
	for (int e = 0; e < WORDS * NUMBERS; e++)
		apart = fmax(apart, fabs((double)out.data[e] - (double)centred[e]));
	lesson_number(lesson, "apart", "largest difference to the library's tensor_sub",
	        "%.7f", apart);
	lesson_look_floats(lesson, "mean", 1, 3, mean);
	lesson_look_floats(lesson, "centred", 5, 3, centred);
	lesson_point(lesson, "Broadcasting repeats by a stride of 0.");
}

/* --- the product -------------------------------------------------------------------- */

/* [dot] */
/* A row times a column: the sum of `count` products. The next number of each lies
 * `step` places further. */
static float dot(
        const float *row, int row_step, const float *column, int column_step, int count)
{
	float sum = 0;
	for (int k = 0; k < count; k++)
		sum += row[k * row_step] * column[k * column_step];
	return sum;
}
/* [/dot] */

static void product(Lesson *lesson, const SpokenUtterance *spoken, const float *x)
{
	lesson_section(lesson, "The matrix product");
	static const char *const names[] = { "stress", "shout" };
	/* [weights] */
	const float w[3 * 2] = {
		/* (3,2): a column for each score */
		2, 0, /* "long" counts 2 for stress, 0 for shout */
		1, 1, /* "high" */
		1, 3, /* "loud" */
	};
	float shout_of_my = dot(x + 1 * 3, 1, w + 1, 2, 3);
	/* [/weights] */
	lesson_say(lesson, "  dot(row, its step, column, its step, count)");
	lesson_number(lesson, "shout", "shout of \"my\": dot(x + 1 * 3, 1, w + 1, 2, 3)",
	        "%.2f", (double)shout_of_my);
	static const Choice calls[] = {
		{ "dot(x + 3, 1, w, 2, 3)",
		        "x + 3 is row 1, \"my\". Row 3 begins after three rows of 3 "
		        "numbers." },
		{ "dot(x + 9, 1, w, 2, 3)",
		        "Row 3 begins at 9. Column 0 begins at w, and its next number "
		        "lies 2 further." },
		{ "dot(x + 9, 1, w, 1, 3)",
		        "With a step of 1 it goes along the memory of w: 2, 0, 1. A "
		        "column has one number of each row." },
		{ "dot(x + 9, 3, w, 2, 3)",
		        "A step of 3 in x goes down a column of x. A row lies side by "
		        "side: step 1." }
	};
	lesson_predict_choice(lesson,
	        "Which call computes how strongly \"came\" (row 3) is stressed (column "
	        "0)?",
	        4, calls, 1);
	Arena *arena = lesson_arena(lesson);
	Tensor weights = tensor_of(lesson, w, 3, 2);
	Tensor scores = tensor_new(arena, SHAPE(5, 2));
	matmul(matrix_of(scores), matrix_of(spoken->numbers), matrix_of(weights),
	        MATMUL_SET);
	float out[5 * 2];
	for (int e = 0; e < 5 * 2; e++)
		out[e] = (float)scores.data[e];
	lesson_number(lesson, "stress", "\"came\", stress", "%.2f", (double)out[6]);
	lesson_drawing(
	        lesson, "product", draw_product(arena, spoken, w, names, out, 1, 1));
	static const Choice counts[] = {
		{ "1,200", "That is how many results there are. Each is a sum of 64 "
		           "products." },
		{ "76,800", "200 x 6 results, each a sum of 64 products." },
		{ "4.9 million",
		        "That multiplies each number of the one with each of the "
		        "other. An element needs one row and one column only." }
	};
	lesson_predict_choice(lesson,
	        "(200,64) times (64,6): how many multiplications are that?", 3, counts,
	        1);
	lesson_predict_shape(lesson, "x is (5,3). Which shape has x transposed times x?",
	        SHAPE(3, 3),
	        "That is (3,5) times (5,3): the two inner sizes are equal, and "
	        "disappear.");
	lesson_look(lesson, "w", weights);
	lesson_look(lesson, "scores, x times w", scores);
	lesson_point(lesson, "(rows,inner) times (inner,columns) is (rows,columns).");
}

/* --- the order of a sum ------------------------------------------------------------- */

enum { SUMS = 100, SEEDS = 5 };

static void compare(
        Lesson *lesson, const char *key, const char *name, SumOrder order, int terms)
{
	double error[SEEDS], different[SEEDS];
	lesson_settings(lesson, name, "order %s, terms %d, sums %d, seeds %d", key, terms,
	        SUMS, SEEDS);
	for (int s = 0; s < SEEDS; s++) {
		SumErrors found = sum_errors(s + 1, order, terms, SUMS);
		error[s] = found.error, different[s] = found.different;
	}
	lesson_spread(lesson, key, "mean error, in millionths", "%.1f", SEEDS, error);
	lesson_spread(lesson, arena_format(lesson_arena(lesson), "%s-different", key),
	        "of 100 not equal to first to last", "%.1f", SEEDS, different);
}

static void experiment(Lesson *lesson)
{
	lesson_section(lesson, "The order of a sum");
	static const Choice many[] = {
		{ "none: a + b is b + a",
		        "Two numbers may be exchanged. But (a + b) + c and a + (b + c) "
		        "are rounded in other places." },
		{ "one or two",
		        "Each of the 4096 steps rounds. It is rare that all of them "
		        "together round to the same number." },
		{ "nearly all",
		        "Each step rounds, and another order rounds other numbers." }
	};
	lesson_predict_choice(lesson,
	        "100 sums of 4096 terms are added from last to first. How many of them "
	        "are not exactly the sum from first to last?",
	        3, many, 2);
	static const Choice large[] = {
		{ "about 1", "Each step is wrong by less than 0.00001. Even 4096 such "
		             "errors in one direction would make only 0.04." },
		{ "about 0.00005",
		        "A float near 64 has steps of some 0.000008. Errors of both "
		        "signs mostly cancel." },
		{ "about 0.0000000000001",
		        "That would be `double`. A float has 24 binary digits, about "
		        "seven decimal ones." }
	};
	lesson_predict_choice(lesson,
	        "Such a sum is about 64 in size. How far is it from the exact one?", 3,
	        large, 1);
	const int terms = lesson_count(
	        lesson, "terms", "how many products each sum adds", 4096, 4, 65536);
	compare(lesson, "up", "first to last", first_to_last, terms);
	compare(lesson, "down", "last to first", last_to_first, terms);
	compare(lesson, "four", "in four parts", in_four_parts, terms);
	lesson_point(lesson, "Another order is another number, and as right.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "01-tensors", "Tensors");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	float x[WORDS * NUMBERS];
	for (int e = 0; e < WORDS * NUMBERS; e++)
		x[e] = (float)spoken.numbers.data[e];
	lesson_say(lesson, "\"%s\"", spoken.text);
	memory(lesson, &spoken, x);
	slices(lesson, x);
	strides(lesson, &spoken, x);
	broadcasting(lesson, &spoken, x);
	product(lesson, &spoken, x);
	which_way(lesson);
	experiment(lesson);
	return lesson_end(lesson);
}
