/* cell_language.c: what a language model says of the plain test; it is put to no other
 * condition, which would each take as long again. */
#include "emotionnet/trials/cell_language.h"

#include "emotionnet/trials/effort.h"
#include "emotionnet/trials/prompting.h"
#include "emotionnet/score/probe.h"
#include "emotionnet/trials/text_vectors.h"
#include "emotionnet/trials/testing.h"
#include "tensor/arena_peak.h"
#include "tensor/clock.h"
#include "tensor/file/hash.h"

#include <string.h>

/* How strongly the probe is held small. */
static const ProbeOptions probe_held = { .loose = 0.01, .steps = 400 };

enum { STREAM_SHOTS = 77, STREAM_SHOT_ORDER };

/* ---- texts and labels -------------------------------------------------------------- */

typedef struct Texts {
	const char **items;
	int *labels;
	int count;
} Texts;

/* What was said, and, in a prompt, how, if that is told. */
static const char *text_of(const Trial *trial, Arena *arena, const Example *example)
{
	const Strategy *strategy = trial->strategy;
	const char *text = trial->corpus->utterances[example->utterance].text;
	const char *const *heard = language_rows_heard(strategy->language);
	if (!heard || strategy->kind != STRATEGY_PROMPT || !*heard[example->utterance])
		return text;
	return arena_format(arena, "%s %s", text, heard[example->utterance]);
}

/* Of a split, as all strategies read it. */
static Texts texts_of(const Trial *trial, Arena *arena, Split split)
{
	const Dataset *data = &trial->prepared->data[split];
	Texts texts = { ARENA_ARRAY(arena, const char *, (size_t)data->count),
		ARENA_ARRAY(arena, int, (size_t)data->count), 0 };
	for (int i = 0; i < data->count; i++) {
		if (data->items[i].copy)
			continue;
		texts.items[texts.count] = text_of(trial, arena, &data->items[i]);
		texts.labels[texts.count++] = data->items[i].label;
	}
	return texts;
}

static uint64_t numbers_of(const LanguageRows *rows)
{
	return params_bytes(language_rows_params(rows)) / sizeof(real);
}

static Outcome *no_outcomes(const Trial *trial, Arena *arena)
{
	return ARENA_ARRAY(arena, Outcome, (size_t)trial->conditions->count);
}

/* ---- prompts ----------------------------------------------------------------------- */

/* `shots` examples of each label that the training split has, by the seed; in an order by
 * the seed. */
static void draw_shots(Asked *asked, Arena *arena, const Trial *trial, int shots)
{
	Texts texts = texts_of(trial, arena, SPLIT_TRAIN);
	int classes = asked->labels->count;
	int *order = ARENA_ARRAY(arena, int, (size_t)texts.count);
	int *taken = ARENA_ARRAY(arena, int, (size_t)classes);
	int *chosen = ARENA_ARRAY(arena, int, (size_t)(classes * shots));
	const char **items = ARENA_ARRAY(arena, const char *, (size_t)(classes * shots));
	int *labels = ARENA_ARRAY(arena, int, (size_t)(classes * shots));
	int count = 0;
	Rng rng = rng_new(trial->seed), draws = rng_split(&rng, STREAM_SHOTS);
	rng_permutation(&draws, texts.count, order);
	for (int i = 0; i < texts.count; i++) {
		int label = texts.labels[order[i]];
		if (taken[label] < shots) {
			taken[label]++;
			chosen[count++] = order[i];
		}
	}
	int *places = ARENA_ARRAY(arena, int, (size_t)count);
	draws = rng_split(&rng, STREAM_SHOT_ORDER);
	rng_permutation(&draws, count, places);
	for (int i = 0; i < count; i++) {
		items[i] = texts.items[chosen[places[i]]];
		labels[i] = texts.labels[chosen[places[i]]];
	}
	asked->shots = items;
	asked->shot_labels = labels;
	asked->shot_count = count;
}

static Asked asked_of(const Trial *trial, Arena *arena)
{
	const Strategy *strategy = trial->strategy;
	Asked asked = { .prompt = strategy->prompt,
		.less_empty = strategy->less_empty,
		.labels = &trial->prepared->frontend.labels };
	if (strategy->shots)
		draw_shots(&asked, arena, trial, strategy->shots);
	return asked;
}

enum { TIMED = 10 };

/* Once the prompt's head and its examples are read, as a program would keep them. */
static void time_prompt(
        Costs *costs, const Trial *trial, const Asked *asked, const Texts *texts)
{
	double times[TIMED];
	int count = texts->count < TIMED ? texts->count : TIMED;
	Pool *alone = pool_new(1);
	prompting_time(
	        trial->strategy->language, asked, texts->items, count, alone, times);
	pool_free(alone);
	testing_ranks(costs, times, count);
}

