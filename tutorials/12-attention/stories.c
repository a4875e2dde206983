/* A sentence of the embedded corpus says an emotion by one word, or none: then it is
 * neutral. A story is made of both:
 *
 *     I am sure that my cousin phoned. Infuriatingly, my father came back. ...
 *
 * Which sentence stands where is drawn. */
#include "tutorials/12-attention/stories.h"
#include "emotionnet/stage/grammar.h"
#include "text/tokens.h"

#include <ctype.h>
#include <string.h>

enum { NEUTRAL, MOST_SENTENCES = 16 };

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

/* Appends the words of a sentence to a story; its marks are left out. */
static void append(Arena *arena, Story *story, const char *text, Words *words, bool learn)
{
	const Tokens tokens = tokens_split(arena, text);
	for (int t = 0; t < tokens.count && story->count < MOST_TOKENS; t++) {
		const char *word = tokens.items[t].text;
		if (!isalpha((unsigned char)word[0]))
			continue;
		int id = words_id(words, word);
		if (!id && learn && words->count < MOST_WORDS) {
			id = words->count++;
			words->word[id] = word;
		}
		story->id[story->count++] = id;
	}
	story->text = arena_format(
	        arena, "%s%s%s", story->text, story->text[0] ? " " : "", text);
}

Story story_read(Arena *arena, Words *words, const char *text, int label)
{
	Story story = { .text = "", .label = label };
	append(arena, &story, text, words, false);
	return story;
}

Story story_without(const Story *story, int place)
{
	Story rest = *story;
	rest.count--;
	memmove(rest.id + place, rest.id + place + 1,
	        (size_t)(rest.count - place) * sizeof(int));
	return rest;
}

/* --- stories ---------------------------------------------------------------------------- */

/* A sentence that says `emotion`. Of all sentences each part has a third. */
static StageSentence sentence_of(Arena *arena, int emotion, Part part, Rng *rng)
{
	StageTruth truth;
	do
		truth = stage_draw(STAGE_WORDS, rng);
	while ((int)truth.label != emotion);
	for (;;) {
		StageSentence sentence = stage_sentence(arena, &truth, rng);
		if (sentence.key % 3 == (uint32_t)part)
			return sentence;
	}
}

/* What each sentence of a story says. */
static void draw_rule(int says[MOST_SENTENCES], Story *story, StoryPlan plan, Rng *rng)
{
	int order[MOST_SENTENCES];
	rng_permutation(rng, plan.sentences, order);
	for (int s = 0; s < plan.sentences; s++)
		says[s] = NEUTRAL;
	if (plan.rule == MOST_DECIDE) { /* two of five emotions, two against one */
		story->label = 1 + story->label % (EMOTIONS - 1);
		says[order[1]] = story->label;
		says[order[2]] = 1 + (story->label + rng_below(rng, EMOTIONS - 2)) %
		                             (EMOTIONS - 1);
	}
	says[order[0]] = story->label;
	story->told = order[0];
}

Stories stories_make(Arena *arena, Words *words, StoryPlan plan)
{
	Stories set = { plan.count, ARENA_ARRAY(arena, Story, (size_t)plan.count) };
	const Rng all = rng_new((uint64_t)(1 + plan.part));
	for (int i = 0; i < plan.count; i++) {
		Rng rng = rng_split(&all, (uint64_t)i);
		Story *story = &set.items[i];
		*story = (Story){ .text = "", .label = i % EMOTIONS };
		int says[MOST_SENTENCES];
		draw_rule(says, story, plan, &rng);
		const int place = story->told;
		for (int s = 0; s < plan.sentences; s++) {
			StageSentence sentence =
			        sentence_of(arena, says[s], plan.part, &rng);
			if (s == place)
				story->told = story->count + sentence.emotion_word[0];
			append(arena, story, sentence.written, words, plan.part == TRAIN);
		}
	}
	return set;
}
