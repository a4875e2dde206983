/* split.c: the speakers, the largest first, each go where they fit best. How well splits
 * fit is Pearson's chi-square: with n[s][l] utterances of label l in split s, of all N[l],
 *
 *     cost = sum over s and l of (n[s][l] - share[s] N[l])^2 / (share[s] N[l])
 *
 * where one more label l counts them all. Of a speaker with d[l] utterances only what
 * changes in the sum matters: d[l] (d[l] + 2 (n[s][l] - share[s] N[l])) / (share[s] N[l]).
 * The seed says in which order speakers of one size come. */
#include "emotionnet/corpus/split.h"
#include "emotionnet/corpus/spelling.h"
#include "tensor/plot/escape.h"
#include "tensor/rng.h"
#include "tensor/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double shares[SPLIT_COUNT] = {
	[SPLIT_TRAIN] = .70, [SPLIT_VALIDATION] = .15, [SPLIT_TEST] = .15
};

typedef struct Dealer {
	Corpus *corpus;
	Arena *arena;
	Rng rng;
	StringSet speakers, labels; /* their spelling keys */
	int *speaker, *label;       /* of each utterance; speaker -1: nobody is named */
	int width;                  /* labels, and one more for all */
} Dealer;

static Dealer dealer_new(Corpus *corpus, Arena *arena, uint64_t seed)
{
	Dealer dealer = {
		.corpus = corpus,
		.arena = arena,
		.rng = rng_new(seed),
		.speakers = stringset_new(arena),
		.labels = stringset_new(arena),
		.speaker = ARENA_ARRAY(arena, int, (size_t)corpus->count),
		.label = ARENA_ARRAY(arena, int, (size_t)corpus->count),
	};
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		dealer.speaker[i] = spelling_blank(u->speaker)
		                            ? -1
		                            : stringset_add(&dealer.speakers,
		                                      spelling_key(arena, u->speaker));
		dealer.label[i] =
		        stringset_add(&dealer.labels, spelling_key(arena, u->label));
	}
	dealer.width = dealer.labels.count + 1;
	return dealer;
}

/* --- by speaker --------------------------------------------------------------------- */

typedef struct Speaker {
	int size, rank; /* utterances; place in a random order */
	const int *has; /* (width), utterances of each label */
} Speaker;

