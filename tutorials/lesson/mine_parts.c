#include "tutorials/lesson/mine.h"

#include <math.h>
#include <stdatomic.h>

#ifndef MINE_PARTS
#define MINE_PARTS ""
#endif

const char *mine_parts(void)
{
	return MINE_PARTS;
}

static atomic_uint calls; /* batches are computed in several threads */
static atomic_uint every = 100;

bool mine_check(void)
{
	enum { FIRST = 200 };
	unsigned call = atomic_fetch_add(&calls, 1);
	return call < FIRST || call % every == 0;
}

void mine_check_each(void)
{
	every = 1;
}

bool mine_near(double found, double expected, double size)
{
	return fabs(found - expected) <= 1e-6 + 1e-4 * size;
}

void mine_require(Site site, const char *chapter, const char *what, size_t at,
        double found, double expected, double size)
{
	if (!mine_near(found, expected, size))
		error_stop(site, "MINE=1",
		        "number %zu of %s is %.6g, expected %.6g. make exercise CH=%s says why.",
		        at, what, found, expected, chapter);
}

enum { BEHIND = 64 };

real *mine_room(Arena *arena, size_t count)
{
	real *room = ARENA_ARRAY(arena, real, count + BEHIND);
	for (size_t i = 0; i < count + BEHIND; i++)
		room[i] = MINE_HELD;
	return room;
}

void mine_room_check(
        Site site, const char *chapter, const char *what, const real *room, size_t count)
{
	for (size_t i = count; i < count + BEHIND; i++)
		if (!(fabs((double)room[i] - MINE_HELD) <= 0))
			error_stop(site, "MINE=1",
			        "number %zu of %s was written, behind its %zu numbers. make exercise CH=%s says why.",
			        i, what, count, chapter);
}
