/* Exercise 14: a fusion strategy of your own. 10 points.
 *
 *     text: (B,P_text)   speech: (B,P_speech)   out: (B,P_text+P_speech)
 *
 * You choose what out is: both side by side, each weighted by the other, a gate, products.
 * No numbers are right or wrong here. This must hold:
 *
 *     both modalities reach the output: another text, another out; and so with speech
 *     a missing modality (has 0) changes nothing, whatever numbers its row holds
 *     an utterance gets the same numbers alone and in any batch
 *     every number of out is set, and finite for inputs up to a million
 *     the gradient is the derivative of what you chose; it is added (+=)
 *     a missing modality gets no gradient
 *
 *     make exercise CH=14      checks this file
 *     make hint CH=14          the next of three hints */
#include "tutorials/14-emotionnet/exercise.h"

#include <math.h>

void fusion_forward(float *out, const float *text, const float *speech,
        const float *has_text, const float *has_speech, int B, int P_text, int P_speech)
{
	/* BEGIN SOLUTION */
	for (int b = 0; b < B; b++) {
		float *row = out + b * (P_text + P_speech);
		for (int i = 0; i < P_text; i++)
			row[i] = text[b * P_text + i] * has_text[b];
		for (int j = 0; j < P_speech; j++)
			row[P_text + j] = speech[b * P_speech + j] * has_speech[b];
	}
	/* stub: (void)out, (void)text, (void)speech, (void)has_text, (void)has_speech; */
	/* stub: (void)B, (void)P_text, (void)P_speech; */
	/* END SOLUTION */
}

void fusion_backward(float *d_text, float *d_speech, const float *d_out,
        const float *text, const float *speech, const float *has_text,
        const float *has_speech, int B, int P_text, int P_speech)
{
	/* BEGIN SOLUTION */
	(void)text, (void)speech;
	for (int b = 0; b < B; b++) {
		const float *row = d_out + b * (P_text + P_speech);
		for (int i = 0; i < P_text; i++)
			d_text[b * P_text + i] += row[i] * has_text[b];
		for (int j = 0; j < P_speech; j++)
			d_speech[b * P_speech + j] += row[P_text + j] * has_speech[b];
	}
	/* stub: (void)d_text, (void)d_speech, (void)d_out, (void)has_text, (void)has_speech; */
	/* stub: (void)speech, (void)text, (void)B, (void)P_text, (void)P_speech; */
	/* END SOLUTION */
}
