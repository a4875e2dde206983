/* Functionals, alone and beside frames: right gradients, nothing of who lacks speech, no
 * layer where none is asked for. */
#include "autograd/look/gradcheck.h"
#include "autograd/ops.h"
#include "emotionnet/train/objective.h"
#include "tensor/reduce.h"
#include "tests/support/harness.h"

#include <math.h>

enum { MELS = 4, FUNCTIONALS = 6, CLASSES = 3, EXAMPLES = 3 };

static Tensor normals(Arena *arena, Rng *rng, int rows, int columns)
{
	Tensor x = tensor_new(arena, SHAPE(rows, columns));
	for (size_t k = 0; k < tensor_count(x); k++)
		x.data[k] = (real)rng_normal(rng);
	return x;
}

/* Three utterances, of which the last lacks speech. `alone`: functionals are the steps. */
static Dataset small_data(Arena *arena, bool alone)
{
	static const int frames[EXAMPLES] = { 9, 13, 0 };
	Rng rng = rng_new(3);
	Dataset data = { .items = ARENA_ARRAY(arena, Example, EXAMPLES),
		.count = EXAMPLES,
		.width[MODALITY_SPEECH] = alone ? FUNCTIONALS : MELS,
		.whole = alone ? 0 : FUNCTIONALS };
	for (int i = 0; i < EXAMPLES; i++) {
		Example *example = &data.items[i];
		int steps = alone && frames[i] ? 1 : frames[i];
		example->label = i;
		example->steps[MODALITY_SPEECH] =
		        normals(arena, &rng, steps, data.width[MODALITY_SPEECH]);
		if (!alone)
			example->whole = normals(arena, &rng, steps > 0, FUNCTIONALS);
	}
	return data;
}

static ModelConfig small_config(
        const EncoderKind *kind, const char *fusion, int hidden, bool alone)
{
	return (ModelConfig){ .reads.has[MODALITY_SPEECH] = true,
		.fusion = fusion_find(fusion),
		.encoder[MODALITY_SPEECH] = { .kind = kind,
		        .in = alone ? FUNCTIONALS : MELS,
		        .whole = alone ? 0 : FUNCTIONALS,
		        .hidden = hidden },
		.classes = CLASSES,
		.hidden = 5 };
}

typedef struct Problem {
	const EmotionNet *model;
	const Dataset *data;
} Problem;

static Var *problem_loss(Tape *tape, const void *context)
{
	const Problem *problem = context;
	static const int all[EXAMPLES] = { 0, 1, 2 };
	static const Objective plain = { .fused = 1, .own = 1 };
	Batch *batch = ARENA_NEW(tape->arena, Batch);
	*batch = batch_make(tape->arena, problem->data, all, EXAMPLES, NULL);
	return objective_loss(&plain, problem->model, tape, batch, NULL);
}

static void check_gradients(
        const EncoderKind *kind, const char *fusion, int hidden, bool alone)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ModelConfig config = small_config(kind, fusion, hidden, alone);
	Dataset data = small_data(arena, alone);
	Rng rng = rng_new(1);
	Problem problem = { model_new(arena, &params, &config, &rng), &data };
	Var **learn = ARENA_ARRAY(arena, Var *, (size_t)params.count);
	int count = 0;
	for (int i = 0; i < params.count; i++)
		if (params.items[i]->grad.data)
			learn[count++] = params.items[i];
	GradcheckResult result = gradcheck(arena, problem_loss, &problem, count, learn);
	ck_assert_msg(result.passed, "%s, %s: %s", kind->name, config.fusion->name,
	        result.text);
	Var *weight = params_find(&params, "speech.functionals.vector.weight");
	double size = 0;
	for (size_t k = 0; weight && k < tensor_count(weight->grad); k++)
		size += fabs((double)weight->grad.data[k]);
	ck_assert_msg(!kind->beside || size > 1e-3, "%s: no gradient to it", kind->name);
	arena_free(arena);
}

START_TEST(whole_encoders_have_right_gradients)
{
	static const char *const fusions[] = { "middle", "product", "tensor" };
	for (int f = 0; f < 3; f++) {
		check_gradients(&encoder_functionals, fusions[f], 4, true);
		check_gradients(&encoder_functionals, fusions[f], 0, true);
		check_gradients(&encoder_cnn_functionals, fusions[f], 4, false);
		check_gradients(&encoder_lstm_functionals, fusions[f], 4, false);
	}
}
END_TEST

