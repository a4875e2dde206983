#include "emotionnet/trials/conditions.h"
#include "emotionnet/stage/stage.h"
#include "emotionnet/trials/strategy.h"
#include "tests/support/harness.h"

#include <string.h>

/* A small embedded corpus, in numbers. */
typedef struct World {
	Arena *arena;
	Corpus corpus;
	Prepared prepared;
	Pool *pool;
	Conditions conditions;
} World;

static World world_new(bool disturb)
{
	World w = { .arena = arena_new("test"), .pool = pool_new(2) };
	StageOptions stage = stage_defaults();
	stage.train = 30;
	stage.validation = 6;
	stage.test = 8;
	stage_make(&w.corpus, w.arena, stage);
	Settings settings = settings_defaults();
	settings.quiet = settings.no_cache = true;
	settings.frontend.min_count = 1;
	ModelConfig config;
	Frontend frontend;
	Error error;
	ck_assert_msg(settings_resolve(&settings, &config, &frontend, &error), "%s",
	        error.text);
	ck_assert_msg(prepared_make(&w.prepared, w.arena, &w.corpus, &frontend, &settings,
	                      w.pool, &error),
	        "%s", error.text);
	ck_assert_msg(conditions_make(&w.conditions, w.arena, &w.prepared, &w.corpus,
	                      disturb, w.pool, &error),
	        "%s", error.text);
	return w;
}

static void world_free(World *w)
{
	prepared_free(&w->prepared);
	pool_free(w->pool);
	arena_free(w->arena);
}

static const TestSet *find(const World *w, const char *name)
{
	for (int i = 0; i < w->conditions.count; i++)
		if (!strcmp(w->conditions.items[i].condition.name, name))
			return &w->conditions.items[i];
	ck_abort_msg("no condition \"%s\"", name);
	return NULL;
}

static bool same_steps(const Example *a, const Example *b)
{
	Tensor x = a->steps[MODALITY_SPEECH], y = b->steps[MODALITY_SPEECH];
	return x.shape[0] == y.shape[0] &&
	       !memcmp(x.data, y.data, tensor_count(x) * sizeof(real));
}

static bool same_words(const Example *a, const Example *b)
{
	return a->words == b->words &&
	       !memcmp(a->ids, b->ids, (size_t)a->words * sizeof(int));
}

START_TEST(conditions_are_those_that_concern_text_and_speech)
{
	World w = world_new(true);
	ck_assert_int_eq(w.conditions.count, 2 + 2 + 4 + 4 + 4);
	const TestSet *alone = find(&w, "text alone");
	ck_assert(alone->lost.has[MODALITY_SPEECH] && !alone->lost.has[MODALITY_TEXT]);
	ASSERT_CLOSE(find(&w, "speech at 20 dB")->condition.level, 0.1, 1e-12, 0);
	ASSERT_CLOSE(find(&w, "speech at 0 dB")->condition.level, 1, 1e-12, 0);
	world_free(&w);
	w = world_new(false);
	ck_assert_int_eq(w.conditions.count, 0);
	ck_assert_int_eq(w.conditions.plain.data.count, 8);
	world_free(&w);
}
END_TEST

/* Nobody keeps his own sound, everybody keeps his words; the label is that of the
 * words' utterance. */
START_TEST(conditions_swapped_exchange_one_modality)
{
	World w = world_new(true);
	const Example *plain = w.conditions.plain.data.items;
	const TestSet *speech = find(&w, "speech swapped"),
	              *text = find(&w, "text swapped");
	for (int i = 0; i < 8; i++) {
		const Example *s = &speech->data.items[i], *t = &text->data.items[i];
		int owners = 0;
		for (int k = 0; k < 8; k++)
			owners += same_steps(s, &plain[k]);
		ck_assert_int_eq(owners, 1);
		ck_assert(!same_steps(s, &plain[i]) && same_words(s, &plain[i]));
		ck_assert(same_steps(t, &plain[i]));
		ck_assert_int_eq(s->label, plain[i].label);
		/* Words lie within the sound that is theirs now. */
		for (int k = 0; k < s->words; k++)
			ck_assert(s->spans[2 * k] < s->spans[2 * k + 1] &&
			          s->spans[2 * k + 1] <=
			                  s->steps[MODALITY_SPEECH].shape[0]);
	}
	world_free(&w);
}
END_TEST

