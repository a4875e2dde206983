#include "tutorials/06-words/trials.h"

#include <math.h>
#include <string.h>

void rows_to_one(float table[][WIDTH])
{
	for (int id = 0; id < MOST_WORDS; id++) {
		float square = 0;
		for (int e = 0; e < WIDTH; e++)
			square += table[id][e] * table[id][e];
		for (int e = 0; e < WIDTH && square > 0; e++)
			table[id][e] /= sqrtf(square);
	}
}

Trial trial_of(Vectors *v, const Sentences *text, const SkipGram *how,
        const WordList *list, const int emotion[], Sentences few, Sentences test,
        const Plan *plan)
{
	static Reader reader;
	Trial trial;
	for (int s = SEEDS - 1; s >= 0; s--) {
		SkipGram skipgram = *how;
		Plan training = *plan;
		skipgram.seed = training.seed = (uint64_t)s + 1;
		vectors_new(v, skipgram.seed);
		if (text)
			skipgram_train(v, *text, &skipgram);
		rows_to_one(v->word);
		trial.same[s] = same_emotion(v->word, list, emotion, NEIGHBOURS);
		reader_new(&reader, 0, training.seed);
		memcpy(reader.table, v->word, sizeof reader.table);
		reader_train(&reader, few, &training);
		trial.accuracy[s] = reader_accuracy(&reader, test);
	}
	return trial;
}

/* --- principal components ----------------------------------------------------------------- */

/* The direction in which `of` varies most, found by multiplying again and again; what it
 * explains is then taken out of `of`. Returns its variance. */
static double direction(double of[WIDTH][WIDTH], double found[WIDTH])
{
	double length = 0;
	for (int e = 0; e < WIDTH; e++)
		found[e] = 1 + 0.1 * e;
	for (int round = 0; round < 300; round++) {
		double next[WIDTH] = { 0 };
		length = 0;
		for (int i = 0; i < WIDTH; i++) {
			for (int j = 0; j < WIDTH; j++)
				next[i] += of[i][j] * found[j];
			length += next[i] * next[i];
		}
		length = sqrt(length);
		for (int i = 0; i < WIDTH; i++)
			found[i] = next[i] / length;
	}
	for (int i = 0; i < WIDTH; i++)
		for (int j = 0; j < WIDTH; j++)
			of[i][j] -= length * found[i] * found[j];
	return length;
}

double principal(
        const float table[][WIDTH], int count, const int words[], real x[], real y[])
{
	double mean[WIDTH] = { 0 }, of[WIDTH][WIDTH] = { { 0 } }, all = 0, axis[2][WIDTH];
	for (int w = 0; w < count; w++)
		for (int e = 0; e < WIDTH; e++)
			mean[e] += (double)table[words[w]][e] / count;
	for (int w = 0; w < count; w++)
		for (int i = 0; i < WIDTH; i++)
			for (int j = 0; j < WIDTH; j++)
				of[i][j] += ((double)table[words[w]][i] - mean[i]) *
				            ((double)table[words[w]][j] - mean[j]);
	for (int e = 0; e < WIDTH; e++)
		all += of[e][e];
	double held = direction(of, axis[0]);
	held += direction(of, axis[1]);
	for (int w = 0; w < count; w++) {
		double at[2] = { 0, 0 };
		for (int e = 0; e < WIDTH; e++)
			for (int k = 0; k < 2; k++)
				at[k] += ((double)table[words[w]][e] - mean[e]) *
				         axis[k][e];
		x[w] = (real)at[0];
		y[w] = (real)at[1];
	}
	return held / all;
}
