#include "emotionnet/serve/door.h"
#include "tests/support/harness.h"

#include <string.h>

static const Door door = { 8080, "00112233445566778899aabbccddeeff" };
#define HERE_PATH "/00112233445566778899aabbccddeeff/"

static HttpText text(const char *of)
{
	return (HttpText){ of, of ? strlen(of) : 0 };
}

/* What a page of the program's own sends for its socket. */
static HttpRequest asks(void)
{
	return (HttpRequest){
		.target = text(HERE_PATH "socket"),
		.host = text("127.0.0.1:8080"),
		.origin = text("http://127.0.0.1:8080"),
		.upgrade = text("websocket"),
		.connection = text("Upgrade"),
		.key = text("dGhlIHNhbXBsZSBub25jZQ=="),
		.version = text("13"),
	};
}

static int answer(HttpRequest request)
{
	HttpText path;
	char accept[WEBSOCKET_ACCEPT];
	return door_asks(&door, &request, &path, accept);
}

START_TEST(door_files_are_named_behind_the_token)
{
	HttpText path;
	char accept[WEBSOCKET_ACCEPT];
	HttpRequest request = { .target = text(HERE_PATH),
		.host = text("localhost:8080") };
	ck_assert_int_eq(door_asks(&door, &request, &path, accept), 200);
	ck_assert(http_is(path, ""));
	request.target = text(HERE_PATH "live.css");
	ck_assert_int_eq(door_asks(&door, &request, &path, accept), 200);
	ck_assert(http_is(path, "live.css"));
}
END_TEST

START_TEST(door_socket_opens_for_the_programs_own_page)
{
	HttpText path;
	char accept[WEBSOCKET_ACCEPT];
	HttpRequest request = asks();
	ck_assert_int_eq(door_asks(&door, &request, &path, accept), 101);
	ck_assert_str_eq(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}
END_TEST

START_TEST(door_token_that_differs_in_any_sign_is_refused)
{
	char target[] = HERE_PATH;
	for (size_t i = 0; i < sizeof target - 1; i++) {
		HttpRequest request = { .host = text("127.0.0.1:8080") };
		target[i] ^= 1;
		request.target = text(target);
		ck_assert_int_eq(answer(request), 403);
		target[i] ^= 1;
		request.target = (HttpText){ target, i };
		ck_assert_int_eq(answer(request), 403);
	}
}
END_TEST

START_TEST(door_other_names_of_this_machine_are_refused)
{
	static const char *const hosts[] = { "127.0.0.1", "127.0.0.1:80",
		"127.0.0.2:8080", "evil.example:8080", "localhost:8080.evil.example",
		"LOCALHOST:8080", "" };
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
		HttpRequest request = { .target = text(HERE_PATH),
			.host = text(hosts[i]) };
		ck_assert_int_eq(answer(request), 403);
	}
}
END_TEST

START_TEST(door_socket_is_refused_to_pages_of_others)
{
	static const char *const origins[] = { NULL, "null", "http://evil.example",
		"https://127.0.0.1:8080", "http://127.0.0.1:80",
		"http://127.0.0.1:80800" };
	for (size_t i = 0; i < sizeof origins / sizeof origins[0]; i++) {
		HttpRequest request = asks();
		request.origin = text(origins[i]);
		ck_assert_int_eq(answer(request), 403);
	}
}
END_TEST

START_TEST(door_socket_that_is_no_websocket_is_refused)
{
	HttpRequest request = asks();
	request.upgrade = text("h2c");
	ck_assert_int_eq(answer(request), 426);
	request = asks();
	request.connection = text("keep-alive");
	ck_assert_int_eq(answer(request), 426);
	request = asks();
	request.version = text("8");
	ck_assert_int_eq(answer(request), 426);
	request = asks();
	request.key = text("short==");
	ck_assert_int_eq(answer(request), 400);
}
END_TEST

START_TEST(door_new_has_another_token_each_time)
{
	Door one, other;
	Error error;
	ck_assert(door_new(&one, 1, &error) && door_new(&other, 1, &error));
	ck_assert_uint_eq(strlen(one.token), DOOR_TOKEN - 1);
	ck_assert_uint_eq(strspn(one.token, "0123456789abcdef"), DOOR_TOKEN - 1);
	ck_assert_str_ne(one.token, other.token);
}
END_TEST

TEST_MAIN("door", door_files_are_named_behind_the_token,
        door_socket_opens_for_the_programs_own_page,
        door_token_that_differs_in_any_sign_is_refused,
        door_other_names_of_this_machine_are_refused,
        door_socket_is_refused_to_pages_of_others,
        door_socket_that_is_no_websocket_is_refused, door_new_has_another_token_each_time)
