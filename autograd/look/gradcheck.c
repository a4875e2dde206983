/* With f the weighted sum of the outputs and one element x of one Var moved by h,
 *
 *     right = (f(x+h) - f(x)) / h         left = (f(x) - f(x-h)) / h
 *     slope = (f(x+h) - f(x-h)) / 2h = f'(x) + h^2 f'''(x) / 6 + ...
 *
 * The central slope errs by h^2 from cutting the series off and by e |f| / h from
 * rounding, e being the spacing of the numbers; both are small for h near e^(1/3). A step
 * of that size may reach over a kink beside x, so an element that disagrees is measured
 * again with smaller steps. For a smooth f, right - left = h f''(x) shrinks with h; where
 * it does not, the kink is at x itself, and every gradient between left and right is a
 * fair one (a subgradient). */
#include "autograd/look/gradcheck.h"
#include "tensor/rng.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* The one place that knows how exact each build can be. */
#ifdef REAL_IS_DOUBLE
static const double first_step = 0x1p-17, relative = 1e-6, absolute = 1e-7;
static const double spacing = DBL_EPSILON;
#else
static const double first_step = 0x1p-7, relative = 0.02, absolute = 1e-3;
static const double spacing = (double)FLT_EPSILON;
#endif
enum { STEPS = 3, SHRINK = 8 };
enum { AGAIN = 3 }; /* the scale of the second backward */

real gradcheck_step(real x)
{
	return (real)(first_step * fmax(1, fabs((double)x)));
}

bool gradcheck_agree(double found, double expected, double size)
{
	return fabs(found - expected) <= absolute + relative * size;
}

typedef struct Check {
	Arena *arena;   /* what stays */
	Arena *scratch; /* one evaluation */
	GradcheckFunction *function;
	const void *context;
	Tensor weights; /* of the outputs */
	double value;   /* f(x) */
	double size;    /* sum of |weight * output|: the scale of the rounding in f */
} Check;

/* f as it stands, without a gradient. */
static double evaluate(Check *check)
{
	Tape tape = tape_new(check->scratch);
	tape.recording = false;
	Tensor y = check->function(&tape, check->context)->value;
	double sum = 0;
	check->size = 0;
	for (size_t i = 0; i < tensor_count(y); i++) {
		double term = (double)check->weights.data[i] * (double)y.data[i];
		sum += term;
		check->size += fabs(term);
	}
	tape_reset(&tape);
	return sum;
}

/* Weights of the outputs, of both signs and none near zero; a scalar is taken as it
 * is. */
static void weigh(Check *check)
{
	Tape tape = tape_new(check->scratch);
	tape.recording = false;
	Tensor y = check->function(&tape, check->context)->value;
	check->weights = tensor_like(check->arena, y);
	tape_reset(&tape);
	Rng rng = rng_new(1);
	for (size_t i = 0; i < tensor_count(check->weights); i++) {
		real u = 2 * rng_uniform(&rng) - 1;
		check->weights.data[i] = u < 0 ? u - (real)0.5 : u + (real)0.5;
	}
	if (tensor_count(check->weights) == 1)
		check->weights.data[0] = 1;
}

/* --- the tape's gradient --- */

typedef struct Loss {
	Tensor weights;
	real scale;
} Loss;

/* loss = c sum_i w_i y_i, so dy_i = c w_i dloss. */
static void loss_backward(const Node *node)
{
	const Loss *loss = node->saved;
	Var *y = node->in[0];
	real dloss = loss->scale * node->out->grad.data[0];
	for (size_t i = 0; i < tensor_count(loss->weights); i++)
		y->grad.data[i] += loss->weights.data[i] * dloss;
}

static const Op loss_op = { .name = "gradcheck", .backward = loss_backward };

/* Two backwards over one tape, the second of AGAIN times the loss: found[v] is the
 * gradient that the first left, both[v] what the two left, 1 + AGAIN times as much if
 * every backward adds, and is proportional to the gradient of its output. False if
 * there is no gradient. */
