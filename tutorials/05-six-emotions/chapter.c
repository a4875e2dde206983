/* Chapter 5: six emotions. Softmax and cross-entropy by hand (softmax.c), a model of six
 * weighted sums (regression.c), and honest figures: measure.c, trials.c. Who is heard
 * stands in heard.c. */
#include "layers/loss.h"
#include "tutorials/05-six-emotions/pictures.h"
#include "tutorials/05-six-emotions/softmax.h"
#include "tutorials/05-six-emotions/trials.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>

enum { SEEDS = 5, SPLITS = 10, MOST = 512, EPOCHS = 40, BATCH = 25, ANGER = 3 };

static const float rate_of_sound = 0.1f, rate_of_words = 5;

typedef struct Data {
	Set train, validation, test, angry;
	float weights[CLASSES];
	int answer[MOST]; /* of the model that is chosen, to the validation set */
} Data;

/* --- the question ------------------------------------------------------------------- */

static Data the_data(Lesson *lesson)
{
	Arena *arena = lesson_arena(lesson);
	Data d = { .train = heard_people(arena, 100, 30, 0),
		.validation = heard_people(arena, 20, 8, 1),
		.test = heard_people(arena, 40, 16, 1) };
	const SpokenUtterance said = utterance_speak(arena);
	const Scale scale = scale_of(&d.train);
	lesson_section(lesson, "The question");
	lesson_say(lesson, "  \"%s\"", said.text);
	lesson_sound(lesson, "angry", &said.sound);
	d.angry = heard_one(arena, &said.sound, ANGER);
	rescale(&d.train, &scale);
	rescale(&d.validation, &scale);
	rescale(&d.test, &scale);
	rescale(&d.angry, &scale);
	balanced_weights(d.weights, d.train.target, d.train.count, CLASSES);
	lesson_say(lesson, "  utterances: training %d, validation %d, test %d",
	        d.train.count, d.validation.count, d.test.count);
	answers_by_majority(d.answer, &d.train, &d.validation);
	lesson_number(lesson, "first", "accuracy of the first program", "%.3f",
	        (double)score_of(d.answer, &d.validation).accuracy);
	lesson_point(lesson, "Six emotions, and more than half is right.");
	return d;
}

/* --- softmax ------------------------------------------------------------------------ */

static const float by_hand[3] = { 1, 0, 2 };

static void softmax_by_hand(Lesson *lesson)
{
	float p[3];
	lesson_section(lesson, "Softmax by hand");
	softmax(p, by_hand, 3);
	picture_softmax(lesson, by_hand, 2);
	lesson_number(lesson, "p-anger", "p of anger", "%.3f", (double)p[2]);
	lesson_number(
	        lesson, "loss-anger", "its loss, -log p", "%.3f", -log((double)p[2]));
	lesson_look_floats(lesson, "logits", 1, 3, by_hand);
	lesson_look_floats(lesson, "p", 1, 3, p);
	lesson_point(lesson, "Three numbers above 0, and their sum is 1.");
	static const Choice moved[] = {
		{ "0.665, as before",
		        "Each e^z is multiplied by the same number, e^10, and so is their "
		        "sum. It cancels." },
		{ "nearly 1, since 12 is large",
		        "The others are as large: 11 and 10. Only differences count." },
		{ "0.364, which is 12 / (11 + 10 + 12)",
		        "That divides the logits. Softmax divides e^z." }
	};
	lesson_predict_choice(lesson,
	        "All three logits grow by 10: they are 11, 10 and 12. What is p of anger "
	        "now?",
	        3, moved, 0);
}

