/* A reader that is asked for what should come next, and never calls itself: no nesting in
 * a file can exhaust the stack. The first error is kept; after it everything answers
 * nothing. */
#include "tensor/file/json.h"
#include "tensor/utf8.h"

#include <float.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void json_fail(Json *json, size_t at, const char *format, ...)
{
	if (json->failed)
		return;
	json->failed = true;
	char what[ERROR_TEXT / 2];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	error_set(json->error, "%s: byte %zu: %s", json->path, json->offset + at, what);
}

/* The byte that is read next; at the end 0, which no rule expects. */
static unsigned char peek(const Json *json)
{
	return json->at < json->text.size ? json->text.data[json->at] : 0;
}

typedef struct Found {
	char text[32];
} Found;

static Found found(const Json *json)
{
	Found found;
	unsigned char byte = peek(json);
	if (json->at >= json->text.size)
		snprintf(found.text, sizeof found.text, "the end of the text");
	else if (byte > ' ' && byte < 127)
		snprintf(found.text, sizeof found.text, "'%c'", byte);
	else
		snprintf(found.text, sizeof found.text, "byte 0x%02x", byte);
	return found;
}

static void skip_space(Json *json)
{
	while (peek(json) == ' ' || peek(json) == '\t' || peek(json) == '\r' ||
	        peek(json) == '\n')
		json->at++;
}

static void token(Json *json, char wanted)
{
	if (json->failed)
		return;
	skip_space(json);
	if (peek(json) == (unsigned char)wanted)
		json->at++;
	else
		json_fail(json, json->at, "expected '%c', found %s", wanted,
		        found(json).text);
}

void json_open(Json *json, char bracket)
{
	token(json, bracket);
	json->first = true;
}

bool json_next(Json *json, char bracket)
{
	if (json->failed)
		return false;
	bool first = json->first;
	json->first = false;
	skip_space(json);
	if (peek(json) == (unsigned char)bracket) {
		json->at++;
		return false;
	}
	if (!first && peek(json) != ',')
		json_fail(json, json->at, "expected ',' or '%c', found %s", bracket,
		        found(json).text);
	else if (!first)
		json->at++;
	return !json->failed;
}

bool json_end(Json *json)
{
	if (json->failed)
		return false;
	skip_space(json);
	if (json->at < json->text.size)
		json_fail(json, json->at, "expected nothing more, found %s",
		        found(json).text);
	return !json->failed;
}

size_t json_size(Json *json)
{
	if (json->failed)
		return 0;
	skip_space(json);
	size_t start = json->at, value = 0;
	for (; peek(json) >= '0' && peek(json) <= '9'; json->at++) {
		size_t digit = (size_t)(peek(json) - '0');
		if (value > (SIZE_MAX - digit) / 10) {
			json_fail(json, start, "the number does not fit in %zu bytes",
			        sizeof value);
			return 0;
		}
		value = 10 * value + digit;
	}
	size_t digits = json->at - start;
	bool fraction = peek(json) == '.' || peek(json) == 'e' || peek(json) == 'E';
	if (digits == 0 || fraction)
		json_fail(json, json->at, "expected a whole number, found %s",
		        found(json).text);
	else if (digits > 1 && json->text.data[start] == '0')
		json_fail(json, start, "a number does not start with 0");
	return json->failed ? 0 : value;
}

/* Digits from byte `at` on; how many. */
static size_t digits_from(const Json *json, size_t at)
{
	size_t start = at;
	while (at < json->text.size && json->text.data[at] >= '0' &&
	        json->text.data[at] <= '9')
		at++;
	return at - start;
}

/* How many bytes the number at `at` has, by the grammar of RFC 8259; 0 if it is none. */
static size_t number_bytes(const Json *json, size_t at)
{
	const unsigned char *text = json->text.data;
	size_t start = at, size = json->text.size;
	at += at < size && text[at] == '-';
	size_t digits = digits_from(json, at);
	if (!digits || (digits > 1 && text[at] == '0'))
		return 0;
	at += digits;
	if (at < size && text[at] == '.') {
		digits = digits_from(json, at + 1);
		if (!digits)
			return 0;
		at += 1 + digits;
	}
	if (at < size && (text[at] | 32) == 'e') {
		at++;
		at += at < size && (text[at] == '-' || text[at] == '+');
		digits = digits_from(json, at);
		if (!digits)
			return 0;
		at += digits;
	}
	return at - start;
}

