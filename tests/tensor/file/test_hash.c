#include "tensor/file/hash.h"
#include "tests/support/harness.h"

/* As the authors publish it. */
START_TEST(hash_of_the_letter_a_is_fnv)
{
	ck_assert(hash_bytes(HASH_BEGIN, "a", 1) == 0xaf63dc4c8601ec8cu);
}
END_TEST

TEST_MAIN("hash", hash_of_the_letter_a_is_fnv)
