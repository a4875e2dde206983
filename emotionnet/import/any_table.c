/* Any CSV, TSV or semicolon file with a header: the options say which column is which. A
 * column is asked for by its name, whose capitals do not count, or by its number from 1; where
 * none is asked for, it is the one that bears the name that manifests use (corpus.h). All
 * other columns are kept under their own names. */
#include "emotionnet/corpus/split.h"
#include "emotionnet/corpus/spelling.h"
#include "emotionnet/import/table.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "text/list.h"

#include <limits.h>
#include <string.h>

enum { TEXT, LABEL, WAV, SPEAKER, ID, SPLIT, COLUMNS };
static const char *const column_names[COLUMNS] = { "text", "label", "wav", "speaker",
	"id", "split" };
/* what no further column may be called, since it means something in a manifest */
static const char *const manifest_names[] = { "text", "label", "wav", "speaker", "id",
	"split", "start", "end", "word_times", "text_row", "speech_row", "face_row",
	"face_track", "paired", NULL };

typedef struct AnyTable {
	Import *import;
	const char *folder;  /* of the file, where relative wavs begin */
	int column[COLUMNS]; /* -1: there is none */
	int *extra;          /* the columns that are kept */
	const char **extra_names;
	int extras;
	Spellings labels, speakers;
} AnyTable;

/* "3" -> 2 where there are so many columns; else -1. */
static int column_number(const Table *table, const char *asked)
{
	int number = 0;
	for (; *asked >= '0' && *asked <= '9' && number < INT_MAX / 10 - 1; asked++)
		number = 10 * number + *asked - '0';
	return !*asked && number <= table->header.count ? number - 1 : -1;
}

/* Whether a later column has the same name. */
static bool stands_again(const Table *table, int column)
{
	for (int i = column + 1; i < table->header.count; i++)
		if (!strcmp(table->keys[i], table->keys[column]))
			return true;
	return false;
}

/* Where the column is that is asked for (NULL: the one of that name, or none; "": none). */
static bool find_column(
        AnyTable *any, const Table *table, int which, const char *asked, Error *error)
{
	Arena *arena = any->import->arena;
	const char *name = asked ? asked : column_names[which];
	int *column = &any->column[which];
	*column = *name ? table_column(table, name) : -1;
	if (*column >= 0 && stands_again(table, *column))
		return error_set(error,
		        "%s:%d: the column \"%.40s\" stands twice. Hint: --%s takes the number of a column too",
		        table->csv.path, table->header.line, name, column_names[which]);
	if (*column >= 0 || !asked || !*asked)
		return true;
	*column = column_number(table, asked);
	return *column >= 0 ||
	       error_set(error,
	               "%s:%d: there is no column \"%.40s\". There are %d: %.300s",
	               table->csv.path, table->header.line, asked, table->header.count,
	               list_join(arena, table->header.fields, table->header.count, ", "));
}

static bool find_columns(
        AnyTable *any, const Table *table, const ImportOptions *options, Error *error)
{
	const char *const asked[COLUMNS] = { options->text, options->label, options->wav,
		options->speaker, options->id, options->split };
	for (int c = 0; c < COLUMNS; c++)
		if (!find_column(any, table, c, asked[c], error))
			return false;
	for (int c = 0; c < COLUMNS; c++)
		for (int d = 0; d < COLUMNS; d++) {
			if (c == d || any->column[c] < 0 ||
			        any->column[c] != any->column[d])
				continue;
			if (asked[c] && asked[d])
				return error_set(error,
				        "%s: --%s and --%s are the same column, \"%.40s\"",
				        table->csv.path, column_names[c], column_names[d],
				        table->header.fields[any->column[c]]);
			any->column[asked[c] ? d : c] = -1; /* it is meant otherwise */
		}
	const char *lacks = any->column[LABEL] < 0 ? "--label COLUMN"
	                    : any->column[TEXT] < 0 && any->column[WAV] < 0
	                            ? "--text COLUMN or --wav COLUMN"
	                            : NULL;
	return !lacks || error_set(error, "%s: expected %s. Its columns are %.300s",
	                         table->csv.path, lacks,
	                         list_join(any->import->arena, table->header.fields,
	                                 table->header.count, ", "));
}

static bool is_asked_for(const AnyTable *any, int column)
{
	for (int c = 0; c < COLUMNS; c++)
		if (any->column[c] == column)
			return true;
	return false;
}

/* The columns that a manifest may keep: those that have a name, which is none of its own
 * and no earlier one's. */
