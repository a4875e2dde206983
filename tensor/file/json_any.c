/* Skipping is a loop with a stack of the brackets that are open: no nesting in a file can
 * exhaust the stack of the program. */
#include "tensor/file/json_any.h"

#include <string.h>

char json_peek(Json *json)
{
	if (json->failed)
		return 0;
	const unsigned char *text = json->text.data;
	while (json->at < json->text.size && memchr(" \t\r\n", text[json->at], 4))
		json->at++;
	char byte = json->at < json->text.size ? (char)text[json->at] : 0;
	if (byte == '-' || (byte >= '0' && byte <= '9'))
		return '0';
	return byte && strchr("{[\"tfn", byte) ? byte : 0;
}

/* Passes over `word` if it comes. */
static bool take(Json *json, const char *word)
{
	size_t size = strlen(word);
	if (json->failed || json->text.size - json->at < size ||
	        memcmp(json->text.data + json->at, word, size) != 0)
		return false;
	json->at += size;
	return true;
}

bool json_null(Json *json)
{
	return json_peek(json) == 'n' && take(json, "null");
}

bool json_bool(Json *json)
{
	json_peek(json);
	if (take(json, "true"))
		return true;
	if (!take(json, "false"))
		json_fail(json, json->at, "expected true or false");
	return false;
}

static void skip_string(Json *json)
{
	size_t at = json->at + 1;
	while (at < json->text.size && json->text.data[at] != '"')
		at += json->text.data[at] == '\\' ? 2 : 1;
	if (at >= json->text.size)
		json_fail(json, json->at, "the string does not end");
	else
		json->at = at + 1;
}

/* A value without others inside, or the bracket that opens one. */
static void skip_token(Json *json, char kind)
{
	if (kind == '"')
		skip_string(json);
	else if (kind == '0')
		json_real(json);
	else if (kind == 't' || kind == 'f')
		json_bool(json);
	else if (kind != 'n' || !json_null(json))
		json_fail(json, json->at, "expected a value");
}

void json_skip(Json *json)
{
	char open[JSON_DEEPEST];
	int depth = 0;
	do {
		char kind = json_peek(json);
		if ((kind == '{' || kind == '[') && depth == JSON_DEEPEST) {
			json_fail(
			        json, json->at, "nested more than %d deep", JSON_DEEPEST);
		} else if (kind == '{' || kind == '[') {
			json_open(json, kind);
			open[depth++] = kind == '{' ? '}' : ']';
		} else {
			skip_token(json, kind);
		}
		/* to the next value: the brackets that end here are closed first */
		while (depth && !json_next(json, open[depth - 1]) && !json->failed)
			depth--;
		if (depth && open[depth - 1] == '}') {
			ArenaMark mark = arena_mark(json->arena);
			json_key(json);
			arena_rewind(json->arena, mark);
		}
	} while (depth && !json->failed);
}

void json_members(Json *json, const char *const names[], int count, size_t at[])
{
	for (int i = 0; i < count; i++)
		at[i] = 0;
	json_open(json, '{');
	while (json_next(json, '}')) {
		ArenaMark mark = arena_mark(json->arena);
		const char *key = json_key(json);
		for (int i = 0; i < count; i++)
			if (strcmp(key, names[i]) == 0)
				at[i] = json->at;
		arena_rewind(json->arena, mark);
		json_skip(json);
	}
}

bool json_at(Json *json, size_t at)
{
	if (json->failed || !at)
		return false;
	json->at = at;
	return true;
}
