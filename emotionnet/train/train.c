/* train.c: one step is one mini-batch; an epoch ends with the validation split. */
#include "emotionnet/train/train.h"

#include "autograd/fast/touched.h"
#include "optim/clip.h"
#include "optim/weights.h"
#include "tensor/reduce.h"
#include "tensor/clock.h"

#include <math.h>
#include <stdio.h>

TrainOptions train_defaults(void)
{
	return (TrainOptions){
		.epochs = 60,
		.batch = 16,
		.patience = 20,
		.rate = 1e-3,
		.clip = 5,
		.optimiser = { .name = "adam" },
		.schedule = { .name = "constant", .every = 5, .factor = 0.5 },
		.seed = 1,
	};
}

/* ---- a batch ----------------------------------------------------------------------- */

Rng lesson_rng(const Trainer *trainer, int stream)
{
	Rng rng = rng_split(&trainer->rng, (uint64_t)stream);
	return rng_split(&rng, (uint64_t)trainer->at.epoch + 1);
}

/* The random order of the epoch that is under way. */
static void order_epoch(Trainer *trainer)
{
	int epoch = trainer->at.epoch + 1;
	if (trainer->ordered == epoch)
		return;
	Rng shuffle = lesson_rng(trainer, STREAM_ORDER);
	rng_permutation(&shuffle, trainer->training->count, trainer->order);
	trainer->ordered = epoch;
}

/* ---- numbers that are not finite --------------------------------------------------- */

static const char beyond[] =
        "the weights or their gradients are beyond what a number holds";

/* Of all gradients; or of the weights that the last step could change. */
static bool all_finite(const Params *params, bool gradients)
{
	bool all = true;
	for (int i = 0; i < params->count && all; i++) {
		const Var *p = params->items[i];
		const real *numbers = gradients ? p->grad.data : p->value.data;
		for (int k = 0; k < touched_pieces(p) && all; k++) {
			size_t count, at = touched_piece(p, k, &count);
			all = real_finite(numbers + at, count);
		}
	}
	return all;
}

void trainer_diverge(Trainer *trainer, const char *first)
{
	const TrainOptions *options = &trainer->options;
	trainer->diverged = true;
	error_set(&trainer->why,
	        "training diverged in epoch %d, step %d of %d: no model is kept. Hint: a smaller --rate (it is %g)%s. The first: %s",
	        trainer->at.epoch + 1, trainer->at.step + 1, trainer->steps,
	        options->rate, options->clip > 0 ? "" : ", or --clip 5", first);
}

/* The batch once more, the same to the bit, to find the operation that made the first. */
static void diverge_in_batch(Trainer *trainer, int begin, int size)
{
	Error first;
	shards_stay(trainer->shards, true);
	trainer->lesson.gradients(trainer, begin, size);
	if (shards_check_finite(trainer->shards, size, &first))
		error_set(&first, "%s", beyond);
	trainer_diverge(trainer, first.text);
}

static void train_batch(Trainer *trainer)
{
	const TrainOptions *options = &trainer->options;
	TrainPosition *at = &trainer->at;
	int begin = at->step * options->batch, left = trainer->training->count - begin;
	int size = left < options->batch ? left : options->batch;
	long t = (long)at->epoch * trainer->steps + at->step;
	real loss = trainer->lesson.gradients(trainer, begin, size);
	if (!isfinite(loss) || !all_finite(trainer->params, true)) {
		diverge_in_batch(trainer, begin, size);
		return;
	}
	if (options->clip > 0)
		clip_norm(trainer->params, options->clip);
	if (options->average > 0)
		average_before(&trainer->average);
	trainer->optimiser.step(
	        trainer->optimiser.self, options->rate * plan_factor(&trainer->plan, t));
	if (!all_finite(trainer->params, false)) {
		trainer_diverge(trainer, beyond);
		return;
	}
	if (options->average > 0)
		average_update(&trainer->average);
	at->total += (double)loss * size;
}

/* ---- an epoch's end ---------------------------------------------------------------- */

static bool validates(const Trainer *trainer)
{
	return trainer->validation->count > 0;
}

/* The mean of all epochs' scores so far, later ones weighing more. A validation split is
 * small, and the best of sixty noisy scores is mostly luck. */
static double smoothed_score(TrainPosition *at, double score, double smooth)
{
	at->smoothed = smooth * at->smoothed + (1 - smooth) * score;
	at->weight = smooth * at->weight + (1 - smooth);
	return at->smoothed / at->weight;
}

