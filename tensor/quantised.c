/* Many rows of x: some rows of W at a time are unpacked to where the cache holds them, and
 * go through the project's product. That costs one unpacking for all rows of x. One row of
 * x: a row of W is unpacked and multiplied while it is in the first-level cache. */
#include "tensor/quantised.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

enum {
	UNPACKED = 1 << 16, /* numbers at a time: they fit in a second-level cache */
	EVEN = 32,          /* a part of so many rows fills the vectors of a tile */
};

void quantised_unpack(real *out, const Quantised *w, int row, int rows)
{
	size_t blocks = (size_t)(w->columns / w->layout->numbers);
	const unsigned char *first =
	        w->data + (size_t)row * blocks * (size_t)w->layout->bytes;
	w->layout->unpack(out, first, (size_t)rows * blocks);
}

/* A product in parts, each of `group` rows of W. Each worker has `room` numbers. */
typedef struct Product {
	Matrix y, start, x;
	const Quantised *w;
	int group;
	size_t room;
	real *scratch;
	const real *sums; /* of x, for dot_rows */
} Product;

static int rows_of(const Product *p, int part)
{
	int left = p->w->rows - part * p->group;
	return left < p->group ? left : p->group;
}

static void product_part(void *context, int part, int worker)
{
	const Product *p = context;
	int o = part * p->group, rows = rows_of(p, part), I = p->w->columns;
	real *unpacked = p->scratch + (size_t)worker * p->room;
	quantised_unpack(unpacked, p->w, o, rows);
	Matrix start = p->start.data ? matrix_part(p->start, 0, p->x.rows, o, rows)
	                             : matrix_view(NULL, p->x.rows, rows, rows);
	matmul_from(matrix_part(p->y, 0, p->x.rows, o, rows), start, p->x,
	        matrix_transpose(matrix_view(unpacked, rows, I, I)));
}

/* Rows o.. of W times x. */
static void dot_rows(const Product *p, int o, int rows, real *unpacked)
{
	const BlockLayout *layout = p->w->layout;
	size_t columns = (size_t)p->w->columns;
	size_t blocks = columns / (size_t)layout->numbers;
	real *y = p->y.data + o;
	if (layout->dot) {
		layout->dot(y, rows, p->x.data, p->sums,
		        p->w->data + (size_t)o * blocks * (size_t)layout->bytes, blocks);
		return;
	}
	for (int r = 0; r < rows; r++) {
		quantised_unpack(unpacked, p->w, o + r, 1);
		y[r] = real_dot(p->x.data, unpacked, columns);
	}
}

static void row_part(void *context, int part, int worker)
{
	const Product *p = context;
	int first = part * p->group, rows = rows_of(p, part);
	dot_rows(p, first, rows, p->scratch + (size_t)worker * p->room);
	for (int o = first; p->start.data && o < first + rows; o++)
		p->y.data[o] += p->start.data[o];
}

static void run(Product *p, PoolWork *work, Arena *scratch, Pool *pool)
{
	int parts = (p->w->rows + p->group - 1) / p->group;
	size_t numbers = (size_t)pool_threads(pool) * p->room;
	ArenaMark mark = arena_mark(scratch);
	p->scratch = arena_alloc(scratch, numbers * sizeof(real));
	pool_run(pool, parts, work, p);
	arena_rewind(scratch, mark);
}

/* How many rows of W are unpacked at a time. */
static int group_of(const Quantised *w)
{
	int rows = UNPACKED / (w->columns > 0 ? w->columns : 1) / EVEN * EVEN;
	return rows > 0 ? rows : EVEN;
}

void quantised_product(
        Matrix y, Matrix start, Matrix x, const Quantised *w, Arena *scratch, Pool *pool)
{
	Product p = { .y = y, .start = start, .x = x, .w = w };
	p.group = group_of(w);
	p.room = (size_t)p.group * (size_t)w->columns;
	run(&p, product_part, scratch, pool);
}

void quantised_product_row(
        Matrix y, Matrix start, Matrix x, const Quantised *w, Arena *scratch, Pool *pool)
{
	int workers = pool_threads(pool);
	Product p = { .y = y, .start = start, .x = x, .w = w };
	p.group = (w->rows + workers - 1) / workers;
	p.room = (size_t)w->columns;
	ArenaMark mark = arena_mark(scratch);
	if (w->layout->dot) {
		real *sums = arena_alloc(scratch, p.room / BLOCK_GROUP * sizeof *sums);
		block_sums(sums, x.data, p.room);
		p.sums = sums;
	}
	run(&p, row_part, scratch, pool);
	arena_rewind(scratch, mark);
}

void quantised_back(Matrix dx, Matrix dy, const Quantised *w, Arena *scratch)
{
	int group = group_of(w), I = w->columns;
	ArenaMark mark = arena_mark(scratch);
	real *unpacked = arena_alloc(scratch, (size_t)group * (size_t)I * sizeof(real));
	for (int o = 0; o < w->rows; o += group) {
		int rows = w->rows - o < group ? w->rows - o : group;
		quantised_unpack(unpacked, w, o, rows);
		matmul(dx, matrix_part(dy, 0, dy.rows, o, rows),
		        matrix_view(unpacked, rows, I, I), MATMUL_ADD);
	}
	arena_rewind(scratch, mark);
}
