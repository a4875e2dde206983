#include "text/bag.h"
#include "tests/support/harness.h"
#include "text/vocabulary_text.h"

#include <math.h>

static const char *const texts[] = { "good good day", "not good", "a bad day", "a rare" };
enum { TEXTS = 4 };

static double weight_of(const BagModel *model, Bag bag, const char *word)
{
	int id = vocabulary_id(&model->vocabulary, word);
	for (int i = 0; i < bag.count; i++)
		if (bag.ids[i] == id)
			return (double)bag.weights[i];
	return 0;
}

START_TEST(bag_counts_words_and_divides_by_the_length)
{
	Arena *arena = arena_new("test");
	BagModel model =
	        bag_fit(arena, (BagSettings){ .words = 1, .minimum = 2 }, TEXTS, texts);
	/* good 3, a 2, day 2; the rest once */
	ck_assert_str_eq(vocabulary_to_text(arena, &model.vocabulary),
	        "<pad>\n<unk>\ngood\na\nday\n");
	Bag bag = bag_of(&model, arena, "Day good, good zebra");
	ck_assert_int_eq(bag.count, 2);
	ck_assert_int_eq(bag.ids[0], 2);
	ck_assert_int_eq(bag.ids[1], 4);
	ASSERT_CLOSE(bag.weights[0], 2 / sqrt(5), 1e-7, 0);
	ASSERT_CLOSE(bag.weights[1], 1 / sqrt(5), 1e-7, 0);
	ck_assert_int_eq(bag_of(&model, arena, "zebra").count, 0);
	ck_assert_int_eq(bag_of(&model, arena, "").count, 0);
	arena_free(arena);
}
END_TEST

/* scikit-learn 1.x: idf(good) = ln(5/3) + 1, in two of four texts; idf(not) = ln(5/2)
 * + 1. */
START_TEST(bag_idf_weighs_rare_words_more)
{
	Arena *arena = arena_new("test");
	BagModel model = bag_fit(arena,
	        (BagSettings){ .words = 1, .minimum = 1, .idf = true }, TEXTS, texts);
	double good = log(5.0 / 3) + 1, other = log(5.0 / 2) + 1;
	Bag bag = bag_of(&model, arena, "not good");
	double length = sqrt(good * good + other * other);
	ASSERT_CLOSE(weight_of(&model, bag, "good"), good / length, 1e-6, 0);
	ASSERT_CLOSE(weight_of(&model, bag, "not"), other / length, 1e-6, 0);
	bag = bag_of(&model, arena, "good good not");
	length = sqrt(4 * good * good + other * other);
	ASSERT_CLOSE(weight_of(&model, bag, "good"), 2 * good / length, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(bag_pairs_of_neighbours_are_words_too)
{
	Arena *arena = arena_new("test");
	BagModel model =
	        bag_fit(arena, (BagSettings){ .words = 2, .minimum = 1 }, TEXTS, texts);
	/* a, bad, day, good, not, rare; a bad, a rare, bad day, good day, good good,
	 * not good */
	ck_assert_int_eq(model.vocabulary.words.count, 2 + 6 + 6);
	Bag bag = bag_of(&model, arena, "not good");
	ck_assert_int_eq(bag.count, 3);
	ASSERT_CLOSE(weight_of(&model, bag, "not good"), 1 / sqrt(3), 1e-6, 0);
	ck_assert_int_eq(bag_of(&model, arena, "good not").count, 2);
	BagSettings none = { .words = 0 };
	ASSERT_STOPS("words 0: expected at least 1", bag_fit(arena, none, TEXTS, texts));
	arena_free(arena);
}
END_TEST

TEST_MAIN("bag", bag_counts_words_and_divides_by_the_length,
        bag_idf_weighs_rare_words_more, bag_pairs_of_neighbours_are_words_too)