/* Keeps the weights if they are the best so far; without a validation split the latest
 * are. While the encoders learn alone, the fused answer means nothing, and only the
 * latest are kept. */
static void end_epoch(Trainer *trainer)
{
	TrainPosition *at = &trainer->at;
	bool unjudged = trainer->lesson.settles && trainer->lesson.settles(trainer);
	if (trainer->options.average > 0)
		average_swap(&trainer->average);
	if (validates(trainer))
		trainer->score = trainer->lesson.validate(trainer);
	double judged =
	        unjudged ? -1
	                 : smoothed_score(at, trainer->score, trainer->options.smooth);
	at->loss = at->total / trainer->training->count;
	at->total = 0;
	at->step = 0;
	trainer->losses[at->epoch] = at->loss;
	trainer->scores[at->epoch] = trainer->score;
	at->epoch++;
	if (unjudged || !validates(trainer) || !at->best || judged > at->score) {
		at->best = at->epoch;
		at->score = judged;
		weights_copy(&trainer->kept, trainer->params);
	}
	if (trainer->options.average > 0)
		average_swap(&trainer->average);
	plan_epoch(&trainer->plan, validates(trainer) ? trainer->score : -at->loss);
}

static bool is_over(const Trainer *trainer)
{
	const TrainOptions *options = &trainer->options;
	int waited = trainer->at.epoch - trainer->at.best;
	return trainer->at.epoch >= options->epochs ||
	       (options->last && trainer->at.epoch >= options->last) ||
	       (options->patience && waited >= options->patience);
}

bool trainer_step(Trainer *trainer)
{
	if (trainer->diverged || is_over(trainer))
		return false;
	order_epoch(trainer);
	train_batch(trainer);
	if (trainer->diverged)
		return false;
	if (trainer->at.step + 1 == trainer->steps)
		end_epoch(trainer);
	else
		trainer->at.step++;
	return !trainer->diverged;
}

void trainer_show(const Trainer *trainer, const Progress *progress)
{
	const TrainPosition *at = &trainer->at;
	if (at->step > 0)
		return;
	char text[96];
	int used = snprintf(text, sizeof text, "loss %.4f", at->loss);
	if (validates(trainer))
		snprintf(text + used, sizeof text - (size_t)used,
		        ", validation %s %.3f, best %.3f in epoch %d",
		        trainer->lesson.score, trainer->score, at->score, at->best);
	int last = trainer->options.last;
	progress_show(progress, at->epoch, last ? last : trainer->options.epochs, text);
}

/* ---- a run ------------------------------------------------------------------------- */

Trainer *trainer_begin(Params *params, const Lesson *lesson, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool)
{
	if (training->count < 1)
		error_stop(HERE, "trainer_begin", "the training split is empty");
	Arena *arena = arena_child(params->arena, "training");
	Trainer *trainer = ARENA_NEW(arena, Trainer);
	*trainer = (Trainer){
		.lesson = *lesson,
		.options = *options,
		.training = training,
		.validation = validation,
		.rng = rng_new(options->seed),
		.steps = (training->count - 1) / options->batch + 1,
		.at = { .score = -1 },
		.params = params,
		.optimiser = optimiser_new(arena, params, &options->optimiser, pool),
		.kept = weights_clone(arena, params),
		.arena = arena,
		.shards = shards_new(arena, pool, params, options->batch, lesson->build,
		        lesson->config),
		.order = ARENA_ARRAY(arena, int, (size_t)training->count),
		.losses = ARENA_ARRAY(arena, double, (size_t)options->epochs),
		.scores = ARENA_ARRAY(arena, double, (size_t)options->epochs),
		.started = seconds_now(),
	};
	trainer->plan = plan_new(&options->schedule, options->epochs, trainer->steps);
	if (options->average > 0)
		trainer->average = average_new(arena, params, options->average);
	return trainer;
}

void trainer_free(Trainer *trainer)
{
	if (trainer->lesson.end)
		trainer->lesson.end(trainer);
	shards_free(trainer->shards);
	arena_free(trainer->arena);
}

TrainResult trainer_finish(Trainer *trainer)
{
	weights_copy(trainer->params, &trainer->kept);
	TrainResult result = {
		.epochs = trainer->at.epoch,
		.best = trainer->at.best,
		.score = validates(trainer) ? trainer->at.score : 0,
		.loss = trainer->at.loss,
		.seconds = seconds_now() - trainer->started,
		.diverged = trainer->diverged,
		.why = trainer->why,
	};
	trainer_free(trainer);
	return result;
}
