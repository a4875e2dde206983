/* A training step on more and more threads, up to all cores: -1 is the slope of one that
 * takes half as long on twice as many. */
#include "tensor/clock.h"
#include "tests/bench/child.h"
#include "tests/bench/growing.h"
#include "tests/bench/training.h"

#include <unistd.h>

enum { STEPS = 6 };

static const char *const names[] = { "mlp", "text_lstm", "speech_cnn", "emotionnet",
	"gpt" };
enum { NAMES = sizeof names / sizeof names[0] };

static void measure(
        const Growing *growing, const char *program, int size, GrowthPoint *point)
{
	(void)program;
	Arena *arena = arena_new("threads");
	Pool *pool = pool_new(size);
	double before = child_peak();
	Training *training = training_new(arena, pool, model_find(growing->what));
	for (int i = 0; i < STEPS; i++) {
		double begin = seconds_now();
		training_step(training);
		double seconds = seconds_now() - begin;
		if (!i || seconds < point->seconds)
			point->seconds = seconds;
	}
	point->bytes = child_peak() - before;
	shards_free(training->shards);
	pool_free(pool);
	arena_free(arena);
}

GrowingList growing_threads(void)
{
	static Growing items[NAMES];
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int count = 1;
	for (; 1L << count <= cores && count < 6;)
		count++;
	for (int i = 0; i < NAMES; i++)
		items[i] = (Growing){ .what = names[i],
			.grows = "threads",
			.least = 1,
			.times = 2,
			.count = count,
			.allowed = 1,
			.measure = measure };
	return (GrowingList){ items, NAMES };
}
