/* FNV-1a (Fowler, Noll & Vo): xor a byte, multiply by a prime. It tells contents apart by
 * accident, not against an attacker. */
#include "tensor/file/hash.h"

#include <string.h>

uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3u;
	return hash;
}

uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

uint64_t hash_texts(uint64_t hash, const char *const texts[], int count)
{
	for (int i = 0; i < count; i++)
		hash = hash_text(hash, texts[i]);
	return hash;
}

uint64_t hash_quick(uint64_t hash, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (; size >= 8; size -= 8, bytes += 8) {
		uint64_t word;
		memcpy(&word, bytes, sizeof word);
		hash = (hash ^ word) * 0x100000001b3u;
		hash ^= hash >> 32; /* the high bits reach the low ones too */
	}
	return hash_bytes(hash, bytes, size);
}
