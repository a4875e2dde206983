/* A model of sound: it hears no future, and its loss and gradient are what they should be. */
#include "emotionnet/apc/apc.h"
#include "tests/support/gradient.h"

enum { B = 2, T = 7, F = 3 };
static const int lengths[B] = { 7, 4 };
static const ApcConfig config = { .in = F, .hidden = 4, .layers = 2, .ahead = 2 };

/* Two clips, the second with zeros after its end. */
static Sequence clips(Arena *arena)
{
	Var *x = random_constant(arena, "frames", 5, SHAPE(B, T, F));
	sequence_clear_padding(x->value, 1, lengths[1]);
	return (Sequence){ x, lengths };
}

static Apc model(Params *params)
{
	Rng rng = rng_new(7);
	return apc_new(&config, params, &rng);
}

START_TEST(apc_states_hear_no_future)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Apc apc = model(&params);
	Tape tape = tape_new(arena);
	Sequence frames = clips(arena);
	Tensor before =
	        tensor_clone(arena, apc_layers(apc.layer, 0, 2, &tape, frames).x->value);
	real *later = sequence_step(frames.x->value, 0, 4);
	later[1] += 1;
	Tensor after = apc_layers(apc.layer, 0, 2, &tape, frames).x->value;
	ASSERT_TENSOR_SAME(tensor_slice(tensor_row(after, 0), 0, 4),
	        tensor_slice(tensor_row(before, 0), 0, 4));
	ck_assert(sequence_step(after, 0, 4)[0] != sequence_step(before, 0, 4)[0]);
	arena_free(arena);
}
END_TEST

/* With all weights zero the prediction is the bias b: the loss is the sum of |b - x| over
 * frames 2.. of both clips. */
START_TEST(apc_loss_by_hand)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Apc apc = model(&params);
	Tape tape = tape_new(arena);
	tensor_fill(apc.predict.weight->value, 0);
	Sequence frames = clips(arena);
	double expected = 0;
	for (int b = 0; b < B; b++)
		for (int t = config.ahead; t < lengths[b]; t++)
			for (int f = 0; f < F; f++) {
				double apart =
				        (double)(apc.predict.bias->value.data[f] -
				                 sequence_step(frames.x->value, b, t)[f]);
				expected += apart < 0 ? -apart : apart;
			}
	ASSERT_CLOSE(
	        apc_loss(&apc, &tape, frames, 10)->value.data[0], expected / 10, 0, 1e-5);
	arena_free(arena);
}
END_TEST

/* Clip by clip the same as both together; and what repeating a frame would cost. */
START_TEST(apc_error_of_each_clip_adds_up_to_the_loss)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Apc apc = model(&params);
	Tape tape = tape_new(arena);
	Sequence frames = clips(arena);
	double sum = 0;
	for (int b = 0; b < B; b++)
		sum += apc_error(&apc, &tape,
		        tensor_slice(tensor_row(frames.x->value, b), 0, lengths[b]))
		               .predicted;
	ASSERT_CLOSE(apc_loss(&apc, &tape, frames, 1)->value.data[0], sum, 0, 1e-5);
	real still[] = { 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 2, 1 };
	ApcError error = apc_error(&apc, &tape, tensor_view(still, SHAPE(4, F)));
	ASSERT_CLOSE(error.repeated, 3, 0, 0);
	arena_free(arena);
}
END_TEST

static Var *loss_of(Tape *tape, const void *context)
{
	const Apc *apc = context;
	return apc_loss(apc, tape, clips(tape->arena), 5);
}

START_TEST(apc_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Apc apc = model(&params);
	ASSERT_GRADIENT(loss_of, &apc, params.count, params.items);
	arena_free(arena);
}
END_TEST

START_TEST(apc_of_a_clip_that_is_too_short_stops)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Apc apc = model(&params);
	Tape tape = tape_new(arena);
	Sequence frames = clips(arena);
	frames.lengths = (const int[]){ 7, 2 };
	ASSERT_STOPS("a clip of 2 frames has none that lies 2 ahead",
	        apc_loss(&apc, &tape, frames, 1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("apc", apc_states_hear_no_future, apc_loss_by_hand,
        apc_error_of_each_clip_adds_up_to_the_loss, apc_gradient_agrees_with_slopes,
        apc_of_a_clip_that_is_too_short_stops)
