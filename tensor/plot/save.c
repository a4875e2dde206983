/* save.c: drawn in memory, then written all at once. */
#include "tensor/plot/save.h"

#include "tensor/file/file.h"

#include <stdlib.h>

bool plot_charts_save(
        int count, const PlotChart charts[], int columns, const char *path, Error *error)
{
	Arena *arena = arena_new("chart");
	char *text = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&text, &size);
	bool done = memory != NULL;
	if (memory) {
		plot_charts_svg(memory, count, charts, columns);
		done = !fclose(memory);
	}
	if (!done)
		error_set(error, "%s: no memory for the picture", path);
	FileWriter *file = done ? file_open(arena, path, error) : NULL;
	if (file)
		file_write(file, text, size);
	done = file && file_close(file, error);
	free(text);
	arena_free(arena);
	return done;
}

bool plot_chart_save(const PlotChart *chart, const char *path, Error *error)
{
	return plot_charts_save(1, chart, 1, path, error);
}
