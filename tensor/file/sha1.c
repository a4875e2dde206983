/* The bytes, then 0x80, zeros, and their number of bits as 8 bytes, fill whole blocks of
 * 64. A block is 16 words w[t] with the highest byte first, which go on by
 *
 *     w[t] = rotate(w[t-3] ^ w[t-8] ^ w[t-14] ^ w[t-16], 1),    t = 16..79
 *
 * and each of the 80 turns five words of state over, by a function of three of them that
 * changes every 20 steps. */
#include "tensor/file/sha1.h"

#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, WORDS = 80, LENGTH = 8 };

static uint32_t rotate(uint32_t x, int bits)
{
	return x << bits | x >> (32 - bits);
}

static void turn(uint32_t state[5], const unsigned char block[BLOCK])
{
	uint32_t w[WORDS];
	for (int t = 0; t < WORDS; t++) {
		const unsigned char *four = block + 4 * t;
		w[t] = t < 16 ? (uint32_t)four[0] << 24 | (uint32_t)four[1] << 16 |
		                        (uint32_t)four[2] << 8 | four[3]
		              : rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
	}
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
	for (int t = 0; t < WORDS; t++) {
		uint32_t mixed = t < 20   ? ((b & c) | (~b & d)) + 0x5a827999
		                 : t < 40 ? (b ^ c ^ d) + 0x6ed9eba1
		                 : t < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
		                          : (b ^ c ^ d) + 0xca62c1d6;
		uint32_t next = rotate(a, 5) + mixed + e + w[t];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = next;
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
	state[4] += e;
}

void sha1(unsigned char digest[SHA1_SIZE], const void *bytes, size_t size)
{
	uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
		0xc3d2e1f0 };
	const unsigned char *at = bytes;
	size_t left = size;
	for (; left >= BLOCK; left -= BLOCK, at += BLOCK)
		turn(state, at);
	unsigned char last[2 * BLOCK] = { 0 };
	if (left)
		memcpy(last, at, left);
	last[left] = 0x80;
	size_t end = left + 1 + LENGTH <= BLOCK ? BLOCK : 2 * BLOCK;
	for (int i = 0; i < LENGTH; i++)
		last[end - 1 - (size_t)i] =
		        (unsigned char)((uint64_t)size * 8 >> 8 * i & 255);
	for (size_t i = 0; i < end; i += BLOCK)
		turn(state, last + i);
	for (int i = 0; i < SHA1_SIZE; i++)
		digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)) & 255);
}
