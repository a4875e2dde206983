/* Memory that runs out. The linker sends every allocation and every fopen of the library
 * through the functions below (--wrap, in the Makefile); the n-th of them fails, for n =
 * 1, 2, ... until the work is done before it comes to that. Each time the work must end
 * with a message, and whoever frees what he owns must have freed everything: no memory,
 * no open file, no file left behind.
 *
 * Training runs in one thread here: an error handler cannot jump from one thread to
 * another. With more, a handler can only end the process; the last test does that. */
#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/train/train.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"
#include "text/vocabulary_text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- allocations that fail --------------------------------------------------------- */

static struct {
	_Atomic long calls;   /* so far */
	_Atomic long failing; /* this call fails, and no other; 0: none */
	_Atomic long live;    /* allocations not freed, */
	bool counting;        /* of those made meanwhile: Check's own do not count */
} memory;

static bool fails(void)
{
	if (++memory.calls != memory.failing)
		return false;
	errno = ENOMEM;
	return true;
}

static void *counted(void *allocation)
{
	if (memory.counting && allocation)
		memory.live++;
	return allocation;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
int __real_posix_memalign(void **allocation, size_t alignment, size_t size);
void __real_free(void *allocation);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__real_fdopen(int descriptor, const char *mode);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
int __wrap_posix_memalign(void **allocation, size_t alignment, size_t size);
void __wrap_free(void *allocation);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fdopen(int descriptor, const char *mode);

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
	return fails() ? NULL : counted(__real_aligned_alloc(alignment, size));
}

int __wrap_posix_memalign(void **allocation, size_t alignment, size_t size)
{
	if (fails())
		return ENOMEM;
	int status = __real_posix_memalign(allocation, alignment, size);
	if (!status)
		counted(*allocation);
	return status;
}

void __wrap_free(void *allocation)
{
	if (memory.counting && allocation)
		memory.live--;
	__real_free(allocation);
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
	return fails() ? NULL : __real_fopen(path, mode);
}

FILE *__wrap_fdopen(int descriptor, const char *mode)
{
	return fails() ? NULL : __real_fdopen(descriptor, mode);
}

/* ---- work that must fail well ------------------------------------------------------ */

enum { UTTERANCES = 12 }; /* two shards */

/* What a piece of work is given, and what it owns: whoever ends it frees this and
 * nothing else. */
typedef struct Owned {
	Arena *arena, *loaded; /* loaded: what a load fills */
	Pool *pool;
	int threads;
	Checkpoint checkpoint; /* made beforehand, where the work needs one */
	const char *path;
} Owned;

typedef bool Work(Owned *owned, Error *error);

/* From nothing to a model after one step. */
static bool train_a_step(Owned *owned, Error *error)
{
	(void)error;
	owned->arena = arena_new("model");
	owned->pool = pool_new(owned->threads);
	ModelConfig config = utterances_model("middle", "lstm", "cnn");
	Rng rng = rng_new(1);
	Dataset training = utterances_new(owned->arena, UTTERANCES, &rng), none = { 0 };
	Params params = params_new(owned->arena);
	model_new(owned->arena, &params, &config, &rng);
	TrainOptions options = train_defaults();
	options.epochs = 1;
	options.batch = UTTERANCES;
	options.class_weights = true;
	Progress progress = { .quiet = true };
	train(&params, &config, &training, &none, &options, owned->pool, &progress);
	return true;
}

/* Not an assertion of Check, which would allocate. */
static void must(bool done)
{
	if (!done)
		abort();
}

static void make_checkpoint(Owned *owned)
{
	static const char *const labels[UTTERANCE_CLASSES] = { "a", "b", "c", "d" };
	Arena *arena = owned->arena = arena_new("model");
	Checkpoint *c = &owned->checkpoint;
	*c = (Checkpoint){
		.config = utterances_model("middle", "lstm", "cnn"),
		.frontend = { .reads = { .has = { [MODALITY_TEXT] = true } },
		        .max_words = UTTERANCE_WORDS,
		        .labels = { .names = labels, .count = UTTERANCE_CLASSES } },
		.params = params_new(arena),
		.source = "test",
		.speakers = "ann",
	};
	c->config.reads = c->frontend.reads;
	must(vocabulary_from_text(
	        &c->frontend.vocabulary, arena, "test", "<pad>\n<unk>\nglad", NULL));
	checkpoint_widths(c);
	Rng rng = rng_new(1);
	model_new(arena, &c->params, &c->config, &rng);
	owned->path = arena_format(arena, "%s/model.safetensors", harness_directory());
}

