/* GoEmotions: D. Demszky et al., "GoEmotions: A Dataset of Fine-Grained Emotions", ACL 2020:
 * comments of Reddit. train.tsv, dev.tsv and test.tsv have no header: a comment, a tab, the
 * numbers of its emotions with commas between them, a tab, its id. A quote in a comment
 * means nothing, unless a program has put the whole between quotes and doubled those within.
 * emotions.txt, where it is there, names the numbers, one a line from 0; it is the list
 * below.
 *
 * A comment may have several emotions, EmotionNet gives one: only those with just one are
 * taken, and the number of the others is said. With --ekman the 27 become Ekman's six, as
 * the authors' ekman_mapping.json has it; a comment that had several is then left out too. */
#include "emotionnet/import/build.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "tensor/file/file.h"

#include <stdlib.h>
#include <string.h>

static const struct Part {
	Split split;
	const char *name;
} parts[] = {
	{ SPLIT_TRAIN, "train" },
	{ SPLIT_VALIDATION, "dev" },
	{ SPLIT_TEST, "test" },
};

/* In the order of emotions.txt, with Ekman's. */
static const LabelName emotions[] = { { "admiration", "joy" }, { "amusement", "joy" },
	{ "anger", "anger" }, { "annoyance", "anger" }, { "approval", "joy" },
	{ "caring", "joy" }, { "confusion", "surprise" }, { "curiosity", "surprise" },
	{ "desire", "joy" }, { "disappointment", "sadness" }, { "disapproval", "anger" },
	{ "disgust", "disgust" }, { "embarrassment", "sadness" }, { "excitement", "joy" },
	{ "fear", "fear" }, { "gratitude", "joy" }, { "grief", "sadness" },
	{ "joy", "joy" }, { "love", "joy" }, { "nervousness", "fear" },
	{ "optimism", "joy" }, { "pride", "joy" }, { "realization", "surprise" },
	{ "relief", "joy" }, { "remorse", "sadness" }, { "sadness", "sadness" },
	{ "surprise", "surprise" }, { "neutral", "neutral" } };
enum { EMOTIONS = sizeof emotions / sizeof emotions[0] };

typedef struct GoEmotions {
	Import *import;
	const struct Part *part;
	int several; /* comments that have more than one emotion */
} GoEmotions;

/* Another list would give every number another meaning. */
static bool check_names(Arena *arena, const char *folder, Error *error)
{
	const char *path = arena_format(arena, "%s/emotions.txt", folder);
	Error absent;
	Bytes bytes;
	if (!path_check_file(path, &absent))
		return true;
	if (!file_read(&bytes, arena, path, error))
		return false;
	const char *rest = (const char *)bytes.data;
	for (int i = 0; i < EMOTIONS; i++) {
		size_t size = strcspn(rest, "\r\n");
		const char *known = emotions[i].own;
		if (size != strlen(known) || memcmp(rest, known, size) != 0)
			return error_set(error,
			        "%s:%d: expected %s, as GoEmotions is published, found \"%.*s\"",
			        path, i + 1, known, size < 40 ? (int)size : 40, rest);
		rest += size;
		rest += *rest == '\r';
		rest += *rest == '\n';
	}
	return !rest[strspn(rest, "\r\n")] ||
	       error_set(error, "%s: expected %d emotions, found more", path, EMOTIONS);
}

/* "3,10" -> 3, and how many numbers there are; 0: these are no such numbers. */
static int read_numbers(const char *list, int *first)
{
	int count = 0;
	do {
		char *end;
		bool digit = *list >= '0' && *list <= '9';
		long number = strtol(list, &end, 10);
		if (!digit || number >= EMOTIONS || (*end && *end != ','))
			return 0;
		if (!count++)
			*first = (int)number;
		list = end + (*end == ',');
		if (*end == ',' && !*list)
			return 0;
	} while (*list);
	return count;
}

/* "a ""b""" -> a "b"; any other text stays. */
static char *unquote(char *text)
{
	size_t size = strlen(text);
	if (size < 2 || *text != '"' || text[size - 1] != '"')
		return text;
	const char *last = text + size - 1;
	for (const char *c = text + 1; c < last; c++)
		if (*c == '"' && (++c == last || *c != '"'))
			return text;
	char *end = text;
	for (const char *c = text + 1; c < last; c++) {
		*end++ = *c;
		c += *c == '"'; /* the second of two */
	}
	*end = '\0';
	return text;
}

/* A line, which is cut into its parts. */
static bool add_line(void *context, const ImportLine *at, Error *why)
{
	GoEmotions *go = context;
	char *line = at->text;
	const char *where = at->where;
	char *id = strrchr(line, '\t'), *numbers = NULL;
	if (id) {
		*id++ = '\0';
		numbers = strrchr(line, '\t');
	}
	if (!numbers || !*id)
		return error_set(why,
		        "%s: expected a comment, the numbers of its emotions and its id, with tabs between them",
		        where);
	*numbers++ = '\0';
	int number = 0, count = read_numbers(numbers, &number);
	if (!count)
		return error_set(why,
		        "%s: emotions: expected numbers from 0 to %d with commas between them, found \"%.40s\"",
		        where, EMOTIONS - 1, numbers);
	if (count > 1) {
		go->several++;
		return true;
	}
	const char *comment = id;
	Utterance utterance = {
		.id = arena_format(
		        go->import->arena, "%s_%d", go->part->name, at->number),
		.speaker = "",
		.label = go->import->options->ekman ? emotions[number].common
		                                    : emotions[number].own,
		.text = unquote(line),
		.wav = "",
		.end = -1,
		.split = go->part->split,
		.extra = arena_copy(go->import->arena, &comment, sizeof comment),
	};
	return import_add(go->import, &utterance, where, why);
}

bool import_goemotions(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	static const char *const columns[] = { "comment" };
	Import import;
	GoEmotions go = { .import = &import };
	if (!import_begin(&import, arena, folder, 1, columns, options, error) ||
	        !check_names(arena, folder, error))
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		go.part = &parts[i];
		const char *path =
		        arena_format(arena, "%s/%s.tsv", folder, parts[i].name);
		if (!import_lines(&import, path, add_line, &go, error))
			return false;
	}
	if (go.several && options->warnings)
		terminal_print(options->warnings,
		        "%s: %d comments with several emotions passed over: only those with one are imported\n",
		        folder, go.several);
	return import_end(&import, corpus, error);
}
