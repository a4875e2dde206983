/* The walk over the steps. With X the inputs and H' the states before, row on row:
 *
 *     forward     X W_ih' for many steps at once; h' W_hh' must wait for the step before
 *     backward    step by step from the last: the cell gives D (and E, else E = D), and
 *                 dh' = E W_hh is what the step before needs. Then for many steps at once
 *
 *                     dW_ih = D' X     db_ih = column sums of D     dX = D W_ih
 *                     dW_hh = E' H'    db_hh = column sums of E
 *
 * "Many" steps, a chunk, are so many that products are efficient, and so few that what
 * one of them wrote is still in the cache when the next reads it. */
#include "layers/recurrent_run.h"
#include "layers/weight.h"

#include <string.h>

typedef RecurrentRun Run;
typedef RecurrentTrace Trace;

/* Of a row the gates and their gradients are some 8 H numbers: 256 rows stay in a cache
 * of 1 MiB up to H = 128, and products of 256 terms are as good as longer ones. */
enum { CHUNK_ROWS = 256 };

/* ---- one call, and where its rows are ---------------------------------------------- */

static const Tensor none = { .data = NULL };

static real *rows_new(const Run *run, int rows, int columns)
{
	return arena_alloc(
	        run->tape->arena, (size_t)rows * (size_t)columns * sizeof(real));
}

static real *row_of(real *rows, size_t row, size_t columns)
{
	return rows ? rows + row * columns : NULL;
}

/* The s-th step that a direction takes. */
static int step_of(const Run *run, int direction, int s)
{
	return direction ? run->packed.steps - 1 - s : s;
}

/* The rows of step t in an (R,columns) array. */
static Matrix step_view(const Run *run, const real *rows, int t, int columns)
{
	const real *first = rows + (size_t)run->packed.offset[t] * (size_t)columns;
	return matrix_view(first, run->packed.active[t], columns, columns);
}

/* The steps from the begin-th that a direction takes up to, not including, the end-th,
 * and their rows. */
typedef struct Chunk {
	int begin, end;
	int first, rows;
} Chunk;

/* The chunk of the s-th step. */
static Chunk chunk_of(const Run *run, int direction, int s)
{
	const Packed *packed = &run->packed;
	Chunk chunk = { .begin = s - s % run->chunk };
	chunk.end = chunk.begin + run->chunk;
	if (chunk.end > packed->steps)
		chunk.end = packed->steps;
	int t = step_of(run, direction, chunk.begin);
	int u = step_of(run, direction, chunk.end - 1);
	int low = t < u ? t : u, high = t < u ? u : t;
	chunk.first = packed->offset[low];
	chunk.rows = packed->offset[high] + packed->active[high] - chunk.first;
	return chunk;
}

/* A chunk of an (R,columns) array. */
static Matrix chunk_view(Chunk chunk, const real *rows, int columns)
{
	const real *first = rows + (size_t)chunk.first * (size_t)columns;
	return matrix_view(first, chunk.rows, columns, columns);
}

/* (B,H), longest first: a direction's columns of a state, or zero where it has no
 * data. */
static real *state_of(const Run *run, Tensor state, int direction)
{
	int H = run->layer.hidden;
	real *rows = rows_new(run, run->packed.batch, H);
	packed_state_gather(&run->packed, rows, state, direction * H, H);
	return rows;
}

/* Row r of step t, as a cell sees it. */
static CellStep cell_step(const Run *run, int direction, int t, int r)
{
	const RecurrentWeights *weights = &run->layer.direction[direction];
	const Trace *trace = &run->trace[direction];
	size_t H = (size_t)run->layer.hidden, G = (size_t)run->layer.cell->gates * H;
	size_t row = (size_t)run->packed.offset[t] + (size_t)r;
	return (CellStep){
		.bias_ih = weights->bias_ih->value.data,
		.bias_hh = weights->bias_hh->value.data,
		.h_before = row_of(trace->h_before, row, H),
		.c_before = row_of(trace->c_before, row, H),
		.gates = row_of(trace->gates, row, G),
		.extra = row_of(trace->extra, row, H),
	};
}

/* ---- forward ----------------------------------------------------------------------- */

