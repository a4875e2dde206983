/* Every allocation counts itself (arena_block.h); here it is read. */
#include "tensor/arena_peak.h"
#include "tensor/arena_block.h"

size_t arena_live(const Arena *arena)
{
	return arena->live;
}

size_t arena_peak(const Arena *arena)
{
	return arena->peak;
}

size_t arena_peak_all(const Arena *arena)
{
	size_t sum = arena->peak;
	for (const Arena *child = arena->children; child; child = child->next)
		sum += arena_peak_all(child);
	return sum;
}

size_t arena_peak_restart(Arena *arena)
{
	size_t peak = arena->peak;
	arena->peak = arena->live;
	return peak;
}
