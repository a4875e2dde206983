/* Chapter 4: training that works. A deep network that never learns, and what is wrong with
 * it: optimisers on a valley of two parameters, gradients that vanish, first weights, long
 * gradients, the learning rate over time, and what to try when nothing works. The network
 * stands in deep.c, a training run in train.c, the valley in valley.c. */
#include "tutorials/04-training/trials.h"
#include "tutorials/04-training/valley.h"
#include "tutorials/draw/drawings.h"

#include <math.h>
#include <string.h>

static const Plan stuck = { .layers = 5,
	.activation = SIGMOID,
	.start = XAVIER,
	.optimiser = "sgd",
	.rate = 0.1f,
	.batch = BATCH,
	.epochs = EPOCHS };
static const Plan good = { .layers = 5,
	.activation = RELU,
	.start = HE,
	.optimiser = "adam",
	.rate = 0.003f,
	.batch = BATCH,
	.epochs = EPOCHS };

/* --- the question ----------------------------------------------------------------------- */

static void the_question(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "A network that does not learn");
	real losses[2][EPOCHS + 1];
	settings(lesson, "network A", &stuck);
	train(lesson_arena(lesson), &stuck, sets, 1, losses[0]);
	settings(lesson, "network B", &good);
	train(lesson_arena(lesson), &good, sets, 1, losses[1]);
	const PlotSeries series[] = {
		{ .name = "A", .count = EPOCHS + 1, .y = losses[0] },
		{ .name = "B", .count = EPOCHS + 1, .y = losses[1] }
	};
	lesson_curves(lesson, "stuck", "Two networks of the same size learn irony",
	        "epochs, from 1: before the first", "training loss", 2, series);
	lesson_number(lesson, "loss-a", "A, loss at the end", "%.3f",
	        (double)losses[0][EPOCHS]);
	lesson_number(lesson, "loss-b", "B, loss at the end", "%.3f",
	        (double)losses[1][EPOCHS]);
	lesson_number(lesson, "parameters", "parameters of each", "%.0f",
	        (double)deep_count(stuck.layers));
	lesson_look(lesson, "loss of A, and of B, after each epoch",
	        tensor_view(losses[0], SHAPE(2, EPOCHS + 1)));
	lesson_point(lesson, "The same size, the same sentences, and A stays at log 2.");
}

/* --- a valley --------------------------------------------------------------------------- */

static void a_valley(Lesson *lesson)
{
	lesson_section(lesson, "The learning rate, in a valley");
	static const Choice choices[] = {
		{ "it takes twenty small steps towards 0",
		        "A step takes 0.11 times 20 = 2.2 of y away. That is more than all of it." },
		{ "it reaches 0 in one step, and stays",
		        "That would be so at rate 0.05, where a step takes 20 times 0.05 = 1 of y "
		        "away." },
		{ "it jumps from side to side, and further each time",
		        "Each step multiplies y by 1 - 2.2 = -1.2. After twenty steps it is 38 times "
		        "as far away." }
	};
	lesson_predict_choice(lesson,
	        "y starts at 1, and the rate is 0.11. What does y do in the next steps?",
	        3, choices, 2);
	static const float rates[] = { 0.01f, 0.05f, 0.09f, 0.11f };
	static const char *const keys[] = { "rate-1", "rate-2", "rate-3", "rate-4" };
	lesson_say(lesson, "  after 20 steps from (10, 1):");
	for (int r = 0; r < 4; r++) {
		float w[2] = { 10, 1 }, g[2];
		for (int i = 0; i < 20; i++) {
			valley_gradient(g, w);
			for (int k = 0; k < 2; k++)
				w[k] -= rates[r] * g[k];
		}
		const char *what = arena_format(lesson_arena(lesson),
		        "rate %.2f: x = %6.3f, y = %7.3f, loss", (double)rates[r],
		        (double)w[0], (double)w[1]);
		lesson_number(lesson, keys[r], what, "%.3f", (double)valley_loss(w));
	}
	lesson_point(lesson, "y sets the limit of the rate, and x pays for it.");
}

