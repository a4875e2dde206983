/* Reading trusts nothing: every length is held against the bytes that are left before it
 * is used, every product is checked for overflow, and what counts how many things follow
 * makes no memory: lists grow as the things are met. */
#include "tensor/file/gguf.h"
#include "tensor/file/file_map.h"
#include "tensor/utf8.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ALIGNMENT = 32, /* where the file says nothing else */
	TYPES = GGUF_F64 + 1,
	LONGEST_NAME =
	        1 << 16, /* of a key or a tensor: the format's own limit for keys */
};

/* Numbers are copied as they stand, so the machine must order bytes as the file does. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian only");

/* 0: of no one size. */
static const unsigned char type_sizes[TYPES] = { 1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8 };

/* ---- bytes in turn ----------------------------------------------------------------- */

/* After the first failure nothing is read, and all that is asked for is 0. */
typedef struct Reader {
	Bytes bytes;
	size_t at;
	bool narrow; /* version 1: lengths and counts have 32 bits */
	bool failed;
	const char *path;
	Arena *arena;
	Error *error;
} Reader;

__attribute__((format(printf, 3, 4))) static void fail(
        Reader *reader, size_t at, const char *format, ...)
{
	if (reader->failed)
		return;
	reader->failed = true;
	char told[ERROR_TEXT / 2];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(told, sizeof told, format, arguments);
	va_end(arguments);
	utf8_clean(told);
	error_set(reader->error, "%s: byte %zu: %s", reader->path, at, told);
}

/* NULL: there are not so many. */
static const unsigned char *take(Reader *reader, uint64_t size, const char *what)
{
	size_t left = reader->bytes.size - reader->at;
	if (!reader->failed && size > left)
		fail(reader, reader->at,
		        "the file ends within %s: it takes %llu bytes, and %zu are left. Hint: was it copied whole?",
		        what, (unsigned long long)size, left);
	if (reader->failed)
		return NULL;
	const unsigned char *taken = reader->bytes.data + reader->at;
	reader->at += (size_t)size;
	return taken;
}

static uint32_t take_u32(Reader *reader, const char *what)
{
	uint32_t value = 0;
	const unsigned char *bytes = take(reader, sizeof value, what);
	if (bytes)
		memcpy(&value, bytes, sizeof value);
	return value;
}

static uint64_t take_u64(Reader *reader, const char *what)
{
	uint64_t value = 0;
	const unsigned char *bytes = take(reader, sizeof value, what);
	if (bytes)
		memcpy(&value, bytes, sizeof value);
	return value;
}

static uint64_t take_count(Reader *reader, const char *what)
{
	return reader->narrow ? take_u32(reader, what) : take_u64(reader, what);
}

/* The bytes of a text, which have been looked at: UTF-8 without a 0. */
static const char *take_text(Reader *reader, const char *what, size_t *length)
{
	uint64_t size = take_count(reader, what);
	size_t at = reader->at;
	const char *text = (const char *)take(reader, size, what);
	*length = text ? (size_t)size : 0;
	if (!text)
		return NULL;
	size_t invalid = utf8_invalid(text, *length);
	const char *end = memchr(text, 0, *length);
	if (invalid < *length || end)
		fail(reader, end ? at + (size_t)(end - text) : at + invalid,
		        "%s is to be UTF-8 without a 0", what);
	return reader->failed ? NULL : text;
}

static const char *text_copy(Arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);
	memcpy(copy, text, length);
	copy[length] = 0;
	return copy;
}

static const char *take_name(Reader *reader, const char *what)
{
	size_t length, at = reader->at;
	const char *text = take_text(reader, what, &length);
	if (text && (!length || length > LONGEST_NAME))
		fail(reader, at, "%s of %zu bytes: expected 1 to %d", what, length,
		        LONGEST_NAME);
	return reader->failed ? "" : text_copy(reader->arena, text, length);
}

/* ---- what is known of the model ---------------------------------------------------- */

static GgufType take_type(Reader *reader, const char *key)
{
	size_t at = reader->at;
	uint32_t type = take_u32(reader, "the type of a value");
	if (!reader->failed && type >= TYPES)
		fail(reader, at, "\"%s\" has a value of type %u: expected 0 to %d", key,
		        (unsigned)type, TYPES - 1);
	return reader->failed ? GGUF_U8 : (GgufType)type;
}

static void take_values(Reader *reader, GgufItem *item)
{
	size_t size = type_sizes[item->type], at = reader->at, length;
	item->data = reader->bytes.data + at;
	if (item->type == GGUF_STRING) {
		for (size_t i = 0; i < item->count && !reader->failed; i++)
			take_text(reader, item->key, &length);
		return;
	}
	if (item->count > SIZE_MAX / size)
		fail(reader, at, "\"%s\" has %zu values: too many", item->key,
		        item->count);
	const unsigned char *values = take(reader, item->count * size, item->key);
	for (size_t i = 0; values && item->type == GGUF_BOOL && i < item->count; i++)
		if (values[i] > 1)
			fail(reader, at + i,
			        "\"%s\" is true or false: expected 1 or 0, found %d",
			        item->key, values[i]);
}

