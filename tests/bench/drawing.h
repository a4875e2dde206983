/* drawing.h: the chart of a comparison, from the file that peers/rounds.py writes. */
#ifndef TESTS_BENCH_DRAWING_H
#define TESTS_BENCH_DRAWING_H

#include "tensor/error.h"

#include <stdbool.h>

/* A bar for each peer in each case: how many times as long it takes as we do, on a
 * logarithmic scale; the least times of all rounds. */
bool drawing_write(const char *results, const char *picture, Error *error);

#endif
