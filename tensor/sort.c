/* sort.c: qsort with the comparisons that everybody needs. */
#include "tensor/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_int(const void *left, const void *right)
{
	int a = *(const int *)left, b = *(const int *)right;
	return (a > b) - (a < b);
}

static int by_double(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

static int by_bytes(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;
	return strcmp(*a, *b);
}

void sort_ints(int numbers[], int count)
{
	if (count)
		qsort(numbers, (size_t)count, sizeof *numbers, by_int);
}

void sort_doubles(double numbers[], int count)
{
	if (count)
		qsort(numbers, (size_t)count, sizeof *numbers, by_double);
}

void sort_names(const char *names[], int count)
{
	if (count)
		qsort(names, (size_t)count, sizeof *names, by_bytes);
}

/* A counting sort: each place of `first` is where the group's next item goes, at the end
 * where the next group begins; then all are moved up by one. */
void sort_groups(const int group[], int count, int groups, int order[], int first[])
{
	for (int g = 0; g <= groups; g++)
		first[g] = 0;
	for (int i = 0; i < count; i++)
		if (group[i] >= 0)
			first[group[i] + 1]++;
	for (int g = 0; g < groups; g++)
		first[g + 1] += first[g];
	for (int i = 0; i < count; i++)
		if (group[i] >= 0)
			order[first[group[i]]++] = i;
	for (int g = groups; g > 0; g--)
		first[g] = first[g - 1];
	first[0] = 0;
}

double sorted_quantile(const double sorted[], int count, double share)
{
	if (!count)
		return (double)NAN;
	double place = share * (count - 1);
	int below = (int)place, above = below + 1 < count ? below + 1 : below;
	return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
