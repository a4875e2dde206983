/* NaN and infinity spread: after one operation has made one, all that is computed from it
 * has one too. So the first in the order of computation is the one to know. Forward that
 * is the order of the tape. Backward it is the reverse, and there a gradient may be the
 * sum of several contributions: all operations that add to it are named. */
#include "autograd/look/inspect.h"
#include "tensor/reduce.h"

#include <math.h>

/* Where the first stands that is not finite. */
static size_t first_bad(Tensor x)
{
	size_t count = tensor_count(x), i = 0;
	while (i < count && isfinite((double)x.data[i]))
		i++;
	return i;
}

/* `"p" (4,7)`, `op_relu at net.c:39 (4,7)`, or `a constant (4,7)`: where a Var comes
 * from. */
typedef struct Origin {
	char text[256];
} Origin;

static Origin origin_of(const Var *x)
{
	Origin origin;
	ShapeText shape = tensor_shape_text(x->value);
	if (x->name)
		snprintf(origin.text, sizeof origin.text, "\"%.120s\" %s", x->name,
		        shape.text);
	else if (x->node)
		snprintf(origin.text, sizeof origin.text, "%s at %s:%d %s",
		        x->node->op->name, x->node->site.file, x->node->site.line,
		        shape.text);
	else
		snprintf(origin.text, sizeof origin.text, "a constant %s", shape.text);
	return origin;
}

/* "from -1 to 3", of the numbers that are numbers. */
typedef struct Range {
	char text[64];
} Range;

static Range range_of(Tensor x)
{
	Range range;
	double low = (double)INFINITY, high = -low;
	for (size_t i = 0; i < tensor_count(x); i++) {
		low = fmin(low, (double)x.data[i]);
		high = fmax(high, (double)x.data[i]);
	}
	snprintf(range.text, sizeof range.text, "from %g to %g", low, high);
	return range;
}

/* Adds "\n  input 0: "p" (4,7), from -1 to 3" for each input. */
static void add_inputs(const Node *node, Error *error)
{
	for (int i = 0; i < node->inputs; i++)
		if (node->in[i])
			error_set(error, "%s\n  input %d: %s, %s", error->text, i,
			        origin_of(node->in[i]).text,
			        range_of(node->in[i]->value).text);
}

static bool report_value(const Node *node, Error *error)
{
	for (int i = 0; i < node->inputs; i++) {
		const Var *x = node->in[i];
		if (!x || tensor_finite(x->value))
			continue;
		size_t bad = first_bad(x->value);
		return error_set(error,
		        "%s holds a %g at %s before %s at %s:%d, its first user, saw it",
		        origin_of(x).text, (double)x->value.data[bad],
		        tensor_index_text(x->value, bad).text, node->op->name,
		        node->site.file, node->site.line);
	}
	Tensor y = node->out->value;
	size_t bad = first_bad(y);
	error_set(error, "%s at %s:%d made a %g: element %s of its output %s. From",
	        node->op->name, node->site.file, node->site.line, (double)y.data[bad],
	        tensor_index_text(y, bad).text, tensor_shape_text(y).text);
	add_inputs(node, error);
	return false;
}

static bool has_input(const Node *node, const Var *x)
{
	for (int i = 0; i < node->inputs; i++)
		if (node->in[i] == x)
			return true;
	return false;
}

static bool report_gradient(const Tape *tape, const Var *x, Error *error)
{
	size_t bad = first_bad(x->grad);
	error_set(error, "the gradient of %s is %g at %s. Added to by the backward of",
	        origin_of(x).text, (double)x->grad.data[bad],
	        tensor_index_text(x->grad, bad).text);
	for (const Node *node = tape->last; node; node = node->previous)
		if (node->pass == tape->pass && has_input(node, x))
			error_set(error, "%s\n  %s at %s:%d, given a gradient %s",
			        error->text, node->op->name, node->site.file,
			        node->site.line, range_of(node->out->grad).text);
	return false;
}

/* In the order of the backward: a gradient is judged when the last computed of its users
 * is met, and by then all that went into the others has been. */
static bool check_gradients(const Tape *tape, Error *error)
{
	for (const Node *node = tape->last; node; node = node->previous) {
		if (node->pass != tape->pass)
			continue;
		for (int i = 0; i < node->inputs; i++) {
			const Var *x = node->in[i];
			if (x && x->grad.data && !tensor_finite(x->grad))
				return report_gradient(tape, x, error);
		}
	}
	return true;
}

bool tape_check_finite(const Tape *tape, Error *error)
{
	Error unwanted;
	if (!error)
		error = &unwanted;
	const Node *first = NULL;
	for (const Node *node = tape->last; node; node = node->previous)
		if (!tensor_finite(node->out->value))
			first = node;
	if (first)
		return report_value(first, error);
	return tape->pass == 0 || check_gradients(tape, error);
}
