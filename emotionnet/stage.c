/* Every utterance has a stream of random numbers of its own, split again for each of its steps, so that
 * making its sound later, in any thread, meets the same numbers as planning it did:
 *
 *     seed -> split -> n-th utterance -> kind and rule | sentence | manner and durations | sound
 *
 * A sentence belongs to the split that its key (a hash of it without its emotion words) falls into; we
 * draw until one falls into the wanted split. So splits share no sentence, and still no utterance
 * needs to know of another. */
#include "emotionnet/stage.h"
#include "emotionnet/stage_grammar.h"
#include "emotionnet/stage_lexicon.h"
#include "emotionnet/stage_voices.h"
#include "tensor/elementary.h"

#include <string.h>

/* Streams. */
enum { OF_SPEAKERS = SPLIT_COUNT }; /* beside those of the splits */
enum {
	FOR_TRUTH,
	FOR_SENTENCE,
	FOR_MANNER,
	FOR_PLAN,
	FOR_SOUND,
	FOR_NOISE
}; /* of an utterance */

enum { MOST_WORDS = 40, DECOYS = 1 };

static const int speakers_before[SPLIT_COUNT + 1] = { 0, 40, 50, 66 };
static const int key_below[SPLIT_COUNT] = { 6, 8,
	10 }; /* of the last digit of a sentence's key */
static const char *const columns[] = { "word_times", "kind" };
enum { COLUMNS = sizeof columns / sizeof columns[0] };

typedef struct Item {
	StageTruth truth;
	StageSentence sentence;
	int speaker, n; /* its number in its split */
	Split split;
} Item;

typedef struct Stage {
	StageOptions options;
	Item *items;
} Stage;

StageOptions stage_defaults(void)
{
	return (StageOptions){ .train = 900,
		.validation = 200,
		.test = 300,
		.seed = 1,
		.mixture = { 1, 1, 1, 1, 1, 1 },
		.snr = -6 };
}

static Rng stream(uint64_t seed, Split split, int n, int purpose)
{
	Rng root = rng_new(seed);
	Rng of_split = rng_split(&root, (uint64_t)split);
	Rng of_item = rng_split(&of_split, (uint64_t)n);
	return rng_split(&of_item, (uint64_t)purpose);
}

/* --- what is said ----------------------------------------------------------------------------- */

static StageKind draw_kind(const double *mixture, Rng *rng)
{
	double total = 0;
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		total += mixture[kind];
	double rest = rng_uniform_double(rng) * total;
	int last = 0; /* a kind with weight, should rounding leave a rest */
	for (int kind = 0; kind < STAGE_KINDS; kind++) {
		if (mixture[kind] <= 0)
			continue;
		last = kind;
		rest -= mixture[kind];
		if (rest < 0)
			break;
	}
	return (StageKind)last;
}

static Split split_of(const StageSentence *sentence)
{
	int digit = (int)(sentence->key % 10), split = 0;
	while (digit >= key_below[split])
		split++;
	return (Split)split;
}

static Item draw_item(Arena *arena, const StageOptions *options, Split split, int n)
{
	Rng rng = stream(options->seed, split, n, FOR_TRUTH);
	Item item = { .split = split, .n = n };
	int first = speakers_before[split], count = speakers_before[split + 1] - first;
	item.speaker = first + rng_below(&rng, count);
	item.truth = stage_draw(draw_kind(options->mixture, &rng), &rng);
	Rng words = stream(options->seed, split, n, FOR_SENTENCE);
	for (;;) {
		ArenaMark mark = arena_mark(arena);
		item.sentence = stage_sentence(arena, &item.truth, &words);
		if (split_of(&item.sentence) == split)
			return item;
		arena_rewind(arena, mark);
	}
}

/* --- how it is said --------------------------------------------------------------------------- */

/* The words to be spoken: content words carry an accent, and in an utterance of kind stress the deciding
 * word and one that says nothing are emphatic. */
static int speak(const Item *item, SynthWord words[], Rng *rng)
{
	int count = 0, plain[MOST_WORDS], plain_count = 0;
	for (const char *p = item->sentence.spoken; *p;) {
		int length = (int)strcspn(p, " "), letters = (int)strcspn(p, ",.: ");
		const StageEntry *entry = stage_lookup(p, letters);
		if (!entry)
			error_stop(HERE, "stage", "\"%.*s\" is not in the lexicon",
			        letters, p);
		bool emotion = count == item->sentence.emotion_word[0] ||
		               count == item->sentence.emotion_word[1];
		if (entry->content && !emotion)
			plain[plain_count++] = count;
		words[count] = (SynthWord){ .phones = entry->phones,
			.stress = entry->content ? 1 : 0,
			.pause = letters < length ? 0.14 : 0 };
		count++;
		p += length;
		p += strspn(p, " ");
	}
	if (item->truth.stressed >= 0) {
		words[item->sentence.emotion_word[item->truth.stressed]].stress = 2;
		for (int d = 0; d < DECOYS && plain_count; d++)
			words[plain[rng_below(rng, plain_count)]].stress = 2;
	}
	return count;
}

