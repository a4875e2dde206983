/* Chapter 2: the tape. Derivatives by trying, by hand, by a small tape, by the library. */
#include "autograd/look/doctor.h"
#include "autograd/ops.h"
#include "tutorials/02-the-tape/pictures.h"
#include "tutorials/02-the-tape/small_tape.h"
#include "tutorials/02-the-tape/words.h"

enum { MY_ANGRY = 1, MY_AFRAID = UTTERANCE_WORDS + 1 }; /* where the two words stand */
enum { SEEDS = 5 };

/* --- two sentences ------------------------------------------------------------------ */

static Words two_sentences(Lesson *lesson)
{
	Arena *arena = lesson_arena(lesson);
	SpokenUtterance angry = utterance_speak(arena);
	SpokenUtterance afraid = utterance_speak_afraid(arena);
	lesson_section(lesson, "Two sentences");
	lesson_say(lesson, "  angry:  \"%s\"", angry.text);
	lesson_sound(lesson, "angry", &angry.sound);
	lesson_say(lesson, "  afraid: \"%s\"", afraid.text);
	lesson_sound(lesson, "afraid", &afraid.sound);
	lesson_point(lesson, "Two files to listen to.");
	Words words = { .count = 0 };
	take_words(&words, &angry, 1);
	take_words(&words, &afraid, 0);
	lesson_say(lesson, "  word           loud  target");
	for (int i = 0; i < words.count; i++)
		lesson_say(lesson, "  %-13s %5.2f  %6g", words.name[i],
		        (double)words.loud[i], (double)words.target[i]);
	lesson_number(lesson, "my-angry", "\"my\", angry", "%.2f",
	        (double)words.loud[MY_ANGRY]);
	lesson_number(lesson, "my-afraid", "\"my\", afraid", "%.2f",
	        (double)words.loud[MY_AFRAID]);
	lesson_point(lesson, "The same word, the same woman, and two numbers.");
	return words;
}

/* --- by trying ---------------------------------------------------------------------- */

static void by_trying(Lesson *lesson, float loud)
{
	const float at = loss_of_word(2, 0.5f, loud, 1);
	const float right = loss_of_word(2.001f, 0.5f, loud, 1);
	lesson_section(lesson, "By trying");
	lesson_number(lesson, "loss", "loss at w = 2", "%.6f", (double)at);
	lesson_number(lesson, "loss-right", "loss at w = 2.001", "%.6f", (double)right);
	lesson_number(lesson, "tried", "change of the loss / 0.001", "%.2f",
	        (double)(right - at) / 0.001);
	lesson_point(lesson, "One derivative, for one more run of the model.");
	picture_slope(lesson, loud);
}

/* --- going backward ----------------------------------------------------------------- */

static void going_backward(Lesson *lesson, float loud)
{
	float d_w, d_b;
	lesson_section(lesson, "Going backward");
	one_word(&d_w, &d_b, 2, 0.5f, loud, 1);
	lesson_number(lesson, "d-w", "d_w", "%.4f", (double)d_w);
	lesson_number(lesson, "d-b", "d_b", "%.4f", (double)d_b);
	picture_one_word(lesson);
	lesson_point(lesson, "Both derivatives, in one pass from the right to the left.");
	static const Choice louder[] = {
		{ "1.5, as before",
		        "The last factor of d_w is loud, and loud is 1.5 now." },
		{ "3, twice as much",
		        "That would be so if only the last factor grew. The error grows "
		        "as well, from 1 to 2.5." },
		{ "7.5, five times as much",
		        "The score is 3.5 and the error 2.5, so d_score is 5. Then d_w = 5 "
		        "x 1.5." }
	};
	lesson_predict_choice(lesson,
	        "A word is twice as loud: loud = 1.5. w = 2, b = 0.5 and the target 1 "
	        "stay. What is d_w?",
	        3, louder, 2);
}

/* --- a value used twice ------------------------------------------------------------- */

static void used_twice(Lesson *lesson, const Words *words)
{
	const float loud[] = { words->loud[MY_ANGRY], words->loud[MY_AFRAID] };
	const float target[] = { 1, 0 };
	float d_w, d_b;
	lesson_section(lesson, "A value used twice");
	static const Choice shares[] = {
		{ "-0.88", "That is the share of the second word alone. The first word "
		           "brings 2." },
		{ "1.12", "The angry word brings 2, the afraid one -0.88." },
		{ "0.56",
		        "That is the mean. The loss is a sum, so the shares are added." },
		{ "2.88",
		        "The share of the afraid word is negative: its score is too low." }
	};
	lesson_predict_choice(lesson,
	        "The angry \"my\" has d_score = 2, the afraid one -0.88. What is d_b for "
	        "both words?",
	        4, shares, 1);
	float loss = all_words(&d_w, &d_b, 2, 0.5f, loud, target, 2);
	lesson_number(lesson, "two-loss", "loss of both words", "%.4f", (double)loss);
	lesson_number(lesson, "two-w", "d_w", "%.4f", (double)d_w);
	lesson_number(lesson, "two-b", "d_b", "%.4f", (double)d_b);
	picture_two_words(lesson);
	lesson_point(lesson, "Two arrows come back to w, and two to b: they are added.");
}