/* Step t. The state goes to step `next`, or c to c_last (B,H) where an utterance ends
 * here. `recurrent` is h' W_hh' for a cell that wants it apart, else NULL. */
static void step_forward(const Run *run, int direction, int t, int next, real *recurrent,
        real *c_last, Tensor y)
{
	const Packed *packed = &run->packed;
	const RecurrentCell *cell = run->layer.cell;
	const Trace *trace = &run->trace[direction];
	size_t H = (size_t)run->layer.hidden, G = (size_t)cell->gates * H;
	int continuing = packed_both(packed, t, next);
	for (int r = 0; r < packed->active[t]; r++) {
		bool ends = r >= continuing;
		size_t after = ends ? 0 : (size_t)packed->offset[next] + (size_t)r;
		CellStep step = cell_step(run, direction, t, r);
		step.recurrent = row_of(recurrent, (size_t)r, G);
		step.h = packed_frame(packed, y, r, t) + (size_t)direction * H;
		step.c = ends ? row_of(c_last, (size_t)r, H)
		              : row_of(trace->c_before, after, H);
		cell->forward((int)H, &step);
		if (!ends)
			memcpy(trace->h_before + after * H, step.h, H * sizeof(real));
	}
}

/* The utterances that begin at step t, its rows from `first` on, begin with h, c
 * (B,H). */
static void start_rows(
        const Run *run, int direction, int t, int first, const real *h, const real *c)
{
	const Trace *trace = &run->trace[direction];
	size_t H = (size_t)run->layer.hidden, skipped = (size_t)first * H;
	size_t row = (size_t)run->packed.offset[t] * H + skipped;
	size_t bytes = (size_t)(run->packed.active[t] - first) * H * sizeof(real);
	memcpy(trace->h_before + row, h + skipped, bytes);
	if (trace->c_before)
		memcpy(trace->c_before + row, c + skipped, bytes);
}

static Trace trace_new(const Run *run)
{
	int R = run->packed.rows, H = run->layer.hidden;
	return (Trace){
		.gates = rows_new(run, R, run->layer.cell->gates * H),
		.h_before = rows_new(run, R, H),
		.c_before = run->layer.cell->has_c ? rows_new(run, R, H) : NULL,
		.extra = rows_new(run, R, H),
	};
}

static MatrixPacked transposed(const Run *run, const Var *weight)
{
	return weight_packed(run->tape, matrix_transpose(matrix_of(weight->value)));
}

static void direction_forward(Run *run, int direction, Tensor y)
{
	const RecurrentWeights *weights = &run->layer.direction[direction];
	const Var *h_start = run->start.h, *c_start = run->start.c;
	int H = run->layer.hidden, I = run->layer.in, G = run->layer.cell->gates * H;
	run->trace[direction] = trace_new(run);
	const Trace *trace = &run->trace[direction];
	ArenaMark mark = arena_mark(run->tape->arena);
	const real *h = state_of(run, h_start ? h_start->value : none, direction);
	const real *c = state_of(run, c_start ? c_start->value : none, direction);
	real *c_last = run->layer.cell->has_c ? state_of(run, none, direction) : NULL;
	real *recurrent =
	        run->layer.cell->apart ? rows_new(run, run->packed.batch, G) : NULL;

	MatrixPacked w_ih = transposed(run, weights->weight_ih);
	MatrixPacked w_hh = transposed(run, weights->weight_hh);
	int continuing = 0; /* rows whose state the step before has written */
	for (int s = 0; s < run->packed.steps; s++) {
		int t = step_of(run, direction, s), next = step_of(run, direction, s + 1);
		Chunk chunk = chunk_of(run, direction, s);
		if (s == chunk.begin)
			matmul_packed(chunk_view(chunk, trace->gates, G),
			        chunk_view(chunk, run->x, I), w_ih, MATMUL_SET);
		start_rows(run, direction, t, continuing, h, c);
		Matrix h_before = step_view(run, trace->h_before, t, H);
		if (recurrent)
			matmul_packed(matrix_view(recurrent, h_before.rows, G, G),
			        h_before, w_hh, MATMUL_SET);
		else if (s > 0 || h_start)
			matmul_packed(step_view(run, trace->gates, t, G), h_before, w_hh,
			        MATMUL_ADD);
		step_forward(run, direction, t, next, recurrent, c_last, y);
		continuing = packed_both(&run->packed, t, next);
	}
	if (c_last)
		packed_state_scatter_add(
		        &run->packed, run->c_last, direction * H, H, c_last);
	arena_rewind(run->tape->arena, mark);
}

