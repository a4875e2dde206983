/* Marks stand at 1, 2 or 5 times a power of ten. Numbers are made by one rounding from
 * whole ones, so that 0.3 is 0.3 and no sum of three tenths. */
#include "tensor/plot/axis.h"
#include "tensor/elementary.h"

#include <math.h>

PlotRange plot_range_empty(void)
{
	return (PlotRange){ .low = 1, .high = 0 };
}

bool plot_drawable(double x)
{
	return x >= -1e30 && x <= 1e30;
}

void plot_range_add(PlotRange *range, double x)
{
	if (!plot_drawable(x))
		return;
	if (!range->count || x < range->low)
		range->low = x;
	if (!range->count || x > range->high)
		range->high = x;
	range->count++;
}

/* 10^n for n >= 0; exact up to 22. */
static double power_of_ten(int n)
{
	double power = 1;
	while (n-- > 0)
		power *= 10;
	return power;
}

/* n 10^exponent, rounded once where the power is exact. */
static double scaled(double n, int exponent)
{
	return exponent >= 0 ? n * power_of_ten(exponent) : n / power_of_ten(-exponent);
}

PlotAxis plot_axis(PlotRange range, int steps)
{
	double low = range.low, high = range.high;
	double least = fmax(fabs(low), fabs(high)) * 1e-6;
	if (high - low <= least || high - low < 1e-30) {
		double half = fmax(least, low == 0 && high == 0 ? 1 : fabs(low) / 2);
		low -= half;
		high += half;
	}
	double raw = (high - low) / steps;
	int exponent = 0;
	while (scaled(1, exponent) > raw)
		exponent--;
	while (scaled(1, exponent + 1) <= raw)
		exponent++;
	double mantissa = raw / scaled(1, exponent);
	int digit = mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
	if (digit == 10) {
		digit = 1;
		exponent++;
	}
	double step = scaled(digit, exponent);
	return (PlotAxis){ .first = (int)floor(low / step + 1e-9),
		.last = (int)ceil(high / step - 1e-9),
		.digit = digit,
		.exponent = exponent };
}

/* ---- logarithmic: three ticks a power of ten --------------------------------------- */

enum { TICKS = 3 };

static double log_tick(int tick)
{
	static const int digits[TICKS] = { 1, 2, 5 };
	int power = tick >= 0 ? tick / TICKS : -((TICKS - 1 - tick) / TICKS);
	return scaled(digits[tick - power * TICKS], power);
}

PlotAxis plot_log_axis(PlotRange range)
{
	PlotAxis axis = { .log = true };
	while (log_tick(axis.first) > range.low)
		axis.first--;
	while (log_tick(axis.first + 1) <= range.low)
		axis.first++;
	axis.last = axis.first + 1;
	while (log_tick(axis.last) < range.high)
		axis.last++;
	return axis;
}

/* ---- either ------------------------------------------------------------------------ */

double plot_tick(PlotAxis axis, int tick)
{
	if (axis.log)
		return log_tick(tick);
	return scaled((double)tick * axis.digit, axis.exponent);
}

double plot_place(PlotAxis axis, double x)
{
	double first = plot_tick(axis, axis.first), last = plot_tick(axis, axis.last);
	if (axis.log)
		return double_log(x / first) / double_log(last / first);
	return (x - first) / (last - first);
}

bool plot_on(PlotAxis axis, double x)
{
	return plot_drawable(x) && (!axis.log || x > 0);
}

bool plot_tick_named(PlotAxis axis, int tick)
{
	return !axis.log || axis.last - axis.first < 3 * TICKS || tick % TICKS == 0;
}

PlotText plot_tick_text(PlotAxis axis, int tick)
{
	PlotText label;
	double value = plot_tick(axis, tick);
	if (axis.log || axis.exponent < -5 || fabs(value) >= 1e7)
		snprintf(label.text, sizeof label.text, "%.6g", value);
	else
		snprintf(label.text, sizeof label.text, "%.*f",
		        axis.exponent < 0 ? -axis.exponent : 0, value);
	return label;
}

