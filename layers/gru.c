/* At each step, from the input x and the state h' of the step before; I inputs, H hidden:
 *
 *     [r z] = sigmoid(x W_i' + b_i + h' W_h' + b_h)    what to forget of q, to keep of h'
 *     q = h' W_hn' + b_hn
 *     n = tanh(x W_in' + b_in + r q)                   the new
 *     h = (1 - z) n + z h'
 *
 * Gradient. Going back, dh is what the loss and the step after want of h:
 *
 *     dn = dh (1-z) (1-n^2)    dz = dh (h'-n) z(1-z)    dr = dn q r(1-r)
 *     D  = [dr dz dn]          what is wanted of x W_ih' + b_ih
 *     E  = [dr dz dn r]        what is wanted of h' W_hh' + b_hh: n sees q times r
 *     to the step before:  dh' = dh z + E W_hh
 *
 * recurrent_run.c makes the gradients of x, the weights and the biases of D and E.
 *
 * Cho et al. 2014; as in PyTorch (and cuDNN) r acts on q, after the product. */
#include "layers/gru.h"
#include "tensor/elementary.h"

/* `gates` holds x W_ih', and then r z n; `recurrent` is h' W_hh'. */
static void forward(int H, const real *restrict b_ih, const real *restrict b_hh,
        const real *restrict recurrent, const real *restrict h_before,
        real *restrict gates, real *restrict q, real *restrict h)
{
	real *restrict gate_r = gates, *restrict gate_z = gates + H;
	real *restrict gate_n = gates + 2 * H;
	for (int k = 0; k < H; k++) {
		real r = real_sigmoid(gate_r[k] + b_ih[k] + (recurrent[k] + b_hh[k]));
		real z = real_sigmoid(
		        gate_z[k] + b_ih[H + k] + (recurrent[H + k] + b_hh[H + k]));
		q[k] = recurrent[2 * H + k] + b_hh[2 * H + k];
		real n = real_tanh(real_fma(r, q[k], gate_n[k] + b_ih[2 * H + k]));
		gate_r[k] = r;
		gate_z[k] = z;
		gate_n[k] = n;
		h[k] = real_fma(z, h_before[k] - n, n);
	}
}

/* dh, wanted of h by the step after, becomes dh z; d and e are rows of D and E. */
static void backward(int H, const real *restrict gates, const real *restrict h_before,
        const real *restrict q, const real *restrict dy, real *restrict dh,
        real *restrict d, real *restrict e)
{
	const real *restrict gate_r = gates, *restrict gate_z = gates + H;
	const real *restrict gate_n = gates + 2 * H;
	for (int k = 0; k < H; k++) {
		real r = gate_r[k], z = gate_z[k], n = gate_n[k];
		real dh_k = dh[k] + dy[k];
		real dn = dh_k * (1 - z) * (1 - n * n);
		real dz = dh_k * (h_before[k] - n) * z * (1 - z);
		real dr = dn * q[k] * r * (1 - r);
		d[k] = e[k] = dr;
		d[H + k] = e[H + k] = dz;
		d[2 * H + k] = dn;
		e[2 * H + k] = dn * r;
		dh[k] = dh_k * z;
	}
}

static void step_forward(int H, const CellStep *s)
{
	forward(H, s->bias_ih, s->bias_hh, s->recurrent, s->h_before, s->gates, s->extra,
	        s->h);
}

static void step_backward(int H, const CellStep *s)
{
	backward(H, s->gates, s->h_before, s->extra, s->dy, s->dh, s->d, s->e);
}

const RecurrentCell gru_cell = {
	.create = "gru_new",
	.last = "gru_last",
	.forward_op = { .name = "gru_forward",
	        .backward = recurrent_backward,
	        .later = RECURRENT_LATER },
	.c_op = { .name = "gru_continue",
	        .backward = NULL }, /* for messages alone: there is no c */
	.gates = 3,
	.apart = true,
	.forward = step_forward,
	.backward = step_backward,
};

Gru gru_layer_new_at(Site site, Params *params, const char *name, int layer, int in,
        int hidden, int options, Rng *rng)
{
	return recurrent_new(site, &gru_cell, params, name, layer, in, hidden,
	        options & GRU_BOTH ? 2 : 1, rng);
}

Gru gru_new_at(Site site, Params *params, const char *name, int in, int hidden,
        int options, Rng *rng)
{
	return gru_layer_new_at(site, params, name, 0, in, hidden, options, rng);
}
