/* small.h: the ideas of this chapter in plain floats: what comes back to a modality when the other one
 * knows already, two weights that are trained together, gradient modulation, and intervals. */
#ifndef TUTORIALS_EMOTIONNET_SMALL_H
#define TUTORIALS_EMOTIONNET_SMALL_H

/* The derivative of -log p with respect to the text's part of the logit. */
float pull(float z_text, float z_speech);

enum { STEPS = 40 };

/* Two numbers always agree with the label, which is 1: the text says 1, the speech 3. Trains a
 * weight for each, with a rate of 0.2 from 0 on; text[s] and speech[s] are the weights after s
 * steps. What is not there (0) stays out. */
void train_two(
        float text[STEPS + 1], float speech[STEPS + 1], float has_text, float has_speech);

/* What OGM-GE multiplies a modality's gradient by. own, other: how much probability its head, and
 * that of the other modality, give to the label, on average. */
float modulation(float own, float other, float alpha);

enum { DRAWS = 1000 };

/* a, b: (n) 1 where a model is right. The ends of the 95 % interval of how much more often a is
 * right: the same utterances drawn for both, or others for each. */
void gain_paired(double ends[2], const int a[], const int b[], int n);
void gain_apart(double ends[2], const int a[], const int b[], int n);

#endif
