/* vectors.c: reads the lines or records of words that the vocabulary has. */
#include "text/vectors.h"
#include "tensor/file/file_map.h"
#include "text/number.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { LONGEST_WORD = 4096, WIDEST = 65536, FIRST_ROWS = 10 };

/* The file, where the reader stands in it, and what was found so far. */
typedef struct Reader {
	const char *path, *text;
	size_t size, at;
	int line;
	const Vocabulary *vocabulary;
	int width, count;
	bool *found; /* (ids) */
	int *ids;
	real *rows;
} Reader;

/* --- what both formats share -------------------------------------------------------- */

/* The id of a word that is needed and has no vector yet, or -1. Padding never has one. */
static int wanted(const Reader *reader, const char *word, size_t size)
{
	int id = stringset_find_bytes(&reader->vocabulary->words, word, size);
	return id <= VOCABULARY_PAD || reader->found[id] ? -1 : id;
}

/* Where the numbers of the next word go. */
static real *next_row(const Reader *reader)
{
	return reader->rows + (size_t)reader->count * (size_t)reader->width;
}

static void accept(Reader *reader, int id)
{
	reader->found[id] = true;
	reader->ids[reader->count++] = id;
}

/* A word and its numbers take 2 width + 1 bytes at least ("a 0 0 0\n"), so the file has
 * no more vectors than that; what its first line promises is not believed. */
static size_t most_vectors(const Reader *reader)
{
	return (reader->size - reader->at) / (2 * (size_t)reader->width + 1) + 1;
}

static bool make_room(Reader *reader, Arena *arena, Error *error)
{
	size_t words = (size_t)reader->vocabulary->words.count;
	size_t rows = most_vectors(reader) < words ? most_vectors(reader) : words;
	if (rows > INT_MAX / (size_t)reader->width)
		return error_set(error, "%s: %zu words of %d numbers are too many",
		        reader->path, rows, reader->width);
	reader->found = ARENA_ARRAY(arena, bool, words);
	reader->ids = ARENA_ARRAY(arena, int, words);
	reader->rows = ARENA_ARRAY(arena, real, rows * (size_t)reader->width);
	return true;
}

/* --- text --------------------------------------------------------------------------- */

/* The next line: from *begin to *end, without its end and spaces before that. False at
 * the end. */
static bool next_line(Reader *reader, const char **begin, const char **end)
{
	if (reader->at == reader->size)
		return false;
	*begin = reader->text + reader->at;
	const char *stop = memchr(*begin, '\n', reader->size - reader->at);
	*end = stop ? stop : reader->text + reader->size;
	reader->at = (size_t)(*end - reader->text) + (stop != NULL);
	reader->line++;
	while (*end > *begin && ((*end)[-1] == '\r' || (*end)[-1] == ' '))
		--*end;
	return true;
}

/* The next field, a space before it passed over. */
static bool next_field(const char **at, const char *end, const char **field, size_t *size)
{
	while (*at < end && (**at == ' ' || **at == '\t'))
		++*at;
	*field = *at;
	while (*at < end && **at != ' ' && **at != '\t')
		++*at;
	*size = (size_t)(*at - *field);
	return *size > 0;
}

static int count_fields(const char *at, const char *end)
{
	const char *field;
	size_t size;
	int count = 0;
	while (next_field(&at, end, &field, &size))
		count++;
	return count;
}

/* Reads numbers from *at on until there are `most` or something is none, or none that
 * `real` can hold; returns how many. */
static int read_numbers(const char **at, const char *end, int most, real *row)
{
	const char *field;
	size_t size;
	double number;
	int count = 0;
	while (count < most && next_field(at, end, &field, &size) &&
	        number_parse(field, size, &number) && isfinite((real)number))
		row[count++] = (real)number;
	return count;
}

static bool read_text(Reader *reader, Error *error)
{
	const char *begin, *end, *word;
	size_t size;
	while (next_line(reader, &begin, &end)) {
		const char *at = begin;
		int id = next_field(&at, end, &word, &size) ? wanted(reader, word, size)
		                                            : -1;
		if (id < 0)
			continue;
		int count = read_numbers(&at, end, reader->width, next_row(reader));
		if (count == reader->width && at == end)
			accept(reader, id);
		else if (count_fields(begin, end) <= reader->width + 1)
			return error_set(error,
			        "%s:%d: expected %d numbers after \"%.*s\", found %d",
			        reader->path, reader->line, reader->width,
			        size < 40 ? (int)size : 40, word, count);
		/* else "at home 0.1 ...": a word that holds spaces is never ours */
	}
	return true;
}

