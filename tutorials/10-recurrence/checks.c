/* One step is computed in double. Where the student's numbers differ, known mistakes are
 * made on purpose, and all arrays of the call are compared with what was found: so a wrong
 * gate has the same name in each array that it spoils. What no mistake explains in all
 * arrays is looked for in the array that is checked. */
#include "tutorials/grader/checks.h"
#include "tensor/rng.h"
#include "tutorials/10-recurrence/mistakes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 100, BEYOND = 60, ROOM = MOST + BEYOND };
/* Behind each array lie so many more numbers, so that an index which is wrong by little
 * reads a wrong number, or writes where it must not, and can be told by it. */

/* The arrays of a call, in the order of its arguments. */
enum { GATES, CELL, STATE, FORWARD };
enum { DX, DH_BEFORE, DC_BEFORE, DW_X, DW_H, DBIAS, BACKWARD };

typedef struct Step {
	int I, H; /* never the same, so that one in place of the other is seen */
	real x[ROOM], h_before[ROOM], c_before[ROOM], w_x[ROOM], w_h[ROOM], bias[ROOM];
	real dh[ROOM], dc[ROOM];
	real gates[ROOM], c[ROOM];   /* for backward: as forward makes them */
	real before[BACKWARD][ROOM]; /* what the arrays to be written hold at first */
} Step;

static double at(const real array[], int i)
{
	return i < ROOM ? (double)array[i] : 0;
}

static double sigmoid(double z)
{
	return 1 / (1 + exp(-z));
}

/* --- forward ---------------------------------------------------------------------------- */

static double sum_of(const Step *s, int r, int way)
{
	const int I = s->I, H = s->H, block = r / H, k = r % H;
	const int inputs = way == X_TO_H ? H : I, states = way == H_TO_I ? I : H;
	const double bias = at(s->bias, way == BLOCK_BIAS ? k : r);
	double sum = way == NO_BIAS || way == LAST_TERM ? 0 : bias, term = 0;
	for (int f = 0; f < inputs && way != NO_X; f++) {
		const int place = way == W_X_TURNED  ? f * 4 * H + r
		                  : way == W_X_WIDTH ? r * H + f
		                                     : r * I + f;
		term = at(s->w_x, place) * at(s->x, f);
		sum = way == WHOLE ? trunc(trunc(sum) + term) : sum + term;
	}
	for (int m = 0; m < states && way != NO_H; m++) {
		const int place = way == W_H_TURNED     ? m * 4 * H + r
		                  : way == BLOCK_TURNED ? (block * H + m) * H + k
		                  : way == W_H_WIDTH    ? r * I + m
		                                        : r * H + m;
		term = at(s->w_h, place) *
		       at(way == FROM_C ? s->c_before : s->h_before, m);
		sum = way == WHOLE ? trunc(sum + term) : sum + term;
	}
	if (way == CARRIED && r > 0)
		sum += sum_of(s, r - 1, CARRIED);
	return way == LAST_TERM   ? term
	       : way == BIAS_EACH ? sum + bias * (I + H - 1)
	                          : sum;
}

static double gate_of(const Step *s, int r, int way)
{
	const double z = sum_of(s, r, way);
	const int block = way == BY_UNIT ? r % 4 : r / s->H;
	const int squashed = way == ORDER_IFOG ? 3 : way == ORDER_FIRST ? 0 : 2;
	if (way == RAW)
		return z;
	if (way == BRACKETS && block != 2)
		return 1 + exp(-z);
	if (way == ALL_TANH || (block == squashed && way != G_SIGMOID))
		return tanh(z);
	return sigmoid(way == SIGMOID_SIGN ? -z : z);
}

/* Unit k's gate q (0 i, 1 f, 2 g, 3 o), from an array of gates. */
static double read_gate(const Step *s, const double gates[], int q, int k, int way)
{
	if (way == C_GO || way == ORDER_IFOG)
		q = q == 2 ? 3 : q == 3 ? 2 : q;
	if (way == ORDER_FIRST) /* g i f o */
		q = q == 2 ? 0 : q < 2 ? q + 1 : q;
	const double gate = gates[way == BY_UNIT ? 4 * k + q : q * s->H + k];
	return way == RAW ? (q == 2 ? tanh(gate) : sigmoid(gate)) : gate;
}

