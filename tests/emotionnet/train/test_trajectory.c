/* The whole model against PyTorch: from the same weights and batches, fifty training
 * steps lose the same. */
#include "emotionnet/model.h"
#include "layers/loss.h"
#include "optim/adam.h"
#include "optim/clip.h"
#include "tests/support/utterances.h"
#include "tests/support/golden.h"

/* As in tests/golden/make_trajectory.py. */
enum {
	VOCABULARY = 12,
	WORD = 5,
	MELS = 4,
	TEXT = 6,
	SPEECH = 6,
	FUSION = 7,
	CLASSES = 3,
	UTTERANCES = 24,
	BATCH = 8,
	STEPS = 50,
	LONGEST = 7,
};
static const char file[] = "trajectory.txt";

static Dataset data_new(Arena *arena)
{
	const int *ids = golden_ints(arena, file, "ids");
	const int *words = golden_ints(arena, file, "words");
	const int *frame_counts = golden_ints(arena, file, "frame_counts");
	const int *labels = golden_ints(arena, file, "labels");
	Tensor frames = golden_tensor(arena, file, "frames");
	static const int no_spans[2 * LONGEST] = { 0 };
	Dataset data = { .items = ARENA_ARRAY(arena, Example, UTTERANCES),
		.count = UTTERANCES,
		.width[MODALITY_SPEECH] = MELS };
	int begin = 0;
	for (int u = 0; u < UTTERANCES; u++) {
		int end = begin + frame_counts[u];
		data.items[u] = (Example){ .words = words[u],
			.ids = ids + u * LONGEST,
			.spans = no_spans,
			.label = labels[u] };
		data.items[u].steps[MODALITY_SPEECH] = tensor_slice(frames, begin, end);
		begin = end;
	}
	return data;
}

static EmotionNet *golden_model(Arena *arena, Params *params, const char *kind)
{
	ModelConfig config = {
		.reads.has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true },
		.fusion = fusion_find("middle"),
		.encoder = { [MODALITY_TEXT] = { .kind = encoder_called(
		                                         MODALITY_TEXT, kind),
		                     .in = VOCABULARY,
		                     .embed = WORD,
		                     .hidden = TEXT },
		        [MODALITY_SPEECH] = { .kind = encoder_called(
		                                      MODALITY_SPEECH, kind),
		                .in = MELS,
		                .hidden = SPEECH } },
		.classes = CLASSES,
		.hidden = FUSION,
	};
	Rng rng = rng_new(1);
	EmotionNet *model = model_new(arena, params, &config, &rng);
	for (int i = 0; i < params->count; i++) {
		const char *name =
		        arena_format(arena, "%s.%s", kind, params->items[i]->name);
		tensor_copy(params->items[i]->value, golden_tensor(arena, file, name));
	}
	return model;
}

static void follow(const char *kind)
{
	Arena *arena = arena_new("test"), *step_arena = arena_new("step");
	Params params = params_new(arena);
	EmotionNet *model = golden_model(arena, &params, kind);
	Dataset data = data_new(arena);
	Tape tape = tape_new(step_arena);
	Adam adam = adam_new(arena, &params, 0.01);
	Tensor losses = tensor_new(arena, SHAPE(STEPS));
	for (int step = 0; step < STEPS; step++) {
		int chosen[BATCH];
		for (int b = 0; b < BATCH; b++)
			chosen[b] = (step * BATCH + b) % UTTERANCES;
		Batch batch = batch_make(tape.arena, &data, chosen, BATCH, NULL);
		Var *logits = model_logits(model, &tape, &batch, NULL);
		Var *loss = loss_cross_entropy(&tape, logits, batch.labels, NULL);
		losses.data[step] = loss->value.data[0];
		params_zero_grad(&params);
		tape_backward(&tape, loss);
		clip_norm(&params, 1);
		adam_step(&adam);
		tape_reset(&tape);
	}
	Tensor expected =
	        golden_tensor(arena, file, arena_format(arena, "%s.losses", kind));
	ASSERT_TENSOR_CLOSE(losses, expected, 0, 1e-4);
	ck_assert(losses.data[STEPS - 1] < (real)0.75 * losses.data[0]); /* learnt */
	arena_free(step_arena);
	arena_free(arena);
}

START_TEST(trajectory_of_convolutions_agrees_with_pytorch)
{
	follow("cnn");
}
END_TEST

START_TEST(trajectory_of_lstms_agrees_with_pytorch)
{
	follow("lstm");
}
END_TEST

TEST_MAIN("trajectory", trajectory_of_convolutions_agrees_with_pytorch,
        trajectory_of_lstms_agrees_with_pytorch)
