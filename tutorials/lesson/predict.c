/* Predictions: the question, the person's answer, and what is true beside it. */
#include "tutorials/lesson/parts.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct Prediction {
	const char *question;
	/* Numbers and shapes. */
	double number, within;
	const char *truth;   /* as it is told */
	const char *because; /* told whatever was answered */
	/* Choices; count 0: it is none. */
	int count, right;
	const Choice *choices;
} Prediction;

typedef enum Verdict {
	WRONG,
	RIGHT,
	UNREADABLE, /* no answer of the kind */
	PASSED,
} Verdict;

typedef struct Answer {
	Verdict verdict;
	int choice; /* which, from 0 */
	char line[LESSON_LINE];
} Answer;

/* --- what was answered -------------------------------------------------------------- */

static bool same_word(const char *a, const char *b)
{
	while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b))
		a++, b++;
	return !*a && !*b;
}

static void trim(char *line)
{
	size_t blanks = strspn(line, " \t"), length = strlen(line + blanks);
	memmove(line, line + blanks, length + 1);
	while (length > 0 && strchr(" \t\r.", line[length - 1]))
		line[--length] = '\0';
}

/* 0.25, also written 0,25 or 1/4. */
static Verdict judge_number(const Prediction *wanted, const char *line)
{
	char text[LESSON_LINE], *end;
	snprintf(text, sizeof text, "%s", line);
	char *comma = strchr(text, ',');
	if (comma && strlen(comma) != 4) /* 1,000 may be a thousand */
		*comma = '.';
	double number = strtod(text, &end);
	if (end != text && *end == '/') {
		const char *below = end + 1;
		double divisor = strtod(below, &end);
		if (end == below || divisor == 0)
			return UNREADABLE;
		number /= divisor;
	}
	if (end == text || *end)
		return UNREADABLE;
	return fabs(number - wanted->number) <= wanted->within ? RIGHT : WRONG;
}

/* The next whole number of a shape, whatever brackets, commas, blanks and crosses lie
 * before it; -1: none; -2: something else. */
static long next_size(const char **line)
{
	*line += strspn(*line, " \t(),[]xX*");
	if (!**line)
		return -1;
	if (!isdigit((unsigned char)**line))
		return -2;
	char *end;
	long size = strtol(*line, &end, 10);
	*line = end;
	return size;
}

static Verdict judge_shape(const Prediction *wanted, const char *line)
{
	const char *right = wanted->truth;
	bool same = true, any = false;
	for (;;) {
		long expected = next_size(&right), found = next_size(&line);
		if (found == -2 || (found == -1 && !any))
			return UNREADABLE;
		any = true;
		same = same && expected == found;
		if (found == -1)
			return same ? RIGHT : WRONG;
		if (expected == -1)
			return WRONG;
	}
}

/* "b", "b)" or the text of the choice itself; -1: none of them. */
static int choice_of(const Prediction *wanted, const char *line)
{
	int letter = tolower((unsigned char)line[0]) - 'a';
	if ((!line[1] || same_word(line + 1, ")")) && letter >= 0 &&
	        letter < wanted->count)
		return letter;
	for (int i = 0; i < wanted->count; i++)
		if (same_word(line, wanted->choices[i].text))
			return i;
	return -1;
}

static Verdict judge(const Prediction *wanted, Answer *answer)
{
	if (!wanted->count)
		return *wanted->truth == '(' ? judge_shape(wanted, answer->line)
		                             : judge_number(wanted, answer->line);
	answer->choice = choice_of(wanted, answer->line);
	if (answer->choice < 0)
		return UNREADABLE;
	return answer->choice == wanted->right ? RIGHT : WRONG;
}

/* --- asking ------------------------------------------------------------------------- */

static void show_question(const Lesson *lesson, const Prediction *wanted)
{
	printf("%s?%s ", lesson_heading(lesson), lesson_plain(lesson));
	lesson_wrap(lesson, wanted->question, 2, "  ");
	for (int i = 0; i < wanted->count; i++) {
		printf("    %c) ", 'a' + i);
		lesson_wrap(lesson, wanted->choices[i].text, 7, "       ");
	}
}

static void show_prompt(const Prediction *wanted)
{
	char kind[32] = "number";
	if (wanted->count)
		snprintf(kind, sizeof kind, "a to %c", 'a' + wanted->count - 1);
	else if (*wanted->truth == '(')
		snprintf(kind, sizeof kind, "shape, as (2,3)");
	printf("  %s (Enter: not sure): ", kind);
}

/* Until there is an answer of the kind, three times at most, or the person passes. False:
 * Ctrl-D. */