static bool save(Owned *owned, Error *error)
{
	return checkpoint_save(&owned->checkpoint, owned->path, error);
}

static bool load(Owned *owned, Error *error)
{
	Checkpoint loaded;
	owned->loaded = arena_new("loaded");
	return checkpoint_load(&loaded, owned->loaded, owned->path, error);
}

/* ---- one failure ------------------------------------------------------------------- */

typedef enum Outcome { DONE, STATUS, STOPPED } Outcome;

static jmp_buf stopped;
static ErrorKind stopped_kind;
static char stopped_message[2 * ERROR_TEXT];

static void remember_and_jump(ErrorKind kind, const char *message)
{
	stopped_kind = kind;
	snprintf(stopped_message, sizeof stopped_message, "%s", message);
	longjmp(stopped, 1);
}

static Outcome run_failing(Work *work, Owned *owned, Error *error, long failing)
{
	memory.calls = 0;
	memory.failing = failing;
	error_handler_set(remember_and_jump);
	Outcome outcome = STOPPED;
	if (!setjmp(stopped))
		outcome = work(owned, error) ? DONE : STATUS;
	memory.failing = 0;
	error_handler_set(NULL);
	return outcome;
}

static void check_message(Outcome outcome, const Error *error)
{
	if (outcome == STATUS) {
		ck_assert_msg(strstr(error->text, "out of memory") ||
		                      strstr(error->text, strerror(ENOMEM)),
		        "expected a message about memory, found \"%s\"", error->text);
		ASSERT_CONTAINS(error->text, "model.safetensors");
	} else {
		ck_assert_int_eq(stopped_kind, ERROR_MEMORY);
		ASSERT_CONTAINS(stopped_message, "out of memory: ");
		ASSERT_CONTAINS(stopped_message, " asked for ");
		ASSERT_CONTAINS(stopped_message, "Hint: a smaller batch");
	}
}

/* The lowest descriptor that is free: no file was left open if it stays the same. */
static int next_descriptor(void)
{
	int descriptor = dup(STDIN_FILENO);
	close(descriptor);
	return descriptor;
}

/* Runs the work with the 1st, 2nd, ... call failing until it succeeds; returns how
 * many there were. */
static long fail_each(Work *work, void (*prepare)(Owned *owned),
        void (*check_after)(const Owned *owned))
{
	for (long n = 1;; n++) {
		static Owned owned; /* static: the jump may not touch it */
		owned = (Owned){ .threads = 1 };
		int descriptor = next_descriptor();
		memory.live = 0;
		memory.counting = true;
		if (prepare)
			prepare(&owned);
		Error error;
		Outcome outcome = run_failing(work, &owned, &error, n);
		bool came_to_it = memory.calls >= n;
		memory.counting = false;
		if (came_to_it)
			check_message(outcome, &error);
		if (check_after)
			check_after(&owned);
		memory.counting = true;
		pool_free(owned.pool);
		arena_free(owned.loaded);
		arena_free(owned.arena);
		memory.counting = false;
		ck_assert_msg(memory.live == 0, "call %ld failed: %ld not freed", n,
		        memory.live);
		ck_assert_int_eq(next_descriptor(), descriptor);
		ck_assert_msg(came_to_it ? outcome != DONE : outcome == DONE,
		        "call %ld failed and nobody noticed", n);
		if (!came_to_it)
			return n - 1;
	}
}

START_TEST(out_of_memory_in_a_training_step_stops_and_frees)
{
	ck_assert_int_ge(fail_each(train_a_step, NULL, NULL), 10);
}
END_TEST

/* The old model stays where it is, whole, with nothing beside it. */
static void check_old_model(const Owned *owned)
{
	Arena *arena = arena_new("check");
	Checkpoint loaded;
	Error error;
	ck_assert_msg(
	        checkpoint_load(&loaded, arena, owned->path, &error), "%s", error.text);
	arena_free(arena);
	DIR *folder = opendir(harness_directory());
	int files = 0;
	for (struct dirent *entry; (entry = readdir(folder));)
		files += entry->d_name[0] != '.';
	closedir(folder);
	ck_assert_int_eq(files, 1);
}

static void make_saved(Owned *owned)
{
	make_checkpoint(owned);
	must(checkpoint_save(&owned->checkpoint, owned->path, NULL));
}

