/* Reading and writing the manifest, the CSV of corpus.h. */
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/corpus/csv.h"
#include "emotionnet/corpus/face_track.h"
#include "tensor/file/folder.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/corpus/spelling.h"
#include "emotionnet/corpus/split.h"
#include "emotionnet/corpus/word_times.h"
#include "tensor/plot/escape.h"
#include "tensor/utf8.h"
#include "text/list.h"
#include "text/number.h"
#include "text/stringset.h"
#include "text/tokens.h"

#include <errno.h>
#include <string.h>

enum { ID, SPLIT, SPEAKER, LABEL, TEXT, WAV, START, END, COLUMNS };
static const char *const column_names[COLUMNS + 1] = { "id", "split", "speaker", "label",
	"text", "wav", "start", "end", NULL };

/* of the splits of a manifest that has none: the same whoever reads it */
enum { MADE_SPLITS_SEED = 1 };

typedef struct Manifest {
	CsvReader csv;
	Arena *arena;
	int column[COLUMNS]; /* where the row has it; -1: nowhere */
	int rows;            /* read so far, bad ones too: the ids of those without */
	const int *extra;    /* and where the further columns */
	const char *
	        folder; /* where relative paths begin: absolute, so that they stay good */
	StringSet
	        ids; /* of the good rows: the number of an id is that of its utterance */
	Spellings labels, speakers;
	bool named[SPLIT_COUNT]; /* a row says so, be it a bad one */
	FILE *warnings;
	Corpus corpus;
} Manifest;

/* --- the header --------------------------------------------------------------------- */

/* Another column whose name is nearly that of one that is missing, or NULL. */
static const char *misspelt(const Manifest *manifest, const char *missing)
{
	const Corpus *corpus = &manifest->corpus;
	int most = strlen(missing) > 4 ? 2 : 1;
	for (int i = 0; i < corpus->extras; i++) {
		const char *key = spelling_key(manifest->arena, corpus->extra_names[i]);
		if (*key == *missing && names_distance(key, missing) <= most)
			return corpus->extra_names[i];
	}
	return NULL;
}

/* Whether a column further names what a modality is read from. */
static bool names_modality(const char *column)
{
	bool names = !strcmp(column, FACE_TRACK_COLUMN);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		names |= !strcmp(column, rows_column(kind));
	return names;
}

/* A label must be there, and something to read. */
static bool check_columns(const Manifest *manifest, int line, Error *error)
{
	const Corpus *corpus = &manifest->corpus;
	const int *column = manifest->column;
	bool read = column[TEXT] >= 0 || column[WAV] >= 0;
	for (int i = 0; i < corpus->extras; i++)
		read |= names_modality(corpus->extra_names[i]);
	if (column[LABEL] >= 0 && read)
		return true;
	const char *near = column[LABEL] < 0 ? misspelt(manifest, "label")
	                                     : misspelt(manifest, "text");
	return error_set(error,
	        "%s:%d: the header lacks %s. A manifest has the columns id,split,speaker,label,text,wav,start,end, in any order, of which label and one of text and wav must be there%s%s%s",
	        manifest->csv.path, line,
	        column[LABEL] >= 0 ? "both text and wav"
	        : read             ? "label"
	                           : "label, text and wav",
	        near ? ". Hint: is \"" : "", near ? near : "",
	        near ? "\" one of them?" : "");
}

/* Says of what may be missing, and is meant by another column, that it is not read. */
static void tell_misspelt(const Manifest *manifest, int line)
{
	static const int told[] = { SPLIT, SPEAKER, TEXT, WAV };
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
		const char *name = column_names[told[i]];
		const char *near =
		        manifest->column[told[i]] < 0 ? misspelt(manifest, name) : NULL;
		if (near && manifest->warnings)
			terminal_print(manifest->warnings,
			        "Note: %s:%d: there is no column \"%s\", and \"%s\" is not taken for it.\n",
			        manifest->csv.path, line, name, near);
	}
}

/* The name of a column that means something here, which may be written in capitals and
 * with blanks, unless another is named just so; any other as it is. */
static const char *column_name(
        const Manifest *manifest, const CsvRow *header, const char *name)
{
	const char *key = spelling_key(manifest->arena, name);
	bool known = names_find(column_names, key) >= 0 || !strcmp(key, "word_times") ||
	             names_modality(key);
	for (int i = 0; i < header->count && known; i++)
		known &= header->fields[i] == name || strcmp(header->fields[i], key) != 0;
	return known ? key : name;
}

