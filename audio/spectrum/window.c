/* window.c: one formula for each shape; n counts samples, N is the length of the
 * window. */
#include "audio/spectrum/window.h"
#include "tensor/elementary.h"

static double hann(int n, int length)
{
	return 0.5 - 0.5 * double_cos(2 * PI * n / length);
}

static double hamming(int n, int length)
{
	return 0.54 - 0.46 * double_cos(2 * PI * n / length);
}

static double povey(int n, int length)
{
	return length == 1 ? 1 : double_pow(hann(n, length - 1), 0.85);
}

static double rectangle(int n, int length)
{
	(void)n;
	(void)length;
	return 1;
}

static const struct {
	const char *name;
	double (*at)(int n, int length);
} shapes[] = {
	[WINDOW_HANN] = { "hann", hann },
	[WINDOW_HAMMING] = { "hamming", hamming },
	[WINDOW_POVEY] = { "povey", povey },
	[WINDOW_RECTANGLE] = { "rectangle", rectangle },
};

const char *window_name(WindowShape shape)
{
	return shapes[shape].name;
}

void window_fill(real *window, int length, WindowShape shape)
{
	for (int n = 0; n < length; n++)
		window[n] = (real)shapes[shape].at(n, length);
}
