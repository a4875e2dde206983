/* A file of any bytes is read or refused; what is read has each key and name once, and
 * its tensors lie in the file, where they can be unpacked. */
#include "tensor/file/gguf.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_items(const Gguf *gguf, Arena *arena)
{
	for (int i = 0; i < gguf->item_count; i++) {
		const char *key = gguf->items[i].key, *text, *const * texts;
		double number;
		bool flag;
		int whole, *wholes;
		float *reals;
		FUZZ_CHECK(i == 0 || strcmp(gguf->items[i - 1].key, key) < 0);
		FUZZ_CHECK(gguf_item(gguf, key) == &gguf->items[i]);
		if (gguf_whole(gguf, key, 100, &whole, NULL))
			FUZZ_CHECK(whole >= 0 && whole <= 100);
		if (gguf_text(gguf, arena, key, &text, NULL))
			FUZZ_CHECK(!gguf_real(gguf, key, &number, NULL));
		if (gguf_flag(gguf, key, &flag, NULL))
			FUZZ_CHECK(gguf_real(gguf, key, &number, NULL));
		if (gguf_texts(gguf, arena, key, &texts, &whole, NULL))
			FUZZ_CHECK(whole == 0 || strlen(texts[whole - 1]) <= gguf->size);
		if (gguf_wholes(gguf, arena, key, &wholes, &whole, NULL))
			FUZZ_CHECK(gguf_reals(gguf, arena, key, &reals, &whole, NULL));
	}
}

static void check_tensors(const Gguf *gguf, Arena *arena, Bytes bytes)
{
	for (int i = 0; i < gguf->count; i++) {
		const GgufTensor *tensor = &gguf->tensors[i];
		FUZZ_CHECK(i == 0 || strcmp(tensor[-1].name, tensor->name) < 0);
		FUZZ_CHECK(gguf_tensor(gguf, tensor->name) == tensor);
		FUZZ_CHECK(tensor->data >= bytes.data);
		FUZZ_CHECK(tensor->data + tensor->bytes <= bytes.data + bytes.size);
		size_t blocks = tensor->bytes / (size_t)tensor->layout->bytes;
		size_t numbers = blocks * (size_t)tensor->layout->numbers;
		real *out = arena_alloc(arena, numbers * sizeof *out);
		tensor->layout->unpack(out, tensor->data, blocks);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Gguf gguf;
	Error error = { .text = "" };
	Bytes bytes = { data, size };
	if (gguf_parse(&gguf, arena, "fuzz", bytes, &error)) {
		check_items(&gguf, arena);
		check_tensors(&gguf, arena, bytes);
	} else {
		FUZZ_CHECK(strncmp(error.text, "fuzz: ", 6) == 0);
	}
	arena_free(arena);
	return 0;
}