static void momentum(Lesson *lesson)
{
	lesson_section(lesson, "Momentum");
	lesson_predict_number(lesson,
	        "The gradient is 1 in every step, and u = 0.9. What does the velocity come to?",
	        10, 0.05,
	        "Each step keeps 0.9 of it and adds 1. At 10 it loses 1 and gains 1.");
	float v = 0;
	for (int i = 1; i <= 50; i++) {
		v = 0.9f * v + 1;
		if (i <= 3 || i == 50)
			lesson_number(lesson,
			        arena_format(lesson_arena(lesson), "velocity-%d", i),
			        arena_format(lesson_arena(lesson),
			                "velocity after step %d", i),
			        "%.3f", (double)v);
	}
	const DrawNode nodes[] = { { .name = "v", .note = "1.9" },
		{ .name = "g", .note = "1" },
		{ .name = "v = 0.9 v + g",
		        .note = "2.71",
		        .inputs = 2,
		        .input = { 0, 1 } },
		{ .name = "w", .note = "5" },
		{ .name = "w = w - 0.1 v",
		        .note = "4.729",
		        .inputs = 2,
		        .input = { 3, 2 },
		        .style = DRAW_STRONG } };
	lesson_drawing(lesson, "momentum",
	        draw_graph(lesson_arena(lesson),
	                &(DrawGraph){ .title = "One step with momentum",
	                        .description =
	                                "The old velocity 1.9 and the gradient 1 make the "
	                                "velocity 2.71, which moves w from 5 to 4.729.",
	                        .count = 5,
	                        .nodes = nodes }));
	lesson_point(
	        lesson, "What stays the same adds up; what changes its sign cancels.");
}

/* --- Adam ------------------------------------------------------------------------------- */

static double first_step(Lesson *lesson, float gradient)
{
	Stepper *stepper = stepper_new(lesson_arena(lesson), "adam", 1);
	stepper_gradients(stepper)[0] = gradient;
	stepper_step(stepper, 0.01f);
	return -(double)stepper_parameters(stepper)[0];
}

static void adam(Lesson *lesson)
{
	lesson_section(lesson, "Adam");
	static const Choice choices[] = {
		{ "100000 times as far",
		        "That is how plain gradient descent moves. Adam divides by the size of "
		        "the gradient." },
		{ "about 316 times as far",
		        "The root is taken of the square of the gradient, which "
		        "gives the gradient's own size back." },
		{ "the same way",
		        "The mean is g, the root of the mean square is the size of g, and "
		        "their ratio is 1: one rate." }
	};
	lesson_predict_choice(lesson,
	        "Gradient 0.001 or gradient 100: how far does the second go in Adam's first step?",
	        3, choices, 2);
	lesson_number(lesson, "adam-small", "first step for gradient 0.001", "%.5f",
	        first_step(lesson, 0.001f));
	lesson_number(lesson, "adam-large", "first step for gradient 100", "%.5f",
	        first_step(lesson, 100));
	lesson_predict_number(lesson,
	        "Without the two corrections, how many times the rate is the first step?",
	        0.1 / sqrt(0.001), 0.05,
	        "The mean is 0.1 g, the root of the mean square is 0.0316 g, and 0.1 / 0.0316 is "
	        "3.16.");
	static Path paths[3];
	static const char *const names[] = { "sgd", "momentum", "adam" };
	static const float rates[] = { 0.05f, 0.02f, 0.5f };
	for (int i = 0; i < 3; i++) {
		valley_path(lesson_arena(lesson), &paths[i], names[i], rates[i]);
		float w[2] = { paths[i].x[VALLEY_STEPS], paths[i].y[VALLEY_STEPS] };
		lesson_number(lesson,
		        arena_format(lesson_arena(lesson), "valley-%s", names[i]),
		        arena_format(lesson_arena(lesson),
		                "%s, rate %g, loss after 40 steps", names[i],
		                (double)rates[i]),
		        "%.4f", (double)valley_loss(w));
	}
	valley_draw(lesson, paths, names);
	lesson_point(lesson,
	        "Three ways down: straight along y first, in a curve, and diagonally.");
}