static double cell_of(const Step *s, const double gates[], int k, int way)
{
	const double i = read_gate(s, gates, 0, k, way),
	             f = read_gate(s, gates, 1, k, way);
	const double g = read_gate(s, gates, 2, k, way);
	const double old = at(way == C_OLD_H ? s->h_before : s->c_before, k);
	switch (way) {
	case C_EXCHANGED:
		return i * old + f * g;
	case C_NO_OLD:
		return i * g;
	case C_NO_NEW:
		return f * old;
	case C_NO_I:
		return f * old + g;
	case C_SHARE:
		return f * old + (1 - f) * g;
	case C_ADDED:
		return at(s->before[CELL], k) + f * old + i * g;
	default:
		return f * old + i * g;
	}
}

static double state_of(const Step *s, const double gates[], double c, int k, int way)
{
	const double o = read_gate(s, gates, 3, k, way);
	switch (way) {
	case H_NO_TANH:
		return o * c;
	case H_C_BEFORE:
		return o * tanh(at(s->c_before, k));
	case H_OUTSIDE:
		return tanh(o * c);
	case H_SIGMOID:
		return o * sigmoid(c);
	default:
		return o * tanh(c);
	}
}

static void make_forward(const Step *s, int way, double out[][ROOM])
{
	for (int part = 0; part < FORWARD; part++)
		for (int i = 0; i < ROOM; i++)
			out[part][i] = (double)s->before[part][i];
	const int units = way == UNTOUCHED || way == FIRST_ROW ? 0
	                  : way == FIRST_UNIT                  ? 1
	                                                       : s->H;
	const int rows = way == UNTOUCHED   ? 0
	                 : way == FIRST_ROW ? 1
	                 : way == ROWS_H    ? s->H
	                                    : 4 * s->H + (way == ROWS_MORE);
	for (int r = 0; r < rows; r++)
		out[GATES][r] = gate_of(s, r, way);
	for (int k = 0; k < units - (way == LAST_UNIT); k++) {
		out[CELL][k] = cell_of(s, out[GATES], k, way);
		out[STATE][k] = state_of(s, out[GATES], out[CELL][k], k, way);
	}
}

/* --- backward --------------------------------------------------------------------------- */

/* The gradients of unit k's four sums, and e, that of its cell. */
static double sums_of(const Step *s, int k, int way, double dz[4])
{
	double gate[4];
	for (int q = 0; q < 4; q++) {
		gate[q] = at(s->gates, q * s->H + k);
		if (way == AGAIN)
			gate[q] = q == 2 ? tanh(gate[q]) : sigmoid(gate[q]);
	}
	const double i = gate[0], f = gate[1], g = gate[2], o = gate[3];
	const double c = at(s->c, k), old = at(s->c_before, k), dh = at(s->dh, k);
	const double t = way == C_FOR_T ? c : tanh(way == T_BEFORE ? old : c);
	const double square = way == C_SQUARE ? c * c : t * t;
	const double through = way == NO_DH ? 0
	                       : way == NO_TANH
	                               ? dh * o
	                               : dh * (way == NO_O ? 1 : o) * (1 - square);
	const double e = (way == NO_DC ? 0 : at(s->dc, k)) + through;
	const double ei = way == ALL_E_DH ? dh : e;
	dz[0] = ei * (way == IF_EXCHANGED ? old : way == OWN_GATE ? i : g);
	dz[1] = ei * (way == IF_EXCHANGED      ? g
	                     : way == F_C_NEW  ? c
	                     : way == OWN_GATE ? f
	                                       : old);
	dz[2] = ei * (way == OWN_GATE ? g : i);
	dz[3] = (way == O_FROM_E ? e : dh) * (way == OWN_GATE ? o : t);
	for (int q = 0; q < 4; q++) {
		const double y = gate[q];
		if (way == NO_SLOPE || way == SLOPE_I + q)
			continue;
		dz[q] *= (q == 2 && way != G_SLOPE) || way == TANH_SLOPE ? 1 - y * y
		                                                         : y * (1 - y);
		dz[q] = way == MINUS ? -dz[q] : dz[q];
	}
	if (way == ROWS_IFOG) {
		const double kept = dz[2];
		dz[2] = dz[3];
		dz[3] = kept;
	}
	for (int q = 0; q < 4; q++)
		if ((way == NO_O_ROW && q == 3) || (way == ONE_BLOCK && q > 0))
			dz[q] = 0;
	return way == MINUS ? -e : e;
}