static SynthPlan *plan_item(Arena *arena, const Stage *stage, const Item *item)
{
	Rng root = rng_new(stage->options.seed), speakers = rng_split(&root, OF_SPEAKERS);
	StageSpeaker speaker = stage_speaker(&speakers, item->speaker);
	Rng rng = stream(stage->options.seed, item->split, item->n, FOR_MANNER);
	SynthManner manner = stage_manner(item->truth.manner, &speaker, &rng);
	SynthWord words[MOST_WORDS];
	int count = speak(item, words, &rng);
	Rng loose = stream(stage->options.seed, item->split, item->n, FOR_PLAN);
	return synth_plan(arena, words, count, &speaker.voice, &manner, &loose);
}

static const char *word_times(Arena *arena, const Stage *stage, const Item *item)
{
	Arena *scratch = arena_new("word times");
	SynthSpan spans[MOST_WORDS];
	const char *text = "";
	synth_spans(plan_item(scratch, stage, item), spans);
	for (int w = 0; w < item->sentence.words; w++)
		text = arena_format(scratch, "%s%s%.3f-%.3f", text, w ? " " : "",
		        spans[w].start, spans[w].end);
	const char *kept = arena_string(arena, text);
	arena_free(scratch);
	return kept;
}

/* --- sound ------------------------------------------------------------------------------------ */

/* A street: noise that falls off above 600 Hz, over the whole clip. */
static void add_noise(Clip *clip, double snr, Rng *rng)
{
	const double pole = 0.8;
	double power = 0, low = 0, peak = 0;
	for (int i = 0; i < clip->count; i++)
		power += (double)clip->samples[i] * (double)clip->samples[i];
	/* Uniform noise in -1..1 has power 1/3; the low-pass leaves (1-p)/(1+p) of it. */
	double wanted = power / clip->count * double_pow(10, -snr / 10);
	double gain = __builtin_sqrt(wanted * 3 * (1 + pole) / (1 - pole));
	for (int i = 0; i < clip->count; i++) {
		low = pole * low + (1 - pole) * (2 * rng_uniform_double(rng) - 1);
		double x = (double)clip->samples[i] + gain * low;
		peak = __builtin_fabs(x) > peak ? __builtin_fabs(x) : peak;
		clip->samples[i] = (real)(float)x;
	}
	if (peak > 0.98)
		for (int i = 0; i < clip->count; i++)
			clip->samples[i] =
			        (real)(float)((double)clip->samples[i] * 0.98 / peak);
}

static bool stage_sound(
        const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)error; /* nothing in the world is asked */
	const Stage *stage = corpus->state;
	const Item *item = &stage->items[index];
	Rng rng = stream(stage->options.seed, item->split, item->n, FOR_SOUND);
	Rng noise = stream(stage->options.seed, item->split, item->n, FOR_NOISE);
	*clip = synth_render(arena, plan_item(arena, stage, item), &rng);
	if (item->truth.bad_sound)
		add_noise(clip, stage->options.snr, &noise);
	return true;
}

/* --- the corpus ------------------------------------------------------------------------------- */

static Utterance utterance_of(Arena *arena, const Stage *stage, const Item *item)
{
	const char **extra = arena_alloc(arena, COLUMNS * sizeof *extra);
	extra[0] = word_times(arena, stage, item);
	extra[1] = stage_kind_name(item->truth.kind);
	return (Utterance){
		.id = arena_format(arena, "%s-%05d", split_name(item->split), item->n),
		.speaker = arena_format(
		        arena, "%c%02d", item->speaker % 2 ? 'f' : 'm', item->speaker),
		.label = stage_emotion_name(item->truth.label),
		.text = item->sentence.written,
		.wav = "",
		.end = -1,
		.split = item->split,
		.extra = extra,
	};
}

static void check(Site site, const StageOptions *options)
{
	if (options->train < 0 || options->validation < 0 || options->test < 0)
		error_stop(site, "stage_make",
		        "%d/%d/%d utterances: expected none below 0", options->train,
		        options->validation, options->test);
	double total = 0;
	for (int kind = 0; kind < STAGE_KINDS; kind++) {
		if (!(options->mixture[kind] >= 0))
			error_stop(site, "stage_make",
			        "mixture: weight %g of kind %s: expected 0 or more",
			        options->mixture[kind], stage_kind_name((StageKind)kind));
		total += options->mixture[kind];
	}
	if (total <= 0)
		error_stop(site, "stage_make", "mixture: no kind has a weight above 0");
}

void(stage_make)(Site site, Corpus *corpus, Arena *arena, StageOptions options)
{
	check(site, &options);
	const int sizes[SPLIT_COUNT] = { options.train, options.validation,
		options.test };
	size_t total =
	        (size_t)options.train + (size_t)options.validation + (size_t)options.test;
	Stage *stage = ARENA_NEW(arena, Stage);
	*stage = (Stage){ .options = options, .items = ARENA_ARRAY(arena, Item, total) };
	*corpus = (Corpus){ .source = "the embedded corpus",
		.utterances = ARENA_ARRAY(arena, Utterance, total),
		.count = (int)total,
		.extra_names = columns,
		.extras = COLUMNS,
		.sound = stage_sound,
		.state = stage };
	int at = 0;
	for (int split = 0; split < SPLIT_COUNT; split++) {
		for (int n = 0; n < sizes[split]; n++, at++) {
			stage->items[at] = draw_item(arena, &options, (Split)split, n);
			corpus->utterances[at] =
			        utterance_of(arena, stage, &stage->items[at]);
		}
	}
}

StageTruth stage_truth(const Corpus *corpus, int index)
{
	const Stage *stage = corpus->state;
	return stage->items[index].truth;
}
