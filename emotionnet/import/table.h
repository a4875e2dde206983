/* table.h: what importers of tables share: a CSV, TSV or semicolon file (csv.h), whose
 * columns are found by name and whose rows become utterances one by one. */
#ifndef EMOTIONNET_IMPORT_TABLE_H
#define EMOTIONNET_IMPORT_TABLE_H

#include "emotionnet/corpus/csv.h"
#include "emotionnet/import/build.h"

typedef struct Table {
	Import *import;
	CsvReader csv;
	CsvRow header;           /* the names of the columns, */
	const char *const *keys; /* and as they are compared: without capitals, blanks */
	CsvRow row;              /* the one that is being added */
	int number;              /* of that row, from 1; bad ones count */
} Table;

/* Opens the file, which lives in the import's arena, and reads its header. Fails if there
 * is none. */
bool table_open(Table *table, Import *import, const char *path, Error *error);
/* The same of bytes in memory, which are kept; the path is for messages. */
bool table_open_bytes(
        Table *table, Import *import, const char *path, Bytes bytes, Error *error);

/* Where each of `count` columns is; capitals and blanks around a name do not count. Fails,
 * naming all that are missing, and after them `expected`. */
bool table_columns(const Table *table, const char *const names[], int count, int column[],
        const char *expected, Error *error);
int table_column(const Table *table, const char *name); /* -1: there is none */

/* Hands each row that is well formed to `add`, which makes an utterance of it or says why
 * it cannot. Bad rows fail the import or are left out and counted, as its options say. */
typedef bool TableAdd(void *context, const Table *table, Error *why);
bool table_rows(Table *table, TableAdd *add, void *context, Error *error);

/* "path:line" of the row, for messages. */
const char *table_where(const Table *table);

/* The first of these names, the last NULL, that is a file in the folder; or `path` itself
 * where it is a file. NULL: there is none. */
const char *table_find(
        Arena *arena, const char *path, const char *const names[], Error *error);

#endif
