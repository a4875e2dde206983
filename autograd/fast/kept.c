/* A list of recipes and of what they gave. A recipe joins the list when it is asked for
 * the first time; from then on kept_refresh makes it anew before each step, all threads
 * together. */
#include "autograd/fast/kept.h"

#include <pthread.h>

typedef struct Entry {
	struct Entry *next;
	Recipe recipe;
	bool second; /* it is made of what another entry made */
	real *made;
} Entry;

struct Kept {
	Arena *arena; /* of the entries and all that was made */
	Entry *first;
	pthread_mutex_t mutex; /* held while the list is looked through */
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

static bool same(const Recipe *a, const Recipe *b)
{
	Matrix x = a->weight, y = b->weight;
	return a->make == b->make && a->how == b->how && x.data == y.data &&
	       x.rows == y.rows && x.columns == y.columns &&
	       x.row_stride == y.row_stride && x.column_stride == y.column_stride;
}

static real *make_all(Arena *arena, const Recipe *recipe)
{
	real *made = arena_alloc(arena, recipe->count * sizeof(real));
	for (int part = 0; part < recipe->parts; part++)
		recipe->make(made, recipe, part);
	return made;
}

static Entry *find_or_add(Kept *kept, const Recipe *recipe)
{
	bool second = false;
	for (Entry *entry = kept->first; entry; entry = entry->next) {
		if (same(&entry->recipe, recipe))
			return entry;
		const real *weight = recipe->weight.data;
		second |= weight >= entry->made &&
		          weight < entry->made + entry->recipe.count;
	}
	Entry *entry = arena_alloc(kept->arena, sizeof *entry);
	*entry = (Entry){ kept->first, *recipe, second, make_all(kept->arena, recipe) };
	kept->first = entry;
	return entry;
}

const real *kept_made(Kept *kept, Arena *arena, Recipe recipe)
{
	if (!kept)
		return make_all(arena, &recipe);
	pthread_mutex_lock(&kept->mutex);
	const Entry *entry = find_or_add(kept, &recipe);
	pthread_mutex_unlock(&kept->mutex);
	return entry->made;
}

/* All parts of the entries that are, or are not, second: numbered one after the other. */
typedef struct Round {
	const Kept *kept;
	bool second;
} Round;

static void make_part(void *context, int index, int worker)
{
	(void)worker;
	const Round *round = context;
	for (const Entry *entry = round->kept->first; entry; entry = entry->next) {
		if (entry->second != round->second)
			continue;
		if (index < entry->recipe.parts) {
			entry->recipe.make(entry->made, &entry->recipe, index);
			return;
		}
		index -= entry->recipe.parts;
	}
}

void kept_refresh(Kept *kept, Pool *pool)
{
	for (int second = 0; second < 2; second++) {
		Round round = { kept, second };
		int parts = 0;
		for (const Entry *entry = kept->first; entry; entry = entry->next)
			if (entry->second == round.second)
				parts += entry->recipe.parts;
		pool_run(pool, parts, make_part, &round);
	}
}

static void pack(real *made, const Recipe *recipe, int panel)
{
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

/* ---- convolutions ---- */

enum { OUTPUTS = 8 }; /* whose weights are turned over at a time */

/* (O,kF) from (O,Fk): tap j of feature f is column f k + j. */
static void make_by_tap(real *made, const Recipe *recipe, int part)
{
	Matrix weight = recipe->weight;
	int kernel = recipe->how, F = weight.columns / kernel;
	for (int o = part * OUTPUTS; o < weight.rows && o < (part + 1) * OUTPUTS; o++) {
		const real *w_o = matrix_row(weight, o);
		real *v_o = made + (size_t)o * (size_t)weight.columns;
		for (int j = 0; j < kernel; j++)
			for (int f = 0; f < F; f++)
				v_o[j * F + f] = w_o[f * kernel + j];
	}
}

const real *kept_by_tap(Kept *kept, Arena *arena, Tensor w)
{
	int columns = w.shape[1] * w.shape[2];
	return kept_made(kept, arena,
	        (Recipe){ .make = make_by_tap,
	                .weight = matrix_view(w.data, w.shape[0], columns, columns),
	                .how = w.shape[2],
	                .parts = (w.shape[0] + OUTPUTS - 1) / OUTPUTS,
	                .count = tensor_count(w) });
}
