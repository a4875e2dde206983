/* Nobody is heard who did not agree, on that day. */
#include "emotionnet/live/consent.h"
#include "tests/support/harness.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GOOD                                                                             \
	"\xEF\xBB\xBF# for the open day\nwho: Ana Silva\n\n  when : 2026-05-04\r\nfor: a stand: yes\nuntil:2026-05-31"

static bool read_text(ConsentFile *consent, Arena *arena, const char *text, Error *error)
{
	Bytes bytes = { (const unsigned char *)text, strlen(text) };
	return consent_read(consent, arena, "c.txt", bytes, error);
}

START_TEST(consent_read_good_file_has_all_four)
{
	Arena *arena = arena_new("test");
	ConsentFile consent;
	Error error;
	ck_assert_msg(read_text(&consent, arena, GOOD, &error), "%s", error.text);
	ck_assert_str_eq(consent.who, "Ana Silva");
	ck_assert_str_eq(consent.when, "2026-05-04");
	ck_assert_str_eq(consent.purpose, "a stand: yes");
	ck_assert_str_eq(consent.until, "2026-05-31");
	arena_free(arena);
}
END_TEST

/* What the message says, after the path. */
static void fails(const char *text, const char *expected)
{
	Arena *arena = arena_new("test");
	ConsentFile consent;
	Error error;
	ck_assert_msg(!read_text(&consent, arena, text, &error), "reads: %s", text);
	ck_assert_msg(strstr(error.text, expected) != NULL, "expected %s, found %s",
	        expected, error.text);
	arena_free(arena);
}

START_TEST(consent_read_bad_file_names_the_line)
{
	fails("", "the line \"who:\" is missing");
	fails("who: a\nwhen: 2026-05-04\nuntil: 2026-05-31\n",
	        "the line \"for:\" is missing");
	fails("who: a\nwho: b\n", "c.txt:2: there is another line \"who:\"");
	fails("who:  \n", "c.txt:1: there is nothing after \"who:\"");
	fails("yes\n", "c.txt:1: expected one of who:, when:, for: or until:");
	fails("Who: a\n", "found \"Who\"");
	fails(": a\n", "c.txt:1: there is nothing before the colon");
	fails("when: 4 May\n",
	        "when: expected a day such as 2026-05-31, found \"4 May\"");
	fails("when: 2026-02-29\n", "expected a day");
	fails("when: 2026-13-01\n", "expected a day");
	fails("when: 2026-04-00\n", "expected a day");
	fails("until: 2026-05-31T10:00\n", "expected a day");
	fails("who: a\nwhen: 2026-05-04\nfor: b\nuntil: 2026-05-03\n",
	        "it ends on 2026-05-03, before it begins, on 2026-05-04");
	fails("who: \xff\n", "expected a small text file in UTF-8");
}
END_TEST

START_TEST(consent_read_leap_day_is_a_day)
{
	Arena *arena = arena_new("test");
	ConsentFile consent;
	ck_assert(read_text(&consent, arena,
	        "who: a\nwhen: 2024-02-29\nfor: b\nuntil: 2400-02-29\n", NULL));
	fails("when: 1900-02-29\n", "expected a day");
	arena_free(arena);
}
END_TEST

/* Every beginning of the file that lacks a line is refused. */
START_TEST(consent_read_truncated_file_fails)
{
	Arena *arena = arena_new("test");
	ConsentFile consent;
	for (size_t size = 0; size < sizeof GOOD - 1; size++) {
		char *part = arena_format(arena, "%.*s", (int)size, GOOD);
		ck_assert_msg(!read_text(&consent, arena, part, NULL), "%zu", size);
	}
	arena_free(arena);
}
END_TEST

static bool ask(Consent consent, const char *today, char **said, Error *error)
{
	Arena *arena = arena_new("test");
	size_t size;
	FILE *out = open_memstream(said, &size);
	bool good = consent_ask(&consent, arena, today, out, error);
	ck_assert(!fclose(out));
	arena_free(arena);
	return good;
}

START_TEST(consent_ask_without_an_option_names_the_law_and_fails)
{
	char *said;
	Error error;
	ck_assert(!ask((Consent){ false, NULL }, "2026-05-04", &said, &error));
	ck_assert(strstr(said, "Regulation (EU) 2024/1689") != NULL);
	ck_assert(strstr(said, "Art. 5(1)(f)") && strstr(said, "Art. 50(3)"));
	ck_assert(strstr(error.text, "nobody has agreed to be heard") != NULL);
	ck_assert(strstr(error.text, "\nuntil: 2026-05-31\n") != NULL);
	free(said);
	ck_assert(ask((Consent){ true, NULL }, "2026-05-04", &said, &error));
	ck_assert(strstr(said, "Art. 5(1)(f)") != NULL);
	free(said);
	ck_assert(!ask((Consent){ true, "c.txt" }, "2026-05-04", &said, &error));
	ck_assert(strstr(error.text, "expected one of them") != NULL);
	free(said);
}
END_TEST

START_TEST(consent_ask_file_holds_from_its_first_to_its_last_day)
{
	char path[] = "/tmp/consent-XXXXXX", *said;
	int file = mkstemp(path);
	ck_assert(file >= 0);
	ck_assert(write(file, GOOD, sizeof GOOD - 1) == sizeof GOOD - 1);
	close(file);
	Consent consent = { false, path };
	Error error;
	ck_assert(!ask(consent, "2026-05-03", &said, &error));
	ck_assert(strstr(error.text, "agreed to be heard from 2026-05-04 on") != NULL);
	free(said);
	ck_assert(ask(consent, "2026-05-04", &said, &error));
	ck_assert(strstr(said, "Ana Silva agreed to be heard until 2026-05-31") != NULL);
	free(said);
	ck_assert(ask(consent, "2026-05-31", &said, &error));
	free(said);
	ck_assert(!ask(consent, "2026-06-01", &said, &error));
	ck_assert(strstr(error.text, "agreed to be heard until 2026-05-31") != NULL);
	free(said);
	unlink(path);
	ck_assert(!ask(consent, "2026-05-04", &said, &error));
	free(said);
}
END_TEST

START_TEST(consent_day_is_the_day_here)
{
	char day[CONSENT_DAY];
	ck_assert(!setenv("TZ", "UTC0", 1));
	consent_day(day, (time_t)86400 * 365);
	ck_assert_str_eq(day, "1971-01-01");
	ck_assert(!setenv("TZ", "XXX-2", 1)); /* two hours ahead */
	tzset();
	consent_day(day, (time_t)86400 * 365 - 3600);
	ck_assert_str_eq(day, "1971-01-01");
}
END_TEST

TEST_MAIN("consent", consent_read_good_file_has_all_four,
        consent_read_bad_file_names_the_line, consent_read_leap_day_is_a_day,
        consent_read_truncated_file_fails,
        consent_ask_without_an_option_names_the_law_and_fails,
        consent_ask_file_holds_from_its_first_to_its_last_day,
        consent_day_is_the_day_here)
