/* A model of any bytes is refused, or loaded, and then answers a sentence and a sound with
 * probabilities, or says that it cannot. */
#include "tests/fuzz/fuzz.h"
#include "tests/support/answers.h"

static void try_bytes(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Checkpoint checkpoint;
	Error error = { "" };
	const char *path = fuzz_file(data, size);
	Tensor answers;
	if (!checkpoint_load(&checkpoint, arena, path, &error))
		FUZZ_CHECK(strstr(error.text, path));
	else if (answers_of(&answers, arena, &checkpoint, &error))
		FUZZ_CHECK(answers_are_good(answers));
	else
		FUZZ_CHECK(*error.text);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_bytes(data, size);
	uint8_t *mended = fuzz_mend_header(data, size);
	if (mended)
		try_bytes(mended, size);
	free(mended);
	return 0;
}
