/* child.h: work in a process of its own, so that its peak of memory is its own, and it
 * finds neither the caches nor the heap as another left them. */
#ifndef TESTS_BENCH_CHILD_H
#define TESTS_BENCH_CHILD_H

#include <stddef.h>

/* Calls work(config, result) in a child, and has what it left in `result`, `size` bytes
 * without pointers into its memory. Ends the program, naming `what`, if it fails. */
typedef void ChildWork(const void *config, void *result);
void child_run(
        const char *what, ChildWork *work, const void *config, void *result, size_t size);

/* Runs a program to its end, with nothing on its standard output. The same if it fails. */
void child_execute(const char *what, const char *const words[]);

/* The most bytes of memory that this process, or a child that it has waited for, held. */
double child_peak(void);

/* The processor's seconds that this process, and children that it has waited for, took: what
 * other processes do at the same time hardly counts. */
double child_seconds(void);

_Noreturn void child_failed(const char *what);

#endif
