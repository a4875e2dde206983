#include "tutorials/grader/remote.h"
#include "tutorials/grader/checks.h"
#include "tutorials/grader/confine.h"
#include "tutorials/grader/explain.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* One worker a process: every check runs in a process of its own (Check forks). */
static struct {
	const char *worker, *folder, *printed;
	int seconds;
	RemoteState *state;
	pid_t process;
	int requests, answers;
	double until;
} remote;

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void remote_prepare(const char *worker, const char *folder, const char *printed,
        int seconds, RemoteState *state)
{
	remote.worker = worker;
	remote.folder = folder;
	remote.printed = printed;
	remote.seconds = seconds;
	remote.state = state;
	remote.process = 0;
}

static _Noreturn void fail_check(const char *file, int line, const char *text)
{
	_ck_assert_failed(file, line, text, NULL);
	abort(); /* not reached */
}

/* --- the process
 * ------------------------------------------------------------------------------- */

static void start(const char *file, int line)
{
	char options[160];
	snprintf(options, sizeof options,
	        "ASAN_OPTIONS=hard_rss_limit_mb=%d:max_allocation_size_mb=%d:detect_"
	        "leaks=0:"
	        "color=never:redzone=256",
	        MEMORY_MEGABYTES, MEMORY_MEGABYTES);
	char *environment[] = { options, "LC_ALL=C", "UBSAN_OPTIONS=color=never", NULL };
	char *command[] = { (char *)remote.worker, NULL };
	int to[2], from[2];
	int out = open(remote.printed, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
	if (out < 0 || pipe(to) || pipe(from))
		fail_check(file, line, strerror(errno));
	signal(SIGPIPE, SIG_IGN);
	Confinement how = { .seconds = remote.seconds + 1,
		.file_megabytes = PRINTED_MEGABYTES,
		.as_nobody = true,
		.folder = remote.folder,
		.environment = environment,
		.fds = { open("/dev/null", O_RDONLY), out, out, to[0], from[1] },
		.count = 5 };
	remote.process = confine_start(&how, command);
	if (remote.process < 0)
		fail_check(file, line, strerror(errno));
	remote.state->process = (int)remote.process;
	close(how.fds[0]), close(out), close(to[0]), close(from[1]);
	remote.requests = to[1], remote.answers = from[0];
	fcntl(remote.requests, F_SETFL, O_NONBLOCK);
	fcntl(remote.answers, F_SETFL, O_NONBLOCK);
	remote.until = now() + remote.seconds;
}

/* Its exit status, where it ends by itself within some time; else it is ended. */
static int end_status(bool late)
{
	const double until = now() + (late ? 0 : 2);
	int status = 0;
	pid_t ended;
	while ((ended = waitpid(remote.process, &status, WNOHANG)) == 0 && now() < until)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	if (ended == 0) {
		confine_end(remote.process);
		waitpid(remote.process, &status, 0);
		return 0;
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The worker does not answer any more: it has ended, or closed its pipe, or its time is
 * over. The check fails and says why. */
static _Noreturn void gone(const char *file, int line)
{
	char text[EXPLANATION];
	bool late = now() >= remote.until;
	remote.state->late = late;
	int status = end_status(late);
	explain_end(text, remote.printed, status, late ? remote.seconds : 0);
	fail_check(file, line, text);
}

/* Where a call stands, for the messages of what goes wrong in it. */
typedef struct Caller {
	const char *file;
	int line;
} Caller;

static void wait_for(Caller from, int fd, short events)
{
	struct pollfd ready = { .fd = fd, .events = events };
	double left = remote.until - now();
	if (left <= 0 || poll(&ready, 1, (int)(left * 1000) + 1) == 0)
		gone(from.file, from.line);
}

static void send(Caller from, const void *data, size_t size)
{
	for (const char *next = data; size > 0;) {
		ssize_t sent = write(remote.requests, next, size);
		if (sent < 0 && errno == EAGAIN) {
			wait_for(from, remote.requests, POLLOUT);
		} else if (sent < 0 && errno != EINTR) {
			gone(from.file, from.line);
		} else if (sent > 0) {
			next += sent;
			size -= (size_t)sent;
		}
	}
}

static void receive(Caller from, void *data, size_t size)
{
	for (char *next = data; size > 0;) {
		ssize_t got = read(remote.answers, next, size);
		if (got < 0 && errno == EAGAIN) {
			wait_for(from, remote.answers, POLLIN);
		} else if (got == 0 || (got < 0 && errno != EINTR)) {
			gone(from.file, from.line);
		} else if (got > 0) {
			next += got;
			size -= (size_t)got;
		}
	}
}

/* --- requests
 * ---------------------------------------------------------------------------------- */

static size_t size_of(const Argument *a)
{
	return a->kind == WIRE_INTS ? sizeof(int) : sizeof(real);
}

/* An intermediate result has none before the tape goes back: then zeros stand for it. */
static void send_gradient(Caller from, const Var *x)
{
	size_t count = tensor_count(x->value);
	real *zeros = x->grad.data ? NULL : calloc(count + 1, sizeof(real));
	if (!x->grad.data && !zeros)
		error_out_of_memory("remote", count);
	send(from, zeros ? zeros : x->grad.data, count * sizeof(real));
	free(zeros);
}

static void send_argument(Caller from, const Argument *a)
{
	WireArgument wire = { .kind = (int32_t)a->kind,
		.number = a->number,
		.fraction = a->fraction,
		.count = (int64_t)a->count };
	const char *name = a->kind == WIRE_VAR && a->var->name ? a->var->name : a->name;
	snprintf(wire.name, sizeof wire.name, "%s", name);
	if (a->kind != WIRE_VAR) {
		send(from, &wire, sizeof wire);
		send(from, a->numbers, a->numbers ? a->count * size_of(a) : 0);
		return;
	}
	const Tensor value = a->var->value;
	wire.count = (int64_t)tensor_count(value);
	wire.wants = var_wants(a->var);
	wire.shape.ndim = value.ndim;
	for (int d = 0; d < value.ndim; d++)
		wire.shape.shape[d] = value.shape[d];
	send(from, &wire, sizeof wire);
	send(from, value.data, (size_t)wire.count * sizeof(real));
	if (wire.wants)
		send_gradient(from, a->var);
}

static void send_request(Caller from, WireWay way, const char *function, int count,
        const Argument arguments[])
{
	if (!remote.process)
		start(from.file, from.line);
	WireHead head = { .way = (int32_t)way, .arguments = count };
	snprintf(head.function, sizeof head.function, "%s", function);
	if (count > WIRE_ARGUMENTS)
		fail_check(from.file, from.line, "more arguments than wire.h allows");
	send(from, &head, sizeof head);
	for (int i = 0; i < count; i++)
		send_argument(from, &arguments[i]);
}

/* --- answers
 * ----------------------------------------------------------------------------------- */

static void check_unchanged(Caller from, const char *function, const char *name,
        const void *before, const void *after, size_t count, bool ints)
{
	size_t size = ints ? sizeof(int) : sizeof(real);
	for (size_t i = 0; i < count; i++) {
		if (!memcmp((const char *)before + i * size,
		            (const char *)after + i * size, size))
			continue;
		double was = ints ? ((const int *)before)[i]
		                  : (double)((const real *)before)[i];
		double is =
		        ints ? ((const int *)after)[i] : (double)((const real *)after)[i];
		checks_mistake(from.file, from.line,
		        "an input is written. It is only to be read",
		        "%s: number %zu of %s was %g before the call and is %g after it",
		        function, i, name, was, is);
	}
}

static void check_numbers(Caller from, const char *function, const char *name,
        const real *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (isnan(numbers[i]))
			checks_mistake(from.file, from.line,
			        "it was never written; or 0/0, infinity - infinity, the "
			        "logarithm or the root of something below 0",
			        "%s: number %zu of %s is no number (NaN)", function, i,
			        name);
}

/* What the worker has in this array now. */
static void receive_array(Caller from, const char *function, const Argument *a)
{
	size_t bytes = a->count * size_of(a);
	void *now_there = malloc(bytes + 1);
	if (!now_there)
		error_out_of_memory("remote", bytes);
	receive(from, now_there, bytes);
	if (!a->writes)
		check_unchanged(from, function, a->name, a->numbers, now_there, a->count,
		        a->kind == WIRE_INTS);
	else if (a->kind == WIRE_REALS)
		check_numbers(from, function, a->name, now_there, a->count);
	if (a->writes)
		memcpy(a->numbers, now_there, bytes);
	free(now_there);
}

static void receive_arrays(
        Caller from, const char *function, int count, const Argument arguments[])
{
	for (int i = 0; i < count; i++) {
		Argument a = arguments[i];
		if (a.kind == WIRE_VAR) {
			a.name = a.var->name ? a.var->name : a.name;
			a.numbers = a.var->value.data;
			a.count = tensor_count(a.var->value);
		}
		if (a.numbers)
			receive_array(from, function, &a);
	}
}

void remote_call(const char *file, int line, const char *function, int count,
        const Argument arguments[])
{
	Caller from = { file, line };
	send_request(from, WIRE_CALL, function, count, arguments);
	receive_arrays(from, function, count, arguments);
}

/* --- operations
 * -------------------------------------------------------------------------------- */

typedef struct RemoteOp {
	Site site;
	const char *function;
	int count;
	Argument arguments[WIRE_ARGUMENTS];
} RemoteOp;

static void remote_backward(const Node *node)
{
	const RemoteOp *op = node->saved;
	Caller from = { op->site.file, op->site.line };
	const Tensor dy = node->out->grad;
	int64_t slopes = (int64_t)tensor_count(dy);
	send_request(from, WIRE_BACKWARD, op->function, op->count, op->arguments);
	send(from, &slopes, sizeof slopes);
	send(from, dy.data, (size_t)slopes * sizeof(real));
	receive_arrays(from, op->function, op->count, op->arguments);
	for (int i = 0; i < op->count; i++) {
		const Var *x = op->arguments[i].var;
		if (op->arguments[i].kind != WIRE_VAR || !x->grad.data)
			continue;
		char name[128];
		snprintf(name, sizeof name, "the gradient of %.100s",
		        x->name ? x->name : op->arguments[i].name);
		receive(from, x->grad.data, tensor_count(x->grad) * sizeof(real));
		check_numbers(
		        from, op->function, name, x->grad.data, tensor_count(x->grad));
	}
}

static Tensor receive_output(Caller from, Arena *arena, const char *function)
{
	WireShape wire;
	receive(from, &wire, sizeof wire);
	int64_t count = 1;
	bool sound = wire.ndim >= 0 && wire.ndim <= TENSOR_MAX_DIMS;
	for (int d = 0; sound && d < wire.ndim; d++) {
		count *= wire.shape[d];
		sound = wire.shape[d] >= 0 && count <= WIRE_NUMBERS;
	}
	if (!sound)
		checks_mistake(from.file, from.line,
		        "the output was not made by tape_output or by an operation",
		        "%s: what it returns has no shape", function);
	Tensor y = tensor_new(arena, wire.ndim, wire.shape);
	receive(from, y.data, (size_t)count * sizeof(real));
	check_numbers(from, function, "the output", y.data, (size_t)count);
	return y;
}

Var *remote_op(Site site, Tape *tape, const char *function, int count,
        const Argument arguments[])
{
	static const Op op = { .name = "remote_op", .backward = remote_backward };
	Caller from = { site.file, site.line };
	send_request(from, WIRE_FORWARD, function, count, arguments);
	Tensor y = receive_output(from, tape->arena, function);
	receive_arrays(from, function, count, arguments);

	RemoteOp *saved = ARENA_NEW(tape->arena, RemoteOp);
	*saved = (RemoteOp){ .site = site, .function = function, .count = count };
	Var *in[WIRE_ARGUMENTS];
	int inputs = 0;
	for (int i = 0; i < count; i++) {
		saved->arguments[i] = arguments[i];
		if (arguments[i].kind == WIRE_VAR)
			in[inputs++] = arguments[i].var;
	}
	return tape_push(site, tape, &op, y, saved, inputs, in);
}
