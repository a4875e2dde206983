#include "emotionnet/serve/websocket.h"
#include "tests/support/harness.h"

#include <string.h>

enum { MOST = WEBSOCKET_MESSAGE_MOST };
static WebSocketReader reader;
static unsigned char wire[2 * MOST];
static size_t wired;

/* A client's frame behind those on the wire: its first byte as it is, masked. */
static void say(int first, const void *bytes, size_t size)
{
	static const unsigned char mask[4] = { 0xa5, 0, 0xff, 0x3c };
	unsigned char *at = wire + wired;
	size_t head = 2;
	at[0] = (unsigned char)first;
	if (size < 126) {
		at[1] = (unsigned char)(128 | size);
	} else if (size <= 0xffff) {
		at[1] = 128 | 126;
		at[2] = (unsigned char)(size >> 8);
		at[3] = (unsigned char)(size & 255);
		head = 4;
	} else {
		at[1] = 128 | 127;
		for (int i = 0; i < 8; i++)
			at[2 + i] = (unsigned char)((uint64_t)size >> 8 * (7 - i));
		head = 10;
	}
	memcpy(at + head, mask, 4);
	for (size_t i = 0; i < size; i++)
		at[head + 4 + i] = ((const unsigned char *)bytes)[i] ^ mask[i % 4];
	wired += head + 4 + size;
}

/* The next event of what is on the wire, which it takes from there. */
static WebSocketEvent hear(void)
{
	size_t taken;
	WebSocketEvent event = websocket_read(&reader, wire, wired, &taken);
	static unsigned char data[MOST];
	if (event.size)
		memcpy(data, event.data, event.size);
	event.data = data;
	wired -= taken;
	memmove(wire, wire + taken, wired);
	return event;
}

static void begin(void)
{
	memset(&reader, 0, sizeof reader);
	wired = 0;
}

static void check_wrong(int code)
{
	WebSocketEvent event = hear();
	ck_assert_int_eq(event.kind, WEBSOCKET_WRONG);
	ck_assert_int_eq(event.code, code);
}

/* RFC 6455, section 1.3. */
START_TEST(websocket_key_is_answered_as_the_rfc_does)
{
	char accept[WEBSOCKET_ACCEPT];
	ck_assert(websocket_accept(accept, (HttpText){ "dGhlIHNhbXBsZSBub25jZQ==", 24 }));
	ck_assert_str_eq(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	ck_assert(!websocket_accept(accept, (HttpText){ NULL, 0 }));
	ck_assert(!websocket_accept(accept, (HttpText){ "dGhlIHNhbXBsZSBub25jZQ=", 23 }));
	ck_assert(
	        !websocket_accept(accept, (HttpText){ "dGhlIHNhbXBsZSBub25jZ...", 24 }));
	ck_assert(
	        !websocket_accept(accept, (HttpText){ "dGhlIHNhb\"BsZSBub25jZQ==", 24 }));
}
END_TEST

/* RFC 6455, section 5.7. */
START_TEST(websocket_hello_of_the_rfc_is_read)
{
	static const unsigned char hello[] = { 0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f,
		0x9f, 0x4d, 0x51, 0x58 };
	begin();
	for (size_t i = 0; i < sizeof hello; i++) {
		ck_assert_int_eq(hear().kind, WEBSOCKET_MORE);
		wire[wired++] = hello[i];
	}
	WebSocketEvent event = hear();
	ck_assert_int_eq(event.kind, WEBSOCKET_TEXT);
	ck_assert_uint_eq(event.size, 5);
	ck_assert(!memcmp(event.data, "Hello", 5));
	ck_assert_uint_eq(wired, 0);
}
END_TEST

START_TEST(websocket_messages_of_every_length_are_whole)
{
	static const size_t sizes[] = { 0, 1, 125, 126, 65535, MOST };
	static unsigned char bytes[MOST];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * 31);
	begin();
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		say(0x82, bytes, sizes[i]);
		WebSocketEvent event = hear();
		ck_assert_int_eq(event.kind, WEBSOCKET_BINARY);
		ck_assert_uint_eq(event.size, sizes[i]);
		ck_assert(!memcmp(event.data, bytes, sizes[i]));
	}
}
END_TEST

/* A character may be cut, and a ping may come between. */
START_TEST(websocket_fragments_become_one_message)
{
	begin();
	say(0x01, "\xc3", 1);
	say(0x89, "?", 1);
	say(0x00, "", 0);
	say(0x80, "\xa9", 1);
	ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
	WebSocketEvent ping = hear();
	ck_assert_int_eq(ping.kind, WEBSOCKET_PING);
	ck_assert_uint_eq(ping.size, 1);
	ck_assert_int_eq(ping.data[0], '?');
	ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
	WebSocketEvent event = hear();
	ck_assert_int_eq(event.kind, WEBSOCKET_TEXT);
	ck_assert(event.size == 2 && !memcmp(event.data, "\xc3\xa9", 2));
	say(0x8a, "", 0);
	ck_assert_int_eq(hear().kind, WEBSOCKET_PONG);
}
END_TEST

