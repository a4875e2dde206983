/* wrap: recurrent_forward_at */
/* Each LSTM is made of the student's steps: forward from the first to the last, backward
 * from the last to the first; the second direction the other way round. Each utterance
 * goes as far as it is long. The student's step has one bias, the library's two, which
 * are added. A GRU stays the library's. */
#include "layers/lstm.h"
#include "tutorials/10-recurrence/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

Sequence __real_recurrent_forward_at(
        Site site, const Recurrent *layer, Tape *tape, Sequence x);
Sequence __wrap_recurrent_forward_at(
        Site site, const Recurrent *layer, Tape *tape, Sequence x);

/* --- one step, compared with the definition ----------------------------------------------- */

/* The pointers of one step; I inputs, H hidden. */
typedef struct Step {
	int I, H;
	const real *x, *h_before, *c_before, *w_x, *w_h, *bias;
	real *h, *c, *gates;
	const real *dh, *dc;
	real *dx, *dh_before, *dc_before, *dw_x, *dw_h, *dbias;
} Step;

static void forward(const Step *s)
{
	lstm_step_forward(s->h, s->c, s->gates, s->x, s->h_before, s->c_before, s->w_x,
	        s->w_h, s->bias, s->I, s->H);
}

static void backward(const Step *s)
{
	lstm_step_backward(s->dx, s->dh_before, s->dc_before, s->dw_x, s->dw_h, s->dbias,
	        s->dh, s->dc, s->gates, s->c, s->x, s->h_before, s->c_before, s->w_x,
	        s->w_h, s->I, s->H);
}

static real *ones(Arena *arena, int count)
{
	real *array = ARENA_ARRAY(arena, real, (size_t)count);
	for (int i = 0; i < count; i++)
		array[i] = 1;
	return array;
}

static void require(
        Site site, const char *what, int at, real found, double expected, double size)
{
	mine_require(site, "10", what, (size_t)at, (double)found, expected, size);
}

/* The arrays may have held anything before: of the check they held 1. */
static void check_forward(Site site, Step own)
{
	const int I = own.I, H = own.H;
	Arena *arena = arena_new("check");
	own.h = ones(arena, H), own.c = ones(arena, H), own.gates = ones(arena, 4 * H);
	forward(&own);
	const Step *s = &own;
	for (int r = 0; r < 4 * H; r++) {
		double z = (double)s->bias[r], size = 1;
		for (int f = 0; f < I; f++)
			z += (double)s->w_x[r * I + f] * (double)s->x[f];
		for (int m = 0; m < H; m++)
			z += (double)s->w_h[r * H + m] * (double)s->h_before[m];
		for (int f = 0; f < I; f++)
			size += fabs((double)s->w_x[r * I + f] * (double)s->x[f]);
		require(site, "your lstm_step_forward's gates", r, s->gates[r],
		        r / H == 2 ? tanh(z) : 1 / (1 + exp(-z)), size);
	}
	for (int k = 0; k < H; k++) {
		const double i = (double)s->gates[k], f = (double)s->gates[H + k];
		const double g = (double)s->gates[2 * H + k];
		const double c = f * (double)s->c_before[k] + i * g;
		require(site, "your lstm_step_forward's c", k, s->c[k], c,
		        1 + fabs((double)s->c_before[k]));
		require(site, "your lstm_step_forward's h", k, s->h[k],
		        (double)s->gates[3 * H + k] * tanh((double)s->c[k]), 1);
	}
	arena_free(arena);
}

/* What the gradient of the sums, dz (4H), and e (H) have to be. */
static void slopes(const Step *s, double dz[], double e[])
{
	const int H = s->H;
	for (int k = 0; k < H; k++) {
		const double i = (double)s->gates[k], f = (double)s->gates[H + k];
		const double g = (double)s->gates[2 * H + k];
		const double o = (double)s->gates[3 * H + k], t = tanh((double)s->c[k]);
		const double dh = (double)s->dh[k];
		e[k] = (double)s->dc[k] + dh * o * (1 - t * t);
		dz[k] = e[k] * g * (i * (1 - i));
		dz[H + k] = e[k] * (double)s->c_before[k] * (f * (1 - f));
		dz[2 * H + k] = e[k] * i * (1 - g * g);
		dz[3 * H + k] = dh * t * (o * (1 - o));
	}
}

