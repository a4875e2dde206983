/* Chapter 2: the tape. Derivatives by hand, then by a list of numbers, then by the library. */
#include "autograd/look/doctor.h"
#include "autograd/ops.h"
#include "tensor/elementary.h"
#include "tutorials/02-the-tape/list.h"
#include "tutorials/lesson.h"
#include "tutorials/utterance.h"

/* --- by hand --------------------------------------------------------------------------------- */

/* [by-hand] */
static double loss_of(double z)
{
	return double_log(z) + double_exp(z);
}

static double slope_by_hand(double z)
{
	return 1 / z + double_exp(z);
}

static double slope_measured(double z)
{
	const double h = 1e-5;
	return (loss_of(z + h) - loss_of(z - h)) / (2 * h);
}
/* [/by-hand] */

static void draw_slope(Lesson *lesson, double z)
{
	enum { N = 40 };
	real x[N], curve[N], tangent[N];
	for (int i = 0; i < N; i++) {
		x[i] = (real)(0.2 + i * 0.045);
		curve[i] = (real)loss_of((double)x[i]);
		tangent[i] = (real)(loss_of(z) + slope_by_hand(z) * ((double)x[i] - z));
	}
	const PlotSeries series[] = {
		{ .name = "log z + e^z", .count = N, .x = x, .y = curve },
		{ .name = "its tangent at our z", .count = N, .x = x, .y = tangent }
	};
	lesson_curves(lesson, "slope", "A derivative is a slope", "z", "L", 2, series);
}

static double by_hand(Lesson *lesson, const SpokenUtterance *spoken)
{
	const double high = (double)spoken->numbers.data[4]; /* of word 1 */
	const double loud = (double)spoken->numbers.data[5];
	const double z = 0.5 * high + 1.0 * loud;
	lesson_section(lesson, "By hand");
	lesson_say(
	        lesson, "Of the word \"my\" we take two numbers, and of them a score:");
	lesson_number(lesson, "high", "high (octaves above 110 Hz)", "%.2f", high);
	lesson_number(lesson, "loud", "loud (bels above -26 dB)", "%.2f", loud);
	lesson_number(lesson, "z", "z = 0.5 high + 1.0 loud", "%.3f", z);
	lesson_number(lesson, "L", "L = log z + e^z", "%.4f", loss_of(z));
	lesson_predict_number(lesson,
	        "If z grows by 0.01, by how much does L grow, about?",
	        0.01 * slope_by_hand(z), 0.004, "0.01 times (1/z + e^z).");
	lesson_number(lesson, "slope", "dL/dz = 1/z + e^z", "%.6f", slope_by_hand(z));
	lesson_number(lesson, "measured", "measured", "%.6f", slope_measured(z));
	draw_slope(lesson, z);
	lesson_point(lesson, "Two ways to one slope: a formula, and two values.");
	return z;
}

/* --- a tape of numbers ----------------------------------------------------------------------- */

/* L = log z + e^z with z = w1 high + w2 loud, on the list; says where z stands. */
static int write_down(List *list, double high, double loud, int *z)
{
	/* [write-down] */
	int w1 = leaf(list, 0.5), w2 = leaf(list, 1.0);
	int x1 = leaf(list, high), x2 = leaf(list, loud);
	int p = multiply(list, w1, x1), q = multiply(list, w2, x2);
	*z = add(list, p, q);
	int a = logarithm(list, *z), b = exponential(list, *z);
	return add(list, a, b);
	/* [/write-down] */
}

static void on_a_list(Lesson *lesson, const SpokenUtterance *spoken, double slope)
{
	const double high = (double)spoken->numbers.data[4]; /* of word 1 */
	const double loud = (double)spoken->numbers.data[5];
	lesson_section(lesson, "A tape of numbers");
	List list = { .count = 0 };
	int z, loss = write_down(&list, high, loud, &z);
	list_print(&list);
	lesson_point(lesson, "Each line was made from lines above it; no gradients yet.");
	lesson_predict_number(lesson,
	        "The walk goes from the last line up. What is grad of the last line?", 1,
	        0, "dL/dL. All others follow from it.");
	lesson_predict_number(lesson,
	        "z (line 6) has two users, log and exp. What will its grad be?", slope,
	        0.05, "Each user adds its part, 1/z and e^z.");
	list_backward(&list, loss);
	list_print(&list);
	lesson_number(lesson, "list-z", "grad of z", "%.6f", list.entry[z].grad);
	lesson_number(lesson, "list-w1", "grad of w1", "%.6f", list.entry[0].grad);
	lesson_number(lesson, "list-w2", "grad of w2", "%.6f", list.entry[1].grad);
	lesson_point(lesson, "One walk: all knobs at the price of one.");
	list_backward_careless(&list, loss);
	lesson_number(
	        lesson, "careless-z", "grad of z with =", "%.6f", list.entry[z].grad);
	lesson_point(
	        lesson, "With = only log counts, the user that the walk meets last.");
}

