#include "autograd/tape.h"

#include <stdarg.h>
#include <string.h>

enum { CONTEXT_NODES = 4 }; /* how many nodes a message shows */

Tape tape_new(Arena *arena)
{
	return (Tape){ .arena = arena, .recording = true };
}

void tape_reset(Tape *tape)
{
	arena_reset(tape->arena);
	tape->last = NULL;
	tape->nodes = 0;
}

static Var *var_new(Tape *tape, Tensor value, const char *name, bool wants_gradient)
{
	Var *x = arena_alloc(tape->arena, sizeof *x);
	*x = (Var){ .value = value, .grad = value, .name = name };
	x->grad.data = NULL;
	if (wants_gradient)
		x->grad.data =
		        arena_zeros(tape->arena, tensor_count(value) * sizeof(real));
	return x;
}

Var *tape_constant(Tape *tape, Tensor value, const char *name)
{
	return var_new(tape, value, name, false);
}

Var *tape_variable(Tape *tape, Tensor value, const char *name)
{
	return var_new(tape, value, name, true);
}

bool tape_wants(const Tape *tape, int inputs, Var *const in[])
{
	if (!tape->recording)
		return false;
	for (int i = 0; i < inputs; i++)
		if (in[i] && in[i]->grad.data)
			return true;
	return false;
}

Var *tape_push(Site site, Tape *tape, const Op *op, Tensor value, const void *saved,
        int inputs, Var *const in[])
{
	bool wanted = tape_wants(tape, inputs, in);
	Var *out = var_new(tape, value, NULL, wanted);
	if (!wanted)
		return out;
	size_t links = (size_t)inputs * sizeof(Var *);
	Node *node = arena_alloc(tape->arena, sizeof *node + links);
	*node = (Node){
		.op = op,
		.previous = tape->last,
		.site = site,
		.out = out,
		.saved = saved,
		.inputs = inputs,
	};
	memcpy(node->in, in, links);
	tape->last = node;
	tape->nodes++;
	return out;
}

void(tape_backward)(Site site, Tape *tape, Var *loss)
{
	if (tensor_count(loss->value) != 1)
		tape_stop(site, tape, "tape_backward",
		        "%s: expected a scalar. Hint: reduce it first, with op_sum or "
		        "op_mean.",
		        var_text("loss", loss).text);
	if (!loss->grad.data)
		tape_stop(site, tape, "tape_backward",
		        "%s wants no gradient: nothing it was made from does, or the "
		        "tape was not "
		        "recording",
		        var_text("loss", loss).text);
	loss->grad.data[0] = 1;
	for (const Node *node = tape->last; node; node = node->previous)
		node->op->backward(node);
}

VarText var_text(const char *role, const Var *x)
{
	VarText text;
	if (!x)
		snprintf(text.text, sizeof text.text, "%s NULL", role);
	else if (x->name)
		snprintf(text.text, sizeof text.text, "%s \"%s\" %s", role, x->name,
		        tensor_shape_text(x->value).text);
	else
		snprintf(text.text, sizeof text.text, "%s %s", role,
		        tensor_shape_text(x->value).text);
	return text;
}

_Noreturn void tape_stop(
        Site site, const Tape *tape, const char *operation, const char *format, ...)
{
	char message[ERROR_TEXT];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof message, format, arguments);
	va_end(arguments);

	char nodes[ERROR_TEXT / 2] = "";
	size_t used = 0;
	const Node *node = tape->last;
	for (int i = 0; i < CONTEXT_NODES && node && used < sizeof nodes; i++) {
		int length =
		        snprintf(nodes + used, sizeof nodes - used, "\n  %s %s at %s:%d",
		                node->op->name, tensor_shape_text(node->out->value).text,
		                node->site.file, node->site.line);
		used += (size_t)length;
		node = node->previous;
	}
	error_stop(site, operation, "%s%s%s", message,
	        used ? "\nBefore it on the tape, last first:" : "", nodes);
}
