/* settings.c: how turns are cut unless something else is asked for, and what may be asked. */
#include "emotionnet/live/live.h"

LiveSettings live_defaults(void)
{
	return (LiveSettings){ .rate = FRAMES_RATE,
		.every = .25,
		.start = .2,
		.end = .7,
		.margin = .2,
		.longest = 15 };
}

static bool check(const char *name, double value, double least, double most, Error *error)
{
	return (value >= least && value <= most) ||
	       error_set(error, "%s %g: expected %g to %g", name, value, least, most);
}

bool live_settings_check(const LiveSettings *s, Error *error)
{
	return check("--rate", s->rate, LIVE_LEAST_RATE, LIVE_MOST_RATE, error) &&
	       check("--every", s->every, 0, 60, error) &&
	       check("--start", s->start, 0.01, 5, error) &&
	       check("--end", s->end, 0, 30, error) &&
	       check("--margin", s->margin, 0, 2, error) &&
	       check("--longest", s->longest, 1, 60, error) &&
	       check("--abstain", s->abstain, 0, 1, error) &&
	       (s->end <= 0 || s->margin <= s->end ||
	               error_set(error,
	                       "--margin %g: expected at most the %g of --end, after which a turn is over",
	                       s->margin, s->end));
}
