/* Over an axis, a tensor is a block of outer x length x inner numbers (axis.h). Where
 * inner is 1, each sum is over contiguous numbers. Else `inner` sums grow side by side,
 * one row at a time, which is a vector loop as well. */
#include "tensor/reduce.h"
#include "tensor/axis.h"
#include "tensor/elementary.h"
#include "tensor/lanes.h"

#include <math.h>
#include <string.h>

enum { LANES = 16 }; /* a contract: changing it changes bits */

/* lane[i modulo LANES] += x[i] */
static void add_to_lanes(Lanes *lanes, const real *x, size_t count)
{
	Lanes sum = *lanes, some;
	size_t i = 0;
	for (; i + LANES <= count; i += LANES) {
		lanes_load(&some, x + i);
		sum += some;
	}
	if (i < count) {
		lanes_load_some(&some, x + i, count - i);
		sum += some;
	}
	*lanes = sum;
}

real real_sum(const real *x, size_t count)
{
	Lanes lanes = { 0 };
	add_to_lanes(&lanes, x, count);
	return lanes_sum(&lanes);
}

real real_dot(const real *x, const real *y, size_t count)
{
	Lanes sum = { 0 }, some_x, some_y;
	size_t i = 0;
	for (; i + LANES <= count; i += LANES) {
		lanes_load(&some_x, x + i);
		lanes_load(&some_y, y + i);
		sum += some_x * some_y;
	}
	if (i < count) {
		lanes_load_some(&some_x, x + i, count - i);
		lanes_load_some(&some_y, y + i, count - i);
		sum += some_x * some_y;
	}
	return lanes_sum(&sum);
}

real tensor_sum(Tensor x)
{
	return real_sum(x.data, tensor_count(x));
}

real tensor_mean_at(Site site, Tensor x)
{
	if (!tensor_count(x))
		error_stop(site, "tensor_mean", "x %s has no elements",
		        tensor_shape_text(x).text);
	return tensor_sum(x) / (real)tensor_count(x);
}

/* All are looked at, so that it is a vector loop. */
bool real_finite(const real *x, size_t count)
{
	int bad = 0;
	for (size_t i = 0; i < count; i++)
		bad |= !isfinite(x[i]);
	return !bad;
}

bool tensor_finite(Tensor x)
{
	return real_finite(x.data, tensor_count(x));
}

/* --- over an axis ------------------------------------------------------------------- */

static void sum_rows(real *out, const real *x, Axis axis)
{
	for (size_t k = 0; k < axis.inner; k++)
		out[k] = 0;
	for (size_t i = 0; i < axis.length; i++) {
		const real *x_i = x + i * axis.inner;
		for (size_t k = 0; k < axis.inner; k++)
			out[k] += x_i[k];
	}
}

static void sum_axis(Tensor out, Tensor x, Axis axis)
{
	for (size_t o = 0; o < axis.outer; o++) {
		const real *x_o = x.data + o * axis.length * axis.inner;
		if (axis.inner == 1)
			out.data[o] = real_sum(x_o, axis.length);
		else
			sum_rows(out.data + o * axis.inner, x_o, axis);
	}
}

void tensor_sum_axis_at(Site site, Tensor out, Tensor x, int index)
{
	sum_axis(out, x, tensor_axis_dropped(site, "tensor_sum_axis", out, x, index));
}

void tensor_mean_axis_at(Site site, Tensor out, Tensor x, int index)
{
	Axis axis = tensor_axis_dropped(site, "tensor_mean_axis", out, x, index);
	tensor_axis_require(site, "tensor_mean_axis", x, axis);
	sum_axis(out, x, axis);
	size_t count = tensor_count(out);
	for (size_t i = 0; i < count; i++)
		out.data[i] /= (real)axis.length;
}

/* --- softmax ------------------------------------------------------------------------ */

real real_largest(const real *x, size_t count)
{
	return lanes_largest(x, count);
}

/* out = e^(x - largest) */
static void exponentials(real *out, const real *x, real largest, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = real_exp(x[i] - largest);
}

/* log sum e^(x - largest): with the lanes of real_sum, but a buffer at a time, since
 * there is no room for all exponentials. */
static real log_sum(const real *x, real largest, size_t count)
{
	enum { BUFFER = 16 * LANES };
	real buffer[BUFFER];
	Lanes lanes = { 0 };
	for (size_t i = 0; i < count; i += BUFFER) {
		size_t some = count - i < BUFFER ? count - i : BUFFER;
		exponentials(buffer, x + i, largest, some);
		add_to_lanes(&lanes, buffer, some);
	}
	return real_log(lanes_sum(&lanes));
}

/* Rows along the last axis; no rows if they would be empty. */
static Axis validate_rows(Site site, const char *operation, Tensor out, Tensor x)
{
	Axis axis = tensor_axis(site, operation, x, -1);
	if (!tensor_same_shape(out, x))
		error_stop(site, operation, "x is %s, but out is %s",
		        tensor_shape_text(x).text, tensor_shape_text(out).text);
	if (!axis.length)
		axis.outer = 0;
	return axis;
}

void tensor_softmax_at(Site site, Tensor out, Tensor x)
{
	Axis axis = validate_rows(site, "tensor_softmax", out, x);
	for (size_t o = 0; o < axis.outer; o++) {
		const real *x_o = x.data + o * axis.length;
		real *out_o = out.data + o * axis.length;
		exponentials(out_o, x_o, real_largest(x_o, axis.length), axis.length);
		real sum = real_sum(out_o, axis.length);
		for (size_t i = 0; i < axis.length; i++)
			out_o[i] /= sum;
	}
}

void tensor_log_softmax_at(Site site, Tensor out, Tensor x)
{
	Axis axis = validate_rows(site, "tensor_log_softmax", out, x);
	for (size_t o = 0; o < axis.outer; o++) {
		const real *x_o = x.data + o * axis.length;
		real *out_o = out.data + o * axis.length;
		real largest = real_largest(x_o, axis.length);
		real log_of_sum = log_sum(x_o, largest, axis.length);
		for (size_t i = 0; i < axis.length; i++)
			out_o[i] = (x_o[i] - largest) - log_of_sum;
	}
}
