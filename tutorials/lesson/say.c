#include "emotionnet/score/metrics.h"
#include "tensor/clock.h"
#include "tutorials/lesson/parts.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* How many characters UTF-8 text takes on the screen. */
static int characters(const char *text, int bytes)
{
	int count = 0;
	for (int i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

/* Words up to the width of the screen, the lines after the first indented. What is laid
 * out by hand (it begins with a blank) is left as it is where there is room for it. */
void lesson_wrap(const Lesson *lesson, const char *text, int column, const char *indent)
{
	if (*text == ' ') {
		int blanks = (int)strspn(text, " ");
		if (characters(text, (int)strlen(text)) <= lesson->width) {
			printf("%s\n", text);
			return;
		}
		printf("%*s", blanks, "");
		text += blanks;
		column = blanks;
		indent = arena_format(lesson->arena, "%*s", blanks + 2, "");
	}
	for (bool first = true; *text; first = false) {
		int bytes = (int)strcspn(text, " \n"), length = characters(text, bytes);
		if (!first && column + 1 + length > lesson->width) {
			printf("\n%s", indent);
			column = (int)strlen(indent);
		} else if (!first && column > 0) {
			putchar(' ');
			column++;
		}
		printf("%.*s", bytes, text);
		column += length;
		text += bytes;
		for (; *text == ' ' || *text == '\n'; text++)
			if (*text == '\n') {
				putchar('\n');
				column = 0;
			}
	}
	putchar('\n');
}

void lesson_say(Lesson *lesson, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	lesson_wrap(lesson, text, 0, "");
}

void lesson_tensor(Lesson *lesson, const char *name, Tensor x)
{
	lesson_say(lesson, "  %s %s", name, tensor_shape_text(x).text);
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		error_out_of_memory("lesson_tensor", 0);
	tensor_print(out, x);
	fclose(out);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		lesson_say(lesson, "    %s", line);
	free(text);
}

void lesson_keep(Lesson *lesson, const char *key, const char *end, const char *text)
{
	lesson->values = arena_format(
	        lesson->arena, "%s%s%s\t%s\n", lesson->values, key, end, text);
}

NumberText lesson_number_text(const char *format, double value)
{
	NumberText number;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(number.text, sizeof number.text, format, value);
#pragma GCC diagnostic pop
	return number;
}

void lesson_number(Lesson *lesson, const char *key, const char *what, const char *format,
        double value)
{
	NumberText text = lesson_number_text(format, value);
	lesson_say(lesson, "  %s = %s", what, text.text);
	lesson_keep(lesson, key, "", text.text);
}

void lesson_spread(Lesson *lesson, const char *key, const char *what, const char *format,
        int count, const double values[])
{
	Spread spread = spread_of(values, count);
	double least = values[0], largest = values[0];
	for (int i = 1; i < count; i++) {
		least = fmin(least, values[i]);
		largest = fmax(largest, values[i]);
	}
	char text[160], range[160];
	snprintf(text, sizeof text, "%s ± %s",
	        lesson_number_text(format, spread.mean).text,
	        lesson_number_text(format, spread.deviation).text);
	snprintf(range, sizeof range, "%s to %s", lesson_number_text(format, least).text,
	        lesson_number_text(format, largest).text);
	lesson_say(lesson, "  %s = %s (%s)", what, text, range);
	lesson_keep(lesson, key, "", text);
	lesson_keep(lesson, key, "-range", range);
}

/* --- settings ----------------------------------------------------------------------- */

/* "rate 0.1, batch 8": one setting; its name is the first word, its value the rest. */
typedef struct Setting {
	char text[64];
} Setting;

/* Takes the first setting off the list; false where there is none. */
static bool next_setting(const char **list, Setting *setting)
{
	*list += strspn(*list, ", ");
	int length = (int)strcspn(*list, ",");
	snprintf(setting->text, sizeof setting->text, "%.*s", length, *list);
	*list += length;
	return length > 0;
}

/* The value of the setting of the same name; NULL: there is none. */
static const char *value_in(const char *list, const char *name, Setting *found)
{
	size_t length = strcspn(name, " ");
	while (next_setting(&list, found))
		if (strcspn(found->text, " ") == length &&
		        !strncmp(found->text, name, length))
			return found->text + length + strspn(found->text + length, " ");
	return NULL;
}

/* What is in `list` and not the same in `other`: "rate 0.5 (0.1), ...". */
static char *differences(Arena *arena, const char *list, const char *other)
{
	char *text = arena_string(arena, "");
	Setting setting, found;
	while (next_setting(&list, &setting)) {
		const char *value = value_in(other, setting.text, &found);
		const char *own = setting.text + strcspn(setting.text, " ");
		own += strspn(own, " ");
		if (!value || strcmp(value, own))
			text = arena_format(arena, "%s%s%s (%s)", text, *text ? ", " : "",
			        setting.text, value ? value : "not set");
	}
	return text;
}

void lesson_settings(Lesson *lesson, const char *experiment, const char *format, ...)
{
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	lesson_say(lesson, "  settings of %s: %s", experiment, text);
	if (lesson->settings) {
		const char *other = differences(lesson->arena, text, lesson->settings);
		lesson_say(lesson, "  unlike %s: %s", lesson->experiment,
		        *other ? other : "nothing");
	}
	lesson->experiment = arena_string(lesson->arena, experiment);
	lesson->settings = arena_string(lesson->arena, text);
}

/* --- time --------------------------------------------------------------------------- */

/* Room for names, so that times stand in a column and what follows them fits beside. */
static int name_column(const Lesson *lesson)
{
	enum { WIDEST = 34, NARROWEST = 16, TIMES = 40 };
	int room = lesson->width - TIMES;
	return room > WIDEST ? WIDEST : room < NARROWEST ? NARROWEST : room;
}

void lesson_time(Lesson *lesson, const char *what, double seconds, double before)
{
	char row[160], factor[48];
	if (mine_parts()[0]) /* a student's part is right before it is fast */
		before = 0;
	snprintf(row, sizeof row, "  %-*s [%7.3f ms]", name_column(lesson), what,
	        seconds * 1e3);
	snprintf(factor, sizeof factor, "[%.1f times as fast]", before / seconds);
	bool beside = (int)(strlen(row) + strlen(factor)) + 2 <= lesson->width;
	lesson_say(lesson, "%s%s%s", row, before > 0 && beside ? "  " : "",
	        before > 0 && beside ? factor : "");
	if (before > 0 && !beside)
		lesson_say(lesson, "    %s", factor);
}

double lesson_stopwatch(void (*work)(void *), void *context)
{
	double least = (double)INFINITY, begin = seconds_now();
	do {
		double start = seconds_now();
		work(context);
		least = fmin(least, seconds_now() - start);
	} while (seconds_now() - begin < 0.05);
	return least;
}
