/* transform.h: what becomes of a transform by each likely mistake, for checks.c. All are
 * made by one recursion, as a student would write it. */
#ifndef TUTORIALS_SOUND_TRANSFORM_H
#define TUTORIALS_SOUND_TRANSFORM_H

#include "tutorials/08-sound/checked.h"

/* clang-format off */
enum {
	RIGHT, UNTOUCHED, RE_ONLY, NO_IM, SIGN, TURN_HALF, TURN_WHOLE, TURN_PI, TURN_LATE, NO_TURN,
	TURN_STRIDE, EXCHANGED, HALVES, NOT_DOUBLED, ALWAYS_TWO, ODD_NEXT, SAME_PLACE, PRODUCT_RE,
	PRODUCT_IM, OVERWRITE, OVERWRITE_ODD, PLUS_BOTH, MINUS_FIRST, REVERSED, TURN_EVEN, SCALED,
	SWAPPED, ONLY_FIRST, FIRST_K, LAST_K, NO_STRIDE, INVERSE,
	DEGREES, SINE_FIRST, PLACE_STRIDE
};
/* clang-format on */

#define STEPS                                                                               \
	"which samples the halves get: both have twice the stride, and the odd ones begin " \
	"one stride later, at x + stride"

static const Mistake transform_mistakes[] = {
	{ SIGN, "the sign of the angle: it is -2 pi k / n. With + it is the way back from the "
	        "spectrum to the samples" },
	{ TURN_HALF,
	        "the angle is divided by n/2, not by n. w turns half a circle while k runs "
	        "through the first half" },
	{ TURN_PI, "the angle is pi k / n. A full turn is 2 pi" },
	{ TURN_WHOLE,
	        "every level uses the angle of the whole transform. n is the size of the part "
	        "that is put together just now" },
	{ TURN_STRIDE, "the stride is in the angle. Only k and n are" },
	{ DEGREES,
	        "the angle is in degrees. cosf and sinf want it so that a full turn is 2 pi" },
	{ SINE_FIRST,
	        "cosine and sine are exchanged: the cosine is the real part of w, the sine the "
	        "imaginary part" },
	{ TURN_LATE, "the angle is one step late: for k = 0 it is 0" },
	{ NO_TURN,
	        "w is always 1. Is it missing, or is k / n computed in whole numbers, which "
	        "gives 0" },
	{ EXCHANGED,
	        "evens and odds are exchanged: sample 0 is even, and only the odd part is "
	        "multiplied by w" },
	{ HALVES,
	        "the samples are split into a first and a second half. The samples 0, 2, 4 ... "
	        "and 1, 3, 5 ... are wanted (in loops: the bit reversal is missing)" },
	{ NOT_DOUBLED, STEPS }, /* with stride 1 these two give the same numbers */
	{ ODD_NEXT, STEPS },
	{ ALWAYS_TWO,
	        "the stride of the halves is always 2. It is twice the stride that came in: 2, "
	        "4, 8 ..." },
	{ SAME_PLACE,
	        "both halves are written to the same place: the odd ones belong to re + n/2 and "
	        "im + n/2" },
	{ PLACE_STRIDE,
	        "the odd results belong to re + n/2 and im + n/2. The stride is only for x" },
	{ PRODUCT_RE,
	        "the product of complex numbers: its real part is a c MINUS b d, because i "
	        "times i is -1" },
	{ PRODUCT_IM,
	        "the product of complex numbers: its imaginary part is a d PLUS b c" },
	{ OVERWRITE,
	        "E_k is overwritten too early: X_(k + n/2) needs E_k, but re[k] and im[k] hold "
	        "X_k already" },
	{ OVERWRITE_ODD,
	        "O_k is overwritten too early: the imaginary part of w O_k needs the old real "
	        "part" },
	{ PLUS_BOTH,
	        "the second half is E_k + w O_k as well. There it is E_k - w O_k: half a turn "
	        "later w has the other sign" },
	{ MINUS_FIRST, "plus and minus are exchanged: X_k is E_k + w O_k" },
	{ REVERSED, "the second half is w O_k - E_k. It is E_k - w O_k" },
	{ TURN_EVEN, "w is multiplied to the even part. It belongs to the odd part" },
	{ SCALED, "divided by n. This transform is a plain sum" },
	{ INVERSE,
	        "that is the way back, with a + in the angle and divided by n. The angle is "
	        "-2 pi k / n, and nothing is divided" },
	{ SWAPPED, "re and im are exchanged in the result" },
	{ NO_IM, "the imaginary parts of the samples are not used" },
	{ RE_ONLY, "im is not written" },
	{ ONLY_FIRST, "only k = 0 is put together: a return inside of the loop" },
	{ FIRST_K, "k = 0 is left out: the loop begins at 0" },
	{ LAST_K, "the last k is left out: k goes from 0 to n/2 - 1" },
	{ NO_STRIDE, "the stride is not used: sample t lies at x[t * stride]" },
	{ UNTOUCHED, "nothing is written to re and im. Is it computed yet" },
};

