/* FNV-1a (Fowler, Noll & Vo): xor a byte, multiply by a prime. It tells contents apart by
 * accident, not against an attacker. */
#include "tensor/file/hash.h"

uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3u;
	return hash;
}
