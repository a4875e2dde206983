/* A corpus of vectors, from the manifest over the front end to a checkpoint. */
#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/experiment/modalities.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/corpus/rows.h"
#include "tensor/file/npy.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

#include <math.h>
#include <string.h>

enum { FACES = 4, NUMBERS = 3 };

static const char *path_in(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

/* face.npy, (4,3): 0 1 2, 3 4 5, ... */
static void write_faces(Arena *arena)
{
	Tensor faces = tensor_new(arena, SHAPE(FACES, NUMBERS));
	for (int i = 0; i < FACES * NUMBERS; i++)
		faces.data[i] = (real)i;
	ck_assert(npy_write(path_in(arena, "face.npy"), faces, NULL));
}

static Corpus read_manifest(Arena *arena, const char *rows)
{
	Corpus corpus;
	Error error;
	const char *text = arena_format(
	        arena, "id,split,speaker,label,text,wav,start,end,face_row\n%s", rows);
	const char *path = imports_write(arena, "corpus.csv", text);
	ck_assert_msg(
	        corpus_read(&corpus, arena, path, false, NULL, &error), "%s", error.text);
	return corpus;
}

static void check_manifest_refused(Arena *arena, const char *row, const char *expected)
{
	Corpus corpus;
	Error error;
	const char *text = arena_format(arena,
	        "id,split,speaker,label,text,wav,start,end,face_row\na,train,,joy,,,,,%s\n",
	        row);
	const char *path = imports_write(arena, "bad.csv", text);
	ck_assert(!corpus_read(&corpus, arena, path, false, NULL, &error));
	ASSERT_CONTAINS(error.text, "bad.csv:2: ");
	ASSERT_CONTAINS(error.text, expected);
}

START_TEST(rows_in_a_manifest_are_checked)
{
	Arena *arena = arena_new("test");
	write_faces(arena);
	Corpus corpus = read_manifest(arena, "a,train,,joy,,,,,face.npy:2\n");
	ck_assert_str_eq(corpus.utterances[0].extra[0],
	        arena_format(arena, "%s:2", path_in(arena, "face.npy")));
	check_manifest_refused(arena, "face.npy", "face_row: expected FILE.npy:ROW");
	check_manifest_refused(arena, "face.npy:", "expected FILE.npy:ROW");
	check_manifest_refused(arena, "face.npy:-1", "expected FILE.npy:ROW");
	check_manifest_refused(arena, "face.npy:2x", "expected FILE.npy:ROW");
	check_manifest_refused(arena, ":2", "expected FILE.npy:ROW");
	check_manifest_refused(arena, "face.npy:99999999999", "expected FILE.npy:ROW");
	check_manifest_refused(arena, "faces.npy:0", "face_row ");
	check_manifest_refused(arena, "", "neither text nor wav");
	arena_free(arena);
}
END_TEST

START_TEST(rows_get_says_what_is_wrong_with_a_file)
{
	Arena *arena = arena_new("test");
	Rows rows = rows_new(arena);
	Tensor row, flat = tensor_zeros(arena, SHAPE(4)),
	            none = tensor_zeros(arena, SHAPE(0, 2, 2));
	Tensor nan = tensor_full(arena, (real)NAN, SHAPE(1, 2));
	Error error;
	write_faces(arena);
	ck_assert(npy_write(path_in(arena, "flat.npy"), flat, NULL));
	ck_assert(npy_write(path_in(arena, "nan.npy"), nan, NULL));
	ck_assert(npy_write(path_in(arena, "none.npy"), none, NULL));
	imports_write(arena, "text.npy", "not an array");
	const struct {
		const char *row, *expected;
	} bad[] = {
		{ "face.npy:4", "has rows 0 to 3, not row 4" },
		{ "none.npy:0", "none.npy: expected rows of numbers, found none" },
		{ "flat.npy:0", "expected an array of 2 dimensions" },
		{ "nan.npy:0", "row 0, column 0 is nan: expected a number between" },
		{ "text.npy:0", "text.npy" },
		{ "absent.npy:0", "absent.npy" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert(!rows_get(&rows, path_in(arena, bad[i].row), &row, &error));
		ASSERT_CONTAINS(error.text, bad[i].expected);
	}
	ck_assert(rows_get(&rows, path_in(arena, "face.npy:1"), &row, &error));
	ck_assert(row.data[0] == 3 && row.shape[0] == 1 && row.shape[1] == NUMBERS);
	arena_free(arena);
}
END_TEST

/* ---- the front end ----------------------------------------------------------------- */

static const char *const some =
        "a,train,,joy,,,,,face.npy:0\nb,train,,anger,,,,,face.npy:2\n"
        "c,train,,joy,no face,,,,\nd,test,,joy,,,,,face.npy:3\n";

static Frontend faces_only(void)
{
	const ModalitySet face = { .has = { [MODALITY_FACE] = true } };
	return (Frontend){ .reads = face, .vectors = face };
}

/* Who has two faces in a split has a level of his own there; the others have that of the
 * training split, and are counted. */
START_TEST(rows_of_faces_are_brought_to_the_level_of_their_speaker)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	write_faces(arena);
	Corpus corpus = read_manifest(arena,
	        "a,train,ann,joy,,,,,face.npy:0\nb,train,ann,anger,,,,,face.npy:2\n"
	        "c,train,bob,joy,,,,,face.npy:1\nd,train,,anger,,,,,face.npy:3\n"
	        "e,test,cat,joy,,,,,face.npy:1\nf,test,cat,anger,,,,,face.npy:3\n");
	Frontend frontend = faces_only();
	frontend.faces = NORMALISE_SPEAKER;
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	Error error;
	bool fitted = frontend_fit(&frontend, data, arena, &corpus, &run, &error);
	ck_assert_msg(fitted, "%s", error.text);
	/* The training split: 0, 6, 3 and 9, mean 4.5, variance 11.25. ann: 0 and 6, mean
	 * 3, variance 9; two faces count as 6 seconds, to which 3.2 of the average come:
	 * mean (6 * 3 + 3.2 * 4.5) / 9.2 = 3.5217, variance 9.7826; cat's likewise. */
	static const double train[] = { -1.125978, 0.792355, -0.4472136, 1.3416408 };
	static const double test[] = { -0.792355, 1.125978 };
	for (int i = 0; i < 4; i++)
		ASSERT_CLOSE(
		        (double)data[SPLIT_TRAIN].items[i].steps[MODALITY_FACE].data[0],
		        train[i], 1e-6, 0);
	for (int i = 0; i < 2; i++)
		ASSERT_CLOSE(
		        (double)data[SPLIT_TEST].items[i].steps[MODALITY_FACE].data[0],
		        test[i], 1e-6, 0);
	ck_assert_int_eq(run.enrolled[SPLIT_TRAIN].speakers, 1);
	ck_assert_int_eq(run.enrolled[SPLIT_TRAIN].alone, 2);
	ck_assert_int_eq(run.enrolled[SPLIT_TEST].speakers, 1);
	ck_assert_int_eq(run.remarks.of[REMARK_ALONE], 2);

	Example alone;
	frontend_example(&frontend, &alone, arena, NULL, NULL, NULL, NULL);
	ck_assert(!frontend_vector(&frontend, &alone, arena, MODALITY_FACE,
	        path_in(arena, "face.npy:3"), &error));
	ASSERT_CONTAINS(error.text, "of whom one face tells too little");
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);

	/* where nobody has two, there is nothing to go by */
	corpus = read_manifest(arena, "a,train,ann,joy,,,,,face.npy:0\n");
	frontend = faces_only();
	frontend.faces = NORMALISE_SPEAKER;
	ck_assert(!frontend_fit(&frontend, data, arena, &corpus, &run, &error));
	ASSERT_CONTAINS(error.text, "nobody in the train split has two clips");
	pool_free(pool);
	arena_free(arena);
}
END_TEST

