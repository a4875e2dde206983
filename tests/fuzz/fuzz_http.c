/* Any bytes are a request, the beginning of one, or are refused with a status; what is
 * refused stays so whatever follows, and all parts of a request lie within it. */
#include "emotionnet/serve/door.h"
#include "tests/fuzz/fuzz.h"

static void check_within(const HttpRequest *request, HttpText text, const char *bytes)
{
	FUZZ_CHECK(!text.at ||
	           (text.at >= bytes && text.at + text.size <= bytes + request->size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = malloc(size + 1);
	HttpRequest request;
	int last = 0;
	FUZZ_CHECK(bytes);
	memcpy(bytes, data, size);
	for (size_t end = 0; end <= size; end += size < 600 ? 1 : 97) {
		int status = http_read(&request, bytes, end);
		FUZZ_CHECK(!last || (status && (last == 200) == (status == 200)));
		last = status;
	}
	int status = http_read(&request, bytes, size);
	FUZZ_CHECK(strcmp(http_reason(status), "Error") || !status);
	if (status == 200) {
		static const Door door = { 80, "00112233445566778899aabbccddeeff" };
		HttpText path;
		char accept[WEBSOCKET_ACCEPT];
		check_within(&request, request.target, bytes);
		check_within(&request, request.host, bytes);
		check_within(&request, request.key, bytes);
		int asks = door_asks(&door, &request, &path, accept);
		FUZZ_CHECK(asks == 101 || strcmp(http_reason(asks), "Error"));
		if (asks == 200 || asks == 101)
			check_within(&request, path, bytes);
	}
	free(bytes);
	return 0;
}
