#include "emotionnet/train.h"

#include "layers/loss.h"
#include "optim/adam.h"
#include "optim/clip.h"
#include "tensor/reduce.h"

#include <stdio.h>
#include <string.h>

/* Streams of random numbers that training draws from; the model's own are apart (model.c). */
enum { STREAM_MODEL, STREAM_ORDER, STREAM_STEP };

TrainOptions train_defaults(void)
{
	return (TrainOptions){
		.epochs = 60,
		.batch = 16,
		.patience = 20,
		.rate = 1e-3,
		.clip = 5,
		.seed = 1,
	};
}

/* ---- one model on many threads ----------------------------------------------------------------- */

static void *build_replica(Arena *arena, Params *params, const void *config)
{
	Rng unused =
	        rng_new(0); /* a replica draws nothing: its values are the original's */
	return model_new(arena, params, config, &unused);
}

Shards *model_shards(Arena *arena, Pool *pool, const Params *params,
        const ModelConfig *config, int batch)
{
	return shards_new(arena, pool, params, batch, build_replica, config);
}

/* ---- prediction -------------------------------------------------------------------------------- */

typedef struct Prediction {
	const Dataset *data;
	const BatchMask *mask;
	Tensor probabilities; /* (N,classes) */
} Prediction;

static void predict_shard(
        void *context, const void *model, Tape *tape, int begin, int end)
{
	const Prediction *prediction = context;
	int chosen[SHARD_SIZE];
	BatchMask masks[SHARD_SIZE];
	for (int i = begin; i < end; i++) {
		chosen[i - begin] = i;
		masks[i - begin] =
		        prediction->mask ? *prediction->mask : (BatchMask){ 0 };
	}
	Batch batch =
	        batch_make(tape->arena, prediction->data, chosen, end - begin, masks);
	Var *logits = model_logits(model, tape, &batch, NULL);
	tensor_softmax(
	        tensor_slice(prediction->probabilities, begin, end), logits->value);
}

Tensor predict_all(Arena *arena, Shards *shards, const Dataset *data, int classes,
        const BatchMask *mask)
{
	Prediction prediction = {
		.data = data,
		.mask = mask,
		.probabilities = tensor_new(arena, SHAPE(data->count, classes)),
	};
	shards_infer(shards, data->count, predict_shard, &prediction);
	return prediction.probabilities;
}

Confusion confusion_of(Arena *arena, Tensor probabilities, const Dataset *data)
{
	int classes = probabilities.shape[1];
	Confusion confusion = confusion_new(arena, classes);
	for (int i = 0; i < data->count; i++) {
		const real *p = tensor_row(probabilities, i).data;
		int best = 0;
		for (int c = 1; c < classes; c++)
			if (p[c] > p[best])
				best = c;
		if (data->items[i].label >= 0)
			confusion_add(&confusion, data->items[i].label, best);
	}
	return confusion;
}

/* ---- one step ---------------------------------------------------------------------------------- */

typedef struct Step {
	const Dataset *data;
	const int *chosen;      /* the batch's examples */
	const BatchMask *masks; /* what each of them loses, or NULL */
	CrossEntropy loss;
	Rng rng; /* each shard splits its own stream off */
} Step;

static Var *shard_loss(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Step *step = context;
	Rng rng = rng_split(&step->rng, (uint64_t)begin);
	Batch batch = batch_make(tape->arena, step->data, step->chosen + begin,
	        end - begin, step->masks ? step->masks + begin : NULL);
	Var *logits = model_logits(model, tape, &batch, &rng);
	return loss_cross_entropy(tape, logits, batch.labels, &step->loss);
}

/* Each utterance loses the words or the sound with chance p, never both (Neverova et al. 2016). */
static void draw_masks(BatchMask *masks, const Dataset *data, const int *chosen,
        int count, real p, Rng *rng)
{
	for (int i = 0; i < count; i++) {
		const Example *example = &data->items[chosen[i]];
		bool loses = rng_uniform(rng) < p, words = rng_below(rng, 2) == 0;
		bool both = example->words > 0 && example->frames.shape[0] > 0;
		masks[i].text = both && loses && words;
		masks[i].speech = both && loses && !words;
	}
}

/* w_c = N / (C n_c): every class weighs alike (King & Zeng 2001). A class without examples weighs nothing. */
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

/* ---- all epochs -------------------------------------------------------------------------------- */

typedef struct Trainer {
	Arena *arena;
	Params *params;
	const ModelConfig *config;
	const TrainOptions *options;
	const Dataset *training, *validation;
	Shards *shards;
	Adam adam;
	const real *weights; /* of the classes, or NULL */
	int *order;          /* of the training examples in this epoch */
	BatchMask *masks;    /* of one batch */
	Rng rng;
} Trainer;

