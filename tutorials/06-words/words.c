#include "tutorials/06-words/words.h"
#include "emotionnet/stage/stage.h"

#include <ctype.h>
#include <string.h>

const char *const emotions[EMOTIONS] = { "neutral", "joy", "sadness", "anger", "fear",
	"surprise" };

/* --- tokens ------------------------------------------------------------------------------ */

static char small(char c)
{
	return (char)tolower((unsigned char)c);
}

static bool in_word(char c)
{
	return isalpha((unsigned char)c) || c == '\'';
}

/* [cut] */
int words_cut(const char *text, char tokens[][LONGEST])
{
	int count = 0;
	for (; *text && count < MOST_TOKENS; text++) {
		if (*text == ' ')
			continue;
		int length = 0;
		tokens[count][length++] = small(*text);
		while (in_word(*text) && in_word(text[1]) && length < LONGEST - 1)
			tokens[count][length++] = small(*++text);
		tokens[count++][length] = 0;
	}
	return count;
}
/* [/cut] */

/* --- the vocabulary ----------------------------------------------------------------------- */

/* [id] */
int words_id(const WordList *list, const char *word)
{
	for (int id = FIRST_WORD; id < list->count; id++)
		if (!strcmp(list->word[id], word))
			return id;
	return UNKNOWN;
}
/* [/id] */

static void add(WordList *list, const char *word, int times)
{
	int id = words_id(list, word);
	if (id == UNKNOWN) {
		if (list->count == MOST_WORDS)
			error_stop(HERE, "words_learn", "more than %d words", MOST_WORDS);
		id = list->count++;
		strcpy(list->word[id], word);
	}
	list->times[id] += times;
}

void words_learn(WordList *list, Sentences sentences, int minimum)
{
	static const WordList empty = { .count = FIRST_WORD,
		.word = { "<pad>", "<unk>" } };
	WordList all = empty;
	char tokens[MOST_TOKENS][LONGEST];
	for (int s = 0; s < sentences.count; s++) {
		int count = words_cut(sentences.items[s].text, tokens);
		for (int t = 0; t < count; t++)
			add(&all, tokens[t], 1);
	}
	*list = empty;
	for (int id = FIRST_WORD; id < all.count; id++)
		if (all.times[id] >= minimum)
			add(list, all.word[id], all.times[id]);
}

void words_code(Sentence *sentence, const WordList *list)
{
	char tokens[MOST_TOKENS][LONGEST];
	sentence->count = words_cut(sentence->text, tokens);
	for (int t = 0; t < sentence->count; t++)
		sentence->id[t] = words_id(list, tokens[t]);
}

void words_code_all(Sentences sentences, const WordList *list)
{
	for (int s = 0; s < sentences.count; s++)
		words_code(&sentences.items[s], list);
}

double words_unknown(Sentences set)
{
	int unknown = 0, all = 0;
	for (int s = 0; s < set.count; s++)
		for (int t = 0; t < set.items[s].count; t++, all++)
			unknown += set.items[s].id[t] == UNKNOWN;
	return (double)unknown / all;
}

int words_used(Sentences set)
{
	bool seen[MOST_WORDS] = { false };
	int used = 0;
	for (int s = 0; s < set.count; s++)
		for (int t = 0; t < set.items[s].count; t++) {
			int id = set.items[s].id[t];
			used += !seen[id];
			seen[id] = true;
		}
	return used;
}

const Sentence *words_twice(Sentences set)
{
	for (int s = 0; s < set.count; s++) {
		Sentences one = { 1, &set.items[s] };
		if (words_used(one) < set.items[s].count)
			return &set.items[s];
	}
	error_stop(HERE, "words_twice", "no sentence has a word twice");
}

void words_emotions(int emotion[], const WordList *list, Sentences labelled)
{
	enum { NONE = -1, SEVERAL = -2 };
	for (int id = 0; id < MOST_WORDS; id++)
		emotion[id] = NONE;
	char tokens[MOST_TOKENS][LONGEST];
	for (int s = 0; s < labelled.count; s++) {
		const Sentence *from = &labelled.items[s];
		int count = words_cut(from->text, tokens);
		for (int t = 0; t < count; t++) {
			int id = words_id(list, tokens[t]);
			if (emotion[id] == NONE)
				emotion[id] = from->label;
			else if (emotion[id] != from->label)
				emotion[id] = SEVERAL;
		}
	}
	emotion[UNKNOWN] = NONE;
	for (int id = 0; id < list->count; id++)
		if (emotion[id] == SEVERAL)
			emotion[id] = NONE;
}

/* --- sentences ---------------------------------------------------------------------------- */

static Sentences split_of(Arena *arena, const Corpus *corpus, Split split)
{
	Sentences set = { 0, ARENA_ARRAY(arena, Sentence, (size_t)corpus->count) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split)
			continue;
		Sentence *s = &set.items[set.count++];
		s->text = u->text;
		while (s->label < EMOTIONS - 1 &&
		        strcmp(emotions[s->label], u->label) != 0)
			s->label++;
	}
	return set;
}

void sentences_make(Arena *arena, const char *kinds, int count, int others,
        Sentences *train, Sentences *test)
{
	StageOptions options = stage_defaults();
	options.train = count;
	options.validation = 0;
	options.test = others;
	options.seed = 1;
	Error error;
	if (!stage_mixture(options.mixture, kinds, &error))
		error_stop(HERE, "sentences", "%s", error.text);
	Corpus corpus;
	stage_make(&corpus, arena, options);
	*train = split_of(arena, &corpus, SPLIT_TRAIN);
	if (test)
		*test = split_of(arena, &corpus, SPLIT_TEST);
}

Sentences sentences_join(Arena *arena, Sentences set, int run, bool by_emotion)
{
	Sentences joined = { 0, ARENA_ARRAY(arena, Sentence, (size_t)set.count) };
	for (int k = 0; k < (by_emotion ? EMOTIONS : 1); k++) {
		const char *text = "";
		for (int s = 0, some = 0; s < set.count; s++) {
			if (by_emotion && set.items[s].label != k)
				continue;
			text = arena_format(arena, "%s %s", text, set.items[s].text);
			if (++some % run)
				continue;
			joined.items[joined.count++].text = text;
			text = "";
		}
	}
	return joined;
}
