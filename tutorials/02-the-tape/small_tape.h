/* small_tape.h: the chapter's tape of numbers. An entry is named by its place on the
 * tape, counted from 0, and is computed from entries before it. */
#ifndef TUTORIALS_THE_TAPE_SMALL_TAPE_H
#define TUTORIALS_THE_TAPE_SMALL_TAPE_H

enum { ENTRIES = 256 };

/* [entry] */
typedef struct Entry {
	const char *made_by;
	float value, gradient;
	int from[2];    /* the entries it was computed from; -1: none */
	float local[2]; /* its derivative with respect to each of them */
} Entry;

typedef struct SmallTape {
	int count;
	Entry entry[ENTRIES];
} SmallTape;
/* [/entry] */

/* Each computes its value at once, adds an entry, and returns its place. */
int number(SmallTape *t, float value);
int add(SmallTape *t, int a, int b);
int multiply(SmallTape *t, int a, int b);

/* The gradient of every entry: the derivative of entry `result` with respect to it. */
void backward(SmallTape *t, int result);

void small_tape_print(const SmallTape *t);

#endif
