/* consent.c: see consent.h. Dates are compared as texts: in YYYY-MM-DD the later one is the
 * greater. */
#include "emotionnet/live/consent.h"

#include "tensor/plot/escape.h"
#include "tensor/utf8.h"

#include <string.h>

#define EXAMPLE                                                                          \
	"who: Ana Silva\nwhen: 2026-05-04\nfor: showing this program at the open day\nuntil: 2026-05-31\n"

static const char law[] =
        "Note: this program infers emotions from voices and faces. In the European Union, Regulation (EU) 2024/1689 prohibits that at work and in education, but for medical or safety reasons (Art. 5(1)(f)), and obliges you to inform everyone who is heard or seen (Art. 50(3)). What it tells is what is expressed in a recording, not what a person feels.\n";

void consent_options(Options *options, Consent *consent)
{
	option_flag(options, &consent->speaker, "i-am-the-speaker",
	        "you alone are heard and seen, and you want it");
	option_text(options, &consent->file, "consent FILE",
	        "who agreed to be heard, when, for what, until: four lines of text");
}

/* ---- the file ---------------------------------------------------------------------- */

enum { WHO, WHEN, PURPOSE, UNTIL, LINES };
static const char *const names[LINES] = { "who", "when", "for", "until" };

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The text from `begin` to before `end` without blanks around it, in the arena. */
static const char *trimmed(Arena *arena, const char *begin, const char *end)
{
	while (begin < end && blank(*begin))
		begin++;
	while (end > begin && blank(end[-1]))
		end--;
	return arena_format(arena, "%.*s", (int)(end - begin), begin);
}

static int days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

/* YYYY-MM-DD, a day that there is. */
static bool is_date(const char *text)
{
	static const char form[] = "0000-00-00";
	if (strlen(text) != strlen(form))
		return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	int year = 0, month = (text[5] - '0') * 10 + text[6] - '0';
	int day = (text[8] - '0') * 10 + text[9] - '0';
	for (int i = 0; i < 4; i++)
		year = 10 * year + text[i] - '0';
	return month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}

/* Adds what one line says. */
static bool read_line(const char *values[LINES], Arena *arena, const char *where,
        const char *line, const char *end, Error *error)
{
	const char *colon = memchr(line, ':', (size_t)(end - line));
	const char *name = trimmed(arena, line, colon ? colon : end);
	if (!*name || *name == '#')
		return colon == NULL || *name ||
		       error_set(error, "%s: there is nothing before the colon", where);
	int n = 0;
	while (n < LINES && strcmp(names[n], name))
		n++;
	if (!colon || n == LINES)
		return error_set(error,
		        "%s: expected one of who:, when:, for: or until:, found \"%.40s\"",
		        where, name);
	if (values[n])
		return error_set(error, "%s: there is another line \"%s:\"", where, name);
	values[n] = trimmed(arena, colon + 1, end);
	if (!*values[n])
		return error_set(
		        error, "%s: there is nothing after \"%s:\"", where, name);
	if ((n == WHEN || n == UNTIL) && !is_date(values[n]))
		return error_set(error,
		        "%s: %s: expected a day such as 2026-05-31, found \"%.40s\"",
		        where, name, values[n]);
	return true;
}

bool consent_read(
        ConsentFile *consent, Arena *arena, const char *path, Bytes bytes, Error *error)
{
	enum { MOST = 1 << 16 };
	const char *text = (const char *)bytes.data, *values[LINES] = { NULL };
	if (bytes.size > MOST || strlen(text) < bytes.size ||
	        utf8_invalid(text, bytes.size) < bytes.size)
		return error_set(error,
		        "%s: expected a small text file in UTF-8, such as\n" EXAMPLE,
		        path);
	int number = 0;
	int mark = strncmp(text, "\xEF\xBB\xBF", 3) ? 0 : 3; /* of some editors */
	for (const char *line = text + mark, *end; line < text + bytes.size;
	        line = end + 1) {
		end = line + strcspn(line, "\n");
		const char *where = arena_format(arena, "%s:%d", path, ++number);
		if (!read_line(values, arena, where, line, end, error))
			return false;
	}
	for (int n = 0; n < LINES; n++)
		if (!values[n])
			return error_set(error,
			        "%s: the line \"%s:\" is missing. Hint: a consent file is such as\n" EXAMPLE,
			        path, names[n]);
	*consent = (ConsentFile){ values[WHO], values[WHEN], values[PURPOSE],
		values[UNTIL] };
	return strcmp(consent->until, consent->when) >= 0 ||
	       error_set(error, "%s: it ends on %s, before it begins, on %s", path,
	               consent->until, consent->when);
}

/* ---- asking ------------------------------------------------------------------------ */

void consent_day(char day[CONSENT_DAY], time_t now)
{
	struct tm here;
	if (!localtime_r(&now, &here) || !strftime(day, CONSENT_DAY, "%Y-%m-%d", &here))
		day[0] = '\0'; /* earlier than any: nothing holds */
}

static bool ask_file(
        const char *path, Arena *arena, const char *today, FILE *out, Error *error)
{
	ConsentFile consent;
	Bytes bytes;
	if (!file_read(&bytes, arena, path, error) ||
	        !consent_read(&consent, arena, path, bytes, error))
		return false;
	if (strcmp(today, consent.when) < 0)
		return error_set(error,
		        "%s: %s agreed to be heard from %s on; today is %s", path,
		        consent.who, consent.when, today);
	if (strcmp(today, consent.until) > 0)
		return error_set(error,
		        "%s: %s agreed to be heard until %s; today is %s. Hint: ask again",
		        path, consent.who, consent.until, today);
	terminal_print(out, "Note: %s agreed to be heard until %s for this: %s\n",
	        consent.who, consent.until, consent.purpose);
	return true;
}

bool consent_ask(
        const Consent *consent, Arena *arena, const char *today, FILE *out, Error *error)
{
	fputs(law, out);
	fflush(out);
	if (consent->speaker && consent->file)
		return error_set(error,
		        "--i-am-the-speaker and --consent: expected one of them: you alone, or those whom the file names");
	if (consent->file)
		return ask_file(consent->file, arena, today, out, error);
	return consent->speaker ||
	       error_set(error,
	               "nobody has agreed to be heard. Hint: --i-am-the-speaker, if you alone will be, or --consent FILE with four lines such as\n" EXAMPLE);
}