/* A column without a name, which spreadsheets leave at the end, is left out. */
static bool read_header(Manifest *manifest, const CsvRow *header, Error *error)
{
	size_t count = (size_t)header->count;
	StringSet names = stringset_new(manifest->arena);
	int *place = ARENA_ARRAY(manifest->arena, int, count); /* of each name */
	int *extra = ARENA_ARRAY(manifest->arena, int, count), extras = 0;
	const char **extra_names = ARENA_ARRAY(manifest->arena, const char *, count);
	for (int i = 0; i < header->count; i++) {
		const char *name = column_name(manifest, header, header->fields[i]);
		if (spelling_blank(name))
			continue;
		int known = names.count, number = stringset_add(&names, name);
		if (number < known)
			return error_set(error,
			        "%s:%d: the column \"%.40s\" stands twice",
			        manifest->csv.path, header->line, name);
		place[number] = i;
		if (names_find(column_names, name) >= 0)
			continue;
		extra[extras] = i;
		extra_names[extras++] = name;
	}
	manifest->extra = extra;
	manifest->corpus.extra_names = extra_names;
	manifest->corpus.extras = extras;
	for (int c = 0; c < COLUMNS; c++) {
		int found = stringset_find(&names, column_names[c]);
		manifest->column[c] = found < 0 ? -1 : place[found];
	}
	tell_misspelt(manifest, header->line);
	return check_columns(manifest, header->line, error);
}

/* --- a row -------------------------------------------------------------------------- */

/* Seconds; `otherwise` if the field is empty. */
static bool read_seconds(const char *field, double otherwise, double *seconds)
{
	*seconds = otherwise;
	return !*field || (number_parse(field, strlen(field), seconds) && *seconds >= 0);
}

static bool read_times(Utterance *u, const char *start, const char *end, Error *error)
{
	if (!*u->wav && (*start || *end))
		return error_set(error, "start or end without a wav");
	if (!read_seconds(start, 0, &u->start))
		return error_set(
		        error, "start: expected seconds, found \"%.40s\"", start);
	if (!read_seconds(end, -1, &u->end))
		return error_set(error, "end: expected seconds, found \"%.40s\"", end);
	if (u->end >= 0 && u->end <= u->start)
		return error_set(error, "end %s: expected more than the start, %s", end,
		        *start ? start : "0");
	return true;
}

static bool check_word_times(const Manifest *manifest, const Utterance *u, Error *error)
{
	const char *times = corpus_extra(&manifest->corpus, u, "word_times");
	if (!times || !*times)
		return true;
	Arena *scratch = arena_new("word times");
	int words = tokens_split(scratch, u->text).words;
	bool good = word_times_parse(scratch, times, words, error) != NULL;
	arena_free(scratch);
	return good;
}

/* A path from the root on, and true if a file is there that can be read. */
static bool find_file(
        const Manifest *manifest, const char **path, const char *what, Error *error)
{
	Error why;
	if (**path != '/')
		*path = arena_format(manifest->arena, "%s/%s", manifest->folder, *path);
	return path_check_file(*path, &why) || error_set(error, "%s %s", what, why.text);
}

/* The rows of .npy files, or pictures, that give the utterance's modalities; their paths become
 * absolute. */
static bool read_vectors(
        const Manifest *manifest, const char **extra, bool *any, Error *error)
{
	const Corpus *corpus = &manifest->corpus;
	for (int i = 0; i < corpus->extras; i++)
		for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
			const char *name = rows_column(kind), *path;
			int row;
			if (!*extra[i] || strcmp(corpus->extra_names[i], name) != 0)
				continue;
			Error why;
			if (!rows_parse(manifest->arena, extra[i], &path, &row, &why))
				return error_set(error, "%s: %s", name, why.text);
			if (!find_file(manifest, &path, name, error))
				return false;
			extra[i] = rows_text(manifest->arena, path, row);
			*any = true;
		}
	return true;
}

