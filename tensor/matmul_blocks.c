/* The matrix product in blocks that fit the caches.
 *
 *            j: blocks of BLOCK_COLUMNS          out (M,N) = a (M,K) b (K,N)
 *            .-------.
 *            | b     |  k: blocks of BLOCK_DEPTH
 *            '-------'
 *   .----.   .-------.
 *   | a  |   | out   |  i: panels of TILE_ROWS rows
 *   '----'   '-------'
 *
 * A tile (matmul_tile.c) does 28 multiply-adds of vectors for 16 loads, so the numbers it
 * loads must come from near by. A block of b is 256 x 512 numbers, 512 KiB: it stays in
 * the second-level cache while all of a passes by (processors with shorter vectors have
 * smaller caches too: for them it is half of that). A panel of a is 14 rows x 256: 14 KiB
 * stay in the first-level cache while the block of b passes by, panel after panel. One
 * pass over k adds at most 256 terms to an element of out, so it is loaded and stored
 * K/256 times, which is little.
 *
 * Rows are shared out evenly: 16 rows are two panels of 8, not 14 and 2, as a small tile
 * does not keep the processor busy. So are blocks of k.
 *
 * What is used often, and lies apart, is copied (packed) first into the order in which it
 * is read: a column of a stride of 4096 bytes, say, would all fall into one set of the
 * cache. Rows of a are read where they lie, unless many columns of b use them.
 *
 * The order of summation: for each element of out the blocks of k come in order, and
 * within a block the tile takes k in order, starting from what out held: one long sum,
 * as in matmul_plain. */
#include "tensor/matmul_blocks.h"
#include "tensor/matmul_pack.h"
#include "tensor/matmul_tile.h"

#include <stdint.h>
#include <string.h>

enum {
	BLOCK_DEPTH = 256,
	BLOCK_BYTES = (sizeof(Vector) == 64 ? 512 : 256) * 1024,
	BLOCK_COLUMNS = BLOCK_BYTES / BLOCK_DEPTH / (int)sizeof(real),
	SOME_ROWS = 3 * TILE_ROWS,
	MANY_COLUMNS = 10 * PANEL,
	/* from one k of a copied panel of a to the next: whole vectors, which straddle
	 * no cache line */
	A_STEP = (TILE_ROWS + LANES - 1) / LANES * LANES,
	FAR_APART = 3200 / (int)sizeof(real), /* from one row to the next */
};

_Static_assert(BLOCK_COLUMNS % PANEL == 0, "a block of b is made of whole panels");

static int at_most(int a, int most)
{
	return a < most ? a : most;
}

static int parts_of(int whole, int largest)
{
	return (whole + largest - 1) / largest;
}

/* How much of what is left to take next, so that the parts come out even. */
static int next_part(int left, int largest)
{
	return left / parts_of(left, largest);
}

static const real *element(Matrix a, int i, int j)
{
	return a.data + (size_t)i * (size_t)a.row_stride +
	       (size_t)j * (size_t)a.column_stride;
}

/* ---- packing (matmul_pack.h) ---- */

/* Panel after panel, each with all its rows. */
static void pack_panels(real *to, Matrix b)
{
	for (int j = 0; j < b.columns; j += PANEL) {
		int columns = at_most(b.columns - j, PANEL);
		matmul_pack(to, PANEL, matrix_part(b, 0, b.rows, j, columns));
		to += (size_t)b.rows * PANEL;
	}
}

/* ---- tiles ---- */

/* A tile that does not fill its vectors is computed beside out. */
static void edge_tile(int vectors, Tile tile, Matrix out)
{
	real corner[TILE_ROWS * PANEL];
	size_t bytes = (size_t)out.columns * sizeof(real);
	if (tile.start) {
		for (int i = 0; i < out.rows; i++)
			memcpy(corner + i * PANEL,
			        tile.start + (size_t)i * tile.start_row, bytes);
		tile.start = corner;
		tile.start_row = PANEL;
	}
	tile.out = corner;
	tile.out_row = PANEL;
	matmul_tile(out.rows, vectors, &tile);
	for (int i = 0; i < out.rows; i++)
		memcpy((real *)element(out, i, 0), corner + i * PANEL, bytes);
}