static bool differentiate(
        Check *check, int count, Var *const vars[], Tensor found[], Tensor both[])
{
	Tape tape = tape_new(check->scratch);
	Var *y = check->function(&tape, check->context);
	Tensor value = tensor_full(check->scratch, (real)check->value, SCALAR);
	Loss loss = { check->weights, 1 };
	Var *out = tape_push(HERE, &tape, &loss_op, value, &loss, INPUTS(y));
	if (!var_wants(out))
		return false;
	for (int v = 0; v < count; v++)
		if (vars[v]->grad.data)
			tensor_fill(vars[v]->grad, 0);
	Tensor *left[] = { found, both };
	for (int pass = 0; pass < 2; pass++) {
		tape_backward(&tape, out);
		for (int v = 0; v < count; v++)
			if (vars[v]->grad.data)
				left[pass][v] = tensor_clone(check->arena, vars[v]->grad);
		loss.scale = AGAIN;
	}
	tape_reset(&tape);
	return true;
}

/* --- the measured one --- */

typedef struct Slopes {
	double left, right, centre;
	double noise; /* what rounding alone may make of them */
} Slopes;

static Slopes measure(Check *check, real *x, real h)
{
	real middle = *x;
	*x = middle + h;
	double up = (double)*x - (double)middle, above = evaluate(check);
	*x = middle - h;
	double down = (double)middle - (double)*x, below = evaluate(check);
	*x = middle;
	return (Slopes){
		.left = (check->value - below) / down,
		.right = (above - check->value) / up,
		.centre = (above - below) / (up + down),
		.noise = 8 * spacing * check->size / fmin(up, down),
	};
}

static bool agree(double found, double slope, double noise)
{
	return fabs(found - slope) <= absolute + noise + relative * fabs(slope);
}

/* Compares one element; returns what its gradient should have been. */
static double check_element(Check *check, real *x, double found, GradcheckResult *result)
{
	real step = gradcheck_step(*x);
	Slopes slopes = measure(check, x, step);
	double first_gap = fabs(slopes.right - slopes.left);
	result->checked++;
	for (int i = 1; i < STEPS && !agree(found, slopes.centre, slopes.noise); i++)
		slopes = measure(check, x, step /= SHRINK);
	if (agree(found, slopes.centre, slopes.noise))
		return slopes.centre;

	double low = fmin(slopes.left, slopes.right);
	double high = fmax(slopes.left, slopes.right);
	bool kink = high - low > first_gap / 2 && !agree(low, high, slopes.noise);
	if (kink && (found >= low || agree(found, low, slopes.noise)) &&
	        (found <= high || agree(found, high, slopes.noise))) {
		result->kinks++;
		return found;
	}
	result->wrong++;
	return slopes.centre;
}

/* Compares every element of one Var and keeps the one that is furthest off, measured
 * against what it should be. */
static void check_var(Check *check, int input, Var *var, Tensor found,
        GradcheckResult *result, double *worst)
{
	Tensor expected = tensor_like(check->arena, found);
	for (size_t i = 0; i < tensor_count(found); i++) {
		double is = (double)found.data[i];
		int wrong = result->wrong;
		double should = check_element(check, &var->value.data[i], is, result);
		expected.data[i] = (real)should;
		double off = fabs(is - should) / (absolute + fabs(should));
		if (result->wrong == wrong || off <= *worst) /* NaN is never <= */
			continue;
		*worst = off;
		result->input = input;
		result->element = i;
		result->found = found;
		result->expected = expected;
	}
}

/* --- the verdict --- */

GradcheckName gradcheck_name(int input, const Var *var)
{
	GradcheckName name;
	if (var->name)
		snprintf(name.text, sizeof name.text, "\"%.120s\"", var->name);
	else
		snprintf(name.text, sizeof name.text, "input %d", input);
	return name;
}

GradcheckName gradcheck_element(int input, const Var *var, size_t i)
{
	GradcheckName name = gradcheck_name(input, var);
	size_t used = strlen(name.text);
	snprintf(name.text + used, sizeof name.text - used, "%s",
	        tensor_index_text(var->value, i).text);
	return name;
}

