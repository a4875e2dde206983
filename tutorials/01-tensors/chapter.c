/* Chapter 1: tensors. Shape, memory, strides, broadcasting; the matrix product from three loops to the
 * library's kernel, each step timed and compared with the last, bit by bit. */
#include "tensor/elementwise.h"
#include "tensor/fma.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"
#include "tensor/rng.h"
#include "tutorials/lesson.h"
#include "tutorials/mine.h"
#include "tutorials/utterance.h"

#include <math.h>
#include <string.h>

/* --- a shape over memory --------------------------------------------------------------------- */

static void memory(Lesson *lesson, const SpokenUtterance *spoken)
{
	lesson_section(lesson, "A shape over memory");
	Tensor x = spoken->numbers; /* (5,3): a word a row; long, high, loud */
	lesson_tensor(lesson, "x", x);
	lesson_tensor(lesson, "the same memory as one row", tensor_reshape(x, SHAPE(15)));
	lesson_predict_number(lesson,
	        "x(3,1) is how high \"came\" is. At which place in memory, from 0?",
	        3 * 3 + 1, 0,
	        "Three whole rows of three lie before it, and one number of its own "
	        "row.");
	/* [place] */
	int i = 3, j = 1, columns = x.shape[1];
	real high = x.data[i * columns + j];
	/* [/place] */
	lesson_number(lesson, "place", "place of x(3,1)", "%.0f", i * columns + j);
	lesson_number(lesson, "high", "x(3,1)", "%.2f", (double)high);
	lesson_point(
	        lesson, "A tensor is a shape and a pointer. Nothing else is stored.");

	/* [views] */
	Tensor copy = tensor_clone(lesson_arena(lesson), x); /* memory of its own */
	Tensor middle = tensor_slice(copy, 1, 3); /* rows 1 and 2 of it, no copy */
	tensor_fill(middle, 0);
	/* [/views] */
	static const Choice changed[] = {
		{ "no row", "middle has no memory of its own. A slice copies nothing." },
		{ "rows 1 and 2", "A slice is a view: the same memory, another shape." },
		{ "rows 1 to 3", "The end of a slice is not part of it: 1, then 2." }
	};
	lesson_predict_choice(lesson,
	        "middle was filled with 0. Which rows of copy are 0 now?", 3, changed, 1);
	lesson_tensor(lesson, "copy", copy);
	lesson_point(lesson, "Reshaping and slicing move no number.");
}

/* --- strides ---------------------------------------------------------------------------------- */

/* [element] */
static real element(Matrix m, int i, int j)
{
	return m.data[i * m.row_stride + j * m.column_stride];
}
/* [/element] */

static void print_matrix(Lesson *lesson, const char *name, Matrix m)
{
	Tensor copy = tensor_new(lesson_arena(lesson), SHAPE(m.rows, m.columns));
	for (int i = 0; i < m.rows; i++)
		for (int j = 0; j < m.columns; j++)
			copy.data[i * m.columns + j] = element(m, i, j);
	lesson_tensor(lesson, name, copy);
}

static void strides(Lesson *lesson, const SpokenUtterance *spoken)
{
	lesson_section(lesson, "Strides");
	Matrix x = matrix_of(spoken->numbers);
	lesson_number(
	        lesson, "row-stride", "from a row to the next", "%.0f", x.row_stride);
	lesson_number(lesson, "column-stride", "from a column to the next", "%.0f",
	        x.column_stride);
	Matrix t = matrix_transpose(x);
	lesson_predict_number(lesson,
	        "Transposed without moving a number: which row stride has it then?", 1, 0,
	        "The strides have changed places; a step down is now a step to the next "
	        "number.");
	print_matrix(lesson, "x transposed", t);
	/* [overlap] */
	Matrix pairs =
	        matrix_view(spoken->numbers.data, 4, 6, 3); /* 4 rows of 6, 3 apart */
	/* [/overlap] */
	print_matrix(lesson, "each word with the next: rows that overlap", pairs);
	lesson_point(lesson, "One memory, three matrices. A convolution is a product "
	                     "with the last kind.");
}

/* --- broadcasting ----------------------------------------------------------------------------- */