static void grow(double array[], int place, double by)
{
	if (place < ROOM)
		array[place] += by;
}

/* What row r, whose sum has the gradient dz, gives to all. */
static void row_back(const Step *s, int r, double dz, int way, double out[][ROOM])
{
	const int I = s->I, H = s->H, q = r / H, k = r % H, R = 4 * H;
	const int turned = q * H; /* the first row of the gate's block */
	out[DBIAS][way == B_GATE ? k : r] += way == B_NONE   ? 0
	                                     : way == B_EACH ? dz * I
	                                                     : dz;
	for (int f = 0; f < (way == X_TO_H ? H : I); f++) {
		const int w =
		        way == DX_TURNED ? f * R + r : r * (way == DX_WIDTH ? H : I) + f;
		if (way != DX_NONE && (way != DX_GATE || q == 0))
			out[DX][f] = (way == DX_ASSIGNED ? 0 : out[DX][f]) +
			             dz * (way == DX_BY_X ? at(s->x, f) : at(s->w_x, w));
		if (way != WX_NONE)
			grow(out[DW_X],
			        way == WX_TURNED ? f * R + r
			                         : r * (way == WX_WIDTH ? H : I) + f,
			        dz * (way == WX_BY_W ? at(s->w_x, r * I + f)
			                             : at(s->x, f)));
	}
	for (int m = 0; m < (way == H_TO_I ? I : H); m++) {
		const int w = way == DH_TURNED  ? m * R + r
		              : way == DH_BLOCK ? (turned + m) * H + k
		                                : r * (way == DH_WIDTH ? I : H) + m;
		const int to = way == WH_TURNED  ? m * R + r
		               : way == WH_BLOCK ? (turned + m) * H + k
		                                 : r * (way == WH_WIDTH ? I : H) + m;
		if (way != DH_NONE && (way != DH_GATE || q == 0))
			out[DH_BEFORE][m] = (way == DH_ASSIGNED ? 0 : out[DH_BEFORE][m]) +
			                    dz * (way == DH_BY_H ? at(s->h_before, m)
			                                         : at(s->w_h, w));
		if (way != WH_NONE)
			grow(out[DW_H], to,
			        dz * (way == WH_BY_C          ? at(s->c_before, m)
			                     : way == WH_BY_W ? at(s->w_h, r * H + m)
			                                      : at(s->h_before, m)));
	}
}

static void make_backward(const Step *s, int way, double out[][ROOM])
{
	static const int set_by[BACKWARD] = { DX_SET, DH_SET, DC_SET, WX_SET, WH_SET,
		B_SET };
	const int I = s->I, H = s->H, R = 4 * H;
	const int counts[BACKWARD] = { I, H, H, R * I, R * H, R };
	for (int part = 0; part < BACKWARD; part++)
		for (int i = 0; i < ROOM; i++)
			out[part][i] = way == set_by[part] && i < counts[part]
			                       ? 0
			                       : (double)s->before[part][i];
	const bool once = way == FIRST_UNIT || way == FIRST_ROW;
	const int units = way == UNTOUCHED ? 0 : once ? 1 : H;
	for (int k = 0; k < units - (way == LAST_UNIT); k++) {
		double dz[4];
		const double e = sums_of(s, k, way, dz);
		for (int q = 0; q < (way == FIRST_ROW ? 1 : 4); q++)
			row_back(s, way == ROWS_BY_UNIT ? 4 * k + q : q * H + k, dz[q],
			        way, out);
		const double back = way == DC_ONLY_DC ? at(s->dc, k) : e;
		const double gate = way == DC_BY_I ? at(s->gates, k)
		                    : way == AGAIN ? sigmoid(at(s->gates, H + k))
		                                   : at(s->gates, H + k);
		if (way != DC_NONE)
			out[DC_BEFORE][k] += back * (way == DC_NO_F ? 1 : gate);
	}
}