/* --- binary ------------------------------------------------------------------------- */

static float float_at(const char *text)
{
	const unsigned char *b = (const unsigned char *)text;
	uint32_t bits = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	                (uint32_t)b[3] << 24;
	float number;
	memcpy(&number, &bits, sizeof number);
	return number;
}

static bool read_binary(Reader *reader, size_t words, Error *error)
{
	size_t bytes = 4 * (size_t)reader->width;
	for (size_t i = 0; i < words; i++) {
		while (reader->at < reader->size && reader->text[reader->at] == '\n')
			reader->at++; /* some writers end each vector so */
		const char *word = reader->text + reader->at;
		size_t left = reader->size - reader->at;
		const char *space =
		        memchr(word, ' ', left < LONGEST_WORD ? left : LONGEST_WORD);
		size_t size = space ? (size_t)(space - word) : 0;
		if (!space || left - size - 1 < bytes)
			return error_set(error,
			        "%s: byte %zu: expected vector %zu of %zu, a word, a space and %zu bytes, found %zu bytes",
			        reader->path, reader->at, i + 1, words, bytes, left);
		int id = wanted(reader, word, size);
		real *row = id < 0 ? NULL : next_row(reader);
		for (int k = 0; row && k < reader->width; k++) {
			row[k] = (real)float_at(space + 1 + 4 * k);
			if (!isfinite(row[k]))
				return error_set(error,
				        "%s: byte %zu: the vector of \"%s\" holds a number that is not finite",
				        reader->path, reader->at,
				        reader->vocabulary->words.names[id]);
		}
		if (row)
			accept(reader, id);
		reader->at += size + 1 + bytes;
	}
	return true;
}

/* --- which of them ------------------------------------------------------------------ */

/* "400000 300": the first line of word2vec's formats. */
static bool read_header(const char *at, const char *end, size_t *words, int *width)
{
	double number[2];
	for (int i = 0; i < 2; i++) {
		const char *field;
		size_t size;
		if (!next_field(&at, end, &field, &size) ||
		        !number_parse(field, size, &number[i]) || number[i] < 0 ||
		        number[i] > 1e15 || number[i] != floor(number[i]))
			return false;
	}
	*words = (size_t)number[0];
	*width = number[1] <= WIDEST ? (int)number[1] : 0;
	return at == end;
}

/* How many numbers a word has on the first line on which nothing else stands, 0 if there
 * is none near the beginning: then the rows are binary. The reader stays where it is. */
static int width_of_text(Reader reader)
{
	const char *at, *end, *word;
	size_t size;
	double number;
	for (int row = 0; row < FIRST_ROWS && next_line(&reader, &at, &end); row++) {
		int count = 0;
		bool plain = next_field(&at, end, &word, &size);
		while (plain && next_field(&at, end, &word, &size)) {
			plain = number_parse(word, size, &number);
			count++;
		}
		if (plain && count)
			return count;
	}
	return 0;
}

static bool read_word2vec(Reader *reader, Arena *arena, size_t words, Error *error)
{
	if (!words || words > most_vectors(reader))
		return error_set(error,
		        "%s: the first line promises %zu vectors of %d numbers, but %zu bytes follow",
		        reader->path, words, reader->width, reader->size - reader->at);
	if (!make_room(reader, arena, error))
		return false;
	int width = width_of_text(*reader);
	if (!width)
		return read_binary(reader, words, error);
	if (width != reader->width)
		return error_set(error,
		        "%s:1: the first line promises %d numbers a word, but the words have %d",
		        reader->path, reader->width, width);
	if (!read_text(reader, error))
		return false;
	size_t lines = (size_t)reader->line - 1;
	return lines >= words ||
	       error_set(error,
	               "%s: the first line promises %zu vectors, but only %zu lines follow",
	               reader->path, words, lines);
}

