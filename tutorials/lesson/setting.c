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

double lesson_setting(
        Lesson *lesson, const char *name, double usual, double least, double most)
{
	const char *text = asked(lesson, name);
	char *end;
	double value = text ? strtod(text, &end) : usual;
	if (!text || fabs(value - usual) <= 0)
		return usual;
	if (end == text || *end || !(value >= least && value <= most)) {
		fprintf(stderr, "--set %s=%s: expected a number from %g to %g\n", name,
		        text, least, most);
		exit(2);
	}
	lesson_say(lesson, "  %s %g in place of %g: the text's figures are those of %g",
	        name, value, usual, usual);
	return value;
}

void lesson_check_set(Lesson *lesson)
{
	for (int i = 0; i < lesson->set_count; i++)
		if (!lesson->used[i]) {
			fprintf(stderr, "--set %s: this program has no such setting\n",
			        lesson->set[i]);
			lesson->failed = true;
		}
}
