#include "tensor/file/base64.h"
#include "tensor/plot/canvas.h"
#include "tensor/plot/escape.h"
#include "tensor/plot/font.h"
#include "tests/support/harness.h"
#include "tests/support/inflate.h"

#include <stdlib.h>
#include <string.h>

static void check_base64(const char *bytes, const char *expected)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	base64_print(out, (Bytes){ (const unsigned char *)bytes, strlen(bytes) });
	fclose(out);
	ck_assert_str_eq(text, expected);
	free(text);
}

/* RFC 4648, section 10. */
START_TEST(base64_is_that_of_the_standard)
{
	check_base64("", "");
	check_base64("f", "Zg==");
	check_base64("fo", "Zm8=");
	check_base64("foo", "Zm9v");
	check_base64("foobar", "Zm9vYmFy");
	check_base64("\xff\xfe\xfd", "//79");
}
END_TEST

/* As it looks, dot by dot. */
START_TEST(font_draws_these_letters)
{
	static const char *const expected[] = { "#####.", "....#.", "...#..", "..#...",
		".#....", "#.....", "#####.", "......" };
	Arena *arena = arena_new("test");
	Picture picture = picture_new(arena, 18, 8, 1);
	font_draw(&picture, 0, 0, 1, (Colour){ 0, 0, 0 }, "Z\xc3\xa9");
	ck_assert_int_eq(font_width("Z\xc3\xa9", 2), 24);
	for (int y = 0; y < 8; y++)
		for (int x = 0; x < 6; x++)
			ck_assert_int_eq(
			        *picture_at(&picture, x, y) == 0, expected[y][x] == '#');
	for (int y = 0; y < 8; y++) /* é is no ASCII: a box */
		ck_assert_int_eq(*picture_at(&picture, 6, y) == 0, y < 7);
	arena_free(arena);
}
END_TEST

START_TEST(font_has_a_glyph_of_its_own_for_every_letter)
{
	Arena *arena = arena_new("test");
	Picture seen[95];
	for (int i = 0; i < 95; i++) {
		char text[2] = { (char)(' ' + i), '\0' };
		seen[i] = picture_new(arena, 6, 8, 1);
		font_draw(&seen[i], 0, 0, 1, (Colour){ 0, 0, 0 }, text);
		for (int j = 0; j < i; j++)
			ck_assert_msg(memcmp(seen[i].pixels, seen[j].pixels, 48),
			        "%c looks like %c", ' ' + i, ' ' + j);
	}
	arena_free(arena);
}
END_TEST

static void draw(Arena *arena, Canvas *canvas)
{
	Picture image = picture_new(arena, 5, 4, 3);
	picture_fill(&image, 0, 0, 5, 4, (Colour){ 10, 20, 30 });
	canvas_fill(canvas, 10, 10, 20, 5, (Colour){ 255, 0, 0 });
	canvas_image(canvas, 60, 20, &image);
	canvas_text(canvas, 10, 30, -1, (Colour){ 0, 0, 0 }, "a < b & c");
	canvas_text_upwards(canvas, 90, 40, (Colour){ 0, 0, 0 }, "up");
}

START_TEST(canvas_png_has_what_was_drawn)
{
	Arena *arena = arena_new("test");
	Canvas *canvas = canvas_new(arena, 120, 80, false);
	draw(arena, canvas);
	Picture image = inflate_png(arena, canvas_bytes(canvas));
	ck_assert_int_eq(image.width, 120);
	ck_assert_int_eq(image.height, 80);
	const unsigned char *red = image.pixels + 3 * (12 * 120 + 15);
	const unsigned char *blue = image.pixels + 3 * (22 * 120 + 62);
	ck_assert(red[0] == 255 && red[1] == 0 && blue[0] == 10 && blue[2] == 30);
	ck_assert_int_eq(image.pixels[3 * (70 * 120 + 5)], 255);
	int dots = 0; /* of the text that is turned */
	for (int y = 0; y < 80; y++)
		for (int x = 90; x < 106; x++)
			dots += image.pixels[3 * (y * 120 + x)] == 0;
	ck_assert_int_gt(dots, 40);
	arena_free(arena);
}
END_TEST

