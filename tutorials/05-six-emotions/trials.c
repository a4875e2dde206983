#include "tutorials/05-six-emotions/trials.h"
#include "tensor/rng.h"
#include "text/bag.h"

#include <string.h>

Examples examples_of(const Set *set)
{
	return (Examples){ set->count, set->x, set->target };
}

void answers_by_sound(int answer[], const Set *train, const Set *test, Plan plan)
{
	Arena *arena = arena_new("by sound");
	Regression model = regression_new(arena, FEATURES, CLASSES);
	regression_train(&model, examples_of(train), plan);
	regression_answer(answer, &model, examples_of(test));
	arena_free(arena);
}

/* (count, words): how often each known word is in each text, divided by the length. */
static float *bags(Arena *arena, const BagModel *known, const Set *set)
{
	const int words = known->vocabulary.words.count;
	float *x = ARENA_ARRAY(arena, float, (size_t)(set->count * words));
	for (int i = 0; i < set->count; i++) {
		Bag bag = bag_of(known, arena, set->text[i]);
		for (int k = 0; k < bag.count; k++)
			x[i * words + bag.ids[k]] = (float)bag.weights[k];
	}
	return x;
}

void answers_by_words(int answer[], const Set *train, const Set *test, Plan plan)
{
	Arena *arena = arena_new("by words");
	const BagSettings settings = { .words = 1, .minimum = 1 };
	const BagModel known = bag_fit(arena, settings, train->count, train->text);
	const float *x = bags(arena, &known, train), *other = bags(arena, &known, test);
	Regression model = regression_new(arena, known.vocabulary.words.count, CLASSES);
	regression_train(&model, (Examples){ train->count, x, train->target }, plan);
	regression_answer(answer, &model, (Examples){ test->count, other, test->target });
	arena_free(arena);
}

void answers_by_majority(int answer[], const Set *train, const Set *test)
{
	int count[CLASSES] = { 0 }, most = 0;
	for (int i = 0; i < train->count; i++)
		count[train->target[i]]++;
	for (int c = 1; c < CLASSES; c++)
		most = count[c] > count[most] ? c : most;
	for (int i = 0; i < test->count; i++)
		answer[i] = most;
}

Score score_of(const int answer[], const Set *test)
{
	Score score;
	count_answers(score.table, test->target, answer, test->count, CLASSES);
	score.accuracy = accuracy_of(score.table, CLASSES);
	score.uar = uar_of(score.table, CLASSES);
	return score;
}

void uar_interval(
        float *low, float *high, const int answer[], const Set *test, bool speakers)
{
	enum { DRAWS = 1000 };
	Arena *arena = arena_new("interval");
	int *group = ARENA_ARRAY(arena, int, (size_t)test->count), groups = 0;
	for (int i = 0; i < test->count; i++) {
		/* a speaker's utterances stand side by side */
		if (i > 0 && (!speakers || test->speaker[i] != test->speaker[i - 1]))
			groups++;
		group[i] = groups;
	}
	const Answers answers = { test->count, CLASSES, groups + 1, test->target, answer,
		group };
	bootstrap(low, high, &answers, DRAWS);
	arena_free(arena);
}

void split_utterances(int part[], const Set *set, uint64_t seed)
{
	Arena *arena = arena_new("split");
	int *order = ARENA_ARRAY(arena, int, (size_t)set->count);
	Rng rng = rng_new(seed);
	rng_permutation(&rng, set->count, order);
	for (int i = 0; i < set->count; i++)
		part[order[i]] = i < set->count / 2;
	arena_free(arena);
}

void split_speakers(int part[], const Set *set, uint64_t seed)
{
	int first[CLASSES]; /* the half of the first speaker of each emotion */
	Rng rng = rng_new(seed);
	for (int e = 0; e < CLASSES; e++)
		first[e] = rng_below(&rng, 2);
	for (int i = 0, s = 0; i < set->count; i++) {
		s += i > 0 && set->speaker[i] != set->speaker[i - 1];
		part[i] = s < CLASSES ? first[s % CLASSES] : 1 - first[s % CLASSES];
	}
}
