/* A step is an object with its name in "type" and its settings beside; a Sequence holds a
 * list of steps. */
#include "text/pieces/tokeniser_json_steps.h"

#include <string.h>

enum { DEEPEST = 4 }; /* sequences in sequences */

#define COUNT(names) ((int)(sizeof(names) / sizeof((names)[0])))

/* The string of a member, NULL if it is null or not there. */
static const char *string_at(Json *json, size_t at)
{
	return json_at(json, at) && !json_null(json) ? json_string(json) : NULL;
}

static bool bool_at(Json *json, size_t at, bool without)
{
	return json_at(json, at) && !json_null(json) ? json_bool(json) : without;
}

static bool is(const char *text, const char *expected)
{
	return text && strcmp(text, expected) == 0;
}

/* Calls `step` with the value that comes, or with each of the list `member` if it is a
 * Sequence. The step reads an object to its end. */
typedef struct Walk {
	Json *json;
	TokeniserParts *parts;
	bool *byte_level;
	const char *member; /* of a Sequence, its list */
	void (*step)(struct Walk *walk, const char *type);
} Walk;

static void walk_steps(Walk *walk, int depth)
{
	Json *json = walk->json;
	if (json_null(json))
		return;
	const char *const names[] = { "type", walk->member };
	size_t begin = json->at, at[2];
	json_members(json, names, 2, at);
	size_t end = json->at;
	const char *type = string_at(json, at[0]);
	if (!type) {
		json_fail(json, begin, "expected a step with its \"type\"");
	} else if (strcmp(type, "Sequence") != 0) {
		json_at(json, begin);
		walk->step(walk, type);
	} else if (depth == DEEPEST || !json_at(json, at[1])) {
		json_fail(json, begin,
		        "a Sequence needs its list \"%s\", and stands in less than %d "
		        "others",
		        walk->member, DEEPEST);
	} else {
		json_open(json, '[');
		while (json_next(json, ']')) {
			size_t before = json->at;
			walk_steps(walk, depth + 1);
			if (!json->failed && json->at == before)
				json_fail(json, before, "expected a step");
		}
	}
	json_at(json, end);
}

/* ---- normalizer --------------------------------------------------------------------------- */

static void add_normal(Json *json, TokeniserParts *parts, NormalStep step)
{
	int count = 0;
	while (parts->normal[count] != NORMAL_END)
		count++;
	if (count == TOKENISER_STEPS)
		json_fail(json, json->at, "more than %d steps of normalising", count);
	else
		parts->normal[count] = step;
	parts->space_first |= step == NORMAL_MARK_FIRST || step == NORMAL_MARK_UNLESS ||
	                      step == NORMAL_MARK_START;
}

/* Accents go where capitals go, unless the file says otherwise. */
static void bert_normalizer(Json *json, TokeniserParts *parts)
{
	static const char *const names[] = { "clean_text", "handle_chinese_chars",
		"strip_accents", "lowercase" };
	size_t at[COUNT(names)];
	json_members(json, names, COUNT(names), at);
	bool lower = bool_at(json, at[3], true);
	if (bool_at(json, at[0], true))
		add_normal(json, parts, NORMAL_CLEAN);
	if (bool_at(json, at[1], true))
		add_normal(json, parts, NORMAL_IDEOGRAPHS);
	if (bool_at(json, at[2], lower)) {
		add_normal(json, parts, NORMAL_NFD);
		add_normal(json, parts, NORMAL_ACCENTS);
	}
	if (lower)
		add_normal(json, parts, NORMAL_LOWER);
}

/* Only what Llama's files say: "▁" in front, and for each space. */
static void prepend_or_replace(Json *json, TokeniserParts *parts, bool prepend)
{
	static const char *const names[] = { "prepend", "pattern", "content" };
	static const char *const string[] = { "String" };
	size_t start = json->at, at[COUNT(names)], pattern = 0;
	json_members(json, names, COUNT(names), at);
	const char *content = string_at(json, at[prepend ? 0 : 2]);
	if (!prepend && json_at(json, at[1]))
		json_members(json, string, 1, &pattern);
	bool known = is(content, "▁") && (prepend || is(string_at(json, pattern), " "));
	if (!known)
		json_fail(json, start,
		        "of Prepend and Replace only \"▁\" in front, and for a space, "
		        "are known");
	else
		add_normal(json, parts, prepend ? NORMAL_MARK_FIRST : NORMAL_SPACE_MARKS);
}

