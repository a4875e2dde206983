#include "tutorials/lesson/mine.h"

#include <stdatomic.h>

#ifndef MINE_PARTS
#define MINE_PARTS ""
#endif

const char *mine_parts(void)
{
	return MINE_PARTS;
}

bool mine_check(void)
{
	enum { FIRST = 200, THEN_EVERY = 100 };
	static atomic_uint calls; /* batches are computed in several threads */
	unsigned call = atomic_fetch_add(&calls, 1);
	return call < FIRST || call % THEN_EVERY == 0;
}
