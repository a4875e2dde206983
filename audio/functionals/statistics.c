/* Of the n values x at their times t, those that are not there left out:
 *
 *     deviation = sqrt(sum (x - x')^2 / n)
 *     slope = sum (t - t')(x - x') / sum (t - t')^2
 *
 * with x' and t' the means. Each sum is over the distances from the mean, in two passes,
 * so that nothing cancels. */
#include "audio/functionals/statistics.h"
#include "tensor/sort.h"

#include <math.h>
#include <stdbool.h>

enum { REACH = 2 }; /* neighbours of a difference, to either side */

const char *statistic_name(Statistic statistic)
{
	static const char *const names[STATISTICS] = { "mean", "deviation", "p5", "p50",
		"p95", "slope" };
	return names[statistic];
}

void statistics(double out[STATISTICS], Arena *scratch, const double *values, int count,
        double hop)
{
	ArenaMark mark = arena_mark(scratch);
	double *sorted = ARENA_ARRAY(scratch, double, (size_t)count);
	double mean = 0, when = 0, square = 0, product = 0, times = 0;
	int n = 0;
	for (int t = 0; t < count; t++) {
		if (isnan(values[t]))
			continue;
		mean += values[t];
		when += t;
		sorted[n++] = values[t];
	}
	mean /= n;
	when /= n;
	for (int t = 0; t < count; t++) {
		if (isnan(values[t]))
			continue;
		double x = values[t] - mean, time = (t - when) * hop;
		square += x * x;
		product += time * x;
		times += time * time;
	}
	sort_doubles(sorted, n);
	out[STATISTIC_MEAN] = mean;
	out[STATISTIC_DEVIATION] = __builtin_sqrt(square / n);
	out[STATISTIC_P5] = sorted_quantile(sorted, n, 0.05);
	out[STATISTIC_P50] = sorted_quantile(sorted, n, 0.5);
	out[STATISTIC_P95] = sorted_quantile(sorted, n, 0.95);
	out[STATISTIC_SLOPE] = times > 0 ? product / times : n ? 0 : (double)NAN;
	arena_rewind(scratch, mark);
}

void differences(double *out, const double *values, int count, double hop)
{
	for (int t = 0; t < count; t++) {
		double sum = 0, squares = 0;
		for (int n = -REACH; n <= REACH; n++) {
			bool there = t + n >= 0 && t + n < count;
			sum += n * (there ? values[t + n] : (double)NAN);
			squares += n * n;
		}
		out[t] = sum / (squares * hop);
	}
}

void rise_and_fall(double *rise, double *fall, const double *values, int count)
{
	int up = 0, down = 0;
	*rise = *fall = 0;
	for (int t = 0; t < count; t++) {
		if (values[t] > 0) {
			*rise += values[t];
			up++;
		} else if (values[t] < 0) {
			*fall += values[t];
			down++;
		}
	}
	*rise /= up ? up : 1;
	*fall /= down ? down : 1;
}
