/* Chapter 3: the first network. Logistic regression, then two layers, on eighteen numbers of a voice. */
#include "autograd/ops.h"
#include "layers/linear.h"
#include "tutorials/03-first-network/voices.h"
#include "tutorials/lesson.h"

enum { EACH = 40, EACH_VALIDATION = 80, HIDDEN = 32 };

/* --- the network ------------------------------------------------------------------------------ */

/* [network] */
typedef struct Network {
	Params params;
	Linear hidden, out; /* hidden.weight NULL: logistic regression */
} Network;

static Var *logits(const Network *net, Tape *tape, Var *x) /* (N,F) -> (N,1) */
{
	if (net->hidden.weight)
		x = op_tanh(tape, linear_forward(&net->hidden, tape, x));
	return linear_forward(&net->out, tape, x);
}
/* [/network] */

/* [loss] */
static Var *loss_of(const Network *net, Tape *tape, Voices v)
{
	Var *z = logits(net, tape, tape_constant(tape, v.x, "x"));
	Var *margin = op_mul(tape, op_reshape(tape, z, SHAPE(-1)),
	        tape_constant(tape, v.sign, "sign"));
	return op_mean(tape, op_softplus(tape, op_scale(tape, margin, -1)));
}
/* [/loss] */

static Network network_new(Arena *arena, int in, int hidden)
{
	Rng rng = rng_new(1);
	Network net = { .params = params_new(arena) };
	if (hidden)
		net.hidden = linear_new(&net.params, "hidden", in, hidden, &rng);
	net.out = linear_new(&net.params, "out", hidden ? hidden : in, 1, &rng);
	if (!hidden)
		tensor_fill(net.out.weight->value, 0); /* nothing known, no side taken */
	tensor_fill(net.out.bias->value, 0);
	return net;
}

typedef struct Score {
	real loss, right; /* right: the share of voices on the right side of 0 */
} Score;

static Score score_of(const Network *net, Voices v)
{
	Tape tape = tape_new(arena_new("score"));
	tape.recording = false;
	Var *loss = loss_of(net, &tape, v);
	Var *z = logits(net, &tape, tape_constant(&tape, v.x, "x"));
	int right = 0, count = v.x.shape[0];
	for (int i = 0; i < count; i++)
		right += z->value.data[i] * v.sign.data[i] > 0;
	Score score = { loss->value.data[0], (real)right / (real)count };
	arena_free(tape.arena);
	return score;
}

/* --- training --------------------------------------------------------------------------------- */

/* [step] */
static void step(Network *net, Tape *tape, Voices batch, real rate)
{
	tape_reset(tape);
	params_zero_grad(&net->params);
	tape_backward(tape, loss_of(net, tape, batch));
	for (int p = 0; p < net->params.count; p++) {
		Var *knob = net->params.items[p];
		for (size_t i = 0; i < tensor_count(knob->value); i++)
			knob->value.data[i] -= rate * knob->grad.data[i];
	}
}
/* [/step] */

/* [epoch] */
static void epoch(Network *net, Tape *tape, Voices v, int batch, real rate, Rng *rng)
{
	enum { MOST = 1000 };
	int order[MOST], count = v.x.shape[0];
	Arena *arena = arena_new("batch");
	Voices mixed = { tensor_like(arena, v.x), tensor_like(arena, v.sign) };
	rng_permutation(rng, count, order);
	for (int i = 0; i < count; i++) {
		tensor_copy(tensor_row(mixed.x, i), tensor_row(v.x, order[i]));
		mixed.sign.data[i] = v.sign.data[order[i]];
	}
	for (int i = 0; i < count; i += batch) {
		int end = i + batch < count ? i + batch : count;
		step(net, tape,
		        (Voices){ tensor_slice(mixed.x, i, end),
		                tensor_slice(mixed.sign, i, end) },
		        rate);
	}
	arena_free(arena);
}
/* [/epoch] */

static void train(Network *net, Voices v, Voices validation, int epochs, int batch,
        real rate, real losses[], real validation_losses[])
{
	Tape tape = tape_new(arena_new("step"));
	Rng rng = rng_new(2);
	for (int e = 0; e < epochs; e++) {
		epoch(net, &tape, v, batch, rate, &rng);
		losses[e] = score_of(net, v).loss;
		validation_losses[e] = score_of(net, validation).loss;
	}
	arena_free(tape.arena);
}

/* --- the chapter ------------------------------------------------------------------------------ */

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

