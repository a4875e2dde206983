/* At each step, from the input x and the state h', c' of the step before; I inputs, H
 * hidden:
 *
 *     [i f g o] = x W_ih' + b_ih + h' W_hh' + b_hh       four blocks of H; then
 *                 i, f, o through the sigmoid, g through tanh
 *     c = f c' + i g        what to keep of the old, what to take of the new
 *     h = o tanh(c)         what to show
 *
 * Gradient. Walking back, dh is what the loss and the step after want of h, dc what the
 * step after wants of c. The derivative of the sigmoid is s (1 - s), that of tanh 1 -
 * t^2:
 *
 *     dc += dh o (1 - tanh(c)^2)
 *     D  = [dc g i(1-i)    dc c' f(1-f)    dc i (1-g^2)    dh tanh(c) o(1-o)]
 *     to the step before:  dc' = dc f      dh' = D W_hh
 *
 * and afterwards for the rows of many steps at once (packed.h), the matrices standing row
 * on row,
 *
 *     dW_ih = D' X    dW_hh = D' H'    db_ih = db_hh = column sums of D    dX = D W_ih
 *
 * Forward too, X W_ih' is one product; only h' W_hh' must wait for the step before it.
 * "Many" are so many that products are efficient, and so few that what one of them wrote
 * is still in the cache when the next reads it: a chunk of steps. */
#include "layers/lstm_way.h"
#include "autograd/fast/kept.h"
#include "autograd/fast/terms.h"
#include "tensor/elementary.h"
#include "tensor/matmul.h"

#include <string.h>

/* The s-th step that a way takes. */
static int step_of(const LstmRun *run, int way, int s)
{
	return way ? run->packed.steps - 1 - s : s;
}

/* The rows of step t in an (R,columns) array. */
static Matrix step_view(const LstmRun *run, const real *rows, int t, int columns)
{
	const real *first = rows + (size_t)run->packed.offset[t] * (size_t)columns;
	return matrix_view(first, run->packed.active[t], columns, columns);
}

/* The steps from the begin-th that a way takes up to, not including, the end-th, and
 * their rows. */
typedef struct Chunk {
	int begin, end;
	int first, rows;
} Chunk;