START_TEST(websocket_frames_against_the_rfc_are_refused)
{
	static const int firsts[] = { 0xc1, 0xa1, 0x91, 0x83, 0x87, 0x8b, 0x8f, 0x09,
		0x08 }; /* reserved bits, unknown opcodes, control frames in parts */
	for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
		begin();
		say(firsts[i], "", 0);
		check_wrong(WEBSOCKET_BROKEN);
	}
	begin();
	say(0x80, "x", 1); /* goes on with nothing */
	check_wrong(WEBSOCKET_BROKEN);
	begin();
	say(0x01, "x", 1);
	say(0x81, "y", 1); /* begins anew before the end */
	ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
	check_wrong(WEBSOCKET_BROKEN);
	begin();
	say(0x89, wire, 126); /* a long ping */
	check_wrong(WEBSOCKET_BROKEN);
	begin();
	say(0x81, "\xff", 1);
	check_wrong(WEBSOCKET_NOT_UTF8);
}
END_TEST

static void check_head(const void *head, size_t size, int code)
{
	begin();
	memcpy(wire, head, size);
	wired = size;
	check_wrong(code);
}

/* By its head alone, whatever is to follow. */
START_TEST(websocket_lengths_that_lie_are_refused)
{
	check_head("\x81\x05", 2, WEBSOCKET_BROKEN);         /* no mask */
	check_head("\x81\xfe\x00\x7d", 4, WEBSOCKET_BROKEN); /* fits in 7 bits */
	check_head("\x81\xff\0\0\0\0\0\0\xff\xff", 10, WEBSOCKET_BROKEN); /* in 16 */
	check_head("\x82\xff\x80\0\0\0\0\0\0\0", 10, WEBSOCKET_BROKEN);
	check_head("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10, WEBSOCKET_TOO_LARGE);
	check_head("\x82\xff\0\0\0\0\0\1\0\1", 10, WEBSOCKET_TOO_LARGE);
}
END_TEST

START_TEST(websocket_message_too_large_in_parts_is_refused)
{
	static unsigned char bytes[MOST];
	begin();
	say(0x02, bytes, MOST - 1);
	ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
	say(0x00, bytes, 1);
	ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
	say(0x80, bytes, 1);
	check_wrong(WEBSOCKET_TOO_LARGE);
	begin();
	say(0x02, bytes, 0);
	for (int i = 1; i < WEBSOCKET_FRAMES_MOST; i++) {
		ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
		say(0x00, bytes, 0);
	}
	ck_assert_int_eq(hear().kind, WEBSOCKET_PART);
	say(0x00, bytes, 0);
	check_wrong(WEBSOCKET_TOO_LARGE);
}
END_TEST

START_TEST(websocket_close_says_why_or_is_refused)
{
	static const struct {
		const char *bytes;
		size_t size;
		WebSocketKind kind;
		int code;
	} said[] = {
		{ "", 0, WEBSOCKET_CLOSE, WEBSOCKET_DONE },
		{ "\x03\xe9", 2, WEBSOCKET_CLOSE, WEBSOCKET_LEAVING },
		{ "\x0f\xa0"
		  "Bye \xc3\xa9",
		        8, WEBSOCKET_CLOSE, 4000 },
		{ "\x03", 1, WEBSOCKET_WRONG, WEBSOCKET_BROKEN },
		{ "\x03\xed", 2, WEBSOCKET_WRONG, WEBSOCKET_BROKEN }, /* 1005 */
		{ "\x00\x00", 2, WEBSOCKET_WRONG, WEBSOCKET_BROKEN },
		{ "\x03\xe8\xc3", 3, WEBSOCKET_WRONG, WEBSOCKET_NOT_UTF8 },
	};
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		begin();
		say(0x88, said[i].bytes, said[i].size);
		WebSocketEvent event = hear();
		ck_assert_int_eq(event.kind, said[i].kind);
		ck_assert_int_eq(event.code, said[i].code);
	}
}
END_TEST

START_TEST(websocket_head_is_in_its_shortest_form)
{
	unsigned char head[WEBSOCKET_HEAD_MOST];
	ck_assert_uint_eq(websocket_head(head, WEBSOCKET_TEXT, 125), 2);
	ck_assert(!memcmp(head, "\x81\x7d", 2));
	ck_assert_uint_eq(websocket_head(head, WEBSOCKET_BINARY, 126), 4);
	ck_assert(!memcmp(head, "\x82\x7e\x00\x7e", 4));
	ck_assert_uint_eq(websocket_head(head, WEBSOCKET_PONG, 65536), 10);
	ck_assert(!memcmp(head, "\x8a\x7f\0\0\0\0\0\1\0\0", 10));
}
END_TEST

TEST_MAIN("websocket", websocket_key_is_answered_as_the_rfc_does,
        websocket_hello_of_the_rfc_is_read, websocket_messages_of_every_length_are_whole,
        websocket_fragments_become_one_message,
        websocket_frames_against_the_rfc_are_refused,
        websocket_lengths_that_lie_are_refused,
        websocket_message_too_large_in_parts_is_refused,
        websocket_close_says_why_or_is_refused, websocket_head_is_in_its_shortest_form)
