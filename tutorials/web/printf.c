/* printf for warm-ups in a page. The compiler's own library prints "%.0f" and "%g" in ways of
 * its own; a warm-up says the same in a page as in a terminal. Every digit is exact, and a tie
 * is rounded to even. Compiled by that compiler alone (kit.sh). */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* A double in decimal: `whole` digits before the point, then up to 1074 behind it. */
enum { WHOLE = 310, BEHIND = 1100, DIGITS = WHOLE + BEHIND };
typedef struct Decimal {
	char digit[DIGITS];
} Decimal;

static void twice(Decimal *d)
{
	int carry = 0;
	for (int i = DIGITS - 1; i >= 0; i--) {
		int x = 2 * d->digit[i] + carry;
		d->digit[i] = (char)(x % 10);
		carry = x / 10;
	}
}

static void halve(Decimal *d)
{
	int rest = 0;
	for (int i = 0; i < DIGITS; i++) {
		int x = 10 * rest + d->digit[i];
		d->digit[i] = (char)(x / 2);
		rest = x % 2;
	}
}

/* x is not below 0, and a number. */
static void decimal_of(Decimal *d, double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	int exponent = (int)(bits >> 52);
	uint64_t m = bits & (((uint64_t)1 << 52) - 1);
	if (exponent)
		m |= (uint64_t)1 << 52;
	exponent = (exponent ? exponent : 1) - 1075;
	memset(d, 0, sizeof *d);
	for (int i = WHOLE - 1; m; i--, m /= 10)
		d->digit[i] = (char)(m % 10);
	for (; exponent > 0; exponent--)
		twice(d);
	for (; exponent < 0; exponent++)
		halve(d);
}

/* Keeps the digits before place `end`. */
static void round_at(Decimal *d, int end)
{
	bool more = false;
	for (int i = end + 1; i < DIGITS; i++)
		more = more || d->digit[i];
	bool up = d->digit[end] > 5 ||
	          (d->digit[end] == 5 && (more || d->digit[end - 1] % 2));
	memset(d->digit + end, 0, DIGITS - end);
	for (int i = end - 1; up && i >= 0; i--) {
		up = d->digit[i] == 9;
		d->digit[i] = (char)(up ? 0 : d->digit[i] + 1);
	}
}

static int first_digit(const Decimal *d)
{
	int i = 0;
	while (i < DIGITS && !d->digit[i])
		i++;
	return i;
}

static char *put_fixed(char *to, const Decimal *d, int behind)
{
	int i = first_digit(d);
	for (i = i < WHOLE ? i : WHOLE - 1; i < WHOLE; i++)
		*to++ = (char)('0' + d->digit[i]);
	if (behind > 0)
		*to++ = '.';
	for (; behind > 0; behind--, i++)
		*to++ = (char)('0' + d->digit[i]);
	return to;
}

static char *put_power(char *to, const Decimal *d, int behind)
{
	int i = first_digit(d), power = i < DIGITS ? WHOLE - 1 - i : 0;
	i = i < DIGITS ? i : WHOLE;
	*to++ = (char)('0' + d->digit[i++]);
	if (behind > 0)
		*to++ = '.';
	for (; behind > 0; behind--, i++)
		*to++ = (char)('0' + (i < DIGITS ? d->digit[i] : 0));
	*to++ = 'e';
	*to++ = power < 0 ? '-' : '+';
	power = power < 0 ? -power : power;
	if (power >= 100)
		*to++ = (char)('0' + power / 100);
	*to++ = (char)('0' + power / 10 % 10);
	*to++ = (char)('0' + power % 10);
	return to;
}

/* Without the zeros at the end of a fraction. */
static char *trimmed(char *from, char *to)
{
	char *e = memchr(from, 'e', to - from), *end = e ? e : to, *cut = end;
	if (!memchr(from, '.', end - from))
		return to;
	while (cut[-1] == '0')
		cut--;
	if (cut[-1] == '.')
		cut--;
	memmove(cut, end, to - end);
	return cut + (to - end);
}

static int number_text(char *text, double x, char kind, int precision)
{
	static Decimal d;
	precision = precision < 0 ? 6 : precision > 300 ? 300 : precision;
	if (x - x != 0) {
		strcpy(text, x != x ? "nan" : "inf");
		return 3;
	}
	decimal_of(&d, x);
	char *end;
	if (kind == 'f') {
		round_at(&d, WHOLE + precision);
		end = put_fixed(text, &d, precision);
	} else {
		int digits = kind == 'e' ? precision + 1 : precision ? precision : 1;
		if (x > 0)
			round_at(&d, first_digit(&d) + digits);
		int power = x > 0 ? WHOLE - 1 - first_digit(&d) : 0;
		bool fixed = kind == 'g' && power >= -4 && power < digits;
		end = fixed ? put_fixed(text, &d, digits - 1 - power)
		            : put_power(text, &d, digits - 1);
		if (kind == 'g')
			end = trimmed(text, end);
	}
	return (int)(end - text);
}

