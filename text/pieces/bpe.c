/* All pairs that could be merged wait in a heap. When two pieces become one, the left one
 * grows and the right one ends, and the pairs with their new neighbours join the heap;
 * the pairs with the old ones are still in it, but no longer fit and are passed over. */
#include "text/pieces/bpe.h"
#include "tensor/error.h"
#include "tensor/file/hash.h"

#include <limits.h>

enum { FIRST_SLOTS = 1024 };

/* ---- the table ---------------------------------------------------------------------------- */

static uint64_t pair_of(int left, int right)
{
	return (uint64_t)(unsigned)left << 32 | ((unsigned)right + 1);
}

static struct MergeSlot *slot_of(const Merges *merges, uint64_t pair)
{
	size_t mask = (size_t)merges->slot_count - 1;
	uint64_t hash = hash_bytes(merges->secret, &pair, sizeof pair);
	size_t i = (size_t)(hash ^ hash >> 32) & mask;
	while (merges->slots[i].pair && merges->slots[i].pair != pair)
		i = (i + 1) & mask;
	return &merges->slots[i];
}

static void grow(Merges *merges)
{
	const struct MergeSlot *old = merges->slots;
	int count = merges->slot_count;
	if (count > INT_MAX / 2)
		error_stop(HERE, "merges_add", "more than %d merges", merges->count);
	merges->slot_count = count ? 2 * count : FIRST_SLOTS;
	merges->slots =
	        ARENA_ARRAY(merges->arena, struct MergeSlot, (size_t)merges->slot_count);
	for (int i = 0; i < count; i++)
		if (old[i].pair)
			*slot_of(merges, old[i].pair) = old[i];
}

Merges merges_new(Arena *arena, uint64_t secret)
{
	Merges merges = { .arena = arena, .secret = secret };
	grow(&merges);
	return merges;
}

void merges_add(Merges *merges, int left, int right, Merge merge)
{
	if (merges->count == merges->slot_count / 2)
		grow(merges);
	uint64_t pair = pair_of(left, right);
	struct MergeSlot *slot = slot_of(merges, pair);
	merges->count += !slot->pair;
	*slot = (struct MergeSlot){ pair, merge };
}

Merge merges_find(const Merges *merges, int left, int right)
{
	if (left < 0 || right < 0)
		return (Merge){ .token = -1 };
	const struct MergeSlot *slot = slot_of(merges, pair_of(left, right));
	return slot->pair ? slot->merge : (Merge){ .token = -1 };
}

/* ---- the heap: the next pair to merge comes first ---------------------------------------- */

struct Candidate {
	Merge merge;
	int left, right;
	size_t size; /* of both: another than that of today's pieces is of the past */
};

static int comes_first(const struct Candidate *a, const struct Candidate *b)
{
	if (a->merge.rank < b->merge.rank || a->merge.rank > b->merge.rank)
		return a->merge.rank < b->merge.rank;
	return a->left < b->left;
}

static void push(Pieces *p, struct Candidate new)
{
	p->heap = arena_grow(
	        p->arena, p->heap, p->heap_count, &p->heap_room, sizeof *p->heap);
	int i = p->heap_count++;
	for (; i > 0 && comes_first(&new, &p->heap[(i - 1) / 2]); i = (i - 1) / 2)
		p->heap[i] = p->heap[(i - 1) / 2];
	p->heap[i] = new;
}

static struct Candidate pop(Pieces *p)
{
	struct Candidate first = p->heap[0], last = p->heap[--p->heap_count];
	int i = 0;
	for (int child; (child = 2 * i + 1) < p->heap_count; i = child) {
		if (child + 1 < p->heap_count &&
		        comes_first(&p->heap[child + 1], &p->heap[child]))
			child++;
		if (!comes_first(&p->heap[child], &last))
			break;
		p->heap[i] = p->heap[child];
	}
	p->heap[i] = last;
	return first;
}

/* ---- merging ------------------------------------------------------------------------------ */

void pieces_add(Pieces *p, const char *at, size_t size, int token)
{
	p->at = arena_grow(p->arena, p->at, p->count, &p->room, sizeof *p->at);
	p->at[p->count] =
	        (Piece){ at, size, token, .before = p->count - 1, .after = p->count + 1 };
	p->count++;
}

static void consider(Pieces *p, MergeRule *rule, const void *context, int left, int right)
{
	if (left < 0 || right < 0)
		return;
	Merge merge = rule(context, &p->at[left], &p->at[right]);
	if (merge.token >= 0)
		push(p, (struct Candidate){ merge, left, right,
		                p->at[left].size + p->at[right].size });
}

void bpe_merge(Pieces *p, MergeRule *rule, const void *context)
{
	if (!p->count)
		return;
	p->heap_count = 0;
	p->at[p->count - 1].after = -1;
	for (int i = 0; i + 1 < p->count; i++)
		consider(p, rule, context, i, i + 1);
	while (p->heap_count > 0) {
		struct Candidate next = pop(p);
		Piece *left = &p->at[next.left], *right = &p->at[next.right];
		if (left->after != next.right || left->size + right->size != next.size)
			continue;
		left->size = next.size;
		left->token = next.merge.token;
		left->after = right->after;
		right->after = right->before = -1; /* ended: it is nobody's neighbour */
		right->size = 0;
		if (left->after >= 0)
			p->at[left->after].before = next.left;
		consider(p, rule, context, left->before, next.left);
		consider(p, rule, context, next.left, left->after);
	}
	int count = 0;
	for (int i = 0; i >= 0;) {
		Piece piece = p->at[i];
		i = piece.after;
		p->at[count++] = piece;
	}
	p->count = count;
}