/* A column of a product: the sum over the rows r of dz(r) w(r,column). */
static void require_column(Site site, const char *what, real found, const double dz[],
        const real w[], int rows, int columns, int column)
{
	double sum = 0, size = 0;
	for (int r = 0; r < rows; r++) {
		const double term = dz[r] * (double)w[r * columns + column];
		sum += term;
		size += fabs(term);
	}
	require(site, what, column, found, sum, size);
}

/* The arrays that are added to held zeros. */
static void check_backward(Site site, const Step *s)
{
	const int I = s->I, H = s->H, R = 4 * H;
	Arena *arena = arena_new("check");
	double *dz = ARENA_ARRAY(arena, double, (size_t)R);
	double *e = ARENA_ARRAY(arena, double, (size_t)H);
	slopes(s, dz, e);
	for (int f = 0; f < I; f++)
		require_column(site, "your lstm_step_backward's dx", s->dx[f], dz, s->w_x,
		        R, I, f);
	for (int m = 0; m < H; m++)
		require_column(site, "your lstm_step_backward's dh_before",
		        s->dh_before[m], dz, s->w_h, R, H, m);
	for (int k = 0; k < H; k++)
		require(site, "your lstm_step_backward's dc_before", k, s->dc_before[k],
		        e[k] * (double)s->gates[H + k], fabs(e[k]));
	for (int r = 0; r < R; r++) {
		require(site, "your lstm_step_backward's dbias", r, s->dbias[r], dz[r],
		        fabs(dz[r]));
		for (int f = 0; f < I; f++)
			require(site, "your lstm_step_backward's dw_x", r * I + f,
			        s->dw_x[r * I + f], dz[r] * (double)s->x[f],
			        fabs(dz[r] * (double)s->x[f]));
		for (int m = 0; m < H; m++)
			require(site, "your lstm_step_backward's dw_h", r * H + m,
			        s->dw_h[r * H + m], dz[r] * (double)s->h_before[m],
			        fabs(dz[r] * (double)s->h_before[m]));
	}
	arena_free(arena);
}

/* --- the operation ----------------------------------------------------------------------- */

/* What forward keeps of a direction: (B,T,...), step t of utterance b as in a Sequence. */
typedef struct Trace {
	Tensor gates, h, c; /* (B,T,4H), (B,T,H), (B,T,H) */
	const real *bias;   /* (4H): both of the library's */
} Trace;

typedef struct Saved {
	Recurrent layer;
	const int *lengths;
	const real *zeros; /* (H): the state before the first step */
	Trace trace[2];
} Saved;

/* The s-th step of an utterance in a direction; -1: before the first. */
static int step_of(int direction, int length, int s)
{
	return s < 0 ? -1 : direction ? length - 1 - s : s;
}

/* The s-th step of utterance b, as forward sees it. */
static Step step_at(const Saved *saved, Tensor x, int direction, int b, int s)
{
	const RecurrentWeights *weights = &saved->layer.direction[direction];
	const Trace *trace = &saved->trace[direction];
	const int t = step_of(direction, saved->lengths[b], s);
	const int before = step_of(direction, saved->lengths[b], s - 1);
	return (Step){
		.I = saved->layer.in,
		.H = saved->layer.hidden,
		.x = sequence_step(x, b, t),
		.h_before =
		        before < 0 ? saved->zeros : sequence_step(trace->h, b, before),
		.c_before =
		        before < 0 ? saved->zeros : sequence_step(trace->c, b, before),
		.w_x = weights->weight_ih->value.data,
		.w_h = weights->weight_hh->value.data,
		.bias = trace->bias,
		.h = sequence_step(trace->h, b, t),
		.c = sequence_step(trace->c, b, t),
		.gates = sequence_step(trace->gates, b, t),
	};
}

static const real *bias_of(Arena *arena, const RecurrentWeights *weights, int H)
{
	real *bias = ARENA_ARRAY(arena, real, (size_t)(4 * H));
	for (int r = 0; r < 4 * H; r++)
		bias[r] =
		        weights->bias_ih->value.data[r] + weights->bias_hh->value.data[r];
	return bias;
}

