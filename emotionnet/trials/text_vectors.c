/* text_vectors.c: many texts through a frozen language model. Texts of like length go
 * together, so that there is little padding; and its weights are brought once into the
 * order in which products read them. A text has the same states alone and in any batch
 * (layers/sequence.h). */
#include "emotionnet/trials/text_vectors.h"

#include "autograd/fast/kept.h"
#include "tensor/file/hash.h"
#include "tensor/sort.h"

#include <string.h>

enum { TOGETHER = 8 };

typedef struct Reading {
	const LanguageRows *rows;
	const char *const *texts;
	int count;
	TokenIds *tokens; /* of each text */
	int *order;       /* texts with tokens, shortest first */
	Kept *kept;       /* NULL: so few texts that it would gain nothing */
	Tensor out;
	Arena **held, **scratch; /* of each thread: tokens; what a batch needs */
} Reading;

/* ---- tokens ------------------------------------------------------------------------ */

TokenIds text_tokens(const LanguageRows *rows, Arena *arena, const char *text)
{
	TokenIds ids = tokeniser_encode(language_rows_file(rows)->tokeniser, arena, text,
	        strlen(text), ENCODE_ENDS);
	int most = language_longest(language_rows_model(rows));
	most = most < TEXT_LONGEST ? most : TEXT_LONGEST;
	ids.count = !*text ? 0 : ids.count < most ? ids.count : most;
	return ids;
}

static void cut_text(void *context, int index, int worker)
{
	const Reading *reading = context;
	reading->tokens[index] =
	        text_tokens(reading->rows, reading->held[worker], reading->texts[index]);
}

/* Returns how many have tokens. */
static int order_texts(const Reading *reading, Arena *arena)
{
	int count = reading->count;
	int *length = ARENA_ARRAY(arena, int, (size_t)count);
	int *begins = ARENA_ARRAY(arena, int, TEXT_LONGEST + 2);
	for (int i = 0; i < count; i++)
		length[i] = reading->tokens[i].count ? reading->tokens[i].count : -1;
	sort_groups(length, count, TEXT_LONGEST + 1, reading->order, begins);
	return begins[TEXT_LONGEST + 1];
}

/* ---- states ------------------------------------------------------------------------ */

/* Of states (T,D). */
static void add_mean(real *mean, const real *states, int T, int D)
{
	for (int t = 0; t < T; t++)
		for (int d = 0; d < D; d++)
			mean[d] += states[(size_t)t * (size_t)D + (size_t)d] / (real)T;
}

/* The index-th batch of the order. */
static void read_texts(void *context, int index, int worker)
{
	const Reading *reading = context;
	Arena *arena = reading->scratch[worker];
	arena_reset(arena);
	Tape tape = tape_new(arena);
	tape.recording = false;
	tape.kept = reading->kept;
	const int *order = reading->order + index * TOGETHER;
	int left = reading->count - index * TOGETHER;
	int B = left < TOGETHER ? left : TOGETHER;
	int T = reading->tokens[order[B - 1]].count; /* the longest */
	int *ids = ARENA_ARRAY(arena, int, (size_t)B *(size_t)T);
	int *lengths = ARENA_ARRAY(arena, int, (size_t)B);
	for (int b = 0; b < B; b++) {
		TokenIds tokens = reading->tokens[order[b]];
		lengths[b] = tokens.count;
		memcpy(ids + b * T, tokens.at, (size_t)tokens.count * sizeof *ids);
	}
	Sequence states = language_forward(language_rows_model(reading->rows), &tape, ids,
	        B, T, lengths, NULL, NULL);
	for (int b = 0; b < B; b++)
		add_mean(tensor_row(reading->out, order[b]).data,
		        sequence_step(states.x->value, b, 0), lengths[b],
		        states.x->value.shape[2]);
}

Tensor text_vectors(Arena *arena, const LanguageRows *rows, const char *const texts[],
        int count, Pool *pool)
{
	Arena *own = arena_child(arena, "texts");
	int threads = pool_threads(pool);
	int width = language_width(language_rows_model(rows));
	Reading reading = { .rows = rows,
		.texts = texts,
		.count = count,
		.tokens = ARENA_ARRAY(own, TokenIds, (size_t)count),
		.order = ARENA_ARRAY(own, int, (size_t)count),
		.kept = count > TOGETHER ? kept_new(own) : NULL,
		.out = tensor_zeros(arena, SHAPE(count, width)),
		.held = ARENA_ARRAY(own, Arena *, (size_t)threads),
		.scratch = ARENA_ARRAY(own, Arena *, (size_t)threads) };
	for (int t = 0; t < threads; t++) {
		reading.held[t] = arena_child(own, "tokens");
		reading.scratch[t] = arena_child(own, "batch");
	}
	pool_run(pool, count, cut_text, &reading);
	reading.count = order_texts(&reading, own);
	pool_run(pool, (reading.count + TOGETHER - 1) / TOGETHER, read_texts, &reading);
	for (int t = 0; t < threads; t++) {
		arena_reset(reading.held[t]);
		arena_reset(reading.scratch[t]);
	}
	return reading.out;
}

/* ---- once -------------------------------------------------------------------------- */

typedef struct Wanted {
	const LanguageRows *rows;
	const char *const *texts;
	int count;
	Pool *pool;
} Wanted;

static const void *read_all(const void *context, Arena *kept, AskedCosts *costs)
{
	const Wanted *w = context;
	Tensor *vectors = ARENA_NEW(kept, Tensor);
	*costs = (AskedCosts){ 0 };
	*vectors = text_vectors(kept, w->rows, w->texts, w->count, w->pool);
	return vectors;
}

Tensor text_vectors_once(
        LanguageRows *rows, const char *const texts[], int count, Pool *pool)
{
	Wanted wanted = { rows, texts, count, pool };
	uint64_t key = hash_texts(hash_text(HASH_BEGIN, "vectors"), texts, count);
	const Tensor *vectors = language_rows_once(rows, key, read_all, &wanted, NULL);
	return *vectors;
}
