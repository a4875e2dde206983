/* Each map is a few anchors at equal distances with straight lines between them: within a
 * few units of 255 of the original's table of 256. */
#include "tensor/plot/colours.h"
#include "tensor/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const Colour viridis[] = { { 0x44, 0x01, 0x54 }, { 0x47, 0x2d, 0x7b },
	{ 0x3b, 0x52, 0x8b }, { 0x2c, 0x72, 0x8e }, { 0x21, 0x90, 0x8c },
	{ 0x27, 0xad, 0x81 }, { 0x5d, 0xc8, 0x63 }, { 0xaa, 0xdc, 0x32 },
	{ 0xfd, 0xe7, 0x25 } };

static const Colour blue_to_red[] = { { 0x05, 0x30, 0x61 }, { 0x21, 0x66, 0xac },
	{ 0x43, 0x93, 0xc3 }, { 0x92, 0xc5, 0xde }, { 0xd1, 0xe5, 0xf0 },
	{ 0xf7, 0xf7, 0xf7 }, { 0xfd, 0xdb, 0xc7 }, { 0xf4, 0xa5, 0x82 },
	{ 0xd6, 0x60, 0x4d }, { 0xb2, 0x18, 0x2b }, { 0x67, 0x00, 0x1f } };

enum {
	VIRIDIS = sizeof viridis / sizeof viridis[0],
	BLUE_TO_RED = sizeof blue_to_red / sizeof blue_to_red[0],
};

static unsigned char between(unsigned char from, unsigned char to, double share)
{
	return (unsigned char)(from + (to - from) * share + 0.5);
}

static Colour interpolate(const Colour anchors[], int count, double share)
{
	if (isnan(share))
		return (Colour){ 128, 128, 128 };
	double place = (share < 0 ? 0 : share > 1 ? 1 : share) * (count - 1);
	int first = place >= count - 1 ? count - 2 : (int)place;
	Colour from = anchors[first], to = anchors[first + 1];
	double rest = place - first;
	return (Colour){ between(from.red, to.red, rest),
		between(from.green, to.green, rest), between(from.blue, to.blue, rest) };
}

Colour colour_sequential(double share)
{
	return interpolate(viridis, VIRIDIS, share);
}

Colour colour_diverging(double value)
{
	return interpolate(blue_to_red, BLUE_TO_RED, (value + 1) / 2);
}

unsigned char colour_luma(Colour colour)
{
	return (unsigned char)(0.2126 * colour.red + 0.7152 * colour.green +
	                       0.0722 * colour.blue + 0.5);
}

/* White and black have equal contrast (WCAG 2: (Y + 0.05) over the darker one's) where
 * the linear luminance Y is 0.18; sRGB is close to a power of 2.2. */
Colour colour_ink(Colour ground)
{
	double luminance = 0.2126 * double_pow(ground.red / 255.0, 2.2) +
	                   0.7152 * double_pow(ground.green / 255.0, 2.2) +
	                   0.0722 * double_pow(ground.blue / 255.0, 2.2);
	bool light = luminance > 0.18;
	return light ? (Colour){ 0, 0, 0 } : (Colour){ 255, 255, 255 };
}

ColourText colour_hex(Colour colour)
{
	ColourText hex;
	snprintf(hex.text, sizeof hex.text, "#%02x%02x%02x", colour.red, colour.green,
	        colour.blue);
	return hex;
}

ColourDepth colour_depth(FILE *stream)
{
	const char *never = getenv("NO_COLOR"), *term = getenv("TERM");
	const char *all = getenv("COLORTERM");
	if (!isatty(fileno(stream)) || (never && *never) || !term ||
	        !strcmp(term, "dumb"))
		return COLOUR_NONE;
	bool has_all = all && (strstr(all, "truecolor") || strstr(all, "24bit"));
	return has_all ? COLOUR_ALL : COLOUR_256;
}

/* `ground`: 38 the characters, 48 what is behind them (ECMA-48, select graphic
 * rendition). */
static ColourText escape(ColourDepth depth, int ground, Colour colour)
{
	ColourText code = { "" };
	if (depth == COLOUR_ALL)
		snprintf(code.text, sizeof code.text, "\033[%d;2;%d;%d;%dm", ground,
		        colour.red, colour.green, colour.blue);
	else if (depth == COLOUR_256)
		snprintf(code.text, sizeof code.text, "\033[%d;5;%dm", ground,
		        colour_xterm(colour));
	return code;
}

ColourText colour_foreground(ColourDepth depth, Colour colour)
{
	return escape(depth, 38, colour);
}

ColourText colour_background(ColourDepth depth, Colour colour)
{
	return escape(depth, 48, colour);
}

ColourText colour_end(ColourDepth depth)
{
	return depth == COLOUR_NONE ? (ColourText){ "" } : (ColourText){ "\033[0m" };
}

static int square(int x)
{
	return x * x;
}

static int distance(Colour a, Colour b)
{
	return square(a.red - b.red) + square(a.green - b.green) +
	       square(a.blue - b.blue);
}

int colour_xterm(Colour colour)
{
	static const unsigned char levels[6] = { 0, 95, 135, 175, 215, 255 };
	int best = 16, least = 3 * 256 * 256;
	for (int code = 16; code < 256; code++) {
		int cube = code - 16;
		unsigned char grey = (unsigned char)(8 + 10 * (code - 232));
		Colour other = code < 232 ? (Colour){ levels[cube / 36],
			levels[cube / 6 % 6], levels[cube % 6] }
		                          : (Colour){ grey, grey, grey };
		if (distance(colour, other) < least) {
			least = distance(colour, other);
			best = code;
		}
	}
	return best;
}