static bool read_glove(
        Reader *reader, Arena *arena, const char *at, const char *end, Error *error)
{
	reader->width = count_fields(at, end) - 1;
	if (reader->width < 1 || reader->width > WIDEST)
		return error_set(error,
		        "%s:1: expected a word and its numbers, or word2vec's \"words width\", found \"%.*s\"",
		        reader->path, end - at < 40 ? (int)(end - at) : 40, at);
	reader->at = 0;
	reader->line = 0;
	if (!make_room(reader, arena, error))
		return false;
	if (width_of_text(*reader) != reader->width)
		return error_set(error, "%s:1: expected %d numbers after the word",
		        reader->path, reader->width);
	return read_text(reader, error);
}

static bool refuse_archives(const char *path, Bytes bytes, Error *error)
{
	if (bytes.size >= 2 && memcmp(bytes.data, "\x1F\x8B", 2) == 0)
		return error_set(error,
		        "%s: byte 0: expected word vectors, found gzip. Hint: gunzip %s",
		        path, path);
	if (bytes.size >= 4 && memcmp(bytes.data, "PK\3\4", 4) == 0)
		return error_set(error,
		        "%s: byte 0: expected word vectors, found a zip archive. Hint: unzip %s",
		        path, path);
	return true;
}

static Vectors finish(const Reader *reader, Arena *arena)
{
	int words = reader->vocabulary->words.count;
	int *missing = ARENA_ARRAY(arena, int, (size_t)words), count = 0;
	for (int id = VOCABULARY_UNKNOWN + 1; id < words; id++)
		if (!reader->found[id])
			missing[count++] = id;
	return (Vectors){
		.width = reader->width,
		.count = reader->count,
		.ids = reader->ids,
		.rows = reader->rows,
		.missing = missing,
		.missing_count = count,
	};
}

bool vectors_parse(Vectors *vectors, Arena *arena, const char *path, Bytes bytes,
        const Vocabulary *vocabulary, Error *error)
{
	Reader reader = {
		.path = path,
		.text = (const char *)bytes.data,
		.size = bytes.size,
		.vocabulary = vocabulary,
	};
	const char *at, *end;
	size_t words;
	if (!refuse_archives(path, bytes, error))
		return false;
	if (reader.size >= 3 && !memcmp(reader.text, "\xEF\xBB\xBF", 3)) {
		reader.text += 3; /* the byte-order mark of some editors */
		reader.size -= 3;
	}
	if (!next_line(&reader, &at, &end))
		return error_set(
		        error, "%s: expected word vectors, found an empty file", path);
	bool header = read_header(at, end, &words, &reader.width);
	if (header && reader.width < 1)
		return error_set(error,
		        "%s:1: expected 1 to %d numbers a word, found \"%.*s\"", path,
		        WIDEST, end - at < 40 ? (int)(end - at) : 40, at);
	if (header ? !read_word2vec(&reader, arena, words, error)
	           : !read_glove(&reader, arena, at, end, error))
		return false;
	*vectors = finish(&reader, arena);
	return true;
}

bool vectors_read(Vectors *vectors, Arena *arena, const char *path,
        const Vocabulary *vocabulary, Error *error)
{
	Bytes bytes;
	if (!file_map(&bytes, path, error))
		return false;
	bool done = vectors_parse(vectors, arena, path, bytes, vocabulary, error);
	file_unmap(bytes);
	return done;
}

void vectors_copy_at(Site site, const Vectors *vectors, Tensor table)
{
	if (table.ndim != 2 || table.shape[1] != vectors->width)
		error_stop(site, "vectors_copy",
		        "the table has shape %s and a vector %d numbers: expected (ids,%d)",
		        tensor_shape_text(table).text, vectors->width, vectors->width);
	size_t width = (size_t)vectors->width;
	for (int i = 0; i < vectors->count; i++) {
		int id = vectors->ids[i];
		if (id >= table.shape[0])
			error_stop(site, "vectors_copy",
			        "the table has %d rows: there is none for id %d",
			        table.shape[0], id);
		memcpy(table.data + (size_t)id * width, vectors->rows + (size_t)i * width,
		        width * sizeof(real));
	}
}
