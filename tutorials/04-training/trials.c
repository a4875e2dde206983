/* The same training from several seeds, with every setting printed; and the comparison of
 * the optimisers, each with its own learning rate. */
#include "tutorials/04-training/trials.h"

#include <math.h>

const char *const start_names[] = { "zeros", "large", "xavier", "he" };
static const char *const activation_names[] = { "sigmoid", "relu" };

void settings(Lesson *lesson, const char *name, const Plan *plan)
{
	lesson_settings(lesson, name,
	        "layers %d, width %d, activation %s, start %s, optimiser %s, rate %g, schedule "
	        "%s, clip %g, batch %d, epochs %d, seeds %d",
	        plan->layers, WIDTH, activation_names[plan->activation],
	        start_names[plan->start], plan->optimiser, (double)plan->rate,
	        plan->schedule ? "yes" : "no", (double)plan->clip, plan->batch,
	        plan->epochs, SEEDS);
}

Trial trial_of(Lesson *lesson, const Plan *plan, const Sets *sets)
{
	Trial trial = { .validation = 0 };
	for (int s = 0; s < SEEDS; s++) {
		Result r = train(lesson_arena(lesson), plan, sets, (uint64_t)s + 1, NULL);
		trial.accuracy[s] = r.accuracy;
		trial.mean += r.accuracy / SEEDS;
		trial.validation += r.validation / SEEDS;
	}
	return trial;
}

/* The length of the gradient of each layer's weights, over the whole training set. */
void norms(Lesson *lesson, const Plan *plan, Sentences set, real norm[MOST_LAYERS])
{
	Deep *net = deep_new(lesson_arena(lesson), plan, 1);
	for (int i = 0; i < set.count; i++)
		deep_backward(net, &set.items[i], 1 / (float)set.count);
	for (int l = 0; l <= net->layers; l++) {
		double sum = 0;
		int n = deep_outputs(net, l) * deep_inputs(l);
		const float *g = net->g + deep_begin(net, l);
		for (int k = 0; k < n; k++)
			sum += (double)g[k] * (double)g[k];
		norm[l] = (real)sqrt(sum);
	}
}

/* --- the experiment --------------------------------------------------------------------- */

void the_experiment(Lesson *lesson, const Plan *good, const Sets *sets)
{
	static const char *const optimisers[] = { "sgd", "momentum", "adam" };
	static const float rates[] = { 0.001f, 0.003f, 0.01f, 0.03f, 0.1f, 0.3f, 1 };
	lesson_section(lesson, "The experiment");
	const int batch = lesson_count(
	        lesson, "batch", "how many sentences a mini-batch has", 8, 1, 64);
	for (int o = 0; o < 3; o++) {
		Plan plan = *good, best = *good;
		Trial chosen = { .validation = (double)INFINITY };
		int usable = 0;
		plan.optimiser = optimisers[o];
		plan.batch = batch;
		for (int r = 0; r < 7; r++) {
			plan.rate = rates[r];
			Trial trial = trial_of(lesson, &plan, sets);
			usable += trial.mean >= 0.95;
			if (trial.validation < chosen.validation)
				chosen = trial, best = plan;
		}
		settings(lesson, optimisers[o], &best);
		lesson_number(lesson,
		        arena_format(lesson_arena(lesson), "rate-%s", optimisers[o]),
		        "rate with the lowest validation loss", "%g", (double)best.rate);
		lesson_spread(lesson,
		        arena_format(lesson_arena(lesson), "test-%s", optimisers[o]),
		        "accuracy on the test set", "%.3f", SEEDS, chosen.accuracy);
		lesson_number(lesson,
		        arena_format(lesson_arena(lesson), "usable-%s", optimisers[o]),
		        "of seven rates, those that reach 0.95", "%.0f", usable);
	}
	lesson_point(
	        lesson, "Each optimiser with its own rate: which differences are left?");
}
