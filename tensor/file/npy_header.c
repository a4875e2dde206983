/* The header is a Python dictionary, such as
 *
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
 *
 * in any order of its three keys and with spaces anywhere. Anything else is refused by
 * the byte where it stands. */
#include "tensor/file/npy_header.h"

#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

typedef struct Parser {
	const char *name;
	const unsigned char *data;
	size_t at, end;
	Error *error;
} Parser;

/* Always false: `what` should stand where the parser stands. */
static bool expected(const Parser *p, const char *what)
{
	if (p->at >= p->end)
		return error_set(p->error,
		        "%s: byte %zu: expected %s, found the end of the header", p->name,
		        p->at, what);
	unsigned char c = p->data[p->at];
	return error_set(p->error,
	        isprint(c) ? "%s: byte %zu: expected %s, found '%c'"
	                   : "%s: byte %zu: expected %s, found the byte %d",
	        p->name, p->at, what, c);
}

static void skip_spaces(Parser *p)
{
	while (p->at < p->end && isspace(p->data[p->at]))
		p->at++;
}

/* Skips spaces, and then `text` if it is there. */
static bool accept(Parser *p, const char *text)
{
	skip_spaces(p);
	size_t length = strlen(text);
	if (p->end - p->at < length || memcmp(p->data + p->at, text, length))
		return false;
	p->at += length;
	return true;
}

static bool parse_bool(Parser *p, bool *value)
{
	*value = accept(p, "True");
	return *value || accept(p, "False") || expected(p, "True or False");
}

/* A quoted string of fewer than `size` characters. */
static bool parse_string(Parser *p, char *text, size_t size, const char *what)
{
	if (!accept(p, "'") && !accept(p, "\""))
		return expected(p, what);
	char quote = (char)p->data[p->at - 1];
	for (size_t length = 0; length < size && p->at < p->end; length++) {
		text[length] = (char)p->data[p->at++];
		if (text[length] == quote) {
			text[length] = '\0';
			return true;
		}
	}
	return expected(p, what);
}

static bool parse_dimension(Parser *p, int *size)
{
	size_t start = p->at;
	int64_t value = 0;
	while (p->at < p->end && isdigit(p->data[p->at]) && value <= INT_MAX)
		value = 10 * value + (p->data[p->at++] - '0');
	if (p->at == start)
		return expected(p, "the size of a dimension");
	if (value > INT_MAX)
		return error_set(p->error,
		        "%s: byte %zu: a dimension has more than %d elements", p->name,
		        start, INT_MAX);
	accept(p, "L"); /* Python 2 wrote long integers so */
	*size = (int)value;
	return true;
}

/* (), (3,), (2, 3) */
static bool parse_shape(Parser *p, Tensor *shape)
{
	*shape = (Tensor){ .ndim = 0 };
	if (!accept(p, "("))
		return expected(p, "a shape such as (2, 3)");
	while (!accept(p, ")")) {
		if (shape->ndim == TENSOR_MAX_DIMS)
			return error_set(p->error,
			        "%s: byte %zu: more than %d dimensions. Hint: in Python, x.reshape(len(x), -1).",
			        p->name, p->at, TENSOR_MAX_DIMS);
		if (!parse_dimension(p, &shape->shape[shape->ndim++]))
			return false;
		if (!accept(p, ","))
			return accept(p, ")") ||
			       expected(p, "a comma or the end of the shape");
	}
	return true;
}

/* Which of the three keys have been read. */
typedef struct Seen {
	bool descr, order, shape;
} Seen;

/* Is this `name`, for the first time? */
static bool is_key(const char *key, const char *name, bool *seen)
{
	if (*seen || strcmp(key, name))
		return false;
	*seen = true;
	return true;
}

/* A key, and its value. The keys may come in any order. */
static bool parse_field(Parser *p, NpyHeader *header, Seen *seen)
{
	static const char keys[] = "'descr', 'fortran_order' or 'shape', each once";
	char key[16];
	size_t start = p->at;
	if (!parse_string(p, key, sizeof key, keys))
		return false;
	if (!accept(p, ":"))
		return expected(p, "a colon");
	skip_spaces(p);
	if (is_key(key, "descr", &seen->descr))
		return parse_string(
		        p, header->descr, sizeof header->descr, "a type such as '<f4'");
	if (is_key(key, "fortran_order", &seen->order))
		return parse_bool(p, &header->fortran_order);
	if (is_key(key, "shape", &seen->shape))
		return parse_shape(p, &header->shape);
	return error_set(p->error, "%s: byte %zu: expected %s, found '%s'", p->name,
	        start, keys, key);
}

bool npy_header_parse(NpyHeader *header, const char *name, Bytes bytes, size_t begin,
        size_t end, Error *error)
{
	Parser parser = {
		.name = name, .data = bytes.data, .at = begin, .end = end, .error = error
	};
	Parser *p = &parser;
	Seen seen = { .descr = false };
	if (!accept(p, "{"))
		return expected(p, "a dictionary");
	bool more = true;
	while (more && !accept(p, "}")) {
		if (!parse_field(p, header, &seen))
			return false;
		more = accept(p, ",");
		if (!more && !accept(p, "}"))
			return expected(p, "a comma or the end of the dictionary");
	}
	const char *missing = !seen.descr   ? "descr"
	                      : !seen.order ? "fortran_order"
	                      : !seen.shape ? "shape"
	                                    : NULL;
	if (missing)
		return error_set(error, "%s: byte %zu: the header has no '%s'", name,
		        begin, missing);
	skip_spaces(p);
	return p->at == p->end || expected(p, "spaces until the header ends");
}
