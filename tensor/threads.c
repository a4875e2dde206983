/* Threads that wait between rounds. Rounds are short and follow each other closely: a
 * thread with nothing to do looks for the next one a while before it goes to sleep. */
#ifdef __linux__
#define _GNU_SOURCE /* sched_getaffinity: the cores that this process may use */
#endif

#include "tensor/threads.h"
#include "tensor/denormals.h"
#include "tensor/error.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	SPINS = 2000,          /* looks before a thread goes to sleep */
	STACK_BYTES = 8 << 20, /* what the first thread has, whatever the C library */
	LARGEST_POOL = 1024,
	/* addresses: its stack, the C library's 64 MB for its memory, its copy of a model */
	THREAD_BYTES = 128 << 20,
};

typedef struct Worker {
	Pool *pool;
	pthread_t thread;
	int index;
} Worker;

/* One round: pool_run writes the job and raises `started`; each worker takes indices from
 * `next` until there are none; the last to find none raises `finished`. All of them take
 * part in every round, so nobody can still be reading one job while the next is
 * written. */
struct Pool {
	Worker *workers; /* threads - 1 of them: the caller needs no entry */
	int threads, spins;
	bool closing;

	PoolWork *work;
	void *context;
	int count;

	atomic_int next;               /* the first index that nobody has taken */
	atomic_int busy;               /* workers that are still in the round */
	atomic_uint started, finished; /* rounds */

	pthread_mutex_t mutex;
	pthread_cond_t changed; /* `started` or `finished` */
	atomic_int sleepers;
};

static int cores(void)
{
#ifdef __linux__
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) == 0)
		return CPU_COUNT(&set);
#endif
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (int)online : 1;
}

/* Where addresses are limited (ulimit -v), so many threads leave some for the work. */
static int affordable(int wanted)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_AS, &limit) ||
	        limit.rlim_cur / THREAD_BYTES >= (rlim_t)wanted)
		return wanted;
	return (int)(limit.rlim_cur / THREAD_BYTES) + 1;
}

/* No wake-up is lost: the sleeper announces itself before it looks at the counter for the
 * last time, and raise_round() raises the counter before it looks for sleepers. Both are
 * sequentially consistent, so at least one of the two sees the other. */
static void wait_for_round(Pool *pool, atomic_uint *counter, unsigned before)
{
	for (int i = 0; i < pool->spins; i++) {
		if (atomic_load(counter) != before)
			return;
		thread_pause();
	}
	pthread_mutex_lock(&pool->mutex);
	atomic_fetch_add(&pool->sleepers, 1);
	while (atomic_load(counter) == before)
		pthread_cond_wait(&pool->changed, &pool->mutex);
	atomic_fetch_sub(&pool->sleepers, 1);
	pthread_mutex_unlock(&pool->mutex);
}

static void raise_round(Pool *pool, atomic_uint *counter)
{
	atomic_fetch_add(counter, 1);
	if (atomic_load(&pool->sleepers) == 0)
		return;
	pthread_mutex_lock(&pool->mutex);
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->mutex);
}

static void take_parts(Pool *pool, int worker)
{
	if (pool->count == pool->threads) {
		pool->work(pool->context, worker, worker);
		return;
	}
	for (;;) {
		int index = atomic_fetch_add(&pool->next, 1);
		if (index >= pool->count)
			return;
		pool->work(pool->context, index, worker);
	}
}

static void *worker_main(void *argument)
{
	Worker *worker = argument;
	Pool *pool = worker->pool;
	denormals_flush();
	for (unsigned round = 0;; round++) {
		wait_for_round(pool, &pool->started, round);
		if (pool->closing)
			return NULL;
		take_parts(pool, worker->index);
		if (atomic_fetch_sub(&pool->busy, 1) == 1)
			raise_round(pool, &pool->finished);
	}
}

static void start_workers(Pool *pool, int wanted)
{
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	while (pool->threads < wanted) {
		Worker *worker = &pool->workers[pool->threads - 1];
		*worker = (Worker){ .pool = pool, .index = pool->threads };
		if (pthread_create(&worker->thread, &attributes, worker_main, worker))
			break;
		pool->threads++;
	}
	pthread_attr_destroy(&attributes);
}

Pool *pool_new(int threads)
{
	int available = cores();
	int wanted = threads > 0 ? threads : available;
	wanted = affordable(wanted < LARGEST_POOL ? wanted : LARGEST_POOL);
	Pool *pool = calloc(1, sizeof *pool);
	Worker *workers = calloc((size_t)wanted, sizeof *workers);
	if (!pool || !workers) {
		free(pool);
		free(workers);
		error_out_of_memory("pool", (size_t)wanted * sizeof *workers);
	}
	pool->workers = workers;
	pool->threads = 1;
	/* Where threads share a core, looking out only keeps the core from the one
	 * with work. */
	pool->spins = wanted <= available ? SPINS : 0;
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->changed, NULL);
	start_workers(pool, wanted);
	return pool;
}

void pool_free(Pool *pool)
{
	if (!pool)
		return;
	pool->closing = true;
	raise_round(pool, &pool->started);
	for (int i = 0; i < pool->threads - 1; i++)
		pthread_join(pool->workers[i].thread, NULL);
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->mutex);
	free(pool->workers);
	free(pool);
}

int pool_threads(const Pool *pool)
{
	return pool ? pool->threads : 1;
}

void pool_run(Pool *pool, int count, PoolWork *work, void *context)
{
	if (pool)
		denormals_flush();
	if (pool_threads(pool) == 1) {
		for (int index = 0; index < count; index++)
			work(context, index, 0);
		return;
	}
	pool->work = work;
	pool->context = context;
	pool->count = count;
	atomic_store(&pool->next, 0);
	atomic_store(&pool->busy, pool->threads - 1);
	unsigned finished = atomic_load(&pool->finished);
	raise_round(pool, &pool->started);
	take_parts(pool, 0);
	wait_for_round(pool, &pool->finished, finished);
}