START_TEST(rows_are_brought_to_the_level_of_the_training_split)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	write_faces(arena);
	Corpus corpus = read_manifest(arena, some);
	Frontend frontend = faces_only();
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	Error error;
	bool fitted = frontend_fit(&frontend, data, arena, &corpus, &run, &error);
	ck_assert_msg(fitted, "%s", error.text);
	/* Rows 0 and 2 have mean 3 and deviation 3 in the first column. */
	const Example *items = data[SPLIT_TRAIN].items;
	ASSERT_CLOSE((double)items[0].steps[MODALITY_FACE].data[0], -1, 1e-6, 0);
	ASSERT_CLOSE((double)items[1].steps[MODALITY_FACE].data[2], 1, 1e-6, 0);
	ck_assert(!example_has(&items[2], MODALITY_FACE));
	const Example *test = &data[SPLIT_TEST].items[0];
	ASSERT_CLOSE((double)test->steps[MODALITY_FACE].data[0], 2, 1e-6, 0);

	/* The same of one utterance alone, as a prediction reads it. */
	Example alone;
	frontend_example(&frontend, &alone, arena, NULL, NULL, NULL, NULL);
	const char *row = path_in(arena, "face.npy:3");
	ck_assert(frontend_vector(&frontend, &alone, arena, MODALITY_FACE, row, &error));
	ASSERT_TENSOR_SAME(alone.steps[MODALITY_FACE], test->steps[MODALITY_FACE]);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

static void check_fit_fails(
        Arena *arena, const char *manifest, bool skip_bad, const char *expected)
{
	Pool *pool = pool_new(1);
	Corpus corpus = read_manifest(arena, manifest);
	Frontend frontend = faces_only();
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool, .skip_bad = skip_bad };
	Error error;
	ck_assert(!frontend_fit(&frontend, data, arena, &corpus, &run, &error));
	ASSERT_CONTAINS(error.text, expected);
	pool_free(pool);
}

