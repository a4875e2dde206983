#include "tutorials/11-two-modalities/fuse.h"

#include <math.h>

/* [mean] */
void fuse_mean(float p[], const float pa[], const float pb[], const float prior[], int C)
{
	(void)prior;
	fuse_weighted(p, pa, pb, 0.5f, C);
}

void fuse_weighted(float p[], const float pa[], const float pb[], float w, int C)
{
	for (int c = 0; c < C; c++)
		p[c] = w * pa[c] + (1 - w) * pb[c];
}
/* [/mean] */

static void divide_by_sum(float p[], int C)
{
	float sum = 0;
	for (int c = 0; c < C; c++)
		sum += p[c];
	for (int c = 0; c < C; c++)
		p[c] /= sum;
}

/* [product] */
void fuse_product(
        float p[], const float pa[], const float pb[], const float prior[], int C)
{
	for (int c = 0; c < C; c++)
		p[c] = pa[c] * pb[c] / prior[c];
	divide_by_sum(p, C);
}
/* [/product] */

void fuse_undivided(
        float p[], const float pa[], const float pb[], const float prior[], int C)
{
	(void)prior;
	for (int c = 0; c < C; c++)
		p[c] = pa[c] * pb[c];
	divide_by_sum(p, C);
}

float log_of_sum(const float z[], int C)
{
	float most = z[0], sum = 0;
	for (int c = 1; c < C; c++)
		most = fmaxf(most, z[c]);
	for (int c = 0; c < C; c++)
		sum += expf(z[c] - most);
	return most + logf(sum);
}

/* [logits] */
void fuse_logits(
        float log_p[], const float za[], const float zb[], const float prior[], int C)
{
	for (int c = 0; c < C; c++)
		log_p[c] = za[c] + zb[c] - logf(prior[c]);
	float log_sum = log_of_sum(log_p, C);
	for (int c = 0; c < C; c++)
		log_p[c] -= log_sum;
}
/* [/logits] */

/* [gradient] */
void fuse_gradient(float d_za[], float d_zb[], const float log_p[], int target, int C)
{
	for (int c = 0; c < C; c++) {
		float d = expf(log_p[c]) - (c == target); /* p - y */
		d_za[c] += d;
		d_zb[c] += d;
	}
}
/* [/gradient] */

static float loss_of(
        const float za[], const float zb[], const float prior[], int target, int C)
{
	float log_p[16];
	fuse_logits(log_p, za, zb, prior, C);
	return -log_p[target];
}

float fuse_measured(float z[], int c, const float za[], const float zb[],
        const float prior[], int target, int C)
{
	const float h = 0.01f, kept = z[c];
	z[c] = kept + h;
	float up = loss_of(za, zb, prior, target, C);
	z[c] = kept - h;
	float down = loss_of(za, zb, prior, target, C);
	z[c] = kept;
	return (up - down) / (2 * h);
}
