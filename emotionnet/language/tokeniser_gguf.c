/* "tokenizer.ggml.model" says which kind of three it is, ".pre" how texts are cut. */
#include "emotionnet/language/tokeniser_gguf.h"

#include <string.h>

#define KEY "tokenizer.ggml."

typedef struct Reader {
	const Gguf *gguf;
	Arena *scratch;
	TokeniserParts *parts;
	Error *error;
} Reader;

static bool has(const Reader *r, const char *key)
{
	return gguf_item(r->gguf, key);
}

/* A token's number; `absent` where the item is not there. */
static bool token(const Reader *r, const char *key, int absent, int *value)
{
	*value = absent;
	return !has(r, key) ||
	       gguf_whole(r->gguf, key, r->parts->count - 1, value, r->error);
}

static bool flag(const Reader *r, const char *key, bool absent, bool *value)
{
	*value = absent;
	return !has(r, key) || gguf_flag(r->gguf, key, value, r->error);
}

static bool same_count(const Reader *r, const char *key, int count)
{
	return count == r->parts->count ||
	       error_set(r->error, "%s: \"%s\" has %d values for %d tokens",
	               r->gguf->path, key, count, r->parts->count);
}

static bool read_tokens(Reader *r)
{
	TokeniserParts *p = r->parts;
	int count, *types;
	if (!gguf_texts(
	            r->gguf, r->scratch, KEY "tokens", &p->tokens, &p->count, r->error))
		return false;
	if (!has(r, KEY "token_type"))
		return true;
	if (!gguf_wholes(
	            r->gguf, r->scratch, KEY "token_type", &types, &count, r->error) ||
	        !same_count(r, KEY "token_type", count))
		return false;
	p->types = types;
	return true;
}

static bool read_scores(Reader *r)
{
	float *scores;
	int count;
	if (!gguf_reals(r->gguf, r->scratch, KEY "scores", &scores, &count, r->error) ||
	        !same_count(r, KEY "scores", count))
		return false;
	r->parts->scores = scores;
	return true;
}

/* Tokens around a text: the first, if .add_bos_token says so, and the last. */
static bool read_ends(Reader *r, bool first, bool last)
{
	TokeniserParts *p = r->parts;
	int begin, end;
	if (!flag(r, KEY "add_bos_token", first, &first) ||
	        !flag(r, KEY "add_eos_token", last, &last) ||
	        !token(r, KEY "bos_token_id", -1, &begin) ||
	        !token(r, KEY "eos_token_id", -1, &end))
		return false;
	if (first && begin >= 0)
		p->first[p->first_count++] = begin;
	if (last && end >= 0)
		p->last[p->last_count++] = end;
	return true;
}

/* How a byte-level tokeniser cuts a text, by the name that llama.cpp has for it. */
static bool read_cuts(Reader *r)
{
	static const struct {
		const char *name;
		bool nfc;
		CutStep cuts[2];
	} known[] = {
		{ "gpt-2", false, { CUT_GPT2 } },
		{ "default", false, { CUT_GPT2 } },
		{ "smollm", false, { CUT_DIGITS, CUT_GPT2 } },
		{ "llama-bpe", false, { CUT_LLAMA3 } },
		{ "llama3", false, { CUT_LLAMA3 } },
		{ "qwen2", true, { CUT_QWEN2 } },
	};
	const char *name = "gpt-2";
	if (has(r, KEY "pre") &&
	        !gguf_text(r->gguf, r->scratch, KEY "pre", &name, r->error))
		return false;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strcmp(name, known[i].name))
			continue;
		memcpy(r->parts->cuts, known[i].cuts, sizeof known[i].cuts);
		if (known[i].nfc)
			r->parts->normal[0] = NORMAL_NFC;
		r->parts->whole_words = known[i].cuts[0] == CUT_LLAMA3;
		return true;
	}
	return error_set(r->error,
	        "%s: \"" KEY
	        "pre\" is \"%.40s\": expected gpt-2, smollm, llama-bpe or qwen2. Hint: cut otherwise, a text would become other tokens than those the model learnt.",
	        r->gguf->path, name);
}

