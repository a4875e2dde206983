#include "emotionnet/comparison/print_markdown.h"
#include "tensor/plot/escape.h"

static void print_cell(FILE *out, const Comparison *c, const Summary *s, ScoreKind kind)
{
	Spread spread = s->scores[kind].seeds;
	if (!s->seeds) {
		fprintf(out, " - |");
		return;
	}
	fprintf(out, " %.3f", spread.mean);
	if (s->seeds > 1)
		fprintf(out, " ± %.3f", spread.deviation);
	if (s->seeds < c->seed_count)
		fprintf(out, " (%d of %d)", s->seeds, c->seed_count);
	fprintf(out, " |");
}

void comparison_print_markdown(FILE *out, const Comparison *c, ScoreKind kind)
{
	fprintf(out, "| %s |", score_name(kind));
	for (int z = 0; z < c->size_count; z++)
		fprintf(out, " %d |", c->sizes[z]);
	fprintf(out, "\n|---|");
	for (int z = 0; z < c->size_count; z++)
		fprintf(out, "---|");
	for (int s = 0; s < c->strategy_count; s++) {
		markdown_print(out, "\n| %s |", c->strategies[s]);
		for (int z = 0; z < c->size_count; z++)
			print_cell(out, c, &c->summaries[s * c->size_count + z], kind);
	}
	fprintf(out, "\n");
}
