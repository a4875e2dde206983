/* A sentence is a frame with its gaps filled: % an emotion word, @ a clause (who did what
 * when), & a place. Every frame has its own words for each emotion, neutral ones too, so
 * that any frame can say any emotion and the frame itself tells nothing. An emotion word
 * is always one word: a wrong one in a bad text takes exactly the place, and the time, of
 * the right one.
 *
 * 24 persons x 32 deeds x 12 times (none is one) are 9,216 clauses; in 6 frames with 4 to
 * 6 words each, about 300,000 sentences for each emotion. */
#include "emotionnet/stage/grammar.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { CHOICES = 6, DRAWS = 12, SENTENCE = 256 };

typedef struct Frame {
	const char *pattern;
	const char *const words[STAGE_EMOTIONS][CHOICES];
} Frame;

/* clang-format off */
static const Frame frames[] = {
	{ "I am % that @",
		{ { "sure", "certain", "aware", "told", "informed", "convinced" },
		  { "happy", "glad", "delighted", "thrilled", "pleased", "overjoyed" },
		  { "sad", "sorry", "heartbroken", "unhappy", "miserable", "devastated" },
		  { "angry", "furious", "annoyed", "outraged", "mad", "livid" },
		  { "afraid", "scared", "terrified", "worried", "frightened", "alarmed" },
		  { "surprised", "amazed", "astonished", "stunned", "startled", "astounded" } } },
	{ "I was % when @",
		{ { "outside", "upstairs", "downstairs", "abroad", "nearby", "indoors" },
		  { "happy", "overjoyed", "delighted", "cheerful", "joyful", "thrilled" },
		  { "sad", "miserable", "heartbroken", "gloomy", "unhappy", "tearful" },
		  { "angry", "furious", "livid", "enraged", "mad", "irritated" },
		  { "frightened", "scared", "alarmed", "nervous", "terrified", "anxious" },
		  { "surprised", "amazed", "startled", "stunned", "astonished", "astounded" } } },
	{ "@, and I feel %",
		{ { "fine", "normal", "okay", "calm", "relaxed", "composed" },
		  { "happy", "joyful", "delighted", "cheerful", "glad", "thrilled" },
		  { "sad", "miserable", "heartbroken", "sorrowful", "unhappy", "gloomy" },
		  { "angry", "furious", "mad", "outraged", "livid", "enraged" },
		  { "afraid", "scared", "terrified", "nervous", "anxious", "worried" },
		  { "surprised", "amazed", "astonished", "startled", "stunned", "astounded" } } },
	{ "%, @",
		{ { "later", "afterwards", "meanwhile", "apparently" },
		  { "happily", "luckily", "thankfully", "fortunately" },
		  { "sadly", "tragically", "regrettably", "unfortunately" },
		  { "annoyingly", "infuriatingly", "outrageously", "maddeningly" },
		  { "alarmingly", "frighteningly", "worryingly", "terrifyingly" },
		  { "surprisingly", "amazingly", "unexpectedly", "astonishingly" } } },
	{ "@, which is %",
		{ { "normal", "usual", "ordinary", "routine", "regular", "typical" },
		  { "wonderful", "great", "lovely", "delightful", "fantastic", "marvelous" },
		  { "sad", "tragic", "heartbreaking", "depressing" },
		  { "outrageous", "infuriating", "maddening", "annoying", "irritating", "disgraceful" },
		  { "frightening", "scary", "alarming", "terrifying", "worrying", "chilling" },
		  { "surprising", "amazing", "astonishing", "unexpected", "stunning", "startling" } } },
	{ "this is % news: @",
		{ { "local", "recent", "regular", "daily", "ordinary", "routine" },
		  { "wonderful", "great", "lovely", "delightful", "fantastic", "marvelous" },
		  { "sad", "tragic", "heartbreaking", "depressing" },
		  { "outrageous", "infuriating", "maddening", "annoying", "irritating", "disgraceful" },
		  { "frightening", "scary", "alarming", "terrifying", "worrying", "chilling" },
		  { "surprising", "amazing", "astonishing", "unexpected", "stunning", "startling" } } },
};

/* For stress: two feelings, and places to be stressed besides. */
static const char *const contrasts[] = {
	"I was % at the & and % at the &",
	"at the & I felt % and then %",
	"I felt % and % when @",
	"after the & I was % but also %",
	"@, so I was % and then %",
};
static const char *const feelings[STAGE_EMOTIONS][CHOICES] = {
	{ "calm", "composed", "relaxed", "steady", "quiet", "fine" },
	{ "happy", "overjoyed", "delighted", "cheerful", "joyful", "thrilled" },
	{ "sad", "miserable", "heartbroken", "gloomy", "unhappy", "tearful" },
	{ "angry", "furious", "livid", "outraged", "mad", "enraged" },
	{ "afraid", "scared", "terrified", "nervous", "worried", "anxious" },
	{ "surprised", "amazed", "astonished", "stunned", "startled", "astounded" },
};