/* The same of the file of the face in time. */
static bool read_track(
        const Manifest *manifest, const char **extra, bool *any, Error *error)
{
	const Corpus *corpus = &manifest->corpus;
	for (int i = 0; i < corpus->extras; i++) {
		const char *path;
		double unused;
		Error why;
		if (!*extra[i] || strcmp(corpus->extra_names[i], FACE_TRACK_COLUMN) != 0)
			continue;
		if (!face_track_parse(manifest->arena, extra[i], &path, &unused, &why))
			return error_set(error, FACE_TRACK_COLUMN ": %s", why.text);
		const char *rate = extra[i] + strlen(path); /* "@30", or nothing */
		if (!find_file(manifest, &path, FACE_TRACK_COLUMN, error))
			return false;
		extra[i] = arena_format(manifest->arena, "%s%s", path, rate);
		*any = true;
	}
	return true;
}

/* A label or speaker as it came first; says where two become one. */
static const char *spell(
        Manifest *manifest, Spellings *spellings, const char *name, int line)
{
	bool other;
	const char *first = spellings_add(spellings, name, &other);
	if (other && manifest->warnings)
		terminal_print(manifest->warnings,
		        "Note: %s:%d: the %s \"%s\" is taken for \"%s\": they differ only in capitals or blanks.\n",
		        manifest->csv.path, line,
		        spellings == &manifest->labels ? "label" : "speaker", name,
		        first);
	return first;
}

/* Models keep labels and speakers one a line. */
static bool is_line(const char *name)
{
	return !name[strcspn(name, "\r\n")];
}

/* Fills the utterance from the row; the error is without path and line. */
static bool read_row(Manifest *manifest, const CsvRow *row, Utterance *u, Error *error)
{
	const char *field[COLUMNS];
	for (int c = 0; c < COLUMNS; c++)
		field[c] =
		        manifest->column[c] < 0 ? "" : row->fields[manifest->column[c]];
	if (manifest->column[ID] < 0)
		field[ID] = arena_format(manifest->arena, "%d", manifest->rows);
	const char **extra = ARENA_ARRAY(
	        manifest->arena, const char *, (size_t)manifest->corpus.extras);
	for (int i = 0; i < manifest->corpus.extras; i++)
		extra[i] = row->fields[manifest->extra[i]];
	*u = (Utterance){ .id = field[ID],
		.speaker = field[SPEAKER],
		.label = field[LABEL],
		.text = field[TEXT],
		.wav = field[WAV],
		.line = row->line,
		.extra = extra };

	if (!*u->id)
		return error_set(error, "the id is empty");
	int same = stringset_find(&manifest->ids, u->id);
	if (same >= 0)
		return error_set(error, "the id \"%.80s\" stands on line %d already",
		        u->id, manifest->corpus.utterances[same].line);
	bool given = manifest->column[SPLIT] >= 0;
	if (given &&
	        !split_from_name(spelling_key(manifest->arena, field[SPLIT]), &u->split))
		return error_set(error,
		        "split: expected train, validation or test, found \"%.40s\"",
		        field[SPLIT]);
	manifest->named[u->split] |= given;
	if (spelling_blank(u->label))
		return error_set(error, "the label is empty");
	if (!is_line(u->label) || !is_line(u->speaker))
		return error_set(error,
		        "label and speaker: expected one line each, found a line break within \"%.40s\"",
		        is_line(u->label) ? u->speaker : u->label);
	u->label = spell(manifest, &manifest->labels, u->label, row->line);
	u->speaker = spell(manifest, &manifest->speakers, u->speaker, row->line);
	bool any = !spelling_blank(u->text) || *u->wav;
	if (!read_vectors(manifest, extra, &any, error) ||
	        !read_track(manifest, extra, &any, error))
		return false;
	if (!any)
		return error_set(error, "neither text nor wav: expected one at least");
	return read_times(u, field[START], field[END], error) &&
	       (!*u->wav || find_file(manifest, &u->wav, "wav", error)) &&
	       check_word_times(manifest, u, error);
}

/* --- the file ----------------------------------------------------------------------- */

