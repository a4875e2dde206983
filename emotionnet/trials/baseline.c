/* baseline.c: p = softmax(x W + b) on counts of words x, fitted by AdamW. Of the thousands
 * of words a sentence has a few: all that is done is done with their rows of W alone
 * (layers/embedding_bag.h), and an epoch takes time by the words that are read. */
#include "emotionnet/trials/baseline.h"
#include "autograd/ops.h"
#include "layers/embedding_bag.h"
#include "layers/loss.h"
#include "optim/adam.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"

#include <string.h>

enum { BATCH = 64 };

BaselineSettings baseline_defaults(void)
{
	return (BaselineSettings){
		.bag = { .words = 1, .minimum = 2 },
		.epochs = 60,
		.patience = 10,
		.rate = 1e-2,
		.decay = 1e-2,
		.seed = 1,
	};
}

/* The sentences of a split that have text and a known label. */
typedef struct Sentences {
	Bag *bags;   /* `count` of them */
	int *labels; /* (count) */
	int count;
} Sentences;

static bool takes_part(const Labels *labels, const Utterance *u, Split split)
{
	return u->split == split && *u->text && labels_index(labels, u->label) >= 0;
}

static Sentences sentences_of(
        const Baseline *baseline, Arena *arena, const Corpus *corpus, Split split)
{
	size_t most = (size_t)corpus_count(corpus, split);
	Sentences sentences = {
		.bags = ARENA_ARRAY(arena, Bag, most),
		.labels = ARENA_ARRAY(arena, int, most),
	};
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (!takes_part(&baseline->labels, u, split))
			continue;
		sentences.bags[sentences.count] = bag_of(&baseline->bag, arena, u->text);
		sentences.labels[sentences.count++] =
		        labels_index(&baseline->labels, u->label);
	}
	return sentences;
}

/* --- prediction --------------------------------------------------------------------- */

static Var *logits_of(const Baseline *baseline, Tape *tape, int count, const Bag bags[])
{
	size_t total = 0;
	for (int b = 0; b < count; b++)
		total += (size_t)bags[b].count;
	int *ends = ARENA_ARRAY(tape->arena, int, (size_t)count);
	int *ids = ARENA_ARRAY(tape->arena, int, total);
	real *weights = ARENA_ARRAY(tape->arena, real, total);
	for (int b = 0, end = 0; b < count; b++) {
		for (int i = 0; i < bags[b].count; i++, end++) {
			ids[end] = bags[b].ids[i];
			weights[end] = bags[b].weights[i];
		}
		ends[b] = end;
	}
	Bags all = { count, ends, ids, weights };
	return op_add(tape, embedding_bag_forward(baseline->weight, tape, &all),
	        baseline->bias);
}

static Confusion measure(
        const Baseline *baseline, Arena *arena, const Sentences *sentences)
{
	Confusion confusion = confusion_new(arena, baseline->labels.count);
	Arena *step = arena_new("baseline, step");
	Tape tape = tape_new(step);
	tape.recording = false;
	for (int i = 0; i < sentences->count; i += BATCH) {
		int left = sentences->count - i, count = left < BATCH ? left : BATCH;
		Var *logits = logits_of(baseline, &tape, count, sentences->bags + i);
		for (int b = 0; b < count; b++)
			confusion_add(&confusion, sentences->labels[i + b],
			        tensor_argmax(tensor_row(logits->value, b)));
		tape_reset(&tape);
	}
	arena_free(step);
	return confusion;
}

Confusion baseline_evaluate(
        const Baseline *baseline, Arena *arena, const Corpus *corpus, Split split)
{
	Arena *scratch = arena_new("baseline, sentences");
	Sentences sentences = sentences_of(baseline, scratch, corpus, split);
	Confusion confusion = measure(baseline, arena, &sentences);
	arena_free(scratch);
	return confusion;
}

void baseline_predict(const Baseline *baseline, const char *text, float probabilities[])
{
	Arena *step = arena_new("baseline, step");
	Tape tape = tape_new(step);
	tape.recording = false;
	Bag bag = bag_of(&baseline->bag, step, text);
	const Var *p = op_softmax(&tape, logits_of(baseline, &tape, 1, &bag));
	for (int c = 0; c < baseline->labels.count; c++)
		probabilities[c] = (float)p->value.data[c];
	arena_free(step);
}

/* --- training ----------------------------------------------------------------------- */

