/* The file is passed over once, to note where its members stand; they are read in the
 * order in which they need each other: the tokens first. */
#include "text/pieces/tokeniser_json.h"
#include "text/pieces/tokeniser_json_steps.h"
#include "text/stringset.h"

#include <string.h>

#define COUNT(names) ((int)(sizeof(names) / sizeof((names)[0])))

typedef struct Added {
	const char *text;
	size_t id;
	bool special, takes_left, takes_right, is_normalised;
} Added;

typedef struct Reader {
	Json json;
	Arena *scratch;       /* beside json.arena, where strings come and go */
	StringSet vocabulary; /* the keys of model.vocab */
	int *ids;             /* and their numbers */
	int id_room;
	Added *added;
	int added_count, added_room;
	const char **merges;
	int merge_count, merge_room;
	TokeniserParts parts;
} Reader;

/* ---- lists of the file -------------------------------------------------------------------- */

enum { LARGEST_ID = 1 << 24 };

static int read_id(Json *json)
{
	size_t at = json->at, id = json_size(json);
	if (id >= LARGEST_ID)
		json_fail(json, at, "a token's number is below %d", LARGEST_ID);
	return json->failed ? 0 : (int)id;
}

static void read_vocabulary(Reader *r)
{
	Json *json = &r->json;
	json_open(json, '{');
	while (json_next(json, '}')) {
		size_t at = json->at;
		ArenaMark mark = arena_mark(json->arena);
		const char *key = json_key(json);
		int before = r->vocabulary.count;
		int number = stringset_add(&r->vocabulary, key);
		if (number != before)
			json_fail(json, at, "the token \"%.40s\" is there twice", key);
		arena_rewind(json->arena, mark);
		r->ids = arena_grow(
		        r->scratch, r->ids, before, &r->id_room, sizeof *r->ids);
		r->ids[before] = read_id(json);
	}
}

/* "Ġt he", or ["Ġt","he"] since a token may hold a space; one that does is refused. */
static const char *read_merge(Json *json)
{
	if (json_peek(json) != '[')
		return json_string(json);
	size_t at = json->at;
	const char *half[2] = { "", "" };
	int count = 0;
	for (json_open(json, '['); json_next(json, ']'); count++)
		half[count % 2] = json_string(json);
	if (count != 2 || strchr(half[0], ' ') || strchr(half[1], ' '))
		json_fail(json, at, "expected a merge of two tokens without spaces");
	return json->failed ? "" : arena_format(json->arena, "%s %s", half[0], half[1]);
}

static void read_merges(Reader *r)
{
	Json *json = &r->json;
	json_open(json, '[');
	while (json_next(json, ']')) {
		r->merges = arena_grow(r->scratch, r->merges, r->merge_count,
		        &r->merge_room, sizeof *r->merges);
		r->merges[r->merge_count++] = read_merge(json);
	}
}

static void read_added_token(Reader *r, Added *added)
{
	static const char *const names[] = { "id", "content", "special", "lstrip",
		"rstrip", "normalized", "single_word" };
	Json *json = &r->json;
	size_t start = json->at, at[COUNT(names)];
	json_members(json, names, COUNT(names), at);
	size_t end = json->at;
	bool flags[COUNT(names)] = { false };
	if (json_at(json, at[0]))
		added->id = (size_t)read_id(json);
	if (json_at(json, at[1]))
		added->text = json_string(json);
	for (int i = 2; i < COUNT(names); i++)
		flags[i] = json_at(json, at[i]) && json_bool(json);
	if (!at[0] || !at[1] || !*added->text)
		json_fail(json, start, "an added token needs its id and its content");
	if (flags[6])
		json_fail(json, start,
		        "single_word is not known: the token \"%.40s\" "
		        "would be found within words",
		        added->text);
	added->special = flags[2];
	added->takes_left = flags[3];
	added->takes_right = flags[4];
	added->is_normalised = flags[5];
	json_at(json, end);
}

static void read_added(Reader *r)
{
	Json *json = &r->json;
	if (json_null(json))
		return;
	json_open(json, '[');
	while (json_next(json, ']')) {
		Added added = { .text = "" };
		json_peek(json);
		read_added_token(r, &added);
		r->added = arena_grow(r->scratch, r->added, r->added_count,
		        &r->added_room, sizeof *r->added);
		r->added[r->added_count++] = added;
	}
}

