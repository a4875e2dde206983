/* f is the sum of w_o y_o over the outputs o, and a correct backward gives for element i
 * of a Var
 *
 *     e_i = sum_o w_o J_oi        J_oi = dy_o / dx_i
 *
 * Measuring J, output by output, lets us make what a wrong backward would give instead:
 * with the sum over one row of outputs only it did not sum over a broadcast axis; with
 * another input's J it mixed them up; and so on. Each suspicion is a function below: it
 * compares one such array with what the tape found. The first that fits is the diagnosis,
 * so they stand in order, the most telling first. */
#include "autograd/look/doctor.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { LARGEST_JACOBIAN = 1 << 22 }; /* numbers; more is not measured */

typedef struct Patient {
	Arena *arena;
	GradcheckFunction *function;
	const void *context;
	int count, input; /* vars[input] is the one with the wrong gradient */
	Var *const *vars;
	const GradcheckResult *result;
	Tensor found, expected; /* of that Var */
	size_t elements, outputs;
	double size;      /* the largest |expected| */
	double *jacobian; /* (outputs, elements); NULL if it would be too large */
	double *guess;    /* (elements), for a suspicion to fill */
} Patient;

/* A suspicion: true if it fits, and then it has said so. */
typedef bool Suspicion(Patient *patient, Diagnosis *diagnosis);

/* Adds the mistake to the words of the check. */
__attribute__((format(printf, 3, 4))) static bool say(
        Diagnosis *diagnosis, const char *mistake, const char *format, ...)
{
	size_t used = strlen(diagnosis->text), room = sizeof diagnosis->text - used;
	used += (size_t)snprintf(diagnosis->text + used, room, ".\nLikely mistake: ");
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(
	        diagnosis->text + used, sizeof diagnosis->text - used, format, arguments);
	va_end(arguments);
	diagnosis->mistake = mistake;
	return true;
}

/* Whether the guess is what the tape found, all over. */
static bool guess_fits(const Patient *p)
{
	double size = 0;
	for (size_t i = 0; i < p->elements; i++)
		size = fmax(size, fabs(p->guess[i]));
	for (size_t i = 0; i < p->elements; i++)
		if (!gradcheck_agree((double)p->found.data[i], p->guess[i], size))
			return false;
	return true;
}

/* --- measuring ---------------------------------------------------------------------- */

static void evaluate(const Patient *p, Arena *scratch, double *y)
{
	Tape tape = tape_new(scratch);
	tape.recording = false;
	Tensor out = p->function(&tape, p->context)->value;
	for (size_t o = 0; o < p->outputs; o++)
		y[o] = (double)out.data[o];
	tape_reset(&tape);
}

/* dy_o/dx_i of every output and every element of one Var. */
static double *measure_jacobian(const Patient *p, const Var *x)
{
	size_t elements = tensor_count(x->value);
	if (p->outputs && elements > LARGEST_JACOBIAN / p->outputs)
		return NULL;
	Arena *scratch = arena_new("doctor");
	double *jacobian = ARENA_ARRAY(p->arena, double, p->outputs *elements);
	double *above = ARENA_ARRAY(p->arena, double, p->outputs);
	double *below = ARENA_ARRAY(p->arena, double, p->outputs);
	for (size_t i = 0; i < elements; i++) {
		real middle = x->value.data[i], h = gradcheck_step(middle);
		x->value.data[i] = middle + h;
		evaluate(p, scratch, above);
		double width = (double)x->value.data[i];
		x->value.data[i] = middle - h;
		evaluate(p, scratch, below);
		width -= (double)x->value.data[i];
		x->value.data[i] = middle;
		for (size_t o = 0; o < p->outputs; o++)
			jacobian[o * elements + i] = (above[o] - below[o]) / width;
	}
	arena_free(scratch);
	return jacobian;
}

/* guess_i = sum_o w_o J_oi over the outputs begin, begin + 1, ... of each block of
 * `step`, `width` of them; all of them for begin 0, width = step = outputs. */
static void guess_from(Patient *p, size_t begin, size_t width, size_t step)
{
	for (size_t i = 0; i < p->elements; i++)
		p->guess[i] = 0;
	for (size_t block = 0; block < p->outputs; block += step)
		for (size_t o = block + begin; o < block + begin + width; o++)
			for (size_t i = 0; i < p->elements; i++)
				p->guess[i] += (double)p->result->weights.data[o] *
				               p->jacobian[o * p->elements + i];
}

/* --- suspicions --------------------------------------------------------------------- */

static bool not_a_number(Patient *p, Diagnosis *d)
{
	for (size_t i = 0; i < p->elements; i++)
		if (!isfinite((double)p->found.data[i]))
			return say(d, "not a number",
			        "the backward makes a NaN or an infinity by itself: a division by 0, or a log or a root that is not defined there");
	return false;
}

