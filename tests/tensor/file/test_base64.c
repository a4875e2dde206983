#include "tensor/file/base64.h"
#include "tests/support/harness.h"

#include <string.h>

/* RFC 4648, section 10. */
START_TEST(base64_of_known_texts_is_as_published)
{
	static const char *const known[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		char text[BASE64_ROOM(6)];
		size_t size = strlen(known[i][0]);
		base64_text(text, (Bytes){ (const unsigned char *)known[i][0], size });
		ck_assert_str_eq(text, known[i][1]);
		ck_assert_uint_eq(strlen(text) + 1, BASE64_ROOM(size));
	}
}
END_TEST

TEST_MAIN("base64", base64_of_known_texts_is_as_published)