/* A few rows of out, from all of tile's a and b. */
static void row_panel(Matrix out, Matrix start, Tile tile)
{
	int rows = out.rows, wide = WIDE_VECTORS * LANES;
	const real *b = tile.b;
	tile.start_row = (size_t)start.row_stride;
	tile.out_row = (size_t)out.row_stride;
	int j = 0;
	while (j < out.columns) {
		int columns = at_most(out.columns - j, PANEL);
		int vectors = columns > LANES ? 2 : 1;
		tile.b = b + (size_t)(j / PANEL) * tile.b_panel;
		tile.out = out.data + j;
		tile.start = start.data ? start.data + j : NULL;
		if (columns < vectors * LANES) {
			edge_tile(vectors, tile, matrix_part(out, 0, rows, j, columns));
		} else if (rows <= WIDE_ROWS && out.columns - j >= wide) {
			matmul_tile(rows, WIDE_VECTORS, &tile);
			columns = wide;
		} else {
			matmul_tile(rows, vectors, &tile);
		}
		j += columns;
	}
}

/* Gives the tile a few rows of a (rows,depth), for so many columns of b: themselves, or a
 * copy in `scratch`. Each row is a short run of numbers that are read in turn, so a copy
 * pays only for many columns, or where the rows are far apart. Rows 4096 bytes apart,
 * say, all fall into the same few sets of the first-level cache and push each other out:
 * copied, a product of 1024^3 went from 80 to 100 of 117 GFLOP/s. Where instead the
 * numbers of one k lie side by side, those of the next are far away: there it pays for
 * any but one panel. */
static void take_a(Tile *tile, real *scratch, Matrix a, int columns)
{
	bool runs = a.column_stride == 1 && a.row_stride < FAR_APART &&
	            columns < MANY_COLUMNS;
	if (a.rows == 1 || runs || columns <= PANEL) {
		tile->a = a.data;
		tile->a_row = (size_t)a.row_stride;
		tile->a_step = (size_t)a.column_stride;
	} else {
		matmul_pack(scratch, A_STEP, matrix_transpose(a));
		tile->a = scratch;
		tile->a_row = 1;
		tile->a_step = A_STEP;
	}
}

/* ---- b, in place or packed ---- */

int matmul_panels(int columns)
{
	return parts_of(columns, PANEL);
}

size_t matmul_packed_size(int rows, int columns)
{
	return (size_t)rows * (size_t)matmul_panels(columns) * PANEL;
}

typedef struct Right {
	Matrix b;           /* (K,N) */
	const real *packed; /* by matmul_pack_panel; NULL: b.data has it */
	bool in_place;      /* read b where it lies */
} Right;

/* A copy of b pays where its rows are far apart, since then each row of a panel is a page
 * of memory and a cache miss of its own, where the copy reads long runs; and, for some
 * panels of a, where the vectors of b straddle two cache lines. */
static bool readable_in_place(Matrix a, Matrix b)
{
	if (b.column_stride != 1)
		return false;
	if (b.row_stride >= FAR_APART)
		return a.rows <= TILE_ROWS;
	bool straddles = b.row_stride % LANES || (uintptr_t)b.data % sizeof(Vector);
	return !straddles || a.rows < SOME_ROWS;
}

/* How many columns to take next. In place only whole vectors are read, as one that
 * reached beyond the end of b might leave the memory: the rest is then taken by
 * itself, and copied. */
static int next_columns(const Right *right, int j, int most)
{
	int columns = at_most(right->b.columns - j, most);
	if (right->in_place && columns > LANES)
		columns -= columns % LANES;
	return columns;
}

/* Gives the tile rows k.. and columns j.. of b. */
static void take_b(Tile *tile, real *scratch, const Right *right, int k, int depth, int j,
        int columns)
{
	tile->depth = depth;
	tile->b_panel = (size_t)depth * PANEL;
	tile->b_step = PANEL;
	if (right->packed) { /* and of b itself nothing but its shape is known */
		size_t row = (size_t)matmul_panels(right->b.columns) * PANEL;
		tile->b = right->packed + (size_t)k * row + (size_t)depth * (size_t)j;
		return;
	}
	Matrix b = matrix_part(right->b, k, depth, j, columns);
	if (right->in_place && columns % LANES == 0) {
		tile->b = b.data;
		tile->b_panel = PANEL;
		tile->b_step = (size_t)b.row_stride;
		return;
	}
	pack_panels(scratch, b);
	tile->b = scratch;
}