static void normal_step(Walk *walk, const char *type)
{
	Json *json = walk->json;
	if (is(type, "BertNormalizer"))
		bert_normalizer(json, walk->parts);
	else if (is(type, "Prepend") || is(type, "Replace"))
		prepend_or_replace(json, walk->parts, is(type, "Prepend"));
	else if (is(type, "Lowercase"))
		add_normal(json, walk->parts, NORMAL_LOWER);
	else if (is(type, "NFC"))
		add_normal(json, walk->parts, NORMAL_NFC);
	else if (is(type, "NFD"))
		add_normal(json, walk->parts, NORMAL_NFD);
	else if (is(type, "StripAccents"))
		add_normal(json, walk->parts, NORMAL_MARKS);
	else
		json_fail(json, json->at,
		        "the normalizer \"%.40s\" is not known; known are BertNormalizer, "
		        "Lowercase, NFC, NFD, StripAccents, Prepend, Replace and Sequence",
		        type);
}

void steps_normalizer(Json *json, TokeniserParts *parts)
{
	walk_steps(&(Walk){ json, parts, NULL, "normalizers", normal_step }, 0);
}

/* ---- pre_tokenizer ------------------------------------------------------------------------ */

static void add_cut(Json *json, TokeniserParts *parts, CutStep step)
{
	int count = 0;
	while (parts->cuts[count] != CUT_END)
		count++;
	if (count == TOKENISER_STEPS)
		json_fail(json, json->at, "more than %d cuts", count);
	else
		parts->cuts[count] = step;
}

#define SIGNS  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
#define ENDS   "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+"
#define GPT2   "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+"
#define SPACES "|\\s+(?!\\S)|\\s+"

static const struct Pattern {
	const char *expression;
	CutStep cut;
} patterns[] = {
	{ GPT2 SPACES, CUT_GPT2 },
	{ ENDS "|\\p{N}{1,3}" SIGNS, CUT_LLAMA3 },
	{ ENDS "|\\p{N}" SIGNS, CUT_QWEN2 },
};

/* Each of these expressions takes in every character, so that to isolate what it matches
 * and to remove what it does not match are the same. */
static void split(Json *json, TokeniserParts *parts)
{
	static const char *const names[] = { "pattern", "behavior", "invert" };
	static const char *const kinds[] = { "Regex" };
	size_t start = json->at, at[COUNT(names)], regex = 0;
	json_members(json, names, COUNT(names), at);
	if (json_at(json, at[0]))
		json_members(json, kinds, 1, &regex);
	const char *expression = string_at(json, regex);
	const char *behavior = string_at(json, at[1]);
	bool invert = bool_at(json, at[2], false);
	bool known = invert ? is(behavior, "Removed") : is(behavior, "Isolated");
	for (int i = 0; known && i < COUNT(patterns); i++) {
		if (is(expression, patterns[i].expression)) {
			add_cut(json, parts, patterns[i].cut);
			return;
		}
	}
	json_fail(json, start,
	        "Split by an expression that is not known; known are those of GPT-2, "
	        "Llama 3 and Qwen 2, isolated");
}

/* `add_prefix_space` looks at what comes to it: here, that must be the text. */
static void byte_level_step(Walk *walk)
{
	static const char *const names[] = { "add_prefix_space", "use_regex" };
	Json *json = walk->json;
	size_t start = json->at, at[COUNT(names)];
	json_members(json, names, COUNT(names), at);
	bool space = bool_at(json, at[0], true), cuts = bool_at(json, at[1], true);
	if (space && walk->parts->cuts[0] != CUT_END)
		json_fail(
		        json, start, "ByteLevel with add_prefix_space after another cut");
	if (space)
		add_normal(json, walk->parts, NORMAL_SPACE_FIRST);
	if (cuts)
		add_cut(json, walk->parts, CUT_GPT2);
	*walk->byte_level = true;
}

static void metaspace(Json *json, TokeniserParts *parts)
{
	static const char *const names[] = { "replacement", "prepend_scheme", "split",
		"add_prefix_space" };
	size_t start = json->at, at[COUNT(names)];
	json_members(json, names, COUNT(names), at);
	const char *mark = string_at(json, at[0]), *scheme = string_at(json, at[1]);
	bool front = bool_at(json, at[3], true), cuts = bool_at(json, at[2], true);
	if (!scheme)
		scheme = front ? "always" : "never";
	if (!is(mark, "▁"))
		json_fail(json, start, "Metaspace with another mark than \"▁\"");
	add_normal(json, parts, NORMAL_SPACE_MARKS);
	if (is(scheme, "always"))
		add_normal(json, parts, NORMAL_MARK_UNLESS);
	else if (is(scheme, "first"))
		add_normal(json, parts, NORMAL_MARK_START);
	else if (!is(scheme, "never"))
		json_fail(json, start,
		        "the prepend_scheme \"%.40s\" is not known; known are always, "
		        "first and never",
		        scheme);
	if (cuts)
		add_cut(json, parts, CUT_MARKS);
}

