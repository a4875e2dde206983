/* quiz_file.h: the questions of a chapter, from its quiz.txt. tutorials/writing.md has
 * the format. */
#ifndef TUTORIALS_LEARN_QUIZ_FILE_H
#define TUTORIALS_LEARN_QUIZ_FILE_H

#include <stdbool.h>

enum { MOST_CHOICES = 6, MOST_QUESTIONS = 16, LONGEST_TEXT = 800 };

typedef struct Choice {
	char text[LONGEST_TEXT], reply[LONGEST_TEXT];
	double number; /* of a question for a number */
	bool right;
} Choice;

typedef struct Question {
	char text[LONGEST_TEXT];
	bool number;   /* its choices are then the right number and frequent wrong ones */
	double within; /* tolerance of the right number */
	int choices;
	Choice choice[MOST_CHOICES];
} Question;

typedef struct Quiz {
	int count;
	Question question[MOST_QUESTIONS];
} Quiz;

/* False, with "FILE:LINE: what is wrong" on standard error. */
bool quiz_read(Quiz *quiz, const char *path);

#endif
