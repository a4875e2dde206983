/* dair-ai emotion: E. Saravia et al., "CARER: Contextualized Affect Representations for
 * Emotion Recognition", EMNLP 2018, as text files: a sentence, a semicolon and its label
 * a line, in train.txt, val.txt and test.txt. The sentences are lower-case tweets that
 * name the feeling ("i feel ..."); who wrote them is not said. */
#include "emotionnet/import/import.h"
#include "emotionnet/import/build.h"
#include "tensor/file/file.h"
#include "tensor/utf8.h"

#include <string.h>

static const struct Part {
	Split split;
	const char *name; /* as ids and files have it */
} parts[] = {
	{ SPLIT_TRAIN, "train" },
	{ SPLIT_VALIDATION, "val" },
	{ SPLIT_TEST, "test" },
};

static const char *const emotions[] = { "sadness", "joy", "love", "anger", "fear",
	"surprise" };

static bool known_emotion(const char *name)
{
	for (size_t i = 0; i < sizeof emotions / sizeof emotions[0]; i++)
		if (!strcmp(name, emotions[i]))
			return true;
	return false;
}

/* "a sentence;label", its end cut off; the line is the utterance's number in its id. */
static bool add_line(Import *import, const struct Part *part, const char *path, int line,
        char *text, Error *why)
{
	const char *where = arena_format(import->arena, "%s:%d", path, line);
	char *semicolon = strrchr(text, ';');
	if (!semicolon)
		return error_set(why,
		        "%s: expected a sentence, a semicolon and a label, found \"%.40s\"",
		        where, text);
	*semicolon = '\0';
	const char *label = semicolon + 1;
	if (!known_emotion(label))
		return error_set(why,
		        "%s: label: expected sadness, joy, love, anger, fear or surprise, found \"%.40s\"",
		        where, label);
	if (!text[strspn(text, " \t")])
		return error_set(why, "%s: the sentence is empty", where);
	Utterance utterance = {
		.id = arena_format(import->arena, "%s_%d", part->name, line),
		.speaker = "",
		.label = label,
		.text = text,
		.wav = "",
		.end = -1,
		.split = part->split,
	};
	return import_add(import, &utterance, where, why);
}

static bool read_part(
        Import *import, const struct Part *part, const char *folder, Error *error)
{
	Arena *arena = import->arena;
	const char *path = arena_format(arena, "%s/%s.txt", folder, part->name);
	Bytes bytes;
	if (!file_read(&bytes, arena, path, error))
		return false;
	char *rest = arena_copy(arena, bytes.data, bytes.size), *end = rest + bytes.size;
	for (int line = 1; rest < end; line++) {
		char *stop = memchr(rest, '\n', (size_t)(end - rest));
		size_t length = (size_t)((stop ? stop : end) - rest);
		if (length && rest[length - 1] == '\r')
			length--;
		char *text = arena_format(arena, "%.*s", (int)length, rest);
		rest = stop ? stop + 1 : end;
		Error why;
		bool good = true;
		if (strlen(text) != length || utf8_invalid(text, length) != length)
			good = error_set(&why, "%s:%d: is not UTF-8 text", path, line);
		else if (length)
			good = add_line(import, part, path, line, text, &why);
		if (!good && !import_skip(import, &why, error))
			return false;
	}
	return true;
}

bool import_dair(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	if (!import_begin(&import, arena, folder, 0, NULL, options, error))
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!read_part(&import, &parts[i], folder, error))
			return false;
	return import_end(&import, corpus, error);
}
