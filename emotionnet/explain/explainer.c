/* log-odds from logits z without a difference of numbers near 1:
 *
 *     log p_c / (1 - p_c) = z_c - log sum over j != c of e^z_j
 *
 * and the logarithm of the sum is z_j - log_softmax(z)_j over the others, for any one
 * of them. */
#include "emotionnet/explain/explainer.h"

#include "autograd/ops.h"

Explainer *explainer_new(Arena *arena, const Params *params, const ModelConfig *config)
{
	Explainer *explainer = ARENA_NEW(arena, Explainer);
	Params *frozen = ARENA_NEW(arena, Params);
	*frozen = params_replica(arena, params);
	Rng unused = rng_new(0); /* a replica draws nothing */
	explainer->model = model_new(arena, frozen, config, &unused);
	params_freeze(frozen, ""); /* the weights' gradients are not asked for */
	explainer->tape = tape_new(arena_child(arena, "explainer"));
	return explainer;
}

Versions *explainer_versions(Explainer *explainer, const Question *question, int count,
        const ModalitySet masks[])
{
	if (count < 1 || count > EXPLAINER_BATCH)
		error_stop(HERE, "explainer_versions", "%d versions: expected 1 to %d",
		        count, EXPLAINER_BATCH);
	Tape *tape = &explainer->tape;
	tape_reset(tape);
	int chosen[EXPLAINER_BATCH];
	for (int b = 0; b < count; b++)
		chosen[b] = question->example;
	Versions *versions = ARENA_NEW(tape->arena, Versions);
	versions->batch = batch_make(tape->arena, question->data, chosen, count, masks);
	Embedded embedded = model_embed(explainer->model, tape, &versions->batch, NULL);
	for (int m = 0; m < embedded.count; m++) {
		Sequence *s = &embedded.of[m];
		s->x = tape_variable(tape, s->x->value, "embedded");
		versions->part[versions->parts++] = s->x;
	}
	versions->embedded = embedded;
	return versions;
}

Var *explainer_scores(
        Explainer *explainer, const Question *question, const Versions *versions)
{
	ModelOutput out = model_forward(explainer->model, &explainer->tape,
	        &versions->batch, &versions->embedded, NULL, false);
	return log_odds(&explainer->tape, out.logits, question->label);
}

Var *log_odds(Tape *tape, Var *logits, int label)
{
	int B = logits->value.shape[0], C = logits->value.shape[1];
	if (label < 0 || label >= C)
		error_stop(HERE, "log_odds", "class %d: expected 0 to %d", label, C - 1);
	Var *chosen = op_slice(tape, logits, 1, label, label + 1); /* (B,1) */
	if (C > 1) {
		Var *others = op_concat(tape, 1,
		        INPUTS(op_slice(tape, logits, 1, 0, label),
		                op_slice(tape, logits, 1, label + 1, C))); /* (B,C-1) */
		Var *first = op_slice(tape, others, 1, 0, 1);
		Var *share = op_slice(tape, op_log_softmax(tape, others), 1, 0, 1);
		chosen = op_sub(tape, chosen, op_sub(tape, first, share));
	}
	return op_reshape(tape, chosen, SHAPE(B));
}

/* ---- pieces ------------------------------------------------------------------------ */

int modality_place(const ModelConfig *config, ModalityKind kind)
{
	int place = 0;
	for (ModalityKind k = 0; k < kind; k++)
		place += config->reads.has[k];
	return config->reads.has[kind] ? place : -1;
}

Pieces pieces_cut(Arena *arena, const Explainer *explainer, const Question *question,
        ModalityKind kind, int steps, int features)
{
	const ModelConfig *config = &explainer->model->config;
	const Example *example = &question->data->items[question->example];
	const EncoderConfig *encoder = &config->encoder[kind];
	bool words = encoder->kind && encoder->kind->reads == READS_WORDS;
	int place = modality_place(config, kind);
	int T = words ? example->words : example->steps[kind].shape[0];
	int E = words ? encoder->embed : encoder->in;
	if (place < 0 || !example_has(example, kind))
		return (Pieces){ 0 };
	if (!features || features > E)
		features = E;
	int rows = (T + steps - 1) / steps, columns = (E + features - 1) / features;
	Pieces pieces = { ARENA_ARRAY(arena, Piece, (size_t)rows * (size_t)columns), 0 };
	for (int t = 0; t < T; t += steps)
		for (int e = 0; e < E; e += features)
			pieces.items[pieces.count++] = (Piece){
				.place = place,
				.begin = t,
				.end = t + steps < T ? t + steps : T,
				.low = e,
				.high = e + features < E ? e + features : E,
			};
	return pieces;
}

void piece_clear(const Versions *versions, int b, const Piece *piece)
{
	Tensor x = versions->embedded.of[piece->place].x->value;
	for (int t = piece->begin; t < piece->end; t++) {
		real *x_t = sequence_step(x, b, t);
		for (int e = piece->low; e < piece->high; e++)
			x_t[e] = 0;
	}
}
