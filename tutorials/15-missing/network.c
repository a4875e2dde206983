#include "tutorials/15-missing/network.h"
#include "autograd/ops.h"
#include "layers/loss.h"
#include "layers/pool.h"
#include "optim/adam.h"

#include <string.h>

enum { WIDTH = 16, HIDDEN = 24 };

typedef struct Batch {
	int B;
	const int *ids, *lengths, *labels;
	Tensor sound, has_words, has_sound; /* (B,FEATURES), (B,1), (B,1) */
} Batch;

/* Utterances chosen[0] ... chosen[B - 1], with the words of `words` where that is given. */
static Batch batch_of(
        Arena *arena, const Set *set, const int chosen[], int B, const int words[])
{
	int *ids = ARENA_ARRAY(arena, int, (size_t)(B * MOST_WORDS));
	int *lengths = ARENA_ARRAY(arena, int, (size_t)B);
	int *labels = ARENA_ARRAY(arena, int, (size_t)B);
	Batch batch = { B, ids, lengths, labels, tensor_new(arena, SHAPE(B, FEATURES)),
		tensor_full(arena, 1, SHAPE(B, 1)), tensor_full(arena, 1, SHAPE(B, 1)) };
	for (int b = 0; b < B; b++) {
		const int i = chosen[b], w = words ? words[i] : i;
		memcpy(ids + b * MOST_WORDS, set->ids + w * MOST_WORDS,
		        MOST_WORDS * sizeof(int));
		lengths[b] = set->lengths[w];
		labels[b] = set->label[i];
		for (int k = 0; k < FEATURES; k++)
			batch.sound.data[b * FEATURES + k] =
			        (real)set->sound[i * FEATURES + k];
	}
	return batch;
}

/* [forward] */
static Var *forward(const Network *net, Tape *tape, const Batch *batch)
{
	Sequence words = embedding_forward(&net->words, tape, batch->ids, batch->B,
	        MOST_WORDS, batch->lengths); /* (B,T,16) */
	Var *sound = tape_constant(tape, batch->sound, "sound");
	Var *has_words = tape_constant(tape, batch->has_words, "has words");
	Var *has_sound = tape_constant(tape, batch->has_sound, "has sound");
	Var *t = pool_mean(tape, words);                                  /* (B,16) */
	Var *a = op_tanh(tape, linear_forward(&net->sound, tape, sound)); /* (B,16) */
	t = op_mul(tape, t, has_words); /* zeros where it is missing */
	a = op_mul(tape, a, has_sound);
	Var *both = op_concat(tape, 1, INPUTS(t, a)); /* (B,32) */
	Var *h = op_relu(tape, linear_forward(&net->hidden, tape, both));
	return linear_forward(&net->out, tape, h); /* (B,6) */
}
/* [/forward] */

/* [drop] */
void drop_modalities(
        float has_words[], float has_sound[], int count, float chance, Rng *rng)
{
	for (int i = 0; i < count; i++) {
		has_words[i] = has_sound[i] = 1;
		if ((float)rng_uniform(rng) >= chance)
			continue; /* keeps both */
		if (rng_below(rng, 2) == 0)
			has_words[i] = 0;
		else
			has_sound[i] = 0;
	}
}
/* [/drop] */

static Network network_new(Arena *arena, int words, uint64_t seed)
{
	Network net = { .params = params_new(arena) };
	Rng rng = rng_new(seed);
	net.words = embedding_new(
	        &net.params, "words", words, WIDTH, EMBEDDING_NO_PADDING, &rng);
	net.sound = linear_new(&net.params, "sound", FEATURES, WIDTH, &rng);
	net.hidden = linear_new(&net.params, "hidden", 2 * WIDTH, HIDDEN, &rng);
	net.out = linear_new(&net.params, "out", HIDDEN, EMOTIONS, &rng);
	return net;
}

static void lose(Batch *batch, float chance, Rng *rng)
{
	float words[TRAIN], sound[TRAIN];
	drop_modalities(words, sound, batch->B, chance, rng);
	for (int b = 0; b < batch->B; b++) {
		batch->has_words.data[b] = (real)words[b];
		batch->has_sound.data[b] = (real)sound[b];
	}
}

Network network_trained(Arena *arena, const Data *data, Plan plan)
{
	Network net = network_new(arena, data->words.words.count, plan.seed);
	Adam adam = adam_new(arena, &net.params, (double)plan.rate);
	Arena *batches = arena_child(arena, "batch"), *steps = arena_child(arena, "step");
	Tape tape = tape_new(steps);
	int order[TRAIN];
	Rng rng = rng_new(plan.seed + 100);
	for (int e = 0; e < plan.epochs; e++) {
		rng_permutation(&rng, TRAIN, order);
		for (int begin = 0; begin < TRAIN; begin += plan.batch) {
			const int left = TRAIN - begin;
			arena_reset(batches);
			tape_reset(&tape);
			Batch batch = batch_of(batches, &data->train, order + begin,
			        left < plan.batch ? left : plan.batch, NULL);
			lose(&batch, plan.drop, &rng);
			params_zero_grad(&net.params);
			Var *z = forward(&net, &tape, &batch);
			tape_backward(
			        &tape, loss_cross_entropy(&tape, z, batch.labels, NULL));
			adam_step(&adam);
		}
	}
	arena_free(batches);
	arena_free(steps);
	return net;
}

float *network_logits(Arena *arena, const Network *net, const Set *set, Present present,
        const int words[])
{
	float *z = ARENA_ARRAY(arena, float, (size_t)(set->count * EMOTIONS));
	Arena *scratch = arena_child(arena, "logits");
	Tape tape = tape_new(arena_child(scratch, "step"));
	tape.recording = false;
	int *all = ARENA_ARRAY(scratch, int, (size_t)set->count);
	for (int i = 0; i < set->count; i++)
		all[i] = i;
	Batch batch = batch_of(scratch, set, all, set->count, words);
	if (present == SOUND_ONLY)
		tensor_fill(batch.has_words, 0);
	if (present == WORDS_ONLY)
		tensor_fill(batch.has_sound, 0);
	const Var *logits = forward(net, &tape, &batch);
	for (int i = 0; i < set->count * EMOTIONS; i++)
		z[i] = (float)logits->value.data[i];
	arena_free(scratch);
	return z;
}
