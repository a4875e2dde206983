/* texts.c: twice through the file: once to count words for the vocabulary, once to make
 * tokens of the texts. */
#include "emotionnet/pretrain/texts.h"

#include "tensor/file/file_map.h"
#include "tensor/file/hash.h"
#include "tensor/rng.h"
#include "text/pieces/bpe_train.h"
#include "text/stringset.h"

#include <string.h>

static const char end_of_text[] = "<|endoftext|>";

enum { LEAST = 2 }; /* a pair that occurs once becomes no token */

/* ---- the lines --------------------------------------------------------------------- */

typedef struct Line {
	const char *at;
	size_t size;
} Line;

typedef struct Lines {
	Line *at;
	int count, room;
} Lines;

/* Without their ends, and without empty ones. */
static Lines lines_of(Arena *arena, Bytes file)
{
	Lines lines = { .count = 0 };
	const char *text = (const char *)file.data, *end = text + file.size;
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		Line line = { text, (size_t)((stop ? stop : end) - text) };
		text += line.size + 1;
		while (line.size && line.at[line.size - 1] == '\r')
			line.size--;
		if (!line.size)
			continue;
		lines.at = arena_grow(
		        arena, lines.at, lines.count, &lines.room, sizeof *lines.at);
		lines.at[lines.count++] = line;
	}
	return lines;
}

/* As a string: a 0 becomes what ends a line, which no line holds. */
static const char *text_of(Arena *arena, Line line)
{
	char *text = arena_alloc(arena, line.size + 1);
	for (size_t i = 0; i < line.size; i++)
		text[i] = (char)(line.at[i] ? line.at[i] : '\n');
	text[line.size] = 0;
	return text;
}

static bool is_held(const TextsAsked *asked, int line)
{
	return line % asked->held == asked->held - 1;
}

/* Which side each line is on: SPLIT_COUNT, on none, where it is to be learnt from but is
 * word for word held out. */
static Split *split_lines(
        Texts *texts, Arena *arena, const TextsAsked *asked, const Lines *lines)
{
	Split *side = ARENA_ARRAY(arena, Split, (size_t)lines->count);
	Arena *scratch = arena_child(arena, "texts that are held out");
	StringSet held = stringset_new(scratch);
	for (int i = 0; i < lines->count; i++)
		if (is_held(asked, i))
			stringset_add(&held, text_of(scratch, lines->at[i]));
	for (int i = 0; i < lines->count; i++) {
		Line line = lines->at[i];
		ArenaMark mark = arena_mark(scratch);
		bool known = stringset_find(&held, text_of(scratch, line)) >= 0;
		arena_rewind(scratch, mark);
		side[i] = is_held(asked, i) ? SPLIT_VALIDATION
		          : known           ? SPLIT_COUNT
		                            : SPLIT_TRAIN;
		texts->held += side[i] == SPLIT_VALIDATION;
		texts->repeated += side[i] == SPLIT_COUNT;
		texts->bytes += line.size;
	}
	texts->texts = lines->count;
	arena_free(scratch);
	return side;
}

/* ---- tokens ------------------------------------------------------------------------ */

static void make_vocabulary(Texts *texts, Arena *arena, const TextsAsked *asked,
        const Lines *lines, const Split side[])
{
	static const CutStep cuts[] = { CUT_DIGITS, CUT_GPT2, CUT_END };
	static const char *const special[] = { end_of_text };
	BpeWords *words = bpe_words_new(arena, cuts);
	for (int i = 0; i < lines->count; i++)
		if (side[i] == SPLIT_TRAIN)
			bpe_words_add(words, lines->at[i].at, lines->at[i].size);
	texts->vocabulary = bpe_train(words, asked->tokens, LEAST, special, 1);
}

static void stream_add(TokenStream *stream, Arena *arena, int token)
{
	stream->at = arena_grow(
	        arena, stream->at, stream->count, &stream->room, sizeof *stream->at);
	stream->at[stream->count++] = token;
}

