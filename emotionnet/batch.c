/* batch.c: lays examples side by side, each padded to the longest, and says where the
 * padding begins. */
#include "emotionnet/batch.h"

#include <string.h>

bool example_has(const Example *example, ModalityKind kind)
{
	return example->steps[kind].shape[0] > 0 ||
	       (kind == MODALITY_TEXT && example->words > 0);
}

/* Steps of a modality in a batch: at least the one that stands for nothing. */
static int length_of(const Example *example, ModalityKind kind)
{
	bool words = kind == MODALITY_TEXT && example->words > 0;
	return words ? example->words : example->steps[kind].shape[0];
}

/* Who has the modality, and how long it is; returns the longest. */
static int measure(
        Batch *batch, Arena *arena, ModalityKind kind, const ModalitySet masks[])
{
	int longest = 1;
	int *lengths = ARENA_ARRAY(arena, int, (size_t)batch->size);
	batch->has[kind] = tensor_zeros(arena, SHAPE(batch->size, 1));
	for (int b = 0; b < batch->size; b++) {
		const Example *example = batch->examples[b];
		bool has = example_has(example, kind) && !(masks && masks[b].has[kind]);
		lengths[b] = has ? length_of(example, kind) : 1;
		batch->has[kind].data[b] = has;
		batch->lacks[kind] |= !has;
		longest = lengths[b] > longest ? lengths[b] : longest;
	}
	batch->lengths[kind] = lengths;
	return longest;
}

/* (B,longest,width): the steps of a modality, or the functionals beside them. */
static Tensor stack(Arena *arena, const Batch *batch, ModalityKind kind, bool whole,
        int longest, int width)
{
	Tensor all = tensor_zeros(arena, SHAPE(batch->size, longest, width));
	for (int b = 0; b < batch->size; b++) {
		const Example *example = batch->examples[b];
		Tensor steps = whole ? example->whole : example->steps[kind];
		if (batch->has[kind].data[b] > 0 && steps.shape[0] > 0)
			memcpy(tensor_row(all, b).data, steps.data,
			        tensor_count(steps) * sizeof(real));
	}
	return all;
}

static bool has_words(const Batch *batch, int b)
{
	return batch->has[MODALITY_TEXT].data[b] > 0 && batch->examples[b]->words > 0;
}

static void copy_words(Batch *batch, Arena *arena)
{
	size_t words = (size_t)batch->words;
	int *ids = ARENA_ARRAY(arena, int, (size_t)batch->size *words);
	batch->ids = ids;
	for (int b = 0; b < batch->size; b++, ids += words) {
		const Example *example = batch->examples[b];
		if (has_words(batch, b))
			memcpy(ids, example->ids, (size_t)example->words * sizeof(int));
	}
}

/* The steps of a modality under each word. Where it has another number of them than the
 * spans were made for, as where it was swapped, they are stretched. */
static void copy_spans(Batch *batch, Arena *arena, ModalityKind kind)
{
	size_t words = (size_t)batch->words;
	int *spans = ARENA_ARRAY(arena, int, 2 * (size_t)batch->size * words);
	batch->spans[kind] = spans;
	for (int b = 0; b < batch->size; b++, spans += 2 * words) {
		const Example *example = batch->examples[b];
		long long steps = batch->lengths[kind][b];
		long long of = example->span_steps ? example->span_steps : steps;
		if (batch->has[kind].data[b] > 0 && !has_words(batch, b))
			spans[1] = (int)steps; /* the one empty step has everything */
		else if (batch->has[kind].data[b] > 0)
			for (int w = 0; w < 2 * example->words; w += 2) {
				int begin = example->spans[w],
				    end = example->spans[w + 1];
				spans[w] = (int)(begin * steps / of);
				spans[w + 1] = (int)((end * steps + of - 1) / of);
			}
	}
}

/* A shard of long clips beside short ones costs no more than its own longest, since
 * batches are made a shard at a time. */
Batch batch_make(Arena *arena, const Dataset *data, const int chosen[], int count,
        const ModalitySet masks[])
{
	int *labels = ARENA_ARRAY(arena, int, (size_t)count);
	const Example **examples = ARENA_ARRAY(arena, const Example *, (size_t)count);
	Batch batch = { .size = count, .labels = labels, .examples = examples };
	for (int b = 0; b < count; b++) {
		examples[b] = &data->items[chosen[b]];
		labels[b] = examples[b]->label;
	}
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		int longest = measure(&batch, arena, kind, masks);
		if (data->width[kind])
			batch.steps[kind] = stack(
			        arena, &batch, kind, false, longest, data->width[kind]);
		if (kind == MODALITY_TEXT)
			batch.words = longest;
		else if (data->width[kind])
			copy_spans(&batch, arena, kind);
	}
	if (data->whole)
		batch.whole = stack(arena, &batch, MODALITY_SPEECH, true, 1, data->whole);
	copy_words(&batch, arena);
	return batch;
}

void dataset_free(Dataset *data)
{
	/* The list of arenas stands in the first: that one goes last. */
	for (int i = data->arena_count - 1; i >= 0; i--)
		arena_free(data->arenas[i]);
	*data = (Dataset){ 0 };
}
