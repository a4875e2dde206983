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
 * A tile (matmul_tile.c) does 28 multiply-adds of vectors for 16 loads, so the numbers it loads must
 * come from near by. A block of b is 256 x 256 numbers, 256 KiB: it stays in the second-level cache
 * while all of a passes by. A panel of a is 14 rows x 256: 14 KiB stay in the first-level cache while
 * the block of b passes by, panel after panel. One pass over k adds at most 256 terms to an element
 * of out, so it is loaded and stored K/256 times, which is little.
 *
 * Rows are shared out evenly: 16 rows are two panels of 8, not 14 and 2, as a small tile
 * does not keep the processor busy. So are blocks of k.
 *
 * What is used often is copied (packed) first, so that it lies in the order in which it is read:
 * a column of a stride of 4096 bytes, say, would all fall into one set of the cache.
 *
 * The order of summation: for each element of out the blocks of k come in order, and within a block
 * the tile takes k in order, starting from what out held: one long sum, as in matmul_plain. */
#include "tensor/matmul_blocks.h"
#include "tensor/matmul_tile.h"

#include <string.h>

enum {
	BLOCK_DEPTH = 256,
	BLOCK_COLUMNS = 256 * (int)sizeof(float) / (int)sizeof(real),
	MANY_ROWS = 96,
	FAR_APART = 3200 / (int)sizeof(real),
};

/* A packed panel of a: whole vectors. */
enum { PACKED_ROWS = (TILE_ROWS + LANES - 1) / LANES * LANES };

_Static_assert(BLOCK_COLUMNS % PANEL == 0, "a block of b is made of whole panels");

static int at_most(int a, int most)
{
	return a < most ? a : most;
}

static int parts_of(int whole, int largest)
{
	return (whole + largest - 1) / largest;
}

static const real *element(Matrix a, int i, int j)
{
	return a.data + (size_t)i * (size_t)a.row_stride +
	       (size_t)j * (size_t)a.column_stride;
}

static Matrix part(Matrix a, int row, int rows, int column, int columns)
{
	a.data = (real *)element(a, row, column);
	a.rows = rows;
	a.columns = columns;
	return a;
}

/* ---- packing: to[k*step + i] = x(k,i), so that a tile finds what it needs for one k side by side.
 * Between columns and step there may be anything: no element of out is made of it. ---- */

static void pack_rows(real *to, int step, Matrix x)
{
	size_t stride = (size_t)x.row_stride;
	size_t end = (size_t)(x.rows - 1) * stride + (size_t)x.columns;
	for (int k = 0; k < x.rows; k++) {
		const real *x_k = element(x, k, 0);
		if ((size_t)k * stride + (size_t)step <= end)
			memcpy(to, x_k, (size_t)step * sizeof(real));
		else
			for (int i = 0; i < x.columns; i++)
				to[i] = x_k[i];
		to += step;
	}
}

static void pack_transposed(real *to, int step, Matrix x)
{
	size_t stride = (size_t)x.column_stride;
	for (int k = 0; k < x.rows; k += LANES) {
		if (k > x.rows - LANES) /* the last block overlaps the one before */
			k = x.rows - LANES;
		for (int i = 0; i < x.columns; i += LANES)
			matmul_transpose(to + k * step + i, (size_t)step,
			        element(x, k, i), stride, at_most(x.columns - i, LANES));
	}
}

static void pack(real *to, int step, Matrix x)
{
	if (x.column_stride == 1)
		pack_rows(to, step, x);
	else if (x.rows >= LANES)
		pack_transposed(to, step, x);
	else
		for (int k = 0; k < x.rows; k++)
			for (int i = 0; i < x.columns; i++)
				to[k * step + i] = *element(x, k, i);
}

/* Panel after panel, each with all its rows. */
static void pack_block(real *packed, Matrix b)
{
	for (int j = 0; j < b.columns; j += PANEL) {
		int columns = at_most(b.columns - j, PANEL);
		pack(packed, PANEL, part(b, 0, b.rows, j, columns));
		packed += (size_t)b.rows * PANEL;
	}
}

/* ---- tiles ---- */

/* Copies between a corner of `out` and a whole tile of its own. */
static void copy_in(real *tile, Matrix out)
{
	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++)
			tile[i * PANEL + j] = *element(out, i, j);
}

static void copy_out(Matrix out, const real *tile)
{
	for (int i = 0; i < out.rows; i++)
		for (int j = 0; j < out.columns; j++)
			*(real *)element(out, i, j) = tile[i * PANEL + j];
}

/* A tile that does not fill its vectors is computed beside out. */
static void edge_tile(int vectors, Tile tile, Matrix out)
{
	real corner[TILE_ROWS * PANEL];
	if (tile.add)
		copy_in(corner, out);
	tile.out = corner;
	tile.out_row = PANEL;
	matmul_tile(out.rows, vectors, &tile);
	copy_out(out, corner);
}

