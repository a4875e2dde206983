#include "tutorials/13-alignment/scores.h"
#include "tensor/elementary.h"
#include "tensor/rng.h"

/* [sum-score] */
float sum_score(float of_frame, float of_word)
{
	return real_tanh(of_frame + of_word);
}
/* [/sum-score] */

/* [product-score] */
float product_score(const float query[ASK], const float key[ASK])
{
	float sum = 0;
	for (int d = 0; d < ASK; d++)
		sum += query[d] * key[d];
	return sum;
}
/* [/product-score] */

void shares(float a[], const float s[], int count)
{
	float sum = 0;
	for (int i = 0; i < count; i++)
		sum += a[i] = real_exp(s[i]);
	for (int i = 0; i < count; i++)
		a[i] /= sum;
}

/* --- by chance -------------------------------------------------------------------------- */

enum { MOST_KEYS = 16 };

static void draw(float numbers[], int count, Rng *rng)
{
	for (int i = 0; i < count; i++)
		numbers[i] = (float)rng_normal(rng);
}

static int favourite(const float s[], int count)
{
	int best = 0;
	for (int i = 1; i < count; i++)
		best = s[i] > s[best] ? i : best;
	return best;
}

int differ_with_sums(int draws, int frames)
{
	Rng rng = rng_new(1);
	int differ = 0;
	for (int n = 0; n < draws; n++) {
		float of_frame[MOST_KEYS], of_word[2], s[2][MOST_KEYS];
		draw(of_frame, frames, &rng); /* u a_i */
		draw(of_word, 2, &rng);       /* v t_j + b */
		for (int j = 0; j < 2; j++)
			for (int i = 0; i < frames; i++)
				s[j][i] = sum_score(of_frame[i], of_word[j]);
		differ += favourite(s[0], frames) != favourite(s[1], frames);
	}
	return differ;
}

int differ_with_products(int draws, int frames)
{
	Rng rng = rng_new(1);
	int differ = 0;
	for (int n = 0; n < draws; n++) {
		float key[MOST_KEYS][ASK], query[2][ASK], s[2][MOST_KEYS];
		draw(&key[0][0], frames * ASK, &rng);
		draw(&query[0][0], 2 * ASK, &rng);
		for (int j = 0; j < 2; j++)
			for (int i = 0; i < frames; i++)
				s[j][i] = product_score(query[j], key[i]);
		differ += favourite(s[0], frames) != favourite(s[1], frames);
	}
	return differ;
}