static double distance(const Example *a, const Example *b)
{
	Tensor x = a->steps[MODALITY_SPEECH], y = b->steps[MODALITY_SPEECH];
	double sum = 0;
	ck_assert_int_eq(x.shape[0], y.shape[0]);
	for (size_t i = 0; i < tensor_count(x); i++)
		sum += ((double)x.data[i] - (double)y.data[i]) *
		       ((double)x.data[i] - (double)y.data[i]);
	return sum;
}

START_TEST(conditions_noise_grows_and_leaves_words_alone)
{
	World w = world_new(true);
	static const char *const names[] = { "speech at 20 dB", "speech at 10 dB",
		"speech at 5 dB", "speech at 0 dB" };
	for (int i = 0; i < 8; i++) {
		const Example *plain = &w.conditions.plain.data.items[i];
		double before = 0;
		for (int n = 0; n < 4; n++) {
			const Example *noisy = &find(&w, names[n])->data.items[i];
			double now = distance(noisy, plain);
			ck_assert(now > before);
			ck_assert(same_words(noisy, plain));
			before = now;
		}
	}
	world_free(&w);
}
END_TEST

START_TEST(conditions_words_are_lost_but_sound_is_not)
{
	World w = world_new(true);
	int words = 0, left = 0, mistyped = 0;
	const TestSet *half = find(&w, "50 % of words lost");
	const TestSet *typos = find(&w, "50 % of words mistyped");
	for (int i = 0; i < 8; i++) {
		const Example *plain = &w.conditions.plain.data.items[i];
		words += plain->words;
		left += half->data.items[i].words;
		mistyped += strcmp(typos->text[i], w.conditions.plain.text[i]) != 0;
		ck_assert(same_steps(&half->data.items[i], plain));
		ck_assert_int_gt(half->data.items[i].words, 0);
	}
	ck_assert(left < words && left > words / 4);
	ck_assert_int_gt(mistyped, 4);
	world_free(&w);
}
END_TEST

START_TEST(conditions_concern_who_reads_the_modality)
{
	ModalitySet text = { .has = { true } }, both = { .has = { true, true } },
	            none = { 0 };
	Condition noise = { CONDITION_NOISE, "speech", 0.1, "" };
	Condition alone = { CONDITION_ALONE, "text", 0, "" };
	Condition lost = { CONDITION_DROPPED, "text", 0.1, "" };
	ck_assert(!condition_concerns(&noise, text) && condition_concerns(&noise, both));
	ck_assert(!condition_concerns(&alone, text) && condition_concerns(&alone, both));
	ck_assert(condition_concerns(&lost, text) && !condition_concerns(&lost, none));
}
END_TEST

START_TEST(strategies_are_listed_by_what_is_read)
{
	Arena *arena = arena_new("test");
	Settings settings = settings_defaults();
	Strategies list;
	Error error;
	ck_assert(strategies_list(&list, arena, &settings, "late,early", &error));
	static const char *const names[] = { "majority", "bag of words", "text only",
		"speech only", "late", "early" };
	ck_assert_int_eq(list.count, 6);
	for (int i = 0; i < 6; i++)
		ck_assert_str_eq(list.items[i].name, names[i]);
	ck_assert_str_eq(strategy_find(&list, "late")->reads_text, "text+speech");
	ck_assert_ptr_null(strategy_find(&list, "middle"));
	settings.modalities = "speech";
	ck_assert(strategies_list(&list, arena, &settings, "all", &error));
	ck_assert_int_eq(list.count, 2);
	ck_assert(!strategies_list(
	        &list, arena, &(Settings){ .modalities = "smell" }, "all", &error));
	ASSERT_CONTAINS(error.text, "smell");
	arena_free(arena);
}
END_TEST

TEST_MAIN("conditions", conditions_are_those_that_concern_text_and_speech,
        conditions_swapped_exchange_one_modality,
        conditions_noise_grows_and_leaves_words_alone,
        conditions_words_are_lost_but_sound_is_not,
        conditions_concern_who_reads_the_modality, strategies_are_listed_by_what_is_read)