static void large_logits(Lesson *lesson)
{
	const float large[] = { 100, 0, 200 }, apart[] = { 200, 0 };
	float p[3];
	lesson_section(lesson, "Large logits");
	static const Choice wrong[] = {
		{ "1", "That is what it should be. But expf(200) is larger than the "
		       "largest float." },
		{ "NaN, not a number",
		        "expf(200) is infinite in a float, and so is the sum. Infinity "
		        "divided by infinity is not a number." },
		{ "0", "The sum is infinite, but so is the number above it." }
	};
	lesson_predict_choice(lesson,
	        "The logits are 100, 0 and 200. What does plain_softmax() say of the last "
	        "class?",
	        3, wrong, 1);
	plain_softmax(p, large, 3);
	lesson_say(lesson, "  plain_softmax: %s %.0f %s", isnan(p[0]) ? "NaN" : "?",
	        (double)p[1], isnan(p[2]) ? "NaN" : "?");
	softmax(p, large, 3);
	lesson_say(lesson, "  softmax:       %.0f %.0f %.0f", (double)p[0], (double)p[1],
	        (double)p[2]);
	lesson_predict_number(lesson,
	        "Two logits, 200 and 0. The target is the second. What does "
	        "cross_entropy() return?",
	        200, 0.5,
	        "The sum is 1 + e^-200, which rounds to 1, and its logarithm is 0. Then "
	        "0 - (0 - 200) = 200 is left.");
	softmax(p, apart, 2);
	lesson_say(lesson, "  -logf(p) = %s, cross_entropy() = %.0f",
	        isinf(-logf(p[1])) ? "infinity" : "a number",
	        (double)cross_entropy(apart, 1, 2));
	lesson_point(lesson, "The same formula, written in another way.");
}

/* --- the gradient ------------------------------------------------------------------- */

static void gradient(Lesson *lesson)
{
	static const char *const names[] = { "neutral", "joy", "anger" };
	float p[3], d_z[3];
	lesson_section(lesson, "The gradient");
	softmax(p, by_hand, 3);
	cross_entropy_gradient(d_z, p, 2, 3);
	lesson_say(lesson, "  class     p - y   measured");
	for (int c = 0; c < 3; c++)
		lesson_say(lesson, "  %-8s %6.3f   %8.3f", names[c], (double)d_z[c],
		        (double)measured_gradient(by_hand, 2, 3, c, 0.01f));
	lesson_look_floats(lesson, "p", 1, 3, p);
	lesson_look_floats(lesson, "gradient of the logits", 1, 3, d_z);
	lesson_point(lesson, "Computed and measured, side by side.");
	static const Choice sure[] = {
		{ "-100",
		        "That is the derivative with respect to p, -1/p. With respect to "
		        "the logit it is multiplied by p (1 - p)." },
		{ "-0.99", "It is p - 1. However wrong the model is, no logit gets a "
		           "gradient beyond -1 or 1." },
		{ "0.01", "That is p. Of the target's p, 1 is subtracted." },
		{ "-4.6", "That is log p. The loss is 4.6, and this is not its "
		          "derivative." }
	};
	lesson_predict_choice(lesson,
	        "The model gives the target p = 0.01. What is the derivative of the loss "
	        "with respect to the target's logit?",
	        4, sure, 1);
}

/* --- six weighted sums -------------------------------------------------------------- */

static Plan plan(float rate, const float weights[], int seed)
{
	return (Plan){ EPOCHS, BATCH, rate, weights, (uint64_t)seed };
}

static void six(Lesson *lesson, Data *d)
{
	float z[CLASSES], p[CLASSES];
	Regression model = regression_new(lesson_arena(lesson), FEATURES, CLASSES);
	lesson_section(lesson, "Six emotions");
	lesson_predict_number(lesson,
	        "All weights and biases are 0. What is the loss of every utterance?",
	        log(CLASSES), 0.03,
	        "All logits are 0, so each p is 1/6, and the loss is log 6. Look at the "
	        "first loss of each training: it tells whether the loss is computed "
	        "right.");
	lesson_number(lesson, "loss-first", "loss before training", "%.3f",
	        (double)regression_loss(&model, examples_of(&d->train)));
	regression_train(&model, examples_of(&d->train), plan(rate_of_sound, NULL, 1));
	lesson_number(lesson, "loss-last", "loss after training", "%.3f",
	        (double)regression_loss(&model, examples_of(&d->train)));
	regression_logits(z, &model, d->angry.x);
	softmax(p, z, CLASSES);
	picture_answer(lesson, p, ANGER);
	regression_answer(d->answer, &model, examples_of(&d->validation));
	lesson_look_floats(lesson, "logits", 1, CLASSES, z);
	lesson_look_floats(lesson, "p", 1, CLASSES, p);
	lesson_look_floats(lesson, "weights", CLASSES, FEATURES, model.w);
	lesson_point(lesson, "Six probabilities for a woman whom the model never heard.");
}

