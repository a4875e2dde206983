#include "autograd/kept.h"
#include "tensor/threads.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
	SPINS = 4000
}; /* looks before a thread goes to sleep: as long as a large copy takes */

typedef struct Entry {
	struct Entry *next;
	KeptMake *make;
	Matrix weight;
	int how;
	real *made;
} Entry;

struct Kept {
	Arena *arena;           /* of the entries and all that was made */
	_Atomic(Entry *) first; /* an entry is complete before it stands here */
	pthread_mutex_t mutex;  /* of whoever adds one */
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

static bool same(Matrix a, Matrix b)
{
	return a.data == b.data && a.rows == b.rows && a.columns == b.columns &&
	       a.row_stride == b.row_stride && a.column_stride == b.column_stride;
}

static const Entry *find(const Kept *kept, KeptMake *make, Matrix weight, int how)
{
	for (const Entry *entry = atomic_load(&kept->first); entry; entry = entry->next)
		if (entry->make == make && entry->how == how &&
		        same(entry->weight, weight))
			return entry;
	return NULL;
}

static void make_in(Arena *arena, KeptMake *make, real *made, Matrix weight, int how)
{
	ArenaMark mark = arena_mark(arena);
	make(arena, made, weight, how);
	arena_rewind(arena, mark);
}

static const Entry *add(Kept *kept, KeptMake *make, Matrix weight, int how, size_t count)
{
	Entry *entry = arena_alloc(kept->arena, sizeof *entry);
	*entry = (Entry){ atomic_load(&kept->first), make, weight, how,
		arena_alloc(kept->arena, count * sizeof(real)) };
	make_in(kept->arena, make, entry->made, weight, how);
	atomic_store(&kept->first, entry);
	return entry;
}

/* One at a time. Whoever asks meanwhile waits: it would have to make the same itself. */
static void lock(Kept *kept)
{
	for (int i = 0; i < SPINS; i++) {
		if (pthread_mutex_trylock(&kept->mutex) == 0)
			return;
		thread_pause();
	}
	pthread_mutex_lock(&kept->mutex);
}

const real *kept_made(
        Kept *kept, Arena *arena, KeptMake *make, Matrix weight, int how, size_t count)
{
	if (!kept) {
		real *made = arena_alloc(arena, count * sizeof(real));
		make_in(arena, make, made, weight, how);
		return made;
	}
	const Entry *entry = find(kept, make, weight, how);
	if (entry)
		return entry->made;
	lock(kept);
	entry = find(kept, make, weight, how); /* made meanwhile? */
	if (!entry)
		entry = add(kept, make, weight, how, count);
	pthread_mutex_unlock(&kept->mutex);
	return entry->made;
}

static void pack(Arena *scratch, real *made, Matrix weight, int how)
{
	(void)scratch;
	(void)how;
	matrix_pack_into(made, weight);
}

MatrixPacked kept_pack(Kept *kept, Arena *arena, Matrix weight)
{
	size_t count = matrix_packed_size(weight);
	const real *data = kept_made(kept, arena, pack, weight, 0, count);
	return (MatrixPacked){ data, weight.rows, weight.columns };
}
