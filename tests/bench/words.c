/* Reading word vectors, in the two kinds of file: 32 MiB in memory, 300 numbers a word,
 * of which every fifth word is wanted. MB/s = 33554 / milliseconds. */
#include "tensor/rng.h"
#include "tests/bench/bench.h"
#include "text/vectors.h"
#include "text/vocabulary_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 1 << 25, WIDTH = 300, WANTED = 5 };

typedef struct Reading {
	Bytes bytes;
	Vocabulary vocabulary;
	Arena *arena;
} Reading;

/* A word and its numbers at `at`; returns how many bytes. */
static size_t put_word(char *at, int number, bool binary, Rng *rng)
{
	size_t used = (size_t)sprintf(at, "word%d", number);
	if (binary)
		at[used++] = ' ';
	for (int i = 0; i < WIDTH; i++) {
		float x = (float)rng_uniform(rng) - 0.5f;
		if (binary) {
			memcpy(at + used, &x, sizeof x);
			used += sizeof x;
		} else {
			used += (size_t)sprintf(at + used, " %.5f", (double)x);
		}
	}
	at[used++] = '\n';
	return used;
}

static void *prepare(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	bool binary = config != NULL;
	Reading *reading = ARENA_NEW(arena, Reading);
	enum { ROOM = 16 * WIDTH, HEADER = 16 };
	char *file = arena_alloc(arena, SIZE + ROOM + HEADER), *words = file + HEADER;
	char *wanted = arena_alloc(arena, SIZE / WIDTH), *end = wanted;
	Rng rng = rng_new(1);
	size_t size = 0;
	int count = 0;
	end += sprintf(end, "<pad>\n<unk>\n");
	for (; size < SIZE; count++) {
		if (count % WANTED == 0)
			end += sprintf(end, "word%d\n", count);
		size += put_word(words + size, count, binary, &rng);
	}
	if (binary) { /* its first line, just in front of the words */
		char header[HEADER + 1];
		size_t length = (size_t)sprintf(header, "%d %d\n", count, WIDTH);
		words -= length;
		size += length;
		memcpy(words, header, length);
	}
	reading->bytes = (Bytes){ .data = (unsigned char *)words, .size = size };
	reading->arena = arena_new("vectors");
	Error error;
	if (!vocabulary_from_text(
	            &reading->vocabulary, arena, "wanted", wanted, &error)) {
		fprintf(stderr, "bench: %s\n", error.text);
		exit(1);
	}
	return reading;
}

static void run(void *context)
{
	Reading *reading = context;
	Vectors vectors;
	Error error;
	arena_reset(reading->arena);
	if (!vectors_parse(&vectors, reading->arena, "bench", reading->bytes,
	            &reading->vocabulary, &error) ||
	        vectors.missing_count) {
		fprintf(stderr, "bench: %s\n", error.text);
		exit(1);
	}
}

void bench_words(Bench *bench)
{
	static const bool binary = true;
	bench_case(bench, (BenchCase){ .name = "vectors:glove_32mib",
	                          .one_thread = true,
	                          .prepare = prepare,
	                          .run = run });
	bench_case(bench, (BenchCase){ .name = "vectors:binary_32mib",
	                          .one_thread = true,
	                          .config = &binary,
	                          .prepare = prepare,
	                          .run = run });
}