PlotText plot_number_text(double x)
{
	PlotText label;
	snprintf(label.text, sizeof label.text, "%.4g", x);
	return label;
}

double plot_x(const PlotSeries *series, int i)
{
	return series->x ? (double)series->x[i] : i + 1;
}

bool plot_chart_axes(const PlotChart *chart, PlotAxis *x, PlotAxis *y)
{
	PlotRange rx = plot_range_empty(), ry = plot_range_empty();
	for (int s = 0; s < chart->count; s++)
		for (int i = 0; i < chart->series[s].count; i++) {
			double px = plot_x(&chart->series[s], i);
			double py = (double)chart->series[s].y[i];
			if (!plot_on((PlotAxis){ .log = chart->log_x }, px) ||
			        !plot_on((PlotAxis){ .log = chart->log_y }, py))
				continue;
			plot_range_add(&rx, px);
			plot_range_add(&ry, py);
			if (!chart->series[s].low ||
			        (chart->log_y && chart->series[s].low[i] <= 0))
				continue;
			plot_range_add(&ry, (double)chart->series[s].low[i]);
			plot_range_add(&ry, (double)chart->series[s].high[i]);
		}
	for (int end = 0; end < 2 && chart->field.data; end++) {
		plot_range_add(&rx, (double)chart->field_x[end]);
		plot_range_add(&ry, (double)chart->field_y[end]);
	}
	if (!rx.count)
		return false;
	*x = chart->log_x ? plot_log_axis(rx) : plot_axis(rx, 6);
	*y = chart->log_y ? plot_log_axis(ry) : plot_axis(ry, 5);
	return true;
}

int *plot_histogram_counts(
        Arena *arena, const PlotHistogram *histogram, PlotAxis *axis, int *most)
{
	PlotRange range = plot_range_empty();
	for (int i = 0; i < histogram->count; i++)
		plot_range_add(&range, (double)histogram->values[i]);
	if (!range.count)
		return NULL;
	int bins = histogram->bins;
	if (bins <= 0)
		while (bins < 40 && bins * bins < range.count)
			bins++;
	*axis = plot_axis(range, bins);
	int intervals = axis->last - axis->first;
	int *counts = ARENA_ARRAY(arena, int, (size_t)intervals);
	*most = 0;
	for (int i = 0; i < histogram->count; i++) {
		double x = (double)histogram->values[i];
		if (!plot_drawable(x))
			continue;
		int b = 0; /* the bounds themselves decide, not a quotient's last bit */
		while (b < intervals - 1 && x >= plot_tick(*axis, axis->first + b + 1))
			b++;
		if (++counts[b] > *most)
			*most = counts[b];
	}
	return counts;
}

PlotShades plot_shades(Tensor values)
{
	PlotRange range = plot_range_empty();
	for (size_t i = 0; i < tensor_count(values); i++)
		plot_range_add(&range, (double)values.data[i]);
	if (range.low < 0 && range.high > 0) {
		double most = fmax(-range.low, range.high);
		return (PlotShades){ .diverging = true, .low = -most, .high = most };
	}
	return (PlotShades){ .low = range.count ? range.low : 0, .high = range.high };
}

Colour plot_field_colour(double share)
{
	return colour_diverging(share * 1.2 - 0.6);
}

const char *plot_field_name(const PlotChart *chart)
{
	return chart->field_name ? chart->field_name : "share";
}

double plot_share(PlotShades shades, double x)
{
	if (shades.diverging)
		return x / shades.high;
	double width = shades.high - shades.low;
	return width > 0 ? (x - shades.low) / width : 0.5;
}

Colour plot_shade(PlotShades shades, double x)
{
	double share = plot_share(shades, x);
	return shades.diverging ? colour_diverging(share) : colour_sequential(share);
}

Colour plot_series_colour(int series)
{
	static const Colour colours[PLOT_SERIES] = { { 0, 114, 178 }, { 213, 94, 0 },
		{ 0, 158, 115 }, { 204, 121, 167 }, { 230, 159, 0 }, { 86, 180, 233 } };
	return colours[series % PLOT_SERIES];
}
