#include "tutorials/learn/quiz_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
	Quiz *quiz;
	const char *path;
	int line;
	char *text; /* what an indented line continues; NULL if nothing */
} Reader;

static bool wrong(const Reader *reader, const char *what)
{
	fprintf(stderr, "%s:%d: %s\n", reader->path, reader->line, what);
	return false;
}

static bool append(Reader *reader, const char *join, const char *text)
{
	size_t used = strlen(reader->text);
	int wanted = snprintf(
	        reader->text + used, LONGEST_TEXT - used, "%s%s", used ? join : "", text);
	return wanted < (int)(LONGEST_TEXT - used) || wrong(reader, "too long");
}

/* The last question is complete: what it still lacks. */
static bool finish(const Reader *reader)
{
	if (!reader->quiz->count)
		return true;
	const Question *q = &reader->quiz->question[reader->quiz->count - 1];
	int right = 0;
	for (int i = 0; i < q->choices; i++) {
		right += q->choice[i].right;
		if (!q->choice[i].reply[0])
			return wrong(reader, "a choice above has no reply: > ...");
	}
	if (right != 1)
		return wrong(reader,
		        "the question above needs exactly one right answer: + or =");
	if (!q->number && q->choices < 3)
		return wrong(
		        reader, "the question above needs two wrong choices or more");
	return true;
}

static bool begin_question(Reader *reader, const char *text)
{
	if (!finish(reader))
		return false;
	if (reader->quiz->count == MOST_QUESTIONS)
		return wrong(reader, "too many questions");
	Question *q = &reader->quiz->question[reader->quiz->count++];
	*q = (Question){ .choices = 0 };
	reader->text = q->text;
	return append(reader, "", text);
}

/* "12 within 0.5" or "12" */
static bool read_number(Reader *reader, Question *q, Choice *choice, const char *text)
{
	char *end, *last;
	choice->number = strtod(text, &end);
	if (end == text)
		return wrong(reader, "a number is expected");
	if (!choice->right)
		return *end == '\0' || wrong(reader, "a wrong number stands alone");
	if (strncmp(end, " within ", 8) != 0)
		return wrong(reader, "the right number needs: = 12 within 0");
	q->within = strtod(end + 8, &last);
	return (last != end + 8 && *last == '\0' && q->within >= 0) ||
	       wrong(reader, "within what?");
}

static bool begin_choice(Reader *reader, char sign, const char *text)
{
	if (!reader->quiz->count)
		return wrong(reader, "a choice before the first question");
	Question *q = &reader->quiz->question[reader->quiz->count - 1];
	if (q->choices == MOST_CHOICES)
		return wrong(reader, "too many choices");
	Choice *choice = &q->choice[q->choices++];
	*choice = (Choice){ .right = sign != '-' };
	q->number |= sign == '=';
	if (sign == '=' && q->choices > 1)
		return wrong(reader, "the right number comes first");
	reader->text = choice->text;
	return append(reader, "", text) &&
	       (!q->number || read_number(reader, q, choice, text));
}

static bool begin_reply(Reader *reader, const char *text)
{
	Quiz *quiz = reader->quiz;
	Question *q = quiz->count ? &quiz->question[quiz->count - 1] : NULL;
	if (!q || !q->choices || q->choice[q->choices - 1].reply[0])
		return wrong(reader, "a reply without a choice above it");
	reader->text = q->choice[q->choices - 1].reply;
	return append(reader, "", text);
}

static bool read_line(Reader *reader, const char *line)
{
	size_t indent = strspn(line, " ");
	const char *text = line + indent;
	if (line[0] == '#')
		return true;
	if (!*text) {
		reader->text = NULL;
		return true;
	}
	if (line[0] == '?' && line[1] == ' ')
		return begin_question(reader, line + 2);
	if (strchr("+-=", line[0]) && line[1] == ' ')
		return begin_choice(reader, line[0], line + 2);
	if (indent && text[0] == '>' && text[1] == ' ')
		return begin_reply(reader, text + 2);
	if (indent && reader->text) /* six blanks or more: code, a line of its own */
		return append(
		        reader, indent < 6 ? " " : "\n", indent < 6 ? text : line + 2);
	return wrong(reader, "a line begins with ?, +, -, =, # or blanks");
}

bool quiz_read(Quiz *quiz, const char *path)
{
	char line[LONGEST_TEXT];
	Reader reader = { .quiz = quiz, .path = path };
	quiz->count = 0;
	FILE *file = fopen(path, "r");
	if (!file) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return false;
	}
	bool good = true;
	while (good && fgets(line, sizeof line, file)) {
		reader.line++;
		line[strcspn(line, "\r\n")] = '\0';
		good = read_line(&reader, line);
	}
	fclose(file);
	return good && finish(&reader);
}
