/* states.c: a hash table of tensors under a lock. An utterance has the same states alone
 * and in any batch (layers/sequence.h), so it does not matter in which it came first. */
#include "emotionnet/states.h"

#include "autograd/fast/kept.h"
#include "autograd/ops.h"
#include "layers/pool.h"
#include "tensor/file/hash.h"

#include <pthread.h>
#include <string.h>

enum { SLOTS = 1 << 16 };

typedef struct Entry {
	struct Entry *next; /* in its slot */
	uint64_t key;
	Tensor states; /* (T,H) */
} Entry;

struct States {
	Arena *arena;
	Entry **slots;
	size_t used, most; /* bytes */
	Kept *kept;        /* of the encoder's weights, which never change */
	pthread_mutex_t mutex;
};

static void destroy(void *context)
{
	States *states = context;
	pthread_mutex_destroy(&states->mutex);
}

States *states_new(Arena *arena, size_t most)
{
	States *states = ARENA_NEW(arena, States);
	pthread_mutex_init(&states->mutex, NULL);
	arena_at_end(arena, destroy, states);
	states->arena = arena_child(arena, "states");
	states->slots = ARENA_ARRAY(states->arena, Entry *, SLOTS);
	states->most = most;
	states->kept = kept_new(arena);
	return states;
}

static const Entry *find(States *states, uint64_t key)
{
	pthread_mutex_lock(&states->mutex);
	const Entry *entry = states->slots[key % SLOTS];
	while (entry && entry->key != key)
		entry = entry->next;
	pthread_mutex_unlock(&states->mutex);
	return entry;
}

static void add(States *states, uint64_t key, Tensor made)
{
	size_t bytes = tensor_count(made) * sizeof(real);
	pthread_mutex_lock(&states->mutex);
	if (states->used + bytes <= states->most) {
		Entry *entry = ARENA_NEW(states->arena, Entry);
		Entry **slot = &states->slots[key % SLOTS];
		*entry = (Entry){ *slot, key, tensor_clone(states->arena, made) };
		*slot = entry;
		states->used += bytes;
	}
	pthread_mutex_unlock(&states->mutex);
}

/* (B,T,H) of what is kept of all of them; false: something is not. */
static bool all_kept(
        States *states, const uint64_t keys[], Tape *tape, Sequence x, Sequence *kept)
{
	int B = x.x->value.shape[0], T = x.x->value.shape[1];
	const Entry **entries = ARENA_ARRAY(tape->arena, const Entry *, (size_t)B);
	for (int b = 0; b < B; b++)
		if (!(entries[b] = find(states, keys[b])))
			return false;
	Tensor all = tensor_zeros(tape->arena, SHAPE(B, T, entries[0]->states.shape[1]));
	for (int b = 0; b < B; b++)
		memcpy(sequence_step(all, b, 0), entries[b]->states.data,
		        tensor_count(entries[b]->states) * sizeof(real));
	*kept = (Sequence){ tape_constant(tape, all, "states"), x.lengths };
	return true;
}

/* The tape's own copies are of weights that learn. */
static Sequence made_of(
        States *states, StatesMake *make, const void *context, Tape *tape, Sequence x)
{
	Kept *own = tape->kept;
	tape->kept = states->kept;
	x = make(context, tape, x);
	tape->kept = own;
	return x;
}

Sequence states_of(States *states, const uint64_t keys[], StatesMake *make,
        const void *context, Tape *tape, Sequence x)
{
	Sequence made;
	if (tape_wants(tape, 1, &x.x))
		return made_of(states, make, context, tape, x);
	if (all_kept(states, keys, tape, x, &made))
		return made;
	made = made_of(states, make, context, tape, x);
	for (int b = 0; b < x.x->value.shape[0]; b++)
		if (!find(states, keys[b]))
			add(states, keys[b],
			        tensor_slice(
			                tensor_row(made.x->value, b), 0, x.lengths[b]));
	return made;
}

const uint64_t *states_keys(Tape *tape, Sequence x)
{
	int B = x.x->value.shape[0], F = x.x->value.shape[2];
	uint64_t *keys = ARENA_ARRAY(tape->arena, uint64_t, (size_t)B);
	for (int b = 0; b < B; b++)
		keys[b] = hash_bytes(HASH_BEGIN, sequence_step(x.x->value, b, 0),
		        (size_t)x.lengths[b] * (size_t)F * sizeof(real));
	return keys;
}

Encoded states_encoded(const LayerNorm *norm, Tape *tape, Sequence x)
{
	x.x = layernorm_forward(norm, tape, x.x);
	x = sequence_mask(tape, x);
	Var *pooled = op_concat(tape, 1, INPUTS(pool_mean(tape, x), pool_max(tape, x)));
	return (Encoded){ x, pooled };
}
