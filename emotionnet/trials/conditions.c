/* conditions.c: the test split made anew under each condition: modalities away or
 * swapped, noise, lost words, typos. */
#include "emotionnet/trials/conditions.h"
#include "audio/augment.h"
#include "emotionnet/trials/robustness.h"
#include "emotionnet/corpus/sound.h"
#include "tensor/elementary.h"

#include <string.h>

enum { MOST = 64, SEED = 7, STREAM_SWAP = 0, STREAM_NOISE, STREAM_WORDS };

static const double decibels[] = { 20, 10, 5, 0 };
static const double shares[] = { 0.1, 0.2, 0.3, 0.5 };
enum { DECIBELS = sizeof decibels / sizeof decibels[0] };
enum { SHARES = sizeof shares / sizeof shares[0] };

typedef struct Maker {
	Arena *arena;
	const Prepared *prepared;
	const Corpus *corpus;
	const Dataset *test;
	TestSet *sets;
	int count;
} Maker;

/* A set that is the plain one so far; its items may be changed if `own`. */
static TestSet *set_new(Maker *maker, const TestSet *plain, Condition condition, bool own)
{
	TestSet *set = &maker->sets[maker->count++];
	*set = *plain;
	set->condition = condition;
	size_t size = (size_t)plain->data.count * sizeof *plain->data.items;
	if (own)
		set->data.items = arena_copy(maker->arena, plain->data.items, size);
	return set;
}

static Rng rng_of(int stream, int utterance)
{
	Rng all = rng_new(SEED), rng = rng_split(&all, (uint64_t)stream);
	return rng_split(&rng, (uint64_t)utterance);
}

/* ---- one modality or the other ----------------------------------------------------- */

static void make_alone(Maker *maker, const TestSet *plain, ModalityKind kind)
{
	ModalitySet reads = maker->prepared->frontend.reads, only = { .has = { false } };
	only.has[kind] = true;
	const char *name = modality_name(kind);
	Condition alone = { CONDITION_ALONE, name, 0,
		arena_format(maker->arena, "%s alone", name) };
	set_new(maker, plain, alone, false)->lost = modalities_without(reads, only);
	if (modalities_count(reads) < 3)
		return; /* without the one, the other is alone */
	Condition missing = { CONDITION_MISSING, name, 0,
		arena_format(maker->arena, "without %s", name) };
	set_new(maker, plain, missing, false)->lost = only;
}

/* Utterance order[i] gets what order[i+1] has, the last what the first has: nobody keeps
 * his own. Words are then laid evenly over the sound, since nobody spoke them so. */
static void make_swapped(
        Maker *maker, const TestSet *plain, ModalityKind kind, const int *order)
{
	const char *name = modality_name(kind);
	Condition condition = { CONDITION_SWAPPED, name, 0,
		arena_format(maker->arena, "%s swapped", name) };
	TestSet *set = set_new(maker, plain, condition, true);
	const Frontend *frontend = &maker->prepared->frontend;
	bool words = frontend_reads_words(frontend);
	int count = set->data.count;
	for (int i = 0; i < count; i++) {
		int to = order[i], from = order[(i + 1) % count];
		Example *example = &set->data.items[to];
		bool moved = kind == MODALITY_TEXT && words;
		example->steps[kind] = plain->data.items[from].steps[kind];
		if (kind == MODALITY_SPEECH)
			example->whole = plain->data.items[from].whole;
		if (words && (moved || kind == MODALITY_SPEECH))
			frontend_reword(frontend, example, maker->arena,
			        plain->text[moved ? from : to], NULL);
	}
}

static void make_modalities(Maker *maker, const TestSet *plain)
{
	ModalitySet reads = maker->prepared->frontend.reads;
	if (modalities_count(reads) < 2)
		return;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (reads.has[kind])
			make_alone(maker, plain, kind);
	if (plain->data.count < 2)
		return;
	int *order = ARENA_ARRAY(maker->arena, int, (size_t)plain->data.count);
	Rng rng = rng_of(STREAM_SWAP, 0);
	rng_permutation(&rng, plain->data.count, order);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (reads.has[kind])
			make_swapped(maker, plain, kind, order);
}

/* ---- noise ------------------------------------------------------------------------- */

typedef struct Noise {
	const Maker *maker;
	TestSet *const *sets; /* (DECIBELS) */
	Arena *const *arenas; /* one a worker */
	const char **why; /* for each utterance: why its sound cannot be read, or NULL */
} Noise;

