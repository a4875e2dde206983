/* Chapter 3: the first network. Logistic regression, then two layers, on eighteen numbers of a voice. What
 * is trained, and how, stands in network.c; where the numbers come from, in voices.c. */
#include "autograd/ops.h"
#include "tutorials/03-first-network/network.h"
#include "tutorials/lesson.h"

enum { EACH = 40, EACH_VALIDATION = 80, FEW = 24, HIDDEN = 32, SEEDS = 10 };

typedef struct Data {
	Voices train, validation;
	real ours[VOICE_FEATURES]; /* the utterance of all chapters */
} Data;

static Data look_at_the_data(Lesson *lesson)
{
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "The data");
	Corpus corpus = voices_corpus(arena);
	Data d = { voices_of(arena, &corpus, SPLIT_TRAIN, EACH),
		voices_of(arena, &corpus, SPLIT_VALIDATION, EACH_VALIDATION), { 0 } };
	voices_utterance(arena, d.ours);
	lesson_say(lesson, "From %s. Our utterance, in some of its eighteen numbers:",
	        corpus.source);
	static const VoiceFeature shown[] = { VOICE_PITCH_LEVEL, VOICE_ENERGY_LEVEL,
		VOICE_SHIMMER, VOICE_ALPHA };
	for (int k = 0; k < 4; k++)
		lesson_say(lesson, "  %-13s %8.2f %-3s %s", voice_label(shown[k]).name,
		        (double)d.ours[shown[k]], voice_label(shown[k]).unit,
		        voice_label(shown[k]).meaning);
	voices_standardise(&d.train, &d.validation, d.ours);
	lesson_number(
	        lesson, "train", "voices to learn from", "%.0f", d.train.x.shape[0]);
	lesson_number(lesson, "validation", "voices of others", "%.0f",
	        d.validation.x.shape[0]);
	lesson_point(lesson, "Each column now has mean 0 and deviation 1.");
	return d;
}

static double says_of(Arena *arena, const Network *net, const real ours[])
{
	Tape tape = tape_new(arena);
	Tensor x = tensor_from(arena, ours, VOICE_FEATURES, SHAPE(1, VOICE_FEATURES));
	Var *z = logits(net, &tape, tape_constant(&tape, x, "ours"));
	return (double)op_sigmoid(&tape, z)->value.data[0];
}

static void logistic(Lesson *lesson, const Data *d)
{
	enum { EPOCHS = 60 };
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "Logistic regression");
	Network net = network_new(arena, VOICE_FEATURES, 0, 1);
	lesson_predict_number(lesson,
	        "All weights are 0, so it says 1/2 to everybody. Its loss, -log(1/2)?",
	        0.693147, 0.01,
	        "The natural logarithm of 2, what a coin costs who knows nothing.");
	lesson_number(lesson, "coin", "loss at first", "%.4f",
	        (double)score_of(&net, d->train).loss);
	real whole[EPOCHS], small[SEEDS][EPOCHS];
	Plan plan = { EPOCHS, 2 * EACH, (real)0.1, 1 };
	train(&net, plan, d->train, whole, d->validation, NULL);
	lesson_number(lesson, "whole", "60 steps", "%.4f", (double)whole[EPOCHS - 1]);
	static const Choice batches[] = {
		{ "about as far", "It takes ten steps where the other takes one." },
		{ "further", "A few voices point nearly the same way as all of them." },
		{ "less far", "Eight voices are noisy, but ten steps outweigh that." }
	};
	lesson_predict_choice(lesson,
	        "Batches of 8: ten steps an epoch. How far does the loss fall?", 3,
	        batches, 1);
	double last[SEEDS], right[SEEDS], loss[SEEDS], ours[SEEDS];
	plan.batch = 8;
	for (int s = 0; s < SEEDS; s++) {
		plan.seed = (uint64_t)s + 1;
		net = network_new(arena, VOICE_FEATURES, 0, plan.seed);
		train(&net, plan, d->train, small[s], d->validation, NULL);
		Score score = score_of(&net, d->validation);
		last[s] = (double)small[s][EPOCHS - 1];
		right[s] = (double)score.right;
		loss[s] = (double)score.loss;
		ours[s] = says_of(arena, &net, d->ours);
	}
	const PlotSeries series[] = {
		{ .name = "all in a step", .count = EPOCHS, .y = whole },
		{ .name = "8 in a step", .count = EPOCHS, .y = small[0] }
	};
	lesson_curves(lesson, "batches", "The same epochs, the same rate", "epoch",
	        "training loss (nats)", 2, series);
	lesson_say(lesson, "Ten orders of the voices, mean ± deviation (least to most):");
	lesson_spread(lesson, "small", "600 steps", "%.4f", SEEDS, last);
	lesson_spread(lesson, "right", "right on others", "%.3f", SEEDS, right);
	lesson_spread(lesson, "logistic-loss", "loss on others", "%.3f", SEEDS, loss);
	lesson_spread(lesson, "ours", "p(ours)", "%.3f", SEEDS, ours);
	lesson_point(lesson, "A weighted sum of eighteen numbers, and it hears anger.");
}

