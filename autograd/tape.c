#include "autograd/tape.h"
#include "autograd/fast/terms.h"
#include "tensor/clock.h"

#include <stdarg.h>
#include <string.h>

enum { CONTEXT_NODES = 4 }; /* how many nodes a message shows */

/* From here on time and memory belong to the operation that comes next. */
static void measure_from_here(Tape *tape)
{
	size_t peak = arena_peak_restart(tape->arena);
	if (peak > tape->peak)
		tape->peak = peak;
	tape->live = arena_live(tape->arena);
	tape->clock = seconds_now();
}

Tape tape_new(Arena *arena)
{
	return (Tape){ .arena = arena, .recording = true };
}

void tape_measure(Tape *tape)
{
	tape->measuring = true;
	measure_from_here(tape);
}

void tape_reset(Tape *tape)
{
	arena_reset(tape->arena);
	tape->last = NULL;
	tape->nodes = 0;
	memset(tape->spare, 0, sizeof tape->spare);
	if (tape->measuring)
		measure_from_here(tape);
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
	if (tape->measuring)
		measure_from_here(tape);
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

static void measure_forward(Tape *tape, Node *node)
{
	double forward = seconds_now() - tape->clock;
	size_t live = arena_live(tape->arena) - tape->live;
	size_t peak = arena_peak(tape->arena) - tape->live;
	node->cost = ARENA_NEW(tape->arena, NodeCost);
	*node->cost = (NodeCost){ .forward = forward, .live = live, .peak = peak };
	measure_from_here(tape);
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
	out->marks = NULL;
	out->terms = NULL;
	return out;
}

Var *tape_record(Site site, Tape *tape, const Op *op, Var *out, const void *saved,
        int inputs, Var *const in[])
{
	if (!tape_wants(tape, inputs, in)) {
		if (tape->measuring)
			measure_from_here(tape);
		return out;
	}
	Node *node = arena_alloc(
	        tape->arena, sizeof *node + (size_t)inputs * sizeof node->in[0]);
	*node = (Node){
		.op = op,
		.previous = tape->last,
		.site = site,
		.out = out,
		.saved = saved,
		.inputs = inputs,
	};
	for (int i = 0; i < inputs; i++)
		node->in[i] = in[i];
	out->node = node;
	tape->last = node;
	tape->nodes++;
	if (tape->measuring)
		measure_forward(tape, node);
	return out;
}

Var *tape_push(Site site, Tape *tape, const Op *op, Tensor value, const void *saved,
        int inputs, Var *const in[])
{
	return tape_record(site, tape, op, leaf(tape, value, NULL), saved, inputs, in);
}

void var_mark_all(Var *x)
{
	if (x->marks)
		memset(x->marks, 1, (size_t)x->value.shape[0]);
}

/* ---- the memory of gradients ---- */

/* Pieces that are used again have 2^k cache lines, so that one fits wherever another
 * did. */
static int size_of(Tensor x)
{
	size_t bytes = tensor_count(x) * sizeof(real);
	int k = 0;
	while ((size_t)ARENA_ALIGNMENT << k < bytes)
		k++;
	return k;
}

static void *gradient_new(Tape *tape, const Var *x)
{
	size_t bytes = tensor_count(x->value) * sizeof(real);
	if (x->node->cost)
		x->node->cost->live += bytes;
	if (!tape->reusing)
		return arena_alloc(tape->arena, bytes);
	int k = size_of(x->value);
	void **spare = tape->spare[k];
	if (!spare)
		return arena_alloc(tape->arena, (size_t)ARENA_ALIGNMENT << k);
	tape->spare[k] = *spare; /* its first bytes say which is the next */
	return spare;
}

static void give_up_gradient(Tape *tape, Var *x)
{
	int k = size_of(x->grad);
	void **spare = (void **)(void *)x->grad.data;
	*spare = tape->spare[k];
	tape->spare[k] = spare;
	x->grad.data = NULL;
}

/* ---- backward ---- */

static void zero_gradient(Tape *tape, Var *x)
{
	if (!x->grad.data)
		x->grad.data = gradient_new(tape, x);
	tensor_fill(x->grad, 0);
}

/* `x`, input i of `user`, is about to be added to in this pass. */
static void reach(Tape *tape, Var *x, const Node *user, int i)
{
	if (x->marked_by != user->op)
		var_mark_all(x);
	if (x->terms && !(user->by_terms >> i & 1))
		x->terms->written = true;
	Node *node = x->node;
	if (!node || node->pass == tape->pass)
		return;
	node->pass = tape->pass;
	zero_gradient(tape, x);
}

/* How many terms there are of gradients that this node adds to. */
static int terms_of(const Node *node)
{
	int count = 0;
	for (int i = 0; i < node->inputs; i++)
		if (node->in[i] && node->in[i]->terms)
			count += node->in[i]->terms->count;
	return count;
}

/* Every backward is called from this line, which is never inlined: a place for a
 * breakpoint
 * (tensor/debug.gdb). */
__attribute__((noinline)) static void call_backward(const Node *node)
{
	node->op->backward(node);
}

static void measure_backward(const Node *node)
{
	double start = seconds_now();
	call_backward(node);
	node->cost->backward += seconds_now() - start;
}

/* Everybody who uses what it made has been visited. What it leaves as terms may read
 * its gradient later. */
static void visit(Tape *tape, const Node *node)
{
	for (int i = 0; i < node->inputs; i++)
		if (node->in[i])
			reach(tape, node->in[i], node, i);
	int terms = terms_of(node);
	if (node->cost)
		measure_backward(node);
	else
		call_backward(node);
	if (tape->reusing && terms_of(node) == terms)
		give_up_gradient(tape, node->out);
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
	if (loss->node)
		reach(tape, loss, loss->node, 0);
	loss->grad.data[0] += 1;
	for (Node *node = tape->last; node; node = node->previous)
		if (node->pass == tape->pass)
			visit(tape, node);
		else if (!tape->reusing)
			zero_gradient(tape, node->out);
	if (tape->measuring)
		measure_from_here(tape);
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
