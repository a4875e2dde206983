#include "tutorials/14-emotionnet/small.h"
#include "tensor/rng.h"
#include "tensor/sort.h"

#include <math.h>

/* [pull] */
float pull(float z_text, float z_speech)
{
	float z = z_text + z_speech;  /* of the right class; the other one has 0 */
	float p = 1 / (1 + expf(-z)); /* what the model gives to the right class */
	return p - 1;                 /* reaches the text, and the speech as well */
}
/* [/pull] */

/* [two] */
void train_two(
        float text[STEPS + 1], float speech[STEPS + 1], float has_text, float has_speech)
{
	float x_text = 1 * has_text, x_speech = 3 * has_speech; /* one number each */
	text[0] = speech[0] = 0;
	for (int s = 0; s < STEPS; s++) {
		float back = pull(text[s] * x_text, speech[s] * x_speech);
		text[s + 1] = text[s] - 0.2f * back * x_text;
		speech[s + 1] = speech[s] - 0.2f * back * x_speech;
	}
}
/* [/two] */

/* [modulation] */
float modulation(float own, float other, float alpha)
{
	float rho = own / other; /* above 1: this modality is ahead */
	return rho > 1 ? 1 - tanhf(alpha * rho) : 1;
}
/* [/modulation] */

/* [paired] */
void gain_paired(double ends[2], const int a[], const int b[], int n)
{
	double gain[DRAWS];
	Rng rng = rng_new(14);
	for (int d = 0; d < DRAWS; d++) {
		int more = 0;
		for (int i = 0; i < n; i++) {
			int k = rng_below(&rng, n); /* drawn for both models */
			more += a[k] - b[k];
		}
		gain[d] = (double)more / n;
	}
	sort_doubles(gain, DRAWS);
	ends[0] = gain[DRAWS / 40]; /* 2.5 % lie below it */
	ends[1] = gain[DRAWS - 1 - DRAWS / 40];
}
/* [/paired] */

void gain_apart(double ends[2], const int a[], const int b[], int n)
{
	double gain[DRAWS];
	Rng rng = rng_new(14);
	for (int d = 0; d < DRAWS; d++) {
		int more = 0;
		for (int i = 0; i < n; i++)
			more += a[rng_below(&rng, n)] - b[rng_below(&rng, n)];
		gain[d] = (double)more / n;
	}
	sort_doubles(gain, DRAWS);
	ends[0] = gain[DRAWS / 40];
	ends[1] = gain[DRAWS - 1 - DRAWS / 40];
}
