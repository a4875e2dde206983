/* Saving: the header is written as JSON and read back by the reader's own checks, so that
 * no file is written that could not be loaded; then the checksum is put in its place. */
#include "layers/safetensors.h"
#include "tensor/file/crc32.h"
#include "tensor/file/json_write.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void put_metadata(FILE *out, const Metadata *metadata)
{
	fputs("\"__metadata__\":{\"" SAFETENSORS_SUM "\":\"00000000\"", out);
	for (int i = 0; metadata && i < metadata->count; i++) {
		fputs(",", out);
		json_text(out, metadata->items[i].key);
		fputs(":", out);
		json_text(out, metadata->items[i].value);
	}
	fputs("}", out);
}

/* Returns how many bytes of data the header promises. */
static size_t put_header(FILE *out, const Params *params, const Metadata *metadata)
{
	size_t offset = 0;
	fputs("{", out);
	put_metadata(out, metadata);
	for (int i = 0; i < params->count; i++) {
		Tensor x = params->items[i]->value;
		size_t size = tensor_count(x) * sizeof(real);
		fputs(",", out);
		json_text(out, params->items[i]->name);
		fprintf(out, ":{\"dtype\":\"F%d\",\"shape\":[", 8 * (int)sizeof(real));
		for (int d = 0; d < x.ndim; d++)
			fprintf(out, "%s%d", d ? "," : "", x.shape[d]);
		fprintf(out, "],\"data_offsets\":[%zu,%zu]}", offset, offset + size);
		offset += size;
	}
	fputs("}", out);
	while (ftell(out) % (long)sizeof(double)) /* so that the numbers are aligned */
		fputs(" ", out);
	return offset;
}

/* Enough for the header: a byte of a string takes six at most, as \u001f. */
static size_t room_for(const Params *params, const Metadata *metadata)
{
	enum { AROUND = 256 }; /* all but the strings of an entry */
	size_t room = AROUND;
	for (int i = 0; metadata && i < metadata->count; i++)
		room += AROUND + 6 * (strlen(metadata->items[i].key) +
		                             strlen(metadata->items[i].value));
	for (int i = 0; i < params->count; i++)
		room += AROUND + 6 * strlen(params->items[i]->name);
	return room;
}

/* Of all bytes but its own digits, which it takes the place of. */
static void put_sum(Bytes header, const Params *params)
{
	uint64_t length = header.size;
	char *digits = safetensors_digits(header), text[SAFETENSORS_DIGITS + 1];
	size_t before = (size_t)((const unsigned char *)digits - header.data);
	size_t after = before + SAFETENSORS_DIGITS;
	uint32_t sum = crc32_add(0, &length, sizeof length);
	sum = crc32_add(sum, header.data, before);
	sum = crc32_add(sum, header.data + after, header.size - after);
	for (int i = 0; i < params->count; i++) {
		Tensor x = params->items[i]->value;
		sum = crc32_add(sum, x.data, tensor_count(x) * sizeof(real));
	}
	snprintf(text, sizeof text, "%08x", (unsigned)sum);
	memcpy(digits, text, SAFETENSORS_DIGITS);
}

/* What is written is read first, so that no file is made that cannot be loaded: a name or
 * a value that is not UTF-8, a key that stands twice. */
static bool save(Arena *arena, const Params *params, Bytes header, size_t data_size,
        const char *path, bool synced, Error *error)
{
	SafetensorsFile file;
	if (!safetensors_header(&file, arena, path, header, data_size, error))
		return false;
	FileWriter *writer = file_open(arena, path, error);
	if (!writer)
		return false;
	if (!synced)
		file_unsynced(writer);
	put_sum(header, params);
	uint64_t length = header.size;
	file_write(writer, &length, sizeof length);
	file_write(writer, header.data, header.size);
	for (int i = 0; i < params->count; i++) {
		Tensor x = params->items[i]->value;
		file_write(writer, x.data, tensor_count(x) * sizeof(real));
	}
	return file_close(writer, error);
}

static bool save_all(const Params *params, const Metadata *metadata, const char *path,
        bool synced, Error *error)
{
	Arena *arena = arena_child(params->arena, "safetensors");
	size_t room = room_for(params, metadata);
	char *text = arena_alloc(arena, room);
	FILE *out = fmemopen(text, room, "w");
	if (!out)
		error_out_of_memory("safetensors", room);
	size_t data_size = put_header(out, params, metadata);
	Bytes header = { (const unsigned char *)text, (size_t)ftell(out) };
	fclose(out);
	bool saved = save(arena, params, header, data_size, path, synced, error);
	arena_free(arena);
	return saved;
}

bool safetensors_save(
        const Params *params, const Metadata *metadata, const char *path, Error *error)
{
	return save_all(params, metadata, path, true, error);
}

bool safetensors_save_unsynced(
        const Params *params, const Metadata *metadata, const char *path, Error *error)
{
	return save_all(params, metadata, path, false, error);
}
