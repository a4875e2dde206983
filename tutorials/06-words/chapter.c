/* Chapter 6: words. How a text becomes numbers: tokens, ids, the rows of a table. What a
 * table learns from labels stands in reader.c, what it learns from text alone in
 * skipgram.c, the experiment in trials.c. */
#include "tutorials/06-words/library.h"
#include "tutorials/06-words/pictures.h"
#include "tutorials/lesson/mine.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>
#include <string.h>

enum { SENTENCES = 1500, LABELLED = 200, TESTED = 300, MINIMUM = 2 };
enum { BATCH = 8, EPOCHS = 60, NEGATIVES = 2 };
static const float RATE = 1, PAIR_RATE = 0.05f;

/* Of single sentences; and, in the experiment, of several in a row. */
enum { WINDOW = 2, OFTEN = 30, READINGS = 8, TOGETHER = 5 };

static const char SENTENCE[] = "Infuriatingly, my father came back.";

typedef struct Texts {
	Sentences all, labelled, test;
} Texts;

static Texts make_texts(Lesson *lesson)
{
	Texts texts;
	sentences_make(lesson_arena(lesson), "agree", SENTENCES, TESTED, &texts.all,
	        &texts.test);
	texts.labelled = (Sentences){ LABELLED, texts.all.items };
	return texts;
}

/* --- tokens ------------------------------------------------------------------------------ */

static void say_tokens(Lesson *lesson, const char *text)
{
	char tokens[MOST_TOKENS][LONGEST];
	int count = words_cut(text, tokens);
	const char *line = "";
	for (int t = 0; t < count; t++)
		line = arena_format(lesson_arena(lesson), "%s [%s]", line, tokens[t]);
	lesson_say(lesson, "  %s", text);
	lesson_say(lesson, "   %s", line);
}

static void tokens(Lesson *lesson)
{
	lesson_section(lesson, "Tokens");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	lesson_sound(lesson, "angry", &spoken.sound);
	say_tokens(lesson, SENTENCE);
	static const char hard[] = "I'm NOT happy :-(";
	char cut[MOST_TOKENS][LONGEST];
	lesson_predict_number(lesson,
	        "words_cut(\"I'm NOT happy :-(\"): how many tokens?",
	        words_cut(hard, cut), 0,
	        "The apostrophe is part of a word, so i'm is one token. The three marks of "
	        "the face are a token each.");
	say_tokens(lesson, hard);
	lesson_point(lesson, "The face has fallen apart.");
}

/* --- ids --------------------------------------------------------------------------------- */

static void ids(Lesson *lesson, const Texts *texts, const WordList *list)
{
	lesson_section(lesson, "A vocabulary, and a bag");
	lesson_number(lesson, "words", "ids, from 200 sentences", "%.0f", list->count);
	Sentence s = { .text = SENTENCE };
	words_code(&s, list);
	const char *line = "";
	for (int t = 0; t < s.count; t++)
		line = arena_format(lesson_arena(lesson), "%s %d", line, s.id[t]);
	lesson_say(lesson, "  %s", SENTENCE);
	lesson_say(lesson, "   %s", line);
	lesson_number(lesson, "unknown", "tokens of the test set that are <unk>", "%.3f",
	        words_unknown(texts->test));
	static const Choice bags[] = {
		{ "I am not happy",
		        "Its bag has fewer words: sad and the comma are missing." },
		{ "I am sad, not happy",
		        "It has the same six tokens, in another order. A bag forgets the "
		        "order, and here the order is the meaning." },
		{ "I am glad, not sad",
		        "It means nearly the same. But glad and happy are two words with two "
		        "ids, and a bag does not know that they are alike." }
	};
	lesson_predict_choice(lesson,
	        "Which sentence has the same bag of words as \"I am happy, not sad\"?", 3,
	        bags, 1);
	lesson_point(lesson, "A bag knows which words, and how often. Nothing else.");
}

/* --- a small table ------------------------------------------------------------------------ */

