/* Product of experts (Hinton 2002). Where t and a are independent once the class is
 * known, Bayes gives
 *
 *     log p(y | t, a) = log p(y | t) + log p(y | a) - log p(y) + constant,
 *
 * or sum_m log p_m - (M - 1) log prior over the M that are there. */
#include "layers/experts.h"
#include "autograd/ops.h"

Var *experts_product_at(Site site, Tape *tape, int count, Var *const logits[],
        Var *const present[], Var *log_prior)
{
	Var *sum = log_prior; /* log prior + sum_m (log p_m - log prior) */
	for (int m = 0; m < count; m++) {
		Var *log_p = op_log_softmax_at(site, tape, logits[m]);
		Var *evidence = op_sub_at(site, tape, log_p, log_prior);
		evidence = op_mul_at(site, tape, evidence, present[m]);
		sum = op_add_at(site, tape, sum, evidence);
	}
	return sum;
}
