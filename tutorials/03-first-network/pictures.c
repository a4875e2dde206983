#include "tutorials/03-first-network/pictures.h"
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <string.h>

void draw_neuron(Lesson *lesson, const Network *net, const Sentence *s)
{
	float z = network_forward(net, s->x, NULL);
	Network grad = { 0 };
	network_backward(net, &grad, s);
	const float *w = net->v, *x = s->x;
	const double dz = (double)grad.b;
	const DrawNode nodes[] = {
		{ .name = "words", .value = (double)x[WORDS], .gradient = (double)NAN },
		{ .name = "w1",
		        .value = (double)w[WORDS],
		        .gradient = (double)grad.v[WORDS] },
		{ .name = "w2",
		        .value = (double)w[LOUD],
		        .gradient = (double)grad.v[LOUD] },
		{ .name = "loud", .value = (double)x[LOUD], .gradient = (double)NAN },
		{ .name = "b", .value = (double)net->b, .gradient = dz },
		{ .name = "w1 words",
		        .value = (double)(w[WORDS] * x[WORDS]),
		        .gradient = dz,
		        .inputs = 2,
		        .input = { 0, 1 },
		        .local = { "w1", "words" } },
		{ .name = "w2 loud",
		        .value = (double)(w[LOUD] * x[LOUD]),
		        .gradient = dz,
		        .inputs = 2,
		        .input = { 2, 3 },
		        .local = { "loud", "w2" } },
		{ .name = "z = sum",
		        .value = (double)z,
		        .gradient = dz,
		        .inputs = 3,
		        .input = { 5, 6, 4 },
		        .local = { "1", "1", "1" } },
		{ .name = "loss",
		        .value = (double)loss_of(z, s->angry),
		        .gradient = 1,
		        .inputs = 1,
		        .input = { 7 },
		        .local = { "p - t" } },
	};
	lesson_drawing(lesson, "neuron",
	        draw_graph(lesson_arena(lesson),
	                &(DrawGraph){ .title = "One neuron and its loss, after one step",
	                        .description =
	                                "Two numbers times two weights and a bias give z; z "
	                                "gives the loss. Back from the loss comes p - t.",
	                        .count = 9,
	                        .nodes = nodes,
	                        .decimals = 2,
	                        .values = true,
	                        .gradients = true }));
}

void draw_corners_of(Lesson *lesson, const Spoken said[SAID])
{
	Drawing *d = drawing_new(lesson_arena(lesson), "Four corners, and a line",
	        "Two angry sentences lie at opposite corners, two glad ones at the others. "
	        "A line cuts off one angry corner; the other stays among the glad ones.");
	for (int s = FURIOUS_PLAINLY; s < SAID; s++) {
		const Sentence *at = &said[s].sentence;
		const bool angry = at->angry > 0;
		draw_card(d, at->x[WORDS] > 0 ? 260 : 0, at->x[LOUD] > 0 ? 0 : 215,
		        angry ? DRAW_GRADIENT : DRAW_VALUE,
		        arena_format(lesson_arena(lesson),
		                "%s\n%.*s\n%s voice\n(%.0f, %.2f)",
		                angry ? "ANGRY" : "glad", (int)strcspn(said[s].text, ","),
		                said[s].text, said[s].voice, (double)at->x[WORDS],
		                (double)at->x[LOUD]));
		drawing_say(d, "  %-5s  words %2.0f, loud %5.2f  %s",
		        angry ? "ANGRY" : "glad", (double)at->x[WORDS],
		        (double)at->x[LOUD], said[s].voice);
	}
	draw_line(d, DRAW_STRONG, (DrawLine){ 140, 0, 385, 210, .head = false });
	draw_line(d, DRAW_PLAIN, (DrawLine){ 0, 335, 130, 335, .head = true });
	draw_small(d, 140, 335, DRAW_BEGIN, DRAW_PLAIN, "words: more pleasant");
	draw_line(d, DRAW_PLAIN, (DrawLine){ -20, 305, -20, 150, .head = true });
	draw_small(d, -20, 135, DRAW_BEGIN, DRAW_PLAIN, "louder");
	draw_key(d, DRAW_STRONG, true, "a line: three corners are right, one is not");
	draw_key(d, DRAW_GRADIENT, false, "angry");
	draw_key(d, DRAW_VALUE, false, "glad");
	drawing_say(d,
	        "  A line cuts off one angry corner. The other stays on the glad side.");
	lesson_drawing(lesson, "corners", d);
}