static void direction_forward(
        Site site, Tape *tape, Saved *saved, Tensor x, Tensor y, int direction)
{
	const int B = x.shape[0], T = x.shape[1], H = saved->layer.hidden;
	Trace *trace = &saved->trace[direction];
	trace->gates = tensor_zeros_at(site, tape->arena, SHAPE(B, T, 4 * H));
	trace->h = tensor_zeros_at(site, tape->arena, SHAPE(B, T, H));
	trace->c = tensor_zeros_at(site, tape->arena, SHAPE(B, T, H));
	trace->bias = bias_of(tape->arena, &saved->layer.direction[direction], H);
	for (int b = 0; b < B; b++) {
		const bool check = mine_check();
		for (int s = 0; s < saved->lengths[b]; s++) {
			const Step step = step_at(saved, x, direction, b, s);
			forward(&step);
			if (check && s < 3)
				check_forward(site, step);
			const int t = step_of(direction, saved->lengths[b], s);
			memcpy(sequence_step(y, b, t) + direction * H, step.h,
			        (size_t)H * sizeof(real));
		}
	}
}

/* --- its gradient -------------------------------------------------------------------------- */

/* What a direction collects over all steps, and the gradients on their way back. */
typedef struct Sums {
	real *dw_x, *dw_h, *dbias;
	real *dh, *dc;               /* (H) wanted of the state after a step, */
	real *dh_before, *dc_before; /* and of the one before it */
	real *dx;                    /* (I) */
} Sums;

static Sums sums_new(Arena *arena, int I, int H)
{
	return (Sums){
		.dw_x = tensor_zeros(arena, SHAPE(4 * H, I)).data,
		.dw_h = tensor_zeros(arena, SHAPE(4 * H, H)).data,
		.dbias = tensor_zeros(arena, SHAPE(4 * H)).data,
		.dh = tensor_zeros(arena, SHAPE(H)).data,
		.dc = tensor_zeros(arena, SHAPE(H)).data,
		.dh_before = tensor_zeros(arena, SHAPE(H)).data,
		.dc_before = tensor_zeros(arena, SHAPE(H)).data,
		.dx = tensor_zeros(arena, SHAPE(I)).data,
	};
}

static void add_all(real *to, const real *from, int count)
{
	for (int i = 0; to && i < count; i++)
		to[i] += from[i];
}

static void step_into(Step *step, const Sums *sums)
{
	step->dx = sums->dx, step->dh_before = sums->dh_before;
	step->dc_before = sums->dc_before, step->dw_x = sums->dw_x;
	step->dw_h = sums->dw_h, step->dbias = sums->dbias;
}

/* What a step adds to arrays of ones is what it adds to zeros. */
static void require_added(
        Site site, const char *what, const real *to_one, const real *to_zero, int count)
{
	for (int i = 0; i < count; i++)
		require(site, what, i, to_one[i], 1 + (double)to_zero[i], 1);
}

/* The same step once more, added to zeros and to ones, for the comparison. */
static void check_step(Site site, Step step)
{
	const int I = step.I, H = step.H, R = 4 * H;
	Arena *arena = arena_new("mine");
	const Sums zeros = sums_new(arena, I, H);
	const Sums set = { .dw_x = ones(arena, R * I),
		.dw_h = ones(arena, R * H),
		.dbias = ones(arena, R),
		.dh_before = ones(arena, H),
		.dc_before = ones(arena, H),
		.dx = ones(arena, I) };
	step_into(&step, &set);
	backward(&step);
	step_into(&step, &zeros);
	backward(&step);
	check_backward(site, &step);
	require_added(
	        site, "your lstm_step_backward's dx, which held 1,", set.dx, zeros.dx, I);
	require_added(site, "your lstm_step_backward's dh_before, which held 1,",
	        set.dh_before, zeros.dh_before, H);
	require_added(site, "your lstm_step_backward's dc_before, which held 1,",
	        set.dc_before, zeros.dc_before, H);
	require_added(site, "your lstm_step_backward's dw_x, which held 1,", set.dw_x,
	        zeros.dw_x, R * I);
	require_added(site, "your lstm_step_backward's dw_h, which held 1,", set.dw_h,
	        zeros.dw_h, R * H);
	require_added(site, "your lstm_step_backward's dbias, which held 1,", set.dbias,
	        zeros.dbias, R);
	arena_free(arena);
}

