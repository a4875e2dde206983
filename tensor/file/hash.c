/* FNV-1a (Fowler, Noll & Vo): xor a byte, multiply by a prime. It tells contents apart by
 * accident, not against an attacker. */
#include "tensor/file/hash.h"

#include <time.h>

uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3u;
	return hash;
}

/* From the clock, and from where the system has put the stack this time. */
HashKey hash_key_new(void)
{
	struct timespec now;
	const void *here = &now;
	timespec_get(&now, TIME_UTC);
	uint64_t begin = hash_bytes(HASH_BEGIN, &now.tv_nsec, sizeof now.tv_nsec);
	begin = hash_bytes(begin, &here, sizeof here);
	return (HashKey){ begin, hash_bytes(begin, &begin, sizeof begin) | 1 };
}

/* The upper half is folded in: alone, the low bits would depend on no others. */
uint64_t hash_keyed(HashKey key, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++) {
		key.begin = (key.begin ^ bytes[i]) * key.factor;
		key.begin ^= key.begin >> 32;
	}
	return key.begin;
}
