#include "tutorials/15-missing/sure.h"
#include "emotionnet/score/calibration.h"
#include "tensor/reduce.h"
#include "tutorials/15-missing/data.h"

#include <math.h>
#include <string.h>

Answers answers_of(Arena *arena, const float logits[], const int label[], int count,
        double temperature)
{
	const size_t n = (size_t)count;
	Answers a = { count, ARENA_ARRAY(arena, float, n *EMOTIONS),
		ARENA_ARRAY(arena, float, n), ARENA_ARRAY(arena, int, n),
		ARENA_ARRAY(arena, int, n) };
	Tensor p = tensor_new(arena, SHAPE(count, EMOTIONS));
	for (int k = 0; k < count * EMOTIONS; k++)
		p.data[k] = (real)logits[k];
	tensor_softmax(p, p);
	for (int k = 0; k < count * EMOTIONS; k++)
		a.p[k] = (float)p.data[k];
	for (int i = 0; i < count; i++) {
		float *row = a.p + i * EMOTIONS;
		calibration_soften(row, row, EMOTIONS, temperature);
		for (int c = 1; c < EMOTIONS; c++)
			if (row[c] > row[a.answer[i]])
				a.answer[i] = c;
		a.confidence[i] = row[a.answer[i]];
		a.right[i] = a.answer[i] == label[i];
	}
	return a;
}

float accuracy_of(const Answers *answers)
{
	int right = 0;
	for (int i = 0; i < answers->count; i++)
		right += answers->right[i];
	return (float)right / (float)answers->count;
}

float confidence_of(const Answers *answers)
{
	float sum = 0;
	for (int i = 0; i < answers->count; i++)
		sum += answers->confidence[i];
	return sum / (float)answers->count;
}

/* [bins] */
void fill_bins(Bin bins[BINS], const float confidence[], const int right[], int count)
{
	memset(bins, 0, BINS * sizeof bins[0]);
	for (int i = 0; i < count; i++) {
		int b = (int)(confidence[i] * BINS);
		if (b == BINS) /* a confidence of 1 */
			b = BINS - 1;
		bins[b].count++;
		bins[b].confidence += confidence[i];
		bins[b].right += right[i];
	}
}
/* [/bins] */

/* [error] */
float calibration_error(const Bin bins[BINS], int count)
{
	float error = 0;
	for (int b = 0; b < BINS; b++) {
		if (bins[b].count == 0)
			continue;
		float n = (float)bins[b].count;
		float gap = (float)bins[b].right / n - bins[b].confidence / n;
		error += n / (float)count * fabsf(gap);
	}
	return error;
}
/* [/error] */

/* [above] */
float accuracy_above(float *coverage, const float confidence[], const int right[],
        int count, float threshold)
{
	int given = 0, good = 0;
	for (int i = 0; i < count; i++)
		if (confidence[i] >= threshold) {
			given++;
			good += right[i];
		}
	*coverage = (float)given / (float)count;
	return given ? (float)good / (float)given : 1;
}
/* [/above] */
