/* Deflate (RFC 1951): blocks, each stored as it is, or as symbols: a byte (0..255), the end
 * (256), or "copy LENGTH bytes from DISTANCE back" (257..285 and a symbol of another code),
 * where a symbol says the range and extra bits where in it. Symbols are written in a Huffman
 * code, which is told by the lengths of its codes alone: codes of one length are successive
 * numbers in the order of their symbols, and begin where those of the length before end,
 * shifted (3.2.2). A block has the fixed code (3.2.6), or brings the lengths of its own,
 * themselves written in a code whose lengths stand before them.
 *
 * Bits come lowest first, but of a code the highest first. The decoder takes it bit by bit,
 * as zlib's contrib/puff does: `first` is the first code of this length, and a code below
 * first + count is one of them. That is slow beside a table, and short.
 *
 * What is wrong is remembered once, with its place; from there on every bit is 0, and the
 * loops end. */
#include "tensor/file/inflate.h"

enum { LONGEST = 15, LITERALS = 288, DISTANCES = 30, END = 256, LENGTHS = 19 };

typedef struct Reader {
	const unsigned char *data;
	size_t size, at;
	unsigned bits; /* taken from data, not yet used, the first one lowest */
	int waiting;   /* so many */
	unsigned char *out;
	size_t room, written;
	const char *wrong; /* NULL: nothing so far */
} Reader;

static void fail(Reader *r, const char *what)
{
	if (!r->wrong)
		r->wrong = what;
}

static unsigned take(Reader *r, int count)
{
	while (r->waiting < count) {
		if (r->at == r->size)
			fail(r, "it ends too early");
		if (r->wrong)
			return 0;
		r->bits |= (unsigned)r->data[r->at++] << r->waiting;
		r->waiting += 8;
	}
	unsigned value = r->bits & ((1u << count) - 1);
	r->bits >>= count;
	r->waiting -= count;
	return value;
}

static void put(Reader *r, unsigned char byte)
{
	if (r->written == r->room)
		fail(r, "more comes out than there should be");
	else
		r->out[r->written++] = byte;
}

/* ---- codes ------------------------------------------------------------------------- */

typedef struct Code {
	int count[LONGEST + 1]; /* codes of each length */
	int symbol[LITERALS];   /* in the order of their codes */
} Code;

/* Of lengths[0..symbols-1], 0 for a symbol without a code. A code with room left over is
 * allowed only where it has one symbol or none, which some blocks without copies have. */
static void make_code(Reader *r, Code *code, const unsigned char *lengths, int symbols)
{
	int next[LONGEST + 1] = { 0 }, left = 1, used = 0;
	*code = (Code){ .count = { 0 } };
	for (int s = 0; s < symbols; s++)
		code->count[lengths[s]]++;
	for (int length = 1; length <= LONGEST && left >= 0; length++) {
		left = 2 * left - code->count[length];
		used += code->count[length];
		if (length < LONGEST)
			next[length + 1] = used;
	}
	if (left < 0 || (left > 0 && used > code->count[1]) || (left > 0 && used > 1))
		fail(r, "the lengths of its codes are none of a Huffman code");
	for (int s = 0; s < symbols && !r->wrong; s++)
		if (lengths[s])
			code->symbol[next[lengths[s]]++] = s;
}

static int take_symbol(Reader *r, const Code *code)
{
	int bits = 0, first = 0, index = 0;
	for (int length = 1; length <= LONGEST && !r->wrong; length++) {
		bits |= (int)take(r, 1);
		if (bits - first < code->count[length])
			return code->symbol[index + bits - first];
		index += code->count[length];
		first = (first + code->count[length]) << 1;
		bits <<= 1;
	}
	fail(r, "a code that stands for nothing");
	return END;
}

/* ---- blocks ------------------------------------------------------------------------ */

static void copy_back(Reader *r, size_t length, size_t distance)
{
	if (distance > r->written)
		fail(r, "a copy of what lies before the beginning");
	for (; length && !r->wrong; length--)
		put(r, r->out[r->written - distance]);
}

/* The ranges of RFC 1951, 3.2.5. */
static void read_symbols(Reader *r, const Code *literals, const Code *distances)
{
	static const short length_base[] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19,
		23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
	static const short length_extra[] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
		2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
	static const short distance_base[] = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49,
		65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
		8193, 12289, 16385, 24577 };
	enum { RANGES = sizeof length_base / sizeof length_base[0] };
	for (int s; !r->wrong && (s = take_symbol(r, literals)) != END;) {
		if (s < END) {
			put(r, (unsigned char)s);
			continue;
		}
		s -= END + 1;
		if (s >= RANGES) {
			fail(r, "a length that there is not");
			return;
		}
		size_t length = (size_t)length_base[s] + take(r, length_extra[s]);
		int d = take_symbol(r, distances);
		if (d >= DISTANCES)
			fail(r, "a distance that there is not");
		if (r->wrong)
			return;
		int extra = d < 2 ? 0 : d / 2 - 1;
		copy_back(r, length, (size_t)distance_base[d] + take(r, extra));
	}
}

