/* A vocabulary of any text is read or refused; written it is the text again. */
#include "tests/fuzz/fuzz.h"
#include "text/vocabulary.h"
#include "text/vocabulary_text.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	char *text = arena_zeros(arena, size + 2);
	memcpy(text, data, size);
	size = strlen(text);
	Vocabulary vocabulary;
	Error error;
	if (vocabulary_from_text(&vocabulary, arena, "fuzz", text, &error)) {
		if (text[size - 1] != '\n')
			memcpy(text + size, "\n", 2);
		FUZZ_CHECK(strcmp(vocabulary_to_text(arena, &vocabulary), text) == 0);
		for (int id = 0; id < vocabulary.words.count; id++)
			FUZZ_CHECK(vocabulary_id(&vocabulary,
			                   vocabulary.words.names[id]) == id);
	}
	arena_free(arena);
	return 0;
}