static void small_table(Lesson *lesson)
{
	lesson_section(lesson, "By hand");
	/* [small] */
	static const float table[SMALL_IDS][SMALL_WIDTH] = {
		{ 0, 0 },        /* 0 <pad> */
		{ 0.1f, 0.1f },  /* 1 <unk> */
		{ 0.2f, -0.5f }, /* 2 so    */
		{ 0.8f, 1 },     /* 3 happy */
		{ -0.6f, -0.4f } /* 4 sad   */
	};
	static const int text[SMALL_COUNT] = { 2, 2, 3 }; /* so so happy */
	/* [/small] */
	float mean[SMALL_WIDTH] = { 0 };
	for (int t = 0; t < SMALL_COUNT; t++)
		for (int e = 0; e < SMALL_WIDTH; e++)
			mean[e] += table[text[t]][e] / SMALL_COUNT;
	draw_rows(lesson, table, text, mean);
	lesson_look_floats(lesson, "table", SMALL_IDS, SMALL_WIDTH, table[0]);
	lesson_look_floats(lesson, "mean", 1, SMALL_WIDTH, mean);
	lesson_point(lesson, "Rows 2 and 3 are read, row 2 twice.");
	static const Choice shares[] = {
		{ "(0.1, -0.2)",
		        "That is the share of one token. The row is used by two tokens." },
		{ "(0.2, -0.4)",
		        "Each token passes a third of the gradient to its row. Row 2 "
		        "is used twice, and the two shares are added." },
		{ "(0.3, -0.6)",
		        "That is the gradient of the mean. Each token has a third of it." },
		{ "(0, 0), since a table is not computed",
		        "The mean changes when the row changes. So the row has a gradient." }
	};
	lesson_predict_choice(lesson,
	        "The gradient of the mean is (0.3, -0.6). What is the gradient of row 2?",
	        4, shares, 1);
	static const float d_mean[SMALL_WIDTH] = { 0.3f, -0.6f };
	float d_table[SMALL_IDS][SMALL_WIDTH] = { { 0 } };
	for (int t = 0; t < SMALL_COUNT; t++)
		for (int e = 0; e < SMALL_WIDTH; e++)
			d_table[text[t]][e] += d_mean[e] / SMALL_COUNT;
	draw_rows_back(lesson, d_table, text, d_mean);
	lesson_look_floats(
	        lesson, "gradient of the table", SMALL_IDS, SMALL_WIDTH, d_table[0]);
	lesson_point(lesson, "Three rows of the table get nothing.");
}

/* --- a reader ----------------------------------------------------------------------------- */

static void say_readings(Lesson *lesson, const Reader *reader, const WordList *list)
{
	static const char *const texts[] = { SENTENCE, "I am happy, not sad.",
		"I am sad, not happy." };
	const char *names = "";
	for (int k = 0; k < EMOTIONS; k++)
		names = arena_format(lesson_arena(lesson), "%s%10s", names, emotions[k]);
	lesson_say(lesson, "  %s", names);
	for (int i = 0; i < 3; i++) {
		Sentence s = { .text = texts[i] };
		float mean[WIDTH], p[EMOTIONS];
		words_code(&s, list);
		reader_forward(reader, &s, mean, p);
		const char *line = "";
		for (int k = 0; k < EMOTIONS; k++)
			line = arena_format(
			        lesson_arena(lesson), "%s%10.2f", line, (double)p[k]);
		lesson_say(lesson, "  %s", texts[i]);
		lesson_say(lesson, "  %s", line);
	}
}

static void a_reader(Lesson *lesson, const Texts *texts, const WordList *list)
{
	lesson_section(lesson, "A network that reads");
	static const Choice rows[] = {
		{ "8: one for each sentence",
		        "A sentence has several words, and each has a row." },
		{ "about 45: those of the words that occur",
		        "All other rows have the gradient 0. Frequent words, as my and the "
		        "full stop, are counted once." },
		{ "all of them",
		        "A row that no word of the mini-batch uses has no influence on the "
		        "loss. Its gradient is 0." }
	};
	static Reader reader;
	reader_new(&reader, 0.1f, 1);
	lesson_number(lesson, "error", "largest error of a gradient, by measuring",
	        "%.0e", reader_gradient_error(&reader, words_twice(texts->labelled)));
	lesson_predict_choice(lesson,
	        "One step with a mini-batch of 8 sentences. How many rows of the table change?",
	        3, rows, 1);
	lesson_number(lesson, "touched", "rows of the first mini-batch", "%.0f",
	        words_used((Sentences){ BATCH, texts->labelled.items }));
	double own[SEEDS], test[SEEDS];
	for (int s = SEEDS - 1; s >= 0; s--) {
		const Plan plan = { BATCH, EPOCHS, RATE, (uint64_t)s + 1 };
		reader_new(&reader, 0.1f, plan.seed);
		reader_train(&reader, texts->labelled, &plan);
		own[s] = reader_accuracy(&reader, texts->labelled);
		test[s] = reader_accuracy(&reader, texts->test);
	}
	lesson_settings(lesson, "the reader",
	        "sentences %d, width %d, size %g, rate %g, batch %d, epochs %d, seeds %d",
	        LABELLED, WIDTH, 0.1, (double)RATE, BATCH, EPOCHS, SEEDS);
	lesson_spread(lesson, "own", "accuracy, training set", "%.3f", SEEDS, own);
	lesson_spread(lesson, "test", "accuracy, test set", "%.3f", SEEDS, test);
	say_readings(lesson, &reader, list);
	lesson_look_floats(lesson, "table", list->count, WIDTH, reader.table[0]);
	lesson_look_floats(lesson, "w", EMOTIONS, WIDTH, reader.w[0]);
	lesson_point(lesson, "The last two lines have the same bag.");
}

