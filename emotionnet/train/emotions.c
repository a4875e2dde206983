/* emotions.c: the lesson that makes a model of emotions: the loss of a batch (objective.h),
 * with what may be kept from its utterances or its gradients, and the validation split's
 * UAR. train.c does the rest. */
#include "emotionnet/train/emotions.h"

#include "audio/augment.h"
#include "emotionnet/train/objective.h"

static Emotions *emotions_of(const Trainer *trainer)
{
	return trainer->lesson.state;
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

static real total_weight(const Trainer *trainer, const int *chosen, int count)
{
	const real *weights = emotions_of(trainer)->class_weights;
	real total = 0;
	for (int i = 0; i < count; i++)
		total += weights ? weights[trainer->training->items[chosen[i]].label] : 1;
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
	Emotions *emotions = emotions_of(trainer);
	Rng all = rng_split(&trainer->rng, STREAM_HELD);
	for (int i = 0; i < count; i++) {
		const Example *example = &trainer->training->items[chosen[i]];
		int original = example->copy ? example->original : chosen[i];
		Rng one = rng_split(&all, (uint64_t)original);
		emotions->held_out[i] = rng_uniform(&one) < share;
	}
}

static Objective objective_of(Trainer *trainer, const int *chosen, int size)
{
	const TrainOptions *options = &trainer->options;
	Emotions *emotions = emotions_of(trainer);
	Objective objective = {
		.loss = { .class_weights = emotions->class_weights,
		        .smoothing = (real)options->smoothing,
		        .total_weight = total_weight(trainer, chosen, size) },
	};
	if (pretrains(trainer)) {
		objective.heads = 1;
		return objective;
	}
	objective.fused = objective.own = 1;
	objective.heads = (real)options->auxiliary;
	real share = emotions->config->fusion->held_out;
	if (share > 0) {
		draw_held_out(trainer, chosen, size, share);
		objective.held_out = emotions->held_out;
	}
	if (options->modulate > 0) {
		objective.probe = !(options->auxiliary > 0);
		objective.heads = objective.probe ? 1 : objective.heads;
		for (int m = 0; m < emotions->modulation.count; m++)
			objective.scores[m] = emotions->modulation.scores[m];
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

/* From here on the encoders stay as they are: without a gradient no optimiser moves
 * them. */
static void freeze_encoders(Trainer *trainer)
{
	Params *params = trainer->params;
	Emotions *emotions = emotions_of(trainer);
	emotions->frozen = ARENA_ARRAY(trainer->arena, Tensor, (size_t)params->count);
	for (int i = 0; i < params->count; i++)
		emotions->frozen[i] = params->items[i]->grad;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		const char *prefix =
		        arena_format(trainer->arena, "%s.", modality_name(kind));
		params_freeze(params, prefix);
		shards_freeze(trainer->shards, prefix);
	}
}

static void give_back_frozen(Trainer *trainer)
{
	Emotions *emotions = emotions_of(trainer);
	for (int i = 0; emotions->frozen && i < trainer->params->count; i++)
		trainer->params->items[i]->grad = emotions->frozen[i];
	emotions->frozen = NULL;
}

/* Forward and backward of `size` examples from the begin-th on in the epoch's order;
 * returns the loss. */
static real batch_gradients(Trainer *trainer, int begin, int size)
{
	const TrainOptions *options = &trainer->options;
	Emotions *emotions = emotions_of(trainer);
	const int *chosen = trainer->order + begin;
	if (options->freeze_encoders && !pretrains(trainer) && !emotions->frozen)
		freeze_encoders(trainer);
	Rng draws = lesson_rng(trainer, STREAM_STEP);
	Step step = {
		.data = trainer->training,
		.chosen = chosen,
		.objective = objective_of(trainer, chosen, size),
		.rng = rng_split(&draws, (uint64_t)begin),
		.bars = bars_of(options),
	};
	Rng bars = lesson_rng(trainer, STREAM_BARS);
	step.bar_rng = rng_split(&bars, (uint64_t)begin);
	if (options->modality_dropout > 0) {
		draw_masks(emotions->masks, trainer->training, emotions->config->reads,
		        chosen, size, (real)options->modality_dropout, &step.rng);
		step.masks = emotions->masks;
	}
	real loss = shards_gradients(trainer->shards, size, shard_loss, &step);
	if (options->modulate > 0 && !pretrains(trainer))
		modulate(&emotions->modulation, trainer->params, size, &step.rng);
	return loss;
}

/* ---- the lesson -------------------------------------------------------------------- */

static double validate(Trainer *trainer)
{
	int classes = emotions_of(trainer)->config->classes;
	ArenaMark mark = arena_mark(trainer->arena);
	Tensor probabilities = predict_all(
	        trainer->arena, trainer->shards, trainer->validation, classes, NULL);
	Error why;
	if (!answers_check(probabilities.data, tensor_count(probabilities),
	            "the validation split", &why))
		trainer_diverge(trainer, why.text);
	Confusion confusion =
	        confusion_of(trainer->arena, probabilities, trainer->validation);
	Metrics metrics = metrics_from(&confusion);
	arena_rewind(trainer->arena, mark);
	return metrics_select(&metrics, trainer->options.select);
}

Trainer *trainer_new(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool)
{
	Emotions *emotions = ARENA_NEW(params->arena, Emotions);
	Lesson lesson = {
		.score = options->select == SELECT_F1 ? "weighted F1" : "UAR",
		.build = model_replica,
		.config = config,
		.state = emotions,
		.gradients = batch_gradients,
		.validate = validate,
		.settles = pretrains,
		.end = give_back_frozen,
	};
	Trainer *trainer =
	        trainer_begin(params, &lesson, training, validation, options, pool);
	Arena *arena = trainer->arena;
	*emotions = (Emotions){
		.config = config,
		.masks = ARENA_ARRAY(arena, ModalitySet, (size_t)options->batch),
		.held_out = ARENA_ARRAY(arena, real, (size_t)options->batch),
	};
	if (options->modulate > 0)
		emotions->modulation =
		        modulation_new(arena, config, options->batch, options->modulate);
	if (options->class_weights)
		emotions->class_weights =
		        balanced_weights(arena, training, config->classes);
	return trainer;
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
