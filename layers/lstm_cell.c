/* [i f g o] = x W_ih' + b_ih + h' W_hh' + b_hh       c = f c' + i g       h = o tanh(c)
 *
 * with i, f, o through the sigmoid and g through tanh. Some twenty nodes a step, where
 * lstm.c has one for all steps; the gradient is that of the parts. */
#include "layers/lstm_cell.h"
#include "autograd/ops.h"
#include "layers/linear.h"

LstmState lstm_cell_forward_at(
        Site site, const RecurrentWeights *weights, Tape *tape, Var *x, LstmState before)
{
	Linear input = { .weight = weights->weight_ih, .bias = weights->bias_ih };
	Linear recurrent = { .weight = weights->weight_hh, .bias = weights->bias_hh };
	Var *sum = op_add_at(site, tape, linear_forward_at(site, &input, tape, x),
	        linear_forward_at(site, &recurrent, tape, before.h)); /* (B,4H) */
	int H = weights->weight_hh->value.shape[1];
	Var *i = op_sigmoid_at(site, tape, op_slice_at(site, tape, sum, 1, 0, H));
	Var *f = op_sigmoid_at(site, tape, op_slice_at(site, tape, sum, 1, H, 2 * H));
	Var *g = op_tanh_at(site, tape, op_slice_at(site, tape, sum, 1, 2 * H, 3 * H));
	Var *o = op_sigmoid_at(site, tape, op_slice_at(site, tape, sum, 1, 3 * H, 4 * H));
	Var *kept = op_mul_at(site, tape, f, before.c);
	Var *c = op_add_at(site, tape, kept, op_mul_at(site, tape, i, g));
	Var *h = op_mul_at(site, tape, o, op_tanh_at(site, tape, c));
	return (LstmState){ .h = h, .c = c };
}
