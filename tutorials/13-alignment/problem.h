/* problem.h: what worker.c and checks.c agree upon. */
#ifndef TUTORIALS_ALIGNMENT_PROBLEM_H
#define TUTORIALS_ALIGNMENT_PROBLEM_H

/* All arrays are this long: behind what counts lie other numbers, so that an index that is
 * wrong by little gives a wrong number, and can be told by it. */
enum { ROOM = 400 };

/* What stands for NaN and infinity between the student's process and the checks. */
enum { NO_NUMBER = -7777777 };

#endif
