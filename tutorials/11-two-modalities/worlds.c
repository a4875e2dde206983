#include "tutorials/11-two-modalities/worlds.h"

#include <math.h>

static const float prior[2] = { 0.9f, 0.1f };   /* one in ten is angry */
static const float furious[2] = { 0.1f, 0.8f }; /* p(a = FURIOUS | y) */
static const float loud[2] = { 0.2f, 0.8f };    /* p(b = LOUD | y) */

/* [repeated] */
World world_repeated(float part)
{
	World world;
	for (int y = 0; y < 2; y++)
		for (int a = 0; a < 2; a++)
			for (int b = 0; b < 2; b++) {
				float of_a = a ? furious[y] : 1 - furious[y];
				float of_b = b ? loud[y] : 1 - loud[y];
				float repeated = a == b ? 1 : 0;
				world.share[y][a][b] =
				        prior[y] * of_a *
				        (part * repeated + (1 - part) * of_b);
			}
	return world;
}
/* [/repeated] */

World world_independent(void)
{
	return world_repeated(0);
}

World world_irony(void)
{
	World world;
	for (int y = 0; y < 2; y++)
		for (int a = 0; a < 2; a++)
			for (int b = 0; b < 2; b++)
				world.share[y][a][b] = (a != b) == y ? 0.25f : 0;
	return world;
}

static void to_sum_one(float p[2])
{
	const float sum = p[0] + p[1];
	p[0] /= sum;
	p[1] /= sum;
}

void world_prior(float p[2], const World *world)
{
	for (int y = 0; y < 2; y++)
		p[y] = world->share[y][0][0] + world->share[y][0][1] +
		       world->share[y][1][0] + world->share[y][1][1];
}

void world_words(float p[2], const World *world, int a)
{
	for (int y = 0; y < 2; y++)
		p[y] = world->share[y][a][SOFT] + world->share[y][a][LOUD];
	to_sum_one(p);
}

void world_voice(float p[2], const World *world, int b)
{
	for (int y = 0; y < 2; y++)
		p[y] = world->share[y][PLEASANT][b] + world->share[y][FURIOUS][b];
	to_sum_one(p);
}

void world_ask(float pa[2], float pb[2], float p_y[2], const World *world)
{
	world_prior(p_y, world);
	world_words(pa, world, FURIOUS);
	world_voice(pb, world, LOUD);
}

void world_both(float p[2], const World *world, int a, int b)
{
	for (int y = 0; y < 2; y++)
		p[y] = world->share[y][a][b];
	to_sum_one(p);
}

/* The loss where words a and voice b come together, as often as they do. */
static float loss_at(const World *world, const float p[2], int a, int b)
{
	float loss = 0;
	for (int y = 0; y < 2; y++)
		if (world->share[y][a][b] > 0)
			loss -= world->share[y][a][b] * logf(p[y]);
	return loss;
}

float world_loss(const World *world, Fuse *fuse)
{
	float loss = 0, p[2], pa[2], pb[2], classes[2];
	world_prior(classes, world);
	for (int a = 0; a < 2; a++)
		for (int b = 0; b < 2; b++) {
			world_words(pa, world, a);
			world_voice(pb, world, b);
			fuse(p, pa, pb, classes, 2);
			loss += loss_at(world, p, a, b);
		}
	return loss;
}

float world_least_loss(const World *world)
{
	float loss = 0, p[2];
	for (int a = 0; a < 2; a++)
		for (int b = 0; b < 2; b++) {
			world_both(p, world, a, b);
			loss += loss_at(world, p, a, b);
		}
	return loss;
}