static void make_streams(
        Texts *texts, Arena *arena, const Lines *lines, const Split side[])
{
	Arena *scratch = arena_child(arena, "tokens of a text");
	for (int i = 0; i < lines->count; i++) {
		if (side[i] == SPLIT_COUNT)
			continue;
		TokenStream *stream = &texts->stream[side[i]];
		TokenIds ids = tokeniser_encode(
		        texts->tokeniser, scratch, lines->at[i].at, lines->at[i].size, 0);
		for (int k = 0; k < ids.count; k++)
			stream_add(stream, arena, ids.at[k]);
		stream_add(stream, arena, TEXTS_END);
		arena_reset(scratch);
	}
	arena_free(scratch);
}

/* ---- blocks ------------------------------------------------------------------------ */

/* Whole ones; the tokens after the last are left out. */
static Dataset blocks_of(Arena *arena, const TokenStream *stream, int context)
{
	Dataset data = { .count = stream->count ? (stream->count - 1) / context : 0 };
	data.items = ARENA_ARRAY(arena, Example, (size_t)data.count);
	for (int i = 0; i < data.count; i++) {
		Example *block = &data.items[i];
		block->words = context + 1;
		block->ids = stream->at + (size_t)i * (size_t)context;
		block->utterance = i;
	}
	return data;
}

/* Each part has blocks from all of the file. */
static void mix_blocks(Arena *arena, Dataset *data, uint64_t seed)
{
	Arena *scratch = arena_child(arena, "order of blocks");
	size_t count = (size_t)data->count;
	int *order = ARENA_ARRAY(scratch, int, count);
	Rng rng = rng_new(seed);
	rng_permutation(&rng, data->count, order);
	Example *items = arena_copy(scratch, data->items, count * sizeof *items);
	for (size_t i = 0; i < count; i++)
		data->items[i] = items[order[i]];
	arena_free(scratch);
}

bool texts_read(Texts *texts, Arena *arena, const TextsAsked *asked, Error *error)
{
	*texts = (Texts){ .texts = 0 };
	Bytes file;
	if (!file_view(&file, arena, asked->path, error))
		return false;
	Lines lines = lines_of(arena, file);
	const Split *side = split_lines(texts, arena, asked, &lines);
	make_vocabulary(texts, arena, asked, &lines, side);
	texts->tokeniser = tokeniser_new(arena, &texts->vocabulary, error);
	if (!texts->tokeniser)
		return false;
	make_streams(texts, arena, &lines, side);
	static const Split both[] = { SPLIT_TRAIN, SPLIT_VALIDATION };
	for (int i = 0; i < 2; i++)
		texts->blocks[both[i]] =
		        blocks_of(arena, &texts->stream[both[i]], asked->context);
	mix_blocks(arena, &texts->blocks[SPLIT_TRAIN], asked->seed);
	texts->part = texts->blocks[SPLIT_TRAIN].count / asked->parts;
	if (texts->part && texts->blocks[SPLIT_VALIDATION].count)
		return true;
	return error_set(error,
	        "%s: %d texts, of which %d are held out and %d more left out, for the same words are held out, make %d blocks of %d tokens to learn from and %d to validate on; expected at least %d and 1. Hint: %s",
	        asked->path, texts->texts, texts->held, texts->repeated,
	        texts->blocks[SPLIT_TRAIN].count, asked->context,
	        texts->blocks[SPLIT_VALIDATION].count, asked->parts,
	        2 * texts->repeated > texts->texts
	                ? "texts that are not the same over and over"
	                : "more texts, one a line, or a smaller --context, --parts or --held");
}

const char *texts_data(Arena *arena, const Texts *texts)
{
	uint64_t hash = HASH_BEGIN;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		const TokenStream *stream = &texts->stream[split];
		hash = hash_bytes(hash, &stream->count, sizeof stream->count);
		if (stream->count)
			hash = hash_bytes(
			        hash, stream->at, (size_t)stream->count * sizeof(int));
	}
	return arena_format(arena,
	        "%d texts as %d and %d tokens of %d, fingerprint %016llx", texts->texts,
	        texts->stream[SPLIT_TRAIN].count, texts->stream[SPLIT_VALIDATION].count,
	        texts->vocabulary.count, (unsigned long long)hash);
}