void recurrent_run_forward(Run *run, Sequence s, Tensor y, bool recording)
{
	Arena *arena = run->tape->arena;
	run->packed = packed_new(arena, s.lengths, s.x->value.shape[0]);
	int batch = run->packed.batch;
	run->chunk = batch ? (CHUNK_ROWS + batch - 1) / batch : 1;
	run->x = rows_new(run, run->packed.rows, run->layer.in);
	packed_gather(&run->packed, run->x, s.x->value);
	for (int b = 0; b < batch; b++)
		sequence_clear_padding(y, b, s.lengths[b]);
	for (int d = 0; d < run->layer.directions; d++) {
		ArenaMark mark = arena_mark(arena);
		direction_forward(run, d, y);
		if (!recording)
			arena_rewind(arena, mark);
	}
}

/* ---- backward ---------------------------------------------------------------------- */

/* The gradients of a direction's weights, transposed, as the longer side makes the better
 * columns of a product, and of its biases: what all steps add up. */
typedef struct Sums {
	Matrix weight_ih;        /* (I,GH) */
	Matrix weight_hh;        /* (H,GH) */
	real *bias_ih, *bias_hh; /* (GH); one and the same unless the cell is apart */
} Sums;

static Sums sums_new(const Run *run, const RecurrentWeights *weights)
{
	int H = run->layer.hidden, I = run->layer.in, G = run->layer.cell->gates * H;
	Arena *arena = run->tape->arena;
	real *bias = arena_zeros(arena, (size_t)G * sizeof(real));
	return (Sums){
		.weight_ih = matrix_view(
		        weight_sum_new(run->tape, weights->weight_ih), I, G, G),
		.weight_hh = matrix_view(
		        weight_sum_new(run->tape, weights->weight_hh), H, G, G),
		.bias_ih = bias,
		.bias_hh = run->layer.cell->apart
		                   ? arena_zeros(arena, (size_t)G * sizeof(real))
		                   : bias,
	};
}

static void sums_learn(const Node *node, const RecurrentWeights *weights, Sums sums)
{
	int G = sums.weight_ih.columns;
	weight_learn_sum(node, weights->weight_ih, matrix_transpose(sums.weight_ih));
	weight_learn_sum(node, weights->weight_hh, matrix_transpose(sums.weight_hh));
	bias_learn(weights->bias_ih, matrix_view(sums.bias_ih, 1, G, G));
	bias_learn(weights->bias_hh, matrix_view(sums.bias_hh, 1, G, G));
}

/* The rows of D and E for step t. */
static void step_backward(const Run *run, int direction, int t, Tensor dy, real *dh,
        real *dc, Matrix d, Matrix e)
{
	size_t H = (size_t)run->layer.hidden;
	for (int r = 0; r < d.rows; r++) {
		CellStep step = cell_step(run, direction, t, r);
		step.dy = packed_frame(&run->packed, dy, r, t) + (size_t)direction * H;
		step.dh = row_of(dh, (size_t)r, H);
		step.dc = row_of(dc, (size_t)r, H);
		step.d = matrix_row(d, r);
		step.e = matrix_row(e, r);
		run->layer.cell->backward((int)H, &step);
	}
}