static void find_extras(AnyTable *any, const Table *table, FILE *out)
{
	Arena *arena = any->import->arena;
	size_t count = (size_t)table->header.count;
	StringSet seen = stringset_new(arena);
	any->extra = ARENA_ARRAY(arena, int, count);
	any->extra_names = ARENA_ARRAY(arena, const char *, count);
	for (int i = 0; i < table->header.count; i++) {
		int before = seen.count;
		stringset_add(&seen, table->keys[i]);
		bool kept = *table->keys[i] && seen.count > before &&
		            names_find(manifest_names, table->keys[i]) < 0 &&
		            !is_asked_for(any, i);
		if (kept) {
			any->extra[any->extras] = i;
			any->extra_names[any->extras++] = table->header.fields[i];
		} else if (!is_asked_for(any, i) && *table->keys[i] && out) {
			terminal_print(out,
			        "Note: %s: the column \"%s\" is left out: %s\n",
			        table->csv.path, table->header.fields[i],
			        seen.count > before
			                ? "in a manifest its name means something else"
			                : "an earlier one has its name");
		}
	}
}

static const char *field_of(const AnyTable *any, const Table *table, int which)
{
	return any->column[which] < 0 ? "" : table->row.fields[any->column[which]];
}

/* The path from the root on of a file that is there. */
static bool find_wav(const AnyTable *any, const char **wav, const char *where, Error *why)
{
	Error absent;
	if (**wav && **wav != '/')
		*wav = arena_format(any->import->arena, "%s/%s", any->folder, *wav);
	return !**wav || path_check_file(*wav, &absent) ||
	       error_set(why, "%s: wav %s", where, absent.text);
}

static bool add_row(void *context, const Table *table, Error *why)
{
	AnyTable *any = context;
	bool other; /* reading the manifest says where two names become one */
	Arena *arena = any->import->arena;
	const char *where = table_where(table);
	const char *label = field_of(any, table, LABEL), *id = field_of(any, table, ID);
	const char *split = field_of(any, table, SPLIT);
	const char **extra = ARENA_ARRAY(arena, const char *, (size_t)any->extras);
	for (int i = 0; i < any->extras; i++)
		extra[i] = table->row.fields[any->extra[i]];
	Utterance utterance = {
		.id = any->column[ID] < 0 ? arena_format(arena, "%d", table->number) : id,
		.speaker = spellings_add(
		        &any->speakers, field_of(any, table, SPEAKER), &other),
		.label = spellings_add(&any->labels, label, &other),
		.text = field_of(any, table, TEXT),
		.wav = field_of(any, table, WAV),
		.end = -1,
		.extra = extra,
	};
	if (spelling_blank(label))
		return error_set(why, "%s: the label is empty", where);
	if (any->column[ID] >= 0 && spelling_blank(id))
		return error_set(why, "%s: the id is empty", where);
	if (any->column[SPLIT] >= 0 && !split_from_any_name(split, &utterance.split))
		return error_set(why,
		        "%s: split: expected train, validation or test, found \"%.40s\"",
		        where, split);
	utterance.split = import_split(any->import, utterance.speaker, utterance.split);
	return find_wav(any, &utterance.wav, where, why) &&
	       import_add(any->import, &utterance, where, why);
}

/* What was taken for what: nobody need guess. */
static void tell_columns(const AnyTable *any, const Table *table, FILE *out)
{
	const char *between = ":";
	if (!out)
		return;
	terminal_print(out, "%s", table->csv.path);
	for (int c = 0; c < COLUMNS; c++)
		if (any->column[c] >= 0) {
			terminal_print(out, "%s the %s is in \"%s\"", between,
			        column_names[c], table->header.fields[any->column[c]]);
			between = ",";
		}
	fprintf(out, "\n");
}

bool import_table(Corpus *corpus, Arena *arena, const char *path,
        const ImportOptions *options, Error *error)
{
	Import import;
	AnyTable any = { .import = &import,
		.labels = spellings_new(arena),
		.speakers = spellings_new(arena) };
	Table table;
	any.folder = path_absolute(arena, path_folder(arena, path), error);
	if (!any.folder || !import_begin(&import, arena, path, 0, NULL, options, error) ||
	        !table_open(&table, &import, path, error) ||
	        !find_columns(&any, &table, options, error))
		return false;
	find_extras(&any, &table, options->warnings);
	import.corpus.extras = any.extras;
	import.corpus.extra_names = any.extra_names;
	tell_columns(&any, &table, options->warnings);
	if (!table_rows(&table, add_row, &any, error))
		return false;
	if (any.column[SPLIT] < 0)
		import_make_splits(&import);
	return import_end(&import, corpus, error);
}