static void beyond_accuracy(Lesson *lesson, Data *d)
{
	lesson_section(lesson, "Beyond accuracy");
	static const Choice constant[] = {
		{ "0.600, as its accuracy",
		        "UAR gives each emotion the same weight, and five of six are never "
		        "found." },
		{ "0.167", "Its recall of neutral is 1, that of the five others 0. The "
		           "mean is 1/6." },
		{ "0.100",
		        "The mean is over six recalls, and the first of them is 1, not "
		        "0.6." },
		{ "0", "It finds all the neutral ones: one recall is 1." }
	};
	lesson_predict_choice(lesson,
	        "The first program says \"neutral\" to everything. Its accuracy is 0.600. "
	        "What is its UAR?",
	        4, constant, 1);
	const Score score = score_of(d->answer, &d->validation);
	picture_confusion(lesson, score.table);
	lesson_number(lesson, "one-accuracy", "accuracy", "%.3f", (double)score.accuracy);
	for (int c = 0; c < CLASSES; c++)
		lesson_number(lesson, emotions[c],
		        arena_format(lesson_arena(lesson), "recall of %s", emotions[c]),
		        "%.3f", (double)recall_of(score.table, c, CLASSES));
	lesson_number(lesson, "one-uar", "UAR", "%.3f", (double)score.uar);
	lesson_number(lesson, "weight-neutral", "class weight of neutral", "%.3f",
	        (double)d->weights[0]);
	lesson_number(lesson, "weight-joy", "class weight of each other emotion", "%.3f",
	        (double)d->weights[1]);
	lesson_point(lesson, "Look along a row: what is this emotion mistaken for?");
}

/* --- the experiment ----------------------------------------------------------------- */

static void compare(Lesson *lesson, Data *d, const char *name, const char *key,
        Answering *answering, float rate, const float weights[])
{
	double accuracy[SEEDS], uar[SEEDS];
	lesson_settings(lesson, name,
	        "input %s, weights %s, rate %g, epochs %d, batch %d, start normal, seeds "
	        "1-%d",
	        answering == answers_by_words ? "words" : "sound",
	        weights ? "balanced" : "none", (double)rate, EPOCHS, BATCH, SEEDS);
	for (int s = 0; s < SEEDS; s++) {
		answering(
		        d->answer, &d->train, &d->validation, plan(rate, weights, s + 1));
		Score score = score_of(d->answer, &d->validation);
		accuracy[s] = (double)score.accuracy;
		uar[s] = (double)score.uar;
	}
	lesson_spread(lesson, arena_format(lesson_arena(lesson), "%s-accuracy", key),
	        "accuracy", "%.3f", SEEDS, accuracy);
	lesson_spread(lesson, arena_format(lesson_arena(lesson), "%s-uar", key), "UAR",
	        "%.3f", SEEDS, uar);
}

