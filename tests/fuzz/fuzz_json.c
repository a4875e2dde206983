/* JSON of any bytes is read to its end or refused with the byte, however deep; a string
 * that was read, written as JSON and read again is the same string. */
#include "tensor/file/json.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { DEEPEST = 16 };

/* All of ASCII is written as \uXXXX, the rest as it stands. */
static void check_string(Arena *arena, const char *string)
{
	size_t length = strlen(string), used = 0;
	char *text = arena_alloc(arena, 6 * length + 3);
	text[used++] = '"';
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)string[i];
		if (c < 0x80)
			used += (size_t)snprintf(text + used, 7, "\\u%04x", c);
		else
			text[used++] = (char)c;
	}
	text[used++] = '"';
	text[used] = '\0';
	Error error = { .text = "" };
	Json json = { .path = "again", .arena = arena, .error = &error };
	json.text = (Bytes){ (unsigned char *)text, used };
	const char *again = json_string(&json);
	FUZZ_CHECK(json_end(&json) && strcmp(again, string) == 0);
}

static char next_of(const Json *json)
{
	size_t at = json->at;
	while (at < json->text.size && strchr(" \t\r\n", json->text.data[at]))
		at++;
	return at < json->text.size ? (char)json->text.data[at] : '\0';
}

/* What stands next is what is asked for, so that as much as possible is read. */
static void read_value(Json *json, int depth)
{
	char bracket = next_of(json) == '[' ? ']' : '}';
	if (next_of(json) == '"') {
		check_string(json->arena, json_string(json));
	} else if (next_of(json) != '{' && next_of(json) != '[') {
		json_size(json);
	} else if (depth == DEEPEST) {
		json_fail(json, json->at, "too deep");
	} else {
		json_open(json, bracket == ']' ? '[' : '{');
		while (json_next(json, bracket)) {
			if (bracket == '}')
				check_string(json->arena, json_key(json));
			read_value(json, depth + 1);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	char *text = arena_zeros(arena, size + 1); /* and the 0 that json.h asks for */
	if (size)
		memcpy(text, data, size);
	Error error = { .text = "" };
	Json json = { .path = "fuzz", .arena = arena, .error = &error };
	json.text = (Bytes){ (unsigned char *)text, size };
	read_value(&json, 0);
	if (json_end(&json))
		FUZZ_CHECK(json.at == size && error.text[0] == '\0');
	else
		FUZZ_CHECK(strncmp(error.text, "fuzz: byte ", 11) == 0);
	FUZZ_CHECK(json.at <= size);
	arena_free(arena);
	return 0;
}
