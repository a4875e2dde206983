/* TESS: M. K. Pichora-Fuller, K. Dupuis, "Toronto emotional speech set", 2010. Two women,
 * one of 64 years and one of 26, say "Say the word ..." with 200 words in seven emotions:
 *
 *     OAF _ back _ angry .wav      OAF the older, YAF the younger; word; emotion
 *
 * Folders (OAF_angry, ...) are of no account. One published name lacks a letter,
 * OA_bite_neutral.wav, and two clips are AIFF, which is read.
 *
 * Two speakers are too few for three splits. The younger is the test; of the older
 * speaker's words every seventh validates, in all emotions. Every word stands in all
 * emotions and in both voices: the words tell nothing. */
#include "emotionnet/import/clips.h"

#include <ctype.h>
#include <string.h>

enum { LEVELS = 3, WORD_EVERY = 7 };

static const Code speakers[] = { { "OAF", "OAF" }, { "OA", "OAF" }, { "YAF", "YAF" },
	{ NULL, NULL } };
static const Code emotions[] = { { "angry", "anger" }, { "disgust", "disgust" },
	{ "fear", "fear" }, { "happy", "joy" }, { "neutral", "neutral" },
	{ "ps", "surprise" }, /* pleasant surprise */
	{ "sad", "sadness" }, { NULL, NULL } };
static const char *const columns[] = { "word", "age", "sex" };

typedef struct Tess {
	Import import;
	StringSet words; /* in the order in which they come */
} Tess;

static bool is_word(const char *text)
{
	for (; isalpha((unsigned char)*text); text++)
		;
	return !*text;
}

/* Whoever is asked for in a split leaves the rest to the other. */
static Split split_of(Tess *tess, const char *speaker, const char *word)
{
	const ImportOptions *options = tess->import.options;
	Split own = SPLIT_TRAIN;
	int number = stringset_add(&tess->words, word);
	if (!options->test_speakers && !strcmp(speaker, "YAF"))
		own = SPLIT_TEST;
	else if (!options->validation_speakers && number % WORD_EVERY == WORD_EVERY - 1)
		own = SPLIT_VALIDATION;
	return import_split(&tess->import, speaker, own);
}

static bool add_clip(void *context, const char *path, Error *why)
{
	Tess *tess = context;
	Arena *arena = tess->import.arena;
	int count;
	const char *const *field = clip_fields(arena, path, &count);
	const char *speaker = count == 3 ? code_find(speakers, field[0]) : NULL;
	const char *label = count == 3 ? code_find(emotions, field[2]) : NULL;
	if (!speaker || !label || !*field[1] || !is_word(field[1]))
		return error_set(why,
		        "%s: expected a name such as OAF_back_angry.wav: speaker OAF or YAF, a word, emotion angry disgust fear happy neutral ps sad",
		        path);
	const char **extra = ARENA_ARRAY(arena, const char *, 3);
	extra[0] = field[1];
	extra[1] = strcmp(speaker, "OAF") ? "26" : "64";
	extra[2] = "female";
	Utterance utterance = {
		.id = arena_format(arena, "%s_%s_%s", speaker, field[1], field[2]),
		.speaker = speaker,
		.label = label,
		.text = arena_format(arena, "Say the word %s.", field[1]),
		.wav = path,
		.end = -1,
		.split = split_of(tess, speaker, field[1]),
		.extra = extra,
	};
	return import_add(&tess->import, &utterance, path, why);
}

bool import_tess(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Tess tess = { .words = stringset_new(arena) };
	return import_begin(&tess.import, arena, folder, 3, columns, options, error) &&
	       clips_add(&tess.import, folder, LEVELS, add_clip, &tess, error) &&
	       import_end(&tess.import, corpus, error);
}
