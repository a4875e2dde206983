#include "tensor/file/crc32.h"
#include "tests/support/harness.h"

/* The value that every description of it gives, and that of nothing. */
START_TEST(crc32_has_its_check_value)
{
	ck_assert_uint_eq(crc32_add(0, "123456789", 9), 0xcbf43926u);
	ck_assert_uint_eq(crc32_add(0, "", 0), 0);
}
END_TEST

/* Bit by bit, as it is defined. */
static uint32_t slowly(const unsigned char *bytes, size_t size)
{
	uint32_t sum = ~0u;
	for (size_t i = 0; i < size; i++) {
		sum ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
	}
	return ~sum;
}

START_TEST(crc32_is_the_division_for_every_length_and_in_parts)
{
	unsigned char bytes[67];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * 151 + 7);
	for (size_t size = 0; size <= sizeof bytes; size++) {
		uint32_t whole = crc32_add(0, bytes, size);
		ck_assert_uint_eq(whole, slowly(bytes, size));
		for (size_t cut = 0; cut <= size; cut++)
			ck_assert_uint_eq(crc32_add(crc32_add(0, bytes, cut), bytes + cut,
			                          size - cut),
			        whole);
	}
}
END_TEST

TEST_MAIN("crc32", crc32_has_its_check_value,
        crc32_is_the_division_for_every_length_and_in_parts)
