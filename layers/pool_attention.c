/* With a vector w that is learnt:
 *
 *     s_t = w . x_t     a = softmax(s) over the valid steps     y = sum_t a_t x_t
 *
 * x_t reaches y as what is taken and by how much of it is taken, so with dy = dloss/dy
 *
 *     ds_t = a_t (dy . x_t - dy . y)     dx_t = a_t dy + ds_t w     dw = sum_t ds_t x_t
 *
 * since sum_u a_u (dy . x_u) = dy . y. It is composed of a Linear and of align_soft,
 * onto a single step. */
#include "layers/pool_attention.h"
#include "autograd/ops.h"
#include "layers/align.h"

PoolAttention pool_attention_new_at(
        Site site, Params *params, const char *name, int width, Rng *rng)
{
	return (PoolAttention){ linear_plain_new_at(site, params, name, width, 1, rng) };
}

Var *pool_attention_at(
        Site site, const PoolAttention *pool, Tape *tape, Sequence s, Var **weights)
{
	sequence_check(site, tape, "pool_attention", s);
	int B = s.x->value.shape[0], T = s.x->value.shape[1], F = s.x->value.shape[2];
	Var *scores = linear_forward_at(site, &pool->score, tape, s.x); /* (B,T,1) */
	scores = op_reshape_at(site, tape, scores, SHAPE(B, 1, T));
	int *ones = ARENA_ARRAY(tape->arena, int, (size_t)B);
	for (int b = 0; b < B; b++)
		ones[b] = 1;
	Tensor single = tensor_zeros(tape->arena, SHAPE(B, 1, 1));
	Sequence onto = { tape_constant(tape, single, "one step"), ones };
	Sequence y = align_soft_at(site, tape, s, scores, onto, weights);
	return op_reshape_at(site, tape, y.x, SHAPE(B, F));
}
