/* train.c: one step is one mini-batch; an epoch ends with the validation split. */
#include "emotionnet/train/train.h"

#include "audio/augment.h"
#include "autograd/fast/touched.h"
#include "emotionnet/train/objective.h"
#include "optim/clip.h"
#include "tensor/reduce.h"
#include "tensor/clock.h"

#include <math.h>
#include <stdio.h>

/* Streams of random numbers that training draws from; the model's own are apart
 * (model.c). */
enum { STREAM_MODEL, STREAM_ORDER, STREAM_STEP, STREAM_HELD, STREAM_BARS };

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

bool train_needs_heads(const TrainOptions *options)
{
	return options->auxiliary > 0 || options->modulate > 0 || options->pretrain > 0;
}

/* ---- one step ---------------------------------------------------------------------- */

typedef struct Step {
	const Dataset *data;
	const int *chosen;        /* the batch's examples */
	const ModalitySet *masks; /* what each of them loses, or NULL */
	Objective objective;      /* of the whole batch */
	Rng rng;                  /* each shard splits its own stream off */
	SpecAugment bars;         /* none of either: nothing is wiped out */
	Rng bar_rng;              /* each utterance splits its own stream off */
} Step;

/* Bars of the sound of each utterance of the shard that begins with the begin-th of
 * the batch. */
static void wipe_bars(const Step *step, const Batch *batch, int begin)
{
	Tensor sound = batch->steps[MODALITY_SPEECH];
	for (int b = 0; b < batch->size && sound.data; b++) {
		Rng rng = rng_split(&step->bar_rng, (uint64_t)(begin + b));
		if (batch->has[MODALITY_SPEECH].data[b] > 0)
			spec_augment(tensor_slice(tensor_row(sound, b), 0,
			                     batch->lengths[MODALITY_SPEECH][b]),
			        &step->bars, &rng);
	}
}

static Var *shard_loss(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Step *step = context;
	Rng rng = rng_split(&step->rng, (uint64_t)begin);
	Batch batch = batch_make(tape->arena, step->data, step->chosen + begin,
	        end - begin, step->masks ? step->masks + begin : NULL);
	if (step->bars.bands || step->bars.pauses)
		wipe_bars(step, &batch, begin);
	Objective objective = step->objective;
	if (objective.held_out)
		objective.held_out += begin;
	for (int m = 0; m < MAX_MODALITIES; m++)
		if (objective.scores[m])
			objective.scores[m] += begin;
	return objective_loss(&objective, model, tape, &batch, &rng);
}

/* Each utterance loses one of the modalities that it has with chance p, never its only
 * one (Neverova et al. 2016). */
static void draw_masks(ModalitySet *masks, const Dataset *data, ModalitySet reads,
        const int *chosen, int count, real p, Rng *rng)
{
	for (int i = 0; i < count; i++) {
		ModalityKind there[MODALITIES];
		int n = 0;
		for (ModalityKind kind = 0; kind < MODALITIES; kind++)
			if (reads.has[kind] && example_has(&data->items[chosen[i]], kind))
				there[n++] = kind;
		masks[i] = (ModalitySet){ .has = { false } };
		bool loses = rng_uniform(rng) < p;
		int which = rng_below(rng, n > 2 ? n : 2);
		if (loses && n > 1)
			masks[i].has[there[which]] = true;
	}
}

/* w_c = N / (C n_c): every class weighs alike (King & Zeng 2001). A class without
 * examples weighs nothing. */
static real *balanced_weights(Arena *arena, const Dataset *data, int classes)
{
	real *weights = ARENA_ARRAY(arena, real, (size_t)classes);
	for (int i = 0; i < data->count; i++)
		weights[data->items[i].label] += 1;
	for (int c = 0; c < classes; c++)
		if (weights[c] > 0)
			weights[c] = (real)data->count / ((real)classes * weights[c]);
	return weights;
}

/* ---- a batch ----------------------------------------------------------------------- */

/* The random order of the epoch that is under way. */
static void order_epoch(Trainer *trainer)
{
	int epoch = trainer->at.epoch + 1;
	if (trainer->ordered == epoch)
		return;
	Rng shuffle = rng_split(&trainer->rng, STREAM_ORDER);
	shuffle = rng_split(&shuffle, (uint64_t)epoch);
	rng_permutation(&shuffle, trainer->training->count, trainer->order);
	trainer->ordered = epoch;
}

static real total_weight(const Trainer *trainer, const int *chosen, int count)
{
	real total = 0;
	for (int i = 0; i < count; i++) {
		int label = trainer->training->items[chosen[i]].label;
		total += trainer->class_weights ? trainer->class_weights[label] : 1;
	}
	return total;
}

/* The encoders learn alone first, by their heads. */
static bool pretrains(const Trainer *trainer)
{
	return trainer->at.epoch < trainer->options.pretrain;
}

/* The same utterances in every epoch, with their copies: which, is a matter of the
 * seed. */
