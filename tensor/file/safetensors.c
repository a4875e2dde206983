/* Reading trusts nothing: the header is at most as long as the file, JSON is read by a
 * reader that cannot recurse, every product is checked for overflow, and the tensors'
 * bytes must lie end to end from the header to the end of the file. What passes can be
 * loaded without a further check. */
#include "tensor/file/safetensors.h"
#include "tensor/file/crc32.h"
#include "tensor/file/json.h"
#include "tensor/file/file_map.h"
#include "tensor/half.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PREFIX = 8,                 /* bytes before the header: its length */
	LARGEST_HEADER = 100000000, /* as in the reference implementation */
};

/* Numbers are copied as they stand, so the machine must order bytes as the file does. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian only");

/* ---- types ------------------------------------------------------------------------- */

static void from_f64(real *out, const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		double x;
		memcpy(&x, bytes + sizeof x * i, sizeof x);
		out[i] = (real)x;
	}
}

/* All types of the format, so that every valid file can be told from a bad one. */
static const SafetensorsType types[] = {
	{ "F64", 8, from_f64 },
	{ "F32", 4, reals_of_f32 },
	{ "F16", 2, reals_of_f16 },
	{ "BF16", 2, reals_of_bf16 },
	{ "I64", 8, NULL },
	{ "U64", 8, NULL },
	{ "I32", 4, NULL },
	{ "U32", 4, NULL },
	{ "I16", 2, NULL },
	{ "U16", 2, NULL },
	{ "I8", 1, NULL },
	{ "U8", 1, NULL },
	{ "BOOL", 1, NULL },
	{ "F8_E4M3", 1, NULL },
	{ "F8_E5M2", 1, NULL },
};

/* ---- reading the header ------------------------------------------------------------ */

static const SafetensorsType *read_type(Json *json)
{
	size_t at = json->at;
	const char *name = json_string(json);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(name, types[i].name) == 0)
			return &types[i];
	json_fail(json, at, "dtype \"%s\" is not known", name);
	return &types[0];
}

static void read_shape(Json *json, SafetensorsEntry *entry)
{
	size_t at = json->at;
	json_open(json, '[');
	while (json_next(json, ']')) {
		size_t size = json_size(json);
		if (entry->ndim == SAFETENSORS_MAX_DIMS)
			json_fail(json, at, "more than %d dimensions",
			        SAFETENSORS_MAX_DIMS);
		else
			entry->shape[entry->ndim++] = size;
	}
}

static void read_offsets(Json *json, SafetensorsEntry *entry)
{
	size_t at = json->at, offsets[2] = { 0 };
	int count = 0;
	json_open(json, '[');
	while (json_next(json, ']')) {
		size_t offset = json_size(json);
		if (count < 2)
			offsets[count] = offset;
		count++;
	}
	if (count != 2)
		json_fail(json, at, "data_offsets need a begin and an end, found %d",
		        count);
	entry->begin = offsets[0];
	entry->end = offsets[1];
}

/* The shape, the type, the offsets and the file must agree. */
static void check_entry(Json *json, const SafetensorsEntry *entry, size_t data_size)
{
	if (entry->begin > entry->end || entry->end > data_size) {
		json_fail(json, entry->at,
		        "\"%s\" is to lie in bytes %zu to %zu of the data, which has %zu",
		        entry->name, entry->begin, entry->end, data_size);
		return;
	}
	size_t bytes = entry->type->size, held = entry->end - entry->begin;
	bool empty = false;
	for (int d = 0; d < entry->ndim; d++)
		empty = empty || entry->shape[d] == 0;
	for (int d = 0; d < entry->ndim && !empty; d++) {
		if (bytes > SIZE_MAX / entry->shape[d]) {
			json_fail(json, entry->at, "the shape of \"%s\" overflows",
			        entry->name);
			return;
		}
		bytes *= entry->shape[d];
	}
	if (empty)
		bytes = 0;
	if (bytes != held)
		json_fail(json, entry->at,
		        "\"%s\" takes %zu bytes by its shape and dtype, %zu by its offsets",
		        entry->name, bytes, held);
}

