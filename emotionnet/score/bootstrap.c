/* bootstrap.c: draws clusters (speakers) with replacement; quantiles of the draws are
 * the interval. */
#include "emotionnet/score/bootstrap.h"
#include "tensor/rng.h"
#include "tensor/sort.h"
#include "text/stringset.h"

#include <stdbool.h>

/* Any number will do, so long as it stays. */
enum { SEED = 95 };

Clusters clusters_by_name(Arena *arena, const char *const names[], int count)
{
	int *of = ARENA_ARRAY(arena, int, (size_t)count);
	int *own = ARENA_ARRAY(arena, int, (size_t)count); /* cluster of each name */
	StringSet known = stringset_new(arena);
	int clusters = 0;
	for (int i = 0; i < count; i++) {
		int before = known.count;
		int name = *names[i] ? stringset_add(&known, names[i]) : -1;
		bool met = name >= 0 && name < before;
		of[i] = met ? own[name] : clusters++;
		if (name == before)
			own[name] = of[i];
	}
	return (Clusters){ clusters, count, of };
}

Clusters clusters_alone(Arena *arena, int count)
{
	int *of = ARENA_ARRAY(arena, int, (size_t)count);
	for (int i = 0; i < count; i++)
		of[i] = i;
	return (Clusters){ count, count, of };
}

void bootstrap_draw(const Clusters *clusters, Arena *scratch, int draw, int weights[])
{
	ArenaMark mark = arena_mark(scratch);
	int *times = ARENA_ARRAY(scratch, int, (size_t)clusters->count);
	Rng all = rng_new(SEED), rng = rng_split(&all, (uint64_t)draw);
	for (int c = 0; c < clusters->count; c++)
		times[rng_below(&rng, clusters->count)]++;
	for (int i = 0; i < clusters->items; i++)
		weights[i] = times[clusters->of[i]];
	arena_rewind(scratch, mark);
}

Interval bootstrap_interval(double values[], int count, double share)
{
	if (count < 1)
		return (Interval){ 0 };
	sort_doubles(values, count);
	return (Interval){ sorted_quantile(values, count, (1 - share) / 2),
		sorted_quantile(values, count, (1 + share) / 2) };
}
