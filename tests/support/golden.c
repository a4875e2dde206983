#include "tests/support/golden.h"

#include <stdlib.h>
#include <string.h>

enum { WORD = 128 }; /* the longest name or number, with its end */

/* The next word of the file is a dimension, or the colon that ends them. */
static int read_shape(FILE *in, const char *path, const char *name, int shape[])
{
	char word[WORD];
	int ndim = 0;
	while (fscanf(in, "%127s", word) == 1 && strcmp(word, ":") != 0) {
		char *end;
		long size = strtol(word, &end, 10);
		if (*end || size < 0 || size > 1000000 || ndim == TENSOR_MAX_DIMS)
			ck_abort_msg(
			        "%s: \"%s\": \"%s\" is no dimension", path, name, word);
		shape[ndim++] = (int)size;
	}
	return ndim;
}

static Tensor read_tensor(FILE *in, Arena *arena, const char *path, const char *name)
{
	int shape[TENSOR_MAX_DIMS];
	int ndim = read_shape(in, path, name, shape);
	Tensor x = tensor_new(arena, ndim, shape);
	for (size_t i = 0; i < tensor_count(x); i++) {
		double number;
		if (fscanf(in, "%lf", &number) != 1)
			ck_abort_msg("%s: \"%s\" of shape %s ends after %zu numbers",
			        path, name, tensor_shape_text(x).text, i);
		x.data[i] = (real)number;
	}
	return x;
}

Tensor golden_tensor(Arena *arena, const char *file, const char *name)
{
	char path[WORD], found[WORD];
	snprintf(path, sizeof path, "tests/golden/%s", file);
	FILE *in = fopen(path, "r");
	if (!in)
		ck_abort_msg(
		        "%s cannot be opened: run the tests in the project's root", path);
	while (fscanf(in, "%127s", found) == 1) {
		if (strcmp(found, name) == 0) {
			Tensor x = read_tensor(in, arena, path, name);
			fclose(in);
			return x;
		}
		while (!feof(in) && fgetc(in) != '\n')
			continue;
	}
	fclose(in);
	ck_abort_msg("%s has no \"%s\"", path, name);
}

int *golden_ints(Arena *arena, const char *file, const char *name)
{
	Tensor x = golden_tensor(arena, file, name);
	int *numbers = ARENA_ARRAY(arena, int, tensor_count(x));
	for (size_t i = 0; i < tensor_count(x); i++)
		numbers[i] = (int)x.data[i];
	return numbers;
}

void golden_check(const char *source, int line, const char *what, Tensor actual,
        const char *file, const char *name)
{
	Arena *arena = arena_new("golden");
	Tensor expected = golden_tensor(arena, file, name);
	harness_tensor_close(source, line, what, actual, expected, 1e-6, 1e-5);
	arena_free(arena);
}
