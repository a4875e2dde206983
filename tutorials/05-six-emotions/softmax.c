#include "tutorials/05-six-emotions/softmax.h"

#include <math.h>
#include <string.h>

/* [plain] */
void plain_softmax(float p[], const float z[], int classes)
{
	float sum = 0;
	for (int c = 0; c < classes; c++)
		sum += expf(z[c]);
	for (int c = 0; c < classes; c++)
		p[c] = expf(z[c]) / sum;
}
/* [/plain] */

/* [stable] */
static float largest_of(const float z[], int classes)
{
	float largest = z[0];
	for (int c = 1; c < classes; c++)
		largest = fmaxf(largest, z[c]);
	return largest;
}

void softmax(float p[], const float z[], int classes)
{
	float largest = largest_of(z, classes), sum = 0;
	for (int c = 0; c < classes; c++)
		sum += expf(z[c] - largest);
	for (int c = 0; c < classes; c++)
		p[c] = expf(z[c] - largest) / sum;
}
/* [/stable] */

/* [loss] */
float cross_entropy(const float z[], int target, int classes)
{
	float largest = largest_of(z, classes), sum = 0;
	for (int c = 0; c < classes; c++)
		sum += expf(z[c] - largest);
	return logf(sum) - (z[target] - largest);
}
/* [/loss] */

/* [gradient] */
void cross_entropy_gradient(float d_z[], const float p[], int target, int classes)
{
	for (int c = 0; c < classes; c++)
		d_z[c] = p[c];
	d_z[target] -= 1;
}
/* [/gradient] */

float measured_gradient(const float z[], int target, int classes, int c, float h)
{
	float up[16], down[16];
	memcpy(up, z, (size_t)classes * sizeof(float));
	memcpy(down, z, (size_t)classes * sizeof(float));
	up[c] += h;
	down[c] -= h;
	return (cross_entropy(up, target, classes) -
	               cross_entropy(down, target, classes)) /
	       (2 * h);
}
