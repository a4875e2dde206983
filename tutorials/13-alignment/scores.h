/* scores.h: how a word may look for its frames itself, without word times. */
#ifndef TUTORIALS_ALIGNMENT_SCORES_H
#define TUTORIALS_ALIGNMENT_SCORES_H

/* A word and a frame have two numbers each, in the examples. */
enum { ASK = 2 };

/* The score of learnt alignment (Xu et al. 2019): what the frame says, plus what the word
 * says. */
float sum_score(float of_frame, float of_word);

/* The score of attention: the query of the word times the key of the frame. */
float product_score(const float query[ASK], const float key[ASK]);

/* Softmax: above 0, with sum 1. */
void shares(float a[], const float s[], int count);

/* Weights are drawn `draws` times, for two words and `frames` frames, all by chance. In
 * how many of them do the two words prefer different frames? */
int differ_with_sums(int draws, int frames);
int differ_with_products(int draws, int frames);

#endif