static bool read_bytes(Reader *r)
{
	TokeniserParts *p = r->parts;
	p->kind = TOKENISER_BYTES;
	p->unknown = -1;
	return gguf_texts(r->gguf, r->scratch, KEY "merges", &p->merges, &p->merge_count,
	               r->error) &&
	       read_cuts(r) && read_ends(r, false, false);
}

static bool read_sentence(Reader *r)
{
	TokeniserParts *p = r->parts;
	p->kind = TOKENISER_SENTENCE;
	p->fuse_unknown = p->byte_tokens = true;
	if (!flag(r, KEY "add_space_prefix", true, &p->space_first) ||
	        !token(r, KEY "unknown_token_id", 0, &p->unknown))
		return false;
	int step = 0;
	if (p->space_first)
		p->normal[step++] = NORMAL_MARK_FIRST;
	p->normal[step] = NORMAL_SPACE_MARKS;
	return read_scores(r) && read_ends(r, true, false);
}

/* Tokens stand as "▁the" and "ing", which the tokeniser wants as "the" and "##ing". */
static const char *word_piece(Arena *arena, const char *token, int type)
{
	static const char mark[] = "\xe2\x96\x81";
	if (!strncmp(token, mark, sizeof mark - 1))
		return token + sizeof mark - 1;
	if (type == TOKEN_CONTROL || type == TOKEN_UNKNOWN || token[0] == '[')
		return token;
	return arena_format(arena, "##%s", token);
}

static bool read_words(Reader *r)
{
	TokeniserParts *p = r->parts;
	p->kind = TOKENISER_WORDS;
	const char **tokens = ARENA_ARRAY(r->scratch, const char *, (size_t)p->count);
	for (int i = 0; i < p->count; i++)
		tokens[i] = word_piece(
		        r->scratch, p->tokens[i], p->types ? p->types[i] : TOKEN_NORMAL);
	p->tokens = tokens;
	static const NormalStep normal[] = { NORMAL_CLEAN, NORMAL_IDEOGRAPHS, NORMAL_NFD,
		NORMAL_ACCENTS, NORMAL_LOWER };
	memcpy(p->normal, normal, sizeof normal);
	p->cuts[0] = CUT_BERT;
	int cls, sep;
	if (!token(r, KEY "unknown_token_id", 100, &p->unknown) ||
	        !token(r, KEY "cls_token_id", -1, &cls) ||
	        !token(r, KEY "seperator_token_id", -1, &sep)) /* as the format has it */
		return false;
	if (cls < 0 && !token(r, KEY "bos_token_id", -1, &cls))
		return false;
	if (sep < 0 && !token(r, KEY "eos_token_id", -1, &sep))
		return false;
	if (cls >= 0)
		p->first[p->first_count++] = cls;
	if (sep >= 0)
		p->last[p->last_count++] = sep;
	return true;
}

static bool read_parts(Reader *r)
{
	const char *model;
	if (!gguf_text(r->gguf, r->scratch, KEY "model", &model, r->error) ||
	        !read_tokens(r))
		return false;
	if (!strcmp(model, "gpt2"))
		return read_bytes(r);
	if (!strcmp(model, "llama"))
		return read_sentence(r);
	if (!strcmp(model, "bert"))
		return read_words(r);
	return error_set(r->error,
	        "%s: \"" KEY "model\" is \"%.40s\": expected gpt2, llama or bert",
	        r->gguf->path, model);
}

Tokeniser *tokeniser_of_gguf(Arena *arena, const Gguf *gguf, Error *error)
{
	Arena *scratch = arena_child(arena, "a tokeniser's parts");
	TokeniserParts parts = { .path = gguf->path };
	Reader reader = { gguf, scratch, &parts, error };
	Tokeniser *tokeniser =
	        read_parts(&reader) ? tokeniser_new(arena, &parts, error) : NULL;
	arena_free(scratch);
	return tokeniser;
}
