/* Folders of pictures, and FER2013. */
#include "emotionnet/corpus/rows.h"
#include "tensor/file/npy.h"
#include "tests/support/harness.h"
#include "tests/support/imports.h"

static const char picture[] = "P2 1 1 9 4";

START_TEST(pictures_in_folders_of_labels)
{
	Arena *arena = arena_new("test");
	imports_folder(arena, "joy");
	imports_folder(arena, "anger");
	for (int i = 0; i < 10; i++) {
		imports_write(arena, arena_format(arena, "joy/a%d.pgm", i), picture);
		imports_write(arena, arena_format(arena, "anger/b%d.PNM", i), picture);
	}
	const char *path = imports_write(arena, "joy/c.ppm", "P3 1 1 9 1 2 3");
	imports_write(arena, "joy/notes.txt", "none");
	Corpus c = imports_made(arena, "pictures", (ImportOptions){ .seed = 1 });
	ck_assert_int_eq(c.count, 21);
	const Utterance *u = imports_find(&c, "joy/c");
	ck_assert_str_eq(u->label, "joy");
	ck_assert_str_eq(u->speaker, "");
	ck_assert_str_eq(u->wav, "");
	ck_assert_str_eq(imports_extra(&c, "joy/c", "face_row"), path);
	ck_assert_str_eq(imports_find(&c, "anger/b3")->label, "anger");
	ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 4);
	Rows rows = rows_new(arena);
	Tensor row;
	ck_assert(rows_get(&rows, path, &row, NULL));
	arena_free(arena);
}
END_TEST

START_TEST(pictures_in_folders_of_splits)
{
	Arena *arena = arena_new("test");
	static const char *const folders[] = { "train", "train/joy", "train/fear", "test",
		"test/joy", "validation", "validation/fear" };
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		imports_folder(arena, folders[i]);
	imports_write(arena, "train/joy/1.pgm", picture);
	imports_write(arena, "train/fear/2.pgm", picture);
	imports_write(arena, "test/joy/3.pgm", picture);
	imports_write(arena, "validation/fear/4.pgm", picture);
	Corpus c = imports_made(arena, "pictures", (ImportOptions){ 0 });
	ck_assert_int_eq(imports_find(&c, "test/joy/3")->split, SPLIT_TEST);
	ck_assert_int_eq(imports_find(&c, "validation/fear/4")->split, SPLIT_VALIDATION);
	ck_assert_str_eq(imports_find(&c, "train/fear/2")->label, "fear");
	c = imports_made(arena, "pictures",
	        (ImportOptions){ .pattern = "{split}/{label}/{take}.png" });
	ck_assert_str_eq(imports_extra(&c, "test/joy/3", "take"), "3");
	ASSERT_CONTAINS(imports_extra(&c, "test/joy/3", "face_row"), "/test/joy/3.pgm");
	imports_refuse(arena, "folder", (ImportOptions){ 0 }, "no utterance was found");
	arena_free(arena);
}
END_TEST

START_TEST(pictures_of_none_are_refused)
{
	Arena *arena = arena_new("test");
	imports_write(arena, "a.jpg", "");
	imports_refuse(arena, "pictures", (ImportOptions){ 0 },
	        "no picture was found: expected names that end in .png, .pgm, .ppm or .pnm");
	arena_free(arena);
}
END_TEST

static void write_array(Arena *arena, const char *name, int pictures)
{
	Tensor x = tensor_zeros(arena, SHAPE(pictures, 2, 2));
	ck_assert(npy_write(
	        arena_format(arena, "%s/%s", harness_directory(), name), x, NULL));
}

START_TEST(fer2013_labels_belong_to_pictures)
{
	Arena *arena = arena_new("test");
	write_array(arena, "train.npy", 3);
	write_array(arena, "validation.npy", 1);
	write_array(arena, "test.npy", 1);
	imports_write(arena, "train.txt", "happy\nsad\nangry\n");
	imports_write(arena, "validation.txt", "fear\n");
	imports_write(arena, "test.txt", "surprise\r\n");
	Corpus c = imports_made(arena, "fer2013", (ImportOptions){ 0 });
	ck_assert_int_eq(c.count, 5);
	ck_assert_str_eq(imports_find(&c, "train_0")->label, "joy");
	ck_assert_str_eq(imports_find(&c, "train_2")->label, "anger");
	ck_assert_str_eq(imports_find(&c, "test_0")->label, "surprise");
	ck_assert_int_eq(imports_find(&c, "validation_0")->split, SPLIT_VALIDATION);
	ASSERT_CONTAINS(imports_extra(&c, "train_2", "face_row"), "/train.npy:2");

	imports_write(arena, "train.txt", "happy\nsad\n");
	imports_refuse(arena, "fer2013", (ImportOptions){ 0 },
	        "train.txt: expected 3 labels, one a line for each picture of");
	imports_write(arena, "train.txt", "happy\nsad\nangry\nsad\n");
	imports_refuse(
	        arena, "fer2013", (ImportOptions){ 0 }, "train.txt:4: a label more than");
	imports_write(arena, "train.txt", "happy\nglad\nangry\n");
	imports_refuse(arena, "fer2013", (ImportOptions){ 0 }, "train.txt:2: ");
	arena_free(arena);
}
END_TEST

/* The corpus itself, where it is there. */
START_TEST(fer2013_is_read_as_it_is_published)
{
	Arena *arena = arena_new("test");
	const char *folder = imports_real_folder(arena, "fer2013");
	if (folder) {
		Corpus c = imports_real(arena, "fer2013", folder, (ImportOptions){ 0 });
		ck_assert_int_eq(corpus_count(&c, SPLIT_TRAIN), 8000);
		ck_assert_int_eq(corpus_count(&c, SPLIT_VALIDATION), 1000);
		ck_assert_int_eq(corpus_count(&c, SPLIT_TEST), 1000);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("import_pictures", pictures_in_folders_of_labels, pictures_in_folders_of_splits,
        pictures_of_none_are_refused, fer2013_labels_belong_to_pictures,
        fer2013_is_read_as_it_is_published)
