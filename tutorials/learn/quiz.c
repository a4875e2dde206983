#include "tutorials/learn/quiz.h"
#include "tutorials/learn/progress.h"
#include "tutorials/learn/quiz_file.h"
#include "tutorials/learn/terminal.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Round {
	Quiz quiz;
	char item[16]; /* 02-before, 02-after */
	bool after;
	bool answered[MOST_QUESTIONS];
	int right, done;
} Round;

static void item_name(const char *chapter, const char *what, char item[16])
{
	snprintf(item, 16, "%.2s-%s", chapter, what);
}

static bool read_round(Round *round, const char *chapter, bool after)
{
	char path[192];
	int count, number;
	*round = (Round){ .after = after };
	item_name(chapter, after ? "after" : "before", round->item);
	snprintf(path, sizeof path, "tutorials/%s/quiz.txt", chapter);
	if (!quiz_read(&round->quiz, path))
		return false;
	const Event *events = progress_events(&count);
	for (int i = 0; i < count; i++) {
		char verdict[16];
		if (strcmp(events[i].what, "answer") != 0 ||
		        strcmp(events[i].item, round->item) != 0 ||
		        sscanf(events[i].detail, "%d %15s", &number, verdict) != 2 ||
		        number < 1 || number > round->quiz.count ||
		        round->answered[number - 1])
			continue;
		round->answered[number - 1] = true;
		round->done++;
		round->right += !strcmp(verdict, "right");
	}
	return true;
}

void quiz_score(const char *chapter, bool after, QuizScore *score)
{
	static Round round;
	char path[192];
	*score = (QuizScore){ .questions = 0 };
	snprintf(path, sizeof path, "tutorials/%s/quiz.txt", chapter);
	if (access(path, R_OK) == 0 && read_round(&round, chapter, after))
		*score = (QuizScore){ .questions = round.quiz.count,
			.answered = round.done,
			.right = round.right };
}

/* The choices in an order that differs from question to question, and from before to
 * after. */
static void shuffle(const Round *round, int number, int order[MOST_CHOICES])
{
	const Question *q = &round->quiz.question[number];
	unsigned state =
	        (unsigned)(number + 1) * 2654435761u + (unsigned)round->after * 40503u;
	for (const char *c = round->item; *c; c++)
		state = state * 31 + (unsigned char)*c;
	for (int i = 0; i < q->choices; i++) {
		state = state * 1664525u + 1013904223u;
		int place = (int)((state >> 16) % (unsigned)(i + 1));
		order[i] = order[place];
		order[place] = i;
	}
}

static void print_question(const Round *round, int number, const int order[MOST_CHOICES])
{
	const Question *q = &round->quiz.question[number];
	char first[24];
	snprintf(first, sizeof first, "%d/%d  ", number + 1, round->quiz.count);
	printf("\n");
	terminal_wrap(first, q->text);
	for (int i = 0; !q->number && i < q->choices; i++) {
		snprintf(first, sizeof first, "  %c) ", 'a' + i);
		terminal_wrap(first, q->choice[order[i]].text);
	}
	printf("  ?) not sure\n");
}

static bool is_near(double found, double number, double within)
{
	return fabs(found - number) <= within + 1e-9 * fabs(number);
}

typedef enum Answer { NONE, GIVEN, NOT_SURE, UNCLEAR } Answer;

/* The choice that the line names, or NULL for a number that is on no list. */
static Answer understand(const Question *q, const int order[MOST_CHOICES], char *line,
        const Choice **choice)
{
	char *text = line + strspn(line, " \t"), *end;
	for (end = text + strlen(text); end > text && isspace((unsigned char)end[-1]);)
		*--end = '\0';
	*choice = NULL;
	if (!strcmp(text, "?") || !strcmp(text, "not sure"))
		return NOT_SURE;
	if (q->number) {
		for (char *c = text; *c; c++)
			*c = *c == ',' ? '.' : *c;
		double found = strtod(text, &end);
		if (end == text || *end || !isfinite(found))
			return UNCLEAR;
		for (int i = q->choices - 1; i >= 0; i--)
			if (is_near(found, q->choice[i].number,
			            q->choice[i].right ? q->within : 0))
				*choice = &q->choice[i];
		return GIVEN;
	}
	int place = tolower((unsigned char)text[0]) - 'a';
	if (place < 0 || place >= q->choices || (text[1] && strcmp(text + 1, ")") != 0))
		return UNCLEAR;
	*choice = &q->choice[order[place]];
	return GIVEN;
}