static void logistic(Lesson *lesson, const Data *d)
{
	enum { EPOCHS = 60 };
	lesson_section(lesson, "Logistic regression");
	Network net = network_new(lesson_arena(lesson), VOICE_FEATURES, 0);
	lesson_predict_number(lesson,
	        "All weights are 0, so it says 1/2 to everybody. Its loss, -log(1/2)?",
	        0.693147, 0.01,
	        "log 2, what a coin costs; the loss of who knows nothing");
	Score score = score_of(&net, d->train);
	lesson_number(lesson, "coin", "loss at first", "%.4f", (double)score.loss);
	real whole[EPOCHS], small[EPOCHS], v[EPOCHS], small_v[EPOCHS];
	train(&net, d->train, d->validation, EPOCHS, 2 * EACH, (real)0.1, whole, v);
	lesson_number(lesson, "whole", "60 steps", "%.4f", (double)whole[EPOCHS - 1]);
	lesson_predict_text(lesson,
	        "Batches of 8: ten steps an epoch. Does the loss fall faster? (yes or "
	        "no)",
	        "yes",
	        "a few voices point nearly the same way as all, and ten steps go "
	        "further");
	net = network_new(lesson_arena(lesson), VOICE_FEATURES, 0);
	train(&net, d->train, d->validation, EPOCHS, 8, (real)0.1, small, small_v);
	lesson_number(lesson, "small", "600 steps", "%.4f", (double)small[EPOCHS - 1]);
	const PlotSeries series[] = {
		{ .name = "all in a step", .count = EPOCHS, .y = whole },
		{ .name = "8 in a step", .count = EPOCHS, .y = small }
	};
	lesson_curves(lesson, "batches", "The same epochs, the same rate", "epoch",
	        "training loss (nats)", 2, series);
	score = score_of(&net, d->validation);
	lesson_number(lesson, "right", "right on others", "%.3f", (double)score.right);
	lesson_number(lesson, "logistic-loss", "loss", "%.3f", (double)score.loss);
	Tape tape = tape_new(lesson_arena(lesson));
	Tensor ours = tensor_from(
	        lesson_arena(lesson), d->ours, VOICE_FEATURES, SHAPE(1, VOICE_FEATURES));
	Var *x = tape_constant(&tape, ours, "ours");
	Var *p = op_sigmoid(&tape, logits(&net, &tape, x));
	lesson_number(lesson, "ours", "p(ours)", "%.3f", (double)p->value.data[0]);
	lesson_point(lesson, "A weighted sum of eighteen numbers, and it hears anger.");
}

/* Two of the eighteen columns: how high, and how loud. */
static Voices two_of(Arena *arena, Voices v)
{
	Tensor x = tensor_new(arena, SHAPE(v.x.shape[0], 2));
	for (int i = 0; i < v.x.shape[0]; i++) {
		x.data[2 * i] = v.x.data[i * VOICE_FEATURES + VOICE_PITCH_LEVEL];
		x.data[2 * i + 1] = v.x.data[i * VOICE_FEATURES + VOICE_ENERGY_LEVEL];
	}
	return (Voices){ x, v.sign };
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
	chart.field_x[0] = chart.field_y[0] = -3;
	chart.field_x[1] = chart.field_y[1] = 3;
	lesson_chart(lesson, name, &chart);
}

static void two_layers(Lesson *lesson, const Data *d)
{
	enum { EPOCHS = 500 };
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "A second layer");
	Voices v = two_of(arena, d->train), validation = two_of(arena, d->validation);
	real losses[EPOCHS], others[EPOCHS];
	Network line = network_new(arena, 2, 0), curve = network_new(arena, 2, HIDDEN);
	train(&line, v, validation, EPOCHS, 8, (real)0.1, losses, others);
	picture(lesson, "line", "Logistic regression, from two numbers", &line, v);
	lesson_predict_text(lesson, "Can its border ever be curved? (yes or no)", "no",
	        "it is where w . x + b = 0: a straight line, whatever the weights");
	train(&curve, v, validation, EPOCHS, 8, (real)0.5, losses, others);
	picture(lesson, "curve", "Two layers, 32 hidden units", &curve, v);
	Score a = score_of(&line, v), b = score_of(&curve, v);
	Score c = score_of(&line, validation), e = score_of(&curve, validation);
	lesson_number(lesson, "line-own", "line, its own", "%.3f", (double)a.loss);
	lesson_number(lesson, "curve-own", "curve, its own", "%.3f", (double)b.loss);
	lesson_number(lesson, "line-other", "line, others", "%.3f", (double)c.loss);
	lesson_number(lesson, "curve-other", "curve, others", "%.3f", (double)e.loss);
	lesson_point(lesson, "Who fits its own voices better? And the others?");
}

static void overfitting(Lesson *lesson, const Data *d)
{
	enum { EPOCHS = 300 };
	lesson_section(lesson, "Overfitting");
	Network net = network_new(lesson_arena(lesson), VOICE_FEATURES, HIDDEN);
	lesson_number(lesson, "knobs", "knobs", "%.0f", (double)params_size(&net.params));
	Voices few = { tensor_slice(d->train.x, 0, 24),
		tensor_slice(d->train.sign, 0, 24) };
	real losses[EPOCHS], others[EPOCHS];
	lesson_predict_text(lesson,
	        "Two layers, 24 voices, 300 epochs. Does the loss on other speakers end "
	        "at its lowest? (yes or no)",
	        "no", "at some point the network learns these 24, and no longer anger");
	train(&net, few, d->validation, EPOCHS, 8, (real)0.1, losses, others);
	const PlotSeries series[] = {
		{ .name = "these 24", .count = EPOCHS, .y = losses },
		{ .name = "other speakers", .count = EPOCHS, .y = others }
	};
	lesson_curves(lesson, "overfitting", "It learns, and then it learns by heart",
	        "epoch", "loss (nats)", 2, series);
	int best = 0;
	for (int e = 0; e < EPOCHS; e++)
		best = others[e] < others[best] ? e : best;
	lesson_number(lesson, "best-epoch", "lowest after epoch", "%.0f", best + 1);
	lesson_number(lesson, "best-loss", "there", "%.3f", (double)others[best]);
	lesson_number(lesson, "last-loss", "at last", "%.3f", (double)others[EPOCHS - 1]);
	lesson_number(lesson, "heart-loss", "own", "%.4f", (double)losses[EPOCHS - 1]);
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
