/* quiz.h: asks the questions of a chapter, before it and after it. Answers are kept as
 * events of the items 02-before and 02-after (progress.h): "3 right", "4 wrong 9", "5
 * not-sure". */
#ifndef TUTORIALS_LEARN_QUIZ_H
#define TUTORIALS_LEARN_QUIZ_H

#include <stdbool.h>

typedef struct QuizScore {
	int questions, answered, right;
} QuizScore;

void quiz_score(const char *chapter, bool after, QuizScore *score);

typedef enum QuizWhen { QUIZ_NEXT, QUIZ_FIRST, QUIZ_SECOND } QuizWhen;

/* Asks what has not been answered yet; at the end of input it stops, and goes on there
 * the next time. QUIZ_NEXT: before the chapter, until that is complete or the chapter's
 * exercise has passed; then after it. True if all is answered. */
bool quiz_ask(const char *chapter, QuizWhen when);

#endif
