#include "emotionnet/trials/baseline.h"
#include "tests/support/harness.h"

#include <string.h>

static const char *const glad[] = { "so glad", "what joy", "glad today", "pure joy",
	"glad joy" };
static const char *const mad[] = { "so mad", "what rage", "mad today", "pure rage",
	"mad rage" };

/* Twenty sentences to learn from, whose words decide; two of each kind in the other
 * splits. */
static Corpus made(Arena *arena)
{
	Corpus corpus = { .source = "made",
		.utterances = ARENA_ARRAY(arena, Utterance, 30) };
	for (int i = 0; i < 28; i++) {
		bool joy = i % 2;
		corpus.utterances[corpus.count++] = (Utterance){
			.text = joy ? glad[i / 2 % 5] : mad[i / 2 % 5],
			.label = joy ? "joy" : "anger",
			.wav = "",
			.split = i < 20   ? SPLIT_TRAIN
			         : i < 24 ? SPLIT_VALIDATION
			                  : SPLIT_TEST,
		};
	}
	/* these two take no part: no text; a label that training never saw */
	corpus.utterances[corpus.count++] = (Utterance){
		.text = "", .label = "joy", .wav = "/dev/null", .split = SPLIT_TEST
	};
	corpus.utterances[corpus.count++] = (Utterance){
		.text = "so glad", .label = "fear", .wav = "", .split = SPLIT_TEST
	};
	return corpus;
}

static BaselineSettings settings_of(uint64_t seed)
{
	BaselineSettings settings = baseline_defaults();
	settings.seed = seed;
	settings.rate = 0.1;
	return settings;
}

START_TEST(baseline_learns_what_the_words_decide)
{
	Arena *arena = arena_new("test");
	Corpus corpus = made(arena);
	BaselineSettings settings = settings_of(1);
	Baseline baseline;
	Error error;
	ck_assert(baseline_fit(&baseline, arena, &corpus, &settings, &error));
	ck_assert_int_eq(baseline.labels.count, 2);
	Confusion confusion = baseline_evaluate(&baseline, arena, &corpus, SPLIT_TEST);
	ck_assert_int_eq(confusion.counts[0], 2);
	ck_assert_int_eq(confusion.counts[1], 0);
	ck_assert_int_eq(confusion.counts[2], 0);
	ck_assert_int_eq(confusion.counts[3], 2);
	arena_free(arena);
}
END_TEST

START_TEST(baseline_same_seed_gives_the_same_bits)
{
	Arena *arena = arena_new("test");
	Corpus corpus = made(arena);
	BaselineSettings one = settings_of(1), two = settings_of(2);
	corpus.utterances[0].label =
	        "joy"; /* so that the order of the sentences matters */
	one.patience = two.patience = 1000;
	Baseline a, again, other;
	ck_assert(baseline_fit(&a, arena, &corpus, &one, NULL));
	ck_assert(baseline_fit(&again, arena, &corpus, &one, NULL));
	ck_assert(baseline_fit(&other, arena, &corpus, &two, NULL));
	ASSERT_TENSOR_SAME(a.weight->value, again.weight->value);
	ASSERT_TENSOR_SAME(a.bias->value, again.bias->value);
	Tensor left = a.weight->value, right = other.weight->value;
	ck_assert(memcmp(left.data, right.data, tensor_count(left) * sizeof(real)) != 0);
	arena_free(arena);
}
END_TEST

/* The words lead astray on the validation split: no later epoch is better than the
 * first. */
START_TEST(baseline_keeps_the_best_epoch_of_the_validation_split)
{
	Arena *arena = arena_new("test");
	Corpus corpus = made(arena);
	for (int i = 20; i < 24; i++)
		corpus.utterances[i].label = i % 2 ? "anger" : "joy";
	BaselineSettings settings = settings_of(1);
	Baseline baseline;
	ck_assert(baseline_fit(&baseline, arena, &corpus, &settings, NULL));
	ck_assert_int_eq(baseline.epoch, 1);
	for (int i = 20; i < 24; i++) /* without a validation split: the last */
		corpus.utterances[i].split = SPLIT_TRAIN;
	ck_assert(baseline_fit(&baseline, arena, &corpus, &settings, NULL));
	ck_assert_int_eq(baseline.epoch, settings.epochs);
	arena_free(arena);
}
END_TEST

/* 18 to 2: unweighted, the rare class is not worth its while. */
START_TEST(baseline_class_weights_find_the_rare_class)
{
	Arena *arena = arena_new("test");
	Corpus corpus = made(arena);
	for (int i = 0; i < 18; i++) {
		corpus.utterances[i].label = "joy";
		corpus.utterances[i].text = "well well well";
	}
	corpus.utterances[18] =
	        (Utterance){ .text = "well well no", .label = "anger", .wav = "" };
	corpus.utterances[19] = corpus.utterances[18];
	corpus.count = 20;
	BaselineSettings settings = settings_of(1);
	settings.bag.minimum = 1;
	settings.epochs = 3;
	Baseline plain, weighted;
	ck_assert(baseline_fit(&plain, arena, &corpus, &settings, NULL));
	settings.class_weights = true;
	ck_assert(baseline_fit(&weighted, arena, &corpus, &settings, NULL));
	int found = baseline_evaluate(&plain, arena, &corpus, SPLIT_TRAIN).counts[0];
	ck_assert_int_eq(found, 0);
	found = baseline_evaluate(&weighted, arena, &corpus, SPLIT_TRAIN).counts[0];
	ck_assert_int_eq(found, 2);
	arena_free(arena);
}
END_TEST

/* Each step makes a weight 1e21 times as large, and turns its sign. */
START_TEST(baseline_that_diverges_is_refused)
{
	Arena *arena = arena_new("test");
	Corpus corpus = made(arena);
	BaselineSettings settings = settings_of(1);
	settings.rate = 10;
	settings.decay = 1e20;
	for (int i = 20; i < 24; i++) /* no validation split ends it early */
		corpus.utterances[i].split = SPLIT_TRAIN;
	Baseline baseline;
	Error error;
	ck_assert(!baseline_fit(&baseline, arena, &corpus, &settings, &error));
	ASSERT_CONTAINS(error.text, "the bag of words diverged in epoch ");
	ASSERT_CONTAINS(error.text, "a smaller --rate (it is 10) or --decay (1e+20)");
	arena_free(arena);
}
END_TEST

START_TEST(baseline_without_two_labels_is_refused)
{
	Arena *arena = arena_new("test");
	Corpus corpus = made(arena);
	BaselineSettings settings = settings_of(1);
	Baseline baseline;
	Error error;
	corpus.count = 1;
	ck_assert(!baseline_fit(&baseline, arena, &corpus, &settings, &error));
	ASSERT_CONTAINS(error.text,
	        "made: expected sentences of two labels at least in the train split, found 1 sentences of 1");
	arena_free(arena);
}
END_TEST

TEST_MAIN("baseline", baseline_learns_what_the_words_decide,
        baseline_same_seed_gives_the_same_bits,
        baseline_keeps_the_best_epoch_of_the_validation_split,
        baseline_class_weights_find_the_rare_class, baseline_that_diverges_is_refused,
        baseline_without_two_labels_is_refused)