START_TEST(canvas_svg_says_what_was_drawn)
{
	Arena *arena = arena_new("test");
	Canvas *canvas = canvas_new(arena, 120, 80, true);
	draw(arena, canvas);
	Bytes svg = canvas_bytes(canvas);
	const char *text = (const char *)svg.data;
	ck_assert_uint_eq(strlen(text), svg.size);
	ASSERT_CONTAINS(text, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\"");
	ASSERT_CONTAINS(text,
	        "<rect x=\"10\" y=\"10\" width=\"20\" height=\"5\" fill=\"#ff0000\"/>");
	ASSERT_CONTAINS(text, ">a &lt; b &amp; c</text>");
	ASSERT_CONTAINS(
	        text, "width=\"5\" height=\"4\" href=\"data:image/png;base64,iVBOR");
	ck_assert_str_eq(text + svg.size - 7, "</svg>\n");
	arena_free(arena);
}
END_TEST

START_TEST(canvas_write_is_all_or_nothing)
{
	Arena *arena = arena_new("test");
	Error error;
	ck_assert(!canvas_write(canvas_new(arena, 9, 9, true), "/no/such/a.svg", &error));
	ASSERT_CONTAINS(error.text, "/no/such/a.svg");
	ASSERT_STOPS("0 by 9 pixels", canvas_new(arena, 0, 9, false));
	arena_free(arena);
}
END_TEST

/* Nothing from outside commands the terminal, and columns are those of characters. */
START_TEST(terminal_print_shows_columns_and_no_commands)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	terminal_print(out, "%s|%-5s|%5s|%-4.3s|%.*s|%*s|%d\n", "\033[31mj\noy \xe9",
	        "f\xc3\xbcr", "\xe6\x80\x92", "\xc3\xa9\xe6\x80\x92\xe6\x80\x92", 2,
	        "abc", 3, "z", 7);
	fclose(out);
	ck_assert_str_eq(text,
	        "\xef\xbf\xbd[31mj oy \xef\xbf\xbd|f\xc3\xbcr  |   \xe6\x80\x92|\xc3\xa9\xe6\x80\x92 |ab|  z|7\n");
	free(text);
}
END_TEST

START_TEST(canvas_holds_no_character_that_xml_forbids)
{
	Arena *arena = arena_new("test");
	Canvas *canvas = canvas_new(arena, 10, 10, true);
	canvas_text(
	        canvas, 0, 0, 0, (Colour){ 0, 0, 0 }, "j\001oy\033 caf\xe9 \xef\xbf\xbf");
	ASSERT_CONTAINS((const char *)canvas_bytes(canvas).data,
	        ">j\xef\xbf\xbdoy\xef\xbf\xbd caf\xef\xbf\xbd \xef\xbf\xbd</text>");
	arena_free(arena);
}
END_TEST

/* Nothing from outside is a mark, a tag or the end of a cell. */
START_TEST(markdown_print_shows_no_marks)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	markdown_print(out, "| %s | *%d*\n", "a|b *c* <i>\n`d_e`", 3);
	ck_assert(!fclose(out));
	ck_assert_str_eq(text, "| a\\|b \\*c\\* \\<i\\> \\`d\\_e\\` | *3*\n");
	free(text);
}
END_TEST

TEST_MAIN("canvas", base64_is_that_of_the_standard, font_draws_these_letters,
        font_has_a_glyph_of_its_own_for_every_letter, canvas_png_has_what_was_drawn,
        canvas_svg_says_what_was_drawn, canvas_write_is_all_or_nothing,
        terminal_print_shows_columns_and_no_commands, markdown_print_shows_no_marks,
        canvas_holds_no_character_that_xml_forbids)