/* --- vanishing gradients ---------------------------------------------------------------- */

static void vanishing(Lesson *lesson, Sentences set)
{
	lesson_section(lesson, "Gradients that vanish");
	static const Choice choices[] = {
		{ "to about one half",
		        "The slope of the sigmoid is at most 1/4, not 1/2, and it "
		        "comes in five times." },
		{ "to about one twentieth",
		        "Five times 1/4 is not what happens: the slopes are "
		        "multiplied, not added." },
		{ "to about one thousandth or less",
		        "(1/4)^5 is 1/1024. The weights, which are smaller than 1, take more." }
	};
	lesson_predict_choice(lesson,
	        "Five sigmoids lie between the last layer and the first. To what share does the "
	        "gradient shrink?",
	        3, choices, 2);
	static const char *const layers[] = { "A, layer 1", "A, layer 2", "A, layer 3",
		"A, layer 4", "A, layer 5", "A, the last", "B, layer 1", "B, layer 2",
		"B, layer 3", "B, layer 4", "B, layer 5", "B, the last" };
	enum { BARS = 12, EACH = BARS / 2 };
	const Plan *const plans[] = { &stuck, &good };
	real norm[2 * MOST_LAYERS];
	for (int p = 0; p < 2; p++) {
		norms(lesson, plans[p], set, norm + p * EACH);
		lesson_number(lesson, p ? "kept" : "vanishing",
		        p ? "B: length of layer 1's gradient over the last's"
		          : "A: length of layer 1's gradient over the last's",
		        "%.4f", (double)(norm[p * EACH] / norm[p * EACH + EACH - 1]));
	}
	for (int l = 0; l < BARS; l++)
		norm[l] = (real)log10((double)norm[l]);
	lesson_drawing(lesson, "vanishing",
	        draw_bars(lesson_arena(lesson),
	                &(DrawBars){
	                        .title =
	                                "Length of each layer's gradient, as a power of ten",
	                        .description =
	                                "A bar a layer, network A and network B. The "
	                                "further a bar goes to the left, the smaller "
	                                "the gradient.",
	                        .count = BARS,
	                        .decimals = 2,
	                        .names = layers,
	                        .values = norm }));
	lesson_number(lesson, "check",
	        "B, gradient against two losses, largest difference", "%.1e",
	        deep_gradient_error(
	                deep_new(lesson_arena(lesson), &good, 1), &set.items[0]));
	lesson_look(lesson, "lengths of A and of B, as powers of ten",
	        tensor_view(norm, SHAPE(2, EACH)));
	lesson_point(
	        lesson, "Both gradients are right. One is too small to move anything.");
}

/* --- first weights ---------------------------------------------------------------------- */

static void first_weights(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "First weights");
	static const Choice choices[] = {
		{ "all of them",
		        "A weight's gradient is the unit below times da. The units are 0." },
		{ "none",
		        "The last bias does not depend on any unit: its gradient is p - t." },
		{ "the last bias alone",
		        "All units are 0, so no weight of the last layer moves; and all weights are "
		        "0, so nothing reaches the layers below." }
	};
	lesson_predict_choice(lesson,
	        "All weights and biases are 0, and the units are relu. Which parameters move in "
	        "the first step?",
	        3, choices, 2);
	static const Start starts[] = { ZEROS, LARGE, XAVIER, HE };
	for (int i = 0; i < 4; i++) {
		Plan plan = good;
		plan.start = starts[i];
		plan.optimiser = "sgd";
		plan.rate = 0.03f;
		settings(lesson, start_names[starts[i]], &plan);
		Trial trial = trial_of(lesson, &plan, sets);
		lesson_spread(lesson,
		        arena_format(
		                lesson_arena(lesson), "start-%s", start_names[starts[i]]),
		        "accuracy on the test set", "%.3f", SEEDS, trial.accuracy);
	}
	lesson_point(lesson,
	        "Only what keeps the size of the numbers from layer to layer learns.");
}