/* The largest first; no two are equal, so the order does not depend on the sort. */
static int compare_speakers(const void *a, const void *b)
{
	const Speaker *x = a, *y = b;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* How much worse the splits fit with this speaker's utterances added to one that has
 * `there` of each label; all: how many there are in the corpus. */
static double added_cost(
        const Speaker *speaker, const int *there, const int *all, double share, int width)
{
	double sum = 0;
	for (int l = 0; l < width; l++) {
		double d = speaker->has[l], wanted = share * all[l];
		if (d > 0)
			sum += d * (d + 2 * (there[l] - wanted)) / wanted;
	}
	return sum;
}

/* split[s] of each speaker, who are three or more. No split stays empty. */
static void deal_speakers(Dealer *dealer, Split split[])
{
	Arena *arena = dealer->arena;
	int count = dealer->speakers.count, width = dealer->width;
	int *has = ARENA_ARRAY(arena, int, (size_t)count *(size_t)width);
	int *all = ARENA_ARRAY(arena, int, (size_t)width);
	int *there = ARENA_ARRAY(arena, int, SPLIT_COUNT *(size_t)width);
	int *ranks = ARENA_ARRAY(arena, int, (size_t)count);
	Speaker *order = ARENA_ARRAY(arena, Speaker, (size_t)count);
	for (int i = 0; i < dealer->corpus->count; i++) {
		if (dealer->speaker[i] < 0)
			continue;
		int *mine = has + (size_t)dealer->speaker[i] * (size_t)width;
		mine[dealer->label[i]]++, mine[width - 1]++;
		all[dealer->label[i]]++, all[width - 1]++;
	}
	rng_permutation(&dealer->rng, count, ranks);
	for (int s = 0; s < count; s++) {
		const int *mine = has + (size_t)s * (size_t)width;
		order[s] = (Speaker){ mine[width - 1], ranks[s], mine };
	}
	qsort(order, (size_t)count, sizeof *order, compare_speakers);
	int empty = SPLIT_COUNT;
	for (int i = 0; i < count; i++) {
		Split best = SPLIT_COUNT;
		double least = 0;
		for (Split s = 0; s < SPLIT_COUNT; s++) {
			const int *mine = there + (size_t)s * (size_t)width;
			double cost = added_cost(&order[i], mine, all, shares[s], width);
			bool kept = count - i <= empty && mine[width - 1];
			if (!kept && (best == SPLIT_COUNT || cost < least)) {
				least = cost;
				best = s;
			}
		}
		int *mine = there + (size_t)best * (size_t)width;
		empty -= !mine[width - 1];
		for (int l = 0; l < width; l++)
			mine[l] += order[i].has[l];
		split[(order[i].has - has) / width] = best;
	}
}

/* --- one by one --------------------------------------------------------------------- */

/* Of n utterances of one label; one at least where there are enough for all splits. */
static int share_of(double share, int n)
{
	int count = (int)floor(share * n + .5);
	return share > 0 && !count && n >= SPLIT_COUNT ? 1 : count;
}

/* Deals out those that are asked for, label by label; `test` is the share for it. */
static void deal_utterances(Dealer *dealer, const bool asked[], double test)
{
	Arena *arena = dealer->arena;
	int count = dealer->corpus->count, labels = dealer->labels.count;
	int *order = ARENA_ARRAY(arena, int, (size_t)count);
	int *mixed = ARENA_ARRAY(arena, int, (size_t)count);
	int *group = ARENA_ARRAY(arena, int, (size_t)count);
	int *first = ARENA_ARRAY(arena, int, (size_t)labels + 1);
	for (int i = 0; i < count; i++)
		group[i] = asked[i] ? dealer->label[i] : -1;
	sort_groups(group, count, labels, order, first);
	for (int l = 0; l < labels; l++) {
		int n = first[l + 1] - first[l];
		int tested = share_of(test, n);
		int validating = share_of(shares[SPLIT_VALIDATION], n);
		rng_permutation(&dealer->rng, n, mixed);
		for (int i = 0; i < n; i++)
			dealer->corpus->utterances[order[first[l] + mixed[i]]].split =
			        i < tested                ? SPLIT_TEST
			        : i < tested + validating ? SPLIT_VALIDATION
			                                  : SPLIT_TRAIN;
	}
}

/* --- all of it ---------------------------------------------------------------------- */

/* Of two, the one with fewer utterances is the test. */
static void deal_two(Dealer *dealer, FILE *notes)
{
	Corpus *corpus = dealer->corpus;
	int size[2] = { 0 };
	const char *name[2] = { "", "" };
	bool *other = ARENA_ARRAY(dealer->arena, bool, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++)
		if (dealer->speaker[i] >= 0) {
			size[dealer->speaker[i]]++;
			name[dealer->speaker[i]] = corpus->utterances[i].speaker;
		}
	int test = size[0] == size[1] ? rng_below(&dealer->rng, 2) : size[0] > size[1];
	for (int i = 0; i < corpus->count; i++) {
		other[i] = dealer->speaker[i] == 1 - test;
		if (dealer->speaker[i] == test)
			corpus->utterances[i].split = SPLIT_TEST;
	}
	deal_utterances(dealer, other, 0);
	if (notes)
		terminal_print(notes,
		        "Note: there are two speakers, too few for three splits: %s is the test; validation is taken from the utterances of %s, who speaks in training too.\n",
		        name[test], name[1 - test]);
}

static void deal_many(Dealer *dealer, uint64_t seed, FILE *notes)
{
	Corpus *corpus = dealer->corpus;
	Split *split = ARENA_ARRAY(dealer->arena, Split, (size_t)dealer->speakers.count);
	int speakers[SPLIT_COUNT] = { 0 };
	deal_speakers(dealer, split);
	for (int i = 0; i < corpus->count; i++)
		if (dealer->speaker[i] >= 0)
			corpus->utterances[i].split = split[dealer->speaker[i]];
	for (int s = 0; s < dealer->speakers.count; s++)
		speakers[split[s]]++;
	if (notes)
		fprintf(notes,
		        "Note: the splits were made by speaker, seed %llu: %d speakers for training, %d for validation, %d for test.\n",
		        (unsigned long long)seed, speakers[SPLIT_TRAIN],
		        speakers[SPLIT_VALIDATION], speakers[SPLIT_TEST]);
}

void split_make(Corpus *corpus, uint64_t seed, FILE *notes)
{
	Arena *arena = arena_new("split");
	Dealer dealer = dealer_new(corpus, arena, seed);
	int speakers = dealer.speakers.count, loose = 0;
	bool *dealt = ARENA_ARRAY(arena, bool, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++) {
		dealt[i] = speakers < 2 || dealer.speaker[i] < 0;
		loose += dealt[i];
	}
	if (speakers > 2)
		deal_many(&dealer, seed, notes);
	else if (speakers == 2)
		deal_two(&dealer, notes);
	deal_utterances(&dealer, dealt, shares[SPLIT_TEST]);
	if (notes && loose && speakers > 1)
		fprintf(notes,
		        "Note: %d of %d utterances have no speaker; they were dealt out one by one. Leakage is likely: the same person may speak in two splits.\n",
		        loose, corpus->count);
	else if (notes && loose)
		fprintf(notes,
		        "Note: %s, so the splits were made by utterance, label by label, seed %llu. %s.\n",
		        speakers ? "there is one speaker" : "no speaker is named",
		        (unsigned long long)seed,
		        speakers
		                ? "What the test tells holds for this speaker only"
		                : "Leakage is likely: people of the test are in training too, and the score is too high");
	arena_free(arena);
}

bool split_from_any_name(const char *name, Split *split)
{
	static const struct {
		const char *name;
		Split split;
	} known[] = {
		{ "train", SPLIT_TRAIN },
		{ "training", SPLIT_TRAIN },
		{ "validation", SPLIT_VALIDATION },
		{ "valid", SPLIT_VALIDATION },
		{ "val", SPLIT_VALIDATION },
		{ "development", SPLIT_VALIDATION },
		{ "dev", SPLIT_VALIDATION },
		{ "test", SPLIT_TEST },
		{ "testing", SPLIT_TEST },
	};
	Arena *scratch = arena_new("split name");
	const char *key = spelling_key(scratch, name);
	bool found = false;
	for (size_t i = 0; i < sizeof known / sizeof known[0] && !found; i++)
		if ((found = !strcmp(key, known[i].name)))
			*split = known[i].split;
	arena_free(scratch);
	return found;
}
