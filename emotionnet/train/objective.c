/* Experts: a strategy that joins answers instead of features trains each answer by its
 * own loss, so that it is a probability by itself, and not merely what is missing in the
 * others. Where it also learns how to join them, it does so on utterances that the
 * experts do not learn from (`held_out`).
 *
 * Heads: L = L_fused + w sum_m L_m, a linear classifier on each encoder, so that no
 * encoder is left behind because another one already makes the fused loss small. */
#include "emotionnet/train/objective.h"

#include "autograd/ops.h"
#include "tensor/elementary.h"
#include "tensor/reduce.h"

/* total + weight x. What nothing is learnt from is left out. */
static Var *add_part(Tape *tape, Var *total, Var *x, real weight)
{
	if (tape->recording && !var_wants(x))
		return total;
	if (weight != 1)
		x = op_scale(tape, x, weight);
	return total ? op_add(tape, total, x) : x;
}

/* (B) 1 where the utterance has the modality (NULL: all have it), and is not one of
 * those to leave out. */
static const real *rows(
        Tape *tape, int B, const Var *present, const real *others, bool which)
{
	real *weights = ARENA_ARRAY(tape->arena, real, (size_t)B);
	for (int b = 0; b < B; b++) {
		bool chosen = !others || (others[b] > 0) == which;
		weights[b] = chosen && (!present || present->value.data[b] > 0);
	}
	return weights;
}

static Var *own_loss(const Objective *objective, Tape *tape, const ModelOutput *out,
        Var *logits, int m, const Batch *batch)
{
	CrossEntropy loss = objective->loss;
	const Var *present = out->in.modality[m].present;
	loss.row_weights = rows(tape, batch->size, present, objective->held_out, false);
	return loss_cross_entropy(tape, logits, batch->labels, &loss);
}

static void keep_scores(real *scores, Var *logits, Tape *tape, const Batch *batch)
{
	Tensor p = tensor_new(tape->arena, SHAPE(batch->size, logits->value.shape[1]));
	tensor_softmax(p, logits->value);
	for (int b = 0; b < batch->size; b++)
		scores[b] = tensor_row(p, b).data[batch->labels[b]];
}

Var *objective_loss(const Objective *objective, const EmotionNet *model, Tape *tape,
        const Batch *batch, Rng *rng)
{
	Embedded embedded = model_embed(model, tape, batch, rng);
	ModelOutput out = model_forward(model, tape, batch, &embedded, rng, false);
	Var *total = NULL;
	if (objective->fused > 0) {
		CrossEntropy loss = objective->loss;
		if (objective->held_out)
			loss.row_weights =
			        rows(tape, batch->size, NULL, objective->held_out, true);
		Var *fused = loss_cross_entropy(tape, out.logits, batch->labels, &loss);
		total = add_part(tape, total, fused, objective->fused);
	}
	for (int m = 0; m < out.in.count; m++) {
		Var *own = out.view.own[m];
		if (own && objective->own > 0)
			total = add_part(tape, total,
			        own_loss(objective, tape, &out, own, m, batch),
			        objective->own);
		if (!model->config.heads || !(objective->heads > 0))
			continue;
		Var *head = model_head(model, tape, &out, m, objective->probe);
		total = add_part(tape, total,
		        own_loss(objective, tape, &out, head, m, batch),
		        objective->heads);
		if (objective->scores[m])
			keep_scores(objective->scores[m], head, tape, batch);
	}
	return total;
}
