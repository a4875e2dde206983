/* table.c: see table.h. */
#include "emotionnet/import/table.h"

#include "emotionnet/corpus/spelling.h"
#include "tensor/file/folder.h"
#include "text/list.h"

#include <string.h>

bool table_open(Table *table, Import *import, const char *path, Error *error)
{
	Bytes bytes;
	return file_read(&bytes, import->arena, path, error) &&
	       table_open_bytes(table, import, path, bytes, error);
}

bool table_open_bytes(
        Table *table, Import *import, const char *path, Bytes bytes, Error *error)
{
	Arena *arena = import->arena;
	*table = (Table){ .import = import };
	if (!csv_open(&table->csv, arena_string(arena, path), bytes, error))
		return false;
	table->csv.warnings = import->options->warnings;
	CsvResult result = csv_next(&table->csv, &table->header, arena, error);
	if (result == CSV_END)
		return error_set(error,
		        "%s: expected a header with the names of the columns, found an empty file",
		        path);
	if (result != CSV_ROW)
		return false;
	const char **keys = ARENA_ARRAY(arena, const char *, (size_t)table->header.count);
	for (int i = 0; i < table->header.count; i++)
		keys[i] = spelling_key(arena, table->header.fields[i]);
	table->keys = keys;
	return true;
}

int table_column(const Table *table, const char *name)
{
	const char *key = spelling_key(table->import->arena, name);
	for (int i = 0; i < table->header.count; i++)
		if (!strcmp(table->keys[i], key))
			return i;
	return -1;
}

bool table_columns(const Table *table, const char *const names[], int count, int column[],
        const char *expected, Error *error)
{
	Arena *arena = table->import->arena;
	const char **missing = ARENA_ARRAY(arena, const char *, (size_t)count);
	int lacks = 0;
	for (int c = 0; c < count; c++) {
		column[c] = table_column(table, names[c]);
		if (column[c] < 0)
			missing[lacks++] = arena_format(arena, "\"%s\"", names[c]);
	}
	return !lacks ||
	       error_set(error, "%s:%d: the header lacks the column%s %s: %s",
	               table->csv.path, table->header.line, lacks > 1 ? "s" : "",
	               list_join(arena, missing, lacks, ", "), expected);
}

bool table_rows(Table *table, TableAdd *add, void *context, Error *error)
{
	for (;;) {
		Error why;
		CsvResult result =
		        csv_next(&table->csv, &table->row, table->import->arena, &why);
		if (result == CSV_END)
			return true;
		table->number++;
		bool good = result == CSV_ROW && add(context, table, &why);
		if (!good && !import_skip(table->import, &why, error))
			return false;
	}
}

const char *table_where(const Table *table)
{
	return arena_format(
	        table->import->arena, "%s:%d", table->csv.path, table->row.line);
}

const char *table_find(
        Arena *arena, const char *path, const char *const names[], Error *error)
{
	Error absent;
	if (!path_is_folder(path))
		return path_check_file(path, error) ? path : NULL;
	for (int i = 0; names[i]; i++) {
		const char *file = arena_format(arena, "%s/%s", path, names[i]);
		if (path_check_file(file, &absent))
			return file;
	}
	int count = 0;
	while (names[count])
		count++;
	error_set(error, "%s: expected %s in this folder, found no such file", path,
	        list_or(arena, names, count));
	return NULL;
}
