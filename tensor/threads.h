/* threads.h: a pool of threads that wait for work.
 *
 * Work is cut into numbered parts, and which thread does which part is left to chance: so
 * a part must not touch what another part writes, and what the parts produce is put
 * together afterwards, in the order of their numbers. Then no result depends on the
 * number of threads.
 *
 * A thread without work looks out for it for a few microseconds, which makes fork and
 * join cost less than one; after that it sleeps, and an idle pool costs nothing. */
#ifndef TENSOR_THREADS_H
#define TENSOR_THREADS_H

typedef struct Pool Pool;

/* A pool of `threads` threads, the caller's included (0: as many as the process may use
 * cores). If the system refuses to start so many, or its memory limit is too small for
 * them, the pool has fewer. Each other thread has 8 MB of stack. The caller frees it. */
Pool *pool_new(int threads);
void pool_free(Pool *pool); /* NULL is allowed */

int pool_threads(const Pool *pool); /* of NULL: 1, the caller */

/* Part `index` of some work, done by thread `worker`: 0, the caller of pool_run, to
 * pool_threads() - 1. One worker does one part at a time: it may keep scratch memory
 * of its own. */
typedef void PoolWork(void *context, int index, int worker);

/* Where there are as many parts as threads, thread w does part w, so that it finds in its
 * cache what it wrote in an earlier call; else whoever is free takes the next.
 *
 * Does parts 0..count-1 and returns when all are done; what they wrote can be read then.
 * Denormals are flushed in every thread, the caller's too, and stay so (denormals.h). One
 * thread at a time may call it, and no part may call it again. Without a pool (NULL) the
 * caller does one part after the other, and its denormals stay as they are. */
void pool_run(Pool *pool, int count, PoolWork *work, void *context);

/* Between two looks at what another thread is about to change. */
static inline void thread_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#endif
}

#endif
