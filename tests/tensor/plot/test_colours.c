/* What eyes see is computed: sRGB to linear light, cones that lack a pigment (Machado
 * 2009, severity 1), and the lightness L* and colour a*, b* of CIELAB, in which equal
 * distances look equal. */
#include "tensor/plot/colours.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Lab {
	double l, a, b;
} Lab;

static const double eyes[4][3][3] = {
	{ { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
	{ { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 },
	        { -0.003882, -0.048116, 1.051998 } }, /* protanopia */
	{ { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 },
	        { -0.011820, 0.042940, 0.968881 } }, /* deuteranopia */
	{ { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 },
	        { 0.004733, 0.691367, 0.303900 } }, /* tritanopia */
};

static double linear(unsigned char coded)
{
	double c = coded / 255.0;
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double cube_root(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static Lab seen(Colour colour, int eye)
{
	double in[3] = { linear(colour.red), linear(colour.green), linear(colour.blue) };
	double light[3];
	for (int i = 0; i < 3; i++) {
		light[i] = 0;
		for (int j = 0; j < 3; j++)
			light[i] += eyes[eye][i][j] * in[j];
		light[i] = fmin(fmax(light[i], 0), 1);
	}
	double r = light[0], g = light[1], b = light[2];
	double x = cube_root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
	double y = cube_root(0.2126 * r + 0.7152 * g + 0.0722 * b);
	double z = cube_root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
	return (Lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double apart(Lab p, Lab q)
{
	return sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) +
	            (p.b - q.b) * (p.b - q.b));
}

START_TEST(sequential_gets_lighter_evenly_for_every_eye)
{
	for (int eye = 0; eye < 4; eye++) {
		double first = seen(colour_sequential(0), eye).l;
		double last = seen(colour_sequential(1), eye).l;
		ck_assert_double_gt(last - first, 65);
		for (int i = 0; i < 16; i++) {
			double step = seen(colour_sequential((i + 1) / 16.0), eye).l -
			              seen(colour_sequential(i / 16.0), eye).l;
			ck_assert_msg(step > 2 && step < 8, "eye %d, step %d: %g", eye, i,
			        step);
		}
	}
}
END_TEST

START_TEST(sequential_steps_look_alike)
{
	double least = (double)INFINITY, most = 0;
	for (int i = 0; i < 16; i++) {
		double step = apart(seen(colour_sequential((i + 1) / 16.0), 0),
		        seen(colour_sequential(i / 16.0), 0));
		least = fmin(least, step);
		most = fmax(most, step);
	}
	ck_assert_msg(most < 2.5 * least, "steps from %g to %g", least, most);
}
END_TEST

START_TEST(diverging_tells_the_signs_apart_for_every_eye)
{
	for (int eye = 0; eye < 4; eye++)
		for (int i = 3; i <= 10; i++) {
			Lab below = seen(colour_diverging(-i / 10.0), eye);
			Lab above = seen(colour_diverging(i / 10.0), eye);
			ck_assert_msg(apart(below, above) > 15, "eye %d at %g: %g", eye,
			        i / 10.0, apart(below, above));
			ck_assert(
			        below.l < seen(colour_diverging(-i / 10.0 + 0.1), eye).l);
			ck_assert(
			        above.l < seen(colour_diverging(i / 10.0 - 0.1), eye).l);
		}
}
END_TEST

START_TEST(maps_are_cut_off_at_their_ends)
{
	ck_assert_str_eq(colour_hex(colour_sequential(-3)).text, "#440154");
	ck_assert_str_eq(colour_hex(colour_sequential(0)).text, "#440154");
	ck_assert_str_eq(colour_hex(colour_sequential(0.5)).text, "#21908c");
	ck_assert_str_eq(colour_hex(colour_sequential((double)INFINITY)).text, "#fde725");
	ck_assert_str_eq(colour_hex(colour_sequential((double)NAN)).text, "#808080");
	ck_assert_str_eq(colour_hex(colour_diverging(-9)).text, "#053061");
	ck_assert_str_eq(colour_hex(colour_diverging(0)).text, "#f7f7f7");
	ck_assert_str_eq(colour_hex(colour_diverging(1)).text, "#67001f");
}
END_TEST

/* 4.5 : 1 is what WCAG 2 asks of text. */
START_TEST(ink_can_be_read_on_every_colour_of_both_maps)
{
	for (int i = 0; i <= 100; i++) {
		Colour grounds[] = { colour_sequential(i / 100.0),
			colour_diverging(i / 50.0 - 1) };
		for (int g = 0; g < 2; g++) {
			double y = 0.2126 * linear(grounds[g].red) +
			           0.7152 * linear(grounds[g].green) +
			           0.0722 * linear(grounds[g].blue);
			bool black = colour_ink(grounds[g]).red == 0;
			double ratio = black ? (y + 0.05) / 0.05 : 1.05 / (y + 0.05);
			ck_assert_msg(ratio >= 4.5, "%s: %g", colour_hex(grounds[g]).text,
			        ratio);
		}
	}
}
END_TEST

START_TEST(xterm_gives_the_nearest_of_its_colours)
{
	ck_assert_int_eq(colour_xterm((Colour){ 0, 0, 0 }), 16);
	ck_assert_int_eq(colour_xterm((Colour){ 255, 255, 255 }), 231);
	ck_assert_int_eq(colour_xterm((Colour){ 255, 0, 0 }), 196);
	ck_assert_int_eq(colour_xterm((Colour){ 9, 9, 9 }), 232);
	ck_assert_int_eq(colour_xterm((Colour){ 95, 135, 175 }), 67);
}
END_TEST

START_TEST(escapes_are_empty_without_a_terminal)
{
	Colour red = { 255, 0, 0 };
	ck_assert_str_eq(colour_foreground(COLOUR_NONE, red).text, "");
	ck_assert_str_eq(colour_end(COLOUR_NONE).text, "");
	ck_assert_str_eq(colour_foreground(COLOUR_256, red).text, "\033[38;5;196m");
	ck_assert_str_eq(colour_background(COLOUR_ALL, red).text, "\033[48;2;255;0;0m");
	ck_assert_str_eq(colour_end(COLOUR_ALL).text, "\033[0m");
	FILE *file = tmpfile();
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(colour_depth(file), COLOUR_NONE);
	fclose(file);
}
END_TEST

TEST_MAIN("colours", sequential_gets_lighter_evenly_for_every_eye,
        sequential_steps_look_alike, diverging_tells_the_signs_apart_for_every_eye,
        maps_are_cut_off_at_their_ends, ink_can_be_read_on_every_colour_of_both_maps,
        xterm_gives_the_nearest_of_its_colours, escapes_are_empty_without_a_terminal)