static bool ask(Lesson *lesson, const Prediction *wanted, Answer *answer)
{
	for (int attempt = 0; attempt < 3;) {
		show_prompt(wanted);
		if (!lesson_line(answer->line))
			return false;
		trim(answer->line);
		if (!*answer->line || same_word(answer->line, "not sure"))
			break;
		if (same_word(answer->line, "?")) {
			show_question(lesson, wanted);
			continue;
		}
		answer->verdict = judge(wanted, answer);
		if (answer->verdict != UNREADABLE)
			return true;
		attempt++;
	}
	answer->verdict = PASSED;
	return true;
}

/* --- telling ------------------------------------------------------------------------ */

__attribute__((format(printf, 2, 3))) static void tell(
        const Lesson *lesson, const char *format, ...)
{
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	printf("  > ");
	lesson_wrap(lesson, text, 4, "  > ");
}

static void tell_choice(
        const Lesson *lesson, const Prediction *wanted, const Answer *answer)
{
	const Choice *right = &wanted->choices[wanted->right];
	const char letter = (char)('a' + wanted->right);
	if (answer->verdict == WRONG) {
		const Choice *chosen = &wanted->choices[answer->choice];
		tell(lesson, "You said %c) %s. Not so: %s", 'a' + answer->choice,
		        chosen->text, chosen->reply);
	}
	tell(lesson, "%s %c) %s. %s", answer->verdict == RIGHT ? "Right, it is" : "It is",
	        letter, right->text, right->reply);
}

static void tell_number(
        const Lesson *lesson, const Prediction *wanted, const Answer *answer)
{
	if (answer->verdict == PASSED)
		tell(lesson, "It is %s. %s", wanted->truth, wanted->because);
	else
		tell(lesson, "%s You said %s, it is %s. %s",
		        answer->verdict == RIGHT ? "Right." : "Not so.", answer->line,
		        wanted->truth, wanted->because);
}

/* "choice<tab>question<tab>b<tab>text<tab>reply<tab>..." or
 * "number<tab>question<tab>truth<tab>because", which tutorials/write/fill.awk puts into the
 * text. */
static void keep_prediction(Lesson *lesson, const Prediction *wanted)
{
	Arena *arena = lesson->arena;
	const char *key = arena_format(arena, "?%d", lesson->predictions);
	if (!wanted->count) {
		lesson_keep(lesson, key, "",
		        arena_format(arena, "number\t%s\t%s\t%s", wanted->question,
		                wanted->truth, wanted->because));
		return;
	}
	const char *text = arena_format(
	        arena, "choice\t%s\t%c", wanted->question, 'a' + wanted->right);
	for (int i = 0; i < wanted->count; i++)
		text = arena_format(arena, "%s\t%s\t%s", text, wanted->choices[i].text,
		        wanted->choices[i].reply);
	lesson_keep(lesson, key, "", text);
}

static void predict(Lesson *lesson, const Prediction *wanted)
{
	Answer answer = { .verdict = PASSED };
	lesson->predictions++;
	keep_prediction(lesson, wanted);
	show_question(lesson, wanted);
	if (lesson->asking == ASKING && !ask(lesson, wanted, &answer)) {
		printf("  Nothing more is asked.\n");
		lesson->asking = SILENT;
	}
	if (lesson->asking == SILENT)
		return;
	if (lesson->asking == ASKING) {
		lesson->right += answer.verdict == RIGHT;
		lesson->wrong += answer.verdict == WRONG;
		lesson->passed += answer.verdict == PASSED;
	}
	if (wanted->count)
		tell_choice(lesson, wanted, &answer);
	else
		tell_number(lesson, wanted, &answer);
}

void lesson_predict_number(Lesson *lesson, const char *question, double answer,
        double within, const char *because)
{
	char truth[32];
	snprintf(truth, sizeof truth, fabs(answer) < 1e4 ? "%.4g" : "%.0f", answer);
	predict(lesson, &(Prediction){ .question = question,
	                        .number = answer,
	                        .within = within,
	                        .truth = truth,
	                        .because = because });
}

void lesson_predict_shape(Lesson *lesson, const char *question, int ndim,
        const int shape[], const char *because)
{
	ShapeText text = tensor_shape_text(tensor_view(NULL, ndim, shape));
	predict(lesson,
	        &(Prediction){
	                .question = question, .truth = text.text, .because = because });
}

void lesson_predict_choice(Lesson *lesson, const char *question, int count,
        const Choice choices[], int right)
{
	if (count < 2 || count > 6 || right < 0 || right >= count)
		error_stop(HERE, "lesson_predict_choice",
		        "\"%s\": %d choices, of which %d is right, counted from 0",
		        question, count, right);
	predict(lesson, &(Prediction){ .question = question,
	                        .count = count,
	                        .right = right,
	                        .choices = choices });
}
