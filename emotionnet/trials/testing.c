/* testing.c: answers of any kind of model, held against the labels. */
#include "emotionnet/trials/testing.h"

#include "tensor/clock.h"
#include "tensor/sort.h"

#include <math.h>
#include <time.h>

/* Latency: so many single utterances, after a few that only warm the caches. */
enum { TIMED = 200, WARM = 3 };

size_t testing_numbers(const Trial *trial, int utterances)
{
	return (size_t)utterances * (size_t)trial->prepared->frontend.labels.count;
}

Corpus testing_corpus(const Trial *trial, Arena *arena)
{
	Corpus corpus = *trial->corpus;
	corpus.utterances = ARENA_ARRAY(arena, Utterance, (size_t)corpus.count);
	corpus.count = 0;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		const Dataset *data = &trial->prepared->data[split];
		for (int i = 0; i < data->count; i++) {
			const Example *example = &data->items[i];
			if (!example->copy)
				corpus.utterances[corpus.count++] =
				        trial->corpus->utterances[example->utterance];
		}
	}
	return corpus;
}

/* A thread's own where it runs a cell by itself, else the program's. */
double testing_cpu(const Pool *pool)
{
	struct timespec now;
	clock_gettime(pool_threads(pool) == 1 ? CLOCK_THREAD_CPUTIME_ID
	                                      : CLOCK_PROCESS_CPUTIME_ID,
	        &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- telling what came of a test --------------------------------------------------- */

static Outcome outcome_of(const Trial *trial, const float *probabilities, Arena *scratch)
{
	const Dataset *test = &trial->conditions->plain.data;
	int classes = trial->prepared->frontend.labels.count;
	Confusion confusion = confusion_new(scratch, classes);
	for (int i = 0; i < test->count; i++) {
		const float *p = probabilities + (size_t)i * (size_t)classes;
		confusion_add(&confusion, test->items[i].label, answer_of(p, classes));
	}
	Metrics metrics = metrics_from(&confusion);
	return (Outcome){ true, metrics.accuracy, metrics.uar, metrics.macro_f1 };
}

/* Nearest rank: the smallest time that so large a share does not exceed. */
static double rank(const double sorted[], int count, int percent)
{
	int place = (count * percent + 99) / 100 - 1;
	return count ? sorted[place < 0 ? 0 : place] : 0;
}

void testing_ranks(Costs *costs, double milliseconds[], int count)
{
	sort_doubles(milliseconds, count);
	costs->latency_p50 = rank(milliseconds, count, 50);
	costs->latency_p95 = rank(milliseconds, count, 95);
}

void testing_time(Costs *costs, Answer *answer, const void *model, int tests)
{
	double times[TIMED];
	int count = tests < TIMED ? tests : TIMED;
	for (int i = 0; i < WARM && i < count; i++)
		answer(model, i);
	for (int i = 0; i < count; i++) {
		double start = seconds_now();
		answer(model, i);
		times[i] = 1000 * (seconds_now() - start);
	}
	testing_ranks(costs, times, count);
}

/* The temperature from answers to the validation split. */
static double temperature_of(
        const Trial *trial, const float *probabilities, Arena *scratch)
{
	const Dataset *validation = &trial->prepared->data[SPLIT_VALIDATION];
	int *labels = ARENA_ARRAY(scratch, int, (size_t)validation->count);
	for (int i = 0; i < validation->count; i++)
		labels[i] = validation->items[i].label;
	return calibration_temperature(probabilities, labels, validation->count,
	        trial->prepared->frontend.labels.count);
}

static bool all_numbers(const float x[], size_t count)
{
	int bad = 0;
	for (size_t i = 0; i < count; i++)
		bad |= !isfinite(x[i]);
	return !bad;
}

CellResult testing_run(Cell *cell, Arena *arena, const Trial *trial, AnswerAll *answer,
        const void *model, Error *error)
{
	const Conditions *conditions = trial->conditions;
	int tests = conditions->plain.data.count;
	float *plain = ARENA_ARRAY(arena, float, testing_numbers(trial, tests));
	answer(model, &conditions->plain, plain);
	bool good = all_numbers(plain, testing_numbers(trial, tests));
	cell->probabilities = plain;
	Outcome *outcomes = ARENA_ARRAY(arena, Outcome, (size_t)conditions->count);
	Arena *scratch = arena_new("test");
	float *changed = ARENA_ARRAY(scratch, float, testing_numbers(trial, tests));
	for (int i = 0; i < conditions->count; i++) {
		const TestSet *set = &conditions->items[i];
		if (!condition_concerns(&set->condition, trial->strategy->reads))
			continue;
		answer(model, set, changed);
		good &= all_numbers(changed, testing_numbers(trial, tests));
		outcomes[i] = outcome_of(trial, changed, scratch);
	}
	cell->outcomes = outcomes;
	arena_free(scratch);
	if (!good)
		error_set(error, ANSWERS_NONE, cell->strategy);
	return good ? CELL_DONE : CELL_FAILED;
}

CellResult testing_calibrate(Cell *cell, const Trial *trial, AnswerAll *answer,
        const void *model, Error *error)
{
	Arena *scratch = arena_new("validation");
	const Dataset *validation = &trial->prepared->data[SPLIT_VALIDATION];
	TestSet set = { .data = *validation };
	const char **text = ARENA_ARRAY(scratch, const char *, (size_t)validation->count);
	for (int i = 0; i < validation->count; i++)
		text[i] = trial->corpus->utterances[validation->items[i].utterance].text;
	set.text = text;
	float *answers =
	        ARENA_ARRAY(scratch, float, testing_numbers(trial, validation->count));
	answer(model, &set, answers);
	bool good = all_numbers(answers, testing_numbers(trial, validation->count));
	cell->temperature = temperature_of(trial, answers, scratch);
	arena_free(scratch);
	if (!good)
		error_set(error, ANSWERS_NONE, cell->strategy);
	return good ? CELL_DONE : CELL_FAILED;
}
