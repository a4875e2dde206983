/* A PNG is drawn into a Picture at once. An SVG is text that grows: each call adds an
 * element; images go in as PNG in base64. */
#include "tensor/plot/canvas.h"
#include "tensor/file/base64.h"
#include "tensor/plot/escape.h"
#include "tensor/plot/font.h"
#include "tensor/plot/png.h"

#include <stdio.h>
#include <stdlib.h>

enum { LETTER = 2 }; /* pixels of a dot of the font */

struct Canvas {
	Arena *arena;
	Picture picture;
	FILE *svg; /* NULL: a PNG */
	char *text;
	size_t size;
};

Canvas *canvas_new_at(Site site, Arena *arena, int width, int height, bool svg)
{
	Canvas *canvas = ARENA_NEW(arena, Canvas);
	canvas->arena = arena;
	if (!svg) {
		canvas->picture = picture_new_at(site, arena, width, height, 3);
		return canvas;
	}
	canvas->svg = open_memstream(&canvas->text, &canvas->size);
	if (!canvas->svg)
		error_out_of_memory("canvas_new", 0);
	fprintf(canvas->svg,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"system-ui,sans-serif\" font-size=\"16\">\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
	        width, height, width, height, width, height);
	return canvas;
}

void canvas_fill(Canvas *canvas, int x, int y, int width, int height, Colour colour)
{
	if (!canvas->svg)
		picture_fill(&canvas->picture, x, y, width, height, colour);
	else
		fprintf(canvas->svg,
		        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
		        x, y, width, height, colour_hex(colour).text);
}

void canvas_text(
        Canvas *canvas, int x, int y, int anchor, Colour colour, const char *text)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	if (!canvas->svg) {
		int width = font_width(text, LETTER);
		int shift = anchor < 0 ? 0 : anchor ? width : width / 2;
		font_draw(&canvas->picture, x - shift, y, LETTER, colour, text);
		return;
	}
	html_print(canvas->svg,
	        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", x,
	        y + 13, anchors[anchor + 1], colour_hex(colour).text, text);
}

void canvas_text_upwards(Canvas *canvas, int x, int y, Colour colour, const char *text)
{
	if (canvas->svg) {
		html_print(canvas->svg,
		        "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n",
		        x + 13, y, colour_hex(colour).text, text);
		return;
	}
	ArenaMark mark = arena_mark(canvas->arena);
	int width = font_width(text, LETTER), height = FONT_HEIGHT * LETTER;
	Picture line = picture_new(canvas->arena, width > 0 ? width : 1, height, 1);
	font_draw(&line, 0, 0, LETTER, (Colour){ 0, 0, 0 }, text);
	for (int across = 0; across < width; across++)
		for (int down = 0; down < height; down++)
			if (!*picture_at(&line, across, down))
				picture_fill(&canvas->picture, x + down,
				        y + width / 2 - across, 1, 1, colour);
	arena_rewind(canvas->arena, mark);
}

void canvas_image(Canvas *canvas, int x, int y, const Picture *image)
{
	if (canvas->svg) {
		fprintf(canvas->svg,
		        "<image x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" href=\"data:image/png;base64,",
		        x, y, image->width, image->height);
		base64_print(canvas->svg, png_encode(canvas->arena, image));
		fputs("\"/>\n", canvas->svg);
		return;
	}
	for (int row = 0; row < image->height; row++)
		for (int column = 0; column < image->width; column++) {
			const unsigned char *p = picture_at(image, column, row);
			picture_fill(&canvas->picture, x + column, y + row, 1, 1,
			        (Colour){ p[0], p[1], p[2] });
		}
}

/* The text moves to the arena, the stream is closed. */
Bytes canvas_bytes(Canvas *canvas)
{
	if (!canvas->svg)
		return png_encode(canvas->arena, &canvas->picture);
	fputs("</svg>\n", canvas->svg);
	if (fclose(canvas->svg))
		error_out_of_memory("canvas_bytes", canvas->size);
	Bytes bytes = { .data = arena_copy(canvas->arena, canvas->text, canvas->size + 1),
		.size = canvas->size };
	free(canvas->text);
	canvas->svg = NULL;
	return bytes;
}

bool canvas_write(Canvas *canvas, const char *path, Error *error)
{
	Bytes bytes = canvas_bytes(canvas);
	FileWriter *writer = file_open(canvas->arena, path, error);
	if (!writer)
		return false;
	file_write(writer, bytes.data, bytes.size);
	return file_close(writer, error);
}
