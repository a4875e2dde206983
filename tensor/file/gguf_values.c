/* The values of a GGUF file's items, asked for by key. The bytes were checked when the
 * file was opened; here it is whether they are what the caller needs. */
#include "tensor/file/gguf.h"

#include <limits.h>
#include <math.h>
#include <string.h>

static const char *const type_names[] = { "U8", "I8", "U16", "I16", "U32", "I32", "F32",
	"BOOL", "STRING", "ARRAY", "U64", "I64", "F64" };

/* NULL, and what is wrong: it is missing, or one where there should be many. */
static const GgufItem *find(
        const Gguf *gguf, const char *key, bool array, const char *wanted, Error *error)
{
	const GgufItem *item = gguf_item(gguf, key);
	if (!item)
		error_set(error, "%s: \"%s\" is missing: expected %s", gguf->path, key,
		        wanted);
	else if (item->array != array)
		error_set(error, "%s: byte %zu: \"%s\" is %s: expected %s", gguf->path,
		        item->at, key, item->array ? "an array" : "one value", wanted);
	else
		return item;
	return NULL;
}

static bool wrong_type(
        const Gguf *gguf, const GgufItem *item, const char *wanted, Error *error)
{
	return error_set(error, "%s: byte %zu: \"%s\" has type %s: expected %s",
	        gguf->path, item->at, item->key, type_names[item->type], wanted);
}

#define AS(Type)                                                                         \
	{                                                                                \
		Type value;                                                              \
		memcpy(&value, item->data + i * sizeof value, sizeof value);             \
		*number = (double)value;                                                 \
		return true;                                                             \
	}

/* Any number as a double, which holds those that anybody means. False: it is text. */
static bool number_of(const GgufItem *item, size_t i, double *number)
{
	switch (item->type) {
	case GGUF_BOOL:
	case GGUF_U8:
		AS(uint8_t)
	case GGUF_I8:
		AS(int8_t)
	case GGUF_U16:
		AS(uint16_t)
	case GGUF_I16:
		AS(int16_t)
	case GGUF_U32:
		AS(uint32_t)
	case GGUF_I32:
		AS(int32_t)
	case GGUF_U64:
		AS(uint64_t)
	case GGUF_I64:
		AS(int64_t)
	case GGUF_F32:
		AS(float)
	case GGUF_F64:
		AS(double)
	case GGUF_STRING:
	case GGUF_ARRAY:
		break;
	}
	return false;
}

static bool is_whole(const GgufItem *item)
{
	return item->type != GGUF_F32 && item->type != GGUF_F64 &&
	       item->type != GGUF_BOOL && item->type != GGUF_STRING;
}

bool gguf_whole(const Gguf *gguf, const char *key, int most, int *value, Error *error)
{
	const GgufItem *item = find(gguf, key, false, "a whole number", error);
	if (!item)
		return false;
	double number;
	if (!is_whole(item) || !number_of(item, 0, &number))
		return wrong_type(gguf, item, "a whole number", error);
	if (number < 0 || number > most)
		return error_set(error, "%s: byte %zu: \"%s\" is %.0f: expected 0 to %d",
		        gguf->path, item->at, key, number, most);
	*value = (int)number;
	return true;
}

bool gguf_real(const Gguf *gguf, const char *key, double *value, Error *error)
{
	const GgufItem *item = find(gguf, key, false, "a number", error);
	if (!item)
		return false;
	if (!number_of(item, 0, value))
		return wrong_type(gguf, item, "a number", error);
	if (!isfinite(*value))
		return error_set(error, "%s: byte %zu: \"%s\" is not finite", gguf->path,
		        item->at, key);
	return true;
}

bool gguf_flag(const Gguf *gguf, const char *key, bool *value, Error *error)
{
	const GgufItem *item = find(gguf, key, false, "true or false", error);
	if (!item)
		return false;
	if (item->type != GGUF_BOOL)
		return wrong_type(gguf, item, "true or false", error);
	*value = item->data[0];
	return true;
}

/* Copies the next text, whose length stands before it, and steps over it. */
static const char *next_text(const Gguf *gguf, Arena *arena, const unsigned char **at)
{
	uint64_t length = 0;
	size_t width = gguf->narrow ? sizeof(uint32_t) : sizeof length;
	memcpy(&length, *at, width);
	char *text = arena_alloc(arena, (size_t)length + 1);
	memcpy(text, *at + width, (size_t)length);
	text[length] = 0;
	*at += width + (size_t)length;
	return text;
}

bool gguf_text(
        const Gguf *gguf, Arena *arena, const char *key, const char **value, Error *error)
{
	const GgufItem *item = find(gguf, key, false, "a text", error);
	if (!item)
		return false;
	if (item->type != GGUF_STRING)
		return wrong_type(gguf, item, "a text", error);
	const unsigned char *at = item->data;
	*value = next_text(gguf, arena, &at);
	return true;
}

/* An array of fewer than INT_MAX values. */
static const GgufItem *find_array(
        const Gguf *gguf, const char *key, const char *wanted, int *count, Error *error)
{
	const GgufItem *item = find(gguf, key, true, wanted, error);
	if (item && item->count > INT_MAX) {
		error_set(error,
		        "%s: byte %zu: \"%s\" has %zu values: expected at most %d",
		        gguf->path, item->at, key, item->count, INT_MAX);
		return NULL;
	}
	if (item)
		*count = (int)item->count;
	return item;
}

bool gguf_texts(const Gguf *gguf, Arena *arena, const char *key,
        const char *const **values, int *count, Error *error)
{
	const GgufItem *item = find_array(gguf, key, "an array of texts", count, error);
	if (!item)
		return false;
	if (item->type != GGUF_STRING)
		return wrong_type(gguf, item, "texts", error);
	const char **texts = ARENA_ARRAY(arena, const char *, item->count);
	const unsigned char *at = item->data;
	for (size_t i = 0; i < item->count; i++)
		texts[i] = next_text(gguf, arena, &at);
	*values = texts;
	return true;
}

bool gguf_reals(const Gguf *gguf, Arena *arena, const char *key, float **values,
        int *count, Error *error)
{
	const GgufItem *item = find_array(gguf, key, "an array of numbers", count, error);
	if (!item)
		return false;
	float *numbers = ARENA_ARRAY(arena, float, item->count);
	for (size_t i = 0; i < item->count; i++) {
		double number;
		if (!number_of(item, i, &number))
			return wrong_type(gguf, item, "numbers", error);
		numbers[i] = (float)number;
	}
	*values = numbers;
	return true;
}

bool gguf_wholes(const Gguf *gguf, Arena *arena, const char *key, int **values,
        int *count, Error *error)
{
	const GgufItem *item =
	        find_array(gguf, key, "an array of whole numbers", count, error);
	if (!item)
		return false;
	int *numbers = ARENA_ARRAY(arena, int, item->count);
	for (size_t i = 0; i < item->count; i++) {
		double number;
		if (!is_whole(item) || !number_of(item, i, &number) || number < INT_MIN ||
		        number > INT_MAX)
			return wrong_type(gguf, item, "whole numbers", error);
		numbers[i] = (int)number;
	}
	*values = numbers;
	return true;
}