static void read_entry(Json *json, SafetensorsEntry *entry, size_t data_size)
{
	bool has_type = false, has_shape = false, has_offsets = false;
	json_open(json, '{');
	while (json_next(json, '}')) {
		size_t at = json->at;
		const char *key = json_key(json);
		if (!has_type && strcmp(key, "dtype") == 0) {
			has_type = true;
			entry->type = read_type(json);
		} else if (!has_shape && strcmp(key, "shape") == 0) {
			has_shape = true;
			read_shape(json, entry);
		} else if (!has_offsets && strcmp(key, "data_offsets") == 0) {
			has_offsets = true;
			read_offsets(json, entry);
		} else {
			json_fail(json, at,
			        "\"%s\": expected dtype, shape and data_offsets, once each",
			        key);
		}
	}
	if (!has_type || !has_shape || !has_offsets)
		json_fail(json, entry->at, "\"%s\" lacks dtype, shape or data_offsets",
		        entry->name);
	if (!json->failed)
		check_entry(json, entry, data_size);
}

/* A key and its value, and where the header has them. */
typedef struct PlacedItem {
	MetadataItem item;
	size_t at;
} PlacedItem;

static int by_key(const void *a, const void *b)
{
	const PlacedItem *left = a, *right = b;
	int order = strcmp(left->item.key, right->item.key);
	return order ? order : (left->at > right->at) - (left->at < right->at);
}

/* Sorted by key. One that stands twice is told where it stands the second time. */
static void sort_metadata(Json *json, PlacedItem *items, int count, Metadata *metadata)
{
	if (!count)
		return;
	qsort(items, (size_t)count, sizeof *items, by_key);
	for (int i = 1; i < count; i++)
		if (strcmp(items[i - 1].item.key, items[i].item.key) == 0)
			json_fail(json, items[i].at,
			        "\"%s\" stands twice in the metadata", items[i].item.key);
	metadata->items =
	        arena_array(json->arena, (size_t)count, sizeof *metadata->items);
	for (int i = 0; i < count; i++)
		metadata->items[i] = items[i].item;
	metadata->count = count;
}

static void read_metadata(Json *json, Metadata *metadata)
{
	PlacedItem *items = NULL;
	int count = 0, capacity = 0;
	json_open(json, '{');
	while (json_next(json, '}')) {
		items = arena_grow(json->arena, items, count, &capacity, sizeof *items);
		size_t at = json->at;
		const char *key = json_key(json);
		items[count++] = (PlacedItem){ { key, json_string(json) }, at };
	}
	if (!json->failed)
		sort_metadata(json, items, count, metadata);
}

static void read_header(Json *json, SafetensorsFile *file)
{
	int capacity = 0;
	bool has_metadata = false;
	if (json->text.size == 0 || json->text.data[0] != '{')
		json_fail(json, 0, "expected the header to begin with '{'");
	json_open(json, '{');
	while (json_next(json, '}')) {
		size_t at = json->at;
		const char *name = json_key(json);
		if (strcmp(name, "__metadata__") == 0) {
			if (has_metadata)
				json_fail(json, at, "\"__metadata__\" stands twice");
			has_metadata = true;
			read_metadata(json, &file->metadata);
			continue;
		}
		file->entries = arena_grow(json->arena, file->entries, file->count,
		        &capacity, sizeof *file->entries);
		SafetensorsEntry *entry = &file->entries[file->count++];
		*entry = (SafetensorsEntry){ .name = name, .at = at };
		read_entry(json, entry, file->data.size);
	}
}

/* ---- what only the whole header shows ---------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	const SafetensorsEntry *left = a, *right = b;
	return strcmp(left->name, right->name);
}

static int by_place(const void *a, const void *b)
{
	const SafetensorsEntry *left = a, *right = b;
	if (left->begin != right->begin)
		return left->begin < right->begin ? -1 : 1;
	return (left->end > right->end) - (left->end < right->end);
}

/* Sorted by their place, each tensor begins where the one before it ends, and the last
 * one ends where the file does. */
static void check_places(Json *json, SafetensorsFile *file)
{
	if (file->count)
		qsort(file->entries, (size_t)file->count, sizeof *file->entries,
		        by_place);
	size_t end = 0;
	for (int i = 0; i < file->count; i++) {
		const SafetensorsEntry *entry = &file->entries[i];
		if (entry->begin < end)
			json_fail(json, entry->at,
			        "\"%s\" overlaps \"%s\": it begins at %zu of the data, expected %zu",
			        entry->name, entry[-1].name, entry->begin, end);
		else if (entry->begin > end)
			json_fail(json, entry->at,
			        "a gap before \"%s\": it begins at %zu of the data, expected %zu",
			        entry->name, entry->begin, end);
		end = entry->end;
	}
	if (end != file->data.size)
		json_fail(json, json->text.size,
		        "%zu bytes of data follow the header, expected %zu",
		        file->data.size, end);
}

