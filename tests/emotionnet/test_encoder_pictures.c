/* A face as pixels: its encoder in a model, what varies its pictures, and pictures as the
 * rows of a corpus. */
#include "autograd/ops.h"
#include "emotionnet/encoder_pictures.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/picture_vary.h"
#include "emotionnet/train/objective.h"
#include "tensor/file/npy.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXAMPLES = 3, CLASSES = 3, HIDDEN = 6 };

static Dataset pictures(Arena *arena)
{
	Rng rng = rng_new(3);
	Dataset data = { .items = ARENA_ARRAY(arena, Example, EXAMPLES),
		.count = EXAMPLES,
		.width[MODALITY_FACE] = PICTURE_PIXELS };
	for (int i = 0; i < EXAMPLES; i++) {
		bool there = i < EXAMPLES - 1; /* the last has none */
		Tensor x = tensor_new(arena, SHAPE(there, PICTURE_PIXELS));
		for (size_t k = 0; k < tensor_count(x); k++)
			x.data[k] = (real)rng_normal(&rng);
		data.items[i].label = i;
		data.items[i].steps[MODALITY_FACE] = x;
	}
	return data;
}

static ModelConfig config_of(const char *fusion)
{
	return (ModelConfig){ .reads.has[MODALITY_FACE] = true,
		.fusion = fusion_find(fusion),
		.encoder[MODALITY_FACE] = { .kind = &encoder_pictures,
		        .in = PICTURE_PIXELS,
		        .hidden = HIDDEN },
		.classes = CLASSES,
		.hidden = 5 };
}

typedef struct Problem {
	const EmotionNet *model;
	const Dataset *data;
} Problem;

static Var *loss_of(Tape *tape, const void *context)
{
	const Problem *problem = context;
	static const int all[EXAMPLES] = { 0, 1, 2 };
	static const Objective plain = { .fused = 1, .own = 1 };
	Batch *batch = ARENA_NEW(tape->arena, Batch);
	*batch = batch_make(tape->arena, problem->data, all, EXAMPLES, NULL);
	return objective_loss(&plain, problem->model, tape, batch, NULL);
}

/* Slopes of some numbers of each parameter: floats are too coarse for the loss of so many
 * pixels, so the test of the double build is the one that counts. */
START_TEST(pictures_gradients_agree_with_slopes)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ModelConfig config = config_of("middle");
	Dataset data = pictures(arena);
	Rng rng = rng_new(1);
	Problem problem = { model_new(arena, &params, &config, &rng), &data };
	Tape tape = tape_new(arena_new("step"));
	tape_backward(&tape, loss_of(&tape, &problem));
	bool precise = sizeof(real) == sizeof(double);
	double step = precise ? 1e-6 : 1e-3;
	for (int p = 0; p < params.count; p++) {
		Var *var = params.items[p];
		size_t i = tensor_count(var->value) / 2;
		real kept = var->value.data[i];
		double losses[2];
		for (int side = 0; side < 2; side++) {
			tape_reset(&tape);
			var->value.data[i] = kept + (real)(side ? step : -step);
			losses[side] = (double)loss_of(&tape, &problem)->value.data[0];
		}
		var->value.data[i] = kept;
		double slope = (losses[1] - losses[0]) / (2 * step);
		ck_assert_msg(
		        fabs(slope - (double)var->grad.data[i]) < (precise ? 1e-6 : 2e-2),
		        "%s: slope %g, gradient %g", var->name, slope,
		        (double)var->grad.data[i]);
	}
	ck_assert(fabs((double)params_find(&params, "face.conv1.weight")->grad.data[4]) >
	          1e-9);
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

START_TEST(pictures_have_nine_parts_and_a_summary)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ModelConfig config = config_of("middle");
	config.encoder[MODALITY_FACE].hidden = 64;
	Dataset data = pictures(arena);
	Rng rng = rng_new(1);
	const EmotionNet *model = model_new(arena, &params, &config, &rng);
	Tape tape = tape_new(arena);
	static const int all[EXAMPLES] = { 0, 1, 2 };
	Batch batch = batch_make(arena, &data, all, EXAMPLES, NULL);
	Embedded embedded = model_embed(model, &tape, &batch, NULL);
	ModelOutput out = model_forward(model, &tape, &batch, &embedded, NULL, false);
	ck_assert_str_eq(
	        tensor_shape_text(out.in.modality[0].seq.x->value).text, "(3,9,48)");
	ck_assert_str_eq(
	        tensor_shape_text(out.in.modality[0].pooled->value).text, "(3,64)");
	ck_assert_uint_lt(params_size(&params), 100000);
	const real *nothing = tensor_row(out.in.modality[0].pooled->value, 2).data;
	for (int i = 0; i < 64; i++)
		ck_assert(!(nothing[i] > 0) && !(nothing[i] < 0));
	arena_free(arena);
}
END_TEST

/* Twice as bright and lighter all over: the same answer. */
START_TEST(pictures_light_and_contrast_change_nothing)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	ModelConfig config = config_of("middle");
	Dataset data = pictures(arena);
	Rng rng = rng_new(1);
	const EmotionNet *model = model_new(arena, &params, &config, &rng);
	Tape tape = tape_new(arena);
	static const int first[] = { 0 };
	Batch batch = batch_make(arena, &data, first, 1, NULL);
	Tensor before = model_logits(model, &tape, &batch, NULL)->value;
	real *x = data.items[0].steps[MODALITY_FACE].data;
	for (int i = 0; i < PICTURE_PIXELS; i++)
		x[i] = 2 * x[i] + 3;
	batch = batch_make(arena, &data, first, 1, NULL);
	ASSERT_TENSOR_CLOSE(
	        model_logits(model, &tape, &batch, NULL)->value, before, 1e-4, 1e-4);
	arena_free(arena);
}
END_TEST

