/* delays.c: step s ends at 1 microsecond times 1.01^s: 2048 of them reach ten minutes. */
#include "emotionnet/live/delays.h"

#include "tensor/elementary.h"

#include <math.h>

#define FIRST 1e-6
#define STEP  1.01

void delays_add(Delays *delays, double seconds)
{
	int step = 0;
	if (seconds > FIRST)
		step = (int)ceil(double_log(seconds / FIRST) / double_log(STEP));
	delays->in[step < DELAYS_STEPS ? step : DELAYS_STEPS - 1]++;
	delays->count++;
	delays->sum += seconds;
	delays->most = fmax(delays->most, seconds);
}

double delays_within(const Delays *delays, double share)
{
	double wanted = ceil(share * (double)delays->count);
	long long seen = 0;
	for (int s = 0; s < DELAYS_STEPS && delays->count; s++) {
		seen += delays->in[s];
		if (delays->in[s] && (double)seen >= wanted)
			return fmin(
			        FIRST * double_exp(s * double_log(STEP)), delays->most);
	}
	return 0;
}
