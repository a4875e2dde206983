/* ISEAR: K. R. Scherer, H. G. Wallbott, "Evidence for Universality and Cultural Variation of
 * Differential Emotion Response Patterning", JPSP 66(2), 1994: students of 37 countries tell
 * of a time when they felt each of seven emotions. It was a data base, and is passed on as
 *
 *     isear.csv, DATA.csv    all its columns, separators | or commas; the label is Field1,
 *                            or a number, EMOT; the text is SIT; ID is the person
 *     any other .csv         no header, a label and a text a row, joy,"On days when ..."
 *
 * The text has line ends of the data base, some of them with a stray "á" before them, and
 * may be Latin-1. Who did not answer has no text or "No response.", and is left out. There is
 * no split: it is made (split.h), by person where the table names one. */
#include "emotionnet/import/table.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "tensor/utf8.h"
#include "text/windows.h"

#include <string.h>

static const char *const tables[] = { "isear.csv", "ISEAR.csv", "DATA.csv", NULL };

static const LabelName emotions[] = { { "joy", "joy" }, { "fear", "fear" },
	{ "anger", "anger" }, { "sadness", "sadness" }, { "disgust", "disgust" },
	{ "shame", "shame" }, { "guilt", "guilt" }, /* and, in one edition: */
	{ "guit", "guilt" }, { NULL, NULL } };
static const LabelName numbers[] = { { "1", "joy" }, { "2", "fear" }, { "3", "anger" },
	{ "4", "sadness" }, { "5", "disgust" }, { "6", "shame" }, { "7", "guilt" },
	{ NULL, NULL } };

typedef struct Isear {
	Import *import;
	const LabelName *labels;  /* what is written in the column of the label */
	const char *label_column; /* its name, for messages */
	int label, text, person;  /* columns; person -1: not known */
	int silent;               /* rows of those who did not answer */
} Isear;

/* The words with one blank between them, without the "á" of line ends. */
static const char *tidy(Arena *arena, const char *text)
{
	static const char white[] = " \t\r\n", stray[] = "\xC3\xA1";
	char *words = arena_alloc(arena, strlen(text) + 1), *end = words;
	for (text += strspn(text, white); *text; text += strspn(text, white)) {
		size_t size = strcspn(text, white);
		if (size != strlen(stray) || memcmp(text, stray, size) != 0) {
			if (end > words)
				*end++ = ' ';
			memcpy(end, text, size);
			end += size;
		}
		text += size;
	}
	*end = '\0';
	return words;
}

/* "[ No response.]", whatever stands around its letters. */
static bool is_silent(const char *text)
{
	const char *expected = "noresponse";
	for (; *text; text++) {
		char c = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
		if (c < 'a' || c > 'z')
			continue;
		if (c != *expected++)
			return false;
	}
	return !*expected;
}

static bool add_row(void *context, const Table *table, Error *why)
{
	Isear *isear = context;
	Arena *arena = isear->import->arena;
	const char *const *fields = table->row.fields;
	const char *where = table_where(table);
	const char *label = import_label(arena, isear->labels, fields[isear->label],
	        where, isear->label_column, why);
	if (!label)
		return false;
	const char *text = tidy(arena, fields[isear->text]);
	if (!*text || is_silent(text)) {
		isear->silent++;
		return true;
	}
	Utterance utterance = {
		.id = arena_format(arena, "isear_%d", table->number),
		.speaker = isear->person < 0 ? "" : fields[isear->person],
		.label = label,
		.text = text,
		.wav = "",
		.end = -1,
	};
	return import_add(isear->import, &utterance, where, why);
}

/* The first row is no header: one of its fields is an emotion, the next one the text. */
static bool find_bare_columns(Isear *isear, Table *table, Error *error)
{
	const CsvRow *row = &table->header;
	Error none;
	isear->labels = emotions;
	isear->label_column = "label";
	for (isear->label = 0; isear->label + 1 < row->count; isear->label++)
		if (import_label(isear->import->arena, emotions,
		            row->fields[isear->label], "", "", &none))
			break;
	isear->text = isear->label + 1;
	isear->person = -1;
	if (isear->text >= row->count)
		return error_set(error,
		        "%s:%d: expected the columns SIT and Field1 or EMOT, or a row such as joy,\"a text\" and no header. Hint: import table takes any table",
		        table->csv.path, row->line);
	/* the first row may end in empty fields that others lack */
	while (table->csv.columns > isear->text + 1 &&
	        !*row->fields[table->csv.columns - 1])
		table->csv.columns--;
	return true;
}

/* Adds the first row where it is none but an utterance. */
static bool read_header(Isear *isear, Table *table, Error *error)
{
	int name = table_column(table, "Field1"), code = table_column(table, "EMOT");
	isear->text = table_column(table, "SIT");
	isear->person = table_column(table, "ID");
	if (isear->text >= 0 && (name >= 0 || code >= 0)) {
		isear->label = name >= 0 ? name : code;
		isear->labels = name >= 0 ? emotions : numbers;
		isear->label_column = name >= 0 ? "Field1" : "EMOT";
		return true;
	}
	if (!find_bare_columns(isear, table, error))
		return false;
	Error why;
	table->row = table->header;
	table->number = 1;
	return add_row(isear, table, &why) || import_skip(isear->import, &why, error);
}

/* The file as UTF-8. */
static Bytes from_latin(Arena *arena, Bytes bytes)
{
	enum { LONGEST = 3 }; /* bytes of a character in UTF-8 */
	if (windows_invalid((const char *)bytes.data, bytes.size) == bytes.size)
		return bytes;
	char *text = arena_alloc(arena, LONGEST * bytes.size + 1), *end = text;
	for (size_t i = 0; i < bytes.size; i++) {
		uint32_t mark = windows_mark(bytes.data[i]);
		end += utf8_put(end, mark ? mark : bytes.data[i]);
	}
	*end = '\0';
	return (Bytes){ (const unsigned char *)text, (size_t)(end - text) };
}

/* The table of the folder: by its name, or the only one there is. */
static const char *find_table(Arena *arena, const char *folder, Error *error)
{
	Files files;
	Error why;
	const char *path = table_find(arena, folder, tables, &why);
	if (path || !path_is_folder(folder))
		return path ? path : (error_set(error, "%s", why.text), NULL);
	if (!folder_files(&files, arena, folder, 0, ".csv", error))
		return NULL;
	if (files.count == 1)
		return files.paths[0];
	error_set(
	        error, "%s. Hint: give the file itself instead of its folder", why.text);
	return NULL;
}

bool import_isear(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	Isear isear = { .import = &import };
	Table table;
	Bytes bytes;
	const char *path = find_table(arena, folder, error);
	if (!path || !import_begin(&import, arena, folder, 0, NULL, options, error) ||
	        !file_read(&bytes, arena, path, error) ||
	        !table_open_bytes(
	                &table, &import, path, from_latin(arena, bytes), error) ||
	        !read_header(&isear, &table, error) ||
	        !table_rows(&table, add_row, &isear, error))
		return false;
	if (isear.silent && options->warnings)
		terminal_print(options->warnings,
		        "%s: %d rows of people who did not answer passed over\n", path,
		        isear.silent);
	import_make_splits(&import);
	return import_end(&import, corpus, error);
}
