/* The bytes as one long binary number, divided without carries by the polynomial
 * 0x104c11db7 (Peterson & Brown 1961); the sum is what remains, its bits inverted before
 * and after. Bits go in lowest first, so that all is mirrored: 0xedb88320.
 *
 * Bit by bit that takes eight steps a byte. A table has what each byte comes to; with
 * sixteen of them, for a byte that 0 to 15 others follow, sixteen bytes go in at once
 * ("slicing", Kounavis & Berry 2005). Making the tables takes some microseconds. */
#include "tensor/file/crc32.h"

enum { SLICES = 16 };

static void make_tables(uint32_t table[SLICES][256])
{
	for (uint32_t byte = 0; byte < 256; byte++) {
		uint32_t rest = byte;
		for (int bit = 0; bit < 8; bit++)
			rest = rest >> 1 ^ (rest & 1 ? 0xedb88320u : 0);
		table[0][byte] = rest;
	}
	for (int s = 1; s < SLICES; s++)
		for (int byte = 0; byte < 256; byte++) {
			uint32_t before = table[s - 1][byte];
			table[s][byte] = before >> 8 ^ table[0][before & 255];
		}
}

uint32_t crc32_add(uint32_t sum, const void *data, size_t size)
{
	uint32_t table[SLICES][256];
	make_tables(table);
	const unsigned char *bytes = data;
	sum = ~sum;
	for (; size >= SLICES; size -= SLICES, bytes += SLICES) {
		uint32_t next = 0;
		for (int i = 0; i < SLICES; i++) {
			uint32_t byte = bytes[i] ^ (i < 4 ? sum >> 8 * i & 255 : 0);
			next ^= table[SLICES - 1 - i][byte];
		}
		sum = next;
	}
	for (; size; size--)
		sum = sum >> 8 ^ table[0][(sum ^ *bytes++) & 255];
	return ~sum;
}