/* --- a small tape ------------------------------------------------------------------- */

/* [word-loss] */
static int word_loss(SmallTape *t, int w, int b, float loud, float target)
{
	int u = multiply(t, w, number(t, loud));
	int score = add(t, u, b);
	int error = add(t, score, number(t, 0 - target));
	return multiply(t, error, error);
}
/* [/word-loss] */

/* As backward(), but from the first entry to the last. */
static void walk_the_wrong_way(SmallTape *t, int result)
{
	for (int i = 0; i < t->count; i++)
		t->entry[i].gradient = 0;
	t->entry[result].gradient = 1;
	for (int i = 0; i <= result; i++)
		for (int k = 0; k < 2; k++)
			if (t->entry[i].from[k] >= 0)
				t->entry[t->entry[i].from[k]].gradient +=
				        t->entry[i].gradient * t->entry[i].local[k];
}

static int entries_for_all(const Words *words)
{
	SmallTape t = { .count = 0 };
	int w = number(&t, 2), b = number(&t, 0.5f), loss = -1;
	for (int i = 0; i < words->count; i++) {
		int more = word_loss(&t, w, b, words->loud[i], words->target[i]);
		loss = loss < 0 ? more : add(&t, loss, more);
	}
	backward(&t, loss);
	return t.count;
}

static void small_tape(Lesson *lesson, const Words *words)
{
	float my_angry = words->loud[MY_ANGRY];
	float my_afraid = words->loud[MY_AFRAID];
	lesson_section(lesson, "A small tape");
	/* [two-words] */
	SmallTape t = { .count = 0 };
	int w = number(&t, 2), b = number(&t, 0.5f);
	int angry = word_loss(&t, w, b, my_angry, 1);
	int afraid = word_loss(&t, w, b, my_afraid, 0);
	int loss = add(&t, angry, afraid);
	backward(&t, loss);
	/* [/two-words] */
	small_tape_print(&t);
	lesson_number(
	        lesson, "tape-w", "gradient of w", "%.4f", (double)t.entry[w].gradient);
	lesson_number(
	        lesson, "tape-b", "gradient of b", "%.4f", (double)t.entry[b].gradient);
	lesson_point(lesson, "The numbers that we had by hand, from one loop.");
	static const Choice order[] = {
		{ "0: nothing arrives",
		        "When the loop passes an entry, its own gradient is still 0. Only "
		        "the last entry has a 1, and it passes it one step." },
		{ "1.9136: a sum does not care about the order",
		        "The shares do not care. But a share is computed from the gradient "
		        "of the entry that sends it, and that is still 0 then." },
		{ "0.4136: only the last word counts",
		        "Nothing at all has reached the scores when the loop passes them." }
	};
	lesson_predict_choice(lesson,
	        "Let the loop of backward() run from the first entry to the last. Which "
	        "gradient does w get?",
	        3, order, 0);
	walk_the_wrong_way(&t, loss);
	lesson_number(lesson, "wrong-way", "gradient of w, the wrong way", "%.4f",
	        (double)t.entry[w].gradient);
	lesson_number(lesson, "entries", "entries for all nine words", "%.0f",
	        entries_for_all(words));
	lesson_point(lesson, "From the last entry to the first: users come before.");
}

/* --- is it right? ------------------------------------------------------------------- */

static void measure(Lesson *lesson, float loud)
{
	lesson_section(lesson, "Is it right?");
	static const Choice small[] = {
		{ "1.5, to seven digits",
		        "In exact arithmetic, nearly. But near 2 a float moves in steps of "
		        "0.00000024: w + h is rounded." },
		{ "0", "2 + 0.0000001 is no float. It is rounded to 2, and the loss does "
		       "not change at all." },
		{ "about 1.6, a little too large",
		        "That is the error of a large h: with h = 0.1 it is 1.56." }
	};
	lesson_predict_choice(lesson,
	        "one_sided() in float, at w = 2, with h = 0.0000001. What does it return?",
	        3, small, 1);
	lesson_number(lesson, "h-tiny", "one-sided, h = 0.0000001", "%.4f",
	        (double)one_sided(2, 0.5f, loud, 1, 1e-7f));
	lesson_number(lesson, "h-large", "one-sided, h = 0.1", "%.4f",
	        (double)one_sided(2, 0.5f, loud, 1, 0.1f));
	lesson_number(lesson, "h-two", "two-sided, h = 0.01", "%.4f",
	        (double)two_sided(2, 0.5f, loud, 1, 0.01f));
	picture_step(lesson, loud);
	lesson_point(lesson, "Too large an h is wrong, and so is too small a one.");
}

