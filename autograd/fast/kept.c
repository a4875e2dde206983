/* A list of what was made, looked through from its first entry: there are some dozens. An
 * entry is added under a mutex, but its numbers are made by all threads that ask for it
 * meanwhile, a part each. */
#include "autograd/fast/kept.h"
#include "tensor/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { SPINS = 4000 }; /* times that a thread looks before it lets others run */

typedef struct Entry {
	struct Entry *next;
	Recipe recipe;
	real *made;
	atomic_int taken; /* parts that a thread has begun */
	atomic_int left;  /* parts that no thread has finished */
} Entry;

struct Kept {
	Arena *arena;           /* of the entries and all that was made */
	_Atomic(Entry *) first; /* the last one added; its recipe is complete */
	pthread_mutex_t mutex;  /* held while one is added */
};

static void destroy(void *context)
{
	Kept *kept = context;
	pthread_mutex_destroy(&kept->mutex);
}

Kept *kept_new(Arena *arena)
{
	Kept *kept = ARENA_NEW(arena, Kept);
	pthread_mutex_init(&kept->mutex, NULL);
	arena_at_end(arena, destroy, kept);
	kept->arena = arena_child(arena, "kept");
	return kept;
}

void kept_forget(Kept *kept)
{
	arena_reset(kept->arena);
	atomic_store(&kept->first, NULL);
}

static bool same(const Recipe *a, const Recipe *b)
{
	Matrix x = a->weight, y = b->weight;
	return a->make == b->make && a->how == b->how && x.data == y.data &&
	       x.rows == y.rows && x.columns == y.columns &&
	       x.row_stride == y.row_stride && x.column_stride == y.column_stride;
}

static Entry *find(const Kept *kept, const Recipe *recipe)
{
	for (Entry *entry = atomic_load(&kept->first); entry; entry = entry->next)
		if (same(&entry->recipe, recipe))
			return entry;
	return NULL;
}

static Entry *add(Kept *kept, const Recipe *recipe)
{
	Entry *entry = arena_alloc(kept->arena, sizeof *entry);
	entry->recipe = *recipe;
	entry->made = arena_alloc(kept->arena, recipe->count * sizeof(real));
	entry->next = atomic_load(&kept->first);
	atomic_init(&entry->taken, 0);
	atomic_init(&entry->left, recipe->parts);
	atomic_store(&kept->first, entry);
	return entry;
}

static Entry *find_or_add(Kept *kept, const Recipe *recipe)
{
	Entry *entry = find(kept, recipe);
	if (entry)
		return entry;
	pthread_mutex_lock(&kept->mutex);
	entry = find(kept, recipe); /* added meanwhile? */
	if (!entry)
		entry = add(kept, recipe);
	pthread_mutex_unlock(&kept->mutex);
	return entry;
}

static void make(Arena *arena, real *made, const Recipe *recipe, int part)
{
	ArenaMark mark = arena_mark(arena);
	recipe->make(arena, made, recipe, part);
	arena_rewind(arena, mark);
}

/* Makes the parts that no thread has begun, and waits for those that others make. */
static void finish(Entry *entry, Arena *scratch)
{
	for (;;) {
		int part = atomic_fetch_add(&entry->taken, 1);
		if (part >= entry->recipe.parts)
			break;
		make(scratch, entry->made, &entry->recipe, part);
		atomic_fetch_sub(&entry->left, 1);
	}
	for (int i = 0; atomic_load(&entry->left) > 0; i += i < SPINS)
		if (i < SPINS)
			thread_pause();
		else
			sched_yield();
}

const real *kept_made(Kept *kept, Arena *arena, Recipe recipe)
{
	if (!kept) {
		real *made = arena_alloc(arena, recipe.count * sizeof(real));
		for (int part = 0; part < recipe.parts; part++)
			make(arena, made, &recipe, part);
		return made;
	}
	Entry *entry = find_or_add(kept, &recipe);
	if (atomic_load(&entry->left) > 0)
		finish(entry, arena);
	return entry->made;
}

static void pack(Arena *scratch, real *made, const Recipe *recipe, int panel)
{
	(void)scratch;
	matrix_pack_panel(made, recipe->weight, panel);
}

MatrixPacked kept_pack(Kept *kept, Arena *arena, Matrix weight)
{
	const real *data = kept_made(kept, arena,
	        (Recipe){ .make = pack,
	                .weight = weight,
	                .parts = matrix_panels(weight),
	                .count = matrix_packed_size(weight) });
	return (MatrixPacked){ data, weight.rows, weight.columns };
}
