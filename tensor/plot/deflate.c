/* Deflate (RFC 1951): the text is a sequence of literal bytes and of references "copy
 * LENGTH bytes from DISTANCE back", LENGTH 3..258, DISTANCE 1..32768. A run is a
 * reference that overlaps itself: distance 1. Lengths and distances are written as a
 * symbol that says the range, and extra bits that say where in it; the symbols have codes
 * of these fixed lengths (3.2.6):
 *
 *     literal 0..143           8 bits, from 00110000
 *     literal 144..255         9 bits, from 110010000
 *     end 256, length 257..279 7 bits, from 0000000
 *     length 280..287          8 bits, from 11000000
 *     distance                 5 bits
 *
 * Codes go out highest bit first, extra bits lowest first, into bytes that fill from the
 * lowest bit.
 *
 * Repetitions are found through a hash of the next four bytes: `head` holds the last
 * place with that hash, `before` the one before each. Departures from zlib: the longest
 * match is taken at once, none is put off (lazy matching), codes are not fitted to the
 * data (dynamic), and a match has at least four bytes: it then never costs more than
 * the 8 bits a literal, hence the bound of nine eighths. */
#include "tensor/plot/deflate.h"
#include "tensor/file/inflate.h"

#include <stdint.h>
#include <string.h>

enum {
	WINDOW = 32768,
	HASH_BITS = 15,
	MATCH_MIN = 4,
	MATCH_MAX = 258,
	CHAIN = 64, /* places tried: more is smaller and slower */
	END = 256,
};

typedef struct Writer {
	unsigned char *data;
	size_t size;
	uint64_t bits; /* not yet written, the first one lowest */
	int count;
} Writer;

static void put(Writer *writer, unsigned value, int count)
{
	writer->bits |= (uint64_t)value << writer->count;
	for (writer->count += count; writer->count >= 8; writer->count -= 8) {
		writer->data[writer->size++] = (unsigned char)writer->bits;
		writer->bits >>= 8;
	}
}

static void put_code(Writer *writer, unsigned code, int count)
{
	unsigned reversed = 0;
	for (int bit = 0; bit < count; bit++)
		reversed |= (code >> bit & 1) << (count - 1 - bit);
	put(writer, reversed, count);
}

static void put_symbol(Writer *writer, unsigned symbol)
{
	if (symbol < 144)
		put_code(writer, 0x30 + symbol, 8);
	else if (symbol < 256)
		put_code(writer, 0x190 + symbol - 144, 9);
	else if (symbol < 280)
		put_code(writer, symbol - 256, 7);
	else
		put_code(writer, 0xc0 + symbol - 280, 8);
}

/* Both scales are logarithmic: the first 2 * `steps` symbols stand for one value each,
 * and every `steps` further ones have one extra bit more. `offset` counts from the
 * first value. */
typedef struct Range {
	unsigned symbol, extra;
	int extra_bits;
} Range;

static Range range_of(unsigned offset, int step_bits)
{
	unsigned steps = 1u << step_bits;
	int bits = 0;
	while (offset >> bits >= 2 * steps)
		bits++;
	return (Range){ .symbol = (unsigned)bits * steps + (offset >> bits),
		.extra = offset & ((1u << bits) - 1),
		.extra_bits = bits };
}

static void put_match(Writer *writer, size_t length, size_t distance)
{
	Range range = range_of((unsigned)length - 3, 2);
	if (length == MATCH_MAX) /* has a symbol of its own */
		range = (Range){ .symbol = 28 };
	put_symbol(writer, 257 + range.symbol);
	put(writer, range.extra, range.extra_bits);
	range = range_of((unsigned)distance - 1, 1);
	put_code(writer, range.symbol, 5);
	put(writer, range.extra, range.extra_bits);
}

typedef struct Places {
	int64_t head[1 << HASH_BITS]; /* -1: none */
	int64_t before[WINDOW];       /* of position % WINDOW */
} Places;

static unsigned hash_of(const unsigned char *bytes)
{
	uint32_t four;
	memcpy(&four, bytes, sizeof four);
	return (four * 2654435761u) >> (32 - HASH_BITS);
}

static void remember(Places *places, const Bytes *source, size_t at)
{
	if (source->size - at < MATCH_MIN)
		return;
	unsigned hash = hash_of(source->data + at);
	places->before[at % WINDOW] = places->head[hash];
	places->head[hash] = (int64_t)at;
}

/* The longest repetition of what stands at `at`, 0 if there is none worth writing. */
static size_t find(const Places *places, const Bytes *source, size_t at, size_t *distance)
{
	size_t limit = source->size - at, best = MATCH_MIN - 1;
	if (limit < MATCH_MIN)
		return 0;
	if (limit > MATCH_MAX)
		limit = MATCH_MAX;
	const unsigned char *here = source->data + at;
	int64_t place = places->head[hash_of(here)];
	for (int tries = 0; tries < CHAIN && place >= 0; tries++) {
		if (at - (size_t)place > WINDOW - 1)
			break;
		const unsigned char *there = source->data + place;
		size_t length = 0;
		while (length < limit && there[length] == here[length])
			length++;
		if (length > best) {
			best = length;
			*distance = at - (size_t)place;
		}
		if (best == limit)
			break;
		place = places->before[(size_t)place % WINDOW];
	}
	return best < MATCH_MIN ? 0 : best;
}

static void put_adler(Writer *writer, const Bytes *source)
{
	uint32_t sum = adler32(source->data, source->size);
	for (int shift = 24; shift >= 0; shift -= 8)
		writer->data[writer->size++] = (unsigned char)(sum >> shift);
}

Bytes deflate_compress(Arena *arena, Bytes source)
{
	Writer writer = { .data = arena_alloc(
		                  arena, source.size + source.size / 8 + 16) };
	Arena *scratch = arena_child(arena, "deflate");
	Places *places = ARENA_NEW(scratch, Places);
	memset(places->head, -1, sizeof places->head);

	put(&writer, 0x78, 8); /* deflate, a window of 32 KiB */
	put(&writer, 0x01, 8); /* fastest; makes the two bytes a multiple of 31 */
	put(&writer, 1, 1);    /* the last block, */
	put(&writer, 1, 2);    /* with fixed codes */
	for (size_t at = 0; at < source.size;) {
		size_t distance = 0, length = find(places, &source, at, &distance);
		if (length)
			put_match(&writer, length, distance);
		else
			put_symbol(&writer, source.data[at]);
		for (size_t end = at + (length ? length : 1); at < end; at++)
			remember(places, &source, at);
	}
	put_symbol(&writer, END);
	put(&writer, 0, (8 - writer.count) % 8);
	put_adler(&writer, &source);
	arena_free(scratch);
	return (Bytes){ .data = writer.data, .size = writer.size };
}
