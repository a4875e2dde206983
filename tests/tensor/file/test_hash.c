#include "tensor/file/hash.h"
#include "tests/support/harness.h"

/* As the authors publish it. */
START_TEST(hash_of_the_letter_a_is_fnv)
{
	ck_assert(hash_bytes(HASH_BEGIN, "a", 1) == 0xaf63dc4c8601ec8cu);
}
END_TEST

/* (2 ^ 'a') 3 = 297; with a large factor the upper half of the product is folded in:
 * 99 (2^32 + 1) = 99 2^32 + 99, and 99 ^ 99 = 0 remains below. */
START_TEST(hash_keyed_is_as_by_hand)
{
	ck_assert(hash_keyed((HashKey){ 2, 3 }, "a", 1) == 297);
	ck_assert(hash_keyed((HashKey){ 2, 0x100000001u }, "a", 1) == (uint64_t)99 << 32);
	ck_assert(hash_keyed((HashKey){ 2, 3 }, "", 0) == 2);
}
END_TEST

START_TEST(hash_keys_differ_each_time)
{
	HashKey a = hash_key_new(), b = hash_key_new();
	ck_assert(hash_keyed(a, "joy", 3) != hash_keyed(b, "joy", 3));
}
END_TEST

TEST_MAIN("hash", hash_of_the_letter_a_is_fnv, hash_keyed_is_as_by_hand,
        hash_keys_differ_each_time)
