#include "tutorials/09-speech/trials.h"
#include "tutorials/09-speech/vary.h"

#include <string.h>

const float RATE = 0.003f;
const char *const change_names[CHANGES] = { "nothing", "noise", "gain", "speed",
	"masks" };

/* [choose] */
static const Heard *choose(const void *context, int utterance, Rng *rng)
{
	static Heard masked;
	const Versions *versions = context;
	const Heard *chosen =
	        &versions->sets[rng_below(rng, versions->count)].items[utterance];
	if (!versions->masks)
		return chosen;
	masked = *chosen;
	mask_bars(&masked, rng);
	return &masked;
}
/* [/choose] */

void train_all(Network nets[SEEDS], Set set, float drop, const Versions *versions)
{
	for (int s = 0; s < SEEDS; s++) {
		const Plan plan = { BATCH, EPOCHS, RATE, drop, (uint64_t)s + 1,
			versions ? choose : NULL, versions };
		network_new(&nets[s], plan.seed);
		network_train(&nets[s], set, plan);
	}
}

void accuracy_all(double accuracy[SEEDS], const Network nets[SEEDS], Set set)
{
	for (int s = 0; s < SEEDS; s++)
		accuracy[s] = network_accuracy(&nets[s], set);
}

Set changed(
        Arena *arena, Set set, Change change, double least, double most, uint64_t seed)
{
	Set out = set_copy(arena, set);
	Arena *scratch = arena_child(arena, "change");
	Rng rng = rng_new(seed);
	for (int i = 0; i < set.count; i++) {
		const double amount = least + (most - least) * rng_uniform_double(&rng);
		Clip sound;
		if (change == GAIN)
			louder(&out.items[i], (float)amount);
		if (change == NOISE)
			sound = with_noise(scratch, &set.sounds[i], amount, &rng);
		if (change == SPEED)
			sound = faster(scratch, &set.sounds[i], amount);
		if (change == NOISE || change == SPEED)
			frames_of(&out.items[i], &sound);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return out;
}

Set known_by(Arena *arena, Set set, int others, bool same)
{
	Set out = set_copy(arena, set);
	const Heard **by = ARENA_ARRAY(arena, const Heard *, (size_t)set.count);
	int *order = ARENA_ARRAY(arena, int, (size_t)set.count);
	Rng rng = rng_new(1);
	for (int i = 0; i < set.count; i++) {
		int count = 0;
		by[count++] = &set.items[i];
		rng_permutation(&rng, set.count, order);
		for (int k = 0; k < set.count && count <= others; k++) {
			const Heard *other = &set.items[order[k]];
			if (order[k] != i && other->speaker == by[0]->speaker &&
			        (!same || other->label == by[0]->label))
				by[count++] = other;
		}
		const Scale scale = scale_of(by, count);
		rescale(&out.items[i], &scale);
	}
	return out;
}

Set lengths_forgotten(Arena *arena, Set set)
{
	Set out = set_copy(arena, set);
	int longest = 0;
	for (int i = 0; i < set.count; i++)
		longest = set.items[i].T > longest ? set.items[i].T : longest;
	for (int i = 0; i < set.count; i++) {
		Heard *heard = &out.items[i];
		memset(heard->x[heard->T], 0,
		        (size_t)(longest - heard->T) * sizeof heard->x[0]);
		heard->T = longest;
	}
	return out;
}
