/* At each step, from the input x and the state h', c' of the step before; I inputs, H
 * hidden:
 *
 *     [i f g o] = x W_ih' + b_ih + h' W_hh' + b_hh       four blocks of H; then
 *                 i, f, o through the sigmoid, g through tanh
 *     c = f c' + i g        what to keep of the old, what to take of the new
 *     h = o tanh(c)         what to show
 *
 * Gradient. Going back, dh is what the loss and the step after want of h, dc what the
 * step after wants of c. The derivative of the sigmoid is s (1 - s), that of tanh is 1 -
 * t^2:
 *
 *     dc += dh o (1 - tanh(c)^2)
 *     D  = [dc g i(1-i)    dc c' f(1-f)    dc i (1-g^2)    dh tanh(c) o(1-o)]
 *     to the step before:  dc' = dc f      dh' = D W_hh
 *
 * D is what is wanted of the sum in the first line; recurrent_run.c makes the gradients
 * of x, the weights and the biases of it. The same step composed of the small operations
 * of ops.h is lstm_cell.c.
 *
 * Hochreiter & Schmidhuber 1997; the forget gate: Gers, Schmidhuber & Cummins 2000. As in
 * PyTorch there are no peepholes, and two biases where one would do. */
#include "layers/lstm.h"
#include "tensor/elementary.h"

/* `gates` holds x W_ih' + h' W_hh', and then i f g o. */
static void forward(int H, const real *restrict b_ih, const real *restrict b_hh,
        const real *restrict c_before, real *restrict gates, real *restrict c,
        real *restrict tanh_c, real *restrict h)
{
	real *restrict gate_i = gates, *restrict gate_f = gates + H;
	real *restrict gate_g = gates + 2 * H, *restrict gate_o = gates + 3 * H;
	for (int k = 0; k < H; k++) {
		real i = real_sigmoid(gate_i[k] + (b_ih[k] + b_hh[k]));
		real f = real_sigmoid(gate_f[k] + (b_ih[H + k] + b_hh[H + k]));
		real g = real_tanh(gate_g[k] + (b_ih[2 * H + k] + b_hh[2 * H + k]));
		real o = real_sigmoid(gate_o[k] + (b_ih[3 * H + k] + b_hh[3 * H + k]));
		gate_i[k] = i;
		gate_f[k] = f;
		gate_g[k] = g;
		gate_o[k] = o;
		c[k] = real_fma(f, c_before[k], i * g);
		tanh_c[k] = real_tanh(c[k]);
		h[k] = o * tanh_c[k];
	}
}

/* dc, wanted of c by the step after, becomes what is wanted of c'; d is a row of D. */
static void backward(int H, const real *restrict gates, const real *restrict c_before,
        const real *restrict tanh_c, const real *restrict dy,
        const real *restrict dh_after, real *restrict dc, real *restrict d)
{
	const real *restrict gate_i = gates, *restrict gate_f = gates + H;
	const real *restrict gate_g = gates + 2 * H, *restrict gate_o = gates + 3 * H;
	real *restrict d_i = d, *restrict d_f = d + H;
	real *restrict d_g = d + 2 * H, *restrict d_o = d + 3 * H;
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

static void step_forward(int H, const CellStep *s)
{
	forward(H, s->bias_ih, s->bias_hh, s->c_before, s->gates, s->c, s->extra, s->h);
}

static void step_backward(int H, const CellStep *s)
{
	backward(H, s->gates, s->c_before, s->extra, s->dy, s->dh, s->dc, s->d);
}

const RecurrentCell lstm_cell = {
	.create = "lstm_new",
	.last = "lstm_last",
	.forward_op = { .name = "lstm_forward",
	        .backward = recurrent_backward,
	        .later = RECURRENT_LATER },
	.c_op = { .name = "lstm_continue", .backward = recurrent_c_backward },
	.gates = 4,
	.has_c = true,
	.forward = step_forward,
	.backward = step_backward,
};

/* With its forget gate near 1 a cell remembers until it has learnt to forget
 * (Jozefowicz 2015). */
static void forget_bias_1(const Params *params, const RecurrentWeights *weights, int H)
{
	if (!params_begin(params))
		return;
	for (int k = H; k < 2 * H; k++) {
		weights->bias_ih->value.data[k] = 1;
		weights->bias_hh->value.data[k] = 0;
	}
}

Lstm lstm_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng)
{
	Lstm lstm = recurrent_new(site, &lstm_cell, params, name, layer, in, hidden,
	        options & LSTM_BOTH ? 2 : 1, rng);
	for (int d = 0; d < lstm.directions && options & LSTM_FORGET_BIAS; d++)
		forget_bias_1(params, &lstm.direction[d], hidden);
	return lstm;
}

Lstm lstm_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng)
{
	return lstm_layer_new_at(site, params, name, 0, in, hidden, options, rng);
}