/* Early fusion reads steps: functionals are one, which lies beside every frame. */
START_TEST(whole_encoders_early_reads_the_steps)
{
	Arena *arena = arena_new("test");
	const EncoderKind *kinds[] = { &encoder_functionals, &encoder_cnn_functionals };
	for (int k = 0; k < 2; k++) {
		Params params = params_new(arena);
		ModelConfig config = small_config(kinds[k], "early", 4, !k);
		Dataset data = small_data(arena, !k);
		Rng rng = rng_new(1);
		EmotionNet *model = model_new(arena, &params, &config, &rng);
		Tape tape = tape_new(arena);
		Batch batch = batch_make(arena, &data, (const int[]){ 0, 1 }, 2, NULL);
		Tensor before = model_logits(model, &tape, &batch, NULL)->value;
		ck_assert_int_eq(batch.steps[MODALITY_SPEECH].shape[1], k ? 13 : 1);
		if (!k)
			continue;
		tensor_fill(batch.whole, 3);
		Tensor after = model_logits(model, &tape, &batch, NULL)->value;
		ck_assert(fabs((double)(after.data[0] - before.data[0])) > 1e-3);
	}
	arena_free(arena);
}
END_TEST

/* Who lacks speech, or is masked, has no functionals: zeros, whatever is in the layer. */
START_TEST(whole_encoders_of_missing_speech_say_nothing)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ModelConfig config = small_config(&encoder_cnn_functionals, "middle", 4, false);
	Dataset data = small_data(arena, false);
	Rng rng = rng_new(1);
	EmotionNet *model = model_new(arena, &params, &config, &rng);
	tensor_fill(params_find(&params, "speech.functionals.vector.bias")->value, 1);
	static const int chosen[] = { 0, 0, 2 };
	static const ModalitySet masks[] = { { { false } },
		{ { [MODALITY_SPEECH] = true } }, { { false } } };
	Tape tape = tape_new(arena);
	Batch batch = batch_make(arena, &data, chosen, 3, masks);
	for (int k = 0; k < FUNCTIONALS; k++) {
		ck_assert(batch.whole.data[k] == data.items[0].whole.data[k]);
		ck_assert(batch.whole.data[FUNCTIONALS + k] == 0);
		ck_assert(batch.whole.data[2 * FUNCTIONALS + k] == 0);
	}
	Embedded embedded = model_embed(model, &tape, &batch, NULL);
	ModelOutput out = model_forward(model, &tape, &batch, &embedded, NULL, false);
	ck_assert_int_eq(out.in.count, 2);
	for (int m = 0; m < 2; m++) {
		Tensor pooled = out.in.modality[m].pooled->value;
		double there = 0;
		for (int k = 0; k < pooled.shape[1]; k++) {
			there += fabs((double)tensor_row(pooled, 0).data[k]);
			ck_assert(tensor_row(pooled, 1).data[k] == 0);
			ck_assert(tensor_row(pooled, 2).data[k] == 0);
		}
		ck_assert(there > 0.1);
	}
	arena_free(arena);
}
END_TEST

/* Without a layer, late fusion is logistic regression on the functionals themselves. */
START_TEST(whole_encoders_without_a_layer_are_logistic_regression)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ModelConfig config = small_config(&encoder_functionals, "late", 0, true);
	Dataset data = small_data(arena, true);
	Rng rng = rng_new(1);
	EmotionNet *model = model_new(arena, &params, &config, &rng);
	ck_assert_int_eq(params.count, 2);
	Tape tape = tape_new(arena);
	Batch batch = batch_make(arena, &data, (const int[]){ 1 }, 1, NULL);
	Tensor p = tensor_new(arena, SHAPE(1, CLASSES)), z;
	tensor_softmax(p, model_logits(model, &tape, &batch, NULL)->value);
	Tensor x = data.items[1].steps[MODALITY_SPEECH];
	Tensor weight = params_find(&params, "fusion.speech.weight")->value;
	z = tensor_clone(arena, params_find(&params, "fusion.speech.bias")->value);
	z = tensor_reshape(z, SHAPE(1, CLASSES));
	for (int c = 0; c < CLASSES; c++)
		for (int k = 0; k < FUNCTIONALS; k++)
			z.data[c] += tensor_row(weight, c).data[k] * x.data[k];
	Tensor expected = tensor_like(arena, z);
	tensor_softmax(expected, z);
	ASSERT_TENSOR_CLOSE(p, expected, 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

TEST_MAIN("whole encoders", whole_encoders_have_right_gradients,
        whole_encoders_early_reads_the_steps,
        whole_encoders_of_missing_speech_say_nothing,
        whole_encoders_without_a_layer_are_logistic_regression)