/* One utterance at all levels: the same noise, louder. */
static void add_noise(void *context, int index, int worker)
{
	const Noise *noise = context;
	const Maker *maker = noise->maker;
	Arena *arena = noise->arenas[worker], *scratch = arena_new("noise, scratch");
	const Example *plain = &maker->test->items[index];
	Clip clip;
	Error error;
	if (!plain->steps[MODALITY_SPEECH].shape[0]) {
		/* no sound, no noise */
	} else if (!sound_read(&clip, scratch, maker->corpus, plain->utterance, &error)) {
		noise->why[index] = arena_string(arena, error.text);
	} else {
		double begin;
		clip = frames_trim(
		        scratch, clip, &maker->prepared->frontend.frames, &begin);
		for (int d = 0; d < DECIBELS; d++) {
			Rng rng = rng_of(STREAM_NOISE, index);
			Clip noisy =
			        augment_white_noise(scratch, clip, decibels[d], &rng);
			frontend_resound(&maker->prepared->frontend,
			        &noise->sets[d]->data.items[index], arena, noisy);
		}
	}
	arena_free(scratch);
}

static bool make_noise(Maker *maker, const TestSet *plain, Pool *pool, Error *error)
{
	TestSet *sets[DECIBELS];
	for (int d = 0; d < DECIBELS; d++) {
		Condition condition = { CONDITION_NOISE, modality_name(MODALITY_SPEECH),
			double_pow(10, -decibels[d] / 20),
			arena_format(maker->arena, "speech at %g dB", decibels[d]) };
		sets[d] = set_new(maker, plain, condition, true);
	}
	int threads = pool_threads(pool), count = plain->data.count;
	Arena **arenas = ARENA_ARRAY(maker->arena, Arena *, (size_t)threads);
	for (int t = 0; t < threads; t++)
		arenas[t] = arena_child(maker->arena, "noisy features of a thread");
	Noise noise = { maker, sets, arenas,
		ARENA_ARRAY(maker->arena, const char *, (size_t)count) };
	pool_run(pool, count, add_noise, &noise);
	for (int i = 0; i < count; i++)
		if (noise.why[i])
			return error_set(
			        error, "%s: %s", maker->corpus->source, noise.why[i]);
	return true;
}

/* ---- words ------------------------------------------------------------------------- */

typedef Said Disturb(Arena *arena, Said said, double level, Rng rng);

static void make_words(
        Maker *maker, const TestSet *plain, Disturb *disturb, Condition condition)
{
	TestSet *set = set_new(maker, plain, condition, true);
	const Frontend *frontend = &maker->prepared->frontend;
	const char **text =
	        ARENA_ARRAY(maker->arena, const char *, (size_t)set->data.count);
	for (int i = 0; i < set->data.count; i++) {
		Example *example = &set->data.items[i];
		const Utterance *u = &maker->corpus->utterances[example->utterance];
		Said said = { u->text, corpus_extra(maker->corpus, u, "word_times") };
		if (example->words > 0) {
			said = disturb(maker->arena, said, condition.level,
			        rng_of(STREAM_WORDS, i));
			frontend_reword(
			        frontend, example, maker->arena, said.text, said.times);
		}
		text[i] = said.text;
	}
	set->text = text;
}

static void make_disturbed_words(Maker *maker, const TestSet *plain)
{
	const char *name = modality_name(MODALITY_TEXT);
	for (int s = 0; s < SHARES; s++)
		make_words(maker, plain, said_dropped,
		        (Condition){ CONDITION_DROPPED, name, shares[s],
		                arena_format(maker->arena, "%g %% of words lost",
		                        100 * shares[s]) });
	for (int s = 0; s < SHARES; s++)
		make_words(maker, plain, said_mistyped,
		        (Condition){ CONDITION_TYPOS, name, shares[s],
		                arena_format(maker->arena, "%g %% of words mistyped",
		                        100 * shares[s]) });
}

/* ---- all --------------------------------------------------------------------------- */

bool conditions_make(Conditions *conditions, Arena *arena, const Prepared *prepared,
        const Corpus *corpus, bool disturb, Pool *pool, Error *error)
{
	const Dataset *test = &prepared->data[SPLIT_TEST];
	const char **text = ARENA_ARRAY(arena, const char *, (size_t)test->count);
	for (int i = 0; i < test->count; i++)
		text[i] = corpus->utterances[test->items[i].utterance].text;
	*conditions = (Conditions){ .plain = { .data = *test, .text = text } };
	if (!disturb)
		return true;
	Maker maker = { .arena = arena,
		.prepared = prepared,
		.corpus = corpus,
		.test = test,
		.sets = ARENA_ARRAY(arena, TestSet, MOST) };
	make_modalities(&maker, &conditions->plain);
	if (frontend_reads_sound(&prepared->frontend) &&
	        !make_noise(&maker, &conditions->plain, pool, error))
		return false;
	if (frontend_reads_words(&prepared->frontend))
		make_disturbed_words(&maker, &conditions->plain);
	conditions->items = maker.sets;
	conditions->count = maker.count;
	return true;
}

bool condition_concerns(const Condition *condition, ModalitySet reads)
{
	bool read = false;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		read |= reads.has[kind] &&
		        !strcmp(condition->modality, modality_name(kind));
	return read &&
	       (condition->kind >= CONDITION_NOISE || modalities_count(reads) > 1);
}