/* ---- model -------------------------------------------------------------------------------- */

enum {
	TYPE,
	VOCAB,
	MERGES,
	UNKNOWN,
	BYTE_FALLBACK,
	FUSE_UNKNOWN,
	IGNORE_MERGES,
	PREFIX,
	SUFFIX,
	LONGEST,
	DROPOUT,
	MEMBERS
};
static const char *const model_names[MEMBERS] = { "type", "vocab", "merges", "unk_token",
	"byte_fallback", "fuse_unk", "ignore_merges", "continuing_subword_prefix",
	"end_of_word_suffix", "max_input_chars_per_word", "dropout" };

static const char *string_at(Json *json, size_t at)
{
	return json_at(json, at) && !json_null(json) ? json_string(json) : "";
}

static bool bool_at(Json *json, size_t at)
{
	return json_at(json, at) && !json_null(json) && json_bool(json);
}

static void expect_string(Reader *r, const size_t at[], int name, const char *expected)
{
	const char *found = string_at(&r->json, at[name]);
	if (strcmp(found, expected) != 0)
		json_fail(&r->json, at[name], "%s is \"%.40s\"; only \"%s\" is known",
		        model_names[name], found, expected);
}

/* The kind by the model's type; BPE is of sentences unless ByteLevel comes before it. */
static TokeniserKind kind_of(Reader *r, const char *type, size_t at)
{
	if (strcmp(type, "WordPiece") == 0)
		return TOKENISER_WORDS;
	if (strcmp(type, "Unigram") == 0)
		json_fail(&r->json, at,
		        "a Unigram model weighs all ways to cut a text (T5, XLM-R, ALBERT); "
		        "only BPE (GPT-2, Llama) and WordPiece (BERT) are known here");
	else if (strcmp(type, "BPE") != 0)
		json_fail(&r->json, at,
		        "the model \"%.40s\" is not known; known are BPE and WordPiece",
		        type);
	return TOKENISER_SENTENCE;
}

static void read_model(Reader *r)
{
	Json *json = &r->json;
	TokeniserParts *parts = &r->parts;
	size_t start = json->at, at[MEMBERS];
	json_members(json, model_names, MEMBERS, at);
	parts->kind = kind_of(r, string_at(json, at[TYPE]), at[TYPE] ? at[TYPE] : start);
	bool words = parts->kind == TOKENISER_WORDS;
	expect_string(r, at, PREFIX, words ? "##" : "");
	expect_string(r, at, SUFFIX, "");
	parts->byte_tokens = bool_at(json, at[BYTE_FALLBACK]);
	parts->fuse_unknown = bool_at(json, at[FUSE_UNKNOWN]);
	parts->whole_words = bool_at(json, at[IGNORE_MERGES]);
	if (json_at(json, at[DROPOUT]) && !json_null(json) && json_real(json) > 0)
		json_fail(json, at[DROPOUT], "dropout is for training; expected null");
	if (json_at(json, at[LONGEST]))
		parts->longest_word = read_id(json);
	if (json_at(json, at[VOCAB]))
		read_vocabulary(r);
	else
		json_fail(json, start, "the model has no vocab");
	if (json_at(json, at[MERGES]))
		read_merges(r);
	else if (!words)
		json_fail(json, start, "a BPE model has merges");
	const char *unknown = string_at(json, at[UNKNOWN]);
	int number = stringset_find(&r->vocabulary, unknown);
	parts->unknown = number < 0 || json->failed ? -1 : r->ids[number];
	if (*unknown && number < 0)
		json_fail(json, at[UNKNOWN], "unk_token \"%.40s\" is not in vocab",
		        unknown);
}

/* ---- all tokens in the order of their numbers ----------------------------------------------- */

static void put_token(Reader *r, const char **tokens, int id, const char *text)
{
	if (tokens[id] && strcmp(tokens[id], text) != 0)
		json_fail(&r->json, 0,
		        "the tokens \"%.40s\" and \"%.40s\" are both number %d",
		        tokens[id], text, id);
	tokens[id] = text;
}

static void put_added(const Added *added, int *types, bool *flags[3])
{
	types[added->id] = added->special ? TOKEN_CONTROL : TOKEN_USER;
	flags[0][added->id] = added->takes_left;
	flags[1][added->id] = added->takes_right;
	flags[2][added->id] = added->is_normalised;
}

