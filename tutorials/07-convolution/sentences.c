/* The corpus has no negation. But it has sentences such as "I am furious that my father
 * came back." Two of them, with different emotions, make a pair:
 *
 *     I am not glad but furious that my father came back.     anger
 *     I am glad but not furious that my father came back.     joy
 *
 * The label is the emotion that is not denied. */
#include "tutorials/07-convolution/sentences.h"
#include "emotionnet/stage/stage.h"
#include "text/tokens.h"

#include <string.h>

const char *const emotions[EMOTIONS] = { "neutral", "joy", "sadness", "anger", "fear",
	"surprise" };

/* --- words ------------------------------------------------------------------------------ */

int words_id(const Words *words, const char *word)
{
	for (int id = 1; id < words->count; id++)
		if (!strcmp(words->word[id], word))
			return id;
	return 0;
}

void sentence_read(Arena *arena, Sentence *sentence, Words *words, bool learn)
{
	Tokens tokens = tokens_split(arena, sentence->text);
	for (int t = 0; t < tokens.count && t < MOST_TOKENS; t++) {
		int id = words_id(words, tokens.items[t].text);
		if (!id && learn && words->count < MOST_WORDS) {
			id = words->count++;
			words->word[id] = tokens.items[t].text;
		}
		sentence->id[t] = id;
		sentence->count = t + 1;
	}
}

/* --- pairs ------------------------------------------------------------------------------ */

/* "I am WORD that CLAUSE" of the corpus. */
typedef struct Plain {
	const char *word, *clause;
	int label;
} Plain;

static int plain_of(Arena *arena, const Corpus *corpus, Split split, Plain plain[])
{
	int count = 0;
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		const char *that = strstr(u->text, " that ");
		if (u->split != split || strncmp(u->text, "I am ", 5) != 0 || !that)
			continue;
		const char *word = u->text + 5;
		Plain *p = &plain[count++];
		p->word = arena_format(arena, "%.*s", (int)(that - word), word);
		p->clause = that + 6;
		p->label = 0;
		while (strcmp(emotions[p->label], u->label) != 0)
			p->label++;
	}
	return count;
}

/* [pair] */
static void make_pair(Arena *arena, Sentence pair[2], const Plain *a, const Plain *b)
{
	pair[0].text = arena_format(
	        arena, "I am not %s but %s that %s", b->word, a->word, a->clause);
	pair[0].label = a->label;
	pair[1].text = arena_format(
	        arena, "I am %s but not %s that %s", b->word, a->word, a->clause);
	pair[1].label = b->label;
}
/* [/pair] */

static Sentences set_of(Arena *arena, const Corpus *corpus, Split split, Words *words)
{
	Plain *plain = ARENA_ARRAY(arena, Plain, (size_t)corpus->count);
	int count = plain_of(arena, corpus, split, plain);
	Sentences set = { 0, ARENA_ARRAY(arena, Sentence, 2 * (size_t)count) };
	for (int i = 0; i < count; i++) {
		int other = (i + 1) % count;
		while (plain[other].label == plain[i].label)
			other = (other + 1) % count;
		make_pair(arena, &set.items[set.count], &plain[i], &plain[other]);
		set.count += 2;
	}
	for (int i = 0; i < set.count; i++)
		sentence_read(arena, &set.items[i], words, split == SPLIT_TRAIN);
	return set;
}

void sentences_make(Arena *arena, Sets *sets)
{
	StageOptions options = stage_defaults();
	options.train = 1500; /* a sixth of them begins with "I am" */
	options.validation = options.test = 600;
	options.seed = 1;
	Error error;
	if (!stage_mixture(options.mixture, "words", &error))
		error_stop(HERE, "sentences", "%s", error.text);
	Corpus corpus;
	stage_make(&corpus, arena, options);
	sets->words = (Words){ .count = 1, .word = { "?" } };
	sets->train = set_of(arena, &corpus, SPLIT_TRAIN, &sets->words);
	sets->validation = set_of(arena, &corpus, SPLIT_VALIDATION, &sets->words);
	sets->test = set_of(arena, &corpus, SPLIT_TEST, &sets->words);
}
