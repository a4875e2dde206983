/* network.h: words and sounds meet early, or late in the middle; all else is the same. */
#ifndef TUTORIALS_ALIGNMENT_NETWORK_H
#define TUTORIALS_ALIGNMENT_NETWORK_H

#include "tensor/rng.h"
#include "tutorials/13-alignment/spoken.h"

#include <stdbool.h>
#include <stdint.h>

enum { WIDTH = 8, EAR = 4, UNITS = 32, JOIN = 16 };

/* What the units of the first layer see of a word. */
typedef enum Fusion {
	TEXT,   /* all of them: the word alone */
	SOUND,  /* all of them: the sound under it alone */
	MIDDLE, /* one half the word, the other half the sound */
	EARLY,  /* all of them: both, side by side */
	FUSIONS
} Fusion;

/* [network] */
typedef struct Network {
	Fusion fusion;
	float table[MOST_WORDS][WIDTH]; /* a vector e for each word */
	float ear[EAR][FRAME + 1];      /* a small layer for each frame; with bias */
	float w[UNITS][WIDTH];          /* what a unit makes of the word ... */
	float s[UNITS][EAR];            /* ... and of the sound under it */
	float b[UNITS];
	float join[JOIN][UNITS], join_b[JOIN]; /* a hidden layer over all units */
	float out[EMOTIONS][JOIN], out_b[EMOTIONS];
} Network;
/* [/network] */

void network_new(Network *net, Fusion fusion, uint64_t seed);
int network_parameters(const Network *net, int words);

/* What one sentence gives on the way. */
enum { MOST_FRAMES = 400 };
typedef struct Pass {
	float heard[MOST_FRAMES][EAR]; /* (T,EAR) */
	float m[MOST_SAID][EAR];       /* their mean under each word */
	float h[UNITS];                /* of each unit its largest answer, or 0 */
	int winner[UNITS];             /* and at which word; -1: 0 was larger */
	float y[JOIN], p[EMOTIONS];
} Pass;
void network_forward(const Network *net, const Spoken *spoken, Pass *pass);
/* Adds the gradient of one sentence's loss. */
void network_backward(const Network *net, Network *grad, const Spoken *spoken);
/* The largest difference between the gradient and what two losses near by say. Where a
 * relu switches or another word wins between the two, there is a kink and no derivative:
 * these parameters are only counted. */
double network_gradient_error(const Network *net, const Spoken *spoken, int *kinks);

typedef struct Plan {
	int batch, epochs;
	float rate;
	uint64_t seed;
} Plan;
void network_train(Network *net, Set set, Plan plan);
double network_accuracy(const Network *net, Set set);

#endif
