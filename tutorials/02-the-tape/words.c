#include "tutorials/02-the-tape/words.h"
#include "tensor/rng.h"

void take_words(Words *words, const SpokenUtterance *spoken, float target)
{
	for (int i = 0; i < spoken->count; i++) {
		words->name[words->count] = spoken->words[i];
		words->loud[words->count] = (float)spoken->numbers.data[i * 3 + 2];
		words->target[words->count++] = target;
	}
}

/* [loss] */
float loss_of_word(float w, float b, float loud, float target)
{
	float score = w * loud + b;
	float error = score - target;
	return error * error;
}
/* [/loss] */

/* [measured] */
float one_sided(float w, float b, float loud, float target, float h)
{
	float here = loss_of_word(w, b, loud, target);
	float right = loss_of_word(w + h, b, loud, target);
	return (right - here) / h;
}

float two_sided(float w, float b, float loud, float target, float h)
{
	float left = loss_of_word(w - h, b, loud, target);
	float right = loss_of_word(w + h, b, loud, target);
	return (right - left) / (2 * h);
}
/* [/measured] */

/* [one-word] */
float one_word(float *d_w, float *d_b, float w, float b, float loud, float target)
{
	/* forward pass */
	float u = w * loud;
	float score = u + b;
	float error = score - target;
	float loss = error * error;

	/* backward pass: d_x is the derivative of the loss with respect to x */
	float d_loss = 1;
	float d_error = d_loss * 2 * error;
	float d_score = d_error;
	float d_u = d_score;
	*d_w = d_u * loud;
	*d_b = d_score;
	return loss;
}
/* [/one-word] */

/* [all-words] */
float all_words(float *d_w, float *d_b, float w, float b, const float *loud,
        const float *target, int count)
{
	float loss = 0;
	*d_w = *d_b = 0;
	for (int i = 0; i < count; i++) {
		float error = w * loud[i] + b - target[i];
		loss += error * error;
		float d_score = 2 * error;
		*d_w += d_score * loud[i];
		*d_b += d_score;
	}
	return loss;
}
/* [/all-words] */

float careless(float *d_w, float *d_b, float w, float b, const Words *words, char fault)
{
	float loss = 0;
	*d_w = *d_b = 0;
	for (int n = 0; n < words->count; n++) {
		int i = (words->first + n) % words->count;
		float error = w * words->loud[i] + b - words->target[i];
		loss += error * error;
		*d_w = (fault == 'w' ? 0 : *d_w) + 2 * error * words->loud[i];
		*d_b = (fault == 'b' ? 0 : *d_b) + 2 * error;
	}
	return loss;
}

int descend(const Words *words, int seed, float rate, char fault, real losses[STEPS + 1])
{
	Rng rng = rng_new((uint64_t)seed);
	float w = (float)rng_normal(&rng), b = (float)rng_normal(&rng), d_w, d_b;
	for (int step = 0; step < STEPS; step++) {
		losses[step] = (real)careless(&d_w, &d_b, w, b, words, fault);
		w -= rate * d_w;
		b -= rate * d_b;
	}
	losses[STEPS] = (real)careless(&d_w, &d_b, w, b, words, fault);
	int right = 0;
	for (int i = 0; i < words->count; i++)
		right += (w * words->loud[i] + b > 0.5f) == (words->target[i] > 0.5f);
	return right;
}
