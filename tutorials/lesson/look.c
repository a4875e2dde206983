/* What a point shows where it stops: the values that its caption is about. */
#include "tutorials/lesson/parts.h"

/* Remembers it for the next point. */
static void remember(Lesson *lesson, Look look)
{
	if (lesson->look_count == LESSON_MOST_LOOKS)
		error_stop(HERE, "lesson_look", "a point shows %d things at most",
		        LESSON_MOST_LOOKS);
	lesson->looks[lesson->look_count++] = look;
}

void lesson_look(Lesson *lesson, const char *name, Tensor x)
{
	remember(lesson, (Look){ .name = name, .x = x });
}

void lesson_look_floats(
        Lesson *lesson, const char *name, int rows, int columns, const float *numbers)
{
	remember(lesson, (Look){ .name = name,
	                         .numbers = numbers,
	                         .rows = rows,
	                         .columns = columns });
}

static Tensor tensor_of(Arena *arena, const Look *look)
{
	if (!look->numbers)
		return look->x;
	Tensor copy = tensor_new(arena, SHAPE(look->rows, look->columns));
	for (size_t i = 0; i < tensor_count(copy); i++)
		copy.data[i] = (real)look->numbers[i];
	return copy;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

/* A table of many numbers fills the screen: of it the first rows and columns. */
static void show(Lesson *lesson, Arena *arena, const char *name, Tensor x)
{
	enum { MANY = 48, ROWS = 6, COLUMNS = 8 };
	if (x.ndim != 2 || tensor_count(x) <= MANY) {
		lesson_tensor(lesson, name, x);
		return;
	}
	const int rows = smaller(x.shape[0], ROWS),
	          columns = smaller(x.shape[1], COLUMNS);
	Tensor part = tensor_new(arena, SHAPE(rows, columns));
	for (int i = 0; i < rows; i++)
		for (int j = 0; j < columns; j++)
			part.data[i * columns + j] = x.data[i * x.shape[1] + j];
	lesson_tensor(lesson,
	        arena_format(
	                arena, "%s %s, of it the first", name, tensor_shape_text(x).text),
	        part);
}

void lesson_show_looks(Lesson *lesson)
{
	const bool shown = lesson->step || lesson->debugged;
	for (int i = 0; shown && i < lesson->look_count; i++) {
		const Look *look = &lesson->looks[i];
		Arena *scratch = arena_new("look");
		const Tensor x = tensor_of(scratch, look);
		if (x.data)
			show(lesson, scratch, look->name, x);
		else
			lesson_say(lesson, "  %s: nothing yet", look->name);
		arena_free(scratch);
	}
	lesson->look_count = 0;
}