START_TEST(out_of_memory_in_a_save_keeps_the_old_model)
{
	ck_assert_int_ge(fail_each(save, make_saved, check_old_model), 4);
}
END_TEST

/* Into an arena that has nothing yet: its own block, and what the load asks for beyond
 * it. */
START_TEST(out_of_memory_in_a_load_says_so_and_frees)
{
	ck_assert_int_ge(fail_each(load, make_saved, check_old_model), 1);
}
END_TEST

/* ---- in several threads ------------------------------------------------------------ */

static void say_and_exit(ErrorKind kind, const char *message)
{
	fprintf(stderr, "%s\n", message);
	exit(kind == ERROR_MEMORY ? 1 : 2);
}

enum { NOT_REACHED = 4 };

/* In a process of its own, whose standard error goes to `log`. Returns its exit status:
 * NOT_REACHED where this run made fewer calls, as the memory of the shards belongs to
 * the threads that happen to compute them. */
static int train_in_threads(long failing, const char *log)
{
	pid_t child = fork();
	if (child == 0) {
		if (!freopen(log, "w", stderr))
			_exit(3);
		Owned owned = { .threads = 3 };
		memory.calls = 0;
		memory.failing = failing;
		error_handler_set(say_and_exit);
		train_a_step(&owned, NULL);
		memory.failing = 0;
		pool_free(owned.pool);
		arena_free(owned.arena);
		exit(memory.calls < failing ? NOT_REACHED : 0);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status), "call %ld failed: ended by signal %d", failing,
	        WTERMSIG(status));
	return WEXITSTATUS(status);
}

/* Some forty of the calls, as each costs a process. */
START_TEST(out_of_memory_in_a_thread_ends_the_process)
{
	Owned owned = { .threads = 3 };
	memory.calls = 0;
	train_a_step(&owned, NULL);
	long calls = memory.calls;
	pool_free(owned.pool);
	arena_free(owned.arena);
	Arena *arena = arena_new("test");
	const char *log = arena_format(arena, "%s/log", harness_directory());
	int failed = 0;
	for (long n = 1; n <= calls; n += 1 + calls / 40) {
		int status = train_in_threads(n, log);
		if (status == NOT_REACHED)
			continue;
		ck_assert_int_eq(status, 1);
		failed++;
		Bytes text;
		ck_assert(file_read(&text, arena, log, NULL));
		ASSERT_CONTAINS((const char *)text.data, "out of memory: ");
	}
	ck_assert_int_ge(failed, 20);
	arena_free(arena);
}
END_TEST

/* Without gradients a prediction after the first takes its memory from the blocks that
 * the first one left. Where every allocation is its own malloc there is nothing to
 * see. */
START_TEST(predictions_after_the_first_allocate_nothing)
{
	static const char *const fusions[] = { "early", "middle", "late" };
	for (int f = 0; f < 3; f++) {
		Arena *arena = arena_new("model");
		ModelConfig config = utterances_model(fusions[f], "lstm", "cnn");
		Rng rng = rng_new(1);
		Dataset data = utterances_new(arena, UTTERANCES, &rng);
		Params params = params_new(arena);
		EmotionNet *model = model_new(arena, &params, &config, &rng);
		Tape tape = tape_new(arena_child(arena, "step"));
		tape.recording = false;
		int chosen[UTTERANCES];
		for (int i = 0; i < UTTERANCES; i++)
			chosen[i] = i;
		Batch batch = batch_make(arena, &data, chosen, UTTERANCES, NULL);
		long first = memory.calls;
		model_logits(model, &tape, &batch, NULL);
		long before = memory.calls;
		bool recorded = false;
		for (int again = 0; again < 3; again++) {
			tape_reset(&tape);
			model_logits(model, &tape, &batch, NULL);
			recorded = recorded || tape.last;
		}
		long after = memory.calls; /* before Check allocates for what follows */
		ck_assert(!recorded);
		ck_assert_int_gt(before, first);
#ifdef ARENA_DEBUG
		ck_assert_int_gt(after, before);
#else
		ck_assert_int_eq(after, before);
#endif
		arena_free(arena);
	}
}
END_TEST

TEST_MAIN("out of memory", out_of_memory_in_a_training_step_stops_and_frees,
        out_of_memory_in_a_save_keeps_the_old_model,
        out_of_memory_in_a_load_says_so_and_frees,
        out_of_memory_in_a_thread_ends_the_process,
        predictions_after_the_first_allocate_nothing)
