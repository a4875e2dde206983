/* colours.h: numbers as colours that the colour-blind can read too, on a screen or in a
 * terminal.
 *
 * Sequential: viridis (Smith & van der Walt 2015, CC0), whose lightness rises evenly with
 * the number, so that it also reads in grey. Diverging: ColorBrewer's RdBu (Brewer 2003),
 * blue below zero, red above, light at zero. The test measures both with normal,
 * red-blind, green-blind and blue-blind eyes. */
#ifndef TENSOR_PLOT_COLOURS_H
#define TENSOR_PLOT_COLOURS_H

#include "tensor/error.h"

#include <stdio.h>

typedef struct Colour {
	unsigned char red, green, blue; /* sRGB */
} Colour;

/* 0 dark violet .. 1 yellow; what is beyond is cut off, NaN is a middle grey. */
Colour colour_sequential(double share);
/* -1 dark blue .. 0 nearly white .. 1 dark red; likewise. */
Colour colour_diverging(double value);

/* How light, 0..255: 0.2126 R + 0.7152 G + 0.0722 B of the coded values (Rec. 709
 * luma). */
unsigned char colour_luma(Colour colour);
/* Black or white, whichever can be read better on `ground`. */
Colour colour_ink(Colour ground);

/* Short texts, by value: printf("%s", colour_hex(c).text). */
typedef struct ColourText {
	char text[24];
} ColourText;

ColourText colour_hex(Colour colour); /* "#440154", for SVG and HTML */

/* What a stream can show: nothing but characters unless it is a terminal (or if NO_COLOR
 * is set or TERM is dumb), every colour if COLORTERM says truecolor or 24bit,
 * otherwise the 256 of xterm. */
typedef enum ColourDepth { COLOUR_NONE, COLOUR_256, COLOUR_ALL } ColourDepth;
ColourDepth colour_depth(FILE *stream);

/* The escape sequence that colours what is printed next, its characters or their ground,
 * or ends that. Empty for COLOUR_NONE. */
ColourText colour_foreground(ColourDepth depth, Colour colour);
ColourText colour_background(ColourDepth depth, Colour colour);
ColourText colour_end(ColourDepth depth);

/* The nearest of xterm's colours 16..255: a cube of six levels, and 24 greys. */
int colour_xterm(Colour colour);

#endif
