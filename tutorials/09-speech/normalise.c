#include "tutorials/09-speech/normalise.h"

#include <math.h>
#include <stdlib.h>

const char *const whose_names[WHOSE] = { "nobody's", "the corpus's", "the speaker's",
	"the utterance's" };

/* [scale] */
/* Mean and deviation of each band over all frames of these utterances. */
Scale scale_of(const Heard *const utterances[], int count)
{
	Scale scale;
	for (int f = 0; f < BANDS; f++) {
		double sum = 0, squares = 0, frames = 0;
		for (int i = 0; i < count; i++)
			for (int t = 0; t < utterances[i]->T; t++) {
				double x = (double)utterances[i]->x[t][f];
				sum += x;
				squares += x * x;
				frames++;
			}
		double mean = sum / frames;
		scale.mean[f] = (float)mean;
		scale.deviation[f] =
		        (float)sqrt(fmax(squares / frames - mean * mean, 1e-6));
	}
	return scale;
}
/* [/scale] */

/* [rescale] */
void rescale(Heard *heard, const Scale *scale)
{
	for (int t = 0; t < heard->T; t++)
		for (int f = 0; f < BANDS; f++) {
			heard->x[t][f] -= scale->mean[f];
			heard->x[t][f] /= scale->deviation[f];
		}
}
/* [/rescale] */

static Scale scale_of_some(Set set, int begin, int count)
{
	const Heard **some = malloc((size_t)count * sizeof *some);
	for (int i = 0; i < count; i++)
		some[i] = &set.items[begin + i];
	const Scale scale = scale_of(some, count);
	free(some);
	return scale;
}

Scale scale_of_all(Set set)
{
	return scale_of_some(set, 0, set.count);
}

/* How many utterances from `begin` on are one speaker's. */
static int says(Set set, int begin)
{
	int end = begin;
	while (end < set.count && set.items[end].speaker == set.items[begin].speaker)
		end++;
	return end - begin;
}

Set normalised(Arena *arena, Set set, Whose whose, const Scale *corpus)
{
	Set out = set_copy(arena, set);
	for (int begin = 0, count; whose != NOBODY && begin < set.count; begin += count) {
		count = whose == UTTERANCE ? 1 : says(set, begin);
		Scale scale = *corpus;
		if (whose != CORPUS)
			scale = scale_of_some(set, begin, count);
		for (int i = begin; i < begin + count; i++)
			rescale(&out.items[i], &scale);
	}
	return out;
}
