/* Saving: the header is written as JSON and read back by the reader's own checks, so that
 * no file is written that could not be loaded. */
#include "layers/safetensors.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- a text that grows ------------------------------------------------------------- */

typedef struct Text {
	Arena *arena;
	char *data;
	size_t size, room;
} Text;

static void put(Text *text, const char *more, size_t size)
{
	if (text->room - text->size < size) {
		text->room = 2 * (text->room + size);
		char *larger = arena_alloc(text->arena, text->room);
		if (text->size)
			memcpy(larger, text->data, text->size);
		text->data = larger;
	}
	memcpy(text->data + text->size, more, size);
	text->size += size;
}

static void print(Text *text, const char *format, ...)
{
	char line[256]; /* punctuation and numbers; names go through put_string */
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	put(text, line, (size_t)length);
}

static void put_string(Text *text, const char *string)
{
	put(text, "\"", 1);
	for (; *string; string++) {
		unsigned char c = (unsigned char)*string;
		if (c < ' ')
			print(text, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			print(text, "\\%c", c);
		else
			put(text, string, 1);
	}
	put(text, "\"", 1);
}

/* ---- the header -------------------------------------------------------------------- */

static void put_metadata(Text *text, const Metadata *metadata)
{
	put_string(text, "__metadata__");
	for (int i = 0; i < metadata->count; i++) {
		print(text, i ? "," : ":{");
		put_string(text, metadata->items[i].key);
		print(text, ":");
		put_string(text, metadata->items[i].value);
	}
	print(text, "}");
}

/* Returns how many bytes of data the header promises. */
static size_t put_header(Text *text, const Params *params, const Metadata *metadata)
{
	size_t offset = 0;
	const char *comma = "";
	print(text, "{");
	if (metadata && metadata->count) {
		put_metadata(text, metadata);
		comma = ",";
	}
	for (int i = 0; i < params->count; i++) {
		Tensor x = params->items[i]->value;
		size_t size = tensor_count(x) * sizeof(real);
		print(text, "%s", comma);
		put_string(text, params->items[i]->name);
		print(text, ":{\"dtype\":\"F%d\",\"shape\":[", 8 * (int)sizeof(real));
		for (int d = 0; d < x.ndim; d++)
			print(text, "%s%d", d ? "," : "", x.shape[d]);
		print(text, "],\"data_offsets\":[%zu,%zu]}", offset, offset + size);
		offset += size;
		comma = ",";
	}
	print(text, "}");
	while (text->size % sizeof(double)) /* so that the numbers are aligned */
		put(text, " ", 1);
	return offset;
}

/* What is written is read first, so that no file is made that cannot be loaded: a name or
 * a value that is not UTF-8, a key that stands twice. */
static bool save(Arena *arena, const Params *params, const Metadata *metadata,
        const char *path, Error *error)
{
	Text header = { .arena = arena };
	size_t data_size = put_header(&header, params, metadata);
	Bytes bytes = { (const unsigned char *)header.data, header.size };
	SafetensorsFile file;
	if (!safetensors_header(&file, arena, path, bytes, data_size, error))
		return false;
	FileWriter *writer = file_open(arena, path, error);
	if (!writer)
		return false;
	uint64_t length = header.size;
	file_write(writer, &length, sizeof length);
	file_write(writer, header.data, header.size);
	for (int i = 0; i < params->count; i++) {
		Tensor x = params->items[i]->value;
		file_write(writer, x.data, tensor_count(x) * sizeof(real));
	}
	return file_close(writer, error);
}

bool safetensors_save(
        const Params *params, const Metadata *metadata, const char *path, Error *error)
{
	Arena *arena = arena_child(params->arena, "safetensors");
	bool saved = save(arena, params, metadata, path, error);
	arena_free(arena);
	return saved;
}
