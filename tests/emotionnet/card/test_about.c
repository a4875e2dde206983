/* Whoever imports a corpus is told whose it is. */
#include "emotionnet/card/about.h"
#include "emotionnet/corpus/columns.h"
#include "emotionnet/import/import.h"
#include "emotionnet/stage/stage.h"
#include "tests/support/harness.h"

#include <string.h>

static bool own(const char *name)
{
	return !strcmp(name, "folder") || !strcmp(name, "table") ||
	       !strcmp(name, "pictures");
}

START_TEST(about_every_importer_but_ones_own_is_known)
{
	for (const Importer *i = importers; i->name; i++) {
		const CorpusAbout *about = about_find(i->name);
		if (own(i->name) || !strcmp(i->name, "emobank")) {
			ck_assert_ptr_null(about);
			continue;
		}
		ck_assert_msg(about != NULL, "%s", i->name);
		ck_assert(*about->title && *about->source && *about->licence &&
		          *about->binds && *about->manner && *about->language &&
		          *about->people);
	}
}
END_TEST

static Corpus two(Arena *arena)
{
	Corpus corpus = { .source = "two", .count = 2 };
	corpus.utterances = ARENA_ARRAY(arena, Utterance, 2);
	for (int i = 0; i < 2; i++)
		corpus.utterances[i] = (Utterance){ .id = i ? "b" : "a" };
	return corpus;
}

START_TEST(about_mark_adds_a_column_once)
{
	Arena *arena = arena_new("test");
	Corpus corpus = two(arena);
	about_mark(&corpus, arena, "folder");
	ck_assert_int_eq(corpus.extras, 0);
	ck_assert_str_eq(about_sources(&corpus, arena).names[0], ABOUT_OWN);
	about_mark(&corpus, arena, "emodb");
	about_mark(&corpus, arena, "tess");
	ck_assert_int_eq(corpus.extras, 1);
	ck_assert_str_eq(corpus_extra(&corpus, &corpus.utterances[1], "corpus"), "emodb");
	arena_free(arena);
}
END_TEST

START_TEST(about_sources_are_each_named_once)
{
	Arena *arena = arena_new("test");
	Corpus corpus = two(arena);
	corpus_add_column(&corpus, arena, "corpus",
	        (const char *const[]){ "mustard++ emodb", "emodb " ABOUT_OWN });
	StringSet names = about_sources(&corpus, arena);
	ck_assert_int_eq(names.count, 3);
	ck_assert_str_eq(names.names[0], "mustard++");
	ck_assert_str_eq(names.names[1], "emodb");
	ck_assert_str_eq(names.names[2], ABOUT_OWN);
	StageOptions options = stage_defaults();
	options.train = options.validation = options.test = 2;
	stage_make(&corpus, arena, options);
	names = about_sources(&corpus, arena);
	ck_assert_int_eq(names.count, 1);
	ck_assert_str_eq(about_find(names.names[0])->title, "the embedded corpus");
	arena_free(arena);
}
END_TEST

START_TEST(columns_of_people_are_found_in_capitals_too)
{
	Arena *arena = arena_new("test");
	Corpus corpus = two(arena);
	ck_assert_ptr_null(column_sex(&corpus));
	const char *const values[] = { "x", "y" };
	corpus_add_column(&corpus, arena, "Gender", values);
	corpus_add_column(&corpus, arena, "Age", values);
	ck_assert_str_eq(column_sex(&corpus), "Gender");
	ck_assert_str_eq(column_age(&corpus), "Age");
	ck_assert_str_eq(corpus_extra(&corpus, &corpus.utterances[1], "Age"), "y");
	arena_free(arena);
}
END_TEST

START_TEST(age_band_of_years)
{
	ck_assert_str_eq(age_band("21"), "under 30");
	ck_assert_str_eq(age_band("30"), "30 to 44");
	ck_assert_str_eq(age_band("59.5"), "45 to 59");
	ck_assert_str_eq(age_band("64"), "60 and more");
	ck_assert_str_eq(age_band("old"), "old");
	ck_assert_str_eq(age_band(""), "");
}
END_TEST

TEST_MAIN("about", about_every_importer_but_ones_own_is_known,
        about_mark_adds_a_column_once, about_sources_are_each_named_once,
        columns_of_people_are_found_in_capitals_too, age_band_of_years)
