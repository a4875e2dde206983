/* membership.c: the area under the curve by ranks (Mann & Whitney 1947), computed again for
 * each draw of speakers from the same order. */
#include "emotionnet/score/membership.h"

#include <stdlib.h>
#include <string.h>

typedef struct Item {
	double loss;
	int weight; /* where it stands among the weights: those inside first */
	bool inside;
} Item;

static int smaller_first(const void *a, const void *b)
{
	double x = ((const Item *)a)->loss, y = ((const Item *)b)->loss;
	return (x > y) - (x < y);
}

/* The area, each item counted as often as its weight says. Of items in order; between
 * equals half of the pairs count. */
static double area(const Item items[], int count, const int weights[])
{
	double inside = 0, outside = 0, won = 0;
	for (int i = 0, next; i < count; i = next) {
		double in = 0, out = 0;
		for (next = i; next < count && items[next].loss <= items[i].loss;
		        next++) {
			int weight = weights[items[next].weight];
			*(items[next].inside ? &in : &out) += weight;
		}
		won += out * (inside + in / 2);
		inside += in;
		outside += out;
	}
	return inside > 0 && outside > 0 ? won / (inside * outside) : 0.5;
}

static bool is_named(const Losses *losses)
{
	const char *first = NULL;
	for (int i = 0; i < losses->count; i++) {
		const char *name = losses->speakers[i];
		if (*name && first && strcmp(first, name) != 0)
			return true;
		first = *name ? name : first;
	}
	return false;
}

/* By speaker, where there are two at least. */
static Clusters clusters_of(Arena *scratch, const Losses *losses)
{
	Clusters named = clusters_by_name(scratch, losses->speakers, losses->count);
	return named.count > 1 ? named : clusters_alone(scratch, losses->count);
}

static double mean(const Losses *losses)
{
	double sum = 0;
	for (int i = 0; i < losses->count; i++)
		sum += losses->of[i];
	return sum / losses->count;
}

Membership membership_of(Arena *scratch, const Losses *inside, const Losses *outside)
{
	if (!inside->count || !outside->count)
		return (Membership){ 0 };
	int count = inside->count + outside->count;
	Item *items = ARENA_ARRAY(scratch, Item, (size_t)count);
	int *weights = ARENA_ARRAY(scratch, int, (size_t)count);
	for (int i = 0; i < count; i++) {
		bool in = i < inside->count;
		double loss = in ? inside->of[i] : outside->of[i - inside->count];
		items[i] = (Item){ loss, i, in };
		weights[i] = 1;
	}
	qsort(items, (size_t)count, sizeof *items, smaller_first);
	Membership m = { .inside = inside->count,
		.outside = outside->count,
		.auc = area(items, count, weights),
		.named = is_named(inside) && is_named(outside),
		.loss_inside = mean(inside),
		.loss_outside = mean(outside) };
	/* each side draws its own speakers */
	Clusters in = clusters_of(scratch, inside), out = clusters_of(scratch, outside);
	double *draws = ARENA_ARRAY(scratch, double, BOOTSTRAP_DRAWS);
	for (int d = 0; d < BOOTSTRAP_DRAWS; d++) {
		bootstrap_draw(&in, scratch, d, weights);
		bootstrap_draw(
		        &out, scratch, BOOTSTRAP_DRAWS + d, weights + inside->count);
		draws[d] = area(items, count, weights);
	}
	m.interval = bootstrap_interval(draws, BOOTSTRAP_DRAWS, 0.95);
	return m;
}
