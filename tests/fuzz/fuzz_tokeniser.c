/* Any bytes as a text for tokenisers of each kind: a byte-level one gives back the text,
 * its bytes that are not UTF-8 as U+FFFD; all are the same the second time. */
#include "tensor/arena.h"
#include "tensor/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "text/pieces/byte_letters.h"
#include "text/pieces/tokeniser.h"

enum { LETTERS = 256, TOKENS = LETTERS + 8 };

/* 256 letters of bytes, or <0x00> to <0xFF>, and eight more. */
static const Tokeniser *make(
        Arena *arena, TokeniserKind kind, const NormalStep *normal, const CutStep *cuts)
{
	static const char *const more[3][8] = {
		{ "Ġt", "Ġth", "th", "he", "Ġthe", "<|x|>", "aa", "aaaa" },
		{ "▁", "▁t", "h", "a", "aa", "▁th", "<s>", "t" },
		{ "the", "##a", "a", "##the", "[UNK]", "[CLS]", "t", "##h" },
	};
	static const char *const merges[] = { "Ġ t", "t h", "Ġt h", "h e", "Ġt he", "a a",
		"aa aa" };
	const char **tokens = ARENA_ARRAY(arena, const char *, TOKENS);
	int *types = ARENA_ARRAY(arena, int, TOKENS);
	float *scores = ARENA_ARRAY(arena, float, TOKENS);
	for (int i = 0; i < TOKENS; i++) {
		char letter[8];
		const char byte = (char)i;
		byte_letters(letter, &byte, 1);
		if (kind != TOKENISER_BYTES)
			snprintf(letter, sizeof letter, "<0x%02X>", i & 255);
		tokens[i] = i < LETTERS ? arena_string(arena, letter)
		                        : more[kind][i - LETTERS];
		bool control = strchr("<[", tokens[i][0]) && i >= LETTERS;
		types[i] = control ? TOKEN_CONTROL : TOKEN_NORMAL;
		scores[i] = -(float)i;
	}
	TokeniserParts parts = { .path = "fuzz",
		.kind = kind,
		.count = TOKENS,
		.tokens = tokens,
		.types = types,
		.scores = scores,
		.unknown = -1 };
	if (kind == TOKENISER_BYTES) {
		parts.merges = merges;
		parts.merge_count = 7;
	} else if (kind == TOKENISER_WORDS) {
		parts.unknown = LETTERS + 4;
	}
	parts.byte_tokens = kind == TOKENISER_SENTENCE;
	for (int i = 0; normal[i] != NORMAL_END; i++)
		parts.normal[i] = normal[i];
	for (int i = 0; cuts[i] != CUT_END; i++)
		parts.cuts[i] = cuts[i];
	Error error;
	const Tokeniser *t = tokeniser_new(arena, &parts, &error);
	FUZZ_CHECK(t);
	return t;
}

/* The text as valid UTF-8. */
static TokenBytes valid(Arena *arena, const char *text, size_t size)
{
	char *out = arena_alloc(arena, 3 * size + 1), *end = out;
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(text + at, size - at);
		end += utf8_put(end, next.point);
		at += (size_t)next.bytes;
	}
	return (TokenBytes){ out, (size_t)(end - out) };
}

static void check(Arena *arena, const Tokeniser *t, TokenBytes text, bool gives_back)
{
	for (unsigned flags = 0; flags < 4; flags++) {
		TokenIds a = tokeniser_encode(t, arena, text.at, text.size, flags);
		TokenIds b = tokeniser_encode(t, arena, text.at, text.size, flags);
		FUZZ_CHECK(a.count == b.count);
		for (int i = 0; i < a.count; i++) {
			FUZZ_CHECK(a.at[i] == b.at[i]);
			FUZZ_CHECK(a.at[i] >= 0 && a.at[i] < TOKENS);
		}
		TokenBytes back = tokeniser_decode(t, arena, a.at, a.count);
		if (!gives_back || (flags & ENCODE_CONTROL))
			continue;
		TokenBytes whole = valid(arena, text.at, text.size);
		FUZZ_CHECK(back.size == whole.size);
		FUZZ_CHECK(memcmp(back.at, whole.at, whole.size) == 0);
	}
}

enum { MADE = 5 };

/* Made once: what they are made of does not change. */
static void make_all(Arena *arena, const Tokeniser *made[MADE])
{
	static const NormalStep none[] = { NORMAL_END },
	                        nfc[] = { NORMAL_NFC, NORMAL_END },
	                        marks[] = { NORMAL_MARK_START, NORMAL_SPACE_MARKS,
		                        NORMAL_END },
	                        bert[] = { NORMAL_CLEAN, NORMAL_IDEOGRAPHS, NORMAL_NFD,
		                        NORMAL_ACCENTS, NORMAL_LOWER, NORMAL_END };
	static const CutStep gpt2[] = { CUT_DIGITS, CUT_GPT2, CUT_END },
	                     llama3[] = { CUT_LLAMA3, CUT_END },
	                     qwen2[] = { CUT_QWEN2, CUT_END }, whole[] = { CUT_END },
	                     words[] = { CUT_BERT, CUT_END };
	made[0] = make(arena, TOKENISER_BYTES, none, gpt2);
	made[1] = make(arena, TOKENISER_BYTES, none, llama3);
	made[2] = make(arena, TOKENISER_BYTES, nfc, qwen2);
	made[3] = make(arena, TOKENISER_SENTENCE, marks, whole);
	made[4] = make(arena, TOKENISER_WORDS, bert, words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const Tokeniser *made[MADE];
	static Arena *kept;
	if (!kept) {
		kept = arena_new("tokenisers");
		make_all(kept, made);
	}
	Arena *arena = arena_new("fuzz");
	TokenBytes text = { arena_copy(arena, data, size), size };
	for (int i = 0; i < MADE; i++)
		check(arena, made[i], text, i < 2);
	arena_free(arena);
	return 0;
}
