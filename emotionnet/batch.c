#include "emotionnet/batch.h"

#include <string.h>

static int at_least_one(int length)
{
	return length > 0 ? length : 1;
}

/* A shard of long clips beside short ones costs no more than its own longest, since batches are made a
 * shard at a time. */
Batch batch_make(Arena *arena, const Dataset *data, const int chosen[], int count,
        const BatchMask masks[])
{
	int *text_lengths = ARENA_ARRAY(arena, int, (size_t)count);
	int *speech_lengths = ARENA_ARRAY(arena, int, (size_t)count);
	int *labels = ARENA_ARRAY(arena, int, (size_t)count);
	Batch batch = {
		.size = count,
		.words = 1,
		.text_lengths = text_lengths,
		.speech_lengths = speech_lengths,
		.has_text = tensor_zeros(arena, SHAPE(count, 1)),
		.has_speech = tensor_zeros(arena, SHAPE(count, 1)),
		.labels = labels,
	};
	int frames = 1;
	for (int b = 0; b < count; b++) {
		const Example *example = &data->items[chosen[b]];
		bool text = example->words > 0 && !(masks && masks[b].text);
		bool speech = example->frames.shape[0] > 0 && !(masks && masks[b].speech);
		text_lengths[b] = at_least_one(text ? example->words : 0);
		speech_lengths[b] = at_least_one(speech ? example->frames.shape[0] : 0);
		batch.has_text.data[b] = text;
		batch.has_speech.data[b] = speech;
		batch.lacks_text |= !text;
		batch.lacks_speech |= !speech;
		labels[b] = example->label;
		batch.words =
		        text_lengths[b] > batch.words ? text_lengths[b] : batch.words;
		frames = speech_lengths[b] > frames ? speech_lengths[b] : frames;
	}
	int *ids = ARENA_ARRAY(arena, int, (size_t)count *(size_t)batch.words);
	int *spans = ARENA_ARRAY(arena, int, (size_t)count *(size_t)batch.words * 2);
	batch.frames = tensor_zeros(arena, SHAPE(count, frames, data->mels));
	for (int b = 0; b < count; b++) {
		const Example *example = &data->items[chosen[b]];
		size_t words = (size_t)text_lengths[b],
		       row = (size_t)b * (size_t)batch.words;
		bool text = batch.has_text.data[b] > 0,
		     speech = batch.has_speech.data[b] > 0;
		if (text)
			memcpy(ids + row, example->ids, words * sizeof(int));
		if (text && speech)
			memcpy(spans + 2 * row, example->spans, 2 * words * sizeof(int));
		else if (speech) /* no words: the one empty step hears everything */
			spans[2 * row + 1] = speech_lengths[b];
		if (speech)
			memcpy(tensor_row(batch.frames, b).data, example->frames.data,
			        tensor_count(example->frames) * sizeof(real));
	}
	batch.ids = ids;
	batch.spans = spans;
	return batch;
}
