/* exercise.h: a fusion of your own: two vectors to one, and the way back. */
#ifndef TUTORIALS_EMOTIONNET_EXERCISE_H
#define TUTORIALS_EMOTIONNET_EXERCISE_H

/* B utterances. text, d_text: (B,P_text), row after row; speech, d_speech: (B,P_speech).
 * has_text, has_speech: (B), 1, or 0 where an utterance lacks that modality; its row may
 * hold any finite numbers then. out, d_out: (B,P_text+P_speech). No array overlaps
 * another. What is written to may hold anything before. */

/* Joins both vectors of each utterance. How, is up to you; exercise.c says what must hold. */
void fusion_forward(float *out, const float *text, const float *speech,
        const float *has_text, const float *has_speech, int B, int P_text, int P_speech);

/* d_out is the derivative of a loss with respect to each number of out. Adds its derivative
 * with respect to each number of text and of speech to what d_text and d_speech hold. */
void fusion_backward(float *d_text, float *d_speech, const float *d_out,
        const float *text, const float *speech, const float *has_text,
        const float *has_speech, int B, int P_text, int P_speech);

#endif
