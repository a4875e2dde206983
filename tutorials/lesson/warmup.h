/* warmup.h: a warm-up is one small file. Above stands what the student writes, below what
 * checks it:
 *
 *     WARMUP
 *     {
 *             WARMUP_NUMBER("place(2, 1, 3)", place(2, 1, 3), RIGHT(7),
 *                     WRONG(5, "i and j are exchanged."));
 *     }
 *
 * A wrong number or text that is listed gets its reply. The first check that fails is
 * told in detail, the others in a line each. */
#ifndef TUTORIALS_WARMUP_H
#define TUTORIALS_WARMUP_H

#include <stdbool.h>
#include <stdio.h>

/* A number and what is said to who finds it; `reply` is NULL for the right one, which
 * comes first. */
typedef struct WarmupNumber {
	double value, within;
	const char *reply;
	bool end;
} WarmupNumber;

typedef struct WarmupText {
	const char *text, *reply;
	bool end;
} WarmupText;

#define RIGHT(number)        RIGHT_WITHIN(number, 0)
#define WRONG(number, reply) WRONG_WITHIN(number, 0, reply)
#define RIGHT_WITHIN(number, within)                                                     \
	{                                                                                \
		(double)(number), (within), NULL, false                                  \
	}
#define WRONG_WITHIN(number, within, reply)                                              \
	{                                                                                \
		(double)(number), (within), (reply), false                               \
	}
#define TRUTH(text)                                                                      \
	{                                                                                \
		(text), NULL, false                                                      \
	}
#define NOT(text, reply)                                                                 \
	{                                                                                \
		(text), (reply), false                                                   \
	}

/* The student's code computes a number. If it is wrong, both numbers are shown. */
#define WARMUP_NUMBER(what, found, ...)                                                  \
	warmup_number(what, (double)(found), true,                                       \
	        (const WarmupNumber[]){ __VA_ARGS__, { .end = true } })

/* The student writes a number as the answer to a question: the right one is not shown. */
#define WARMUP_ANSWER(what, found, ...)                                                  \
	warmup_number(what, (double)(found), false,                                      \
	        (const WarmupNumber[]){ __VA_ARGS__, { .end = true } })

/* The student writes a text as the answer to a question. Any blanks and line ends count
 * as one blank. */
#define WARMUP_TEXT(what, found, ...)                                                    \
	warmup_text(what, found, (const WarmupText[]){ __VA_ARGS__, { .end = true } })

/* Heads the function that checks. */
#define WARMUP void warmup(void)
void warmup(void);
/* Checks, and says how many checks passed: 0 if all did. */
int warmup_result(void);

void warmup_number(
        const char *what, double found, bool show, const WarmupNumber answers[]);
void warmup_text(const char *what, const char *found, const WarmupText answers[]);

/* What `print` prints. Lives to the end of the program; at most ten texts of 2,000
 * letters. */
const char *warmup_printed(void (*print)(FILE *out));

#endif