/* --- one wrong = -------------------------------------------------------------------- */

/* Trains from each seed; `losses` are those of seed 3. */
static int train(Lesson *lesson, const Words *words, const char *name, const char *key,
        float rate, char fault, real losses[STEPS + 1])
{
	double last[SEEDS];
	int fewest = words->count;
	real own[STEPS + 1];
	lesson_settings(lesson, name,
	        "words %d, rate %g, steps %d, seeds 1-%d, start normal, d_w %s, d_b %s",
	        words->count, (double)rate, STEPS, SEEDS,
	        fault == 'w' ? "overwritten" : "added",
	        fault == 'b' ? "overwritten" : "added");
	for (int seed = 1; seed <= SEEDS; seed++) {
		int right = descend(words, seed, rate, fault, seed == 3 ? losses : own);
		fewest = right < fewest ? right : fewest;
		last[seed - 1] = (double)(seed == 3 ? losses : own)[STEPS];
	}
	lesson_spread(lesson, key, "loss after the last step", "%.3f", SEEDS, last);
	return fewest;
}

static void one_wrong_sign(Lesson *lesson, Words *words)
{
	real right[STEPS + 1], at_w[STEPS + 1], at_b[STEPS + 1];
	lesson_section(lesson, "One wrong =");
	lesson_number(lesson, "steps", "steps of each training", "%.0f", STEPS);
	const float rate = (float)lesson_setting(
	        lesson, "rate", "the learning rate, how far a step goes", 0.05, 0, 2);
	words->first = lesson_count(lesson, "first",
	        "the word that the loop begins with, counted from 0", 0, 0, 8);
	train(lesson, words, "+= in both", "right", rate, ' ', right);
	train(lesson, words, "= at d_w", "at-w", rate, 'w', at_w);
	int fewest = train(lesson, words, "= at d_b", "at-b", rate, 'b', at_b);
	lesson_look(lesson, "loss after each step, += in both, seed 3",
	        tensor_view(right, SHAPE(1, STEPS + 1)));
	lesson_point(lesson, "Three trainings from each of five beginnings.");
	lesson_predict_number(lesson,
	        "With = at d_b: how many of the nine words end on the right side of 0.5?",
	        fewest, 0,
	        "The loss is worse than it could be, and still every word is on its "
	        "side, from each of the five starts. Nobody would look for a fault.");
	const PlotSeries series[] = {
		{ .name = "+= in both lines", .count = STEPS + 1, .y = right },
		{ .name = "= at d_w", .count = STEPS + 1, .y = at_w },
		{ .name = "= at d_b", .count = STEPS + 1, .y = at_b }
	};
	lesson_curves(lesson, "training", "Three healthy curves (seed 3)", "step",
	        "loss of nine words", 3, series);
	float d_w, d_b, ignored;
	careless(&d_w, &d_b, 2, 0.5f, words, 'b');
	float left = careless(&ignored, &ignored, 2, 0.5f - 0.01f, words, ' ');
	float after = careless(&ignored, &ignored, 2, 0.5f + 0.01f, words, ' ');
	lesson_number(lesson, "found-b", "d_b with =", "%.3f", (double)d_b);
	lesson_number(lesson, "measured-b", "d_b measured, two-sided, h = 0.01", "%.3f",
	        (double)((after - left) / 0.02f));
	lesson_point(lesson, "The curve does not show the fault. The measurement does.");
}

/* --- the library -------------------------------------------------------------------- */

/* [library-word] */
static Var *loss_on_tape(Tape *tape, Var *w, Var *b, Var *loud, Var *target)
{
	Var *score = op_add(tape, op_mul(tape, w, loud), b);
	Var *error = op_sub(tape, score, target);
	return op_mul(tape, error, error);
}
/* [/library-word] */

static Var *constant(Tape *tape, float value)
{
	return tape_constant(tape, tensor_full(tape->arena, (real)value, SCALAR), NULL);
}

