/* dair-ai emotion: E. Saravia et al., "CARER: Contextualized Affect Representations for
 * Emotion Recognition", EMNLP 2018, as text files: a sentence, a semicolon and its label
 * a line, in train.txt, val.txt and test.txt. The sentences are lower-case tweets that
 * name the feeling ("i feel ..."); who wrote them is not said. */
#include "emotionnet/import/import.h"
#include "emotionnet/import/build.h"

#include <string.h>

static const struct Part {
	Split split;
	const char *name; /* as ids and files have it */
} parts[] = {
	{ SPLIT_TRAIN, "train" },
	{ SPLIT_VALIDATION, "val" },
	{ SPLIT_TEST, "test" },
};

static const LabelName emotions[] = { { "sadness", "sadness" }, { "joy", "joy" },
	{ "love", "love" }, { "anger", "anger" }, { "fear", "fear" },
	{ "surprise", "surprise" }, { NULL, NULL } };

typedef struct Dair {
	Import *import;
	const struct Part *part;
} Dair;

/* "a sentence;label"; the line is the utterance's number in its id. */
static bool add_line(void *context, const ImportLine *line, Error *why)
{
	const Dair *dair = context;
	char *text = line->text;
	const char *where = line->where;
	char *semicolon = strrchr(text, ';');
	if (!semicolon)
		return error_set(why,
		        "%s: expected a sentence, a semicolon and a label, found \"%.40s\"",
		        where, text);
	*semicolon = '\0';
	const char *label = import_label(
	        dair->import->arena, emotions, semicolon + 1, where, "label", why);
	if (!label)
		return false;
	if (!text[strspn(text, " \t")])
		return error_set(why, "%s: the sentence is empty", where);
	Utterance utterance = {
		.id = arena_format(
		        dair->import->arena, "%s_%d", dair->part->name, line->number),
		.speaker = "",
		.label = label,
		.text = text,
		.wav = "",
		.end = -1,
		.split = dair->part->split,
	};
	return import_add(dair->import, &utterance, where, why);
}

bool import_dair(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	if (!import_begin(&import, arena, folder, 0, NULL, options, error))
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		Dair dair = { .import = &import, .part = &parts[i] };
		const char *path =
		        arena_format(arena, "%s/%s.txt", folder, parts[i].name);
		if (!import_lines(&import, path, add_line, &dair, error))
			return false;
	}
	return import_end(&import, corpus, error);
}