/* The products of a chunk, once all its rows of D and E are there. */
static void chunk_backward(const Run *run, int direction, Chunk chunk, Matrix d, Matrix e,
        Sums sums, real *dx)
{
	MatmulMode mode = chunk.end == run->packed.steps ? MATMUL_SET : MATMUL_ADD;
	const RecurrentWeights *weights = &run->layer.direction[direction];
	int I = run->layer.in, H = run->layer.hidden;
	Matrix x = chunk_view(chunk, run->x, I);
	Matrix h_before = chunk_view(chunk, run->trace[direction].h_before, H);
	if (weights->weight_ih->grad.data)
		matmul(sums.weight_ih, matrix_transpose(x), d, mode);
	if (weights->weight_hh->grad.data)
		matmul(sums.weight_hh, matrix_transpose(h_before), e, mode);
	matrix_add_column_sums(sums.bias_ih, d);
	if (sums.bias_hh != sums.bias_ih)
		matrix_add_column_sums(sums.bias_hh, e);
	if (dx)
		matmul(chunk_view(chunk, dx, I), d, matrix_of(weights->weight_ih->value),
		        MATMUL_ADD);
}

static void direction_backward(
        const Run *run, int direction, Tensor dy, Sums sums, real *dx)
{
	const RecurrentCell *cell = run->layer.cell;
	const RecurrentWeights *weights = &run->layer.direction[direction];
	int H = run->layer.hidden, G = cell->gates * H;
	Tensor dh_start = run->start.h ? run->start.h->grad : none;
	Tensor dc_start = run->start.c ? run->start.c->grad : none;
	ArenaMark mark = arena_mark(run->tape->arena);
	real *dh = state_of(run, none, direction); /* (B,H) */
	real *dc = cell->has_c ? state_of(run, run->dc_last, direction) : NULL;
	real *d = rows_new(run, run->chunk * run->packed.batch, G);
	real *e = cell->apart ? rows_new(run, run->chunk * run->packed.batch, G) : d;
	MatrixPacked w_hh =
	        weight_packed(run->tape, matrix_of(weights->weight_hh->value));
	for (int end = run->packed.steps; end > 0;) {
		Chunk chunk = chunk_of(run, direction, end - 1);
		Matrix all_d = matrix_view(d, chunk.rows, G, G);
		Matrix all_e = matrix_view(e, chunk.rows, G, G);
		for (int s = chunk.end - 1; s >= chunk.begin; s--) {
			int t = step_of(run, direction, s), n = run->packed.active[t];
			int row = run->packed.offset[t] - chunk.first;
			Matrix e_t = matrix_part(all_e, row, n, 0, G);
			step_backward(run, direction, t, dy, dh, dc,
			        matrix_part(all_d, row, n, 0, G), e_t);
			if (s > 0 || dh_start.data)
				matmul_packed(matrix_view(dh, n, H, H), e_t, w_hh,
				        cell->apart ? MATMUL_ADD : MATMUL_SET);
		}
		chunk_backward(run, direction, chunk, all_d, all_e, sums, dx);
		end = chunk.begin;
	}
	packed_state_scatter_add(&run->packed, dh_start, direction * H, H, dh);
	if (dc)
		packed_state_scatter_add(&run->packed, dc_start, direction * H, H, dc);
	arena_rewind(run->tape->arena, mark);
}

void recurrent_backward(const Node *node)
{
	const Run *run = node->saved;
	int directions = run->layer.directions;
	Var *x = node->in[0];
	Sums sums[2];
	for (int d = 0; d < directions; d++)
		sums[d] = sums_new(run, &run->layer.direction[d]);
	ArenaMark mark = arena_mark(run->tape->arena);
	real *dx = NULL; /* (R,I) */
	size_t count = (size_t)run->packed.rows * (size_t)run->layer.in;
	if (x->grad.data)
		dx = arena_zeros(run->tape->arena, count * sizeof(real));
	for (int d = 0; d < directions; d++)
		direction_backward(run, d, node->out->grad, sums[d], dx);
	if (dx)
		packed_scatter_add(&run->packed, x->grad, dx);
	arena_rewind(run->tape->arena, mark);
	if (run->dc_last.data)
		tensor_fill(run->dc_last, 0);
	for (int d = 0; d < directions; d++)
		sums_learn(node, &run->layer.direction[d], sums[d]);
}

/* The last c is a second result of the same operation. It has a node of its own, made
 * from y, where its gradient is collected, and handed over to the backward of y, which
 * comes after. */
void recurrent_c_backward(const Node *node)
{
	const Run *run = node->saved;
	tensor_copy(run->dc_last, node->out->grad);
}