static Tensor field_of(Arena *arena, const Network *net, int size, real reach)
{
	Tensor grid = tensor_new(arena, SHAPE(size * size, 2));
	for (int i = 0; i < size * size; i++) {
		grid.data[2 * i] =
		        reach * (real)(2 * (i % size) - size + 1) / (real)(size - 1);
		grid.data[2 * i + 1] =
		        reach * (real)(2 * (i / size) - size + 1) / (real)(size - 1);
	}
	Tape tape = tape_new(arena);
	tape.recording = false;
	Var *p =
	        op_sigmoid(&tape, logits(net, &tape, tape_constant(&tape, grid, "grid")));
	return tensor_reshape(p->value, SHAPE(size, size));
}

static void picture(
        Lesson *lesson, const char *name, const char *title, const Network *net, Voices v)
{
	enum { MOST = 200 };
	real x[2][MOST], y[2][MOST];
	int count[2] = { 0, 0 };
	for (int i = 0; i < v.x.shape[0]; i++) {
		int angry = v.sign.data[i] > 0;
		x[angry][count[angry]] = v.x.data[2 * i];
		y[angry][count[angry]++] = v.x.data[2 * i + 1];
	}
	const PlotSeries points[] = { { .name = "not",
		                              .mark = PLOT_POINTS,
		                              .count = count[0],
		                              .x = x[0],
		                              .y = y[0] },
		{ .name = "angry",
		        .mark = PLOT_POINTS,
		        .count = count[1],
		        .x = x[1],
		        .y = y[1] } };
	PlotChart chart = { .title = title,
		.x = "how high (deviations)",
		.y = "how loud (deviations)",
		.count = 2,
		.series = points };
	chart.field = field_of(lesson_arena(lesson), net, 40, 3);
	chart.field_name = "p(angry)";
	chart.field_x[0] = chart.field_y[0] = -3;
	chart.field_x[1] = chart.field_y[1] = 3;
	lesson_chart(lesson, name, &chart);
}

static void two_layers(Lesson *lesson, const Data *d)
{
	enum { EPOCHS = 500 };
	static const char *const names[] = { "line", "curve" };
	static const char *const titles[] = { "Logistic regression, from two numbers",
		"Two layers, 32 hidden units" };
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "A second layer");
	Voices v = voices_two(arena, d->train), others = voices_two(arena, d->validation);
	static const Choice border[] = {
		{ "any curve", "It is where w . x + b = 0: that has no bend." },
		{ "a straight line", "It is where w . x + b = 0, whatever the weights." }
	};
	double own[2][SEEDS], other[2][SEEDS];
	real losses[EPOCHS];
	for (int curved = 0; curved < 2; curved++) {
		for (int s = 0; s < SEEDS; s++) {
			Plan plan = { EPOCHS, 8, curved ? (real)0.5 : (real)0.1,
				(uint64_t)s + 1 };
			Network net =
			        network_new(arena, 2, curved ? HIDDEN : 0, plan.seed);
			train(&net, plan, v, losses, others, NULL);
			own[curved][s] = (double)score_of(&net, v).loss;
			other[curved][s] = (double)score_of(&net, others).loss;
			if (s == 0)
				picture(lesson, names[curved], titles[curved], &net, v);
		}
		if (!curved)
			lesson_predict_choice(
			        lesson, "What can its border be?", 2, border, 1);
	}
	lesson_say(lesson, "The loss, from ten first weights and orders:");
	lesson_spread(lesson, "line-own", "line, its own", "%.3f", SEEDS, own[0]);
	lesson_spread(lesson, "curve-own", "curve, its own", "%.3f", SEEDS, own[1]);
	lesson_spread(lesson, "line-other", "line, others", "%.3f", SEEDS, other[0]);
	lesson_spread(lesson, "curve-other", "curve, others", "%.3f", SEEDS, other[1]);
	lesson_point(lesson, "Who fits its own voices better? And the others?");
}