static void cut_step(Walk *walk, const char *type)
{
	static const char *const digits[] = { "individual_digits" };
	Json *json = walk->json;
	size_t at;
	if (*walk->byte_level)
		json_fail(json, json->at, "\"%.40s\" after ByteLevel, which comes last",
		        type);
	else if (is(type, "ByteLevel"))
		byte_level_step(walk);
	else if (is(type, "BertPreTokenizer"))
		add_cut(json, walk->parts, CUT_BERT);
	else if (is(type, "Split"))
		split(json, walk->parts);
	else if (is(type, "Metaspace"))
		metaspace(json, walk->parts);
	else if (is(type, "Digits")) {
		json_members(json, digits, 1, &at);
		bool single = bool_at(json, at, false);
		add_cut(json, walk->parts, single ? CUT_DIGITS : CUT_NUMBERS);
	} else
		json_fail(json, json->at,
		        "the pre_tokenizer \"%.40s\" is not known; known are ByteLevel, "
		        "Digits, Split, BertPreTokenizer, Metaspace and Sequence",
		        type);
}

void steps_pre_tokenizer(Json *json, TokeniserParts *parts, bool *byte_level)
{
	*byte_level = false;
	walk_steps(&(Walk){ json, parts, byte_level, "pretokenizers", cut_step }, 0);
}

/* ---- post_processor ----------------------------------------------------------------------- */

/* One more token before (`last` false) or after the text. */
static void add_end(Json *json, TokeniserParts *parts, bool last, size_t token)
{
	int *count = last ? &parts->last_count : &parts->first_count;
	if (*count == TOKENISER_ENDS)
		json_fail(json, json->at, "more than %d tokens at an end", *count);
	else if (token > 0x7fffffff)
		json_fail(json, json->at, "the token's number is too large");
	else
		(last ? parts->last : parts->first)[(*count)++] = (int)token;
}

/* {"SpecialToken": {"id": "[CLS]"}}, whose numbers stand in `special`:
 * {"[CLS]": {"ids": [101]}}. */
static void add_special(Json *json, TokeniserParts *parts, bool last, size_t special)
{
	static const char *const id_name[] = { "id" }, *const ids_name[] = { "ids" };
	size_t start = json->at, id, ids = 0, entry = 0;
	json_members(json, id_name, 1, &id);
	const char *const name[] = { string_at(json, id) };
	if (name[0] && json_at(json, special))
		json_members(json, name, 1, &entry);
	if (json_at(json, entry))
		json_members(json, ids_name, 1, &ids);
	if (!json_at(json, ids)) {
		json_fail(json, start, "the token is not among special_tokens");
		return;
	}
	json_open(json, '[');
	while (json_next(json, ']'))
		add_end(json, parts, last, json_size(json));
}

static void template(Json *json, TokeniserParts *parts)
{
	static const char *const names[] = { "single", "special_tokens" };
	static const char *const kinds[] = { "SpecialToken", "Sequence" };
	size_t start = json->at, at[COUNT(names)], kind[COUNT(kinds)];
	json_members(json, names, COUNT(names), at);
	bool text = false;
	if (!json_at(json, at[0])) {
		json_fail(json, start, "TemplateProcessing without \"single\"");
		return;
	}
	json_open(json, '[');
	while (json_next(json, ']')) {
		json_members(json, kinds, COUNT(kinds), kind);
		size_t end = json->at;
		if (kind[1] && !text)
			text = true;
		else if (!json_at(json, kind[0]))
			json_fail(json, end, "expected a SpecialToken, or one Sequence");
		else
			add_special(json, parts, text, at[1]);
		json_at(json, end);
	}
}

/* "cls": ["[CLS]", 101] and "sep" likewise. */
static void bert_processing(Json *json, TokeniserParts *parts)
{
	static const char *const names[] = { "cls", "sep" };
	size_t start = json->at, at[COUNT(names)];
	json_members(json, names, COUNT(names), at);
	for (int i = 0; i < COUNT(names); i++) {
		if (!json_at(json, at[i])) {
			json_fail(json, start, "there is no \"%s\"", names[i]);
			return;
		}
		json_open(json, '[');
		json_next(json, ']');
		json_string(json);
		json_next(json, ']');
		add_end(json, parts, i == 1, json_size(json));
		json_next(json, ']');
	}
}

static void end_step(Walk *walk, const char *type)
{
	Json *json = walk->json;
	if (is(type, "TemplateProcessing"))
		template(json, walk->parts);
	else if (is(type, "BertProcessing") || is(type, "RobertaProcessing"))
		bert_processing(json, walk->parts);
	else if (!is(type, "ByteLevel")) /* which changes offsets alone */
		json_fail(json, json->at,
		        "the post_processor \"%.40s\" is not known; known are "
		        "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel "
		        "and Sequence",
		        type);
}

void steps_post_processor(Json *json, TokeniserParts *parts)
{
	walk_steps(&(Walk){ json, parts, NULL, "processors", end_step }, 0);
}
