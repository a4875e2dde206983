/* gate.c: two thresholds over the floor, so that a level that hovers around one does not switch
 * it on and off. */
#include "emotionnet/live/gate.h"

#include "tensor/elementary.h"

double gate_level(const real *samples, int count)
{
	double sum = 0;
	for (int n = 0; n < count; n++)
		sum += (double)samples[n] * (double)samples[n];
	return 10 / LN_10 * double_log(sum / count + 1e-12);
}

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
