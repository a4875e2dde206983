#include "emotionnet/language/sampling.h"
#include "tensor/elementary.h"
#include "tensor/largest.h"

#include <stdlib.h>

typedef struct Candidate {
	int token;
	double weight; /* e^((logit - largest) / temperature) */
} Candidate;

/* The most probable first, then by number. */
static int by_weight(const void *a, const void *b)
{
	const Candidate *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->token > y->token) - (x->token < y->token);
}

static int candidates_of(
        Candidate *all, const Sampling *sampling, Tensor logits, int largest)
{
	int count = 0, tokens = (int)tensor_count(logits);
	double most = (double)logits.data[largest];
	for (int i = 0; i < tokens; i++) {
		double x = ((double)logits.data[i] - most) / sampling->temperature;
		if (x > -30)
			all[count++] = (Candidate){ i, double_exp(x) };
	}
	return count;
}

int sample(Sampling *sampling, Arena *scratch, Tensor logits)
{
	int largest = tensor_argmax(logits);
	if (!(sampling->temperature > 0))
		return largest;
	ArenaMark mark = arena_mark(scratch);
	Candidate *all = ARENA_ARRAY(scratch, Candidate, tensor_count(logits));
	int count = candidates_of(all, sampling, logits, largest);
	qsort(all, (size_t)count, sizeof *all, by_weight);
	if (sampling->top_k > 0 && sampling->top_k < count)
		count = sampling->top_k;
	double sum = 0, kept = 0;
	for (int i = 0; i < count; i++)
		sum += all[i].weight;
	int left = 0;
	while (left < count && (left == 0 || kept < sampling->top_p * sum))
		kept += all[left++].weight;
	double drawn = (double)rng_uniform(&sampling->rng) * kept;
	int chosen = 0;
	for (; chosen < left - 1 && drawn >= all[chosen].weight; chosen++)
		drawn -= all[chosen].weight;
	int token = count > 0 ? all[chosen].token : largest;
	arena_rewind(scratch, mark);
	return token;
}
