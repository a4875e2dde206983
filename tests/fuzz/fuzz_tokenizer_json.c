/* Reads a tokenizer.json, and what is read encodes and decodes a text. */
#include "tensor/arena.h"
#include "tests/fuzz/fuzz.h"
#include "text/pieces/tokeniser_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char text[] = "It's 12 a\xC3\xA9[CLS]  <s>\n";
	Arena *arena = arena_new("fuzz");
	char *json = arena_zeros(arena, size + 1); /* and the 0 that json.h asks for */
	if (size)
		memcpy(json, data, size);
	Error error = { .text = "" };
	Bytes bytes = { (const unsigned char *)json, size };
	const Tokeniser *t = tokeniser_read_bytes(arena, "fuzz", bytes, &error);
	if (!t)
		FUZZ_CHECK(strncmp(error.text, "fuzz: ", 6) == 0);
	for (unsigned flags = 0; t && flags < 4; flags++) {
		TokenIds ids = tokeniser_encode(t, arena, text, sizeof text - 1, flags);
		for (int i = 0; i < ids.count; i++)
			FUZZ_CHECK(ids.at[i] >= 0 && ids.at[i] < tokeniser_count(t));
		tokeniser_decode(t, arena, ids.at, ids.count);
	}
	arena_free(arena);
	return 0;
}
