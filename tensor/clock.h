/* clock.h: how long something takes. */
#ifndef TENSOR_CLOCK_H
#define TENSOR_CLOCK_H

/* Seconds since some fixed moment, on a clock that nobody sets back. */
double seconds_now(void);

#endif
