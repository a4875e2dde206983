#include "tutorials/11-two-modalities/regions.h"
#include "tutorials/03-first-network/network.h"

#include <math.h>

struct Ironic {
	Sentences train, validation, test;
};

Ironic *ironic_new(Arena *arena)
{
	Ironic *ironic = ARENA_NEW(arena, Ironic);
	sentences_make(
	        arena, "irony", &ironic->train, &ironic->validation, &ironic->test);
	return ironic;
}

/* --- training ----------------------------------------------------------------------- */

/* Which of the two features a hidden unit may not see. */
static int hidden_from(int unit)
{
	return unit < UNITS / 2 ? LOUD : WORDS;
}

static void cut(Network *net)
{
	for (int j = 0; j < UNITS; j++)
		net->w[j][hidden_from(j)] = 0;
}

static void step(Network *net, const Network *grad, float amount)
{
	for (int j = 0; j < UNITS; j++) {
		for (int k = 0; k < FEATURES; k++)
			net->w[j][k] -= amount * grad->w[j][k];
		net->c[j] -= amount * grad->c[j];
		net->v[j] -= amount * grad->v[j];
	}
	net->b -= amount * grad->b;
}

static void epoch(Network *net, Sentences set, bool apart, float rate, Rng *rng)
{
	enum { BATCH = 8 };
	int order[MOST_POINTS];
	rng_permutation(rng, set.count, order);
	for (int from = 0; from < set.count; from += BATCH) {
		Network grad = { 0 };
		int to = from + BATCH < set.count ? from + BATCH : set.count;
		for (int i = from; i < to; i++)
			network_backward(net, &grad, &set.items[order[i]]);
		step(net, &grad, rate / (float)(to - from));
		if (apart)
			cut(net); /* what was cut off stays at 0 */
	}
}

static Tensor field_of(Arena *arena, const Network *net)
{
	enum { SIZE = 40 };
	Tensor field = tensor_new(arena, SHAPE(SIZE, SIZE));
	for (int i = 0; i < SIZE * SIZE; i++) {
		const float place[FEATURES] = {
			[WORDS] = 4 * (2 * (float)(i % SIZE) / (SIZE - 1) - 1),
			[LOUD] = 4 * (2 * (float)(i / SIZE) / (SIZE - 1) - 1)
		};
		float h[MOST_HIDDEN], z = network_forward(net, place, h);
		field.data[i] = (real)exp(-(double)loss_of(z, 1));
	}
	return field;
}

Trained ironic_train(Arena *arena, const Ironic *ironic, bool apart, int epochs,
        float rate, uint64_t seed)
{
	Network net = network_new(UNITS, seed);
	Rng rng = rng_new(seed);
	if (apart)
		cut(&net);
	for (int e = 0; e < epochs; e++)
		epoch(&net, ironic->train, apart, rate, &rng);
	return (Trained){ network_score(&net, ironic->train).loss,
		network_score(&net, ironic->test).accuracy, field_of(arena, &net) };
}

int ironic_points(const Ironic *ironic, bool angry, real words[], real loud[])
{
	int count = 0;
	for (int i = 0; i < ironic->test.count && count < MOST_POINTS; i++) {
		const Sentence *s = &ironic->test.items[i];
		if ((s->angry > 0) != angry)
			continue;
		words[count] = s->x[WORDS];
		loud[count++] = s->x[LOUD];
	}
	return count;
}

/* --- four sentences ----------------------------------------------------------------- */

Case case_say(Arena *arena, int number)
{
	Spoken spoken = sentence_say(arena, (Said)(FURIOUS_PLAINLY + number));
	return (Case){ spoken.text, spoken.voice, spoken.sentence.angry > 0,
		spoken.clip };
}
