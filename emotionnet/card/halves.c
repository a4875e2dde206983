/* halves.c: which utterances, in which half, and whose. */
#include "emotionnet/card/halves.h"

#include "emotionnet/corpus/subset.h"
#include "text/stringset.h"

#include <string.h>

static const Utterance *utterance_of(const Corpus *corpus, const Example *example)
{
	return &corpus->utterances[example->utterance];
}

/* All examples but copies, evenly down to `most` (0: all). */
static void choose(
        Halves *halves, Arena *arena, const Dataset data[SPLIT_COUNT], int most)
{
	size_t room = 0;
	for (int s = 0; s < SPLIT_COUNT; s++)
		room += (size_t)data[s].count;
	Example *items = ARENA_ARRAY(arena, Example, room);
	halves->split = ARENA_ARRAY(arena, Split, room);
	int count = 0, kept = 0;
	for (Split s = SPLIT_TRAIN; s < SPLIT_COUNT; s++) {
		if (data[s].count) {
			memcpy(halves->data.width, data[s].width, sizeof data[s].width);
			halves->data.whole = data[s].whole;
		}
		for (int i = 0; i < data[s].count; i++)
			if (!data[s].items[i].copy) {
				halves->split[count] = s;
				items[count++] = data[s].items[i];
			}
	}
	for (int i = 0; i < count; i++) {
		if (most && !subset_evenly(i, count, most))
			continue;
		halves->split[kept] = halves->split[i];
		items[kept++] = items[i];
	}
	halves->data.items = items;
	halves->data.count = kept;
}

/* A sentence goes into one half, whoever says it, if several say it; returns how many such
 * sentences there are. */
static int halves_by_sentence(Halves *halves, Arena *scratch, const Corpus *corpus)
{
	int N = halves->data.count, shared = 0, said = 0;
	StringSet texts = stringset_new(scratch);
	int *first = ARENA_ARRAY(scratch, int, (size_t)N);     /* who said it first */
	int *half = ARENA_ARRAY(scratch, int, (size_t)N);      /* of each text; */
	bool *several = ARENA_ARRAY(scratch, bool, (size_t)N); /* others say it too */
	int *text = ARENA_ARRAY(scratch, int, (size_t)N);
	for (int i = 0; i < N; i++) {
		const char *words = utterance_of(corpus, &halves->data.items[i])->text;
		int before = texts.count;
		text[i] = *words ? stringset_add(&texts, words) : -1;
		if (text[i] == before)
			first[before] = halves->who[i];
		else if (text[i] >= 0)
			several[text[i]] |= first[text[i]] != halves->who[i];
	}
	for (int t = 0; t < texts.count; t++)
		if (several[t])
			half[t] = shared++ % 2;
	for (int i = 0; i < N; i++) {
		bool shares = text[i] >= 0 && several[text[i]];
		halves->half[i] = shares ? half[text[i]] : i % 2;
		said += shares;
	}
	return shared >= 2 && 2 * said >= N ? shared : 0;
}

/* Every other utterance of a speaker with the same label. */
static void halves_by_utterance(Halves *halves, Arena *scratch, const Corpus *corpus)
{
	StringSet seen = stringset_new(scratch);
	int N = halves->data.count, *count = ARENA_ARRAY(scratch, int, (size_t)N);
	for (int i = 0; i < N; i++) {
		const Utterance *u = utterance_of(corpus, &halves->data.items[i]);
		int key = stringset_add(
		        &seen, arena_format(scratch, "%s\n%s", u->speaker, u->label));
		halves->half[i] = count[key]++ % 2;
	}
}

/* How much somebody says in each half. */
typedef struct Said {
	int in[2];
} Said;

/* Numbers those who say something in both halves; with `most`, those who say most of
 * all. */
static void number_speakers(Halves *halves, Arena *scratch, int names, int most)
{
	int N = halves->data.count;
	Said *said = ARENA_ARRAY(scratch, Said, (size_t)names);
	int *number = ARENA_ARRAY(scratch, int, (size_t)names);
	for (int i = 0; i < N; i++)
		if (halves->who[i] >= 0)
			said[halves->who[i]].in[halves->half[i]]++;
	halves->speakers = 0;
	for (int n = 0; n < names; n++) {
		int more = 0; /* who say more, or as much and stand before */
		number[n] = -1;
		if (!said[n].in[0] || !said[n].in[1])
			continue;
		for (int o = 0; o < names; o++) {
			int all = said[o].in[0] + said[o].in[1];
			int own = said[n].in[0] + said[n].in[1];
			more += said[o].in[0] && said[o].in[1] &&
			        (all > own || (all == own && o < n));
		}
		if (!most || more < most)
			number[n] = halves->speakers++;
	}
	for (int i = 0; i < N; i++)
		halves->who[i] = halves->who[i] < 0 ? -1 : number[halves->who[i]];
}

Halves halves_of(Arena *arena, const Corpus *corpus, const Dataset data[SPLIT_COUNT],
        int utterances, int speakers)
{
	Halves halves = { .speakers = 0 };
	choose(&halves, arena, data, utterances);
	int N = halves.data.count;
	StringSet names = stringset_new(arena);
	halves.who = ARENA_ARRAY(arena, int, (size_t)N);
	halves.half = ARENA_ARRAY(arena, int, (size_t)N);
	for (int i = 0; i < N; i++) {
		const char *name = utterance_of(corpus, &halves.data.items[i])->speaker;
		halves.who[i] = *name ? stringset_add(&names, name) : -1;
	}
	halves.sentences = halves_by_sentence(&halves, arena, corpus);
	if (!halves.sentences)
		halves_by_utterance(&halves, arena, corpus);
	number_speakers(&halves, arena, names.count, speakers);
	return halves;
}