static void check_names(Json *json, SafetensorsFile *file)
{
	if (file->count)
		qsort(file->entries, (size_t)file->count, sizeof *file->entries, by_name);
	for (int i = 1; i < file->count; i++)
		if (by_name(&file->entries[i - 1], &file->entries[i]) == 0)
			json_fail(json, file->entries[i].at, "\"%s\" stands twice",
			        file->entries[i].name);
}

bool safetensors_header(SafetensorsFile *file, Arena *arena, const char *path,
        Bytes header, size_t data_size, Error *error)
{
	*file = (SafetensorsFile){ .path = path, .data.size = data_size };
	Json json = { .path = path, .text = header, .offset = PREFIX, .arena = arena };
	json.error = error;
	read_header(&json, file);
	if (!json_end(&json))
		return false;
	check_places(&json, file);
	check_names(&json, file);
	return !json.failed;
}

/* ---- the checksum ------------------------------------------------------------------ */

char *safetensors_digits(Bytes header)
{
	/* no string can have it inside: there a quote is \" */
	static const char key[] = "\"" SAFETENSORS_SUM "\":\"";
	size_t size = sizeof key - 1, most = size + SAFETENSORS_DIGITS;
	for (size_t at = 0; at + most < header.size; at++)
		if (!memcmp(header.data + at, key, size))
			return (char *)(uintptr_t)(header.data + at + size);
	return NULL;
}

/* It is the file's, not the caller's: it is taken out of the metadata. NULL: none. */
static const char *take_sum(Metadata *metadata)
{
	const char *told = metadata_find(metadata, SAFETENSORS_SUM);
	int kept = 0;
	for (int i = 0; i < metadata->count; i++)
		if (strcmp(metadata->items[i].key, SAFETENSORS_SUM))
			metadata->items[kept++] = metadata->items[i];
	metadata->count = kept;
	return told;
}

static bool check_sum(SafetensorsFile *file, Bytes bytes, Bytes header, Error *error)
{
	const char *told = take_sum(&file->metadata);
	const char *digits = told ? safetensors_digits(header) : NULL;
	if (!digits)
		return true;
	size_t before = (size_t)((const unsigned char *)digits - bytes.data);
	size_t after = before + SAFETENSORS_DIGITS;
	uint32_t sum = crc32_add(0, bytes.data, before);
	sum = crc32_add(sum, bytes.data + after, bytes.size - after);
	char found[SAFETENSORS_DIGITS + 1];
	snprintf(found, sizeof found, "%08x", (unsigned)sum);
	file->summed = !strcmp(told, found);
	return file->summed ||
	       error_set(error,
	               "%s: damaged: its checksum is %.8s, but its bytes make %s. Hint: copy it again from where it came, or make it anew; who changed it on purpose takes \"" SAFETENSORS_SUM
	               "\" out of its metadata.",
	               file->path, told, found);
}

bool safetensors_parse(
        SafetensorsFile *file, Arena *arena, const char *path, Bytes bytes, Error *error)
{
	if (bytes.size < PREFIX)
		return error_set(error,
		        "%s: %zu bytes are too few for a safetensors file: it begins with %d bytes that hold the header's length",
		        path, bytes.size, PREFIX);
	uint64_t length;
	memcpy(&length, bytes.data, sizeof length);
	size_t rest = bytes.size - PREFIX;
	if (length > LARGEST_HEADER || length > rest)
		return error_set(error,
		        "%s: byte 0: a header of %llu bytes does not fit: %zu bytes follow, and %d are the most. Hint: is it a safetensors file?",
		        path, (unsigned long long)length, rest, LARGEST_HEADER);
	Bytes header = { bytes.data + PREFIX, (size_t)length };
	rest -= header.size;
	if (!safetensors_header(file, arena, path, header, rest, error))
		return false;
	file->data.data = header.data + header.size;
	return check_sum(file, bytes, header, error);
}

bool safetensors_open(SafetensorsFile *file, Arena *arena, const char *path, Error *error)
{
	Bytes bytes;
	return file_view(&bytes, arena, path, error) &&
	       safetensors_parse(file, arena, path, bytes, error);
}

const SafetensorsEntry *safetensors_find(const SafetensorsFile *file, const char *name)
{
	SafetensorsEntry key = { .name = name };
	if (!file->count)
		return NULL;
	return bsearch(&key, file->entries, (size_t)file->count, sizeof key, by_name);
}

const char *metadata_find(const Metadata *metadata, const char *key)
{
	for (int i = 0; i < metadata->count; i++)
		if (strcmp(metadata->items[i].key, key) == 0)
			return metadata->items[i].value;
	return NULL;
}
