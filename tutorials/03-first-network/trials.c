#include "tutorials/03-first-network/trials.h"

#include <math.h>

Trial trial_of(const Sets *sets, int hidden, float rate)
{
	Trial trial = { .loss = 0 };
	for (int s = 0; s < SEEDS; s++) {
		const uint64_t seed = (uint64_t)s + 1;
		Network net = network_new(hidden, seed);
		network_train(&net, sets->train, (Plan){ BATCH, EPOCHS, rate, seed });
		Score validation = network_score(&net, sets->validation);
		trial.train[s] = network_score(&net, sets->train).accuracy;
		trial.validation[s] = validation.accuracy;
		trial.test[s] = network_score(&net, sets->test).accuracy;
		trial.loss += validation.loss / SEEDS;
	}
	return trial;
}

double best_line(Sentences set)
{
	double best = 0;
	for (int angle = 0; angle < 360; angle += 2)
		for (int place = -80; place <= 80; place++) {
			const double turn = angle * 3.14159265358979 / 180;
			Network line = { .v = { (float)cos(turn), (float)sin(turn) },
				.b = (float)place / 20 };
			double accuracy = network_score(&line, set).accuracy;
			best = accuracy > best ? accuracy : best;
		}
	return best;
}

void train_long(Arena *arena, Long *run, const Sets *sets, float rate, uint64_t seed)
{
	Network net = network_new(LARGE, seed);
	Rng rng = rng_new(seed);
	const Plan plan = { BATCH, LONG, rate, seed };
	run->few = sentences_some(arena, sets->train, FEW, WRONG, seed);
	double least = (double)INFINITY;
	for (int e = 1; e <= LONG; e++) {
		network_epoch(&net, run->few, &plan, &rng);
		if (e % EVERY)
			continue;
		int at = e / EVERY - 1;
		Score own = network_score(&net, run->few);
		Score other = network_score(&net, sets->validation);
		run->epoch[at] = (real)e;
		run->own[at] = (real)own.loss;
		run->other[at] = (real)other.loss;
		run->last_accuracy = other.accuracy;
		run->own_accuracy = own.accuracy;
		if (other.loss < least) {
			least = other.loss;
			run->best_accuracy = other.accuracy;
			run->best_epoch = e;
			run->best = net;
		}
	}
	run->last = net;
}