/* Numbers without a token are of no text: a few are where a model was made larger. */
static void put_tokens(Reader *r)
{
	size_t given = (size_t)r->vocabulary.count + (size_t)r->added_count, count = 0;
	for (int i = 0; i < r->vocabulary.count; i++)
		count = (size_t)r->ids[i] >= count ? (size_t)r->ids[i] + 1 : count;
	for (int i = 0; i < r->added_count; i++)
		count = r->added[i].id >= count ? r->added[i].id + 1 : count;
	if (count > 2 * given + 1024)
		json_fail(&r->json, 0, "%zu tokens have numbers up to %zu", given, count);
	if (r->json.failed)
		return;
	const char **tokens = ARENA_ARRAY(r->scratch, const char *, count);
	int *types = ARENA_ARRAY(r->scratch, int, count);
	bool *flags[3];
	for (int i = 0; i < 3; i++)
		flags[i] = ARENA_ARRAY(r->scratch, bool, count);
	for (int i = 0; i < r->vocabulary.count; i++)
		put_token(r, tokens, r->ids[i], r->vocabulary.names[i]);
	for (int i = 0; i < r->added_count; i++)
		put_token(r, tokens, (int)r->added[i].id, r->added[i].text);
	for (size_t i = 0; i < count; i++) {
		types[i] = tokens[i] ? TOKEN_NORMAL : TOKEN_UNUSED;
		tokens[i] = tokens[i] ? tokens[i] : "";
	}
	for (int i = 0; i < r->added_count; i++)
		put_added(&r->added[i], types, flags);
	r->parts.count = (int)count;
	r->parts.tokens = tokens;
	r->parts.types = types;
	r->parts.merges = r->merges;
	r->parts.merge_count = r->merge_count;
	r->parts.takes_left = flags[0];
	r->parts.takes_right = flags[1];
	r->parts.is_normalised = flags[2];
}

static bool read_parts(Reader *r)
{
	static const char *const names[] = { "model", "added_tokens", "normalizer",
		"pre_tokenizer", "post_processor" };
	Json *json = &r->json;
	size_t at[COUNT(names)];
	json_members(json, names, COUNT(names), at);
	json_end(json);
	if (!json->failed && !json_at(json, at[0]))
		json_fail(json, 0, "there is no \"model\": is this a tokenizer.json?");
	if (!json->failed)
		read_model(r);
	if (json_at(json, at[1]))
		read_added(r);
	if (json_at(json, at[2]))
		steps_normalizer(json, &r->parts);
	bool normalised = r->parts.normal[0] != NORMAL_END, byte_level = false;
	for (int i = 0; i < r->added_count; i++)
		r->added[i].is_normalised &= normalised;
	if (json_at(json, at[3]))
		steps_pre_tokenizer(json, &r->parts, &byte_level);
	if (json_at(json, at[4]))
		steps_post_processor(json, &r->parts);
	if (byte_level && r->parts.kind == TOKENISER_WORDS)
		json_fail(json, at[3], "ByteLevel before a WordPiece model");
	else if (byte_level)
		r->parts.kind = TOKENISER_BYTES;
	put_tokens(r);
	return !json->failed;
}

Tokeniser *tokeniser_read_bytes(Arena *arena, const char *path, Bytes text, Error *error)
{
	Arena *scratch = arena_child(arena, "tokenizer.json");
	Arena *lists = arena_child(scratch, "tokens");
	Reader r = { .scratch = lists, .vocabulary = stringset_new(lists) };
	r.json = (Json){ .path = path, .text = text, .arena = scratch, .error = error };
	r.parts = (TokeniserParts){ .path = path, .unknown = -1 };
	Tokeniser *tokeniser =
	        read_parts(&r) ? tokeniser_new(arena, &r.parts, error) : NULL;
	arena_free(scratch);
	return tokeniser;
}

Tokeniser *tokeniser_read(Arena *arena, const char *path, Error *error)
{
	Arena *file = arena_child(arena, "tokenizer.json");
	Bytes text;
	Tokeniser *tokeniser = file_read(&text, file, path, error)
	                               ? tokeniser_read_bytes(arena, path, text, error)
	                               : NULL;
	arena_free(file);
	return tokeniser;
}
