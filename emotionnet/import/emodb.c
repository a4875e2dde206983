/* Berlin EmoDB, http://emodb.bilderbar.info: F. Burkhardt et al., "A Database of German
 * Emotional Speech", Interspeech 2005. Ten actors speak ten sentences in seven emotions.
 * A clip's name is
 *
 *     03 a01 F a .wav      speaker, sentence, emotion (by its German name), version
 *
 * erkennung.txt, where it is there, is a table in Latin-1 with tabs between the columns:
 * number, clip, share of the listeners who recognised the emotion, share who found it
 * natural, in per cent with a decimal comma, padded with no-break spaces. */
#include "tensor/file/folder.h"
#include "emotionnet/import/clips.h"
#include "tensor/file/file.h"
#include "text/number.h"

#include <ctype.h>
#include <string.h>

typedef struct Named {
	const char *code, *name;
} Named;

static const Named speakers[] = { { "03", "male" }, { "08", "female" },
	{ "09", "female" }, { "10", "male" }, { "11", "male" }, { "12", "male" },
	{ "13", "female" }, { "14", "female" }, { "15", "male" }, { "16", "female" } };
static const Named ages[] = { { "03", "31" }, { "08", "34" }, { "09", "21" },
	{ "10", "32" }, { "11", "26" }, { "12", "30" }, { "13", "32" }, { "14", "35" },
	{ "15", "25" }, { "16", "31" } };

static const Named emotions[] = {
	{ "W", "anger" },   /* Wut */
	{ "L", "boredom" }, /* Langeweile */
	{ "E", "disgust" }, /* Ekel */
	{ "A", "fear" },    /* Angst */
	{ "F", "joy" },     /* Freude */
	{ "T", "sadness" }, /* Trauer */
	{ "N", "neutral" },
};

static const Named sentences[] = {
	{ "a01", "Der Lappen liegt auf dem Eisschrank." },
	{ "a02", "Das will sie am Mittwoch abgeben." },
	{ "a04", "Heute abend könnte ich es ihm sagen." },
	{ "a05", "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück." },
	{ "a07", "In sieben Stunden wird es soweit sein." },
	{ "b01", "Was sind denn das für Tüten, die da unter dem Tisch stehen?" },
	{ "b02", "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter." },
	{ "b03",
	        "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht." },
	{ "b09", "Ich will das eben wegbringen und dann mit Karl was trinken gehen." },
	{ "b10", "Die wird auf dem Platz sein, wo wir sie immer hinlegen." },
};

enum { SENTENCE, VERSION, SEX, AGE, RECOGNISED, COLUMNS };
static const char *const columns[COLUMNS] = { "sentence", "version", "sex", "age",
	"recognised" };

/* The name whose code `at` begins with, or NULL. */
#define LOOK_UP(table, at) look_up(table, sizeof(table) / sizeof((table)[0]), at)
static const char *look_up(const Named *table, size_t count, const char *at)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(table[i].code, at, strlen(table[i].code)) == 0)
			return table[i].name;
	return NULL;
}

/* --- erkennung.txt ------------------------------------------------------------------ */

typedef struct Recognised {
	StringSet clips;
	const char **shares; /* of clips.names[i], 0..1, as a text */
} Recognised;

/* The next field of a line: up to the tab, without the padding after it. */
static char *next_field(char **rest)
{
	char *field = *rest;
	size_t size = strcspn(field, "\t");
	*rest = field + size + (field[size] == '\t');
	while (size && strchr(" \r\xA0", field[size - 1]))
		size--;
	field[size] = '\0';
	return field;
}

static bool read_line(Recognised *recognised, Arena *arena, char *line)
{
	char *rest = line;
	next_field(&rest);
	const char *clip = next_field(&rest);
	char *share = next_field(&rest), *comma = strchr(share, ',');
	double percent;
	if (comma)
		*comma = '.';
	if (!*clip || !number_parse(share, strlen(share), &percent) || percent < 0 ||
	        percent > 100)
		return false;
	int number = stringset_add(&recognised->clips, clip);
	recognised->shares[number] = arena_format(arena, "%g", percent / 100);
	return true;
}

