/* occlusion.c: one version of the utterance without each piece; many versions make
 * one batch. */
#include "emotionnet/explain/occlusion.h"

#include <stdlib.h>

static int at_most_a_batch(int count)
{
	return count < EXPLAINER_BATCH ? count : EXPLAINER_BATCH;
}

real *occlusion(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces)
{
	real *drop = ARENA_ARRAY(arena, real, (size_t)pieces->count);
	Versions *whole = explainer_versions(explainer, question, 1, NULL);
	real score = explainer_scores(explainer, question, whole)->value.data[0];
	for (int begin = 0; begin < pieces->count; begin += EXPLAINER_BATCH) {
		int count = at_most_a_batch(pieces->count - begin);
		Versions *versions = explainer_versions(explainer, question, count, NULL);
		for (int b = 0; b < count; b++)
			piece_clear(versions, b, &pieces->items[begin + b]);
		Tensor scores = explainer_scores(explainer, question, versions)->value;
		for (int b = 0; b < count; b++)
			drop[begin + b] = score - scores.data[b];
	}
	return drop;
}

real *deletion_curve(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces, const int order[], CurveKind kind)
{
	int points = pieces->count + 1;
	real *curve = ARENA_ARRAY(arena, real, (size_t)points);
	for (int begin = 0; begin < points; begin += EXPLAINER_BATCH) {
		int count = at_most_a_batch(points - begin);
		Versions *versions = explainer_versions(explainer, question, count, NULL);
		for (int b = 0; b < count; b++) {
			/* taken away: the first begin+b; not yet put back: all after
			 * them */
			int first = kind == CURVE_DELETION ? 0 : begin + b;
			int last = kind == CURVE_DELETION ? begin + b : pieces->count;
			for (int i = first; i < last; i++)
				piece_clear(versions, b, &pieces->items[order[i]]);
		}
		Tensor scores = explainer_scores(explainer, question, versions)->value;
		for (int b = 0; b < count; b++)
			curve[begin + b] = scores.data[b];
	}
	return curve;
}

double curve_height(const real scores[], int n)
{
	double sum = 0;
	for (int i = 0; i + 1 < n; i++)
		sum += ((double)scores[i] + (double)scores[i + 1]) / 2;
	return n > 1 ? sum / (n - 1) : (double)scores[0];
}

typedef struct Ranked {
	real value;
	int index;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
	const Ranked *x = a, *y = b;
	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return x->index - y->index;
}

int *order_falling(Arena *arena, const real values[], int count)
{
	Ranked *ranked = ARENA_ARRAY(arena, Ranked, (size_t)count);
	int *order = ARENA_ARRAY(arena, int, (size_t)count);
	for (int i = 0; i < count; i++)
		ranked[i] = (Ranked){ values[i], i };
	qsort(ranked, (size_t)count, sizeof *ranked, compare_ranked);
	for (int i = 0; i < count; i++)
		order[i] = ranked[i].index;
	return order;
}
