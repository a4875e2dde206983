/* faces.c: see faces.h. */
#include "emotionnet/import/faces.h"

#include "emotionnet/corpus/columns.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/import/table.h"
#include "tensor/file/folder.h"
#include "tensor/file/npy.h"
#include "tensor/plot/escape.h"
#include "text/number.h"
#include "text/record.h"

#include <math.h>
#include <string.h>

typedef struct Faces {
	Arena *arena;
	int id, width;     /* the column of the id; how many others there are */
	StringSet ids;     /* of the good rows */
	const real **rows; /* (width) of each of these */
	int room;
} Faces;

static bool add_row(void *context, const Table *table, Error *why)
{
	Faces *faces = context;
	const char *where = table_where(table);
	const char *id = table->row.fields[faces->id];
	real *row = ARENA_ARRAY(faces->arena, real, (size_t)faces->width), *next = row;
	for (int i = 0; i < table->row.count; i++) {
		const char *field = table->row.fields[i];
		double number;
		if (i == faces->id)
			continue;
		if (!number_parse(field, strlen(field), &number) ||
		        !(fabs(number) < RECORD_MOST))
			return error_set(why,
			        "%s: column \"%.40s\": expected a number, found \"%.40s\"",
			        where, table->header.fields[i], field);
		*next++ = (real)number;
	}
	int before = faces->ids.count;
	if (!*id || stringset_add(&faces->ids, id) < before)
		return error_set(why, "%s: %s \"%.80s\"", where,
		        *id ? "there is another row of" : "the id is empty,", id);
	faces->rows = arena_grow(
	        faces->arena, faces->rows, before, &faces->room, sizeof *faces->rows);
	faces->rows[before] = row;
	return true;
}

static bool read_table(
        Faces *faces, Corpus *corpus, const ImportOptions *options, Error *error)
{
	static const char *const id = "id";
	Import import;
	Table table;
	/* of an import it needs the arena and whether bad rows may go */
	ImportOptions skip = { .skip_bad = options->skip_bad,
		.warnings = options->warnings };
	if (!import_begin(&import, faces->arena, options->face, 0, NULL, &skip, error) ||
	        !table_open(&table, &import, options->face, error) ||
	        !table_columns(&table, &id, 1, &faces->id,
	                "expected one whose values are the ids of utterances", error))
		return false;
	faces->width = table.header.count - 1;
	if (!faces->width)
		return error_set(error, "%s: expected columns of numbers beside the id",
		        options->face);
	if (!table_rows(&table, add_row, faces, error))
		return false;
	corpus->skipped += import.corpus.skipped;
	return true;
}

/* FOLDER/au.npy of faces/au.csv, from the root on. */
static const char *array_path(Arena *arena, const ImportOptions *options, Error *error)
{
	const char *folder = options->arrays ? options->arrays : ".";
	const char *name = path_name(options->face), *dot = strrchr(name, '.');
	int size = (int)(dot && dot > name ? (size_t)(dot - name) : strlen(name));
	if (!folder_make(folder, error))
		return NULL;
	folder = path_absolute(arena, folder, error);
	return folder ? arena_format(arena, "%s/%.*s.npy", folder, size, name) : NULL;
}

static bool write_array(const Faces *faces, const char *path, Error *error)
{
	Arena *scratch = arena_new("faces, array");
	Tensor all = tensor_new(scratch, SHAPE(faces->ids.count, faces->width));
	for (int i = 0; i < faces->ids.count; i++)
		memcpy(tensor_row(all, i).data, faces->rows[i],
		        (size_t)faces->width * sizeof(real));
	bool done = npy_write(path, all, error);
	arena_free(scratch);
	return done;
}

/* The corpus with the column, and how many utterances have a row. */
static int add_column(Corpus *corpus, Arena *arena, const Faces *faces, const char *path,
        const char **without)
{
	const char **values = ARENA_ARRAY(arena, const char *, (size_t)corpus->count);
	int found = 0;
	for (int i = 0; i < corpus->count; i++) {
		const char *id = corpus->utterances[i].id;
		int row = stringset_find(&faces->ids, id);
		values[i] = row < 0 ? "" : rows_text(arena, path, row);
		found += row >= 0;
		if (row < 0)
			*without = id;
	}
	corpus_add_column(corpus, arena, rows_column(MODALITY_FACE), values);
	return found;
}

bool faces_join(Corpus *corpus, Arena *arena, const ImportOptions *options, Error *error)
{
	Faces faces = { .arena = arena, .ids = stringset_new(arena) };
	const char *column = rows_column(MODALITY_FACE), *without = "";
	if (corpus->count && corpus_extra(corpus, corpus->utterances, column))
		return error_set(
		        error, "--face %s: the corpus has faces already", options->face);
	const char *path = array_path(arena, options, error);
	if (!path || !read_table(&faces, corpus, options, error))
		return false;
	int found = add_column(corpus, arena, &faces, path, &without);
	if (!found)
		return error_set(error,
		        "%s: none of its %d ids is one of the corpus: expected such as \"%.80s\", found such as \"%.80s\"",
		        options->face, faces.ids.count, without,
		        faces.ids.count ? faces.ids.names[0] : "");
	if (options->warnings) {
		terminal_print(options->warnings,
		        "%s: %d of %d utterances have a face, %d numbers each; %d rows are of no utterance\n",
		        path, found, corpus->count, faces.width, faces.ids.count - found);
		if (found < corpus->count)
			terminal_print(options->warnings,
			        "Note: %d utterances have no face, such as \"%s\"\n",
			        corpus->count - found, without);
	}
	return write_array(&faces, path, error);
}
