#include "tutorials/11-two-modalities/data.h"
#include "text/tokens.h"
#include "tutorials/lesson/utterance.h"

#include <string.h>

const char *const kind_names[KINDS] = { "agree", "words", "voice", "irony" };

static int index_of(const char *name, const char *const names[], int count)
{
	for (int k = 0; k < count; k++)
		if (!strcmp(names[k], name))
			return k;
	error_stop(HERE, "data_make", "\"%s\" is not expected here", name);
}

static Clip clip_of(const Corpus *corpus, int index, Arena *arena)
{
	Clip clip;
	Error error;
	if (!corpus->sound(corpus, index, arena, &clip, &error))
		error_stop(HERE, "data_make", "%s", error.text);
	return clip;
}

/* --- words -------------------------------------------------------------------------- */

static Vocabulary vocabulary_of(Arena *arena, const Corpus *corpus)
{
	WordCounts counts = wordcounts_new(arena);
	for (int i = 0; i < corpus->count; i++)
		if (corpus->utterances[i].split == SPLIT_TRAIN) {
			Tokens tokens = tokens_split(arena, corpus->utterances[i].text);
			wordcounts_add(&counts, &tokens);
		}
	return vocabulary_build(arena, &counts, 1, 0);
}

static void read_words(Both *both, const Ears *ears, const char *text)
{
	Arena *arena = arena_new("words");
	Tokens tokens = tokens_split(arena, text);
	for (int t = 0; t < tokens.count && t < MOST_WORDS; t++)
		both->id[both->words++] =
		        vocabulary_id(&ears->vocabulary, tokens.items[t].text);
	arena_free(arena);
}

/* --- both --------------------------------------------------------------------------- */

static void scale_voice(Both *both, const Scale *scale)
{
	Set one = { .count = 1, .x = both->voice };
	rescale(&one, scale);
}

Both data_of(const Ears *ears, const char *text, const Clip *clip)
{
	Both both = { .words = 0 };
	read_words(&both, ears, text);
	features_of(both.voice, clip);
	scale_voice(&both, &ears->scale);
	return both;
}

static BothSet set_of(Arena *arena, const Corpus *corpus, Split split, const Ears *ears)
{
	BothSet set = { 0, ARENA_ARRAY(arena, Both, (size_t)corpus->count) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split)
			continue;
		Both *both = &set.items[set.count++];
		read_words(both, ears, u->text);
		both->emotion = index_of(u->label, emotions, EMOTIONS);
		both->kind = (Kind)index_of(
		        corpus_extra(corpus, u, "kind"), kind_names, KINDS);
		Arena *scratch = arena_child(arena, "sound");
		Clip clip = clip_of(corpus, i, scratch);
		features_of(both->voice, &clip);
		arena_free(scratch);
	}
	return set;
}

static Scale scale_of_voices(Arena *arena, const BothSet *of)
{
	Set set = { .count = of->count };
	set.x = ARENA_ARRAY(arena, float, (size_t)(of->count * VOICE));
	for (int i = 0; i < of->count; i++)
		memcpy(set.x + i * VOICE, of->items[i].voice, sizeof of->items[i].voice);
	return scale_of(&set);
}

Data data_make(Arena *arena, const char *kinds, int train, int validation)
{
	Corpus corpus;
	Data data;
	chapter_corpus(&corpus, arena, train, validation, kinds);
	data.ears.vocabulary = vocabulary_of(arena, &corpus);
	data.train = set_of(arena, &corpus, SPLIT_TRAIN, &data.ears);
	data.validation = set_of(arena, &corpus, SPLIT_VALIDATION, &data.ears);
	data.ears.scale = scale_of_voices(arena, &data.train);
	for (int i = 0; i < data.train.count; i++)
		scale_voice(&data.train.items[i], &data.ears.scale);
	for (int i = 0; i < data.validation.count; i++)
		scale_voice(&data.validation.items[i], &data.ears.scale);
	return data;
}