static bool all_zero(Tensor x)
{
	for (size_t i = 0; i < tensor_count(x); i++)
		if (x.data[i] != 0)
			return false;
	return true;
}

/* A check of nothing passes whatever the backward does: that is a mistake too. */
static void check_reached(
        int input, const Var *var, Tensor found, GradcheckResult *result)
{
	if (!result->text[0] && tensor_count(found) && all_zero(found))
		snprintf(result->text, sizeof result->text,
		        "%s of shape %s gets no gradient, and should get none: that checks nothing. Hint: does the output depend on it, at these values?",
		        gradcheck_name(input, var).text,
		        tensor_shape_text(var->value).text);
}

static bool near(double found, double expected)
{
	return fabs(found - expected) <= absolute + 0.01 * fabs(expected);
}

/* The second backward must have added AGAIN times what the first did. */
static void check_added(
        int input, const Var *var, Tensor found, Tensor both, GradcheckResult *result)
{
	for (size_t i = 0; i < tensor_count(found); i++) {
		double once = (double)found.data[i], sum = (double)both.data[i];
		if (near(sum, (1 + AGAIN) * once))
			continue;
		if (near(sum, AGAIN * once))
			result->overwritten = true;
		else
			result->unscaled = true;
		if (!result->text[0])
			snprintf(result->text, sizeof result->text,
			        "gradient of %s: %g; a second backward, of %d times the output, left %g, expected %g. Hint: %s",
			        gradcheck_element(input, var, i).text, once, AGAIN, sum,
			        (1 + AGAIN) * once,
			        result->overwritten
			                ? "a backward adds (+=) into a gradient, which may hold another user's part"
			                : "a backward multiplies by the gradient of its output, node->out->grad.");
	}
}

static void say_wrong(const Var *var, GradcheckResult *result)
{
	snprintf(result->text, sizeof result->text,
	        "gradient of %s of shape %s: found %.9g, expected %.9g; %d of %d elements checked are wrong",
	        gradcheck_element(result->input, var, result->element).text,
	        tensor_shape_text(var->value).text,
	        (double)result->found.data[result->element],
	        (double)result->expected.data[result->element], result->wrong,
	        result->checked);
}

static void compare(Check *check, int count, Var *const vars[], const Tensor found[],
        const Tensor both[], GradcheckResult *result)
{
	double worst = -1;
	for (int v = 0; v < count; v++)
		if (vars[v]->grad.data)
			check_var(check, v, vars[v], found[v], result, &worst);
	if (result->wrong)
		say_wrong(vars[result->input], result);
	for (int v = 0; v < count; v++) {
		if (!vars[v]->grad.data)
			continue;
		check_reached(v, vars[v], found[v], result);
		check_added(v, vars[v], found[v], both[v], result);
	}
	if (!result->checked && !result->text[0])
		snprintf(result->text, sizeof result->text, "no element was checked");
}

GradcheckResult gradcheck(Arena *arena, GradcheckFunction *function, const void *context,
        int count, Var *const vars[])
{
	GradcheckResult result = { .input = -1 };
	Check check = {
		.arena = arena,
		.scratch = arena_new("gradcheck"),
		.function = function,
		.context = context,
	};
	Tensor *found = ARENA_ARRAY(arena, Tensor, (size_t)count);
	Tensor *both = ARENA_ARRAY(arena, Tensor, (size_t)count);
	weigh(&check);
	result.weights = check.weights;
	check.value = evaluate(&check);
	if (!isfinite(check.value))
		snprintf(result.text, sizeof result.text,
		        "the value is %g before anything is moved", check.value);
	else if (evaluate(&check) != check.value)
		snprintf(result.text, sizeof result.text,
		        "two calls of the function gave different values. Hint: draw random numbers outside of it.");
	else if (!differentiate(&check, count, vars, found, both))
		snprintf(result.text, sizeof result.text,
		        "the output wants no gradient. Hint: is anything it is made of a parameter, or a tape_variable()?");
	else
		compare(&check, count, vars, found, both, &result);
	result.passed = !result.text[0];
	arena_free(check.scratch);
	return result;
}
