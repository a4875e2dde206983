/* Any bytes of a client become messages or a reason to close; cut into pieces anywhere, they
 * become the same. */
#include "emotionnet/serve/websocket.h"
#include "tensor/utf8.h"
#include "tests/fuzz/fuzz.h"

enum { EVENTS = 256 };

typedef struct Heard {
	WebSocketKind kind[EVENTS];
	int code[EVENTS];
	size_t size[EVENTS];
	unsigned sum[EVENTS]; /* of its bytes */
	int count;
} Heard;

/* Reads them `step` at a time. */
static void hear(Heard *heard, const uint8_t *data, size_t size, size_t step)
{
	WebSocketReader *reader = calloc(1, sizeof *reader);
	unsigned char *bytes = malloc(size + 1);
	size_t at = 0, end = 0, taken;
	FUZZ_CHECK(reader && bytes);
	memcpy(bytes, data, size);
	heard->count = 0;
	while (heard->count < EVENTS) {
		WebSocketEvent event =
		        websocket_read(reader, bytes + at, end - at, &taken);
		FUZZ_CHECK(taken <= end - at);
		if (event.kind == WEBSOCKET_MORE) {
			FUZZ_CHECK(taken == 0);
			if (end == size)
				break;
			end = end + step < size ? end + step : size;
			continue;
		}
		FUZZ_CHECK(taken > 0 || event.kind == WEBSOCKET_WRONG);
		FUZZ_CHECK(event.size <= WEBSOCKET_MESSAGE_MOST);
		if (event.kind == WEBSOCKET_TEXT)
			FUZZ_CHECK(utf8_invalid((const char *)event.data, event.size) ==
			           event.size);
		int i = heard->count++;
		heard->kind[i] = event.kind;
		heard->code[i] = event.code;
		heard->size[i] = event.size;
		heard->sum[i] = 0;
		for (size_t b = 0; b < event.size; b++)
			heard->sum[i] = heard->sum[i] * 31 + event.data[b];
		if (event.kind == WEBSOCKET_WRONG)
			break;
		at += taken;
	}
	free(bytes);
	free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Heard whole, pieces;
	hear(&whole, data, size, size + 1);
	hear(&pieces, data, size, 1 + size / 7);
	FUZZ_CHECK(whole.count == pieces.count);
	for (int i = 0; i < whole.count; i++)
		FUZZ_CHECK(whole.kind[i] == pieces.kind[i] &&
		           whole.code[i] == pieces.code[i] &&
		           whole.size[i] == pieces.size[i] &&
		           whole.sum[i] == pieces.sum[i]);
	return 0;
}
