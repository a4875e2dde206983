/* Over an axis, a tensor is a block of outer x length x inner numbers (axis.h). Where
 * inner is 1, each sum is over contiguous numbers. Else `inner` sums grow side by side,
 * one row at a time, which is a vector loop as well. */
#include "tensor/reduce.h"
#include "tensor/axis.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

enum { LANES = 16 }; /* a contract: changing it changes bits */

/* LANES numbers in the compiler's own vector type: one register of AVX-512, four of SSE,
 * on every machine the same additions. */
typedef real Lanes __attribute__((vector_size(LANES * sizeof(real))));

/* lane[i modulo LANES] += x[i] */
static void add_to_lanes(Lanes *lanes, const real *x, size_t count)
{
	Lanes sum = *lanes, some;
	size_t whole = count - count % LANES;
	for (size_t i = 0; i < whole; i += LANES) {
		memcpy(&some, x + i, sizeof some);
		sum += some;
	}
	for (size_t i = whole; i < count; i++)
		sum[i - whole] += x[i];
	*lanes = sum;
}

static real sum_of_lanes(const Lanes *lanes)
{
	Lanes sum = *lanes;
	for (int apart = LANES / 2; apart > 0; apart /= 2)
		for (int j = 0; j < apart; j++)
			sum[j] += sum[j + apart];
	return sum[0];
}

real real_sum(const real *x, size_t count)
{
	Lanes lanes = { 0 };
	add_to_lanes(&lanes, x, count);
	return sum_of_lanes(&lanes);
}

real real_dot(const real *x, const real *y, size_t count)
{
	Lanes sum = { 0 }, some_x, some_y;
	size_t whole = count - count % LANES;
	for (size_t i = 0; i < whole; i += LANES) {
		memcpy(&some_x, x + i, sizeof some_x);
		memcpy(&some_y, y + i, sizeof some_y);
		sum += some_x * some_y;
	}
	for (size_t i = whole; i < count; i++)
		sum[i - whole] += x[i] * y[i];
	return sum_of_lanes(&sum);
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
	Lanes largest, some;
	for (int j = 0; j < LANES; j++)
		largest[j] = x[0];
	size_t whole = count - count % LANES;
	for (size_t i = 0; i < whole; i += LANES) {
		memcpy(&some, x + i, sizeof some);
		for (int j = 0; j < LANES; j++)
			largest[j] = some[j] > largest[j] ? some[j] : largest[j];
	}
	real result = largest[0];
	for (int j = 1; j < LANES; j++)
		result = largest[j] > result ? largest[j] : result;
	for (size_t i = whole; i < count; i++)
		result = x[i] > result ? x[i] : result;
	return result;
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
	return real_log(sum_of_lanes(&lanes));
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
