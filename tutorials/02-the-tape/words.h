/* words.h: the words of the chapter's two sentences, the loss of a score w loud + b for
 * them, and the derivatives of that loss: right, measured, and with one wrong =. */
#ifndef TUTORIALS_THE_TAPE_WORDS_H
#define TUTORIALS_THE_TAPE_WORDS_H

#include "tutorials/lesson/utterance.h"

enum { MOST_WORDS = 16 };
typedef struct Words {
	int count;
	int first; /* where the loop of careless() begins */
	const char *name[MOST_WORDS];
	float loud[MOST_WORDS];   /* how loud each is, in bels above -26 dB */
	float target[MOST_WORDS]; /* the score it should get */
} Words;

/* Adds the words of an utterance, all with the same target. */
void take_words(Words *words, const SpokenUtterance *spoken, float target);

float loss_of_word(float w, float b, float loud, float target);

/* The derivative of the loss of one word with respect to w, from two runs. */
float one_sided(float w, float b, float loud, float target, float h);
float two_sided(float w, float b, float loud, float target, float h);

/* Each returns the loss and sets *d_w and *d_b. */
float one_word(float *d_w, float *d_b, float w, float b, float loud, float target);
float all_words(float *d_w, float *d_b, float w, float b, const float *loud,
        const float *target, int count);
/* The same, but = stands where += belongs: for d_w (fault 'w') or for d_b (fault 'b'). */
float careless(float *d_w, float *d_b, float w, float b, const Words *words, char fault);

/* Gradient descent from a random start. losses[i] is the loss before step i. Returns how
 * many words end on the right side of 0.5. */
enum { STEPS = 100 };
int descend(const Words *words, int seed, float rate, char fault, real losses[STEPS + 1]);

#endif