static const char *const persons[] = {
	"my sister", "my brother", "my mother", "my father", "my uncle", "my aunt",
	"my cousin", "my boss", "my friend", "our neighbor", "our manager", "our guest",
	"our teacher", "our doctor", "the teacher", "the doctor", "the driver", "the lawyer",
	"the student", "the farmer", "the captain", "the nurse", "the pilot", "the baker",
};
static const char *const deeds[] = {
	"called", "called me", "phoned", "left early", "came back", "came home",
	"stayed at home", "drove to town", "walked home", "sold the car", "bought a house",
	"bought a boat", "painted the door", "painted the wall", "closed the window",
	"opened the letter", "took the train", "found the key", "changed the plan",
	"wrote a book", "cleaned the kitchen", "watched the game", "met the mayor", "made a cake",
	"cut the grass", "fixed the roof", "read the paper", "walked the dog", "sent a letter",
	"ordered a pizza", "washed the car", "moved the table",
};
static const char *const times[] = {
	"today", "yesterday", "this morning", "last night", "last week", "again", "at noon",
	"on Monday", "on Friday", "after lunch", "before dinner",
};
static const char *const places[] = {
	"station", "office", "party", "hospital", "market", "school", "airport", "museum",
	"theater", "beach", "restaurant", "library", "hotel", "stadium", "church", "park",
};
/* clang-format on */

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* A sentence as it grows: both versions, and the key. */
typedef struct Draft {
	char spoken[SENTENCE], written[SENTENCE], plain[SENTENCE];
	int words, emotion_words, emotion_word[2];
} Draft;

static void append(char *text, const char *word, int length, const char *mark)
{
	size_t used = strlen(text);
	snprintf(text + used, SENTENCE - used, "%s%.*s%s", used ? " " : "", length, word,
	        mark);
}

/* Appends plain words, with the mark that follows the last. */
static void append_words(Draft *draft, const char *words, const char *mark)
{
	for (const char *p = words; *p;) {
		int length = (int)strcspn(p, " ");
		const char *after = p[length] ? "" : mark;
		append(draft->spoken, p, length, after);
		append(draft->written, p, length, after);
		append(draft->plain, p, length, after);
		draft->words++;
		p += length;
		p += strspn(p, " ");
	}
}

static void append_clause(Draft *draft, const char *mark, Rng *rng)
{
	bool timed = rng_below(rng, 8) == 0;
	append_words(draft, persons[rng_below(rng, COUNT(persons))], "");
	append_words(draft, deeds[rng_below(rng, COUNT(deeds))], timed ? "" : mark);
	if (timed)
		append_words(draft, times[rng_below(rng, COUNT(times))], mark);
}

typedef const char *const Choices[CHOICES];

/* One of the words, all equally likely: a list is full or holds four, and both divide
 * DRAWS. */
static const char *pick(Choices words, int draw)
{
	int count = 0;
	while (count < CHOICES && words[count])
		count++;
	return words[draw % count];
}

/* `words`: the choices for each emotion. */
static void append_emotion(
        Draft *draft, Choices *words, const StageTruth *truth, const char *mark, Rng *rng)
{
	int which = draft->emotion_words++, draw = rng_below(rng, DRAWS);
	StageEmotion said = which ? truth->words[1] : truth->spoken,
	             shown = truth->words[which];
	const char *spoken = pick(words[said], draw), *written = pick(words[shown], draw);
	append(draft->spoken, spoken, (int)strlen(spoken), mark);
	append(draft->written, written, (int)strlen(written), mark);
	append(draft->plain, "%", 1, mark);
	draft->emotion_word[which] = draft->words++;
}

static void fill(Draft *draft, const char *pattern, Choices *words,
        const StageTruth *truth, Rng *rng)
{
	for (const char *p = pattern; *p;) {
		int length = (int)strcspn(p, " ");
		int letters = (int)strcspn(p, ",: ");
		const char *mark = letters == length ? "" : p[letters] == ',' ? "," : ":";
		char word[16];
		snprintf(word, sizeof word, "%.*s", letters, p);
		if (*p == '%')
			append_emotion(draft, words, truth, mark, rng);
		else if (*p == '@')
			append_clause(draft, mark, rng);
		else if (*p == '&')
			append_words(draft, places[rng_below(rng, COUNT(places))], mark);
		else
			append_words(draft, word, mark);
		p += length;
		p += strspn(p, " ");
	}
}

/* Every other word but the emotion's is lost, one at least. */
static void lose_words(Draft *draft, Rng *rng)
{
	char whole[SENTENCE];
	memcpy(whole, draft->written, sizeof whole);
	draft->written[0] = 0;
	int sure = rng_below(rng, draft->words - 1), word = 0;
	sure += sure >= draft->emotion_word[0];
	for (const char *p = whole; *p; word++) {
		int length = (int)strcspn(p, " ");
		bool lost = word == sure ||
		            (word != draft->emotion_word[0] && rng_below(rng, 2));
		append(draft->written, lost ? "..." : p, lost ? 3 : length, "");
		p += length;
		p += strspn(p, " ");
	}
}

static uint32_t hash(const char *text) /* FNV-1a */
{
	uint32_t h = 2166136261u;
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h;
}

StageSentence stage_sentence(Arena *arena, const StageTruth *truth, Rng *rng)
{
	Draft draft = { .emotion_word = { -1, -1 } };
	if (truth->kind == STAGE_STRESS) {
		fill(&draft, contrasts[rng_below(rng, COUNT(contrasts))], feelings, truth,
		        rng);
	} else {
		const Frame *frame = &frames[rng_below(rng, COUNT(frames))];
		fill(&draft, frame->pattern, frame->words, truth, rng);
	}
	if (truth->bad_text)
		lose_words(&draft, rng);
	strcat(draft.spoken, ".");
	if (strcmp(draft.written + strlen(draft.written) - 3, "..."))
		strcat(draft.written, ".");
	draft.spoken[0] = (char)toupper((unsigned char)draft.spoken[0]);
	draft.written[0] = (char)toupper((unsigned char)draft.written[0]);
	return (StageSentence){ .spoken = arena_string(arena, draft.spoken),
		.written = arena_string(arena, draft.written),
		.words = draft.words,
		.emotion_word = { draft.emotion_word[0], draft.emotion_word[1] },
		.key = hash(draft.plain) };
}
