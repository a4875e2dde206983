/* text_vectors.c: see text_vectors.h. */
#include "emotionnet/trials/text_vectors.h"

#include <string.h>

enum { LONGEST = 512 };

typedef struct Reading {
	const LanguageRows *rows;
	const char *const *texts;
	Tensor out;
	Arena **scratch; /* of each thread */
} Reading;

TokenIds text_tokens(const LanguageRows *rows, Arena *arena, const char *text)
{
	TokenIds ids = tokeniser_encode(language_rows_file(rows)->tokeniser, arena, text,
	        strlen(text), ENCODE_ENDS);
	int most = language_longest(language_rows_model(rows));
	most = most < LONGEST ? most : LONGEST;
	ids.count = !*text ? 0 : ids.count < most ? ids.count : most;
	return ids;
}

static void read_text(void *context, int index, int worker)
{
	const Reading *reading = context;
	Arena *arena = reading->scratch[worker];
	const Language *model = language_rows_model(reading->rows);
	const char *text = reading->texts[index];
	arena_reset(arena);
	Tape tape = tape_new(arena);
	tape.recording = false;
	TokenIds ids = text_tokens(reading->rows, arena, text);
	int T = ids.count;
	if (!T)
		return;
	Tensor states =
	        language_forward(model, &tape, ids.at, 1, T, &T, NULL, NULL).x->value;
	real *mean = tensor_row(reading->out, index).data;
	int D = states.shape[2];
	for (int t = 0; t < T; t++)
		for (int d = 0; d < D; d++)
			mean[d] +=
			        states.data[(size_t)t * (size_t)D + (size_t)d] / (real)T;
}

Tensor text_vectors(Arena *arena, const LanguageRows *rows, const char *const texts[],
        int count, Pool *pool)
{
	Arena *own = arena_child(arena, "texts");
	int threads = pool_threads(pool);
	Reading reading = { rows, texts,
		tensor_zeros(
		        arena, SHAPE(count, language_width(language_rows_model(rows)))),
		ARENA_ARRAY(own, Arena *, (size_t)threads) };
	for (int t = 0; t < threads; t++)
		reading.scratch[t] = arena_child(own, "text");
	pool_run(pool, count, read_text, &reading);
	for (int t = 0; t < threads; t++)
		arena_reset(reading.scratch[t]);
	return reading.out;
}
