/* csv.c: fields by RFC 4180: in quotes, two quotes stand for one. */
#include "emotionnet/corpus/csv.h"
#include "text/utf8.h"

#include <limits.h>
#include <string.h>

bool csv_open(CsvReader *reader, const char *path, Bytes bytes, Error *error)
{
	const unsigned char *data = bytes.data;
	if (bytes.size >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) ||
	                               (data[0] == 0xFE && data[1] == 0xFF)))
		return error_set(error,
		        "%s: byte 0: expected UTF-8, found UTF-16. Hint: iconv -f UTF-16 -t UTF-8",
		        path);
	if (bytes.size > INT_MAX)
		return error_set(error, "%s: expected at most 2 GB, found %zu bytes",
		        path, bytes.size);
	bool mark = bytes.size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0;
	*reader = (CsvReader){
		.path = path, .bytes = bytes, .at = mark ? 3 : 0, .line = 1
	};
	return true;
}

static bool at_line_end(const CsvReader *reader, size_t at)
{
	const unsigned char *data = reader->bytes.data;
	return at < reader->bytes.size && (data[at] == '\n' || data[at] == '\r');
}

/* Moves over bytes up to `end`, counting lines; CRLF is one line end. */
static void advance(CsvReader *reader, size_t end)
{
	const unsigned char *data = reader->bytes.data;
	for (; reader->at < end; reader->at++) {
		bool pair = data[reader->at] == '\r' && reader->at + 1 < end &&
		            data[reader->at + 1] == '\n';
		reader->line += at_line_end(reader, reader->at) && !pair;
	}
}

typedef enum FieldEnd { FIELD_COMMA, FIELD_LINE, FIELD_UNCLOSED, FIELD_GARBAGE } FieldEnd;

/* Walks over the field that begins at *at, and the comma after it. Its text, with a 0 at
 * the end, goes to *out unless that is NULL. */
static FieldEnd walk_field(const CsvReader *reader, size_t *at, char **out)
{
	const unsigned char *data = reader->bytes.data;
	size_t size = reader->bytes.size, i = *at;
	bool quoted = i < size && data[i] == '"';
	i += quoted;
	for (; i < size; i++) {
		if (quoted && data[i] == '"' && !(i + 1 < size && data[i + 1] == '"'))
			break;
		if (!quoted && (data[i] == ',' || at_line_end(reader, i)))
			break;
		if (out)
			*(*out)++ = (char)data[i];
		i += quoted && data[i] == '"'; /* the second of two */
	}
	if (quoted && i++ == size)
		return FIELD_UNCLOSED;
	if (out)
		*(*out)++ = '\0';
	bool comma = i < size && data[i] == ',';
	if (!comma && i < size && !at_line_end(reader, i))
		return FIELD_GARBAGE;
	*at = i + comma;
	return comma ? FIELD_COMMA : FIELD_LINE;
}

/* Finds the row's end and counts its fields. */
static bool measure(const CsvReader *reader, size_t *end, int *count, Error *error)
{
	FieldEnd last = FIELD_COMMA;
	*end = reader->at;
	for (*count = 0; last == FIELD_COMMA; ++*count)
		last = walk_field(reader, end, NULL);
	if (last == FIELD_LINE)
		return true;
	CsvReader opened = *reader;
	advance(&opened, *end);
	if (last == FIELD_UNCLOSED)
		return error_set(error,
		        "%s:%d: column %d: expected a closing quote before the end of the file, found none for the quote that opens on this line",
		        reader->path, opened.line, *count);
	return error_set(error,
	        "%s:%d: column %d: expected a comma or the end of the line after the closing quote. Hint: within quotes a quote is written twice",
	        reader->path, opened.line, *count);
}

static bool check(const CsvReader *reader, size_t end, int count, Error *error)
{
	const char *text = (const char *)reader->bytes.data + reader->at;
	size_t size = end - reader->at;
	if (memchr(text, 0, size))
		return error_set(error, "%s:%d: expected text, found a byte that is 0",
		        reader->path, reader->line);
	size_t bad = utf8_invalid(text, size);
	if (bad < size)
		return error_set(error,
		        "%s:%d: byte %zu: expected UTF-8, found 0x%02X. Hint: if the file is Latin-1: iconv -f LATIN1 -t UTF-8",
		        reader->path, reader->line, reader->at + bad,
		        (unsigned char)text[bad]);
	if (reader->columns && count != reader->columns)
		return error_set(error,
		        "%s:%d: expected %d columns as in the first row, found %d",
		        reader->path, reader->line, reader->columns, count);
	return true;
}

CsvResult csv_next(CsvReader *reader, CsvRow *row, Arena *arena, Error *error)
{
	size_t size = reader->bytes.size, end = reader->at;
	while (at_line_end(reader, end))
		end++;
	advance(reader, end);
	if (end == size)
		return CSV_END;

	int count;
	if (!measure(reader, &end, &count, error)) {
		for (end = reader->at; end < size && !at_line_end(reader, end);)
			end++;
		advance(reader, end);
		return CSV_BAD;
	}
	if (!check(reader, end, count, error)) {
		advance(reader, end);
		return CSV_BAD;
	}
	const char **fields = ARENA_ARRAY(arena, const char *, (size_t)count);
	char *out = arena_alloc(arena, end - reader->at + 1);
	size_t at = reader->at;
	for (int i = 0; i < count; i++) {
		fields[i] = out;
		walk_field(reader, &at, &out);
	}
	*row = (CsvRow){ .fields = fields, .count = count, .line = reader->line };
	reader->columns = count;
	advance(reader, end);
	return CSV_ROW;
}

static void write_quoted(FILE *out, const char *field)
{
	fputc('"', out);
	for (; *field; field++) {
		if (*field == '"')
			fputc('"', out);
		fputc(*field, out);
	}
	fputc('"', out);
}

void csv_write(FILE *out, int count, const char *const fields[])
{
	for (int i = 0; i < count; i++) {
		bool nothing = count == 1 && !*fields[i]; /* not an empty line */
		if (i)
			fputc(',', out);
		if (nothing || fields[i][strcspn(fields[i], ",\"\r\n")])
			write_quoted(out, fields[i]);
		else
			fputs(fields[i], out);
	}
	fputc('\n', out);
}