static void experiment(Lesson *lesson, Data *d)
{
	lesson_section(lesson, "The experiment");
	compare(lesson, d, "sound", "sound", answers_by_sound, rate_of_sound, NULL);
	static const Choice weighted[] = {
		{ "accuracy and UAR both rise", "Nothing new is known about the voices. "
		                                "What one class gains, another pays." },
		{ "accuracy falls, UAR rises",
		        "The five rare emotions count more now, and neutral less. More of "
		        "them are found, and more neutral sentences are lost." },
		{ "accuracy rises, UAR falls",
		        "Accuracy is ruled by the commonest class, whose weight has become "
		        "small." }
	};
	lesson_predict_choice(lesson,
	        "The same training with balanced class weights. What happens?", 3,
	        weighted, 1);
	compare(lesson, d, "sound, weighted", "weighted", answers_by_sound, rate_of_sound,
	        d->weights);
	compare(lesson, d, "words, weighted", "words", answers_by_words, rate_of_words,
	        d->weights);
	lesson_point(lesson, "All this is the validation set. The test set still waits.");
}

/* --- how sure? ---------------------------------------------------------------------- */

static void interval(
        Lesson *lesson, Data *d, const char *name, const char *key, const float weights[])
{
	Arena *arena = lesson_arena(lesson);
	float low, high;
	answers_by_sound(d->answer, &d->train, &d->test, plan(rate_of_sound, weights, 1));
	const Score score = score_of(d->answer, &d->test);
	lesson_say(lesson, "  %s, on the test set:", name);
	lesson_number(lesson, arena_format(arena, "%s-test-accuracy", key), "accuracy",
	        "%.3f", (double)score.accuracy);
	lesson_number(lesson, arena_format(arena, "%s-test-uar", key), "UAR", "%.3f",
	        (double)score.uar);
	for (int speakers = 0; speakers < 2; speakers++) {
		const char *drawn = speakers ? "speakers" : "utterances";
		uar_interval(&low, &high, d->answer, &d->test, speakers);
		lesson_number(lesson, arena_format(arena, "%s-%s-low", key, drawn),
		        arena_format(arena, "%s drawn: UAR from", drawn), "%.3f",
		        (double)low);
		lesson_number(lesson, arena_format(arena, "%s-%s-high", key, drawn), "to",
		        "%.3f", (double)high);
	}
}

static void how_sure(Lesson *lesson, Data *d)
{
	lesson_section(lesson, "How sure is that?");
	static const Choice wide[] = {
		{ "about 0.01", "That takes many thousands of utterances. "
		                "Each of the rare emotions has 32 here." },
		{ "about 0.1", "UAR is a mean of six recalls, and five of them come from "
		               "32 utterances each." },
		{ "about 0.4", "It is so wide for a few utterances. There are 400 here." }
	};
	lesson_predict_choice(lesson,
	        "The test set has 400 utterances of 16 speakers. How wide is the 95 % "
	        "interval of the UAR?",
	        3, wide, 1);
	interval(lesson, d, "With class weights", "weighted", d->weights);
	interval(lesson, d, "Without", "plain", NULL);
	lesson_point(lesson, "One figure, and how far others of its kind would lie.");
}

/* --- leakage ------------------------------------------------------------------------ */

/* A corpus in which the speaker tells the emotion, and how strongly. */
typedef struct Leaky {
	int microphone, own;
	Set set;
} Leaky;

static void split_trials(Lesson *lesson, const Leaky *leak, const char *name,
        const char *key, void split(int part[], const Set *, uint64_t))
{
	double accuracy[SPLITS];
	int part[MOST], answer[MOST];
	const Set *set = &leak->set;
	lesson_settings(lesson, name,
	        "split %s, microphone %d, own %d, rate %g, epochs %d, batch %d, seeds "
	        "1-%d",
	        split == split_speakers ? "speakers" : "utterances", leak->microphone,
	        leak->own, (double)rate_of_sound, EPOCHS, BATCH, SPLITS);
	for (int s = 0; s < SPLITS; s++) {
		Arena *arena = arena_new("split");
		split(part, set, (uint64_t)s + 1);
		Set train = heard_where(arena, set, part, 0);
		Set test = heard_where(arena, set, part, 1);
		const Scale scale = scale_of(&train);
		rescale(&train, &scale);
		rescale(&test, &scale);
		answers_by_sound(answer, &train, &test, plan(rate_of_sound, NULL, s + 1));
		accuracy[s] = (double)score_of(answer, &test).accuracy;
		arena_free(arena);
	}
	lesson_spread(lesson, key, "accuracy", "%.3f", SPLITS, accuracy);
}

