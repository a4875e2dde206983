/* sort.h: numbers and names, brought into growing order where they stand. */
#ifndef TENSOR_SORT_H
#define TENSOR_SORT_H

void sort_ints(int numbers[], int count);
void sort_doubles(double numbers[], int count);  /* without NaN */
void sort_names(const char *names[], int count); /* by their bytes */

/* Brings items together by their groups, each group in the order of its items: those of
 * group g are order[first[g]] to order[first[g + 1] - 1]. group[i] < 0: item i is in
 * none. `first` has groups + 1 places. */
void sort_groups(const int group[], int count, int groups, int order[], int first[]);

/* The value below which `share` of the sorted numbers lie; between two of them on the
 * straight line, as NumPy does it. NaN of none. */
double sorted_quantile(const double sorted[], int count, double share);

#endif
