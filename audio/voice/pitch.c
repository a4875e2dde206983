/* YIN (de Cheveigne & Kawahara 2002). A sound of period T equals itself T later, so over
 * a window of W samples the squared difference
 *
 *     d(tau) = sum_{n < W} (x_n - x_(n+tau))^2
 *
 * is 0 at tau = T. It is 0 at tau = 0 too, and low beside it; so it is divided by its
 * mean so far,
 *
 *     d'(tau) = tau d(tau) / sum_{1 <= j <= tau} d(j),    d'(0) = 1
 *
 * and the first trough under the threshold is taken (the first, because 2 T, 3 T are as
 * good), the lowest of all where there is none. A parabola through the trough and its
 * neighbours places it between samples. W is the longest period. Departure: the last step
 * of the paper, a search for a better estimate in the neighbourhood, is left out. */
#include "audio/voice/pitch.h"
#include "tensor/elementary.h"

#include <math.h>

PitchSettings pitch_defaults(void)
{
	return (PitchSettings){
		.low = 60, .high = 500, .hop = 0.01, .threshold = 0.2, .silence = 35
	};
}

/* d(tau) of the 2 longest samples at x. */
static double difference_at(const real *x, int longest, int tau)
{
	double lane[8] = { 0 }; /* partial sums, so that the additions need not wait */
	int n = 0;
	for (; n + 8 <= longest; n += 8)
		for (int l = 0; l < 8; l++) {
			double e = (double)(x[n + l] - x[n + l + tau]);
			lane[l] += e * e;
		}
	for (; n < longest; n++) {
		double e = (double)(x[n] - x[n + tau]);
		lane[0] += e * e;
	}
	return ((lane[0] + lane[4]) + (lane[1] + lane[5])) +
	       ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

/* The trough that is the period: see above. d' is computed as far as it is looked at: up
 * to one beyond the trough; in a voice that is less than half of it. */
static int find_trough(
        double *d, const real *x, int shortest, int longest, double threshold)
{
	double sum = 0;
	int lowest = shortest;
	d[0] = 1;
	for (int tau = 1; tau <= longest; tau++) {
		double difference = difference_at(x, longest, tau);
		sum += difference;
		d[tau] = sum > 0 ? difference * tau / sum : 1;
		int before = tau - 1; /* of which both neighbours are known now */
		if (before < shortest)
			continue;
		if (d[before] < d[lowest])
			lowest = before;
		if (d[before] < threshold && d[before] <= d[tau])
			return before;
	}
	return lowest;
}

/* Where between tau - 1 and tau + 1 the parabola through the three is lowest. */
static double refine(const double *d, int tau)
{
	double curve = d[tau - 1] - 2 * d[tau] + d[tau + 1];
	double slope = (d[tau - 1] - d[tau + 1]) / 2;
	double shift = curve > 0 ? slope / curve : 0;
	return shift > -1 && shift < 1 ? tau + shift : tau;
}

static double level_of(const real *x, int count)
{
	double sum = 0;
	for (int n = 0; n < count; n++)
		sum += (double)x[n] * (double)x[n];
	double level = 10 / LN_10 * double_log(sum / count + 1e-10);
	return level;
}

static void silence_quiet_frames(PitchTrack *track, double range)
{
	double loudest = -100;
	for (int t = 0; t < track->count; t++)
		loudest = track->level[t] > loudest ? track->level[t] : loudest;
	for (int t = 0; t < track->count; t++)
		if (track->level[t] < loudest - range || track->level[t] < -99)
			track->hertz[t] = 0;
}

static int longest_period(const PitchSettings *s, int rate)
{
	return (int)ceil(rate / s->low) + 1;
}

int pitch_samples(const PitchSettings *s, int rate)
{
	return 2 * longest_period(s, rate) + 1;
}

PitchFrame pitch_look(const PitchSettings *s, int rate, const real *x, double *d)
{
	int longest = longest_period(s, rate), shortest = (int)floor(rate / s->high);
	int tau = find_trough(d, x, shortest, longest, s->threshold);
	return (PitchFrame){
		.hertz = d[tau] < s->threshold ? rate / refine(d, tau) : 0,
		.aperiodicity = d[tau],
		.level = level_of(x, 2 * longest),
	};
}

PitchTrack pitch_track_at(
        Site site, Arena *arena, const Clip *clip, const PitchSettings *s)
{
	if (!(0 < s->low && s->low < s->high && s->high <= clip->rate / 4.0 &&
	            s->hop > 0))
		error_stop(site, "pitch_track",
		        "%g to %g Hz every %g s of a clip at %d: expected 0 < low < high <= a quarter of the rate, and hop > 0",
		        s->low, s->high, s->hop, clip->rate);
	int samples = pitch_samples(s, clip->rate);
	double hop = s->hop * clip->rate;
	PitchTrack track = { .hop = s->hop };
	if (clip->count >= samples)
		track.count = 1 + (int)floor((clip->count - samples) / hop);
	track.hertz = ARENA_ARRAY(arena, double, (size_t)track.count);
	track.aperiodicity = ARENA_ARRAY(arena, double, (size_t)track.count);
	track.level = ARENA_ARRAY(arena, double, (size_t)track.count);
	ArenaMark mark = arena_mark(arena);
	double *d = ARENA_ARRAY(arena, double, (size_t)samples);
	for (int t = 0; t < track.count; t++) {
		const real *x = clip->samples + (int)floor(t * hop);
		PitchFrame frame = pitch_look(s, clip->rate, x, d);
		track.hertz[t] = frame.hertz;
		track.aperiodicity[t] = frame.aperiodicity;
		track.level[t] = frame.level;
	}
	arena_rewind(arena, mark);
	silence_quiet_frames(&track, s->silence);
	return track;
}
