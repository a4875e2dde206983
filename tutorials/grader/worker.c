#include "tutorials/grader/worker.h"
#include "tutorials/grader/seal.h"
#include "tutorials/grader/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Received {
	WireArgument argument;
	void *numbers; /* of an array; NULL where there is none */
	Var *var;
	real *gradient; /* of the Var, even where the code puts another there */
} Received;

struct Call {
	WireHead head;
	Arena *arena;
	Tape tape;
	Received received[WIRE_ARGUMENTS];
	real *slope; /* WIRE_BACKWARD: the gradient of the output, */
	size_t slopes;
};

/* explain.c looks for this line. */
static _Noreturn void give_up(const char *what, const char *name)
{
	fprintf(stderr, "worker.c: %s: %s.\n", name, what);
	exit(3);
}

static const Received *argument(const Call *call, int index, WireKind kind)
{
	if (index < 0 || index >= call->head.arguments ||
	        call->received[index].argument.kind != (int32_t)kind)
		give_up("checks.c sends other arguments than it takes",
		        call->head.function);
	return &call->received[index];
}

real *call_reals(const Call *call, int index)
{
	return argument(call, index, WIRE_REALS)->numbers;
}

int *call_ints(const Call *call, int index)
{
	return argument(call, index, WIRE_INTS)->numbers;
}

int call_int(const Call *call, int index)
{
	return argument(call, index, WIRE_INT)->argument.number;
}

real call_real(const Call *call, int index)
{
	return (real)argument(call, index, WIRE_REAL)->argument.fraction;
}

Var *call_var(const Call *call, int index)
{
	return argument(call, index, WIRE_VAR)->var;
}

Tape *call_tape(const Call *call)
{
	return (Tape *)&call->tape;
}

/* --- receiving
 * --------------------------------------------------------------------------------- */

/* Without whoever asks there is nothing to do. */
static void receive(void *data, size_t size)
{
	if (!wire_receive(WIRE_REQUESTS, data, size))
		exit(0);
}

static void send(const void *data, size_t size)
{
	if (!wire_send(WIRE_ANSWERS, data, size))
		exit(0);
}

/* `count` things of a size in memory of their own. */
static void *receive_array(size_t count, size_t size)
{
	void *array = malloc(count * size);
	if (!array)
		give_up("no memory", "an array");
	receive(array, count * size);
	return array;
}

static size_t size_of(const WireArgument *a)
{
	return a->kind == WIRE_INTS ? sizeof(int) : sizeof(real);
}

static Var *receive_var(Call *call, Received *r)
{
	const WireArgument *a = &r->argument;
	r->numbers = receive_array((size_t)a->count, sizeof(real));
	int shape[TENSOR_MAX_DIMS];
	for (int d = 0; d < a->shape.ndim; d++)
		shape[d] = a->shape.shape[d];
	Tensor value = tensor_view(r->numbers, a->shape.ndim, shape);
	if (!a->wants)
		return tape_constant(&call->tape, value, a->name);
	Var *var = tape_variable(&call->tape, value, a->name);
	r->gradient = var->grad.data;
	receive(r->gradient, (size_t)a->count * sizeof(real));
	return var;
}

static void receive_argument(Call *call, Received *r)
{
	receive(&r->argument, sizeof r->argument);
	if (r->argument.kind == WIRE_VAR)
		r->var = receive_var(call, r);
	else if (r->argument.kind == WIRE_REALS || r->argument.kind == WIRE_INTS)
		r->numbers =
		        receive_array((size_t)r->argument.count, size_of(&r->argument));
}

/* --- answering
 * --------------------------------------------------------------------------------- */

static void send_arrays(const Call *call)
{
	for (int i = 0; i < call->head.arguments; i++) {
		const Received *r = &call->received[i];
		if (r->numbers)
			send(r->numbers,
			        (size_t)r->argument.count * size_of(&r->argument));
	}
}

static void send_output(const Var *y)
{
	WireShape shape = { .ndim = y->value.ndim };
	for (int d = 0; d < y->value.ndim && d < TENSOR_MAX_DIMS; d++)
		shape.shape[d] = y->value.shape[d];
	send(&shape, sizeof shape);
	send(y->value.data, tensor_count(y->value) * sizeof(real));
}

/* The loss whose gradient with respect to its input is what the check sent. */
static void slope_backward(const Node *node)
{
	const Call *call = node->saved;
	for (size_t i = 0; i < call->slopes; i++)
		node->in[0]->grad.data[i] += call->slope[i];
}

static void go_back(Call *call, Var *y)
{
	static const Op op = { .name = "loss", .backward = slope_backward };
	if (!var_wants(y) || tensor_count(y->value) != call->slopes)
		return;
	Tensor loss = tensor_full(call->arena, 0, SCALAR);
	Var *end = tape_push(HERE, &call->tape, &op, loss, call, INPUTS(y));
	tape_backward(&call->tape, end);
}

static void send_gradients(const Call *call)
{
	for (int i = 0; i < call->head.arguments; i++) {
		const Received *r = &call->received[i];
		if (r->var && r->argument.wants)
			send(r->var->grad.data, (size_t)r->argument.count * sizeof(real));
	}
}

static void answer(Call *call, const WorkerFunction *function)
{
	if (call->head.way == WIRE_CALL) {
		function->call(call);
		send_arrays(call);
		return;
	}
	Var *y = function->op(call);
	if (!y || !y->value.data)
		give_up(y ? "what it returned has no numbers" : "it returned NULL",
		        call->head.function);
	if (call->head.way == WIRE_FORWARD)
		send_output(y);
	else
		go_back(call, y);
	send_arrays(call);
	if (call->head.way == WIRE_BACKWARD)
		send_gradients(call);
}

static const WorkerFunction *named(
        const WireHead *head, int count, const WorkerFunction functions[])
{
	for (int i = 0; i < count; i++)
		if (!strcmp(head->function, functions[i].name) &&
		        (head->way == WIRE_CALL ? functions[i].call != NULL
		                                : functions[i].op != NULL))
			return &functions[i];
	give_up("there is no such function in it", head->function);
}

static void serve(int count, const WorkerFunction functions[])
{
	Call call = { .arena = arena_new("call") };
	call.tape = tape_new(call.arena);
	receive(&call.head, sizeof call.head);
	for (int i = 0; i < call.head.arguments; i++)
		receive_argument(&call, &call.received[i]);
	if (call.head.way == WIRE_BACKWARD) {
		int64_t slopes;
		receive(&slopes, sizeof slopes);
		call.slopes = (size_t)slopes;
		call.slope = receive_array(call.slopes, sizeof(real));
	}
	answer(&call, named(&call.head, count, functions));
	for (int i = 0; i < call.head.arguments; i++)
		free(call.received[i].numbers);
	free(call.slope);
	arena_free(call.arena);
}

int worker_main(int count, const WorkerFunction functions[])
{
	setvbuf(stdout, NULL, _IOLBF, 0); /* what is printed is there when it crashes */
	seal_process();
	for (;;)
		serve(count, functions);
}
