/* Prints as NumPy does (numpy/core/arrayprint.py).
 *
 * All numbers share one format, found by a first walk over those that will be shown:
 * scientific where one of them is 1e8 or more, or below 1e-4, or where the largest is
 * more than 1000 times the smallest; and as many places before and after the point as the
 * longest takes. A number takes as many places after the point as it needs to be told
 * from its neighbours, but at most 8.
 *
 * The C library prints and reads any number of digits correctly rounded, so the shortest
 * form is found by trying no digit, one, two, and so on. */
#include "tensor/tensor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	PLACES = 8,       /* after the point, at most */
	THRESHOLD = 1000, /* more elements than these are summarised */
	EDGE = 3,         /* by the first and last three of each dimension */
	LINE = 75,        /* characters */
	WORD = 40,        /* room for a number */
	ALL_DIGITS = 17,  /* tell any two doubles apart */
};

typedef struct Word {
	char text[WORD];
} Word;

typedef struct Printer {
	FILE *out;
	Tensor x;
	bool summarise;
	real largest,
	        smallest; /* of those shown that are finite and not 0, without sign */
	bool scientific;
	int before, after; /* the point: the most characters that a number has there */
	int exponent;      /* the most digits after "e+" */
	char line[LINE + WORD + 1]; /* not printed yet; without its indentation */
} Printer;

/* --- one number --------------------------------------------------------------------- */

static real read_back(const char *text)
{
#ifdef REAL_IS_DOUBLE
	return strtod(text, NULL);
#else
	return strtof(text, NULL); /* not by way of a double, which would round twice */
#endif
}

/* `value` with as few places, least to most, as read back as x. Where even `most` do not,
 * the zeros that rounding left at the end are dropped. */
static Word shortest(bool scientific, int least, int most, double value, real x)
{
	Word word;
	for (int places = least; places <= most; places++) {
		snprintf(word.text, WORD, scientific ? "%#.*e" : "%#.*f", places, value);
		if (read_back(word.text) == x)
			return word;
	}
	char *end = word.text + strcspn(word.text, "e"), *last = end;
	while (last[-1] == '0')
		last--;
	memmove(last, end, strlen(end) + 1);
	return word;
}

static Word not_finite(real x)
{
	return isnan(x) ? (Word){ "nan" } : x > 0 ? (Word){ "inf" } : (Word){ "-inf" };
}

/* A scalar is printed alone: all its digits, zeros in the place of those that say
 * nothing. */
static Word scalar_word(real x)
{
	if (!isfinite(x))
		return not_finite(x);
	Word word = shortest(true, 0, ALL_DIGITS, (double)x, x);
	double size = fabs((double)x);
	if (x == 0 || (size >= 1e-4 && size < 1e16))
		return shortest(false, 1, ALL_DIGITS + 4, strtod(word.text, NULL), x);
	char *point = strstr(word.text, ".e");
	if (point)
		memmove(point, point + 1, strlen(point));
	return word;
}

/* --- the format of all numbers ------------------------------------------------------ */

static bool is_left_out(const Printer *p, int i, int size)
{
	return p->summarise && size > 2 * EDGE && i >= EDGE && i < size - EDGE;
}

/* Calls `see` for every number that will be shown. */
static void walk(Printer *p, void (*see)(Printer *, real), Tensor block)
{
	if (block.ndim == 0) {
		see(p, block.data[0]);
		return;
	}
	for (int i = 0; i < block.shape[0]; i++)
		if (!is_left_out(p, i, block.shape[0]))
			walk(p, see, tensor_row(block, i));
}

static void see_size(Printer *p, real x)
{
	real size = x < 0 ? -x : x;
	if (!isfinite(x) || x == 0)
		return;
	if (size > p->largest)
		p->largest = size;
	if (p->smallest == 0 || size < p->smallest)
		p->smallest = size;
}

static void widen(int *width, int length)
{
	if (length > *width)
		*width = length;
}

static void see_width(Printer *p, real x)
{
	if (!isfinite(x))
		return;
	Word word = shortest(p->scientific, 0, PLACES, (double)x, x);
	const char *point = strchr(word.text, '.');
	int after = (int)strcspn(point + 1, "e");
	widen(&p->before, (int)(point - word.text));
	widen(&p->after, after);
	if (p->scientific)
		widen(&p->exponent, (int)strlen(point + 1 + after + 2));
}