static void leakage(Lesson *lesson)
{
	int mixed[MOST], apart[MOST];
	lesson_section(lesson, "Leakage");
	Leaky leak = { 0 };
	leak.microphone = lesson_count(lesson, "microphone",
	        "how many decibels a microphone adds to a band, or takes, at most", 6, 0,
	        30);
	leak.own = lesson_count(lesson, "own",
	        "how many of a speaker's 24 sentences are in an emotion of her own", 18,
	        0, 24);
	leak.set = heard_leaking(lesson_arena(lesson), leak.own, leak.microphone);
	split_utterances(mixed, &leak.set, 3);
	split_speakers(apart, &leak.set, 3);
	lesson_say(lesson, "Each woman has her own microphone, and often one emotion.");
	picture_splits(lesson, &leak.set, mixed, apart);
	static const Choice heard_nothing[] = {
		{ "about 0.17: there is nothing to hear",
		        "There is no emotion to hear, but a microphone. It tells the "
		        "speaker, and the speaker tells the target." },
		{ "about 0.4",
		        "Most speakers are recognised, and 19 of 24 utterances have the "
		        "speaker's own emotion: it is more." },
		{ "about 0.7", "Whoever recognises the speaker by her microphone, and "
		               "names her emotion, is right in 19 of 24 utterances." }
	};
	lesson_predict_choice(lesson,
	        "No utterance of this corpus expresses anything. Speakers are mixed. How "
	        "large is the accuracy?",
	        3, heard_nothing, 2);
	split_trials(lesson, &leak, "speakers mixed", "mixed", split_utterances);
	split_trials(lesson, &leak, "speakers apart", "apart", split_speakers);
	lesson_point(lesson, "The same utterances, the same training, another split.");
}

/* --- the library -------------------------------------------------------------------- */

static void library(Lesson *lesson)
{
	Arena *arena = lesson_arena(lesson);
	const real numbers[] = { 1, 0, 2, 1, 0, 2 };
	static const int targets[] = { 2, 1 };
	static const real weights[] = { 1, 3, 1 };
	const double first = (double)cross_entropy(by_hand, 2, 3);
	const double second = (double)cross_entropy(by_hand, 1, 3);
	lesson_section(lesson, "In the library");
	Tape tape = tape_new(arena);
	/* [library] */
	Var *logits = tape_variable(
	        &tape, tensor_from(arena, numbers, 6, SHAPE(2, 3)), "logits");
	const CrossEntropy settings = { .class_weights = weights };
	Var *loss = loss_cross_entropy(&tape, logits, targets, &settings);
	tape_backward(&tape, loss);
	/* [/library] */
	lesson_number(lesson, "mean-by-hand", "(1 x loss of anger + 3 x loss of joy) / 4",
	        "%.3f", (first + 3 * second) / 4);
	lesson_number(lesson, "mean-library", "loss_cross_entropy", "%.3f",
	        (double)loss->value.data[0]);
	lesson_tensor(lesson, "gradient of the logits", logits->grad);
	lesson_look(lesson, "logits", logits->value);
	lesson_look(lesson, "loss", loss->value);
	lesson_point(lesson, "One node of the tape: softmax, logarithm and weights.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "05-six-emotions", "Six emotions");
	Data d = the_data(lesson);
	softmax_by_hand(lesson);
	large_logits(lesson);
	gradient(lesson);
	six(lesson, &d);
	beyond_accuracy(lesson, &d);
	experiment(lesson, &d);
	how_sure(lesson, &d);
	leakage(lesson);
	library(lesson);
	return lesson_end(lesson);
}