/* Of each block of k its share: the blocks lie one after another, as they will be
 * used. */
void matmul_pack_panel(real *packed, Matrix b, int panel)
{
	size_t row = (size_t)matmul_panels(b.columns) * PANEL;
	int j = panel * PANEL, columns = at_most(b.columns - j, PANEL), depth;
	for (int k = 0; k < b.rows; k += depth) {
		depth = next_part(b.rows - k, BLOCK_DEPTH);
		matmul_pack(packed + (size_t)k * row + (size_t)depth * (size_t)j, PANEL,
		        matrix_part(b, k, depth, j, columns));
	}
}

/* ---- blocks ---- */

static Matrix part_of_start(Matrix start, int row, int rows, int column, int columns)
{
	return start.data ? matrix_part(start, row, rows, column, columns) : start;
}

/* One panel of rows: each number of b is needed once. So where it has to be copied, it is
 * copied in small pieces, which are still in the first-level cache when they are used. */
static void few_rows(Matrix out, Matrix start, Matrix a, const Right *right)
{
	enum { COPIED = WIDE_VECTORS * LANES };
	_Alignas(Vector) real a_scratch[A_STEP * BLOCK_DEPTH];
	_Alignas(Vector) real b_scratch[BLOCK_DEPTH * COPIED + LANES];
	bool copied = !right->packed && !right->in_place;
	int most = !copied ? out.columns : a.rows <= WIDE_ROWS ? COPIED : PANEL;
	int depth, columns;
	for (int k = 0; k < a.columns; k += depth) {
		depth = next_part(a.columns - k, BLOCK_DEPTH);
		Matrix from = k > 0 ? out : start;
		Tile tile;
		take_a(&tile, a_scratch, matrix_part(a, 0, a.rows, k, depth),
		        out.columns);
		for (int j = 0; j < out.columns; j += columns) {
			columns = next_columns(right, j, most);
			take_b(&tile, b_scratch, right, k, depth, j, columns);
			row_panel(matrix_part(out, 0, out.rows, j, columns),
			        part_of_start(from, 0, out.rows, j, columns), tile);
		}
	}
}

/* Of a block of b. Where it has few rows more columns fit in it, so that a is copied
 * less often. */
static int most_columns(int K)
{
	int deepest = parts_of(K, parts_of(K, BLOCK_DEPTH));
	return BLOCK_DEPTH * BLOCK_COLUMNS / deepest / PANEL * PANEL;
}

static void many_rows(Matrix out, Matrix start, Matrix a, const Right *right)
{
	_Alignas(Vector) real a_scratch[A_STEP * BLOCK_DEPTH];
	_Alignas(Vector) real b_scratch[BLOCK_DEPTH * BLOCK_COLUMNS + LANES];
	int columns, depth, rows, most = most_columns(a.columns);
	for (int j = 0; j < out.columns; j += columns) {
		columns = next_columns(right, j, most);
		for (int k = 0; k < a.columns; k += depth) {
			depth = next_part(a.columns - k, BLOCK_DEPTH);
			Matrix from = k > 0 ? out : start;
			Tile tile;
			take_b(&tile, b_scratch, right, k, depth, j, columns);
			for (int i = 0; i < out.rows; i += rows) {
				rows = next_part(out.rows - i, TILE_ROWS);
				take_a(&tile, a_scratch,
				        matrix_part(a, i, rows, k, depth), columns);
				row_panel(matrix_part(out, i, rows, j, columns),
				        part_of_start(from, i, rows, j, columns), tile);
			}
		}
	}
}

void matmul_blocks(Matrix out, Matrix start, Matrix a, Matrix b, const real *packed)
{
	Right right = { .b = b, .packed = packed };
	right.in_place = !packed && readable_in_place(a, b);
	if (out.rows <= TILE_ROWS)
		few_rows(out, start, a, &right);
	else
		many_rows(out, start, a, &right);
}