static void take_item(Reader *reader, GgufItem *item)
{
	*item = (GgufItem){ .at = reader->at, .count = 1 };
	item->key = take_name(reader, "a key");
	item->type = take_type(reader, item->key);
	item->array = item->type == GGUF_ARRAY;
	if (item->array) {
		size_t at = reader->at;
		item->type = take_type(reader, item->key);
		if (!reader->failed && item->type == GGUF_ARRAY)
			fail(reader, at,
			        "\"%s\" is an array of arrays, which is not read",
			        item->key);
		uint64_t count = take_count(reader, item->key);
		if (count > reader->bytes.size)
			fail(reader, at,
			        "\"%s\" is to have %llu values, in a file of %zu bytes",
			        item->key, (unsigned long long)count, reader->bytes.size);
		item->count = reader->failed ? 0 : (size_t)count;
	}
	if (!reader->failed)
		take_values(reader, item);
}

/* ---- tensors ----------------------------------------------------------------------- */

/* A tensor, and where the file says it is. */
typedef struct Place {
	uint64_t offset;
	size_t at; /* of its description */
} Place;

/* The sizes stand with the last axis first. */
static void take_shape(Reader *reader, GgufTensor *tensor)
{
	size_t at = reader->at;
	uint32_t ndim = take_u32(reader, "a tensor's number of dimensions");
	if (!reader->failed && (ndim < 1 || ndim > GGUF_MAX_DIMS))
		fail(reader, at, "\"%s\" has %u dimensions: expected 1 to %d",
		        tensor->name, (unsigned)ndim, GGUF_MAX_DIMS);
	if (reader->failed)
		return;
	tensor->ndim = (int)ndim;
	for (int d = tensor->ndim - 1; d >= 0; d--) {
		at = reader->at;
		uint64_t size = take_count(reader, "a tensor's size");
		if (!reader->failed && (size < 1 || size > INT_MAX))
			fail(reader, at, "\"%s\" has a size of %llu: expected 1 to %d",
			        tensor->name, (unsigned long long)size, INT_MAX);
		tensor->shape[d] = (int)size;
	}
}

/* Its bytes, by its shape and how its numbers are held. */
static void measure(Reader *reader, GgufTensor *tensor, size_t at)
{
	const BlockLayout *layout = tensor->layout;
	int columns = tensor->shape[tensor->ndim - 1];
	if (columns % layout->numbers)
		fail(reader, at,
		        "\"%s\" has rows of %d numbers as %s: expected a multiple of %d",
		        tensor->name, columns, layout->name, layout->numbers);
	size_t bytes = (size_t)(columns / layout->numbers) * (size_t)layout->bytes;
	for (int d = 0; d < tensor->ndim - 1; d++) {
		if (bytes > SIZE_MAX / (size_t)tensor->shape[d]) {
			fail(reader, at, "the shape of \"%s\" overflows", tensor->name);
			return;
		}
		bytes *= (size_t)tensor->shape[d];
	}
	tensor->bytes = bytes;
}

static void take_tensor(Reader *reader, GgufTensor *tensor, Place *place)
{
	*tensor = (GgufTensor){ .bytes = 0 };
	place->at = reader->at;
	tensor->name = take_name(reader, "a tensor's name");
	take_shape(reader, tensor);
	size_t at = reader->at;
	uint32_t code = take_u32(reader, "a tensor's type");
	place->offset = take_u64(reader, "a tensor's offset");
	if (reader->failed)
		return;
	tensor->layout = block_layout_find(code);
	if (!tensor->layout)
		fail(reader, at,
		        "\"%s\" is held as type %u (%s), which is not read. Hint: these are: F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q6_K.",
		        tensor->name, (unsigned)code, block_layout_name(code));
	else
		measure(reader, tensor, at);
}

static uint64_t rounded_up(uint64_t x, uint64_t alignment)
{
	return (x + alignment - 1) / alignment * alignment;
}

/* In the order of the file each tensor begins where the one before ends, rounded up. */
static void place_tensors(
        Reader *reader, Gguf *gguf, const Place *places, size_t alignment)
{
	uint64_t begin = rounded_up(reader->at, alignment), end = 0;
	uint64_t size = reader->bytes.size;
	for (int i = 0; i < gguf->count && !reader->failed; i++) {
		GgufTensor *tensor = &gguf->tensors[i];
		uint64_t expected = rounded_up(end, alignment);
		if (places[i].offset != expected)
			fail(reader, places[i].at,
			        "\"%s\" begins at byte %llu of the data: expected %llu, where the tensor before it ends, rounded up to %zu",
			        tensor->name, (unsigned long long)places[i].offset,
			        (unsigned long long)expected, alignment);
		else if (begin + expected > size ||
		         tensor->bytes > size - begin - expected)
			fail(reader, places[i].at,
			        "\"%s\" takes %zu bytes from byte %llu on, but the file has %llu. Hint: was it copied whole?",
			        tensor->name, tensor->bytes,
			        (unsigned long long)(begin + expected),
			        (unsigned long long)size);
		else
			tensor->data = reader->bytes.data + begin + expected;
		end = expected + tensor->bytes;
	}
	if (!reader->failed && gguf->count && size - begin - end >= alignment)
		fail(reader, (size_t)(begin + end),
		        "%llu bytes follow the last tensor: expected fewer than %zu",
		        (unsigned long long)(size - begin - end), alignment);
}