double json_real(Json *json)
{
	if (json->failed)
		return 0;
	skip_space(json);
	size_t size = number_bytes(json, json->at);
	if (!size) {
		json_fail(
		        json, json->at, "expected a number, found %s", found(json).text);
		return 0;
	}
	ArenaMark mark = arena_mark(json->arena);
	const char *digits = (const char *)json->text.data + json->at;
	double value = strtod(arena_format(json->arena, "%.*s", (int)size, digits), NULL);
	arena_rewind(json->arena, mark);
	if (value > DBL_MAX || value < -DBL_MAX) {
		json_fail(json, json->at, "the number is too large");
		return 0;
	}
	json->at += size;
	return value;
}

/* ---- strings ----------------------------------------------------------------------- */

static uint32_t four_hex(Json *json)
{
	uint32_t value = 0;
	for (int i = 0; i < 4 && !json->failed; i++) {
		unsigned char c = peek(json);
		if (c >= '0' && c <= '9')
			value = 16 * value + (uint32_t)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			value = 16 * value + (uint32_t)((c | 32) - 'a' + 10);
		else
			json_fail(json, json->at, "expected four hex digits, found %s",
			        found(json).text);
		json->at++;
	}
	return value;
}

/* After "\u". What lies beyond U+FFFF is written as two: high D800-DBFF, low
 * DC00-DFFF. */
static uint32_t unicode_escape(Json *json)
{
	size_t start = json->at - 2;
	uint32_t code = four_hex(json);
	if (!json->failed && code >= 0xd800 && code < 0xdc00 && peek(json) == '\\' &&
	        json->text.data[json->at + 1] == 'u') {
		json->at += 2;
		uint32_t low = four_hex(json);
		if (low >= 0xdc00 && low < 0xe000)
			return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	}
	if (code == 0)
		json_fail(json, start, "a string with a 0 inside");
	else if (code >= 0xd800 && code < 0xe000)
		json_fail(json, start, "half a surrogate pair");
	return code;
}

/* After the backslash. */
static char *escape(Json *json, char *out)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *name = peek(json) ? strchr(names, peek(json)) : NULL;
	if (name) {
		json->at++;
		*out++ = values[name - names];
		return out;
	}
	if (peek(json) != 'u') {
		json_fail(
		        json, json->at, "expected an escape, found %s", found(json).text);
		return out;
	}
	json->at++;
	return out + utf8_put(out, unicode_escape(json));
}

const char *json_string(Json *json)
{
	token(json, '"');
	if (json->failed)
		return "";
	size_t end = json->at;
	while (end < json->text.size && json->text.data[end] != '"')
		end += json->text.data[end] == '\\' ? 2 : 1;
	if (end >= json->text.size) {
		json_fail(json, json->at - 1, "the string does not end");
		return "";
	}
	/* No escape is shorter than the character it stands for. */
	char *string = arena_alloc(json->arena, end - json->at + 1), *out = string;
	while (json->at < end && !json->failed) {
		const unsigned char *s = json->text.data + json->at;
		Utf8 next = utf8_next((const char *)s, end - json->at);
		if (s[0] < ' ' || !next.valid) {
			json_fail(json, json->at, "a string cannot hold byte 0x%02x here",
			        s[0]);
		} else if (s[0] == '\\') {
			json->at++;
			out = escape(json, out);
		} else {
			memcpy(out, s, (size_t)next.bytes);
			out += next.bytes;
			json->at += (size_t)next.bytes;
		}
	}
	*out = '\0';
	json->at = end + 1;
	return json->failed ? "" : string;
}

const char *json_key(Json *json)
{
	const char *key = json_string(json);
	token(json, ':');
	return key;
}
