/* The corpus has sentences that begin with how the speaker feels about them:
 *
 *     Infuriatingly, my father came back.     anger
 *     Luckily, our neighbor called.           joy
 *     Later, my aunt left early.              neutral
 *
 * Two of them with different emotions, and neutral ones between, make a story. The same
 * story with the first words of these two exchanged makes the pair. */
#include "tutorials/10-recurrence/stories.h"
#include "emotionnet/stage/stage.h"
#include "text/tokens.h"

#include <string.h>

const char *const emotions[EMOTIONS] = { "joy", "sadness", "anger", "fear", "surprise" };

/* --- words ------------------------------------------------------------------------------ */

int words_id(const Words *words, const char *word)
{
	for (int id = 1; id < words->count; id++)
		if (!strcmp(words->word[id], word))
			return id;
	return 0;
}

void story_read(Arena *arena, Story *story, int sentences, Words *words, bool learn)
{
	const int most = sentences * SENTENCE_TOKENS;
	Tokens tokens = tokens_split(arena, story->text);
	for (int t = 0; t < tokens.count && t < most; t++) {
		int id = words_id(words, tokens.items[t].text);
		if (!id && learn && words->count < MOST_WORDS) {
			id = words->count++;
			words->word[id] = tokens.items[t].text;
		}
		story->id[t] = id;
		story->count = t + 1;
	}
}

/* --- sentences -------------------------------------------------------------------------- */

/* "FEELING, CLAUSE." of the corpus. */
typedef struct Told {
	const char *feeling, *clause;
	int emotion; /* EMOTIONS: none */
} Told;

typedef struct Toldlist {
	int count;
	Told *items;
} Toldlist;

static int emotion_of(const char *label)
{
	int e = 0;
	while (e < EMOTIONS && strcmp(emotions[e], label) != 0)
		e++;
	return e;
}

/* Those with an emotion, or those without. */
static Toldlist told_of(Arena *arena, const Corpus *corpus, Split split, bool neutral)
{
	Toldlist told = { 0, ARENA_ARRAY(arena, Told, (size_t)corpus->count) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		const char *comma = strstr(u->text, ", "), *blank = strchr(u->text, ' ');
		const int emotion = emotion_of(u->label);
		if (u->split != split || !comma || blank != comma + 1 ||
		        neutral != (emotion == EMOTIONS))
			continue;
		told.items[told.count++] = (Told){
			arena_format(arena, "%.*s", (int)(comma - u->text), u->text),
			comma + 2, emotion
		};
	}
	return told;
}

/* --- stories ---------------------------------------------------------------------------- */

/* [story] */
/* "plain FEELING, clause. plain FEELING, clause.": the first words of the two sentences
 * come from `first` and `last`, their clauses are a and b. */
static const char *tell(Arena *arena, const Told *first, const Told *last, const char *a,
        const char *b, const char *const plain[2])
{
	return arena_format(arena, "%s%s, %s %s%s, %s", plain[0], first->feeling, a,
	        plain[1], last->feeling, b);
}
/* [/story] */

/* So many neutral sentences, each with a blank behind it, from the n-th on. */
static const char *plain_sentences(
        Arena *arena, const Toldlist *neutral, int n, int sentences)
{
	const char *text = "";
	for (int k = 0; k < sentences; k++) {
		const Told *told = &neutral->items[(n + k) % neutral->count];
		text = arena_format(
		        arena, "%s%s, %s ", text, told->feeling, told->clause);
	}
	return text;
}

static Stories set_of(
        Arena *arena, const Corpus *corpus, Split split, Words *words, int between)
{
	const Toldlist told = told_of(arena, corpus, split, false);
	const Toldlist neutral = told_of(arena, corpus, split, true);
	Stories set = { 0, ARENA_ARRAY(arena, Story, 2 * (size_t)told.count) };
	for (int i = 0, n = 0; i < told.count; i++, n += between + 1) {
		int other = (i + 1) % told.count;
		while (told.items[other].emotion == told.items[i].emotion)
			other = (other + 1) % told.count;
		const Told *a = &told.items[i], *b = &told.items[other];
		const char *const plain[2] = { plain_sentences(arena, &neutral, n, 1),
			plain_sentences(arena, &neutral, n + 1, between) };
		set.items[set.count++] =
		        (Story){ tell(arena, a, b, a->clause, b->clause, plain),
			        a->emotion, b->emotion, 0, { 0 } };
		set.items[set.count++] =
		        (Story){ tell(arena, b, a, a->clause, b->clause, plain),
			        b->emotion, a->emotion, 0, { 0 } };
	}
	for (int i = 0; i < set.count; i++)
		story_read(
		        arena, &set.items[i], between + 3, words, split == SPLIT_TRAIN);
	return set;
}

void stories_make(Arena *arena, Sets *sets, int between)
{
	StageOptions options = stage_defaults();
	options.train = 3000; /* a sixth of them begins with such a word */
	options.validation = 0;
	options.test = 1200;
	options.seed = 1;
	Error error;
	if (!stage_mixture(options.mixture, "words", &error))
		error_stop(HERE, "stories", "%s", error.text);
	Corpus corpus;
	stage_make(&corpus, arena, options);
	sets->words = (Words){ .count = 1, .word = { "?" } };
	sets->train = set_of(arena, &corpus, SPLIT_TRAIN, &sets->words, between);
	sets->test = set_of(arena, &corpus, SPLIT_TEST, &sets->words, between);
}
