/* The vocabularies of two published models, where `make weights` has fetched them, and
 * the lines of published corpora, where EMOTIONNET_DATA has them: token for token as
 * Hugging Face's tokenizers (tests/golden/make_published_tokens.py). */
#include "emotionnet/language/language.h"
#include "tensor/file/folder.h"
#include "tensor/file/hash.h"
#include "tests/support/tokenisers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BOTH = ENCODE_ENDS | ENCODE_CONTROL };

/* NULL, with a message, where it has not been fetched. */
static const Tokeniser *fetched(Arena *arena, const char *name)
{
	const char *folder = getenv("EMOTIONNET_WEIGHTS");
	const char *path = arena_format(
	        arena, "%s/%s", folder && folder[0] ? folder : "build/weights", name);
	if (!path_is_folder(path) && !path_check_file(path, NULL)) {
		printf("skipped: %s is not there: make weights fetches it\n", path);
		return NULL;
	}
	LanguageFile file;
	Error error;
	ck_assert_msg(language_open(&file, arena, path, &error), "%s", error.text);
	return file.tokeniser;
}

/* "FILE COUNT HASH": all lines of the file, each a text. */
static void check_file(
        Arena *arena, const Tokeniser *t, const char *name, const char *expected)
{
	char file[64], text[128];
	const char *folder = getenv("EMOTIONNET_DATA");
	ck_assert_int_eq(sscanf(expected, "%63s", file), 1);
	const char *path =
	        arena_format(arena, "%s/%s", folder ? folder : "../shared/data", file);
	Bytes bytes;
	if (!path_check_file(path, NULL)) {
		printf("skipped: %s is not there: set EMOTIONNET_DATA\n", path);
		return;
	}
	Error error;
	ck_assert_msg(file_read(&bytes, arena, path, &error), "%s", error.text);
	Arena *scratch = arena_child(arena, "line");
	uint64_t hash = HASH_BEGIN;
	int count = 0;
	const char *at = (const char *)bytes.data, *end = at + bytes.size;
	for (const char *stop; at <= end; at = stop + 1) {
		stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		TokenIds ids =
		        tokeniser_encode(t, scratch, at, (size_t)(stop - at), BOTH);
		hash = hash_bytes(hash, ids.at, (size_t)ids.count * sizeof(int));
		count += ids.count;
		arena_reset(scratch);
	}
	snprintf(text, sizeof text, "%s %d %016llx", file, count,
	        (unsigned long long)hash);
	ck_assert_msg(
	        strcmp(text, expected) == 0, "%s: %s, expected %s", name, text, expected);
	arena_free(scratch);
}

static void check_all(const char *name, const char *path)
{
	Arena *arena = arena_new("test");
	const Tokeniser *t = fetched(arena, path);
	if (t) {
		golden_check_texts(arena, t, name, BOTH);
		golden_check_blocks(arena, t, name, BOTH);
		Lines files = golden_lines(arena, arena_format(arena, "%s.files", name));
		for (int i = 0; i < files.count; i++)
			check_file(arena, t, name, files.at[i]);
	}
	arena_free(arena);
}

START_TEST(published_minilm_cuts_texts_as_its_makers)
{
	check_all("minilm", "minilm");
}
END_TEST

START_TEST(published_smollm2_cuts_texts_as_its_makers)
{
	check_all("smollm2", "smollm2/SmolLM2-135M-Instruct.Q4_1.gguf");
}
END_TEST

TEST_MAIN("published_tokens", published_minilm_cuts_texts_as_its_makers,
        published_smollm2_cuts_texts_as_its_makers)
