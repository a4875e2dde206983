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

static void copy_words(Batch *batch, Arena *arena)
{
	size_t count = (size_t)batch->size * (size_t)batch->words;
	int *ids = ARENA_ARRAY(arena, int, count);
	int *spans = ARENA_ARRAY(arena, int, 2 * count);
	for (int b = 0; b < batch->size; b++) {
		const Example *example = batch->examples[b];
		size_t words = (size_t)batch->lengths[MODALITY_TEXT][b];
		size_t row = (size_t)b * (size_t)batch->words;
		bool text = batch->has[MODALITY_TEXT].data[b] > 0 && example->words > 0;
		bool speech = batch->has[MODALITY_SPEECH].data[b] > 0;
		if (text)
			memcpy(ids + row, example->ids, words * sizeof(int));
		if (text && speech)
			memcpy(spans + 2 * row, example->spans, 2 * words * sizeof(int));
		else if (speech) /* no words: the one empty step hears everything */
			spans[2 * row + 1] = batch->lengths[MODALITY_SPEECH][b];
	}
	batch->ids = ids;
	batch->spans = spans;
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