static void read_stored(Reader *r)
{
	r->bits = 0;
	r->waiting = 0; /* the rest of the byte is empty */
	unsigned size = take(r, 16), inverse = take(r, 16);
	if (size != (inverse ^ 0xffffu))
		fail(r, "the length of a stored block and its inverse do not agree");
	for (; size && !r->wrong; size--)
		put(r, (unsigned char)take(r, 8));
}

static void read_fixed(Reader *r)
{
	unsigned char lengths[LITERALS];
	Code literals, distances;
	for (int s = 0; s < LITERALS; s++)
		lengths[s] = s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8;
	make_code(r, &literals, lengths, LITERALS);
	/* two of its 32 codes stand for nothing: no mistake here */
	distances = (Code){ .count = { [5] = DISTANCES } };
	for (int s = 0; s < DISTANCES; s++)
		distances.symbol[s] = s;
	read_symbols(r, &literals, &distances);
}

/* The lengths of both codes in a row: a symbol below 16 is one, 16 repeats the one before, 17
 * and 18 are runs of 0. */
static void read_lengths(Reader *r, unsigned char *lengths, int count, const Code *code)
{
	for (int i = 0; i < count && !r->wrong;) {
		int s = take_symbol(r, code), times = 1;
		unsigned char length = (unsigned char)s;
		if (s == 16) {
			if (!i)
				fail(r, "a repetition of nothing");
			length = i ? lengths[i - 1] : 0;
			times = 3 + (int)take(r, 2);
		} else if (s > 16) {
			length = 0;
			times = s == 17 ? 3 + (int)take(r, 3) : 11 + (int)take(r, 7);
		}
		if (times > count - i)
			fail(r, "more lengths of codes than it has symbols");
		for (; times && !r->wrong; times--)
			lengths[i++] = length;
	}
}

static void read_dynamic(Reader *r)
{
	static const unsigned char order[LENGTHS] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5,
		11, 4, 12, 3, 13, 2, 14, 1, 15 };
	unsigned char small[LENGTHS] = { 0 }, lengths[LITERALS + 32] = { 0 };
	int literals = 257 + (int)take(r, 5), distances = 1 + (int)take(r, 5);
	int count = 4 + (int)take(r, 4);
	Code of_lengths, of_literals, of_distances;
	if (literals > LITERALS - 2 || distances > DISTANCES)
		fail(r, "more symbols than there are");
	for (int i = 0; i < count; i++)
		small[order[i]] = (unsigned char)take(r, 3);
	if (r->wrong)
		return;
	make_code(r, &of_lengths, small, LENGTHS);
	read_lengths(r, lengths, literals + distances, &of_lengths);
	if (!r->wrong && !lengths[END])
		fail(r, "a block without an end");
	make_code(r, &of_literals, lengths, literals);
	make_code(r, &of_distances, lengths + literals, distances);
	read_symbols(r, &of_literals, &of_distances);
}

static void read_blocks(Reader *r)
{
	for (bool last = false; !last && !r->wrong;) {
		last = take(r, 1);
		switch (take(r, 2)) {
		case 0:
			read_stored(r);
			break;
		case 1:
			read_fixed(r);
			break;
		case 2:
			read_dynamic(r);
			break;
		default:
			fail(r, "a block of a kind that there is not");
		}
	}
}

/* ---- the stream -------------------------------------------------------------------- */

uint32_t adler32(const void *data, size_t size)
{
	enum { MODULUS = 65521, SAFE = 5552 }; /* so many bytes do not overflow */
	const unsigned char *bytes = data;
	uint32_t a = 1, b = 0;
	while (size) {
		size_t now = size < SAFE ? size : SAFE;
		for (size_t i = 0; i < now; i++) {
			a += *bytes++;
			b += a;
		}
		a %= MODULUS;
		b %= MODULUS;
		size -= now;
	}
	return b << 16 | a;
}

bool inflate_zlib(
        unsigned char *out, size_t size, const char *name, Bytes zlib, Error *error)
{
	enum { DEFLATE = 8, DICTIONARY = 32 };
	Reader r = { .data = zlib.data, .size = zlib.size, .out = out, .room = size };
	unsigned method = take(&r, 8), flags = take(&r, 8);
	if ((method & 15) != DEFLATE || method >> 4 > 7 || (method << 8 | flags) % 31)
		fail(&r, "it does not begin as a zlib stream does");
	if (flags & DICTIONARY)
		fail(&r, "it needs a dictionary that is not there");
	read_blocks(&r);
	r.waiting = 0; /* the sum begins with a byte of its own */
	r.bits = 0;
	uint32_t sum = 0;
	for (int i = 0; i < 4; i++)
		sum = sum << 8 | take(&r, 8);
	if (r.written < size)
		fail(&r, "less comes out than there should be");
	if (r.at < r.size)
		fail(&r, "there are bytes behind its end");
	if (sum != adler32(out, r.written))
		fail(&r, "the sum behind it is not that of what came out");
	return !r.wrong ||
	       error_set(error,
	               "%s: byte %zu of the %zu compressed ones, %zu of %zu came out: %s. Hint: the file was cut off or changed; copy it again.",
	               name, r.at, zlib.size, r.written, size, r.wrong);
}
