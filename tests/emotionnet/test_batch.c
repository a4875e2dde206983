#include "emotionnet/batch.h"
#include "tests/harness.h"

static Dataset two(Arena *arena)
{
	static const int long_ids[] = { 5, 6, 7 }, long_spans[] = { 0, 1, 1, 2, 2, 2 };
	static const int short_ids[] = { 8 }, short_spans[] = { 0, 1 };
	Dataset data = { .items = ARENA_ARRAY(arena, Example, 2), .count = 2, .mels = 2 };
	data.items[0] = (Example){ 3, long_ids, long_spans,
		tensor_full(arena, 1, SHAPE(2, 2)), 0, 0 };
	data.items[1] = (Example){ 1, short_ids, short_spans,
		tensor_full(arena, 2, SHAPE(4, 2)), 1, 1 };
	return data;
}

START_TEST(batch_of_unequal_lengths_is_padded_with_zeros)
{
	Arena *arena = arena_new("test");
	Dataset data = two(arena);
	Batch batch = batch_make(arena, &data, (const int[]){ 1, 0 }, 2, NULL);
	ck_assert_int_eq(batch.words, 3);
	const int ids[] = { 8, 0, 0, 5, 6, 7 };
	ck_assert_mem_eq(batch.ids, ids, sizeof ids);
	ck_assert_int_eq(batch.text_lengths[0], 1);
	ck_assert_int_eq(batch.speech_lengths[1], 2);
	const real frames[] = { 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0 };
	ASSERT_TENSOR_SAME(batch.frames, tensor_from(arena, frames, 16, SHAPE(2, 4, 2)));
	ck_assert_int_eq(batch.labels[0], 1);
	ck_assert(!batch.lacks_text && !batch.lacks_speech);
	arena_free(arena);
}
END_TEST

START_TEST(batch_masked_modality_is_one_empty_step)
{
	Arena *arena = arena_new("test");
	Dataset data = two(arena);
	const BatchMask masks[] = { { .text = true }, { .speech = true } };
	Batch batch = batch_make(arena, &data, (const int[]){ 0, 1 }, 2, masks);
	ck_assert_int_eq(batch.words, 1);
	ck_assert_int_eq(batch.ids[0], 0);
	ck_assert_int_eq(batch.ids[1], 8);
	/* Without words the one empty step hears everything; without sound it hears nothing. */
	ck_assert_int_eq(batch.spans[1], 2);
	ck_assert_int_eq(batch.spans[3], 0);
	ck_assert_int_eq(batch.speech_lengths[1], 1);
	ck_assert(batch.has_text.data[0] == 0 && batch.has_text.data[1] == 1);
	ck_assert(batch.has_speech.data[0] == 1 && batch.has_speech.data[1] == 0);
	ck_assert(batch.lacks_text && batch.lacks_speech);
	arena_free(arena);
}
END_TEST

TEST_MAIN("batch", batch_of_unequal_lengths_is_padded_with_zeros,
        batch_masked_modality_is_one_empty_step)
