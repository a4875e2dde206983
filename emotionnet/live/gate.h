/* gate.h: whether somebody speaks, 10 ms of sound at a time, by energy over a noise floor that
 * follows the room. activity.h does the same for a whole clip, whose loudest frame it knows. */
#ifndef EMOTIONNET_LIVE_GATE_H
#define EMOTIONNET_LIVE_GATE_H

#include <stdbool.h>

/* Somebody begins to speak where the level is GATE_ABOVE dB over the floor, and goes on until
 * it is less than GATE_BELOW dB over it. The floor falls to every lower level at once (a tenth
 * of the way each 10 ms), and rises by GATE_RISE dB a second: the hum of a fan is noise after
 * some seconds. It is never lower than GATE_FLOOR, so that the faintest hiss is no voice. */
#define GATE_ABOVE 14.0
#define GATE_BELOW 8.0
#define GATE_RISE  2.0
#define GATE_FLOOR (-66.0)
#define GATE_FIRST (-52.0) /* where it begins, at most */

typedef struct Gate {
	bool speaking, begun;
	double level, floor; /* dB of full scale */
} Gate;

/* The next 10 ms have this level (activity_level). Returns whether somebody speaks. */
bool gate_step(Gate *gate, double level);

#endif
