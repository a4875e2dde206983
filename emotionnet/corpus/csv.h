/* csv.h: comma-separated values, as RFC 4180 has them.
 *
 * Fields are separated by commas and rows by line ends (LF, CRLF or CR). A field that
 * begins with a quote ends at the next quote that stands alone: within it commas, line
 * ends and doubled quotes
 * ("") are text. A byte order mark and empty lines are skipped.
 *
 * What spreadsheets make of it is read too: semicolons, tabs or bars in place of commas, if
 * the first line has no comma or is "sep=;"; empty fields behind the last column; and quotes,
 * dashes and the like as Windows-1252 writes them (text/windows.h). */
#ifndef EMOTIONNET_CORPUS_CSV_H
#define EMOTIONNET_CORPUS_CSV_H

#include "tensor/file/file.h"

#include <stdio.h>

typedef struct CsvReader {
	const char *path; /* for messages */
	FILE *warnings;   /* told of the first mark of Windows; NULL: nobody */
	bool told;
	Bytes bytes;
	char separator;
	size_t at;
	int line;    /* of bytes.data[at], from 1 */
	int columns; /* of the first row, which all others must have; 0: not read yet */
} CsvReader;

typedef struct CsvRow {
	const char *const *fields; /* `count` of them, valid UTF-8 */
	int count;
	int line; /* where the row begins, from 1 */
} CsvRow;

typedef enum CsvResult { CSV_ROW, CSV_END, CSV_BAD } CsvResult;

/* A reader of these bytes, which are kept, not copied. Fails for UTF-16 and above 2
 * GB. */
bool csv_open(CsvReader *reader, const char *path, Bytes bytes, Error *error);

/* The next row, its fields in the arena. The first row says how many columns there are.
 * CSV_BAD: the row is not well formed (`error` names path, line, what was expected), and
 * the reader stands behind it, so that one may go on. An unclosed quote costs the line
 * on which its row begins. */
CsvResult csv_next(CsvReader *reader, CsvRow *row, Arena *arena, Error *error);

/* Writes one row, with quotes only where they are needed. Errors stay in `out`
 * (ferror). */
void csv_write(FILE *out, int count, const char *const fields[]);

#endif
