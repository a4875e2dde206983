/* breakdown.c: counts right answers group by group. */
#include "emotionnet/command/breakdown.h"

#include "tensor/file/json_write.h"
#include "emotionnet/stage/stage.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"
#include "tensor/plot/escape.h"

#include <string.h>

static void find_ceilings(Breakdown *breakdown, const Corpus *corpus)
{
	StageCeiling ceiling;
	const bool *has = breakdown->read.has;
	StageView view =
	        stage_view(has[MODALITY_TEXT], has[MODALITY_SPEECH], has[MODALITY_FACE]);
	if (strcmp(breakdown->column, "kind") ||
	        !stage_corpus_ceiling(corpus, view, &ceiling))
		return;
	for (int g = 0; g < breakdown->count; g++)
		for (int kind = 0; kind < STAGE_KINDS; kind++)
			if (!strcmp(breakdown->groups[g].value,
			            stage_kind_name((StageKind)kind)))
				breakdown->groups[g].ceiling = ceiling.kind[kind];
}

bool breakdown_make(Breakdown *breakdown, Arena *arena, const Corpus *corpus,
        const Dataset *data, Tensor probabilities, Error *error)
{
	const char *column = breakdown->column;
	if (!corpus_has_column(corpus, column, arena, error))
		return false;
	StringSet values = stringset_new(arena);
	breakdown->groups = ARENA_ARRAY(arena, BreakdownGroup, (size_t)data->count);
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		if (example->label < 0)
			continue;
		const Utterance *utterance = &corpus->utterances[example->utterance];
		const char *value = corpus_value(corpus, utterance, column);
		BreakdownGroup *group = &breakdown->groups[stringset_add(&values, value)];
		if (!group->count)
			*group = (BreakdownGroup){ .value = value, .ceiling = -1 };
		group->right +=
		        tensor_argmax(tensor_row(probabilities, i)) == example->label;
		group->count++;
	}
	breakdown->count = values.count;
	find_ceilings(breakdown, corpus);
	return true;
}

void breakdown_print(FILE *out, const Breakdown *breakdown)
{
	bool ceilings = breakdown->count && breakdown->groups[0].ceiling >= 0;
	terminal_print(out, "\n%-12s %9s %9s%s\n", breakdown->column, "number",
	        "accuracy", ceilings ? "   ceiling" : "");
	for (int g = 0; g < breakdown->count; g++) {
		const BreakdownGroup *group = &breakdown->groups[g];
		terminal_print(out, "%-12s %9d %9.3f",
		        group->value[0] ? group->value : "-", group->count,
		        (double)group->right / group->count);
		if (ceilings)
			fprintf(out, " %9.3f", group->ceiling);
		fputc('\n', out);
	}
}

void breakdown_print_json(FILE *out, const Breakdown *breakdown)
{
	fprintf(out, "{\"column\":");
	json_text(out, breakdown->column);
	fprintf(out, ",\"groups\":[");
	for (int g = 0; g < breakdown->count; g++) {
		const BreakdownGroup *group = &breakdown->groups[g];
		fprintf(out, "%s{\"value\":", g ? "," : "");
		json_text(out, group->value);
		fprintf(out, ",\"n\":%d", group->count);
		json_put_share(out, "accuracy", (double)group->right / group->count);
		if (group->ceiling >= 0)
			json_put_share(out, "ceiling", group->ceiling);
		fputc('}', out);
	}
	fprintf(out, "]}");
}
