/* Nearly every number that people write is m 10^e with m < 2^53 and |e| <= 22. Then m and
 * 10^|e| are both exact as doubles, and the one multiplication or division rounds
 * correctly (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
 * strtod(), ten times slower, does the rest. */
#include "text/number.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_POWER = 22, MOST_DIGITS = 15, MOST_EXPONENT = 9999 };

typedef struct Decimal {
	uint64_t digits;    /* without the point; meaningless if there are too many */
	int count;          /* of digits, without leading zeros */
	int exponent;       /* of ten */
	bool negative, any; /* any digit at all */
} Decimal;

/* Reads digits, from *at on. */
static void read_digits(const char *text, size_t size, size_t *at, Decimal *d)
{
	for (; *at < size && text[*at] >= '0' && text[*at] <= '9'; ++*at) {
		d->any = true;
		d->digits = d->digits * 10 + (uint64_t)(text[*at] - '0');
		d->count += d->count || text[*at] != '0';
	}
}

static bool read_sign(const char *text, size_t size, size_t *at)
{
	bool sign = *at < size && (text[*at] == '-' || text[*at] == '+');
	*at += sign;
	return sign && text[*at - 1] == '-';
}

static bool read_exponent(const char *text, size_t size, size_t *at, Decimal *d)
{
	if (*at == size || (text[*at] != 'e' && text[*at] != 'E'))
		return true;
	++*at;
	bool negative = read_sign(text, size, at);
	size_t begin = *at;
	int exponent = 0;
	for (; *at < size && text[*at] >= '0' && text[*at] <= '9'; ++*at)
		if (exponent <= MOST_EXPONENT)
			exponent = exponent * 10 + (text[*at] - '0');
	d->exponent += negative ? -exponent : exponent;
	return *at > begin;
}

static bool read_decimal(const char *text, size_t size, Decimal *d)
{
	size_t at = 0;
	*d = (Decimal){ .negative = read_sign(text, size, &at) };
	read_digits(text, size, &at, d);
	if (at < size && text[at] == '.') {
		size_t begin = ++at;
		read_digits(text, size, &at, d);
		d->exponent = -(int)(at - begin);
	}
	return read_exponent(text, size, &at, d) && d->any && at == size;
}

bool number_parse(const char *text, size_t size, double *number)
{
	static const double power[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
		1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
		1e22 };
	Decimal d;
	if (size > NUMBER_LONGEST || !read_decimal(text, size, &d))
		return false;
	if (d.count <= MOST_DIGITS && d.exponent >= -EXACT_POWER &&
	        d.exponent <= EXACT_POWER) {
		double m = d.negative ? -(double)d.digits : (double)d.digits;
		*number = d.exponent < 0 ? m / power[-d.exponent] : m * power[d.exponent];
		return true;
	}
	char copy[NUMBER_LONGEST + 1];
	memcpy(copy, text, size);
	copy[size] = '\0';
	*number = strtod(copy, NULL);
	return isfinite(*number);
}

const char *number_spell(Arena *arena, double number)
{
	const char *text = "";
	for (int digits = 6; digits <= 17; digits++) {
		text = arena_format(arena, "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	return text;
}
