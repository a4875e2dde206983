/* Word vectors of any bytes are read or refused; what is read is finite, of words
 * asked for. */
#include "tests/fuzz/fuzz.h"
#include "text/vectors.h"
#include "text/vocabulary_text.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Vocabulary vocabulary;
	FUZZ_CHECK(vocabulary_from_text(
	        &vocabulary, arena, "v", "<pad>\n<unk>\nsad\nn't\nglad\n", NULL));
	Vectors vectors;
	Error error;
	Bytes bytes = { data, size };
	if (vectors_parse(&vectors, arena, "fuzz", bytes, &vocabulary, &error)) {
		FUZZ_CHECK(vectors.width > 0 && vectors.count <= 4);
		for (int i = 0; i < vectors.count; i++)
			FUZZ_CHECK(vectors.ids[i] > 0 && vectors.ids[i] < 5);
		for (int i = 0; i < vectors.count * vectors.width; i++)
			FUZZ_CHECK(isfinite(vectors.rows[i]));
	}
	arena_free(arena);
	return 0;
}