/* All columns of a few rows of out. `tile` has a and b; b at column 0 of out. */
static void row_panel(Matrix out, Tile tile)
{
	int rows = out.rows, wide = WIDE_VECTORS * LANES;
	const real *b = tile.b;
	tile.out_row = (size_t)out.row_stride;
	int j = 0;
	while (j < out.columns) {
		int columns = at_most(out.columns - j, PANEL);
		int vectors = columns > LANES ? 2 : 1;
		tile.b = b + (size_t)(j / PANEL) * tile.b_panel;
		tile.out = out.data + j;
		if (columns < vectors * LANES) {
			edge_tile(vectors, tile, part(out, 0, rows, j, columns));
		} else if (rows <= WIDE_ROWS && out.columns - j >= wide) {
			matmul_tile(rows, WIDE_VECTORS, &tile);
			columns = wide;
		} else {
			matmul_tile(rows, vectors, &tile);
		}
		j += columns;
	}
}

/* ---- blocks ---- */

/* out (M, columns) += a (M, depth) b (depth, columns). `tile` has b. */
static void block(Matrix out, Matrix a, Tile tile)
{
	_Alignas(VECTOR_BYTES) real packed[PACKED_ROWS * BLOCK_DEPTH];
	int panels = parts_of(out.rows, TILE_ROWS), i = 0;
	for (int panel = 0; panel < panels; panel++) {
		int rows = (out.rows - i) / (panels - panel);
		Matrix a_panel = part(a, i, rows, 0, tile.depth);
		if (rows == 1 || (a.row_stride == 1 && out.columns <= PANEL)) {
			tile.a = a_panel.data;
			tile.a_step = (size_t)a.column_stride;
		} else {
			pack(packed, PACKED_ROWS, matrix_transpose(a_panel));
			tile.a = packed;
			tile.a_step = PACKED_ROWS;
		}
		row_panel(part(out, i, rows, 0, out.columns), tile);
		i += rows;
	}
}

/* Is it better to read b where it lies than to copy it first? The copy pays if it is read again for
 * many panels of a, or if the rows of b are far apart: then each row of a panel would be a page of
 * memory and a cache miss of its own, where the copy reads long runs. */
static bool readable_in_place(Matrix a, Matrix b)
{
	if (b.column_stride != 1)
		return false;
	bool read_again = a.rows > TILE_ROWS;
	return a.rows < MANY_ROWS && !(read_again && b.row_stride >= FAR_APART);
}

static int next_depth(int depth_left)
{
	return depth_left / parts_of(depth_left, BLOCK_DEPTH);
}

void matmul_blocks(Matrix out, Matrix a, Matrix b, bool add)
{
	_Alignas(VECTOR_BYTES) real packed[BLOCK_DEPTH * BLOCK_COLUMNS];
	bool in_place = readable_in_place(a, b);
	int columns;
	for (int j = 0; j < b.columns; j += columns) {
		columns = at_most(b.columns - j, BLOCK_COLUMNS);
		/* A vector must not reach beyond the end of b: the rest of the columns is packed. */
		if (in_place && columns > PANEL)
			columns -= columns % PANEL;
		bool pack = !in_place || columns % LANES;
		int depth;
		for (int k = 0; k < b.rows; k += depth) {
			depth = next_depth(b.rows - k);
			Matrix b_block = part(b, k, depth, j, columns);
			Tile tile = {
				.depth = depth,
				.b = b_block.data,
				.b_panel = PANEL,
				.b_step = (size_t)b.row_stride,
				.add = add || k > 0,
			};
			if (pack) {
				pack_block(packed, b_block);
				tile.b = packed;
				tile.b_panel = (size_t)depth * PANEL;
				tile.b_step = PANEL;
			}
			block(part(out, 0, out.rows, j, columns),
			        part(a, 0, a.rows, k, depth), tile);
		}
	}
}

size_t matmul_packed_size(int rows, int columns)
{
	return (size_t)rows * (size_t)parts_of(columns, PANEL) * PANEL;
}

/* Block of k after block of k, as they will be used. */
void matmul_pack(real *packed, Matrix b)
{
	int depth;
	for (int k = 0; k < b.rows; k += depth) {
		depth = next_depth(b.rows - k);
		pack_block(packed, part(b, k, depth, 0, b.columns));
		packed += matmul_packed_size(depth, b.columns);
	}
}

void matmul_blocks_packed(Matrix out, Matrix a, const real *packed, bool add)
{
	int columns;
	for (int j = 0; j < out.columns; j += columns) {
		columns = at_most(out.columns - j, BLOCK_COLUMNS);
		const real *b = packed;
		int depth;
		for (int k = 0; k < a.columns; k += depth) {
			depth = next_depth(a.columns - k);
			Tile tile = {
				.depth = depth,
				.b = b + (size_t)depth * (size_t)j,
				.b_panel = (size_t)depth * PANEL,
				.b_step = PANEL,
				.add = add || k > 0,
			};
			block(part(out, 0, out.rows, j, columns),
			        part(a, 0, a.rows, k, depth), tile);
			b += matmul_packed_size(depth, out.columns);
		}
	}
}
