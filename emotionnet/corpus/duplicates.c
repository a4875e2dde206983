/* duplicates.c: texts are compared as lists of tokens, so that case and spaces do not
 * count. */
#include "emotionnet/corpus/duplicates.h"
#include "emotionnet/corpus/sound.h"
#include "tensor/file/hash.h"
#include "text/stringset.h"
#include "text/tokens.h"
#include "tensor/plot/escape.h"

#include <stdlib.h>
#include <string.h>

/* What makes two texts the same: the tokens with a space between them. */
static const char *key_of(Arena *scratch, const char *text, int *words)
{
	Tokens tokens = tokens_split(scratch, text);
	char *key = arena_alloc(scratch, 4 * strlen(text) + 1), *at = key;
	for (int i = 0; i < tokens.count; i++) {
		size_t size = strlen(tokens.items[i].text);
		if (i)
			*at++ = ' ';
		memcpy(at, tokens.items[i].text, size);
		at += size;
	}
	*at = '\0';
	*words = tokens.count;
	return key;
}

/* What makes two recordings the same: their samples. NULL if it cannot be read. */
static const char *sound_key(Arena *scratch, const Corpus *corpus, int index, int *count)
{
	Clip clip;
	if (!sound_read(&clip, scratch, corpus, index, NULL))
		return NULL;
	*count = clip.count;
	size_t size = (size_t)clip.count * sizeof *clip.samples;
	return arena_format(scratch, "%d %d %016llx", clip.count, clip.rate,
	        (unsigned long long)hash_bytes(HASH_BEGIN, clip.samples, size));
}

static int most_frequent_first(const void *left, const void *right)
{
	const Duplicate *a = left, *b = right;
	if (a->total != b->total)
		return a->total > b->total ? -1 : 1;
	return strcmp(a->text, b->text);
}

/* Counts every distinct text; number[i] is that of utterance i, or -1 if it has none. */
static Duplicate *count_keys(const Corpus *corpus, bool sounds, Arena *arena,
        StringSet *keys, int number[], int *unread)
{
	Duplicate *texts = ARENA_ARRAY(arena, Duplicate, (size_t)corpus->count);
	Arena *scratch = arena_new("duplicates");
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		int words = 0;
		const char *key = "";
		if (!sounds)
			key = key_of(scratch, u->text, &words);
		else if (*u->wav)
			key = sound_key(scratch, corpus, i, &words);
		*unread += !key;
		number[i] = words ? stringset_add(keys, key) : -1;
		if (words) {
			Duplicate *text = &texts[number[i]];
			if (!text->total++)
				*text = (Duplicate){ .text = sounds ? u->wav : u->text,
					.words = words,
					.total = 1 };
			text->counts[u->split]++;
		}
		arena_reset(scratch);
	}
	arena_free(scratch);
	return texts;
}

/* Each text and label together once. */
static void count_labels(const Corpus *corpus, Duplicate texts[], const int number[])
{
	Arena *scratch = arena_new("duplicates");
	StringSet seen = stringset_new(scratch);
	for (int i = 0; i < corpus->count; i++) {
		if (number[i] < 0)
			continue;
		int before = seen.count;
		stringset_add(&seen, arena_format(scratch, "%d %s", number[i],
		                             corpus->utterances[i].label));
		texts[number[i]].labels += seen.count > before;
	}
	arena_free(scratch);
}

static Duplicates find(const Corpus *corpus, bool sounds, Arena *arena)
{
	Duplicates found = { .what = sounds ? "recordings" : "texts" };
	StringSet keys = stringset_new(arena);
	int *number = ARENA_ARRAY(arena, int, (size_t)corpus->count);
	found.texts = count_keys(corpus, sounds, arena, &keys, number, &found.unread);
	count_labels(corpus, found.texts, number);
	for (int i = 0; i < keys.count; i++) {
		const Duplicate *text = &found.texts[i];
		for (int s = 0; s < SPLIT_COUNT; s++) {
			found.again[s] += text->counts[s] ? text->counts[s] - 1 : 0;
			if (s != SPLIT_TRAIN && text->counts[SPLIT_TRAIN])
				found.in_train[s] += text->counts[s];
		}
		if (text->total > 1)
			found.texts[found.count++] = *text;
	}
	qsort(found.texts, (size_t)found.count, sizeof found.texts[0],
	        most_frequent_first);
	return found;
}

Duplicates duplicates_find(const Corpus *corpus, Arena *arena)
{
	return find(corpus, false, arena);
}

Duplicates duplicates_find_sounds(const Corpus *corpus, Arena *arena)
{
	return find(corpus, true, arena);
}

void duplicates_print(
        FILE *out, const Corpus *corpus, const Duplicates *duplicates, int most)
{
	fprintf(out, "%d %s stand more than once\n", duplicates->count, duplicates->what);
	if (duplicates->unread)
		fprintf(out, "(%d cannot be read and are not among them)\n",
		        duplicates->unread);
	fprintf(out, "%-12s %10s %14s %14s\n", "split", "utterances", "again in it",
	        "also in train");
	for (int s = 0; s < SPLIT_COUNT; s++)
		fprintf(out, "%-12s %10d %14d %14d\n", split_name((Split)s),
		        corpus_count(corpus, (Split)s), duplicates->again[s],
		        duplicates->in_train[s]);
	for (int i = 0; i < duplicates->count && i < most; i++) {
		const Duplicate *text = &duplicates->texts[i];
		terminal_print(out, "%6d times, %d labels: \"%s\"\n", text->total,
		        text->labels, text->text);
	}
}
