#include "emotionnet/encoder_causal.h"
#include "autograd/look/gradcheck.h"
#include "emotionnet/train/objective.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <math.h>
#include <string.h>

enum { IN = 7, FRAMES = 23, EXAMPLES = 4 };

static const EncoderKind *const kinds[] = { &encoder_cnn_causal, &encoder_lstm_causal };
enum { KINDS = 2 };

typedef struct Problem {
	const EmotionNet *model;
	const Dataset *data;
} Problem;

static Var *problem_loss(Tape *tape, const void *context)
{
	const Problem *problem = context;
	static const int some[EXAMPLES] = { 1, 2, 4, 5 };
	static const Objective plain = { .fused = 1 };
	Batch *batch = ARENA_NEW(tape->arena, Batch);
	*batch = batch_make(tape->arena, problem->data, some, EXAMPLES, NULL);
	return objective_loss(&plain, problem->model, tape, batch, NULL);
}

START_TEST(causal_encoders_have_right_gradients)
{
	static const char *const learnt[KINDS][2] = {
		{ "speech.conv1.weight", "speech.conv2.bias" },
		{ "speech.lstm.weight_ih_l0", "speech.lstm.bias_hh_l0" },
	};
	for (int k = 0; k < KINDS; k++) {
		Arena *arena = arena_new("test");
		Rng rng = rng_new(3), draws = rng_new(4);
		Dataset data = utterances_new(arena, 8, &rng);
		ModelConfig config = utterances_model("middle", "cnn", kinds[k]->name);
		config.encoder[MODALITY_SPEECH].hidden = 8;
		Params params = params_new(arena);
		Problem problem = { model_new(arena, &params, &config, &draws), &data };
		Var *learn[] = { params_find(&params, learnt[k][0]),
			params_find(&params, learnt[k][1]) };
		GradcheckResult result =
		        gradcheck(arena, problem_loss, &problem, 2, learn);
		ck_assert_msg(result.passed, "%s: %s", kinds[k]->name, result.text);
		for (int i = 0; i < 2; i++) {
			double size = 0;
			for (size_t n = 0; n < tensor_count(learn[i]->grad); n++)
				size += fabs((double)learn[i]->grad.data[n]);
			ck_assert_msg(size > 1e-4, "%s: no gradient", learnt[k][i]);
		}
		arena_free(arena);
	}
}
END_TEST

static Encoder small(Arena *arena, Params *params, const EncoderKind *kind)
{
	EncoderConfig config = { .kind = kind, .in = IN, .hidden = 10 };
	Rng rng = rng_new(8);
	*params = params_new(arena);
	return encoder_new(arena, params, "speech", &config, false, &rng);
}

static Tensor noise(Arena *arena, int frames)
{
	Rng rng = rng_new(2);
	Tensor x = tensor_new(arena, SHAPE(frames, IN));
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = 2 * rng_uniform(&rng) - 1;
	return x;
}

/* Steps and summary of the first `count` frames at once. */
static Encoded at_once(const Encoder *encoder, Tape *tape, Tensor frames, int count)
{
	int *length = ARENA_ARRAY(tape->arena, int, 1);
	*length = count;
	Tensor x = tensor_reshape(tensor_slice(frames, 0, count), SHAPE(1, count, IN));
	Sequence seq = { tape_constant(tape, x, "frames"), length };
	return encoder->config.kind->encode(encoder, tape, seq, NULL);
}

START_TEST(causal_stream_is_the_encoder_to_the_bit_after_every_frame)
{
	static const int pieces[] = { 1, 2, 3, 5, FRAMES };
	for (int k = 0; k < KINDS; k++)
		for (int p = 0; p < 5; p++) {
			Arena *arena = arena_new("test");
			Params params;
			Encoder encoder = small(arena, &params, kinds[k]);
			Tensor frames = noise(arena, FRAMES), steps, pooled;
			Tape tape = tape_new(arena_child(arena, "step"));
			tape.recording = false;
			CausalStream *stream = causal_stream_new(arena, &encoder, FRAMES);
			for (int again = 0; again < 2; again++) {
				causal_stream_restart(stream);
				for (int t = 0; t < FRAMES; t += pieces[p]) {
					int end = t + pieces[p] < FRAMES ? t + pieces[p]
					                                 : FRAMES;
					causal_stream_push(
					        stream, tensor_slice(frames, t, end));
					causal_stream_answer(stream, &steps, &pooled);
					Encoded all =
					        at_once(&encoder, &tape, frames, end);
					ASSERT_TENSOR_SAME(
					        pooled, tensor_reshape(all.pooled->value,
					                        SHAPE(encoder.pooled)));
					ASSERT_TENSOR_SAME(
					        steps, tensor_row(all.seq.x->value, 0));
					tape_reset(&tape);
				}
			}
			ck_assert_int_eq(causal_stream_frames(stream), FRAMES);
			ASSERT_STOPS("expected at most 23",
			        causal_stream_push(stream, frames));
			arena_free(arena);
		}
}
END_TEST

START_TEST(causal_encoders_look_into_no_future)
{
	for (int k = 0; k < KINDS; k++) {
		Arena *arena = arena_new("test");
		Params params;
		Encoder encoder = small(arena, &params, kinds[k]);
		Tape tape = tape_new(arena);
		tape.recording = false;
		Tensor frames = noise(arena, FRAMES);
		Tensor before = at_once(&encoder, &tape, frames, FRAMES).seq.x->value;
		for (int f = 0; f < IN; f++) /* the frames of the last step alone */
			frames.data[(FRAMES - 1) * IN + f] += 3;
		Tensor after = at_once(&encoder, &tape, frames, FRAMES).seq.x->value;
		int last = before.shape[1] - 1;
		size_t earlier = (size_t)last * (size_t)before.shape[2];
		ck_assert_mem_eq(before.data, after.data, earlier * sizeof(real));
		ck_assert_mem_ne(before.data + earlier, after.data + earlier,
		        (size_t)before.shape[2] * sizeof(real));
		arena_free(arena);
	}
}
END_TEST

TEST_MAIN("encoder_causal", causal_encoders_have_right_gradients,
        causal_stream_is_the_encoder_to_the_bit_after_every_frame,
        causal_encoders_look_into_no_future)