static void draw_held_out(Trainer *trainer, const int *chosen, int count, real share)
{
	Rng all = rng_split(&trainer->rng, STREAM_HELD);
	for (int i = 0; i < count; i++) {
		const Example *example = &trainer->training->items[chosen[i]];
		int original = example->copy ? example->original : chosen[i];
		Rng one = rng_split(&all, (uint64_t)original);
		trainer->held_out[i] = rng_uniform(&one) < share;
	}
}

static Objective objective_of(Trainer *trainer, const int *chosen, int size)
{
	const TrainOptions *options = &trainer->options;
	Objective objective = {
		.loss = { .class_weights = trainer->class_weights,
		        .smoothing = (real)options->smoothing,
		        .total_weight = total_weight(trainer, chosen, size) },
	};
	if (pretrains(trainer)) {
		objective.heads = 1;
		return objective;
	}
	objective.fused = objective.own = 1;
	objective.heads = (real)options->auxiliary;
	real share = trainer->config->fusion->held_out;
	if (share > 0) {
		draw_held_out(trainer, chosen, size, share);
		objective.held_out = trainer->held_out;
	}
	if (options->modulate > 0) {
		objective.probe = !(options->auxiliary > 0);
		objective.heads = objective.probe ? 1 : objective.heads;
		for (int m = 0; m < trainer->modulation.count; m++)
			objective.scores[m] = trainer->modulation.scores[m];
	}
	return objective;
}

/* Two bars of each kind, as Park et al. (2019) have it, a pause a fifth of the
 * utterance at the most. */
static SpecAugment bars_of(const TrainOptions *options)
{
	return (SpecAugment){
		.bands = options->mask_bands ? 2 : 0,
		.band_width = options->mask_bands,
		.pauses = options->mask_frames ? 2 : 0,
		.pause_length = options->mask_frames,
		.longest_share = 0.2,
	};
}

/* Forward and backward of `size` examples from the begin-th on in the epoch's order;
 * returns the loss. */
static real batch_gradients(Trainer *trainer, int begin, int size)
{
	const TrainOptions *options = &trainer->options;
	const int *chosen = trainer->order + begin;
	Rng draws = rng_split(&trainer->rng, STREAM_STEP);
	draws = rng_split(&draws, (uint64_t)trainer->at.epoch + 1);
	Step step = {
		.data = trainer->training,
		.chosen = chosen,
		.objective = objective_of(trainer, chosen, size),
		.rng = rng_split(&draws, (uint64_t)begin),
		.bars = bars_of(options),
	};
	Rng bars = rng_split(&trainer->rng, STREAM_BARS);
	bars = rng_split(&bars, (uint64_t)trainer->at.epoch + 1);
	step.bar_rng = rng_split(&bars, (uint64_t)begin);
	if (options->modality_dropout > 0) {
		draw_masks(trainer->masks, trainer->training, trainer->config->reads,
		        chosen, size, (real)options->modality_dropout, &step.rng);
		step.masks = trainer->masks;
	}
	real loss = shards_gradients(trainer->shards, size, shard_loss, &step);
	if (options->modulate > 0 && !pretrains(trainer))
		modulate(&trainer->modulation, trainer->params, size, &step.rng);
	return loss;
}

/* From here on the encoders stay as they are: without a gradient no optimiser moves
 * them. */
static void freeze_encoders(Trainer *trainer)
{
	Params *params = trainer->params;
	trainer->frozen = ARENA_ARRAY(trainer->arena, Tensor, (size_t)params->count);
	for (int i = 0; i < params->count; i++)
		trainer->frozen[i] = params->items[i]->grad;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		const char *prefix =
		        arena_format(trainer->arena, "%s.", modality_name(kind));
		params_freeze(params, prefix);
		shards_freeze(trainer->shards, prefix);
	}
}

static void give_back_frozen(Trainer *trainer)
{
	for (int i = 0; trainer->frozen && i < trainer->params->count; i++)
		trainer->params->items[i]->grad = trainer->frozen[i];
	trainer->frozen = NULL;
}

/* ---- numbers that are not finite --------------------------------------------------- */

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

static void diverge(Trainer *trainer, const char *first)
{
	const TrainOptions *options = &trainer->options;
	trainer->diverged = true;
	error_set(&trainer->why,
	        "training diverged in epoch %d, step %d of %d: no model is kept. Hint: a smaller --rate (it is %g)%s. The first: %s",
	        trainer->at.epoch + 1, trainer->at.step + 1, trainer->steps,
	        options->rate, options->clip > 0 ? "" : ", or --clip 5", first);
}

static void diverge_in_batch(Trainer *trainer, int size)
{
	Error first;
	if (shards_check_finite(trainer->shards, size, &first))
		error_set(&first,
		        "the weights or their gradients are beyond what a number holds");
	diverge(trainer, first.text);
}

