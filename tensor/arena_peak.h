/* arena_peak.h: how much memory an arena holds, and how much it ever held. */
#ifndef TENSOR_ARENA_PEAK_H
#define TENSOR_ARENA_PEAK_H

#include "tensor/arena.h"

size_t arena_live(const Arena *arena); /* bytes handed out now, with padding */
size_t arena_peak(const Arena *arena); /* the most that ever were */
/* The sum of the peaks of an arena and its children: together they never held more. */
size_t arena_peak_all(const Arena *arena);
size_t arena_peak_restart(Arena *arena); /* the same; from now on, the most from now on */

#endif