/* The chunk of the s-th step. */
static Chunk chunk_of(const LstmRun *run, int way, int s)
{
	const Packed *packed = &run->packed;
	Chunk chunk = { .begin = s - s % run->chunk };
	chunk.end = chunk.begin + run->chunk;
	if (chunk.end > packed->steps)
		chunk.end = packed->steps;
	int t = step_of(run, way, chunk.begin), u = step_of(run, way, chunk.end - 1);
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

/* (B,H), longest first: a way's columns of a state, or zero where there is none. */
static real *state_of(const LstmRun *run, Tensor state, int way)
{
	int H = run->lstm.hidden;
	size_t count = (size_t)run->packed.batch * (size_t)H;
	real *rows = arena_alloc(run->arena, count * sizeof(real));
	packed_state_gather(&run->packed, rows, state, way * H, H);
	return rows;
}

static const Tensor none = { .data = NULL };

/* ---- forward ----------------------------------------------------------------------- */

/* One row. `gates` holds the sum of the two products, and then i f g o. */
static void cell_forward(int H, const real *restrict bias, real *restrict gates,
        const real *restrict c_before, real *restrict c, real *restrict tanh_c,
        real *restrict h)
{
	real *restrict gate_i = gates, *restrict gate_f = gates + H;
	real *restrict gate_g = gates + 2 * H, *restrict gate_o = gates + 3 * H;
	for (int k = 0; k < H; k++) {
		real i = real_sigmoid(gate_i[k] + bias[k]);
		real f = real_sigmoid(gate_f[k] + bias[H + k]);
		real g = real_tanh(gate_g[k] + bias[2 * H + k]);
		real o = real_sigmoid(gate_o[k] + bias[3 * H + k]);
		gate_i[k] = i;
		gate_f[k] = f;
		gate_g[k] = g;
		gate_o[k] = o;
		c[k] = real_fma(f, c_before[k], i * g);
		tanh_c[k] = real_tanh(c[k]);
		h[k] = o * tanh_c[k];
	}
}

/* Step t, its state passed on to step `next`, or c to c_last (B,H) where an utterance
 * ends here. */
static void step_forward(const LstmRun *run, int way, int t, int next, const real *bias,
        real *c_last, Tensor y)
{
	const Packed *packed = &run->packed;
	const LstmTrace *trace = &run->trace[way];
	size_t H = (size_t)run->lstm.hidden;
	int going_on = packed_both(packed, t, next);
	for (int r = 0; r < packed->active[t]; r++) {
		size_t row = (size_t)packed->offset[t] + (size_t)r;
		size_t after =
		        r < going_on ? (size_t)packed->offset[next] + (size_t)r : 0;
		real *h = packed_frame(packed, y, r, t) + (size_t)way * H;
		real *c = r < going_on ? trace->c_before + after * H
		                       : c_last + (size_t)r * H;
		cell_forward((int)H, bias, trace->gates + row * LSTM_GATES * H,
		        trace->c_before + row * H, c, trace->tanh_c + row * H, h);
		if (r < going_on)
			memcpy(trace->h_before + after * H, h, H * sizeof(real));
	}
}

/* The rows of step t from row `first` on begin here: with the state h, c (B,H). */
static void start_rows(
        const LstmRun *run, int way, int t, int first, const real *h, const real *c)
{
	size_t H = (size_t)run->lstm.hidden;
	size_t row = (size_t)run->packed.offset[t] + (size_t)first;
	size_t bytes = (size_t)(run->packed.active[t] - first) * H * sizeof(real);
	memcpy(run->trace[way].h_before + row * H, h + (size_t)first * H, bytes);
	memcpy(run->trace[way].c_before + row * H, c + (size_t)first * H, bytes);
}

static LstmTrace trace_new(const LstmRun *run)
{
	size_t bytes = (size_t)run->packed.rows * (size_t)run->lstm.hidden * sizeof(real);
	return (LstmTrace){
		.gates = arena_alloc(run->arena, LSTM_GATES * bytes),
		.h_before = arena_alloc(run->arena, bytes),
		.c_before = arena_alloc(run->arena, bytes),
		.tanh_c = arena_alloc(run->arena, bytes),
	};
}

static real *sum_of_biases(const LstmRun *run, const RecurrentWeights *weights)
{
	size_t count = LSTM_GATES * (size_t)run->lstm.hidden;
	real *bias = arena_alloc(run->arena, count * sizeof(real));
	for (size_t k = 0; k < count; k++)
		bias[k] =
		        weights->bias_ih->value.data[k] + weights->bias_hh->value.data[k];
	return bias;
}

void lstm_way_forward(Site site, LstmRun *run, int way, Tensor y)
{
	const RecurrentWeights *weights = &run->lstm.way[way];
	const Var *h_start = run->start.h, *c_start = run->start.c;
	int H = run->lstm.hidden, G = LSTM_GATES * H;
	run->trace[way] = trace_new(run);
	const LstmTrace *trace = &run->trace[way];
	ArenaMark mark = arena_mark(run->arena);
	const real *bias = sum_of_biases(run, weights);                      /* (4H) */
	const real *h = state_of(run, h_start ? h_start->value : none, way); /* (B,H) */
	const real *c = state_of(run, c_start ? c_start->value : none, way);
	real *c_last = state_of(run, none, way);

	MatrixPacked input = kept_pack(run->kept, run->arena,
	        matrix_transpose(matrix_of(weights->weight_ih->value)));
	MatrixPacked recurrent = kept_pack(run->kept, run->arena,
	        matrix_transpose(matrix_of(weights->weight_hh->value)));
	int came = 0; /* rows that the step before has passed on */
	for (int s = 0; s < run->packed.steps; s++) {
		int t = step_of(run, way, s), next = step_of(run, way, s + 1);
		Chunk chunk = chunk_of(run, way, s);
		if (s == chunk.begin)
			matmul_packed_at(site, chunk_view(chunk, trace->gates, G),
			        chunk_view(chunk, run->x, run->lstm.in), input,
			        MATMUL_SET);
		start_rows(run, way, t, came, h, c);
		if (s > 0 || h_start)
			matmul_packed_at(site, step_view(run, trace->gates, t, G),
			        step_view(run, trace->h_before, t, H), recurrent,
			        MATMUL_ADD);
		step_forward(run, way, t, next, bias, c_last, y);
		came = packed_both(&run->packed, t, next);
	}
	packed_state_scatter_add(&run->packed, run->c_last, way * H, H, c_last);
	arena_rewind(run->arena, mark);
}

/* ---- backward ---------------------------------------------------------------------- */

/* One row. dc, wanted of c by the step after, becomes what is wanted of c'; dgates is
 * a row of D. */
static void cell_backward(int H, const real *restrict gates,
        const real *restrict c_before, const real *restrict tanh_c,
        const real *restrict dy, const real *restrict dh_after, real *restrict dc,
        real *restrict dgates)
{
	const real *restrict gate_i = gates, *restrict gate_f = gates + H;
	const real *restrict gate_g = gates + 2 * H, *restrict gate_o = gates + 3 * H;
	real *restrict d_i = dgates, *restrict d_f = dgates + H;
	real *restrict d_g = dgates + 2 * H, *restrict d_o = dgates + 3 * H;
	for (int k = 0; k < H; k++) {
		real i = gate_i[k], f = gate_f[k], g = gate_g[k], o = gate_o[k];
		real dh = dy[k] + dh_after[k];
		real dc_k = dc[k] + dh * o * (1 - tanh_c[k] * tanh_c[k]);
		d_i[k] = dc_k * g * i * (1 - i);
		d_f[k] = dc_k * c_before[k] * f * (1 - f);
		d_g[k] = dc_k * i * (1 - g * g);
		d_o[k] = dh * tanh_c[k] * o * (1 - o);
		dc[k] = dc_k * f;
	}
}

/* The rows of D for step t. */
static void step_backward(
        const LstmRun *run, int way, int t, Tensor dy, const real *dh, real *dc, Matrix d)
{
	const LstmTrace *trace = &run->trace[way];
	size_t H = (size_t)run->lstm.hidden;
	for (int r = 0; r < d.rows; r++) {
		size_t row = (size_t)run->packed.offset[t] + (size_t)r;
		cell_backward((int)H, trace->gates + row * LSTM_GATES * H,
		        trace->c_before + row * H, trace->tanh_c + row * H,
		        packed_frame(&run->packed, dy, r, t) + (size_t)way * H,
		        dh + (size_t)r * H, dc + (size_t)r * H,
		        d.data + (size_t)r * LSTM_GATES * H);
	}
}

/* The products of a chunk, once all its rows of D are there. */
static void chunk_backward(Site site, const LstmRun *run, int way, Chunk chunk, Matrix d,
        LstmSums sums, real *dx)
{
	MatmulMode mode = chunk.end == run->packed.steps ? MATMUL_SET : MATMUL_ADD;
	const RecurrentWeights *weights = &run->lstm.way[way];
	int I = run->lstm.in, H = run->lstm.hidden, G = LSTM_GATES * H;
	Matrix x = chunk_view(chunk, run->x, I);
	Matrix h_before = chunk_view(chunk, run->trace[way].h_before, H);
	if (weights->weight_ih->grad.data)
		matmul_at(site, matrix_view(sums.weight_ih, I, G, G), matrix_transpose(x),
		        d, mode);
	if (weights->weight_hh->grad.data)
		matmul_at(site, matrix_view(sums.weight_hh, H, G, G),
		        matrix_transpose(h_before), d, mode);
	matrix_add_column_sums(sums.bias, d);
	if (dx)
		matmul_at(site, chunk_view(chunk, dx, I), d,
		        matrix_of(weights->weight_ih->value), MATMUL_ADD);
}

void lstm_way_backward(
        Site site, const LstmRun *run, int way, Tensor dy, LstmSums sums, real *dx)
{
	const RecurrentWeights *weights = &run->lstm.way[way];
	int H = run->lstm.hidden, G = LSTM_GATES * H;
	Tensor h_start = run->start.h ? run->start.h->grad : none;
	Tensor c_start = run->start.c ? run->start.c->grad : none;
	ArenaMark mark = arena_mark(run->arena);
	real *dh = state_of(run, none, way); /* (B,H) */
	real *dc = state_of(run, run->dc_last, way);
	size_t chunk_rows = (size_t)run->chunk * (size_t)run->packed.batch;
	real *d = arena_alloc(run->arena, chunk_rows * (size_t)G * sizeof(real));
	MatrixPacked recurrent =
	        kept_pack(run->kept, run->arena, matrix_of(weights->weight_hh->value));
	for (int end = run->packed.steps; end > 0;) {
		Chunk chunk = chunk_of(run, way, end - 1);
		for (int s = chunk.end - 1; s >= chunk.begin; s--) {
			int t = step_of(run, way, s), n = run->packed.active[t];
			int row = run->packed.offset[t] - chunk.first;
			Matrix d_t = matrix_view(d + (size_t)row * (size_t)G, n, G, G);
			step_backward(run, way, t, dy, dh, dc, d_t);
			if (s > 0 || h_start.data)
				matmul_packed_at(site, matrix_view(dh, n, H, H), d_t,
				        recurrent, MATMUL_SET);
		}
		chunk_backward(site, run, way, chunk, matrix_view(d, chunk.rows, G, G),
		        sums, dx);
		end = chunk.begin;
	}
	packed_state_scatter_add(&run->packed, h_start, way * H, H, dh);
	packed_state_scatter_add(&run->packed, c_start, way * H, H, dc);
	arena_rewind(run->arena, mark);
}

LstmSums lstm_sums_new(const LstmRun *run)
{
	size_t H = (size_t)run->lstm.hidden, I = (size_t)run->lstm.in;
	size_t bytes = LSTM_GATES * H * sizeof(real);
	return (LstmSums){
		.weight_ih = arena_alloc(run->arena, I * bytes),
		.weight_hh = arena_alloc(run->arena, H * bytes),
		.bias = arena_zeros(run->arena, bytes),
	};
}

void lstm_sums_give(Site site, const LstmRun *run, int way, LstmSums sums)
{
	const RecurrentWeights *weights = &run->lstm.way[way];
	int I = run->lstm.in, H = run->lstm.hidden, G = LSTM_GATES * H;
	const struct {
		Var *weight;
		Matrix sum;
	} all[] = {
		{ weights->weight_ih, matrix_view(sums.weight_ih, I, G, G) },
		{ weights->weight_hh, matrix_view(sums.weight_hh, H, G, G) },
		{ weights->bias_ih, matrix_view(sums.bias, 1, G, G) },
		{ weights->bias_hh, matrix_view(sums.bias, 1, G, G) },
	};
	for (int i = 0; i < 4; i++)
		if (all[i].weight->grad.data)
			terms_add_matrix(site, run->arena, all[i].weight,
			        matrix_transpose(all[i].sum));
}
