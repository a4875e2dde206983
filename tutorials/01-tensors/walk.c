/* The same work along the rows of a table and down its columns; and the product by its
 * formula beside the library's, which under MINE=1 is the student's. */
#include "tutorials/01-tensors/walk.h"
#include "tensor/matmul.h"

/* [walk] */
static void add_one(float *data, const int strides[2], int rows, int columns)
{
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			data[i * strides[0] + j * strides[1]] += 1;
}
/* [/walk] */

enum { SIDE = 2000, SMALL = 256 };

static void along_rows(void *data)
{
	add_one(data, (const int[]){ SIDE, 1 }, SIDE, SIDE);
}

static void down_columns(void *data)
{
	add_one(data, (const int[]){ 1, SIDE }, SIDE, SIDE);
}

typedef struct Product {
	Matrix out, a, b;
} Product;

static void by_formula(void *context)
{
	const Product *p = context;
	matmul_plain(p->out, p->a, p->b, MATMUL_SET);
}

static void by_library(void *context)
{
	const Product *p = context;
	matmul(p->out, p->a, p->b, MATMUL_SET);
}

void which_way(Lesson *lesson)
{
	lesson_section(lesson, "Which way to walk");
	Arena *arena = lesson_arena(lesson);
	float *data = ARENA_ARRAY(arena, float, (size_t)SIDE *SIDE);
	for (int e = 0; e < SIDE * SIDE; e++)
		data[e] = 0;
	static const Choice slower[] = {
		{ "not at all: the additions are the same",
		        "The additions are the same, but memory is not read in the "
		        "same order." },
		{ "some 2 to 50 times slower",
		        "Memory arrives in lines of 16 floats. Down a column, 15 of "
		        "the 16 are not used." },
		{ "about 2000 times slower",
		        "Each step is 2000 numbers long, but the processor does not "
		        "visit those between. It loads one line of memory for each "
		        "step." }
	};
	lesson_predict_choice(lesson,
	        "1 is added to each number of a (2000,2000) table: row by row, then "
	        "column by column. How much slower is the second?",
	        3, slower, 1);
	lesson_time(lesson, "along the rows", lesson_stopwatch(along_rows, data), 0);
	lesson_time(lesson, "down the columns", lesson_stopwatch(down_columns, data), 0);
	Matrix m = matrix_of(tensor_zeros(arena, SHAPE(SMALL, SMALL)));
	Matrix out = matrix_of(tensor_zeros(arena, SHAPE(SMALL, SMALL)));
	Product p = { out, m, m };
	lesson_say(lesson, "(256,256) times (256,256):");
	lesson_time(lesson, "by the formula, matmul_plain",
	        lesson_stopwatch(by_formula, &p), 0);
	lesson_time(lesson, "matmul", lesson_stopwatch(by_library, &p), 0);
	lesson_point(lesson, "Your times differ from others'. The order does not.");
}
