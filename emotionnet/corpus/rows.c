/* rows.c: reads FILE.npy:ROW; each array is read once, and then kept. Or a picture. */
#include "emotionnet/corpus/rows.h"

#include "emotionnet/encoder_pictures.h"
#include "tensor/file/folder.h"
#include "tensor/file/npy.h"
#include "tensor/plot/picture_read.h"
#include "text/record.h"

#include <limits.h>
#include <math.h>
#include <string.h>

const char *rows_column(ModalityKind kind)
{
	static const char *const columns[MODALITIES] = { "text_row", "speech_row",
		"face_row" };
	return columns[kind];
}

const char *const rows_pictures[] = { ".png", ".pgm", ".ppm", ".pnm", NULL };

bool rows_is_picture(const char *text)
{
	bool is = false;
	for (const char *const *ending = rows_pictures; *ending && !is; ending++)
		is = path_ends_in(text, *ending);
	return is;
}

const char *rows_text(Arena *arena, const char *path, int row)
{
	return row == ROWS_PICTURE ? path : arena_format(arena, "%s:%d", path, row);
}

bool rows_parse(Arena *arena, const char *text, const char **path, int *row, Error *error)
{
	if (rows_is_picture(text)) {
		*path = arena_string(arena, text);
		*row = ROWS_PICTURE;
		return true;
	}
	const char *colon = strrchr(text, ':');
	const char *digits = colon ? colon + 1 : "";
	size_t count = strspn(digits, "0123456789");
	bool photo = path_ends_in(text, ".jpg") || path_ends_in(text, ".jpeg");
	long number = 0;
	for (size_t i = 0; i < count && number <= INT_MAX; i++)
		number = 10 * number + (digits[i] - '0');
	if (!count || digits[count] || colon == text || number > INT_MAX)
		return error_set(error,
		        "expected FILE.npy:ROW, such as face.npy:0, or a picture, FILE.png, found \"%.80s\"%s",
		        text,
		        photo ? ". Hint: this makes one: ffmpeg -i x.jpg x.png" : "");
	*path = arena_format(arena, "%.*s", (int)(colon - text), text);
	*row = (int)number;
	return true;
}

Rows rows_new(Arena *arena)
{
	return (Rows){ .arena = arena, .paths = stringset_new(arena) };
}

/* The array of a file; read where it was not yet. */
static bool open_array(Rows *rows, const char *path, Tensor *array, Error *error)
{
	int known = stringset_find(&rows->paths, path);
	if (known >= 0) {
		*array = rows->arrays[known];
		return true;
	}
	if (!npy_read(array, rows->arena, path, error))
		return false;
	if (array->ndim < 2)
		return error_set(error,
		        "%s: expected an array of 2 dimensions, (utterances,numbers), or more, found %d",
		        path, array->ndim);
	if (!array->shape[0])
		return error_set(error, "%s: expected rows of numbers, found none", path);
	int columns = array->shape[1]; /* a picture is a row */
	for (int d = 2; d < array->ndim; d++)
		columns *= array->shape[d];
	*array = tensor_reshape(*array, SHAPE(array->shape[0], columns));
	rows->arrays = arena_grow(rows->arena, rows->arrays, rows->paths.count,
	        &rows->capacity, sizeof(Tensor));
	rows->arrays[stringset_add(&rows->paths, path)] = *array;
	return true;
}

/* A file each: not kept. */
static bool get_picture(Rows *rows, const char *path, Tensor *row, Error *error)
{
	Arena *scratch = arena_child(rows->arena, "a picture");
	Picture picture;
	bool read = picture_read(&picture, scratch, path, error);
	if (read) {
		*row = tensor_new(rows->arena, SHAPE(1, PICTURE_PIXELS));
		picture_grey(row->data, PICTURE_SIDE, &picture);
	}
	arena_free(scratch);
	return read;
}

bool rows_get(Rows *rows, const char *text, Tensor *row, Error *error)
{
	const char *path;
	int index;
	Tensor array;
	if (!rows_parse(rows->arena, text, &path, &index, error))
		return false;
	if (index == ROWS_PICTURE)
		return get_picture(rows, path, row, error);
	if (!open_array(rows, path, &array, error))
		return false;
	if (index >= array.shape[0])
		return error_set(error, "%s: has rows 0 to %d, not row %d", path,
		        array.shape[0] - 1, index);
	*row = tensor_slice(array, index, index + 1);
	for (int i = 0; i < array.shape[1]; i++)
		if (!(fabs((double)row->data[i]) < RECORD_MOST))
			return error_set(error,
			        "%s: row %d, column %d is %g: expected a number between -%g and %g",
			        path, index, i, (double)row->data[i], RECORD_MOST,
			        RECORD_MOST);
	return true;
}
