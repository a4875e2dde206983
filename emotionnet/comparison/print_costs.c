#include "emotionnet/comparison/print_costs.h"
#include "emotionnet/comparison/print.h"
#include "tensor/plot/escape.h"

#include <inttypes.h>

/* In units of so many. */
static void print_number(FILE *out, int width, uint64_t number, double unit)
{
	if (number)
		fprintf(out, "  %*.*f", width, (double)number < 10 * unit ? 3 : 1,
		        (double)number / unit);
	else
		fprintf(out, "  %*s", width, "-");
}

static void print_row(FILE *out, const Comparison *c, const Summary *s)
{
	const double mega = 1e6, mebi = 1 << 20;
	terminal_print(out, "%-*s", print_name_width(c), s->strategy);
	fprintf(out, "  %10" PRIu64, s->most.parameters);
	print_number(out, 10, s->most.operations, mega);
	print_number(out, 9, s->most.read, mebi);
	print_number(out, 9, s->most.disk, mebi);
	print_number(out, 11, s->most.memory, mebi);
	fprintf(out, "  %8.2f%s  %8.3f  %8.3f\n", s->cpu_seconds.mean,
	        s->most.asked ? "*" : " ", s->latency_p50.mean, s->latency_p95.mean);
}

static const Summary *largest_of(const Comparison *c, int strategy)
{
	const Summary *rows = &c->summaries[strategy * c->size_count];
	int at = c->size_count - 1;
	while (at > 0 && !rows[at].seeds)
		at--;
	return &rows[at];
}

void print_costs(FILE *out, const Comparison *c)
{
	bool asked = false;
	fprintf(out,
	        "\nWhat it costs: one utterance at a time, on one thread, while other cells may run\n\n%-*s  %10s  %10s  %9s  %9s  %11s  %8s   %8s  %8s\n",
	        print_name_width(c), "strategy", "parameters", "operations", "read",
	        "disk", "memory", "CPU, s", "p50, ms", "p95, ms");
	fprintf(out, "%-*s  %10s  %10s  %9s  %9s  %11s\n", print_name_width(c), "", "",
	        "millions", "MiB", "MiB", "MiB");
	for (int i = 0; i < c->strategy_count && c->size_count; i++) {
		const Summary *s = largest_of(c, i);
		if (!s->seeds)
			continue;
		print_row(out, c, s);
		asked |= s->most.asked;
	}
	fprintf(out,
	        "\nOperations: of products for one utterance, a multiply-add is two. Read: bytes of weights for it. Memory: the most while training, beside what is mapped from the disk. CPU: seconds of processors to train.\n");
	if (asked)
		fprintf(out,
		        "* Nothing was trained: CPU and memory are those of answering the whole test.\n");
}