#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

/* --- comparing -------------------------------------------------------------------------- */

/* One call: what came back, and how to make what should have. */
typedef struct Called {
	const Step *step;
	int parts;
	void (*make)(const Step *s, int way, double out[][ROOM]);
	const char *const *names;
	const int *counts;
	const Mistake *mistakes;
	int known;
	real found[BACKWARD][ROOM];
} Called;

/* The first place where they differ; -1: nowhere. */
static int difference(const real found[], const double expected[], int count)
{
	for (int i = 0; i < count; i++)
		if (!(fabs((double)found[i] - expected[i]) <=
		            1e-4 + 1e-4 * fabs(expected[i])))
			return i;
	return -1;
}

/* The mistake that makes all arrays as they were found; else the one that makes this one. */
static const char *likely(const Called *call, int part)
{
	static double made[BACKWARD][ROOM];
	for (int all = 1; all >= 0; all--)
		for (int m = 0; m < call->known; m++) {
			call->make(call->step, call->mistakes[m].way, made);
			bool same = true;
			for (int p = 0; p < call->parts && same; p++)
				same = (!all && p != part) ||
				       difference(call->found[p], made[p],
				               call->counts[p] + BEYOND) < 0;
			if (same)
				return call->mistakes[m].text;
		}
	return "none that is known here. Take I = 1 and H = 1, write the step on paper, "
	       "and compare it line by line with yours";
}

static void judge(const Called *call, int part, const double expected[])
{
	const int count = call->counts[part];
	const int place = difference(call->found[part], expected, count + BEYOND);
	if (place < 0)
		return;
	const char *mistake = likely(call, part);
	const Step *s = call->step;
	if (place >= count)
		MISTAKE(mistake, "%s is written behind its end (I = %d, H = %d)",
		        call->names[part], s->I, s->H);
	MISTAKE(mistake, "%s[%d] is %.6g, expected %.6g (I = %d, H = %d)",
	        call->names[part], place, (double)call->found[part][place],
	        expected[place], s->I, s->H);
}

/* --- the calls -------------------------------------------------------------------------- */

static void fill(real numbers[], double size, Rng *rng)
{
	for (int i = 0; i < ROOM; i++)
		numbers[i] = (real)(size * rng_normal(rng));
}

static Step new_step(int seed)
{
	Rng rng = rng_new((uint64_t)seed);
	Step s = { .I = seed % 2 ? 5 : 3, .H = 4 };
	if (seed / 2 % 2)
		s.I = 2, s.H = 3;
	real *const all[] = { s.x, s.h_before, s.c_before, s.bias, s.dh, s.dc };
	for (int i = 0; i < COUNT_OF(all); i++)
		fill(all[i], 1, &rng);
	fill(s.w_x, 0.5, &rng);
	fill(s.w_h, 0.5, &rng);
	for (int part = 0; part < BACKWARD; part++)
		fill(s.before[part], 1, &rng);
	double out[FORWARD][ROOM];
	make_forward(&s, RIGHT, out);
	for (int i = 0; i < 4 * s.H; i++)
		s.gates[i] = (real)out[GATES][i];
	for (int k = 0; k < s.H; k++)
		s.c[k] = (real)out[CELL][k];
	return s;
}

/* c is judged by the gates that were found, h by the gates and the c: a wrong gate is
 * told once. */
