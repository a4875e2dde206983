#include "audio/wav.h"
#include "tutorials/lesson/parts.h"

#include <stdlib.h>
#include <string.h>

static FILE *picture_begin(char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);
	if (!out)
		error_out_of_memory("lesson", 0);
	return out;
}

static void picture_end(
        Lesson *lesson, const char *name, FILE *out, char **text, const size_t *size)
{
	fclose(out);
	const char *path = arena_format(
	        lesson->arena, "build/tutorials/%s/%s.svg", lesson->chapter, name);
	lesson_write(lesson, path, *text, *size);
	lesson_say(lesson, "  (as a picture: %s)", path);
	free(*text);
}

void lesson_chart(Lesson *lesson, const char *name, const PlotChart *chart)
{
	char *text = NULL;
	size_t size = 0;
	plot_chart(plot_screen(stdout, lesson->width), chart);
	FILE *out = picture_begin(&text, &size);
	plot_chart_svg(out, chart);
	picture_end(lesson, name, out, &text, &size);
}

void lesson_curves(Lesson *lesson, const char *name, const char *title,
        const char *x_axis, const char *y_axis, int count, const PlotSeries series[])
{
	const PlotChart chart = {
		.title = title, .x = x_axis, .y = y_axis, .count = count, .series = series
	};
	lesson_chart(lesson, name, &chart);
}

void lesson_matrix(Lesson *lesson, const char *name, const PlotMatrix *matrix)
{
	char *text = NULL;
	size_t size = 0;
	plot_matrix(plot_screen(stdout, lesson->width), matrix);
	FILE *out = picture_begin(&text, &size);
	plot_matrix_svg(out, matrix);
	picture_end(lesson, name, out, &text, &size);
}

void lesson_histogram(Lesson *lesson, const char *name, const PlotHistogram *histogram)
{
	char *text = NULL;
	size_t size = 0;
	plot_histogram(plot_screen(stdout, lesson->width), histogram);
	FILE *out = picture_begin(&text, &size);
	plot_histogram_svg(out, histogram);
	picture_end(lesson, name, out, &text, &size);
}

void lesson_drawing(Lesson *lesson, const char *name, const Drawing *drawing)
{
	char *text = NULL;
	size_t size = 0;
	lesson_say(lesson, "  %s", drawing_title(drawing));
	for (const char *line = drawing_text(drawing); *line;) {
		size_t length = strcspn(line, "\n");
		lesson_say(lesson, "    %.*s", (int)length, line);
		line += length + 1;
	}
	FILE *out = picture_begin(&text, &size);
	drawing_svg(drawing, out);
	picture_end(lesson, name, out, &text, &size);
	lesson_keep(lesson, "drawing", "", name);
	const char *fault = drawing_fault(drawing);
	if (fault)
		fprintf(stderr, "drawing %s: %s\n", name, fault);
}

void lesson_sound(Lesson *lesson, const char *name, const Clip *clip)
{
	Error error = { "" };
	const char *path = arena_format(
	        lesson->arena, "build/tutorials/%s/%s.wav", lesson->chapter, name);
	if (wav_write(path, clip, WAV_16_BIT, lesson->arena, &error)) {
		lesson_say(lesson, "  (to hear it: %s)", path);
	} else {
		fprintf(stderr, "%s\n", error.text);
		lesson->failed = true;
	}
}