static bool overwritten(Patient *p, Diagnosis *d)
{
	return p->result->overwritten &&
	       say(d, "overwritten",
	               "overwritten instead of added. A second backward did not add to the first, so what another user of the same Var gave is lost: write += where the backward has =");
}

/* A gradient that does not follow a scaled loss knows nothing of the gradient of its
 * output. */
static bool chain_factor(Patient *p, Diagnosis *d)
{
	return p->result->unscaled &&
	       say(d, "chain factor",
	               "a missing chain factor. The local derivative is not multiplied by the gradient of the output, node->out->grad");
}

static bool nothing(Patient *p, Diagnosis *d)
{
	for (size_t i = 0; i < p->elements; i++)
		if (p->found.data[i] != 0)
			return false;
	return say(d, "nothing",
	        "nothing arrives here. Does the backward add into this input, and is it among the INPUTS of its operation?");
}

/* found = ratio expected for all elements? */
static bool constant_ratio(const Patient *p, double *ratio)
{
	double products = 0, squares = 0;
	for (size_t i = 0; i < p->elements; i++) {
		double e = (double)p->expected.data[i];
		products += (double)p->found.data[i] * e;
		squares += e * e;
	}
	*ratio = squares > 0 ? products / squares : 0;
	for (size_t i = 0; i < p->elements; i++)
		p->guess[i] = *ratio * (double)p->expected.data[i];
	return guess_fits(p);
}

/* What has n elements, or is n long; false if nothing has. */
static bool name_size(const Patient *p, int n, char *text, size_t room)
{
	if ((size_t)n == p->outputs)
		return snprintf(text, room, "the number of outputs") > 0;
	Tensor y = p->result->weights;
	for (int d = 0; d < y.ndim; d++)
		if (y.shape[d] == n)
			return snprintf(text, room, "dimension %d of the output %s", d,
			               tensor_shape_text(y).text) > 0;
	for (int v = 0; v < p->count; v++) {
		Tensor x = p->vars[v]->value;
		if (tensor_count(x) == (size_t)n)
			return snprintf(text, room, "the number of elements of %s",
			               gradcheck_name(v, p->vars[v]).text) > 0;
		for (int d = 0; d < x.ndim; d++)
			if (x.shape[d] == n)
				return snprintf(text, room, "dimension %d of %s %s", d,
				               gradcheck_name(v, p->vars[v]).text,
				               tensor_shape_text(x).text) > 0;
	}
	return false;
}

static bool is(double ratio, double wanted)
{
	return fabs(ratio - wanted) < 0.01 * fabs(wanted);
}

/* The sign, 2, n or 1/n: every element is off by the same factor, and that factor has
 * a meaning. */
static bool factor(Patient *p, Diagnosis *d)
{
	double ratio;
	char what[256];
	if (!constant_ratio(p, &ratio) || is(ratio, 0))
		return false;
	if (is(ratio, -1))
		return say(d, "sign",
		        "the sign. Every element is -1 times what it should be");
	if (is(ratio, 2) || is(ratio, 0.5))
		return say(d, "factor 2",
		        "a factor 2 %s. Every element is %s of what it should be",
		        is(ratio, 2) ? "too many" : "missing",
		        is(ratio, 2) ? "the double" : "half");
	int n = (int)lround(ratio), inverse = (int)lround(1 / ratio);
	if (n > 2 && is(ratio, n) && name_size(p, n, what, sizeof what))
		return say(d, "times n",
		        "not divided by n. Every element is %d times too large, and %d is %s",
		        n, n, what);
	if (inverse > 2 && is(ratio, 1.0 / inverse) &&
	        name_size(p, inverse, what, sizeof what))
		return say(d, "divided by n",
		        "divided by n where it should not be, or twice. Every element is %d times too small, and %d is %s",
		        inverse, inverse, what);
	return false;
}

/* Any other number; a single element is always some multiple of what it should be. */
static bool constant_factor(Patient *p, Diagnosis *d)
{
	double ratio;
	return p->elements > 1 && constant_ratio(p, &ratio) &&
	       say(d, "constant factor",
	               "a constant factor. Every element is %.6g times what it should be",
	               ratio);
}

static bool transposed(Patient *p, Diagnosis *d)
{
	if (p->expected.ndim != 2)
		return false;
	size_t rows = (size_t)p->expected.shape[0],
	       columns = (size_t)p->expected.shape[1];
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			p->guess[j * rows + i] =
			        (double)p->expected.data[i * columns + j];
	return rows > 1 && columns > 1 && guess_fits(p) &&
	       say(d, "transposed",
	               "transposed. Element (i,j) holds what belongs to (j,i): which of the two sizes varies faster?");
}

/* The outputs that were kept: one row along an axis, or one block at an end. */
static bool one_row(Patient *p, size_t begin, size_t width, size_t step)
{
	guess_from(p, begin, width, step);
	return guess_fits(p);
}