static void train_batch(Trainer *trainer)
{
	const TrainOptions *options = &trainer->options;
	TrainPosition *at = &trainer->at;
	int begin = at->step * options->batch, left = trainer->training->count - begin;
	int size = left < options->batch ? left : options->batch;
	long t = (long)at->epoch * trainer->steps + at->step;
	if (options->freeze_encoders && !pretrains(trainer) && !trainer->frozen)
		freeze_encoders(trainer);
	real loss = batch_gradients(trainer, begin, size);
	if (!isfinite(loss) || !all_finite(trainer->params, true)) {
		diverge_in_batch(trainer, size);
		return;
	}
	if (options->clip > 0)
		clip_norm(trainer->params, options->clip);
	trainer->optimiser.step(
	        trainer->optimiser.self, options->rate * plan_factor(&trainer->plan, t));
	if (!all_finite(trainer->params, false)) {
		diverge_in_batch(trainer, size);
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

static double validate(Trainer *trainer)
{
	ArenaMark mark = arena_mark(trainer->arena);
	Tensor probabilities = predict_all(trainer->arena, trainer->shards,
	        trainer->validation, trainer->config->classes, NULL);
	Error why;
	if (!answers_check(probabilities.data, tensor_count(probabilities),
	            "the validation split", &why))
		diverge(trainer, why.text);
	Confusion confusion =
	        confusion_of(trainer->arena, probabilities, trainer->validation);
	Metrics metrics = metrics_from(&confusion);
	arena_rewind(trainer->arena, mark);
	return metrics_select(&metrics, trainer->options.select);
}

static void copy_values(const Params *to, const Params *from)
{
	for (int i = 0; i < to->count; i++)
		tensor_copy(to->items[i]->value, from->items[i]->value);
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
	bool alone = pretrains(trainer);
	if (trainer->options.average > 0)
		average_swap(&trainer->average);
	if (validates(trainer))
		trainer->score = validate(trainer);
	double judged =
	        alone ? -1 : smoothed_score(at, trainer->score, trainer->options.smooth);
	at->loss = at->total / trainer->training->count;
	at->total = 0;
	at->step = 0;
	at->epoch++;
	if (alone || !validates(trainer) || judged > at->score) {
		at->best = at->epoch;
		at->score = judged;
		copy_values(&trainer->kept, trainer->params);
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
		        trainer->options.select == SELECT_F1 ? "weighted F1" : "UAR",
		        trainer->score, at->score, at->best);
	progress_show(progress, at->epoch, trainer->options.epochs, text);
}

/* ---- a run ------------------------------------------------------------------------- */

/* A second list of the same names, with values of its own. */
static Params params_copy(Arena *arena, const Params *params)
{
	Params copy = params_new(arena);
	for (int i = 0; i < params->count; i++) {
		Tensor value = params->items[i]->value;
		params_add_buffer(
		        &copy, NULL, params->items[i]->name, value.ndim, value.shape);
	}
	copy_values(&copy, params);
	return copy;
}

Trainer *trainer_new(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool)
{
	if (training->count < 1)
		error_stop(HERE, "trainer_new", "the training split is empty");
	Arena *arena = arena_child(params->arena, "training");
	Trainer *trainer = ARENA_NEW(arena, Trainer);
	*trainer = (Trainer){
		.config = config,
		.options = *options,
		.training = training,
		.validation = validation,
		.rng = rng_new(options->seed),
		.steps = (training->count - 1) / options->batch + 1,
		.at = { .score = -1 },
		.params = params,
		.optimiser = optimiser_new(arena, params, &options->optimiser, pool),
		.kept = params_copy(arena, params),
		.arena = arena,
		.shards = model_shards(arena, pool, params, config, options->batch),
		.order = ARENA_ARRAY(arena, int, (size_t)training->count),
		.masks = ARENA_ARRAY(arena, ModalitySet, (size_t)options->batch),
		.held_out = ARENA_ARRAY(arena, real, (size_t)options->batch),
		.started = seconds_now(),
	};
	trainer->plan = plan_new(&options->schedule, options->epochs, trainer->steps);
	if (options->modulate > 0)
		trainer->modulation =
		        modulation_new(arena, config, options->batch, options->modulate);
	if (options->average > 0)
		trainer->average = average_new(arena, params, options->average);
	if (options->class_weights)
		trainer->class_weights =
		        balanced_weights(arena, training, config->classes);
	return trainer;
}

void trainer_free(Trainer *trainer)
{
	give_back_frozen(trainer);
	shards_free(trainer->shards);
	arena_free(trainer->arena);
}

TrainResult trainer_finish(Trainer *trainer)
{
	copy_values(trainer->params, &trainer->kept);
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

TrainResult train(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool,
        const Progress *progress)
{
	Trainer *trainer =
	        trainer_new(params, config, training, validation, options, pool);
	while (trainer_step(trainer))
		trainer_show(trainer, progress);
	progress_end(progress);
	return trainer_finish(trainer);
}
