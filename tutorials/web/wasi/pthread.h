/* pthread.h: one thread, where the system has no others. A lock then is nothing to wait
 * for, and no thread can be started: a pool has its caller alone (tensor/threads.h).
 *
 * The headers of this folder stand in for what wasi-libc lacks. They come first on the
 * path of the compiler that makes the pages (web.mk); no other build sees them, and no
 * source of the library asks where it runs. */
#ifndef WASI_PTHREAD_H
#define WASI_PTHREAD_H

#include <errno.h>
#include <stddef.h>

typedef int pthread_t, pthread_attr_t, pthread_mutex_t, pthread_cond_t;

#define PTHREAD_MUTEX_INITIALIZER 0

static inline int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
        void *(*begin)(void *), void *argument)
{
	(void)thread, (void)attributes, (void)begin, (void)argument;
	return EAGAIN;
}

static inline int pthread_join(pthread_t thread, void **result)
{
	(void)thread, (void)result;
	return EINVAL;
}

static inline int pthread_attr_init(pthread_attr_t *attributes)
{
	*attributes = 0;
	return 0;
}

static inline int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t bytes)
{
	(void)attributes, (void)bytes;
	return 0;
}

static inline int pthread_attr_destroy(pthread_attr_t *attributes)
{
	(void)attributes;
	return 0;
}

static inline int pthread_mutex_init(pthread_mutex_t *mutex, const void *attributes)
{
	(void)attributes;
	*mutex = 0;
	return 0;
}

static inline int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	(void)mutex;
	return 0;
}

static inline int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	(void)mutex;
	return 0;
}

static inline int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	(void)mutex;
	return 0;
}

static inline int pthread_cond_init(pthread_cond_t *changed, const void *attributes)
{
	(void)attributes;
	*changed = 0;
	return 0;
}

/* Nobody else could change what is waited for. */
static inline int pthread_cond_wait(pthread_cond_t *changed, pthread_mutex_t *mutex)
{
	(void)changed, (void)mutex;
	__builtin_trap();
}

static inline int pthread_cond_broadcast(pthread_cond_t *changed)
{
	(void)changed;
	return 0;
}

static inline int pthread_cond_destroy(pthread_cond_t *changed)
{
	(void)changed;
	return 0;
}

#endif
