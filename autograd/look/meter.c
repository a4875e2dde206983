/* A stopwatch between operations. What happens between the end of one operation and the
 * end of the next belongs to the next; what is no operation belongs to nobody. */
#include "autograd/look/meter.h"
#include "autograd/hooks.h"
#include "tensor/arena_peak.h"
#include "tensor/clock.h"

typedef struct Stopwatch {
	Meter meter;  /* first: the tape knows no more of it */
	double clock; /* when the operation before this one ended, */
	size_t live;  /* what the arena held then, */
	size_t peak;  /* and the most that it ever held */
} Stopwatch;

/* From here on time and memory belong to the operation that comes next. */
static void start(Stopwatch *watch, const Tape *tape)
{
	size_t peak = arena_peak_restart(tape->arena);
	if (peak > watch->peak)
		watch->peak = peak;
	watch->live = arena_live(tape->arena);
	watch->clock = seconds_now();
}

static void recorded(Meter *meter, Tape *tape, Node *node)
{
	Stopwatch *watch = (Stopwatch *)meter;
	if (node) {
		NodeCost cost = {
			.forward = seconds_now() - watch->clock,
			.live = arena_live(tape->arena) - watch->live,
			.peak = arena_peak(tape->arena) - watch->live,
		};
		node->cost = arena_copy(tape->arena, &cost, sizeof cost);
	}
	start(watch, tape);
}

static void before(Meter *meter, const Node *node)
{
	(void)node;
	((Stopwatch *)meter)->clock = seconds_now();
}

static void after(Meter *meter, const Node *node)
{
	if (node->cost)
		node->cost->backward += seconds_now() - ((Stopwatch *)meter)->clock;
}

void tape_measure(Tape *tape)
{
	Arena *own = arena_child(tape->arena, "meter"); /* tape_reset leaves it */
	Stopwatch *watch = ARENA_NEW(own, Stopwatch);
	watch->meter = (Meter){ recorded, before, after };
	tape->meter = &watch->meter;
	start(watch, tape);
}

size_t tape_peak(const Tape *tape)
{
	size_t before = tape->meter ? ((const Stopwatch *)tape->meter)->peak : 0;
	size_t now = arena_peak(tape->arena);
	return now > before ? now : before;
}