typedef struct Samples {
	int n, stride;
	real re[ROOM], im[ROOM], before[2][ROOM];
} Samples;

/* Part of the samples: n of them from `at`. */
typedef struct Part {
	int at, n, stride;
} Part;

static double angle_of(const Samples *s, Part part, int k, int way)
{
	const double turn = -2 * 3.14159265358979 / part.n;
	switch (way) {
	case SIGN:
	case INVERSE:
		return -turn * k;
	case TURN_HALF:
		return 2 * turn * k;
	case TURN_WHOLE:
		return turn * part.n / s->n * k;
	case TURN_PI:
		return turn * k / 2;
	case TURN_LATE:
		return turn * (k + 1);
	case NO_TURN:
		return 0;
	case DEGREES:
		return turn * 180 / 3.14159265358979 * k;
	case TURN_STRIDE:
		return turn * k * part.stride;
	default:
		return turn * k;
	}
}

typedef struct Number {
	double re, im;
} Number;

static Number turned(Number x, double angle, int way)
{
	const bool exchanged = way == SINE_FIRST;
	const double c = exchanged ? sin(angle) : cos(angle);
	const double s = exchanged ? cos(angle) : sin(angle);
	Number y = { c * x.re - s * x.im, c * x.im + s * x.re };
	if (way == PRODUCT_RE)
		y.re = c * x.re + s * x.im;
	if (way == PRODUCT_IM)
		y.im = c * x.im - s * x.re;
	if (way == OVERWRITE_ODD)
		y.im = c * x.im + s * y.re;
	return y;
}

/* Puts E and O, which lie in the two halves of re and im, together. */
static void put_together(const Samples *s, double re[], double im[], Part part, int way)
{
	const int half = part.n / 2,
	          count = way == ONLY_FIRST ? 1 : half - (way == LAST_K);
	for (int k = way == FIRST_K; k < count; k++) {
		Number even = { re[k], im[k] }, odd = { re[k + half], im[k + half] };
		const double angle = angle_of(s, part, k, way);
		if (way == TURN_EVEN)
			even = turned(even, angle, way);
		else
			odd = turned(odd, angle, way);
		const double first = way == MINUS_FIRST ? -1 : 1;
		const double second = way == PLUS_BOTH ? -1 : first;
		re[k] = even.re + first * odd.re;
		im[k] = even.im + first * odd.im;
		if (way == OVERWRITE)
			even = (Number){ re[k], im[k] };
		re[k + half] = even.re - second * odd.re;
		im[k + half] = even.im - second * odd.im;
		if (way == REVERSED) {
			re[k + half] = -re[k + half];
			im[k + half] = -im[k + half];
		}
	}
}

static void transform(const Samples *s, double re[], double im[], Part part, int way)
{
	if (part.n == 1) {
		re[0] = (double)s->re[part.at % ROOM];
		im[0] = way == NO_IM ? 0 : (double)s->im[part.at % ROOM];
		return;
	}
	const int half = part.n / 2;
	const int place = way == SAME_PLACE     ? 0
	                  : way == PLACE_STRIDE ? part.stride
	                                        : half;
	int next = 2 * part.stride, odd_at = part.at + part.stride, even_at = part.at;
	if (way == HALVES)
		odd_at = part.at + half * part.stride;
	if (way == HALVES || way == NOT_DOUBLED)
		next = part.stride;
	if (way == ALWAYS_TWO)
		next = 2;
	if (way == ODD_NEXT)
		odd_at = part.at + 1;
	if (way == EXCHANGED) {
		even_at = odd_at;
		odd_at = part.at;
	}
	transform(s, re, im, (Part){ even_at, half, next }, way);
	transform(s, re + place, im + place, (Part){ odd_at, half, next }, way);
	put_together(s, re, im, part, way);
}

/* `numbers`: ROOM of re, then ROOM of im. */
static void make_transform(const void *problem, int way, double numbers[])
{
	const Samples *s = problem;
	double *re = numbers, *im = numbers + ROOM;
	for (int i = 0; i < 2 * ROOM; i++)
		numbers[i] = (double)s->before[i / ROOM][i % ROOM];
	if (way == UNTOUCHED)
		return;
	if (way == SWAPPED) {
		re = im;
		im = numbers;
	}
	transform(s, re, im, (Part){ 0, s->n, way == NO_STRIDE ? 1 : s->stride }, way);
	for (int k = 0; k < s->n; k++) {
		if (way == SCALED || way == INVERSE) {
			re[k] /= s->n;
			im[k] /= s->n;
		}
		if (way == RE_ONLY)
			im[k] = (double)s->before[1][k];
	}
}

#endif