/* One utterance from its last step to its first. */
static void utterance_backward(const Node *node, Sums *sums, int direction, int b)
{
	const Saved *saved = node->saved;
	const Tensor x = node->in[0]->value, dx = node->in[0]->grad;
	const int I = saved->layer.in, H = saved->layer.hidden,
	          length = saved->lengths[b];
	const size_t bytes = (size_t)H * sizeof(real);
	const bool check = mine_check();
	memset(sums->dh, 0, bytes);
	memset(sums->dc, 0, bytes);
	for (int s = length - 1; s >= 0; s--) {
		const int t = step_of(direction, length, s);
		add_all(sums->dh, sequence_step(node->out->grad, b, t) + direction * H,
		        H);
		memset(sums->dh_before, 0, bytes);
		memset(sums->dc_before, 0, bytes);
		memset(sums->dx, 0, (size_t)I * sizeof(real));
		Step step = step_at(saved, x, direction, b, s);
		step.dh = sums->dh, step.dc = sums->dc;
		step_into(&step, sums);
		backward(&step);
		if (check && s + 3 >= length)
			check_step(node->site, step);
		memcpy(sums->dh, sums->dh_before, bytes);
		memcpy(sums->dc, sums->dc_before, bytes);
		if (dx.data)
			add_all(sequence_step(dx, b, t), sums->dx, I);
	}
}

static void lstm_backward(const Node *node)
{
	const Saved *saved = node->saved;
	const int I = saved->layer.in, H = saved->layer.hidden;
	Arena *arena = arena_new("mine");
	for (int d = 0; d < saved->layer.directions; d++) {
		const RecurrentWeights *weights = &saved->layer.direction[d];
		Sums sums = sums_new(arena, I, H);
		for (int b = 0; b < node->in[0]->value.shape[0]; b++)
			utterance_backward(node, &sums, d, b);
		add_all(weights->weight_ih->grad.data, sums.dw_x, 4 * H * I);
		add_all(weights->weight_hh->grad.data, sums.dw_h, 4 * H * H);
		add_all(weights->bias_ih->grad.data, sums.dbias, 4 * H);
		add_all(weights->bias_hh->grad.data, sums.dbias, 4 * H);
	}
	arena_free(arena);
}

static const Op lstm_op = { .name = "lstm_forward", .backward = lstm_backward };

Sequence __wrap_recurrent_forward_at(
        Site site, const Recurrent *layer, Tape *tape, Sequence x)
{
	if (layer->cell != &lstm_cell || x.x->value.ndim != 3 ||
	        x.x->value.shape[2] != layer->in) /* the library says what is wrong */
		return __real_recurrent_forward_at(site, layer, tape, x);
	sequence_check(site, tape, layer->cell->forward_op.name, x);
	const int B = x.x->value.shape[0], T = x.x->value.shape[1], H = layer->hidden;
	Tensor y = tensor_zeros_at(site, tape->arena, SHAPE(B, T, layer->directions * H));
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){ .layer = *layer,
		.lengths = x.lengths,
		.zeros = tensor_zeros_at(site, tape->arena, SHAPE(H)).data };
	Var *in[1 + 2 * 4];
	int inputs = 0;
	in[inputs++] = x.x;
	for (int d = 0; d < layer->directions; d++) {
		const RecurrentWeights *weights = &layer->direction[d];
		direction_forward(site, tape, saved, x.x->value, y, d);
		in[inputs++] = weights->weight_ih;
		in[inputs++] = weights->weight_hh;
		in[inputs++] = weights->bias_ih;
		in[inputs++] = weights->bias_hh;
	}
	Var *out = tape_push(site, tape, &lstm_op, y, saved, inputs, in);
	return (Sequence){ out, x.lengths };
}