static void broadcasting(Lesson *lesson, const SpokenUtterance *spoken)
{
	lesson_section(lesson, "Broadcasting");
	Arena *arena = lesson_arena(lesson);
	Tensor x = spoken->numbers, mean = tensor_new(arena, SHAPE(3));
	tensor_mean_axis(mean, x, 0);
	lesson_tensor(lesson, "the mean of each column", mean);
	lesson_predict_shape(lesson,
	        "x is (5,3), the mean is (3). Which shape has x - mean?", SHAPE(5, 3),
	        "Shapes are compared from the right; what is missing on the left is "
	        "repeated.");
	/* [broadcast] */
	Tensor centred = tensor_like(arena, x);
	tensor_sub(centred, x, mean); /* (5,3) - (3) -> (5,3) */
	/* [/broadcast] */
	lesson_matrix(lesson, "centred",
	        &(PlotMatrix){ .title = "What is above the mean, what below",
	                .y = "word",
	                .values = centred,
	                .row_names = spoken->words,
	                .column_names = spoken->names,
	                .numbers = true });
	static const Choice fits[] = {
		{ "it fits: a number for each row",
		        "Shapes are compared from the right: 3 meets 5." },
		{ "it stops", "From the right, 3 meets 5, and neither is 1. As (5,1) it "
		              "would fit." }
	};
	lesson_predict_choice(lesson, "And (5,3) - (5)?", 2, fits, 1);
	lesson_point(lesson, "Broadcasting repeats, and never guesses.");
}

/* --- the product ------------------------------------------------------------------------------ */

static void product(Lesson *lesson, const SpokenUtterance *spoken)
{
	lesson_section(lesson, "The product");
	Arena *arena = lesson_arena(lesson);
	Tensor w = tensor_from(arena, (const real[]){ 1, (real)0.5, 1 }, 3, SHAPE(3, 1));
	Tensor scores = tensor_new(arena, SHAPE(5, 1));
	lesson_predict_number(lesson,
	        "\"my\" is (0.11, 1.21, 0.75). Its score with weights (1, 0.5, 1)?",
	        1.465, 0.05, "0.11 + 0.605 + 0.75: a row times a column.");
	matmul(matrix_of(scores), matrix_of(spoken->numbers), matrix_of(w), MATMUL_SET);
	lesson_tensor(lesson, "x (5,3) times w (3,1)", scores);
	lesson_number(lesson, "score", "score of \"my\"", "%.3f", (double)scores.data[1]);
	lesson_point(
	        lesson, "(M,K) times (K,N) is (M,N): the inner sizes meet and vanish.");
}

/* --- faster ----------------------------------------------------------------------------------- */

typedef struct Product {
	Matrix out, a, b;
} Product;

/* [loops] */
static void three_loops(void *context)
{
	const Product *p = context;
	for (int i = 0; i < p->out.rows; i++)
		for (int j = 0; j < p->out.columns; j++) {
			real sum = 0;
			for (int k = 0; k < p->a.columns; k++)
				sum = real_fma(
				        element(p->a, i, k), element(p->b, k, j), sum);
			p->out.data[i * p->out.row_stride + j] = sum;
		}
}
/* [/loops] */

/* [rows] */
static void along_rows(void *context)
{
	const Product *p = context;
	for (int i = 0; i < p->out.rows; i++) {
		real *out = p->out.data + i * p->out.row_stride;
		memset(out, 0, (size_t)p->out.columns * sizeof *out);
		for (int k = 0; k < p->a.columns; k++) {
			const real a = element(p->a, i, k),
			           *b = p->b.data + k * p->b.row_stride;
			for (int j = 0; j < p->out.columns; j++)
				out[j] = real_fma(a, b[j], out[j]);
		}
	}
}
/* [/rows] */

/* [tile] */
enum { TILE_ROWS = 4, TILE_COLUMNS = 32 }; /* sums that are kept in registers */