enum { LONG = 300 }; /* epochs */

/* The mean of ten runs; and how far they lie apart, every fiftieth epoch. */
static void draw_overfitting(
        Lesson *lesson, real own[SEEDS][LONG], real others[SEEDS][LONG])
{
	enum { BARS = LONG / 50 };
	real mean[2][LONG], at[BARS], middle[BARS], low[BARS], high[BARS];
	for (int e = 0; e < LONG; e++) {
		int bar = e / 50;
		mean[0][e] = mean[1][e] = 0;
		low[bar] = high[bar] = others[0][e];
		for (int s = 0; s < SEEDS; s++) {
			mean[0][e] += own[s][e] / SEEDS;
			mean[1][e] += others[s][e] / SEEDS;
			low[bar] = others[s][e] < low[bar] ? others[s][e] : low[bar];
			high[bar] = others[s][e] > high[bar] ? others[s][e] : high[bar];
		}
		at[bar] = (real)(e + 1);
		middle[bar] = mean[1][e];
	}
	const PlotSeries series[] = {
		{ .name = "their 24 voices", .count = LONG, .y = mean[0] },
		{ .name = "other speakers", .count = LONG, .y = mean[1] },
		{ .name = "least and most of the ten",
		        .mark = PLOT_POINTS,
		        .count = BARS,
		        .x = at,
		        .y = middle,
		        .low = low,
		        .high = high }
	};
	lesson_curves(lesson, "overfitting", "They learn, and then they learn by heart",
	        "epoch", "loss (nats)", 3, series);
}

static void overfitting(Lesson *lesson, const Data *d)
{
	Arena *arena = lesson_arena(lesson);
	real own[SEEDS][LONG], others[SEEDS][LONG];
	double epoch_of[SEEDS], best[SEEDS], last[SEEDS], heart[SEEDS], worse = 0;
	lesson_section(lesson, "Overfitting");
	lesson_number(lesson, "knobs", "knobs", "%.0f",
	        HIDDEN * (VOICE_FEATURES + 1) + HIDDEN + 1);
	static const Choice lowest_when[] = {
		{ "at the end", "It learns these 24 by heart, and no longer anger." },
		{ "within the first 100 epochs", "Later it learns only these 24." },
		{ "at first", "The first epochs teach something that others share." }
	};
	lesson_predict_choice(lesson,
	        "Two layers, 24 voices, 300 epochs. When is the loss on other speakers "
	        "lowest?",
	        3, lowest_when, 1);
	for (int s = 0; s < SEEDS; s++) {
		Plan plan = { LONG, 8, (real)0.1, (uint64_t)s + 1 };
		Network net = network_new(arena, VOICE_FEATURES, HIDDEN, plan.seed);
		train(&net, plan, voices_some(arena, d->train, FEW, plan.seed), own[s],
		        d->validation, others[s]);
		int lowest = 0;
		for (int e = 0; e < LONG; e++)
			lowest = others[s][e] < others[s][lowest] ? e : lowest;
		epoch_of[s] = lowest + 1;
		best[s] = (double)others[s][lowest];
		last[s] = (double)others[s][LONG - 1];
		heart[s] = (double)own[s][LONG - 1];
		worse += last[s] > 0.693147;
	}
	draw_overfitting(lesson, own, others);
	lesson_say(lesson, "Ten times 24 voices, first weights and orders:");
	lesson_spread(
	        lesson, "best-epoch", "lowest after epoch", "%.0f", SEEDS, epoch_of);
	lesson_spread(lesson, "best-loss", "there", "%.3f", SEEDS, best);
	lesson_spread(lesson, "last-loss", "at last", "%.3f", SEEDS, last);
	lesson_spread(lesson, "heart-loss", "on their own", "%.3f", SEEDS, heart);
	lesson_number(lesson, "worse", "end worse than a coin, of ten", "%.0f", worse);
	lesson_point(lesson, "Stop where the validation loss is lowest.");
}

int main(int argc, char **argv)
{
	Lesson *lesson =
	        lesson_begin(argc, argv, "03-first-network", "The first network");
	Data data = look_at_the_data(lesson);
	logistic(lesson, &data);
	two_layers(lesson, &data);
	overfitting(lesson, &data);
	return lesson_end(lesson);
}
