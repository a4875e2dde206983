/* Reverse-mode differentiation (Linnainmaa 1970; Wengert 1964 for the tape).
 *
 * Let y = f(x, w) be one operation of many, and dy = dloss/dy. By the chain rule
 *
 *     dloss/dx = sum over all users y of x of  dy (dy/dx)
 *
 * so each operation only has to add its own part, dy times its own slope, to the gradient
 * of each of its inputs. When all users of y have done so, dy is complete. The tape lists
 * the operations in the order in which they were called, users after what they use: read
 * from its end, every dy is complete before it is needed. */
#include "autograd/tape.h"
#include "autograd/hooks.h"

#include <stdarg.h>
#include <string.h>

enum { CONTEXT_NODES = 4 }; /* how many nodes a message shows */

Tape tape_new(Arena *arena)
{
	return (Tape){ .arena = arena, .recording = true };
}

/* An operation is complete, or whatever else took time and memory. */
static void recorded(Tape *tape, Node *node)
{
	if (tape->meter)
		tape->meter->recorded(tape->meter, tape, node);
}

void tape_reset(Tape *tape)
{
	arena_reset(tape->arena);
	tape->last = NULL;
	tape->nodes = 0;
	if (tape->reuse)
		tape->reuse->reset(tape->reuse);
	recorded(tape, NULL);
}

static Var *leaf(Tape *tape, Tensor value, const char *name)
{
	Var *x = arena_alloc(tape->arena, sizeof *x);
	*x = (Var){ .value = value, .grad = value, .name = name };
	x->grad.data = NULL;
	return x;
}

Var *tape_constant(Tape *tape, Tensor value, const char *name)
{
	Var *x = leaf(tape, value, name);
	recorded(tape, NULL);
	return x;
}

Var *tape_variable(Tape *tape, Tensor value, const char *name)
{
	Var *x = tape_constant(tape, value, name);
	x->grad.data = arena_zeros(tape->arena, tensor_count(value) * sizeof(real));
	return x;
}

bool tape_wants(const Tape *tape, int inputs, Var *const in[])
{
	if (!tape->recording)
		return false;
	for (int i = 0; i < inputs; i++)
		if (in[i] && var_wants(in[i]))
			return true;
	return false;
}

/* A Var and its value are one piece of memory: they live and die together, and one
 * allocation is faster than two. The numbers come last, so that a sanitizer still sees
 * the byte after their end. */
Var *tape_output(Tape *tape, Tensor like)
{
	enum {
		begin = (sizeof(Var) + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT *
		        ARENA_ALIGNMENT
	};
	Var *out = arena_alloc(tape->arena, begin + tensor_count(like) * sizeof(real));
	out->value = like;
	out->value.data = (real *)(void *)((unsigned char *)out + begin);
	out->grad = like;
	out->grad.data = NULL;
	out->name = NULL;
	out->node = NULL;
	out->later = NULL;
	out->stored = NULL;
	return out;
}

static Node *node_new(Site site, Tape *tape, const Op *op, Var *out, const void *saved,
        int inputs, Var *const in[])
{
	Node *node = arena_alloc(
	        tape->arena, sizeof *node + (size_t)inputs * sizeof node->in[0]);
	*node = (Node){
		.op = op,
		.previous = tape->last,
		.site = site,
		.tape = tape,
		.out = out,
		.saved = saved,
		.inputs = inputs,
	};
	for (int i = 0; i < inputs; i++)
		node->in[i] = in[i];
	return node;
}

Var *tape_record(Site site, Tape *tape, const Op *op, Var *out, const void *saved,
        int inputs, Var *const in[])
{
	if (tape_wants(tape, inputs, in)) {
		out->node = node_new(site, tape, op, out, saved, inputs, in);
		tape->last = out->node;
		tape->nodes++;
	}
	recorded(tape, out->node);
	return out;
}

Var *tape_push(Site site, Tape *tape, const Op *op, Tensor value, const void *saved,
        int inputs, Var *const in[])
{
	return tape_record(site, tape, op, leaf(tape, value, NULL), saved, inputs, in);
}

/* ---- backward ---- */

static void zero_gradient(Tape *tape, Var *x)
{
	size_t bytes = tensor_count(x->value) * sizeof(real);
	if (!x->grad.data)
		x->grad.data =
		        tape->reuse ? tape->reuse->take(tape->reuse, tape->arena, bytes)
		                    : arena_alloc(tape->arena, bytes);
	memset(x->grad.data, 0, bytes);
}

/* Input i of `user` is about to be added to. What an operation made is zeroed when the
 * first of its users reaches it. */
static void reach(Tape *tape, const Node *user, int i)
{
	Var *x = user->in[i];
	if (x->later && !(user->op->later >> i & 1))
		x->later->written = true;
	if (!x->node || x->node->pass == tape->pass)
		return;
	x->node->pass = tape->pass;
	zero_gradient(tape, x);
}

/* Every backward is called from this line, which is never inlined: a place for a
 * breakpoint (tensor/debug.gdb). */
__attribute__((noinline)) static void call_backward(const Node *node)
{
	node->op->backward(node);
}

/* All users of what the node made have been visited: its gradient is complete. */
static void visit(Tape *tape, const Node *node)
{
	for (int i = 0; i < node->inputs; i++)
		if (node->in[i])
			reach(tape, node, i);
	if (tape->meter)
		tape->meter->before(tape->meter, node);
	call_backward(node);
	if (tape->meter)
		tape->meter->after(tape->meter, node);
	if (tape->reuse)
		tape->reuse->give(tape->reuse, node->out);
}

void tape_backward_at(Site site, Tape *tape, Var *loss)
{
	var_require(site, tape, "tape_backward", "loss", loss);
	if (tensor_count(loss->value) != 1)
		tape_stop(site, tape, "tape_backward",
		        "%s: expected a scalar. Hint: reduce it first, with op_sum or op_mean.",
		        var_text("loss", loss).text);
	if (!var_wants(loss))
		tape_stop(site, tape, "tape_backward",
		        "%s wants no gradient: nothing it was made from does, or the tape was not recording",
		        var_text("loss", loss).text);
	tape->pass++;
	if (loss->node) {
		loss->node->pass = tape->pass;
		zero_gradient(tape, loss);
	}
	loss->grad.data[0] += 1;
	for (Node *node = tape->last; node; node = node->previous)
		if (node->pass == tape->pass)
			visit(tape, node);
		else if (!tape->reuse)
			zero_gradient(tape, node->out);
	recorded(tape, NULL);
}

_Noreturn void var_missing(
        Site site, const Tape *tape, const char *operation, const char *role)
{
	tape_stop(site, tape, operation, "%s is NULL. Hint: was it ever made?", role);
}

Axis var_axis(Site site, const Tape *tape, const char *operation, const Var *x, int index)
{
	Axis axis;
	Error why;
	var_require(site, tape, operation, "x", x);
	if (!tensor_find_axis(&axis, x->value, index, &why))
		tape_stop(site, tape, operation, "axis %d of %s: %s", index,
		        var_text("x", x).text, why.text);
	return axis;
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