/* From the point to the end of a number. */
static int tail_width(const Printer *p)
{
	return 1 + p->after + (p->scientific ? 2 + p->exponent : 0);
}

static void see_not_finite(Printer *p, real x)
{
	if (!isfinite(x))
		widen(&p->before, (int)strlen(not_finite(x).text) - tail_width(p));
}

static void choose_format(Printer *p)
{
	walk(p, see_size, p->x);
	p->scientific = p->largest >= (real)1e8 ||
	                (p->largest > 0 && (p->smallest < (real)1e-4 ||
	                                           p->largest / p->smallest > 1000));
	walk(p, see_width, p->x);
	walk(p, see_not_finite, p->x);
}

static Word padded(const char *text, int left, int right)
{
	Word word;
	size_t length = strlen(text);
	memset(word.text, ' ', WORD);
	memcpy(word.text + left, text, length);
	word.text[left + (int)length + right] = '\0';
	return word;
}

/* x as wide as all others, the point below the point. */
static Word word_of(const Printer *p, real x)
{
	int width = p->before + tail_width(p);
	if (!isfinite(x)) {
		Word word = not_finite(x);
		return padded(word.text, width - (int)strlen(word.text), 0);
	}
	if (!p->scientific) {
		Word word = shortest(false, 0, PLACES, (double)x, x);
		int left = p->before - (int)strcspn(word.text, ".");
		return padded(word.text, left, width - left - (int)strlen(word.text));
	}
	Word word;
	snprintf(word.text, WORD, "%#.*e", p->after, (double)x);
	char *exponent = strchr(word.text, 'e') + 1;
	snprintf(exponent, 8, p->exponent > 2 ? "%+04d" : "%+03d", atoi(exponent));
	return padded(word.text, width - (int)strlen(word.text), 0);
}

/* --- lines and brackets ------------------------------------------------------------- */

static void flush_line(Printer *p)
{
	fputs(p->line, p->out);
	p->line[0] = '\0';
}

/* Adds a word to the line, or begins a new one where it does not fit before the
 * bracket. */
static void add_word(Printer *p, const char *word)
{
	int indent = p->x.ndim, limit = LINE - p->x.ndim;
	size_t length = strlen(p->line);
	if (length && indent + (int)(length + 1 + strlen(word)) > limit) {
		while (length && p->line[length - 1] == ' ')
			p->line[--length] = '\0';
		flush_line(p);
		fprintf(p->out, "\n%*s", indent, "");
		length = 0;
	}
	snprintf(p->line + length, sizeof p->line - length, "%s%s", length ? " " : "",
	        word);
}

static void print_row(Printer *p, Tensor row)
{
	int size = row.shape[0];
	for (int i = 0; i < size; i++) {
		if (is_left_out(p, i, size)) {
			add_word(p, "...");
			i = size - EDGE;
		}
		add_word(p, word_of(p, row.data[i]).text);
	}
	flush_line(p);
}

/* The parts of a block are parted by one newline fewer than the block has dimensions. */
static void print_block(Printer *p, Tensor block)
{
	int size = block.shape[0], indent = 1 + p->x.ndim - block.ndim;
	fputc('[', p->out);
	if (block.ndim == 1)
		print_row(p, block);
	for (int i = 0; i < size && block.ndim > 1; i++) {
		if (i)
			fprintf(p->out, "%.*s%*s", block.ndim - 1, "\n\n\n", indent, "");
		if (is_left_out(p, i, size)) {
			fputs("...", p->out);
			i = size - EDGE - 1;
		} else {
			print_block(p, tensor_row(block, i));
		}
	}
	fputc(']', p->out);
}

void tensor_print(FILE *out, Tensor x)
{
	size_t count = tensor_count(x);
	if (x.ndim == 0) {
		fprintf(out, "%s\n", scalar_word(x.data[0]).text);
		return;
	}
	if (count == 0) {
		fputs("[]\n", out);
		return;
	}
	Printer printer = { .out = out, .x = x, .summarise = count > THRESHOLD };
	choose_format(&printer);
	print_block(&printer, x);
	fputc('\n', out);
}