/* A table that cannot be read is a bad row like any other. */
static bool read_recognised(
        Recognised *recognised, Import *import, const char *path, Error *error)
{
	Bytes bytes;
	if (!file_read(&bytes, import->arena, path, error))
		return false;
	char *text = arena_copy(import->arena, bytes.data, bytes.size + 1);
	size_t lines = 1;
	for (size_t i = 0; i < bytes.size; i++) {
		lines += text[i] == '\n';
		text[i] = text[i] ? text[i] : ' '; /* padding too, not the end */
	}
	recognised->clips = stringset_new(import->arena);
	recognised->shares = ARENA_ARRAY(import->arena, const char *, lines);

	int number = 1;
	for (char *line = text, *next; *line; line = next, number++) {
		size_t size = strcspn(line, "\n");
		next = line + size + (line[size] == '\n');
		line[size] = '\0';
		if (number == 1 || !*line || read_line(recognised, import->arena, line))
			continue;
		Error why;
		error_set(&why,
		        "%s:%d: expected number, clip and per cent recognised, with tabs between them, as in \"1\t03a01Ab.wav\t65,00\"",
		        path, number);
		if (!import_skip(import, &why, error))
			return false;
	}
	return true;
}

/* --- clips -------------------------------------------------------------------------- */

static Split own_split(const char *speaker)
{
	if (strcmp(speaker, "03") == 0 || strcmp(speaker, "08") == 0)
		return SPLIT_TEST;
	if (strcmp(speaker, "09") == 0 || strcmp(speaker, "10") == 0)
		return SPLIT_VALIDATION;
	return SPLIT_TRAIN;
}

typedef struct EmoDb {
	Import import;
	Recognised recognised;
} EmoDb;

static bool add_clip(void *context, const char *path, Error *why)
{
	EmoDb *emodb = context;
	Import *import = &emodb->import;
	const Recognised *recognised = &emodb->recognised;
	Arena *arena = import->arena;
	const char *name = path_name(path);
	bool whole = strlen(name) == strlen("03a01Fa.wav");
	const char *sex = LOOK_UP(speakers, name);
	const char *text = whole ? LOOK_UP(sentences, name + 2) : NULL;
	const char *label = whole ? LOOK_UP(emotions, name + 5) : NULL;
	if (!sex || !text || !label || !islower((unsigned char)name[6]))
		return error_set(why,
		        "%s: expected a name such as 03a01Fa.wav: speaker 03 or 08-16, sentence a01 a02 a04 a05 a07 b01 b02 b03 b09 b10, emotion W L E A F T N, version a, b, ...",
		        path);
	const char **extra = ARENA_ARRAY(arena, const char *, COLUMNS);
	extra[SENTENCE] = arena_format(arena, "%.3s", name + 2);
	extra[VERSION] = arena_format(arena, "%.1s", name + 6);
	extra[SEX] = sex;
	extra[AGE] = LOOK_UP(ages, name);
	int listed = recognised->shares ? stringset_find(&recognised->clips, name) : -1;
	extra[RECOGNISED] = listed < 0 ? "" : recognised->shares[listed];

	const char *speaker = arena_format(arena, "%.2s", name);
	Utterance utterance = {
		.id = arena_format(arena, "%.7s", name),
		.speaker = speaker,
		.label = label,
		.text = text,
		.wav = path,
		.end = -1,
		.split = import_split(import, speaker, own_split(speaker)),
		.extra = extra,
	};
	return import_add(import, &utterance, path, why);
}

bool import_emodb(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	const char *clips = arena_format(arena, "%s/wav", folder);
	const char *table = arena_format(arena, "%s/erkennung.txt", folder);
	Error absent;
	bool has_table = path_check_file(table, &absent);
	EmoDb emodb = { .recognised = { .shares = NULL } };
	return import_begin(&emodb.import, arena, folder,
	               has_table ? COLUMNS : RECOGNISED, columns, options, error) &&
	       (!has_table ||
	               read_recognised(&emodb.recognised, &emodb.import, table, error)) &&
	       clips_add(&emodb.import, path_is_folder(clips) ? clips : folder, 0,
	               add_clip, &emodb, error) &&
	       import_end(&emodb.import, corpus, error);
}