/* What stands between % and its letter. */
typedef struct Format {
	bool left, plus, zero, blank;
	int width, precision, longs;
} Format;

static int put_field(FILE *out, const Format *f, const char *sign, const char *text,
        int length, bool number)
{
	int signs = (int)strlen(sign), fill = f->width - signs - length;
	fill = fill > 0 ? fill : 0;
	bool zeros = f->zero && !f->left && number;
	for (int i = 0; i < fill && !f->left && !zeros; i++)
		fputc(' ', out);
	for (int i = 0; i < signs; i++)
		fputc(sign[i], out);
	for (int i = 0; i < fill && zeros; i++)
		fputc('0', out);
	for (int i = 0; i < length; i++)
		fputc(text[i], out);
	for (int i = 0; i < fill && f->left; i++)
		fputc(' ', out);
	return signs + length + fill;
}

static int put_whole(FILE *out, const Format *f, const char *sign, uint64_t x, int base)
{
	char text[72], *p = text + sizeof text;
	for (; x || (p == text + sizeof text && f->precision != 0); x /= base)
		*--p = "0123456789abcdef"[x % base];
	while (text + sizeof text - p < f->precision && p > text)
		*--p = '0';
	return put_field(
	        out, f, sign, p, (int)(text + sizeof text - p), f->precision < 0);
}

static const char *read_format(Format *f, const char *c)
{
	*f = (Format){ .precision = -1 };
	for (;; c++)
		if (*c == '-')
			f->left = true;
		else if (*c == '+')
			f->plus = true;
		else if (*c == '0')
			f->zero = true;
		else if (*c == ' ')
			f->blank = true;
		else
			return c;
}

int vfprintf(FILE *out, const char *format, va_list list)
{
	static char text[DIGITS];
	int count = 0;
	for (const char *c = format; *c; c++) {
		if (*c != '%') {
			fputc(*c, out);
			count++;
			continue;
		}
		Format f;
		c = read_format(&f, c + 1);
		if (*c == '*') {
			f.width = va_arg(list, int);
			f.left = f.left || f.width < 0;
			f.width = f.width < 0 ? -f.width : f.width;
			c++;
		} else
			for (; *c >= '0' && *c <= '9'; c++)
				f.width = 10 * f.width + *c - '0';
		if (*c == '.') {
			f.precision = 0;
			if (*++c == '*') {
				f.precision = va_arg(list, int);
				c++;
			} else
				for (; *c >= '0' && *c <= '9'; c++)
					f.precision = 10 * f.precision + *c - '0';
		}
		for (; *c == 'l' || *c == 'z' || *c == 'h' || *c == 't' || *c == 'j'; c++)
			f.longs += *c == 'l' ? 1 : *c == 'j' ? 2 : 0;
		const char *sign = f.plus ? "+" : f.blank ? " " : "";
		if (*c == 'd' || *c == 'i') {
			int64_t x =
			        f.longs > 1 ? va_arg(list, long long) : va_arg(list, int);
			count += put_whole(out, &f, x < 0 ? "-" : sign,
			        x < 0 ? 0 - (uint64_t)x : (uint64_t)x, 10);
		} else if (*c == 'u' || *c == 'x' || *c == 'p') {
			uint64_t x = f.longs > 1 ? va_arg(list, unsigned long long)
			                         : va_arg(list, unsigned);
			count += put_whole(
			        out, &f, *c == 'p' ? "0x" : "", x, *c == 'u' ? 10 : 16);
		} else if (*c == 'f' || *c == 'e' || *c == 'g') {
			double x = va_arg(list, double);
			uint64_t bits;
			memcpy(&bits, &x, sizeof bits);
			bool below = bits >> 63;
			int length = number_text(text, below ? -x : x, *c, f.precision);
			count += put_field(
			        out, &f, below ? "-" : sign, text, length, x - x == 0);
		} else if (*c == 's') {
			const char *s = va_arg(list, const char *);
			int length = 0;
			while (s[length] && (f.precision < 0 || length < f.precision))
				length++;
			count += put_field(out, &f, "", s, length, false);
		} else if (*c == 'c') {
			char letter = (char)va_arg(list, int);
			count += put_field(out, &f, "", &letter, 1, false);
		} else if (*c) {
			fputc(*c, out);
			count++;
		} else
			c--;
	}
	return count;
}
