/* mine.h: MINE=1 puts the parts B that a student has passed in place of the library's.
 *
 * The linker sends every call of a function f to __wrap_f in a chapter's mine.c, which
 * calls the student's function; __real_f is the library's (--wrap=f). The first line of
 * mine.c lists them:
 *
 *     wrap: matmul_at matmul_from_at       (as a comment)
 *
 * A right part may sum in another order than the library, and be slower. So where
 * mine_parts() is not "", nobody speaks of equal bits or of speed. */
#ifndef TUTORIALS_MINE_H
#define TUTORIALS_MINE_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/real.h"

#include <stdbool.h>
#include <stddef.h>

/* The chapters whose parts are linked: "01 02"; "" without MINE=1. */
const char *mine_parts(void);

/* Whether to compare this call with the library's: the first calls, and then one of a
 * hundred. */
bool mine_check(void);
void mine_check_each(void); /* from here on, each call */

/* Whether a number of the student's is as near to `expected` as a right sum in another
 * order is; the sizes of its terms add up to `size`. False for NaN. */
bool mine_near(double found, double expected, double size);
/* Stops unless it is: "number AT of WHAT is ..., expected .... make exercise CH=CHAPTER
 * says why." */
void mine_require(Site site, const char *chapter, const char *what, size_t at,
        double found, double expected, double size);

/* Room for what a student's function writes: `count` numbers, each MINE_HELD, so that what
 * is not set, or not added to, is seen; behind them more of the same, so that a step too
 * far is, too. mine_room_check stops if anything behind was written. */
enum { MINE_HELD = 1 };
real *mine_room(Arena *arena, size_t count);
void mine_room_check(
        Site site, const char *chapter, const char *what, const real *room, size_t count);

#endif