/* --- word vectors ------------------------------------------------------------------------- */

static void say_nearest(Lesson *lesson, const Vectors *v, const WordList *list)
{
	static const char *const words[] = { "furious", "infuriatingly", "father",
		"washed", "great" };
	enum { SHOWN = 5 };
	for (int i = 0; i < SHOWN; i++) {
		int found[NEIGHBOURS], word = words_id(list, words[i]);
		nearest(found, NEIGHBOURS, v->word, list, word, NULL);
		const char *line = "";
		for (int k = 0; k < NEIGHBOURS; k++)
			line = arena_format(lesson_arena(lesson), "%s %s", line,
			        list->word[found[k]]);
		lesson_say(lesson, "  %-14s%s", words[i], line);
	}
}

static void windows(Lesson *lesson)
{
	lesson_section(lesson, "Skip-gram");
	char cut[MOST_TOKENS][LONGEST];
	int count = words_cut(SENTENCE, cut), pairs = 0;
	for (int i = 0; i < count; i++)
		for (int j = i - WINDOW; j <= i + WINDOW; j++)
			pairs += j >= 0 && j < count && j != i;
	lesson_predict_number(lesson,
	        "Seven tokens, and two words to each side. How many pairs does the sentence "
	        "give?",
	        pairs, 0,
	        "The three tokens in the middle have four neighbours each. The second and "
	        "the last but one have three, the first and the last have two.");
	draw_windows(lesson, cut, count, WINDOW);
	lesson_point(lesson, "For each real pair two others are drawn at random.");
}

static void word_vectors(Lesson *lesson, Sentences all, const WordList *list)
{
	static Vectors v;
	const SkipGram plan = { WINDOW, NEGATIVES, OFTEN, PAIR_RATE, 1 };
	static const Choice near[] = {
		{ "livid and enraged: they mean nearly the same",
		        "These stand where furious stands. But so does happy, and skip-gram "
		        "sees only what stands beside a word." },
		{ "words for feelings of all kinds, as terrified and unhappy",
		        "All of them stand between am, was or feel and that or when. Beside "
		        "them stand the same words, so their vectors are alike." },
		{ "am, was and when: they stand beside it",
		        "Words that stand beside each other make a pair of word and beside. "
		        "Two rows of word are alike if they have the same neighbours." },
		{ "none: without labels it cannot know anything of furious",
		        "The text says beside which words furious stands, and that tells a lot." }
	};
	lesson_section(lesson, "Neighbours");
	vectors_new(&v, 1);
	lesson_predict_choice(lesson,
	        "The vectors come from 1500 sentences without labels. Which words are nearest "
	        "to \"furious\"?",
	        4, near, 1);
	skipgram_train(&v, all, &plan);
	lesson_number(lesson, "pair-error", "largest error of a gradient, by measuring",
	        "%.0e", pair_gradient_error(&v, UNKNOWN + 1, UNKNOWN + 2, 1));
	lesson_settings(lesson, "the vectors",
	        "sentences %d, width %d, window %d, negatives %d, rate %g, readings %d, seed 1",
	        all.count, WIDTH, WINDOW, NEGATIVES, (double)PAIR_RATE, OFTEN);
	say_nearest(lesson, &v, list);
	lesson_number(lesson, "mean-cosine", "mean cosine of two words", "%.2f",
	        mean_cosine(v.word, list));
	rows_to_one(v.word);
	draw_map(lesson, "map", "Words that stand in the same places", v.word, list);
	lesson_look_floats(lesson, "vectors", list->count, WIDTH, v.word[0]);
	lesson_point(lesson, "Look for the groups. Which kind of likeness is it?");
}

/* --- the experiment ----------------------------------------------------------------------- */

static void tell(Lesson *lesson, const char *name, const Trial *trial)
{
	Arena *arena = lesson_arena(lesson);
	lesson_spread(lesson, arena_format(arena, "%s-same", name),
	        "same emotion among the five nearest", "%.3f", SEEDS, trial->same);
	lesson_spread(lesson, arena_format(arena, "%s-test", name),
	        "accuracy of the reader, test set", "%.3f", SEEDS, trial->accuracy);
}