START_TEST(rows_that_do_not_fit_are_named_or_left_out)
{
	Arena *arena = arena_new("test");
	write_faces(arena);
	Tensor wide = tensor_zeros(arena, SHAPE(1, NUMBERS + 1));
	ck_assert(npy_write(path_in(arena, "wide.npy"), wide, NULL));
	const char *mixed = arena_format(arena, "%se,test,,joy,,,,,wide.npy:0\n", some);
	check_fit_fails(arena, mixed, false,
	        "expected a row of 3 numbers, as in training, found 4");
	check_fit_fails(arena,
	        arena_format(arena, "%se,test,,joy,,,,,face.npy:9\n", some), false,
	        "corpus.csv:6: utterance \"e\": ");
	check_fit_fails(arena, "a,train,,joy,words,,,,\nb,test,,joy,,,,,face.npy:0\n",
	        true, "no utterance of the train split has a face_row");

	Pool *pool = pool_new(1);
	Corpus corpus = read_manifest(arena, mixed);
	Frontend frontend = faces_only();
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool, .skip_bad = true };
	ck_assert(frontend_fit(&frontend, data, arena, &corpus, &run, NULL));
	ck_assert_int_eq(run.skipped, 1);
	ck_assert_int_eq(data[SPLIT_TEST].count, 1);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

/* ---- the checkpoint ---------------------------------------------------------------- */

START_TEST(checkpoint_of_three_modalities_comes_back_as_it_was)
{
	static const char *const labels[] = { "anger", "joy" };
	static const real numbers[] = { 0.1f, 3, -7, 5 };
	Arena *arena = arena_new("test");
	const ModalitySet all = { .has = { true, true, true } };
	Checkpoint saved = {
		.config = { .reads = all,
		        .fusion = fusion_find("middle"),
		        .classes = 2,
		        .hidden = 4 },
		.frontend = { .reads = all,
		        .vectors = all,
		        .faces = NORMALISE_SPEAKER,
		        .labels = { .names = labels, .count = 2 } },
		.params = params_new(arena),
		.source = "test",
		.speakers = "",
	};
	for (int m = 0; m < MODALITIES; m++) {
		saved.config.encoder[m] =
		        (EncoderConfig){ .kind = &encoder_vectors, .hidden = 6 + m };
		saved.frontend.width[m] = 2 + m;
		saved.frontend.mean[m] = saved.frontend.scale[m] = numbers;
	}
	checkpoint_widths(&saved);
	Rng rng = rng_new(1);
	model_new(arena, &saved.params, &saved.config, &rng);
	ck_assert_int_eq(
	        params_find(&saved.params, "face.vector.weight")->value.shape[1], 4);
	const char *path = path_in(arena, "m.safetensors");
	Checkpoint loaded;
	Error error;
	ck_assert_msg(checkpoint_save(&saved, path, &error), "%s", error.text);
	ck_assert_msg(checkpoint_load(&loaded, arena, path, &error), "%s", error.text);
	ck_assert_mem_eq(&loaded.config.reads, &all, sizeof all);
	ck_assert_mem_eq(&loaded.frontend.vectors, &all, sizeof all);
	ck_assert_int_eq(loaded.frontend.faces, NORMALISE_SPEAKER);
	for (int m = 0; m < MODALITIES; m++) {
		ck_assert_int_eq(loaded.frontend.width[m], 2 + m);
		ck_assert_int_eq(loaded.config.encoder[m].in, 2 + m);
		ck_assert_mem_eq(loaded.frontend.scale[m], numbers,
		        sizeof(real) * (size_t)(2 + m));
	}
	for (int i = 0; i < saved.params.count; i++)
		ASSERT_TENSOR_SAME(
		        loaded.params.items[i]->value, saved.params.items[i]->value);
	arena_free(arena);
}
END_TEST

START_TEST(modalities_are_read_and_spelt)
{
	Arena *arena = arena_new("test");
	ModalitySet set;
	Error error;
	ck_assert(modalities_parse("face,text", &set, &error));
	ck_assert_str_eq(modalities_text(arena, set, ","), "text,face");
	ck_assert(!modalities_parse("", &set, &error));
	ASSERT_CONTAINS(error.text, "no modality");
	ck_assert(!modalities_parse("text,speec", &set, &error));
	ASSERT_CONTAINS(error.text, "modality \"speec\": expected text, speech, face");
	arena_free(arena);
}
END_TEST

TEST_MAIN("rows", rows_of_faces_are_brought_to_the_level_of_their_speaker,
        rows_in_a_manifest_are_checked, rows_get_says_what_is_wrong_with_a_file,
        rows_are_brought_to_the_level_of_the_training_split,
        rows_that_do_not_fit_are_named_or_left_out,
        checkpoint_of_three_modalities_comes_back_as_it_was,
        modalities_are_read_and_spelt)
