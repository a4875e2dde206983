/* corpus.c: what can be asked of a list of utterances. manifest.c reads and writes
 * it. */
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/corpus/spelling.h"
#include "tensor/sort.h"
#include "text/list.h"

#include <string.h>

const char *const split_names[] = { "train", "validation", "test", NULL };

const char *split_name(Split split)
{
	return split_names[split];
}

bool split_from_name(const char *name, Split *split)
{
	int found = names_find(split_names, name);
	if (found >= 0)
		*split = (Split)found;
	return found >= 0;
}

Labels corpus_labels(const Corpus *corpus, Split split, Arena *arena)
{
	StringSet labels = stringset_new(arena);
	for (int i = 0; i < corpus->count; i++)
		if (split == SPLIT_COUNT || corpus->utterances[i].split == split)
			stringset_add(&labels, corpus->utterances[i].label);
	sort_names(labels.names, labels.count);
	return labels_new(arena, labels.names, labels.count);
}

Labels labels_new(Arena *arena, const char *const *names, int count)
{
	StringSet known = stringset_new(arena);
	int *label = ARENA_ARRAY(arena, int, 2 * (size_t)count);
	for (int i = 0; i < 2 * count; i++) {
		int before = known.count;
		const char *name = names[i % count];
		stringset_add(&known, i < count ? name : spelling_key(arena, name));
		if (known.count > before)
			label[before] = i % count;
	}
	return (Labels){ names, count, known, label };
}

int labels_index(const Labels *labels, const char *name)
{
	int found = stringset_find(&labels->known, name);
	if (found < 0) {
		Arena *scratch = arena_new("labels");
		found = stringset_find(&labels->known, spelling_key(scratch, name));
		arena_free(scratch);
	}
	return found < 0 ? -1 : labels->label[found];
}

const char *corpus_extra(
        const Corpus *corpus, const Utterance *utterance, const char *name)
{
	for (int i = 0; i < corpus->extras; i++)
		if (strcmp(corpus->extra_names[i], name) == 0)
			return utterance->extra[i];
	return NULL;
}

const char *corpus_value(
        const Corpus *corpus, const Utterance *utterance, const char *column)
{
	if (!strcmp(column, "label") || !strcmp(column, "emotion"))
		return utterance->label;
	if (!strcmp(column, "speaker"))
		return utterance->speaker;
	if (!strcmp(column, "split"))
		return split_name(utterance->split);
	return corpus_extra(corpus, utterance, column);
}

bool corpus_has_column(
        const Corpus *corpus, const char *column, Arena *arena, Error *error)
{
	return (corpus->count && corpus_value(corpus, corpus->utterances, column)) ||
	       error_set(error,
	               "%s has no column \"%s\": expected one of speaker, label, split%s%s",
	               corpus->source, column, corpus->extras ? ", " : "",
	               list_join(arena, corpus->extra_names, corpus->extras, ", "));
}

int corpus_count(const Corpus *corpus, Split split)
{
	int count = 0;
	for (int i = 0; i < corpus->count; i++)
		count += corpus->utterances[i].split == split;
	return count;
}

StringSet corpus_speakers(const Corpus *corpus, Split split, Arena *arena)
{
	StringSet speakers = stringset_new(arena);
	for (int i = 0; i < corpus->count; i++)
		if (corpus->utterances[i].split == split &&
		        *corpus->utterances[i].speaker)
			stringset_add(&speakers, corpus->utterances[i].speaker);
	return speakers;
}

Leak corpus_leak(const Corpus *corpus)
{
	Arena *scratch = arena_new("corpus_leak");
	StringSet train = corpus_speakers(corpus, SPLIT_TRAIN, scratch);
	StringSet leaking = stringset_new(scratch);
	Leak leak = { .speaker = NULL };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split == SPLIT_TRAIN || u->split == SPLIT_COUNT ||
		        stringset_find(&train, u->speaker) < 0)
			continue;
		if (!leak.speaker || (leak.split != SPLIT_TEST && u->split == SPLIT_TEST))
			leak = (Leak){ .speaker = u->speaker, .split = u->split };
		stringset_add(&leaking, u->speaker);
	}
	leak.speakers = leaking.count;
	arena_free(scratch);
	return leak;
}