static void reply(const Question *q, const Choice *choice)
{
	const Choice *right = q->choice;
	while (!right->right)
		right++;
	if (choice && choice->right)
		printf("%s", terminal_green());
	if (choice)
		terminal_wrap("  ", choice->reply);
	printf("%s", terminal_plain());
	if (choice && choice->right)
		return;
	if (q->number)
		printf("  The answer: %g\n", right->number);
	else
		terminal_wrap("  The answer: ", right->text);
	terminal_wrap("  ", right->reply);
}

/* False at the end of input: that is no answer. */
static bool ask(Round *round, int number)
{
	const Question *q = &round->quiz.question[number];
	const Choice *choice;
	int order[MOST_CHOICES];
	char line[200], detail[160];
	Answer answer = UNCLEAR;
	shuffle(round, number, order);
	print_question(round, number, order);
	while (answer == UNCLEAR) {
		printf("> ");
		fflush(stdout);
		if (!fgets(line, sizeof line, stdin)) {
			printf("\n");
			return false;
		}
		if (!isatty(STDIN_FILENO))
			printf("%.*s\n", (int)strcspn(line, "\r\n"), line);
		answer = understand(q, order, line, &choice);
		if (answer == UNCLEAR && q->number)
			terminal_say(
			        "A number, please, such as 0.25; or ? for \"not sure\".");
		else if (answer == UNCLEAR)
			terminal_say(
			        "A letter from a to %c, please; or ? for \"not sure\".",
			        'a' + q->choices - 1);
	}
	bool right = choice && choice->right;
	snprintf(detail, sizeof detail, "%d %s %.120s", number + 1,
	        answer == NOT_SURE ? "not-sure"
	        : right            ? "right"
	                           : "wrong",
	        answer == NOT_SURE ? ""
	        : choice           ? choice->text
	                           : line);
	for (char *c = detail; *c; c++)
		*c = (unsigned char)*c < ' ' ? ' ' : *c;
	progress_add("answer", round->item, detail);
	round->answered[number] = true;
	round->done++;
	round->right += right;
	if (round->after)
		reply(q, choice);
	return true;
}

static bool is_after(const char *chapter, QuizWhen when)
{
	char part[16];
	QuizScore before;
	item_name(chapter, "b", part);
	quiz_score(chapter, false, &before);
	return when == QUIZ_SECOND ||
	       (when == QUIZ_NEXT &&
	               (before.answered == before.questions || progress_passed(part)));
}

static void tell_result(const Round *round, const char *chapter)
{
	QuizScore before;
	printf("\n%d of %d right.\n", round->right, round->quiz.count);
	if (!round->after) {
		terminal_wrap("",
		        "Now read the chapter. The same questions come after it, with "
		        "a reply to each answer.");
		return;
	}
	quiz_score(chapter, false, &before);
	if (before.answered == before.questions)
		terminal_say("Before the chapter: %d. Difference: %+d.", before.right,
		        round->right - before.right);
}

bool quiz_ask(const char *chapter, QuizWhen when)
{
	static Round round;
	if (!read_round(&round, chapter, is_after(chapter, when)))
		return false;
	if (round.done == round.quiz.count) {
		terminal_say(
		        "You have answered all %d questions. make progress shows the "
		        "result.",
		        round.quiz.count);
		return true;
	}
	if (isatty(STDIN_FILENO) && !isatty(STDOUT_FILENO)) {
		terminal_say(
		        "The quiz asks in a terminal, or takes answers from standard "
		        "input, a line each.");
		return false;
	}
	terminal_say("%sQuiz %s chapter %.2s%s: %d questions", terminal_bold(),
	        round.after ? "after" : "before", chapter, terminal_plain(),
	        round.quiz.count);
	progress_add("opened", round.item, "");
	for (int i = 0; i < round.quiz.count; i++)
		if (!round.answered[i] && !ask(&round, i)) {
			terminal_say(
			        "%d of %d are answered. make quiz CH=%.2s goes on there.",
			        round.done, round.quiz.count, chapter);
			return false;
		}
	progress_add("passed", round.item, "");
	tell_result(&round, chapter);
	return true;
}
