/* Settings that a chapter invites to change: --set NAME=VALUE. */
#include "tutorials/lesson/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool lesson_set(Lesson *lesson, const char *text)
{
	if (lesson->set_count == LESSON_MOST_SET || !strchr(text, '='))
		return false;
	lesson->set[lesson->set_count++] = text;
	return true;
}

/* The value that was asked for, and that it was; NULL: it was not. */
static const char *asked(Lesson *lesson, const char *name)
{
	size_t length = strlen(name);
	for (int i = 0; i < lesson->set_count; i++) {
		const char *text = lesson->set[i];
		if (!strncmp(text, name, length) && text[length] == '=') {
			lesson->used[i] = true;
			return text + length + 1;
		}
	}
	return NULL;
}

/* Whether a text is a number that is allowed, and the number. */
static bool number_in(
        const char *text, bool whole, double least, double most, double *value)
{
	char *end;
	*value = strtod(text, &end);
	return end != text && !*end && *value >= least && *value <= most &&
	       !(whole && fabs(*value - floor(*value)) > 0);
}

static double setting(Lesson *lesson, const char *name, const char *what, bool whole,
        double usual, double least, double most)
{
	const char *text = asked(lesson, name);
	double value = usual;
	lesson->settings_known =
	        arena_format(lesson->arena, "%s, %s", lesson->settings_known, name);
	if (text && !number_in(text, whole, least, most, &value)) {
		fprintf(stderr,
		        "--set %s=%s: %s is %s.\nExpected a %snumber from %g to %g; "
		        "usually it is %g.\n",
		        name, text, name, what, whole ? "whole " : "", least, most,
		        usual);
		exit(2);
	}
	if (fabs(value - usual) > 0)
		lesson_say(lesson,
		        "  %s %g in place of %g: the text's figures are those of %g",
		        name, value, usual, usual);
	return value;
}

double lesson_setting(Lesson *lesson, const char *name, const char *what, double usual,
        double least, double most)
{
	return setting(lesson, name, what, false, usual, least, most);
}

int lesson_count(Lesson *lesson, const char *name, const char *what, int usual, int least,
        int most)
{
	return (int)setting(lesson, name, what, true, usual, least, most);
}

void lesson_check_set(Lesson *lesson)
{
	for (int i = 0; i < lesson->set_count; i++)
		if (!lesson->used[i]) {
			const char *known = lesson->settings_known;
			fprintf(stderr,
			        "--set %s: this program has no such setting. It has: %s.\n",
			        lesson->set[i], *known ? known + 2 : "none");
			lesson->failed = true;
		}
}