void draw_by_hand(Lesson *lesson, const Network *net, const Sentence *s)
{
	static const char *const in[] = { "words", "loud" }, *const out[] = { "z" };
	static const char *const units[] = { "h1", "h2", "h3", "h4" };
	enum { UNITS = 4 };
	real w[UNITS * FEATURES], v[UNITS], x[FEATURES], hidden[UNITS];
	float h[MOST_HIDDEN];
	real answer = network_forward(net, s->x, h);
	for (int j = 0; j < UNITS; j++) {
		hidden[j] = h[j];
		v[j] = net->v[j];
		for (int k = 0; k < FEATURES; k++)
			w[j * FEATURES + k] = net->w[j][k];
	}
	for (int k = 0; k < FEATURES; k++)
		x[k] = s->x[k];
	const DrawLayer layers[] = {
		{ .name = "features", .units = FEATURES, .names = in, .values = x },
		{ .name = "hidden layer",
		        .units = UNITS,
		        .names = units,
		        .values = hidden,
		        .weights = tensor_view(w, SHAPE(UNITS, FEATURES)) },
		{ .name = "last neuron",
		        .units = 1,
		        .names = out,
		        .values = &answer,
		        .weights = tensor_view(v, SHAPE(1, UNITS)) }
	};
	lesson_drawing(lesson, "network",
	        draw_network(lesson_arena(lesson),
	                &(DrawNetwork){ .title = "\"Luckily\", said ironically",
	                        .description =
	                                "Two features go to four hidden units, and these to "
	                                "the last neuron. h1 and h3 are above 0.",
	                        .layers = 3,
	                        .layer = layers,
	                        .decimals = 2 }));
}

/* What the network says everywhere in the plane, and a set of sentences on it. */
void picture(Lesson *lesson, const char *name, const char *title, const Network *net,
        Sentences set)
{
	enum { SIZE = 40, MOST = 200 };
	Arena *arena = lesson_arena(lesson);
	Tensor field = tensor_new(arena, SHAPE(SIZE, SIZE));
	real x[2][MOST], y[2][MOST];
	int count[2] = { 0, 0 };
	for (int i = 0; i < SIZE * SIZE; i++) {
		const float place[FEATURES] = {
			[WORDS] = 4 * (2 * (float)(i % SIZE) / (SIZE - 1) - 1),
			[LOUD] = 4 * (2 * (float)(i / SIZE) / (SIZE - 1) - 1)
		};
		float h[MOST_HIDDEN], z = network_forward(net, place, h);
		field.data[i] = (real)exp(-(double)loss_of(z, 1));
	}
	for (int i = 0; i < set.count; i++) {
		const Sentence *s = &set.items[i];
		int angry = s->angry > 0;
		/* a little to the side, so that equal ratings do not hide each other */
		x[angry][count[angry]] = s->x[WORDS] + 0.07f * (float)(i % 7 - 3);
		y[angry][count[angry]++] = s->x[LOUD];
	}
	const PlotSeries points[] = { { .name = "glad",
		                              .mark = PLOT_POINTS,
		                              .count = count[0],
		                              .x = x[0],
		                              .y = y[0] },
		{ .name = "angry",
		        .mark = PLOT_POINTS,
		        .count = count[1],
		        .x = x[1],
		        .y = y[1] } };
	const PlotChart chart = { .title = title,
		.x = "words: rating",
		.y = "loud: 2 dB each",
		.count = 2,
		.series = points,
		.field = field,
		.field_name = "p(angry)",
		.field_x = { -4, 4 },
		.field_y = { -4, 4 } };
	lesson_chart(lesson, name, &chart);
}

void draw_overfitting(Lesson *lesson, const Long runs[])
{
	real own[LOOKS] = { 0 }, other[LOOKS] = { 0 };
	for (int at = 0; at < LOOKS; at++)
		for (int s = 0; s < SEEDS; s++) {
			own[at] += runs[s].own[at] / SEEDS;
			other[at] += runs[s].other[at] / SEEDS;
		}
	const PlotSeries series[] = { { .name = "40 sentences, 8 with the wrong target",
		                              .count = LOOKS,
		                              .x = runs[0].epoch,
		                              .y = own },
		{ .name = "validation set",
		        .count = LOOKS,
		        .x = runs[0].epoch,
		        .y = other } };
	lesson_curves(lesson, "overfitting", "It learns, and then it learns the mistakes",
	        "epoch", "loss, mean of 10 seeds", 2, series);
}