static void in_tiles(void *context)
{
	const Product *p = context;
	for (int i = 0; i < p->out.rows; i += TILE_ROWS)
		for (int j = 0; j < p->out.columns; j += TILE_COLUMNS) {
			real sum[TILE_ROWS][TILE_COLUMNS] = { { 0 } };
			for (int k = 0; k < p->a.columns; k++) {
				const real *b = p->b.data + k * p->b.row_stride + j;
				for (int r = 0; r < TILE_ROWS; r++) {
					const real a = element(p->a, i + r, k);
					for (int c = 0; c < TILE_COLUMNS; c++)
						sum[r][c] = real_fma(a, b[c], sum[r][c]);
				}
			}
			for (int r = 0; r < TILE_ROWS; r++)
				memcpy(p->out.data + (i + r) * p->out.row_stride + j,
				        sum[r], sizeof sum[r]);
		}
}
/* [/tile] */

static void library(void *context)
{
	const Product *p = context;
	matmul(p->out, p->a, p->b, MATMUL_SET);
}

static Tensor random_square(Arena *arena, int size, uint64_t seed)
{
	Rng rng = rng_new(seed);
	Tensor x = tensor_new(arena, SHAPE(size, size));
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_normal(&rng);
	return x;
}

static int differences(Tensor a, Tensor b)
{
	int count = 0;
	for (size_t i = 0; i < tensor_count(a); i++)
		count += memcmp(&a.data[i], &b.data[i], sizeof(real)) != 0;
	return count;
}

static double largest_difference(Tensor a, Tensor b)
{
	double largest = 0;
	for (size_t i = 0; i < tensor_count(a); i++)
		largest = fmax(largest, fabs((double)a.data[i] - (double)b.data[i]));
	return largest;
}

static void faster(Lesson *lesson)
{
	enum { SIZE = 256, WAYS = 4 };
	static const struct {
		const char *name;
		void (*multiply)(void *);
	} ways[WAYS] = { { "three loops", three_loops }, { "along rows", along_rows },
		{ "in tiles of 4 x 32", in_tiles }, { "the library", library } };
	const bool mine = mine_parts()[0]; /* a right product may sum in another order */
	lesson_section(
	        lesson, mine ? "Four ways to one product" : "Faster, and the same bits");
	Arena *arena = lesson_arena(lesson);
	Tensor a = random_square(arena, SIZE, 1), b = random_square(arena, SIZE, 2),
	       out[WAYS];
	lesson_predict_number(lesson,
	        "(256,256) times (256,256): how many multiply-adds, in millions?", 16.8,
	        0.9, "256 x 256 results, each a sum of 256 products.");
	double before = 0;
	int different = 0;
	for (int way = 0; way < WAYS; way++) {
		out[way] = tensor_new(arena, SHAPE(SIZE, SIZE));
		Product p = { matrix_of(out[way]), matrix_of(a), matrix_of(b) };
		double seconds = lesson_stopwatch(ways[way].multiply, &p);
		lesson_time(lesson, ways[way].name, seconds, before);
		before = seconds;
		int other = differences(out[0], out[way]);
		if (other && !mine)
			lesson_say(lesson,
			        "  ... %d are not the bits of the three loops, up to "
			        "%.2g apart",
			        other, largest_difference(out[0], out[way]));
		different += other;
	}
	lesson_number(lesson, "first", "the first number, of all four", "%.7f",
	        (double)out[3].data[0]);
	if (mine)
		lesson_number(lesson, "apart",
		        "largest difference, yours to the three loops", "%.2g",
		        largest_difference(out[0], out[3]));
	else
		lesson_number(lesson, "different", "numbers that differ, of 65536",
		        "%.0f", different);
	lesson_point(lesson, mine ? "Four ways, one product."
	                          : "Four orders of work, one order of summation.");
	lesson_histogram(lesson, "products",
	        &(PlotHistogram){ .title = "65536 sums of 256 products of random numbers",
	                .x = "value: normal, with standard deviation 16",
	                .count = SIZE * SIZE,
	                .bins = 16,
	                .values = out[3].data });
	lesson_point(lesson,
	        "A sum of K products is about sqrt(K) large: layers divide by that.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "01-tensors", "Tensors");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	lesson_say(lesson, "\"%s\"", spoken.text);
	memory(lesson, &spoken);
	strides(lesson, &spoken);
	broadcasting(lesson, &spoken);
	product(lesson, &spoken);
	faster(lesson);
	return lesson_end(lesson);
}
