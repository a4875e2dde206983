/* csv.c: fields by RFC 4180: in quotes, two quotes stand for one. */
#include "emotionnet/corpus/csv.h"
#include "tensor/utf8.h"
#include "text/windows.h"

#include <limits.h>
#include <string.h>

/* What stands between the fields of the first line: a comma, unless it has none outside
 * of quotes, but semicolons, tabs or bars. */
static char find_separator(const unsigned char *data, size_t size)
{
	bool quoted = false, semicolon = false, tab = false, bar = false;
	for (size_t i = 0; i < size && (quoted || !strchr("\r\n", data[i])); i++) {
		quoted ^= data[i] == '"';
		if (!quoted && data[i] == ',')
			return ',';
		semicolon |= !quoted && data[i] == ';';
		tab |= !quoted && data[i] == '\t';
		bar |= !quoted && data[i] == '|';
	}
	return semicolon ? ';' : tab ? '\t' : bar ? '|' : ',';
}

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
	size_t at = mark ? 3 : 0;
	*reader = (CsvReader){ .path = path, .bytes = bytes, .at = at, .line = 1 };
	/* spreadsheets may write a first line that says it: sep=; */
	if (bytes.size >= at + 5 && memcmp(data + at, "sep=", 4) == 0 && data[at + 4] &&
	        strchr(",;\t|", data[at + 4]) &&
	        (bytes.size == at + 5 || strchr("\r\n", data[at + 5]))) {
		reader->at += 5;
		reader->separator = (char)data[at + 4];
	} else {
		reader->separator = find_separator(data + at, bytes.size - at);
	}
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

typedef enum FieldEnd { FIELD_MORE, FIELD_LINE, FIELD_UNCLOSED, FIELD_GARBAGE } FieldEnd;

/* Walks over the field that begins at *at, and the separator after it. Its text, with a 0 at
 * the end, goes to *out unless that is NULL. */
static FieldEnd walk_field(const CsvReader *reader, size_t *at, char **out)
{
	const unsigned char *data = reader->bytes.data;
	const unsigned char separator = (unsigned char)reader->separator;
	size_t size = reader->bytes.size, i = *at;
	bool quoted = i < size && data[i] == '"';
	i += quoted;
	for (; i < size; i++) {
		if (quoted && data[i] == '"' && !(i + 1 < size && data[i + 1] == '"'))
			break;
		if (!quoted && (data[i] == separator || at_line_end(reader, i)))
			break;
		if (out)
			*(*out)++ = (char)data[i];
		i += quoted && data[i] == '"'; /* the second of two */
	}
	if (quoted && i++ == size)
		return FIELD_UNCLOSED;
	if (out)
		*(*out)++ = '\0';
	bool more = i < size && data[i] == separator;
	if (!more && i < size && !at_line_end(reader, i))
		return FIELD_GARBAGE;
	*at = i + more;
	return more ? FIELD_MORE : FIELD_LINE;
}

/* Finds the row's end and counts its fields. */
static bool measure(const CsvReader *reader, size_t *end, int *count, Error *error)
{
	FieldEnd last = FIELD_MORE;
	*end = reader->at;
	for (*count = 0; last == FIELD_MORE; ++*count)
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
	        "%s:%d: column %d: expected a %s or the end of the line after the closing quote. Hint: within quotes a quote is written twice",
	        reader->path, opened.line, *count,
	        reader->separator == ','   ? "comma"
	        : reader->separator == ';' ? "semicolon"
	        : reader->separator == '|' ? "bar"
	                                   : "tab");
}

static bool check(const CsvReader *reader, size_t end, Error *error)
{
	const char *text = (const char *)reader->bytes.data + reader->at;
	size_t size = end - reader->at;
	if (memchr(text, 0, size))
		return error_set(error, "%s:%d: expected text, found a byte that is 0",
		        reader->path, reader->line);
	size_t bad = windows_invalid(text, size);
	if (bad < size)
		return error_set(error,
		        "%s:%d: byte %zu: expected UTF-8, found 0x%02X. Hint: if a program on Windows wrote the file: iconv -f CP1252 -t UTF-8",
		        reader->path, reader->line, reader->at + bad,
		        (unsigned char)text[bad]);
	return true;
}

/* Says once what the first mark of Windows was, and what is made of it. */
static void tell_mark(CsvReader *reader, uint32_t byte)
{
	char mark[5] = "";
	utf8_put(mark, windows_mark(byte));
	reader->told = true;
	if (reader->warnings)
		fprintf(reader->warnings,
		        "Note: %s:%d: 0x%02X is read as Windows-1252 has it: %s. Others are read likewise.\n",
		        reader->path, reader->line, (unsigned)byte, mark);
}

/* The fields of the row that ends at `end`, its marks of Windows mended. */
static const char **read_fields(CsvReader *reader, size_t end, int count, Arena *arena)
{
	const char **fields = ARENA_ARRAY(arena, const char *, (size_t)count);
	char *out = arena_alloc(arena, end - reader->at + 1);
	size_t at = reader->at;
	uint32_t mark = 0;
	for (int i = 0; i < count; i++) {
		const char *field = out;
		walk_field(reader, &at, &out);
		fields[i] = windows_mend(arena, field, &mark);
	}
	if (mark && !reader->told)
		tell_mark(reader, mark);
	return fields;
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
	bool good = check(reader, end, error);
	if (good) {
		const char **fields = read_fields(reader, end, count, arena);
		while (reader->columns && count > reader->columns && !*fields[count - 1])
			count--; /* what spreadsheets leave of cells that were used once */
		*row = (CsvRow){ .fields = fields, .count = count, .line = reader->line };
	}
	if (good && reader->columns && count != reader->columns)
		good = error_set(error,
		        "%s:%d: expected %d columns as in the first row, found %d",
		        reader->path, reader->line, reader->columns, count);
	if (good)
		reader->columns = count;
	advance(reader, end);
	return good ? CSV_ROW : CSV_BAD;
}

/* At the beginning of a file it would be taken for the file's byte order mark, or for the
 * line that tells the separator. */
static bool misread_first(const char *field)
{
	return !strncmp(field, "\xEF\xBB\xBF", 3) || !strncmp(field, "sep=", 4);
}

/* As the only field of its line it would be taken for an empty line, or for fields with
 * another separator. */
static bool misread_alone(const char *field)
{
	return !*field || field[strcspn(field, ";\t|")];
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
		bool misread = (i == 0 && misread_first(fields[i])) ||
		               (count == 1 && misread_alone(fields[i]));
		if (i)
			fputc(',', out);
		if (misread || fields[i][strcspn(fields[i], ",\"\r\n")])
			write_quoted(out, fields[i]);
		else
			fputs(fields[i], out);
	}
	fputc('\n', out);
}
