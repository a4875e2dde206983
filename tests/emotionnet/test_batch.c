#include "emotionnet/batch.h"
#include "tests/support/harness.h"

static Dataset two(Arena *arena)
{
	static const int long_ids[] = { 5, 6, 7 }, long_spans[] = { 0, 1, 1, 2, 2, 2 };
	static const int short_ids[] = { 8 }, short_spans[] = { 0, 1 };
	Dataset data = { .items = ARENA_ARRAY(arena, Example, 2),
		.count = 2,
		.width = { [MODALITY_SPEECH] = 2 } };
	data.items[0] = (Example){ .words = 3,
		.ids = long_ids,
		.spans = long_spans,
		.steps[MODALITY_SPEECH] = tensor_full(arena, 1, SHAPE(2, 2)) };
	data.items[1] = (Example){ .words = 1,
		.ids = short_ids,
		.spans = short_spans,
		.steps[MODALITY_SPEECH] = tensor_full(arena, 2, SHAPE(4, 2)),
		.label = 1,
		.utterance = 1 };
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
	ck_assert_int_eq(batch.lengths[MODALITY_TEXT][0], 1);
	ck_assert_int_eq(batch.lengths[MODALITY_SPEECH][1], 2);
	const real frames[] = { 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0 };
	ASSERT_TENSOR_SAME(batch.steps[MODALITY_SPEECH],
	        tensor_from(arena, frames, 16, SHAPE(2, 4, 2)));
	ck_assert_int_eq(batch.labels[0], 1);
	ck_assert(!batch.lacks[MODALITY_TEXT] && !batch.lacks[MODALITY_SPEECH]);
	ck_assert(batch.lacks[MODALITY_FACE] && !batch.steps[MODALITY_FACE].data);
	arena_free(arena);
}
END_TEST

START_TEST(batch_masked_modality_is_one_empty_step)
{
	Arena *arena = arena_new("test");
	Dataset data = two(arena);
	const ModalitySet masks[] = { { .has = { [MODALITY_TEXT] = true } },
		{ .has = { [MODALITY_SPEECH] = true } } };
	Batch batch = batch_make(arena, &data, (const int[]){ 0, 1 }, 2, masks);
	ck_assert_int_eq(batch.words, 1);
	ck_assert_int_eq(batch.ids[0], 0);
	ck_assert_int_eq(batch.ids[1], 8);
	/* Without words the one empty step hears everything; without sound it hears
	 * nothing. */
	ck_assert_int_eq(batch.spans[MODALITY_SPEECH][1], 2);
	ck_assert_int_eq(batch.spans[MODALITY_SPEECH][3], 0);
	ck_assert_int_eq(batch.lengths[MODALITY_SPEECH][1], 1);
	const real *text = batch.has[MODALITY_TEXT].data;
	const real *speech = batch.has[MODALITY_SPEECH].data;
	ck_assert(text[0] == 0 && text[1] == 1);
	ck_assert(speech[0] == 1 && speech[1] == 0);
	ck_assert(batch.lacks[MODALITY_TEXT] && batch.lacks[MODALITY_SPEECH]);
	arena_free(arena);
}
END_TEST

/* Words over four steps of sound: of a face with eight each has twice as many, of one with three
 * its share; without the sound the face keeps its own. */
START_TEST(batch_face_has_its_own_steps_under_each_word)
{
	static const int ids[] = { 5, 6 }, spans[] = { 0, 1, 1, 4 };
	Arena *arena = arena_new("test");
	Dataset data = { .items = ARENA_ARRAY(arena, Example, 2),
		.count = 2,
		.width = { [MODALITY_SPEECH] = 2, [MODALITY_FACE] = 1 } };
	for (int i = 0; i < 2; i++)
		data.items[i] = (Example){ .words = 2,
			.ids = ids,
			.spans = spans,
			.span_steps = 4,
			.steps[MODALITY_SPEECH] = tensor_full(arena, 1, SHAPE(4, 2)),
			.steps[MODALITY_FACE] =
			        tensor_full(arena, 1, SHAPE(i ? 3 : 8, 1)) };
	const ModalitySet masks[] = { { .has = { [MODALITY_SPEECH] = true } },
		{ .has = { false } } };
	Batch batch = batch_make(arena, &data, (const int[]){ 0, 1 }, 2, masks);
	const int speech[] = { 0, 0, 0, 0, 0, 1, 1, 4 };
	const int face[] = { 0, 2, 2, 8, 0, 1, 0, 3 };
	ck_assert_mem_eq(batch.spans[MODALITY_SPEECH], speech, sizeof speech);
	ck_assert_mem_eq(batch.spans[MODALITY_FACE], face, sizeof face);
	arena_free(arena);
}
END_TEST

TEST_MAIN("batch", batch_face_has_its_own_steps_under_each_word,
        batch_of_unequal_lengths_is_padded_with_zeros,
        batch_masked_modality_is_one_empty_step)
