/* A sentence belongs to the split that its key (a hash of it without its emotion words)
 * falls into; we draw until one falls into the wanted split. So splits share no sentence,
 * and still no utterance needs to know of another. */
#include "emotionnet/stage/stage.h"
#include "emotionnet/stage/face.h"
#include "emotionnet/stage/speech.h"

#include <stdio.h>
#include <string.h>

enum { OF_SPEAKERS = SPLIT_COUNT }; /* a stream beside those of the splits */

static const int speakers_before[SPLIT_COUNT + 1] = { 0, 40, 50, 66 };
static const int key_below[SPLIT_COUNT] = { 6, 8,
	10 }; /* of the last digit of a sentence's key */
static const char *const columns[] = { "word_times", "kind" };
enum { COLUMNS = sizeof columns / sizeof columns[0] };

typedef struct Stage {
	StageOptions options;
	StageItem *items;
} Stage;

StageOptions stage_defaults(void)
{
	return (StageOptions){ .train = 3000,
		.validation = 600,
		.test = 900,
		.seed = 1,
		.mixture = { 1, 1, 1, 1, 1, 1 },
		.snr = -6 };
}

void stage_add_face(StageOptions *options)
{
	options->face = true;
	options->mixture[STAGE_FACE] = options->mixture[STAGE_MASK] = 1;
}

bool stage_sizes(StageOptions *options, const char *text, Error *error)
{
	int train, validation, test, end = 0;
	if (sscanf(text, "%6d,%6d,%6d%n", &train, &validation, &test, &end) != 3 ||
	        text[end] || train < 1 || validation < 1 || test < 1)
		return error_set(error,
		        "sizes \"%s\": expected three numbers of 1 or more, to learn from, to validate and to test, such as 900,200,300",
		        text);
	options->train = train;
	options->validation = validation;
	options->test = test;
	return true;
}

static StageKind draw_kind(const double *mixture, Rng *rng)
{
	double total = 0;
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		total += mixture[kind];
	double rest = rng_uniform_double(rng) * total;
	int last = 0; /* a kind with weight, should rounding leave a rest */
	for (int kind = 0; kind < STAGE_KINDS && rest >= 0; kind++) {
		if (mixture[kind] <= 0)
			continue;
		last = kind;
		rest -= mixture[kind];
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

static StageSentence draw_sentence(
        Arena *arena, const StageTruth *truth, Split split, Rng *rng)
{
	for (;;) {
		ArenaMark mark = arena_mark(arena);
		StageSentence sentence = stage_sentence(arena, truth, rng);
		if (split_of(&sentence) == split)
			return sentence;
		arena_rewind(arena, mark);
	}
}

/* Draws the n-th utterance of a split, all but its id. */
static void draw(Arena *arena, const StageOptions *options, Split split, int n,
        StageItem *item, Utterance *utterance)
{
	Rng root = rng_new(options->seed), of_split = rng_split(&root, (uint64_t)split);
	Rng of_speakers = rng_split(&root, OF_SPEAKERS);
	item->rng = rng_split(&of_split, (uint64_t)n);
	Rng rng = rng_split(&item->rng, FOR_TRUTH);
	Rng words = rng_split(&item->rng, FOR_SENTENCE);
	int first = speakers_before[split];
	int speaker = first + rng_below(&rng, speakers_before[split + 1] - first);
	item->speaker = stage_speaker(&of_speakers, speaker);
	item->truth = stage_draw(draw_kind(options->mixture, &rng), &rng);
	item->sentence = draw_sentence(arena, &item->truth, split, &words);

	const char **extra = arena_alloc(arena, COLUMNS * sizeof *extra);
	extra[0] = stage_word_times(arena, item);
	extra[1] = stage_kind_name(item->truth.kind);
	*utterance = (Utterance){
		.id = arena_format(arena, "%s-%05d", split_name(split), n),
		.speaker = arena_format(
		        arena, "%s%02d", item->speaker.woman ? "woman" : "man", speaker),
		.label = stage_emotion_name(item->truth.label),
		.text = item->sentence.written,
		.wav = "",
		.end = -1,
		.split = split,
		.extra = extra,
	};
}

static bool sound(const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)error; /* nothing in the world is asked */
	const Stage *stage = corpus->state;
	*clip = stage_speech(arena, &stage->items[index], stage->options.snr);
	return true;
}

static bool face(
        const Corpus *corpus, int index, Arena *arena, Track *track, Error *error)
{
	(void)error;
	const Stage *stage = corpus->state;
	*track = stage_face(arena, &stage->items[index]);
	return true;
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
	Error error;
	if (!stage_mixture_fits(options, &error))
		error_stop(site, "stage_make", "%s", error.text);
}

/* The code stands in the key of a cached clip beside it (the Makefile's HEARING). */
static const char *recipe_of(Arena *arena, const StageOptions *options)
{
	const char *text = arena_format(arena, "stage %llu %.17g",
	        (unsigned long long)options->seed, options->snr);
	for (int kind = 0; kind < stage_kinds(options->face); kind++)
		text = arena_format(arena, "%s %.17g", text, options->mixture[kind]);
	return text;
}

void stage_make_at(Site site, Corpus *corpus, Arena *arena, StageOptions options)
{
	check(site, &options);
	const int sizes[SPLIT_COUNT] = { options.train, options.validation,
		options.test };
	size_t total =
	        (size_t)options.train + (size_t)options.validation + (size_t)options.test;
	Stage *stage = ARENA_NEW(arena, Stage);
	*stage = (Stage){ .options = options,
		.items = ARENA_ARRAY(arena, StageItem, total) };
	*corpus = (Corpus){ .source = STAGE_SOURCE,
		.utterances = ARENA_ARRAY(arena, Utterance, total),
		.count = (int)total,
		.extra_names = columns,
		.extras = COLUMNS,
		.sound = sound,
		.face = options.face ? face : NULL,
		.state = stage,
		.recipe = recipe_of(arena, &options) };
	int at = 0;
	for (int split = 0; split < SPLIT_COUNT; split++)
		for (int n = 0; n < sizes[split]; n++, at++)
			draw(arena, &options, (Split)split, n, &stage->items[at],
			        &corpus->utterances[at]);
}

StageTruth stage_truth(const Corpus *corpus, int index)
{
	const Stage *stage = corpus->state;
	return stage->items[index].truth;
}

bool stage_corpus_ceiling(const Corpus *corpus, StageView view, StageCeiling *ceiling)
{
	double mixture[STAGE_KINDS] = { 0 };
	for (int i = 0; i < corpus->count; i++) {
		const char *name = corpus_extra(corpus, &corpus->utterances[i], "kind");
		int kind = 0;
		while (name && kind < STAGE_KINDS &&
		        strcmp(name, stage_kind_name((StageKind)kind)) != 0)
			kind++;
		if (!name || kind == STAGE_KINDS)
			return false;
		mixture[kind] += 1;
	}
	*ceiling = stage_ceiling(mixture, view);
	return corpus->count > 0;
}