/* --- it still trains ------------------------------------------------------------------------- */

/* The sum over the words of (w . numbers - 1)^2: every word should get the score 1. */
static int misfit(List *list, const SpokenUtterance *spoken, const double w[3])
{
	int weight[UTTERANCE_NUMBERS], total = -1;
	for (int k = 0; k < UTTERANCE_NUMBERS; k++)
		weight[k] = leaf(list, w[k]);
	for (int i = 0; i < UTTERANCE_WORDS; i++) {
		int error = leaf(list, -1);
		for (int k = 0; k < UTTERANCE_NUMBERS; k++) {
			int x = leaf(list, (double)spoken->numbers.data[i * 3 + k]);
			error = add(list, error, multiply(list, weight[k], x));
		}
		int square = multiply(list, error, error);
		total = total < 0 ? square : add(list, total, square);
	}
	return total;
}

enum { STEPS = 60 };

static void descend(
        const SpokenUtterance *spoken, void (*walk)(List *, int), real losses[STEPS])
{
	double w[UTTERANCE_NUMBERS] = { 0, 0, 0 };
	for (int step = 0; step < STEPS; step++) {
		List list = { .count = 0 };
		int loss = misfit(&list, spoken, w);
		losses[step] = (real)list.entry[loss].value;
		walk(&list, loss);
		for (int k = 0; k < UTTERANCE_NUMBERS; k++) /* the first leaves */
			w[k] -= 0.05 * list.entry[k].grad;
	}
}

static void train_both(Lesson *lesson, const SpokenUtterance *spoken)
{
	real right[STEPS], wrong[STEPS];
	lesson_section(lesson, "What one wrong = does");
	lesson_tensor(lesson, "a word a row: long, high, loud", spoken->numbers);
	static const Choice falls[] = {
		{ "it rises",
		        "A gradient that lacks a part still points downhill here." },
		{ "it stays", "Every knob keeps the gradient of one word, and moves." },
		{ "it falls, to a worse place",
		        "A wrong gradient often points downhill: it is hard to find." }
	};
	lesson_predict_choice(
	        lesson, "What does the loss do with = for +=?", 3, falls, 2);
	descend(spoken, list_backward, right);
	descend(spoken, list_backward_careless, wrong);
	const PlotSeries series[] = { { .name = "with +=", .count = STEPS, .y = right },
		{ .name = "with =", .count = STEPS, .y = wrong } };
	lesson_curves(lesson, "training", "Sixty steps of gradient descent", "step",
	        "loss (sum of squares)", 2, series);
	lesson_number(lesson, "first-loss", "loss at first", "%.4f", (double)right[0]);
	lesson_number(
	        lesson, "right-loss", "at last, +=", "%.4f", (double)right[STEPS - 1]);
	lesson_number(
	        lesson, "wrong-loss", "at last, =", "%.4f", (double)wrong[STEPS - 1]);
	lesson_point(lesson, "It trains, to a worse place. No message, no crash.");
}

/* --- the library's tape ---------------------------------------------------------------------- */

static void library(Lesson *lesson, const SpokenUtterance *spoken)
{
	Arena *arena = arena_new("step");
	lesson_section(lesson, "The library's tape");
	/* [library] */
	Tape tape = tape_new(arena);
	Var *w1 = tape_variable(&tape, tensor_full(arena, (real)0.5, SCALAR), "w1");
	Var *w2 = tape_variable(&tape, tensor_full(arena, 1, SCALAR), "w2");
	Tensor my = tensor_row(spoken->numbers, 1); /* (3): long, high, loud */
	Var *high = tape_constant(&tape, tensor_row(my, 1), "high");
	Var *loud = tape_constant(&tape, tensor_row(my, 2), "loud");
	Var *z = op_add(&tape, op_mul(&tape, w1, high), op_mul(&tape, w2, loud));
	Var *loss = op_add(&tape, op_log(&tape, z), op_exp(&tape, z));
	/* [/library] */
	lesson_point(lesson, "No gradient yet. In gdb: who-wrote z, then continue.");
	tape_backward(&tape, loss);
	lesson_point(lesson, "log and exp have each added their part to z->grad.");
	lesson_number(lesson, "library-z", "z->grad", "%.5f", (double)z->grad.data[0]);
	lesson_say(lesson, "The same gradients, in 32 bits instead of 64.");
	arena_free(arena);
}

/* [batch] */
static Var *misfit_of(Tape *tape, const void *context)
{
	Var *const *in = context; /* x (5,3), w (3,1), one () */
	Var *error = op_sub(tape, op_matmul(tape, in[0], in[1]), in[2]);
	return op_sum(tape, op_mul(tape, error, error));
}
/* [/batch] */