static bool not_summed(Patient *p, Diagnosis *d)
{
	if (!p->jacobian || p->elements >= p->outputs)
		return false;
	const char *text =
	        "not summed over a broadcast axis. This Var was repeated, and the gradient of %s alone arrives: add up all of them";
	char row[64];
	Tensor y = p->result->weights;
	size_t step = p->outputs;
	for (int axis = 0; axis < y.ndim; axis++) {
		size_t length = (size_t)y.shape[axis], width = step / length;
		for (size_t i = 0; i<length; i += length> 1 ? length - 1 : 1) {
			snprintf(row, sizeof row, "row %zu along axis %d", i, axis);
			if (length > 1 && one_row(p, i * width, width, step))
				return say(d, "not summed", text, row);
		}
		step = width;
	}
	if (one_row(p, 0, p->elements, p->outputs))
		return say(d, "not summed", text, "its first copy");
	if (one_row(p, p->outputs - p->elements, p->elements, p->outputs))
		return say(d, "not summed", text, "its last copy");
	return false;
}

static bool local_derivative(Patient *p, Diagnosis *d)
{
	for (size_t i = 0; p->elements == p->outputs && i < p->elements; i++)
		p->guess[i] = (double)p->result->weights.data[i];
	return p->elements == p->outputs && guess_fits(p) &&
	       say(d, "local derivative",
	               "a missing chain factor. The gradient of the output is passed on as it is, not multiplied by the local derivative");
}

static bool swapped_inputs(Patient *p, Diagnosis *d)
{
	for (int v = 0; v < p->count; v++) {
		if (v == p->input || tensor_count(p->vars[v]->value) != p->elements)
			continue;
		double *kept = p->jacobian;
		p->jacobian = measure_jacobian(p, p->vars[v]);
		bool fits = p->jacobian && one_row(p, 0, p->outputs, p->outputs);
		p->jacobian = kept;
		if (fits)
			return say(d, "swapped inputs",
			        "mixed up inputs: this is the gradient of %s",
			        gradcheck_name(v, p->vars[v]).text);
	}
	return false;
}

/* Part right, part wrong: where does it begin? */
static bool one_part(Patient *p, Diagnosis *d)
{
	size_t first = p->elements, last = 0, wrong = 0;
	for (size_t i = 0; i < p->elements; i++) {
		if (gradcheck_agree((double)p->found.data[i], (double)p->expected.data[i],
		            p->size))
			continue;
		first = first < i ? first : i;
		last = i;
		wrong++;
	}
	if (wrong == 0 || wrong == p->elements)
		return false;
	Var *x = p->vars[p->input];
	return say(d, "one part",
	        "the edges of a loop: %zu of its %zu elements are wrong, from %s to %s, and the others are right",
	        wrong, p->elements, gradcheck_element(p->input, x, first).text,
	        gradcheck_element(p->input, x, last).text);
}

static Suspicion *const suspicions[] = {
	not_a_number,
	overwritten,
	chain_factor,
	nothing,
	not_summed,
	factor,
	transposed,
	local_derivative,
	swapped_inputs,
	constant_factor,
	one_part,
};

/* --- the visit ---------------------------------------------------------------------- */

static void examine(Patient *p, Diagnosis *d)
{
	p->found = p->result->found;
	p->expected = p->result->expected;
	p->elements = tensor_count(p->found);
	p->guess = ARENA_ARRAY(p->arena, double, p->elements);
	for (size_t i = 0; i < p->elements; i++) {
		/* Not fmax: gcc 12 for Arm stops at it with an internal error. */
		double size = fabs((double)p->expected.data[i]);
		p->size = size > p->size ? size : p->size;
	}
	p->jacobian = measure_jacobian(p, p->vars[p->input]);
	for (size_t s = 0; s < sizeof suspicions / sizeof suspicions[0]; s++)
		if (suspicions[s](p, d))
			return;
	say(d, "unknown",
	        "none that is known here. Stop in the backward, at the element named, and compare each factor with the formula");
}

Diagnosis doctor_diagnose(Arena *arena, GradcheckFunction *function, const void *context,
        int count, Var *const vars[], const GradcheckResult *result)
{
	Diagnosis diagnosis = { .mistake = NULL };
	Patient patient = {
		.arena = arena,
		.function = function,
		.context = context,
		.count = count,
		.input = result->input,
		.vars = vars,
		.result = result,
		.outputs = tensor_count(result->weights),
	};
	snprintf(diagnosis.text, sizeof diagnosis.text, "%s", result->text);
	if (result->input >= 0)
		examine(&patient, &diagnosis);
	else if (!overwritten(&patient, &diagnosis))
		chain_factor(&patient, &diagnosis);
	return diagnosis;
}