/* ---- what varies them -------------------------------------------------------------- */

enum {
	SIDE = 24,
	PIXELS = SIDE * SIDE,
	MOST = SIDE / 12,
	MANY = 400,
	ROW = 12,
	COLUMN = 5
};

/* Black, but for one pixel. */
static Var *points(Arena *arena, int count)
{
	Var *x = ARENA_NEW(arena, Var);
	x->value = tensor_zeros(arena, SHAPE(count, 1, PIXELS));
	for (int b = 0; b < count; b++)
		x->value.data[b * PIXELS + ROW * SIDE + COLUMN] = 100;
	return x;
}

START_TEST(vary_mirrors_moves_and_lights_pictures_within_bounds)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	const real *y = picture_vary(&tape, points(arena, MANY), SIDE, &rng)->value.data;
	bool down[2 * MOST + 1] = { false }, right[2 * MOST + 1] = { false };
	int mirrored = 0;
	for (int b = 0; b < MANY; b++, y += PIXELS) {
		int brightest = 0;
		for (int i = 1; i < PIXELS; i++)
			brightest = y[i] > y[brightest] ? i : brightest;
		real light = y[brightest ? 0 : 1];
		double contrast = ((double)y[brightest] - (double)light) / 100;
		ck_assert(
		        fabs((double)light) <= 0.2 && contrast > 0.79 && contrast < 1.21);
		for (int i = 0; i < PIXELS; i++)
			ck_assert(i == brightest || fabs((double)(y[i] - light)) < 1e-6);
		int r = brightest / SIDE - ROW, c = brightest % SIDE - COLUMN;
		bool turned = c > MOST;
		mirrored += turned;
		c = turned ? SIDE - 1 - 2 * COLUMN - c : c; /* seen from its own side */
		ck_assert(abs(r) <= MOST && abs(c) <= MOST);
		down[r + MOST] = right[c + MOST] = true;
	}
	for (int i = 0; i <= 2 * MOST; i++)
		ck_assert(down[i] && right[i]);
	ck_assert(mirrored > MANY / 3 && mirrored < MANY * 2 / 3);
	arena_free(arena);
}
END_TEST

/* As many or as few as there are beside it. */
START_TEST(vary_draws_for_each_picture_by_itself)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng a = rng_new(1), b = rng_new(1);
	Tensor many = picture_vary(&tape, points(arena, 5), SIDE, &a)->value;
	Tensor two = picture_vary(&tape, points(arena, 2), SIDE, &b)->value;
	ASSERT_TENSOR_SAME(tensor_slice(many, 0, 2), two);
	ck_assert_uint_eq(rng_u32(&a), rng_u32(&b));
	arena_free(arena);
}
END_TEST

/* ---- pictures as rows -------------------------------------------------------------- */

static const char *path_in(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

START_TEST(rows_may_be_pictures_and_arrays_of_three_dimensions)
{
	Arena *arena = arena_new("test");
	Rows rows = rows_new(arena);
	Tensor row, cube = tensor_new(arena, SHAPE(2, 3, 4));
	Error error;
	for (int i = 0; i < 24; i++) /* a picture of 3 x 4 each */
		cube.data[i] = (real)i;
	ck_assert(npy_write(path_in(arena, "faces.npy"), cube, NULL));
	ck_assert(rows_get(&rows,
	        arena_format(arena, "%s:1", path_in(arena, "faces.npy")), &row, &error));
	ck_assert_str_eq(tensor_shape_text(row).text, "(1,12)");
	ck_assert(row.data[0] == 12 && row.data[11] == 23);

	const char *path = path_in(arena, "face.PGM");
	FILE *file = fopen(path, "wb");
	ck_assert(file);
	fprintf(file, "P2 96 48 255");
	for (int i = 0; i < 96 * 48; i++)
		fprintf(file, " %d", i % 96);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_msg(rows_get(&rows, path, &row, &error), "%s", error.text);
	ck_assert_int_eq(row.shape[1], PICTURE_PIXELS);
	ck_assert(row.data[0] == 24 && row.data[PICTURE_PIXELS - 1] == 71);
	ck_assert(!rows_get(&rows, path_in(arena, "nowhere.png"), &row, &error));
	ASSERT_CONTAINS(error.text, "nowhere.png");
	ck_assert(rows_is_picture("a/b.png") && !rows_is_picture("a.npy:0"));
	ck_assert_str_eq(rows_text(arena, "a.png", ROWS_PICTURE), "a.png");
	ck_assert_str_eq(rows_text(arena, "a.npy", 3), "a.npy:3");
	arena_free(arena);
}
END_TEST

TEST_MAIN("encoder_pictures", pictures_gradients_agree_with_slopes,
        pictures_have_nine_parts_and_a_summary,
        pictures_light_and_contrast_change_nothing,
        vary_mirrors_moves_and_lights_pictures_within_bounds,
        vary_draws_for_each_picture_by_itself,
        rows_may_be_pictures_and_arrays_of_three_dimensions)
