/* SAVEE: P. Jackson, S. Haq, "Surrey Audio-Visual Expressed Emotion (SAVEE) Database",
 * 2014. Four men say 15 sentences of TIMIT in each of seven emotions, 30 in neutral:
 *
 *     DC/ a 01 .wav  or  DC_a01.wav      speaker, emotion, number of the sentence
 *
 * The release has no words, only the numbers of sentences; and a sentence tells the
 * emotion, since twelve of the fifteen are said in one emotion and in neutral alone. So
 * the text is left empty.
 *
 * The field leaves one speaker out (compare --folds speaker). Here KL is the test, and JK
 * validates. */
#include "emotionnet/import/clips.h"
#include "tensor/file/folder.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 3, SENTENCES = 15, NEUTRAL_SENTENCES = 30 };

static const Code speakers[] = { { "DC", "DC" }, { "JE", "JE" }, { "JK", "JK" },
	{ "KL", "KL" }, { NULL, NULL } };
static const Code emotions[] = { { "a", "anger" }, { "d", "disgust" }, { "f", "fear" },
	{ "h", "joy" }, { "n", "neutral" }, { "sa", "sadness" }, { "su", "surprise" },
	{ NULL, NULL } };
static const char *const columns[] = { "sentence", "sex" };

/* "sa07" -> "sadness", and its number; NULL: it is no such name. */
static const char *read_code(Arena *arena, const char *code, int *number)
{
	size_t letters = 0;
	while (isalpha((unsigned char)code[letters]))
		letters++;
	const char *digits = code + letters;
	const char *label =
	        code_find(emotions, arena_format(arena, "%.*s", (int)letters, code));
	bool two = isdigit((unsigned char)digits[0]) &&
	           isdigit((unsigned char)digits[1]) && !digits[2];
	*number = two ? atoi(digits) : 0;
	int most = label && !strcmp(label, "neutral") ? NEUTRAL_SENTENCES : SENTENCES;
	return *number >= 1 && *number <= most ? label : NULL;
}

static Split own_split(const char *speaker)
{
	if (!strcmp(speaker, "KL"))
		return SPLIT_TEST;
	return strcmp(speaker, "JK") ? SPLIT_TRAIN : SPLIT_VALIDATION;
}

static bool add_clip(void *context, const char *path, Error *why)
{
	Import *import = context;
	Arena *arena = import->arena;
	int count, number = 0;
	const char *const *field = clip_fields(arena, path, &count);
	const char *name = count == 2   ? field[0]
	                   : count == 1 ? path_name(path_folder(arena, path))
	                                : "";
	const char *speaker = code_find(speakers, name);
	const char *label = speaker ? read_code(arena, field[count - 1], &number) : NULL;
	if (!label)
		return error_set(why,
		        "%s: expected a name such as DC_a01.wav, or a01.wav in a folder DC: speaker DC JE JK KL, emotion a d f h n sa su, sentence 01-15, of neutral 01-30",
		        path);
	const char **extra = ARENA_ARRAY(arena, const char *, 2);
	extra[0] = field[count - 1];
	extra[1] = "male";
	Utterance utterance = {
		.id = arena_format(arena, "%s_%s", speaker, extra[0]),
		.speaker = speaker,
		.label = label,
		.text = "",
		.wav = path,
		.end = -1,
		.split = import_split(import, speaker, own_split(speaker)),
		.extra = extra,
	};
	return import_add(import, &utterance, path, why);
}

bool import_savee(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	return import_begin(&import, arena, folder, 2, columns, options, error) &&
	       clips_add(&import, folder, LEVELS, add_clip, &import, error) &&
	       import_end(&import, corpus, error);
}
