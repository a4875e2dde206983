#include "tensor/file/sha1.h"
#include "tests/support/harness.h"

#include <string.h>

static void check(const void *bytes, size_t size, const char *expected)
{
	unsigned char digest[SHA1_SIZE];
	char text[2 * SHA1_SIZE + 1];
	sha1(digest, bytes, size);
	for (int i = 0; i < SHA1_SIZE; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	ck_assert_str_eq(text, expected);
}

/* FIPS 180's own examples. */
START_TEST(sha1_of_known_texts_is_as_published)
{
	static const char two[] =
	        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	check("", 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
	check("abc", 3, "a9993e364706816aba3e25717850c26c9cd0d89d");
	check(two, sizeof two - 1, "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
}
END_TEST

START_TEST(sha1_of_a_million_letters_is_as_published)
{
	static char text[1000000];
	memset(text, 'a', sizeof text);
	check(text, sizeof text, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}
END_TEST

/* Where the length no longer fits into the block of the last bytes: sha1sum's figures. */
START_TEST(sha1_around_a_whole_block_fills_up_with_zeros)
{
	static const struct {
		size_t size;
		const char *digest;
	} known[] = {
		{ 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a" },
		{ 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699" },
		{ 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5" },
		{ 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d" },
		{ 65, "11655326c708d70319be2610e8a57d9a5b959d3b" },
		{ 119, "ee971065aaa017e0632a8ca6c77bb3bf8b1dfc56" },
		{ 120, "f34c1488385346a55709ba056ddd08280dd4c6d6" },
		{ 128, "ad5b3fdbcb526778c2839d2f151ea753995e26a0" },
	};
	char text[200];
	memset(text, 'a', sizeof text);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		check(text, known[i].size, known[i].digest);
}
END_TEST

TEST_MAIN("sha1", sha1_of_known_texts_is_as_published,
        sha1_of_a_million_letters_is_as_published,
        sha1_around_a_whole_block_fills_up_with_zeros)