static void whole_utterance(Lesson *lesson, const SpokenUtterance *spoken)
{
	Arena *arena = arena_new("step");
	Tape tape = tape_new(arena);
	lesson_section(lesson, "A whole utterance at once");
	Var *x = tape_variable(&tape, spoken->numbers, "x");
	const double weights[UTTERANCE_NUMBERS] = { 0.125, 0.5, 0.25 };
	Var *w = tape_variable(&tape, tensor_new(arena, SHAPE(3, 1)), "w");
	for (int k = 0; k < UTTERANCE_NUMBERS; k++)
		w->value.data[k] = (real)weights[k];
	Var *in[] = { x, w, tape_constant(&tape, tensor_full(arena, 1, SCALAR), "one") };
	lesson_predict_shape(lesson,
	        "x is (5,3) and w is (3,1). What shape has the gradient of w?",
	        SHAPE(3, 1), "The shape of w: one number for each knob.");
	Var *loss = misfit_of(&tape, in);
	lesson_number(lesson, "batch-loss", "loss", "%.4f", (double)loss->value.data[0]);
	tape_backward(&tape, loss);
	lesson_tensor(lesson, "w->grad", w->grad);
	List list = { .count = 0 };
	misfit(&list, spoken, weights);
	lesson_matrix(lesson, "gradient",
	        &(PlotMatrix){ .title = "Where the loss would fall: the gradient of x",
	                .y = "word",
	                .values = x->grad,
	                .row_names = spoken->words,
	                .column_names = spoken->names,
	                .numbers = true });
	lesson_number(
	        lesson, "list-nodes", "lines on a list of numbers", "%.0f", list.count);
	lesson_number(lesson, "batch-nodes", "nodes on the tape", "%.0f", tape.nodes);
	lesson_point(lesson, "The same walk, with matrices, and functions for slopes.");
	arena_free(arena);
}

/* --- is it right? ---------------------------------------------------------------------------- */

/* [wrong-op] */
static void square_backward(const Node *node)
{
	Var *x = node->in[0];
	for (size_t i = 0; x->grad.data && i < tensor_count(x->grad); i++)
		x->grad.data[i] = 2 * x->value.data[i] * node->out->grad.data[i];
}

static Var *square(Tape *tape, Var *x)
{
	static const Op op = { .name = "square", .backward = square_backward };
	Var *out = tape_output(tape, x->value);
	for (size_t i = 0; i < tensor_count(x->value); i++)
		out->value.data[i] = x->value.data[i] * x->value.data[i];
	return tape_record(HERE, tape, &op, out, NULL, INPUTS(x));
}
/* [/wrong-op] */

static Var *sum_of_squares(Tape *tape, const void *context)
{
	Var *const *in = context;
	return op_sum(tape, square(tape, op_matmul(tape, in[0], in[1])));
}

static Var *square_of_w(Tape *tape, const void *context)
{
	Var *const *in = context;
	return square(tape, in[1]);
}

static void check(Lesson *lesson, const SpokenUtterance *spoken)
{
	Arena *arena = arena_new("check");
	Tape tape = tape_new(arena);
	lesson_section(lesson, "Is it right?");
	Var *in[] = { tape_constant(&tape, spoken->numbers, "x"),
		tape_variable(&tape, tensor_full(arena, (real)0.25, SHAPE(3, 1)), "w"),
		tape_constant(&tape, tensor_full(arena, 1, SCALAR), "one") };
	GradcheckResult good = gradcheck(arena, misfit_of, in, 1, &in[1]);
	lesson_say(lesson, "  op_mul, op_matmul, op_sub, op_sum: %s",
	        good.passed ? "every slope agrees" : good.text);
	GradcheckResult blind = gradcheck(arena, sum_of_squares, in, 1, &in[1]);
	lesson_say(lesson, "  square with =, behind a product:  %s",
	        blind.passed ? "every slope agrees" : blind.text);
	static const Choice passed[] = {
		{ "= is right here", "Ask it about an input that is used twice." },
		{ "there was nothing to overwrite", "Its input had one user, itself." }
	};
	lesson_predict_choice(
	        lesson, "square writes =. Why has it just passed?", 2, passed, 1);
	GradcheckResult bad = gradcheck(arena, square_of_w, in, 1, &in[1]);
	Diagnosis diagnosis = doctor_diagnose(arena, square_of_w, in, 1, &in[1], &bad);
	lesson_say(lesson, "%s", bad.passed ? "passed" : diagnosis.text);
	lesson_point(lesson, "Ask twice, on a leaf: the second must add to the first.");
	arena_free(arena);
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "02-the-tape", "The tape");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	lesson_say(lesson, "\"%s\"", spoken.text);
	on_a_list(lesson, &spoken, slope_by_hand(by_hand(lesson, &spoken)));
	train_both(lesson, &spoken);
	library(lesson, &spoken);
	whole_utterance(lesson, &spoken);
	check(lesson, &spoken);
	return lesson_end(lesson);
}