CellResult cell_prompt(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	(void)progress;
	Texts texts = texts_of(trial, arena, SPLIT_TEST);
	int tests = texts.count;
	Asked asked = asked_of(trial, arena);
	if (!prompting_fits(trial->strategy->language, &asked, error))
		return CELL_FAILED;
	float *answers = ARENA_ARRAY(arena, float, testing_numbers(trial, tests));
	cell->fingerprint = cell_language_hash(trial, arena, pool);
	LanguageRows *rows = trial->strategy->language;
	AskedCosts took;
	if (!prompting_answer(
	            rows, &asked, texts.items, tests, pool, trial->stop, answers, &took))
		return CELL_STOPPED;
	cell->probabilities = answers;
	cell->outcomes = no_outcomes(trial, arena);
	cell->costs = (Costs){ .parameters = numbers_of(rows),
		.memory = took.memory,
		.cpu_seconds = took.cpu_seconds,
		.asked = true,
		.disk = language_rows_file(rows)->bytes.size };
	int counted = effort_counted(tests);
	effort_keep(&cell->costs, prompting_work(rows, &asked, texts.items, counted),
	        counted);
	time_prompt(&cell->costs, trial, &asked, &texts);
	return CELL_DONE;
}

/* ---- the probe --------------------------------------------------------------------- */

typedef struct Probed {
	const Trial *trial;
	const Probe *probe;
	Pool *pool;
} Probed;

static void answer_vectors(const Probe *probe, Tensor vectors, float *probabilities)
{
	for (int i = 0; i < vectors.shape[0]; i++)
		probe_answer(probe, tensor_row(vectors, i).data,
		        probabilities + (size_t)i * (size_t)probe->classes);
}

static void probe_set(const void *model, const TestSet *set, float *probabilities)
{
	const Probed *probed = model;
	Tensor vectors = text_vectors_once(probed->trial->strategy->language, set->text,
	        set->data.count, probed->pool);
	answer_vectors(probed->probe, vectors, probabilities);
}

static void probe_one(const void *model, int index)
{
	const Probed *probed = model;
	float answers[256];
	if (probed->probe->classes > 256)
		return;
	Arena *scratch = arena_new("a text's vector");
	Tensor vector = text_vectors(scratch, probed->trial->strategy->language,
	        probed->trial->conditions->plain.text + index, 1, probed->pool);
	answer_vectors(probed->probe, vector, answers);
	arena_free(scratch);
}

/* A text's tokens through the model, and their mean through one layer of so many numbers. */
static void count_probe(Costs *costs, const Trial *trial, uint64_t learnt)
{
	const LanguageRows *rows = trial->strategy->language;
	const TestSet *test = &trial->conditions->plain;
	Arena *scratch = arena_new("tokens");
	int counted = effort_counted(test->data.count);
	TapeWork sum = { 2.0 * (double)learnt * counted,
		(double)(learnt * sizeof(real)) * counted };
	for (int i = 0; i < counted; i++) {
		int tokens = text_tokens(rows, scratch, test->text[i]).count;
		sum = effort_sum(sum, effort_of_language(rows, 0, tokens, 0));
	}
	arena_free(scratch);
	effort_keep(costs, sum, counted);
}

CellResult cell_probe(Cell *cell, Arena *arena, const Trial *trial, Pool *pool,
        const Progress *progress, Error *error)
{
	(void)progress;
	Arena *own = arena_new("probe");
	Texts training = texts_of(trial, own, SPLIT_TRAIN);
	int tests = trial->conditions->plain.data.count;
	LanguageRows *rows = trial->strategy->language;
	cell->fingerprint = cell_language_hash(trial, arena, pool);
	double start = seconds_now(), cpu = testing_cpu(pool);
	Tensor vectors = text_vectors(own, rows, training.items, training.count, pool);
	Probe probe = probe_fit(own, vectors, training.labels,
	        trial->prepared->frontend.labels.count, probe_held);
	cell->costs.train_seconds = seconds_now() - start;
	cell->costs.cpu_seconds = testing_cpu(pool) - cpu;
	cell->costs.memory = arena_peak_all(own);
	cell->costs.disk = language_rows_file(rows)->bytes.size +
	                   tensor_count(probe.weights) * sizeof(real);
	Probed probed = { .trial = trial, .probe = &probe, .pool = pool };
	CellResult result = testing_calibrate(cell, trial, probe_set, &probed, error);
	float *answers = ARENA_ARRAY(arena, float, testing_numbers(trial, tests));
	probe_set(&probed, &trial->conditions->plain, answers);
	cell->probabilities = answers;
	cell->outcomes = no_outcomes(trial, arena);
	uint64_t learnt = tensor_count(probe.weights) + tensor_count(probe.biases);
	cell->costs.parameters = numbers_of(rows) + learnt;
	count_probe(&cell->costs, trial, learnt);
	probed.pool = pool_new(1);
	testing_time(&cell->costs, probe_one, &probed, tests);
	pool_free(probed.pool);
	arena_free(own);
	return result;
}

/* ---- fingerprints ------------------------------------------------------------------ */

uint64_t cell_language_hash(const Trial *trial, Arena *arena, Pool *pool)
{
	(void)pool;
	const Strategy *strategy = trial->strategy;
	uint64_t file = language_rows_hash(strategy->language);
	uint64_t hash = hash_bytes(HASH_BEGIN, &file, sizeof file);
	if (strategy->kind != STRATEGY_PROMPT)
		return hash_text(hash, strategy->name);
	Asked asked = asked_of(trial, arena);
	hash = hash_text(hash, prompts[asked.prompt].head);
	hash = hash_text(hash, prompts[asked.prompt].item);
	return hash_texts(hash, asked.shots, asked.shot_count);
}
