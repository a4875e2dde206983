/* shapley.c: the score of every subset of the modalities, then each one's mean share. */
#include "emotionnet/explain/shapley.h"

/* phi_m = sum over subsets S without m of |S|! (M - |S| - 1)! / M! (F(S + m) - F(S)). The
 * weight is 1 / (M times the number of subsets of that size among the other M - 1). */
void shapley_values(double value[], const double subset[], int count)
{
	for (int m = 0; m < count; m++) {
		value[m] = 0;
		for (int s = 0; s < 1 << count; s++) {
			if (s >> m & 1)
				continue;
			double choices = 1; /* count-1 over |S| */
			int size = 0;
			for (int other = 0; other < count; other++)
				if (s >> other & 1) {
					size++;
					choices = choices * (count - size) / size;
				}
			value[m] += (subset[s | 1 << m] - subset[s]) / (count * choices);
		}
	}
}

/* What is left out: what the model reads and the subset does not have. */
static ModalitySet mask_of(const ModelConfig *config, int subset)
{
	ModalitySet mask = { 0 };
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		int place = modality_place(config, kind);
		mask.has[kind] = place >= 0 && !(subset >> place & 1);
	}
	return mask;
}

Shapley shapley(Explainer *explainer, const Question *question)
{
	const ModelConfig *config = &explainer->model->config;
	Shapley result = { .count = modalities_count(config->reads) };
	ModalitySet masks[SHAPLEY_SUBSETS];
	int subsets = 1 << result.count;
	for (int s = 0; s < subsets; s++)
		masks[s] = mask_of(config, s);
	Versions *versions = explainer_versions(explainer, question, subsets, masks);
	Tensor scores = explainer_scores(explainer, question, versions)->value;
	for (int s = 0; s < subsets; s++)
		result.subset[s] = (double)scores.data[s];
	shapley_values(result.value, result.subset, result.count);
	return result;
}
