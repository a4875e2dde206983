/* A file of any bytes is read or refused; what is read lies end to end, has each name
 * once, and loads into parameters of its shapes and no others. */
#include "layers/safetensors.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_file(const SafetensorsFile *file)
{
	size_t held = 0;
	for (int i = 0; i < file->count; i++) {
		const SafetensorsEntry *entry = &file->entries[i];
		FUZZ_CHECK(entry->begin <= entry->end && entry->end <= file->data.size);
		FUZZ_CHECK(i == 0 || strcmp(entry[-1].name, entry->name) < 0);
		FUZZ_CHECK(safetensors_find(file, entry->name) == entry);
		held += entry->end - entry->begin;
	}
	FUZZ_CHECK(held == file->data.size);
	const MetadataItem *items = file->metadata.items;
	for (int i = 0; i < file->metadata.count; i++) {
		FUZZ_CHECK(i == 0 || strcmp(items[i - 1].key, items[i].key) < 0);
		FUZZ_CHECK(
		        metadata_find(&file->metadata, items[i].key) == items[i].value);
	}
}

/* A parameter for each tensor; false where one is none that the library can hold. */
static bool fitting(Params *params, const SafetensorsFile *file)
{
	for (int i = 0; i < file->count; i++) {
		const SafetensorsEntry *entry = &file->entries[i];
		int shape[TENSOR_MAX_DIMS];
		if (!entry->type->to_real || entry->ndim > TENSOR_MAX_DIMS)
			return false;
		for (int d = 0; d < entry->ndim; d++) {
			if (entry->shape[d] > 1 << 16)
				return false;
			shape[d] = (int)entry->shape[d];
		}
		params_add_buffer(params, NULL, entry->name, entry->ndim, shape);
	}
	return true;
}

static void check_bytes(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	SafetensorsFile file;
	Error error = { .text = "" };
	if (safetensors_parse(&file, arena, "fuzz", (Bytes){ data, size }, &error)) {
		check_file(&file);
		Params params = params_new(arena);
		bool fits = fitting(&params, &file);
		FUZZ_CHECK(!fits || safetensors_load(&file, &params, &error));
		/* A fuzzer sees what names are compared with, and tries them. */
		if (fits && !safetensors_find(&file, "one.too many")) {
			params_add_buffer(&params, "one", "too many", SHAPE(1));
			FUZZ_CHECK(!safetensors_load(&file, &params, &error));
			FUZZ_CHECK(strstr(error.text, "too many"));
		}
	} else {
		FUZZ_CHECK(strncmp(error.text, "fuzz: ", 6) == 0);
	}
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_bytes(data, size);
	uint8_t *mended = fuzz_mend_header(data, size);
	if (mended)
		check_bytes(mended, size);
	free(mended);
	return 0;
}