static bool read_rows(Manifest *manifest, bool skip_bad, Error *error)
{
	Corpus *corpus = &manifest->corpus;
	int room = 0;
	for (;;) {
		CsvRow row;
		Error why;
		CsvResult result = csv_next(&manifest->csv, &row, manifest->arena, &why);
		if (result == CSV_END)
			return true;
		manifest->rows++;
		Utterance u;
		if (result == CSV_ROW && read_row(manifest, &row, &u, &why)) {
			stringset_add(&manifest->ids, u.id);
			corpus->utterances = arena_grow(manifest->arena,
			        corpus->utterances, corpus->count, &room, sizeof u);
			corpus->utterances[corpus->count++] = u;
			continue;
		}
		if (result == CSV_ROW)
			error_set(&why, "%s:%d: %s", corpus->source, row.line, why.text);
		if (!skip_bad)
			return error_set(error, "%s", why.text);
		corpus->skipped++;
		if (manifest->warnings)
			fprintf(manifest->warnings, "Left out: %s\n", why.text);
	}
}

/* All rows of a split may be bad: then it is not there, although it was meant. */
static bool check_splits(const Manifest *manifest, Error *error)
{
	const Corpus *corpus = &manifest->corpus;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		if (manifest->named[split] && !corpus_count(corpus, split))
			return error_set(error,
			        "%s: none of the rows of the %s split is good, %d skipped",
			        corpus->source, split_name(split), corpus->skipped);
	return true;
}

bool corpus_read(Corpus *corpus, Arena *arena, const char *path, bool skip_bad,
        FILE *warnings, Error *error)
{
	Manifest manifest = {
		.arena = arena,
		.ids = stringset_new(arena),
		.labels = spellings_new(arena),
		.speakers = spellings_new(arena),
		.warnings = warnings,
	};
	char *source = arena_string(arena, path); /* models and results keep it */
	utf8_clean(source);
	manifest.corpus.source = source;
	manifest.folder = path_absolute(arena, path_folder(arena, path), error);
	Bytes bytes;
	if (!manifest.folder || !file_read(&bytes, arena, path, error) ||
	        !csv_open(&manifest.csv, manifest.corpus.source, bytes, error))
		return false;
	manifest.csv.warnings = warnings;
	CsvRow header;
	CsvResult result = csv_next(&manifest.csv, &header, arena, error);
	if (result == CSV_BAD)
		return false;
	if (result == CSV_END)
		return error_set(
		        error, "%s: expected a manifest, found an empty file", path);
	if (!read_header(&manifest, &header, error) ||
	        !read_rows(&manifest, skip_bad, error))
		return false;
	if (!manifest.corpus.count)
		return error_set(error, "%s: no utterance after the header, %d skipped",
		        path, manifest.corpus.skipped);
	if (!check_splits(&manifest, error))
		return false;
	if (manifest.column[SPLIT] < 0)
		split_make(&manifest.corpus, MADE_SPLITS_SEED, warnings);
	*corpus = manifest.corpus;
	corpus->skip_bad = skip_bad;
	corpus->warnings = warnings;
	return true;
}

/* What the reader would refuse is not written: names of files may be anything. */
static bool check_written(const Corpus *corpus, Error *error)
{
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		const char *fields[] = { u->id, u->speaker, u->label, u->text, u->wav };
		for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
			if (utf8_invalid(fields[f], strlen(fields[f])) <
			        strlen(fields[f]))
				return error_set(error,
				        "utterance \"%.80s\": \"%s\": expected UTF-8, as a manifest must be. Hint: rename the file or folder",
				        u->id, fields[f]);
	}
	return true;
}

bool corpus_write(const Corpus *corpus, FILE *out, Error *error)
{
	if (!check_written(corpus, error))
		return false;
	Arena *scratch = arena_new("manifest");
	size_t columns = COLUMNS + (size_t)corpus->extras;
	const char **fields = ARENA_ARRAY(scratch, const char *, columns);
	memcpy(fields, column_names, COLUMNS * sizeof *fields);
	for (int i = 0; i < corpus->extras; i++)
		fields[COLUMNS + i] = corpus->extra_names[i];
	csv_write(out, (int)columns, fields);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		const char *known[COLUMNS] = { u->id, split_name(u->split), u->speaker,
			u->label, u->text, u->wav,
			u->start > 0 ? number_spell(scratch, u->start) : "",
			u->end >= 0 ? number_spell(scratch, u->end) : "" };
		memcpy(fields, known, sizeof known);
		for (int e = 0; e < corpus->extras; e++)
			fields[COLUMNS + e] = u->extra[e];
		csv_write(out, (int)columns, fields);
	}
	arena_free(scratch);
	if (fflush(out) || ferror(out))
		return error_set(
		        error, "the manifest cannot be written: %s", strerror(errno));
	return true;
}
