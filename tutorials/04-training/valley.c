#include "tutorials/04-training/valley.h"
#include "tutorials/04-training/train.h"

#include <math.h>

/* [valley] */
float valley_loss(const float w[2])
{
	return (w[0] * w[0] + 20 * w[1] * w[1]) / 2;
}

void valley_gradient(float g[2], const float w[2])
{
	g[0] = w[0];
	g[1] = 20 * w[1];
}
/* [/valley] */

void valley_path(Arena *arena, Path *path, const char *optimiser, float rate)
{
	Stepper *stepper = stepper_new(arena, optimiser, 2);
	float *w = stepper_parameters(stepper);
	w[0] = 10;
	w[1] = 1;
	for (int i = 0; i <= VALLEY_STEPS; i++) {
		path->x[i] = w[0];
		path->y[i] = w[1];
		valley_gradient(stepper_gradients(stepper), w);
		stepper_step(stepper, rate);
	}
}

void valley_draw(Lesson *lesson, const Path paths[3], const char *const names[3])
{
	enum { ROWS = 31, COLUMNS = 41 };
	const real from[2] = { -4, -1.5f }, to[2] = { 11, 1.5f };
	Tensor field = tensor_new(lesson_arena(lesson), SHAPE(ROWS, COLUMNS));
	for (int r = 0; r < ROWS; r++)
		for (int c = 0; c < COLUMNS; c++) {
			float w[2] = { from[0] + (to[0] - from[0]) * (float)c /
				                         (COLUMNS - 1),
				from[1] + (to[1] - from[1]) * (float)r / (ROWS - 1) };
			field.data[r * COLUMNS + c] = sqrtf(valley_loss(w) / 85);
		}
	PlotSeries series[3];
	for (int i = 0; i < 3; i++)
		series[i] = (PlotSeries){ .name = names[i],
			.count = VALLEY_STEPS + 1,
			.x = paths[i].x,
			.y = paths[i].y };
	const PlotChart chart = { .title = "Forty steps down a valley",
		.x = "x",
		.y = "y",
		.count = 3,
		.series = series,
		.field = field,
		.field_name = "loss",
		.field_x = { from[0], to[0] },
		.field_y = { from[1], to[1] } };
	lesson_chart(lesson, "valley", &chart);
}