static double train_epoch(Trainer *trainer, int epoch)
{
	const TrainOptions *options = trainer->options;
	Rng shuffle = rng_split(&trainer->rng, STREAM_ORDER);
	shuffle = rng_split(&shuffle, (uint64_t)epoch);
	rng_permutation(&shuffle, trainer->training->count, trainer->order);

	Rng draws = rng_split(&trainer->rng, STREAM_STEP);
	draws = rng_split(&draws, (uint64_t)epoch);
	double total = 0;
	int count = trainer->training->count;
	for (int begin = 0; begin < count; begin += options->batch) {
		int size =
		        count - begin < options->batch ? count - begin : options->batch;
		const int *chosen = trainer->order + begin;
		Step step = {
			.data = trainer->training,
			.chosen = chosen,
			.loss = { .class_weights = trainer->weights,
			        .smoothing = (real)options->smoothing },
			.rng = rng_split(&draws, (uint64_t)begin),
		};
		for (int i = 0; i < size; i++)
			step.loss.total_weight +=
			        trainer->weights
			                ? trainer->weights[trainer->training
			                                           ->items[chosen[i]]
			                                           .label]
			                : 1;
		if (options->modality_dropout > 0) {
			draw_masks(trainer->masks, trainer->training, chosen, size,
			        (real)options->modality_dropout, &step.rng);
			step.masks = trainer->masks;
		}
		real loss = shards_gradients(trainer->shards, size, shard_loss, &step);
		if (options->clip > 0)
			clip_norm(trainer->params, options->clip);
		adam_step(&trainer->adam);
		total += (double)loss * size;
	}
	return total / count;
}

static double validate(Trainer *trainer)
{
	ArenaMark mark = arena_mark(trainer->arena);
	Tensor probabilities = predict_all(trainer->arena, trainer->shards,
	        trainer->validation, trainer->config->classes, NULL);
	Confusion confusion =
	        confusion_of(trainer->arena, probabilities, trainer->validation);
	Metrics metrics = metrics_from(&confusion);
	arena_rewind(trainer->arena, mark);
	return trainer->options->select_f1 ? metrics.weighted_f1 : metrics.uar;
}

/* All values of all parameters, one after the other. */
static void copy_values(const Params *params, real *values, bool restore)
{
	for (int i = 0; i < params->count; i++) {
		Tensor value = params->items[i]->value;
		size_t size = tensor_count(value) * sizeof(real);
		memcpy(restore ? value.data : values, restore ? values : value.data,
		        size);
		values += tensor_count(value);
	}
}

static size_t count_values(const Params *params)
{
	size_t count = 0;
	for (int i = 0; i < params->count; i++)
		count += tensor_count(params->items[i]->value);
	return count;
}

static TrainResult run(Trainer *trainer, const Progress *progress)
{
	const TrainOptions *options = trainer->options;
	size_t size = count_values(trainer->params);
	real *best = arena_alloc(trainer->arena, size * sizeof(real));
	TrainResult result = { .score = -1 };
	bool validates = trainer->validation->count > 0;
	for (int epoch = 1; epoch <= options->epochs; epoch++) {
		result.loss = train_epoch(trainer, epoch);
		result.epochs = epoch;
		char text[96];
		int used = snprintf(text, sizeof text, "loss %.4f", result.loss);
		if (validates) {
			double score = validate(trainer);
			if (score > result.score) {
				result.score = score;
				result.best = epoch;
				copy_values(trainer->params, best, false);
			}
			snprintf(text + used, sizeof text - (size_t)used,
			        ", validation %s %.3f, best %.3f in epoch %d",
			        options->select_f1 ? "weighted F1" : "UAR", score,
			        result.score, result.best);
		}
		progress_show(progress, epoch, options->epochs, text);
		if (validates && options->patience &&
		        epoch - result.best >= options->patience)
			break;
	}
	if (validates)
		copy_values(trainer->params, best, true);
	else
		result = (TrainResult){ .epochs = result.epochs,
			.best = result.epochs,
			.loss = result.loss };
	progress_end(progress);
	return result;
}

TrainResult train(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool,
        const Progress *progress)
{
	if (training->count < 1)
		error_stop(HERE, "train", "the training split is empty");
	double start = seconds_now();
	Arena *arena = arena_child(params->arena, "training");
	Trainer trainer = {
		.arena = arena,
		.params = params,
		.config = config,
		.options = options,
		.training = training,
		.validation = validation,
		.shards = model_shards(arena, pool, params, config, options->batch),
		.adam = adam_new(arena, params, options->rate),
		.order = ARENA_ARRAY(arena, int, (size_t)training->count),
		.masks = ARENA_ARRAY(arena, BatchMask, (size_t)options->batch),
		.rng = rng_new(options->seed),
	};
	if (options->class_weights)
		trainer.weights = balanced_weights(arena, training, config->classes);
	TrainResult result = run(&trainer, progress);
	shards_free(trainer.shards);
	arena_free(arena);
	result.seconds = seconds_now() - start;
	return result;
}
