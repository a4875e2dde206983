#include "tutorials/05-six-emotions/measure.h"
#include "tensor/rng.h"

#include <stdlib.h>
#include <string.h>

/* [confusion] */
void count_answers(
        int table[], const int truth[], const int answer[], int count, int classes)
{
	memset(table, 0, (size_t)(classes * classes) * sizeof(int));
	for (int i = 0; i < count; i++)
		table[truth[i] * classes + answer[i]]++;
}
/* [/confusion] */

float accuracy_of(const int table[], int classes)
{
	int right = 0, all = 0;
	for (int i = 0; i < classes * classes; i++)
		all += table[i];
	for (int c = 0; c < classes; c++)
		right += table[c * classes + c];
	return (float)right / (float)all;
}

/* [uar] */
float recall_of(const int table[], int c, int classes)
{
	int of_class = 0;
	for (int k = 0; k < classes; k++)
		of_class += table[c * classes + k];
	return of_class ? (float)table[c * classes + c] / (float)of_class : -1;
}

float uar_of(const int table[], int classes)
{
	float sum = 0;
	int there = 0; /* classes that the data have */
	for (int c = 0; c < classes; c++)
		if (recall_of(table, c, classes) >= 0) {
			sum += recall_of(table, c, classes);
			there++;
		}
	return sum / (float)there;
}
/* [/uar] */

/* [redraw] */
/* Draws as many groups as there are, some twice, some not at all. */
static float redraw(const Answers *a, int times[], int table[], Rng *rng)
{
	memset(times, 0, (size_t)a->groups * sizeof(int));
	memset(table, 0, (size_t)(a->classes * a->classes) * sizeof(int));
	for (int g = 0; g < a->groups; g++)
		times[rng_below(rng, a->groups)]++;
	for (int i = 0; i < a->count; i++)
		table[a->truth[i] * a->classes + a->answer[i]] += times[a->group[i]];
	return uar_of(table, a->classes);
}
/* [/redraw] */

static int ascending(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return (x > y) - (x < y);
}

void bootstrap(float *low, float *high, const Answers *answers, int draws)
{
	Arena *arena = arena_new("bootstrap");
	float *uar = ARENA_ARRAY(arena, float, (size_t)draws);
	int *times = ARENA_ARRAY(arena, int, (size_t)answers->groups);
	int *table =
	        ARENA_ARRAY(arena, int, (size_t)(answers->classes * answers->classes));
	Rng rng = rng_new(1);
	for (int d = 0; d < draws; d++)
		uar[d] = redraw(answers, times, table, &rng);
	qsort(uar, (size_t)draws, sizeof(float), ascending);
	*low = uar[draws / 40]; /* 2.5 of 100 lie below */
	*high = uar[draws - 1 - draws / 40];
	arena_free(arena);
}
