/* gate.c: two thresholds over the floor, so that a level that hovers around one does not switch
 * it on and off. */
#include "emotionnet/live/gate.h"

static double between(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

bool gate_step(Gate *gate, double level)
{
	if (!gate->begun)
		gate->floor = between(level, GATE_FLOOR, GATE_FIRST);
	gate->begun = true;
	gate->level = level;
	if (level < gate->floor)
		gate->floor += (level - gate->floor) / 10;
	else
		gate->floor += GATE_RISE / 100;
	gate->floor = between(gate->floor, GATE_FLOOR, 0);
	double over = level - gate->floor;
	gate->speaking = over >= (gate->speaking ? GATE_BELOW : GATE_ABOVE);
	return gate->speaking;
}