/* False: it diverged, and a loss or a weight is no number. */
static bool train_epoch(const Baseline *baseline, Adam *adam, const Sentences *sentences,
        const CrossEntropy *loss, Rng *rng)
{
	bool good = true;
	Arena *step = arena_new("baseline, step"), *kept = arena_new("baseline, order");
	Tape tape = tape_new(step);
	int *order = ARENA_ARRAY(kept, int, (size_t)sentences->count);
	rng_permutation(rng, sentences->count, order);
	for (int i = 0; i < sentences->count && good; i += BATCH) {
		int left = sentences->count - i, count = left < BATCH ? left : BATCH;
		Bag bags[BATCH];
		int labels[BATCH];
		for (int b = 0; b < count; b++) {
			bags[b] = sentences->bags[order[i + b]];
			labels[b] = sentences->labels[order[i + b]];
		}
		Var *logits = logits_of(baseline, &tape, count, bags);
		params_zero_grad(&baseline->params);
		Var *mean = loss_cross_entropy(&tape, logits, labels, loss);
		tape_backward(&tape, mean);
		adam_step(adam);
		good = tensor_finite(mean->value);
		tape_reset(&tape);
	}
	good = good && tensor_finite(baseline->weight->value) &&
	       tensor_finite(baseline->bias->value);
	arena_free(kept);
	arena_free(step);
	return good;
}

/* Weights that make the classes count alike: the mean over the sentences is 1. */
static const real *class_weights(Arena *arena, const Sentences *sentences, int classes)
{
	real *weights = ARENA_ARRAY(arena, real, (size_t)classes);
	for (int i = 0; i < sentences->count; i++)
		weights[sentences->labels[i]] += 1;
	for (int c = 0; c < classes; c++)
		if (weights[c] > 0)
			weights[c] =
			        (real)sentences->count / ((real)classes * weights[c]);
	return weights;
}

static double score_of(const Baseline *baseline, const Sentences *validation, int select)
{
	Arena *scratch = arena_new("baseline, score");
	Confusion confusion = measure(baseline, scratch, validation);
	Metrics metrics = metrics_from(&confusion);
	arena_free(scratch);
	return metrics_select(&metrics, select);
}

/* The weights of the best epoch are kept; without a validation split, those of the
 * last. */
static bool train(Baseline *baseline, Arena *scratch, const Sentences *training,
        const Sentences *validation, const BaselineSettings *settings, Error *error)
{
	CrossEntropy loss = { .class_weights = NULL };
	if (settings->class_weights)
		loss.class_weights =
		        class_weights(scratch, training, baseline->labels.count);
	Adam adam = adam_new(scratch, &baseline->params, settings->rate);
	adam.decay = settings->decay;
	Tensor weight = tensor_clone(scratch, baseline->weight->value);
	Tensor bias = tensor_clone(scratch, baseline->bias->value);
	Rng rng = rng_new(settings->seed);
	double best = -1;
	for (int epoch = 1; epoch <= settings->epochs; epoch++) {
		if (!train_epoch(baseline, &adam, training, &loss, &rng))
			return error_set(error,
			        "the bag of words diverged in epoch %d. Hint: a smaller --rate (it is %g) or --decay (%g)",
			        epoch, settings->rate, settings->decay);
		double score = validation->count
		                       ? score_of(baseline, validation, settings->select)
		                       : epoch;
		if (score <= best && epoch - baseline->epoch >= settings->patience)
			break;
		if (score <= best)
			continue;
		best = score;
		baseline->epoch = epoch;
		tensor_copy(weight, baseline->weight->value);
		tensor_copy(bias, baseline->bias->value);
	}
	tensor_copy(baseline->weight->value, weight);
	tensor_copy(baseline->bias->value, bias);
	return true;
}

/* The labels and texts of the train split. */
static bool collect(Baseline *baseline, Arena *arena, const Corpus *corpus,
        const BaselineSettings *settings, Error *error)
{
	Corpus only = { .utterances =
		                ARENA_ARRAY(arena, Utterance, (size_t)corpus->count) };
	const char **texts = ARENA_ARRAY(arena, const char *, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != SPLIT_TRAIN || !*u->text)
			continue;
		texts[only.count] = u->text;
		only.utterances[only.count++] = *u;
	}
	baseline->labels = corpus_labels(&only, SPLIT_TRAIN, arena);
	if (baseline->labels.count < 2)
		return error_set(error,
		        "%s: expected sentences of two labels at least in the train split, found %d sentences of %d",
		        corpus->source, only.count, baseline->labels.count);
	baseline->bag = bag_fit(arena, settings->bag, only.count, texts);
	return true;
}

bool baseline_fit(Baseline *baseline, Arena *arena, const Corpus *corpus,
        const BaselineSettings *settings, Error *error)
{
	*baseline = (Baseline){ .epoch = 0 };
	if (!collect(baseline, arena, corpus, settings, error))
		return false;
	/* All weights 0 at first: the problem is convex, so nothing has to be broken
	 * up. */
	baseline->params = params_new(arena);
	int classes = baseline->labels.count;
	baseline->weight = embedding_bag_new(&baseline->params, "baseline",
	        baseline->bag.vocabulary.words.count, classes);
	baseline->bias =
	        params_add(&baseline->params, "baseline", "bias", SHAPE(classes));

	Arena *scratch = arena_new("baseline, sentences");
	Sentences training = sentences_of(baseline, scratch, corpus, SPLIT_TRAIN);
	Sentences validation = sentences_of(baseline, scratch, corpus, SPLIT_VALIDATION);
	bool done = train(baseline, scratch, &training, &validation, settings, error);
	arena_free(scratch);
	return done;
}