static void library(Lesson *lesson, const Words *words)
{
	Arena *arena = arena_new("step");
	Tape tape = tape_new(arena);
	lesson_section(lesson, "The library's tape");
	Var *w = tape_variable(&tape, tensor_full(arena, 2, SCALAR), "w");
	Var *b = tape_variable(&tape, tensor_full(arena, (real)0.5, SCALAR), "b");
	Var *loud_angry = constant(&tape, words->loud[MY_ANGRY]);
	Var *loud_afraid = constant(&tape, words->loud[MY_AFRAID]);
	/* [library] */
	Var *angry = loss_on_tape(&tape, w, b, loud_angry, constant(&tape, 1));
	Var *afraid = loss_on_tape(&tape, w, b, loud_afraid, constant(&tape, 0));
	Var *loss = op_add(&tape, angry, afraid);
	/* [/library] */
	static const Choice writes[] = {
		{ "1: both shares together",
		        "Nobody collects shares. Each is added as soon as it is there." },
		{ "2: one from each product",
		        "w is used in two products, and each adds its share with +=." },
		{ "4: two from each product",
		        "A product has two shares, but only one of them is for w. The "
		        "other would be for loud, which is data." }
	};
	lesson_predict_choice(lesson,
	        "tape_backward() runs over these two words. How many times does it write "
	        "to w's gradient?",
	        3, writes, 1);
	lesson_look(lesson, "w", w->value);
	lesson_look(lesson, "loss", loss->value);
	lesson_look(lesson, "w->grad", w->grad);
	lesson_point(lesson, "No gradient yet. In gdb: who-wrote w, then continue.");
	tape_backward(&tape, loss);
	lesson_look(lesson, "w->grad", w->grad);
	lesson_look(lesson, "b->grad", b->grad);
	lesson_look(lesson, "gradient of the angry word's loss", angry->grad);
	lesson_point(lesson, "Each of the two products has added its share to w->grad.");
	lesson_number(lesson, "library-w", "w->grad", "%.4f", (double)w->grad.data[0]);
	lesson_number(lesson, "library-b", "b->grad", "%.4f", (double)b->grad.data[0]);
	picture_rows(lesson);
	lesson_point(
	        lesson, "Broadcasting uses a gain in every row: one share from each.");
	arena_free(arena);
}

/* --- an operation that is wrong ----------------------------------------------------- */

/* [wrong-op] */
static void add_bias_backward(const Node *node)
{
	const Var *x = node->in[0], *b = node->in[1];
	const real *d_y = node->out->grad.data;
	for (size_t i = 0; i < tensor_count(x->value); i++) {
		if (x->grad.data)
			x->grad.data[i] += d_y[i];
		b->grad.data[0] = d_y[i];
	}
}
/* [/wrong-op] */

/* x (N) + b () -> (N) */
static Var *add_bias(Tape *tape, Var *x, Var *b)
{
	static const Op op = { .name = "add_bias", .backward = add_bias_backward };
	Var *y = tape_output(tape, x->value);
	for (size_t i = 0; i < tensor_count(x->value); i++)
		y->value.data[i] = x->value.data[i] + b->value.data[0];
	return tape_record(HERE, tape, &op, y, NULL, INPUTS(x, b));
}

static Var *scores(Tape *tape, const void *context)
{
	Var *const *in = context; /* w (), b (), loud (N) */
	return add_bias(tape, op_mul(tape, in[2], in[0]), in[1]);
}

static void doctor(Lesson *lesson, const Words *words)
{
	Arena *arena = arena_new("check");
	Tape tape = tape_new(arena);
	lesson_section(lesson, "The gradient doctor");
	Tensor loud = tensor_new(arena, SHAPE(words->count));
	for (int i = 0; i < words->count; i++)
		loud.data[i] = (real)words->loud[i];
	Var *in[] = { tape_variable(&tape, tensor_full(arena, 2, SCALAR), "w"),
		tape_variable(&tape, tensor_full(arena, (real)0.5, SCALAR), "b"),
		tape_constant(&tape, loud, "loud") };
	GradcheckResult w_alone = gradcheck(arena, scores, in, 1, &in[0]);
	lesson_say(lesson, "  w alone: %s", w_alone.passed ? "passed" : w_alone.text);
	GradcheckResult both = gradcheck(arena, scores, in, 2, in);
	Diagnosis diagnosis = doctor_diagnose(arena, scores, in, 2, in, &both);
	lesson_say(lesson, "%s", both.passed ? "  w and b: passed" : diagnosis.text);
	lesson_point(
	        lesson, "It names the element, both numbers, and the likely mistake.");
	arena_free(arena);
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "02-the-tape", "The tape");
	Words words = two_sentences(lesson);
	float loud = words.loud[MY_ANGRY];
	by_trying(lesson, loud);
	going_backward(lesson, loud);
	used_twice(lesson, &words);
	small_tape(lesson, &words);
	measure(lesson, loud);
	one_wrong_sign(lesson, &words);
	library(lesson, &words);
	doctor(lesson, &words);
	return lesson_end(lesson);
}