/* --- long gradients, and the rate over time --------------------------------------------- */

static void clip_and_schedule(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "Clipping and schedules");
	lesson_predict_number(lesson,
	        "The gradient is (3, 4), and the longest that is let through is 1. What is its "
	        "first number after clipping?",
	        0.6, 0.001, "Its length is 5. All numbers are divided by 5.");
	float g[2] = { 3, 4 };
	lesson_number(
	        lesson, "length", "length of (3, 4)", "%.1f", (double)clip(g, 2, 1));
	lesson_number(lesson, "clipped", "first number, clipped to length 1", "%.1f",
	        (double)g[0]);
	enum { STEPS = 100 };
	real rates[STEPS];
	for (int i = 0; i < STEPS; i++)
		rates[i] = rate_at(0.1f, i, STEPS);
	const PlotSeries series = { .count = STEPS, .y = rates };
	lesson_curves(lesson, "schedule", "Warm-up, then down along a cosine", "step",
	        "learning rate", 1, &series);
	static const struct {
		const char *name, *optimiser;
		float clip;
		bool schedule;
	} runs[] = { { "momentum", "momentum", 0, false },
		{ "momentum-clipped", "momentum", 1, false },
		{ "adam", "adam", 0, false }, { "adam-scheduled", "adam", 0, true } };
	for (int i = 0; i < 4; i++) {
		Plan plan = good;
		plan.optimiser = runs[i].optimiser;
		plan.rate = 0.1f;
		plan.clip = runs[i].clip;
		plan.schedule = runs[i].schedule;
		settings(lesson, runs[i].name, &plan);
		Trial trial = trial_of(lesson, &plan, sets);
		lesson_spread(lesson,
		        arena_format(lesson_arena(lesson), "run-%s", runs[i].name),
		        "accuracy on the test set", "%.3f", SEEDS, trial.accuracy);
	}
	lesson_look_floats(lesson, "(3, 4), clipped", 1, 2, g);
	lesson_look(lesson, "rates of the schedule", tensor_view(rates, SHAPE(1, STEPS)));
	lesson_point(lesson, "A rate that is too high, made bearable in two ways.");
}

/* --- one batch first -------------------------------------------------------------------- */

static void one_batch(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "Overfit one batch first");
	Sets one = *sets;
	one.train.count = BATCH;
	const Plan *const plans[] = { &stuck, &good };
	static const char *const names[] = { "network A", "network B" }, *const keys[] = {
		"batch-a", "batch-b"
	};
	for (int p = 0; p < 2; p++) {
		Plan plan = *plans[p];
		plan.epochs = 500;
		real losses[501];
		settings(lesson, names[p], &plan);
		train(lesson_arena(lesson), &plan, &one, 1, losses);
		lesson_number(lesson, keys[p], "loss of the eight sentences at the end",
		        "%.4f", (double)losses[500]);
	}
	lesson_point(lesson,
	        "A cannot even learn eight sentences by heart: more data will not help.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "04-training", "Training that works");
	Sets sets;
	sentences_make(
	        lesson_arena(lesson), "irony", &sets.train, &sets.validation, &sets.test);
	the_question(lesson, &sets);
	a_valley(lesson);
	momentum(lesson);
	adam(lesson);
	vanishing(lesson, sets.train);
	first_weights(lesson, &sets);
	clip_and_schedule(lesson, &sets);
	one_batch(lesson, &sets);
	the_experiment(lesson, &good, &sets);
	return lesson_end(lesson);
}