/* ---- the whole --------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
	return strcmp(((const GgufItem *)a)->key, ((const GgufItem *)b)->key);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const GgufTensor *)a)->name, ((const GgufTensor *)b)->name);
}

static size_t read_alignment(Reader *reader, const Gguf *gguf)
{
	const GgufItem *item = gguf_item(gguf, "general.alignment");
	uint32_t alignment = ALIGNMENT;
	if (!item)
		return alignment;
	if (item->type == GGUF_U32 && !item->array)
		memcpy(&alignment, item->data, sizeof alignment);
	else
		alignment = 0;
	if (!alignment || alignment % 8 || alignment & (alignment - 1) ||
	        alignment > 1 << 20)
		fail(reader, item->at,
		        "\"general.alignment\" is to be a power of 2, from 8 to %d, as U32",
		        1 << 20);
	return alignment;
}

static void sort_items(Reader *reader, Gguf *gguf)
{
	if (gguf->item_count)
		qsort(gguf->items, (size_t)gguf->item_count, sizeof *gguf->items, by_key);
	for (int i = 1; i < gguf->item_count; i++)
		if (!by_key(&gguf->items[i - 1], &gguf->items[i]))
			fail(reader, gguf->items[i].at, "\"%s\" stands twice",
			        gguf->items[i].key);
}

static void sort_tensors(Reader *reader, Gguf *gguf)
{
	if (gguf->count)
		qsort(gguf->tensors, (size_t)gguf->count, sizeof *gguf->tensors, by_name);
	for (int i = 1; i < gguf->count; i++)
		if (!by_name(&gguf->tensors[i - 1], &gguf->tensors[i]))
			fail(reader, 0, "there are two tensors \"%s\"",
			        gguf->tensors[i].name);
}

static void read_version(Reader *reader)
{
	const unsigned char *magic = take(reader, 4, "the letters GGUF");
	if (magic && memcmp(magic, "GGUF", 4))
		fail(reader, 0, "expected a file that begins with the letters GGUF");
	uint32_t version = take_u32(reader, "the version");
	if (!reader->failed && (version < 1 || version > 3))
		fail(reader, 4, "version %u of the format: expected 1, 2 or 3",
		        (unsigned)version);
	reader->narrow = version == 1;
}

static void read_all(Reader *reader, Gguf *gguf)
{
	read_version(reader);
	uint64_t tensors = take_count(reader, "the number of tensors");
	uint64_t items = take_count(reader, "the number of items");
	int room = 0, places_room = 0;
	for (uint64_t i = 0; i < items && !reader->failed; i++) {
		gguf->items = arena_grow(reader->arena, gguf->items, gguf->item_count,
		        &room, sizeof *gguf->items);
		take_item(reader, &gguf->items[gguf->item_count++]);
	}
	sort_items(reader, gguf);
	size_t alignment = reader->failed ? ALIGNMENT : read_alignment(reader, gguf);
	Place *places = NULL;
	room = 0;
	for (uint64_t i = 0; i < tensors && !reader->failed; i++) {
		gguf->tensors = arena_grow(reader->arena, gguf->tensors, gguf->count,
		        &room, sizeof *gguf->tensors);
		places = arena_grow(
		        reader->arena, places, gguf->count, &places_room, sizeof *places);
		take_tensor(reader, &gguf->tensors[gguf->count], &places[gguf->count]);
		gguf->count++;
	}
	if (!reader->failed)
		place_tensors(reader, gguf, places, alignment);
	if (!reader->failed)
		sort_tensors(reader, gguf);
}

bool gguf_parse(Gguf *gguf, Arena *arena, const char *path, Bytes bytes, Error *error)
{
	Reader reader = { .bytes = bytes, .path = path, .arena = arena, .error = error };
	*gguf = (Gguf){ .path = path, .size = bytes.size };
	read_all(&reader, gguf);
	gguf->narrow = reader.narrow;
	return !reader.failed;
}

bool gguf_open(Gguf *gguf, Arena *arena, const char *path, Error *error)
{
	Bytes bytes;
	return file_view(&bytes, arena, path, error) &&
	       gguf_parse(gguf, arena, path, bytes, error);
}

const GgufTensor *gguf_tensor(const Gguf *gguf, const char *name)
{
	GgufTensor key = { .name = name };
	if (!gguf->count)
		return NULL;
	return bsearch(&key, gguf->tensors, (size_t)gguf->count, sizeof key, by_name);
}

const GgufItem *gguf_item(const Gguf *gguf, const char *key)
{
	GgufItem item = { .key = key };
	if (!gguf->item_count)
		return NULL;
	return bsearch(&item, gguf->items, (size_t)gguf->item_count, sizeof item, by_key);
}
