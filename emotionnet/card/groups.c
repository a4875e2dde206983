/* groups.c: a confusion matrix for each value of a column. */
#include "emotionnet/card/groups.h"

#include "emotionnet/corpus/columns.h"
#include "tensor/sort.h"

#include <string.h>

/* What the manifest says of the person, as groups have it. */
static const char *value_of(
        const Corpus *corpus, const Utterance *utterance, const char *column, bool bands)
{
	const char *value = corpus_value(corpus, utterance, column);
	return !value ? "" : bands ? age_band(value) : value;
}

static void fill(PeopleGroup *group, Arena *scratch, const Corpus *corpus,
        const Dataset *data, const int answers[], int classes, const char *column,
        bool bands)
{
	Confusion confusion = confusion_new(scratch, classes);
	StringSet speakers = stringset_new(scratch);
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		const Utterance *u = &corpus->utterances[example->utterance];
		if (example->label < 0 ||
		        strcmp(value_of(corpus, u, column, bands), group->value) != 0)
			continue;
		confusion_add(&confusion, example->label, answers[i]);
		if (*u->speaker)
			stringset_add(&speakers, u->speaker);
	}
	Metrics metrics = metrics_from(&confusion);
	group->utterances = metrics.n;
	group->speakers = speakers.count;
	group->accuracy = metrics.accuracy;
	group->uar = metrics.uar;
}

PeopleGroups groups_of(Arena *arena, const Corpus *corpus, const Dataset *data,
        const int answers[], int classes, const char *column, bool bands)
{
	StringSet values = stringset_new(arena);
	for (int i = 0; i < data->count; i++) {
		const Utterance *u = &corpus->utterances[data->items[i].utterance];
		if (data->items[i].label >= 0)
			stringset_add(&values, value_of(corpus, u, column, bands));
	}
	sort_names(values.names, values.count);
	PeopleGroups groups = { .of = column, .count = values.count, .worst = -1 };
	groups.groups = ARENA_ARRAY(arena, PeopleGroup, (size_t)values.count);
	for (int g = 0; g < values.count; g++) {
		PeopleGroup *group = &groups.groups[g];
		Arena *scratch = arena_new("a group");
		group->value = values.names[g];
		fill(group, scratch, corpus, data, answers, classes, column, bands);
		arena_free(scratch);
		if (values.count > 1 &&
		        (groups.worst < 0 ||
		                group->uar < groups.groups[groups.worst].uar))
			groups.worst = g;
	}
	return groups;
}