static void setting(Lesson *lesson, const char *name, const char *text, int window)
{
	lesson_settings(lesson, name,
	        "text %s, window %d, negatives %d, pair-rate %g, readings %d, labelled %d, "
	        "rate %g, epochs %d, seeds %d",
	        text, window, NEGATIVES, (double)PAIR_RATE, READINGS, LABELLED,
	        (double)RATE, EPOCHS, SEEDS);
}

static void experiment(
        Lesson *lesson, const Texts *texts, const WordList *list, const int emotion[])
{
	lesson_section(lesson, "The experiment");
	const int window = lesson_count(lesson, "window",
	        "how many words to each side skip-gram looks at", 16, 1, 40);
	const SkipGram how = { window, NEGATIVES, READINGS, PAIR_RATE, 1 };
	const Plan plan = { BATCH, EPOCHS, RATE, 1 };
	Arena *arena = lesson_arena(lesson);
	Sentences mixed = sentences_join(arena, texts->all, TOGETHER, false),
	          mood = sentences_join(arena, texts->all, TOGETHER, true);
	words_code_all(mixed, list);
	words_code_all(mood, list);
	static Vectors v;
	static const Choice shares[] = {
		{ "about 0.2, as by chance: nobody told it the emotions",
		        "Nobody did. But angry words now stand near angry words, and skip-gram "
		        "sees what stands near a word." },
		{ "about 0.5",
		        "The sentences also share all their other words, but these "
		        "stand near every emotion and tell nothing." },
		{ "above 0.9",
		        "Angry words now have angry words near them, and no others. That is "
		        "all that skip-gram needs." }
	};
	Trial none = trial_of(
	        &v, NULL, &how, list, emotion, texts->labelled, texts->test, &plan);
	setting(lesson, "a random table", "none", window);
	tell(lesson, "none", &none);
	Trial of_mixed = trial_of(
	        &v, &mixed, &how, list, emotion, texts->labelled, texts->test, &plan);
	setting(lesson, "five sentences in any order", "mixed", window);
	tell(lesson, "mixed", &of_mixed);
	lesson_predict_choice(lesson,
	        "Now five sentences of one emotion stand together. Which share of the five "
	        "nearest has the emotion of the word?",
	        3, shares, 2);
	Trial of_mood = trial_of(
	        &v, &mood, &how, list, emotion, texts->labelled, texts->test, &plan);
	setting(lesson, "five sentences of one emotion", "mood", window);
	tell(lesson, "mood", &of_mood);
	draw_map_of_emotions(lesson, "emotions",
	        "Emotional words, after texts in one mood", v.word, list, emotion);
	lesson_point(lesson, "Between the last two only the order of sentences differs.");
}

/* --- in the library ----------------------------------------------------------------------- */

static void in_the_library(Lesson *lesson, const Texts *texts, const WordList *list)
{
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	double plain[SEEDS], layers[SEEDS];
	static Reader reader;
	for (int s = 0; s < SEEDS; s++) {
		const Plan plan = { BATCH, EPOCHS, RATE, (uint64_t)s + 1 };
		reader_new(&reader, 0.1f, plan.seed);
		layers[s] = library_accuracy(
		        &reader, list->count, texts->labelled, &plan, texts->test);
		reader_train(&reader, texts->labelled, &plan);
		plain[s] = reader_accuracy(&reader, texts->test);
	}
	lesson_spread(
	        lesson, "plain", "accuracy, test set: plain loops", "%.3f", SEEDS, plain);
	lesson_spread(lesson, "library", "accuracy, test set: the library", "%.3f", SEEDS,
	        layers);
	lesson_point(lesson, "Two programs, one reader.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "06-words", "Words");
	tokens(lesson);
	Texts texts = make_texts(lesson);
	static WordList few, all;
	int emotion[MOST_WORDS];
	words_learn(&few, texts.labelled, MINIMUM);
	words_code_all(texts.all, &few);
	words_code_all(texts.test, &few);
	ids(lesson, &texts, &few);
	small_table(lesson);
	a_reader(lesson, &texts, &few);

	words_learn(&all, texts.all, MINIMUM);
	words_emotions(emotion, &all, texts.all);
	words_code_all(texts.all, &all);
	words_code_all(texts.test, &all);
	windows(lesson);
	word_vectors(lesson, texts.all, &all);
	experiment(lesson, &texts, &all, emotion);

	words_code_all(texts.all, &few);
	words_code_all(texts.test, &few);
	in_the_library(lesson, &texts, &few);
	return lesson_end(lesson);
}
