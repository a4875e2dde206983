/* shapley.h: how the modalities share the score of a class among them.
 *
 * Shapley 1953: what a modality adds, averaged over all orders in which they can come.
 * Exact, by asking the model about every subset of them, the others masked as modality
 * dropout masks them. For two, text t and speech s,
 *
 *     phi_t = ((F_ts - F_s) + (F_t - F_0)) / 2
 *
 * and always sum phi = F(all) - F(none). A model that was trained without modality
 * dropout has never seen an utterance that lacks one; what it says of such is then a
 * guess, and so are these values (checkpoint_copes). */
#ifndef EMOTIONNET_EXPLAIN_SHAPLEY_H
#define EMOTIONNET_EXPLAIN_SHAPLEY_H

#include "emotionnet/explain/explainer.h"

enum { SHAPLEY_SUBSETS = 1 << MODALITIES };

typedef struct Shapley {
	int count; /* modalities that the model reads */
	/* F where the modality at place m is there if bit m is set; 1 << count of them */
	double subset[SHAPLEY_SUBSETS];
	double value[MODALITIES]; /* phi */
} Shapley;

Shapley shapley(Explainer *explainer, const Question *question);

/* phi of `count` players from what each subset of them is worth (bit m: player m takes
 * part). */
void shapley_values(double value[], const double subset[], int count);

#endif