static void check_forward(int part)
{
	static const char *const names[] = { "gates", "c", "h" };
	const Step s = new_step(checks_seed());
	const int counts[] = { 4 * s.H, s.H, s.H };
	Called call = { &s, FORWARD, make_forward, names, counts, forward_mistakes,
		COUNT_OF(forward_mistakes), { { 0 } } };
	memcpy(call.found, s.before, sizeof s.before);
	CALL("lstm_step_forward", WRITES(call.found[STATE], counts[STATE] + BEYOND),
	        WRITES(call.found[CELL], counts[CELL] + BEYOND),
	        WRITES(call.found[GATES], counts[GATES] + BEYOND), READS(s.x, ROOM),
	        READS(s.h_before, ROOM), READS(s.c_before, ROOM), READS(s.w_x, ROOM),
	        READS(s.w_h, ROOM), READS(s.bias, ROOM), INT(s.I), INT(s.H));
	double expected[FORWARD][ROOM], gates[ROOM];
	make_forward(&s, RIGHT, expected);
	for (int r = 0; r < ROOM; r++)
		gates[r] = (double)call.found[GATES][r];
	for (int k = 0; k < s.H && part != GATES; k++) {
		expected[CELL][k] = cell_of(&s, gates, k, RIGHT);
		expected[STATE][k] =
		        state_of(&s, gates, (double)call.found[CELL][k], k, RIGHT);
	}
	judge(&call, part, expected[part]);
}

static void check_backward(int part)
{
	static const char *const names[] = { "dx", "dh_before", "dc_before", "dw_x",
		"dw_h", "dbias" };
	const Step s = new_step(checks_seed());
	const int R = 4 * s.H, counts[] = { s.I, s.H, s.H, R * s.I, R * s.H, R };
	Called call = { &s, BACKWARD, make_backward, names, counts, backward_mistakes,
		COUNT_OF(backward_mistakes), { { 0 } } };
	memcpy(call.found, s.before, sizeof s.before);
	CALL("lstm_step_backward", WRITES(call.found[DX], counts[DX] + BEYOND),
	        WRITES(call.found[DH_BEFORE], counts[DH_BEFORE] + BEYOND),
	        WRITES(call.found[DC_BEFORE], counts[DC_BEFORE] + BEYOND),
	        WRITES(call.found[DW_X], counts[DW_X] + BEYOND),
	        WRITES(call.found[DW_H], counts[DW_H] + BEYOND),
	        WRITES(call.found[DBIAS], counts[DBIAS] + BEYOND), READS(s.dh, ROOM),
	        READS(s.dc, ROOM), READS(s.gates, ROOM), READS(s.c, ROOM),
	        READS(s.x, ROOM), READS(s.h_before, ROOM), READS(s.c_before, ROOM),
	        READS(s.w_x, ROOM), READS(s.w_h, ROOM), INT(s.I), INT(s.H));
	static double expected[BACKWARD][ROOM];
	make_backward(&s, RIGHT, expected);
	judge(&call, part, expected[part]);
}

#define CHECK(name, call)                                                                \
	START_TEST(name)                                                                 \
	{                                                                                \
		call;                                                                    \
	}                                                                                \
	END_TEST

CHECK(gates, check_forward(GATES))
CHECK(new_c, check_forward(CELL))
CHECK(new_h, check_forward(STATE))
CHECK(gradient_of_bias, check_backward(DBIAS))
CHECK(gradient_of_c, check_backward(DC_BEFORE))
CHECK(gradient_of_h, check_backward(DH_BEFORE))
CHECK(gradient_of_x, check_backward(DX))
CHECK(gradient_of_w_x, check_backward(DW_X))
CHECK(gradient_of_w_h, check_backward(DW_H))

CHECKS({ gates, 2, "lstm_step_forward: gates" }, { new_c, 1, "lstm_step_forward: c" },
        { new_h, 1, "lstm_step_forward: h" },
        { gradient_of_bias, 1, "lstm_step_backward: dbias" },
        { gradient_of_c, 1, "lstm_step_backward: dc_before" },
        { gradient_of_h, 1, "lstm_step_backward: dh_before" },
        { gradient_of_x, 1, "lstm_step_backward: dx" },
        { gradient_of_w_x, 1, "lstm_step_backward: dw_x" },
        { gradient_of_w_h, 1, "lstm_step_backward: dw_h" })
