/* Chapter 7: convolution. A kernel slides over a curve, then filters slide over words; the
 * largest answer of each is kept. Filters see the order of words, which no bag of words
 * can. What is trained stands in network.c; the sentences are made in sentences.c. */
#include "audio/voice/pitch.h"
#include "tutorials/07-convolution/curve.h"
#include "tutorials/07-convolution/library.h"
#include "tutorials/07-convolution/pictures.h"
#include "tutorials/lesson/mine.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>
#include <string.h>

enum { SEEDS = 10, EPOCHS = 30, BATCH = 8, ANGER = 3 };
static const float RATE = 0.3f;

/* --- one curve -------------------------------------------------------------------------- */

static void a_curve(Lesson *lesson, const SpokenUtterance *spoken)
{
	enum { STEPS = UTTERANCE_WORDS, PLACES = STEPS - 1 };
	lesson_section(lesson, "A window over a curve");
	lesson_sound(lesson, "angry", &spoken->sound);
	float x[STEPS], y[PLACES];
	for (int t = 0; t < STEPS; t++) {
		x[t] = spoken->numbers.data[t * UTTERANCE_NUMBERS + 2];
		lesson_say(lesson, "  %-14s loud %.2f", spoken->words[t], (double)x[t]);
	}
	/* [kernel] */
	const float kernel[2] = { -1, 1 };
	convolve(y, x, STEPS, kernel, 2, 0);
	/* [/kernel] */
	draw_curve(lesson, spoken->words, x, y);
	lesson_look_floats(lesson, "x", 1, STEPS, x);
	lesson_look_floats(lesson, "answers", 1, PLACES, y);
	lesson_point(lesson, "An answer above 0: here it gets louder.");
	lesson_predict_number(lesson,
	        "A sequence of 5 steps and a kernel of 3 taps. How many answers?", 3, 0,
	        "The window can begin at steps 0, 1 and 2: 5 - 3 + 1 places.");
	static const Choice means[] = {
		{ "It finds where the voice gets quieter",
		        "That would be (1, -1): positive where the first step is louder than the "
		        "second." },
		{ "It smooths: each answer is the mean of two neighbours",
		        "Half of one step plus half of the next is their mean." },
		{ "It makes everything half as loud",
		        "Two halves are added, so a curve that stays the same is not changed." }
	};
	lesson_predict_choice(lesson,
	        "The kernel is (0.5, 0.5) now. What does it do to the loudness?", 3,
	        means, 1);
}

/* By hand: the gradient of one kernel, of which two answers are wanted larger. */
static void its_gradient(Lesson *lesson, const SpokenUtterance *spoken)
{
	enum { STEPS = UTTERANCE_WORDS };
	lesson_section(lesson, "Its gradient");
	const float kernel[2] = { -1, 1 }, dy[STEPS - 1] = { 0, 1, 0, 2 };
	float x[STEPS], dx[STEPS] = { 0 }, dkernel[2] = { 0 }, dbias = 0;
	for (int t = 0; t < STEPS; t++)
		x[t] = spoken->numbers.data[t * UTTERANCE_NUMBERS + 2];
	convolve_backward(dx, dkernel, &dbias, dy, x, STEPS, kernel, 2);
	lesson_number(lesson, "dw0", "gradient of tap 0", "%.2f", (double)dkernel[0]);
	lesson_number(lesson, "dw1", "gradient of tap 1", "%.2f", (double)dkernel[1]);
	lesson_number(lesson, "dbias", "gradient of the bias", "%.0f", (double)dbias);
	lesson_say(lesson, "  gradients of the five steps: %.0f %.0f %.0f %.0f %.0f",
	        (double)dx[0], (double)dx[1], (double)dx[2], (double)dx[3],
	        (double)dx[4]);
	lesson_look_floats(lesson, "gradient of the kernel", 1, 2, dkernel);
	lesson_look_floats(lesson, "gradient of x", 1, STEPS, dx);
	lesson_point(lesson, "The bias is in all four answers: 0 + 1 + 0 + 2.");
}

/* The loudness of every hundredth of a second, and where it rises. */
static void edges(Lesson *lesson, const SpokenUtterance *spoken)
{
	enum { MOST = 400, TAPS = 10, APART = 10 };
	lesson_section(lesson, "Where words begin");
	const PitchSettings settings = pitch_defaults();
	PitchTrack track = pitch_track(lesson_arena(lesson), &spoken->sound, &settings);
	float loud[MOST], found[MOST];
	const int n = track.count < MOST ? track.count : MOST;
	for (int t = 0; t < n; t++)
		loud[t] = (float)fmax(track.level[t] + 60, 0);
	/* [edge-kernel] */
	const float kernel[TAPS] = { -0.2f, -0.2f, -0.2f, -0.2f, -0.2f, 0.2f, 0.2f, 0.2f,
		0.2f, 0.2f };
	convolve(found, loud, n, kernel, TAPS, 0);
	/* [/edge-kernel] */
	const int answers = n - TAPS + 1;
	lesson_number(lesson, "frames", "steps", "%.0f", n);
	lesson_number(lesson, "answers", "answers", "%.0f", answers);
	for (int t = 0; t < answers; t++) {
		bool top = found[t] > 8;
		for (int u = t - APART; u <= t + APART; u++)
			top = top && (u < 0 || u >= answers || found[u] <= found[t]);
		if (top)
			lesson_say(lesson, "  %4.1f dB louder at %.2f s",
			        (double)found[t], (t + TAPS / 2) / 100.0);
	}
	draw_edges(lesson, n, loud, answers, found, TAPS / 2);
	lesson_look_floats(lesson, "answers", 1, answers, found);
	lesson_point(lesson, "Each peak of the answer is a place where a sound begins.");
	lesson_predict_number(lesson,
	        "100 steps, a kernel of 5 taps, padding 2, stride 2. How many answers?",
	        (100 + 2 * 2 - 5) / 2 + 1, 0,
	        "With padding there are 104 steps. 104 - 5 = 99, half of it is 49 and a rest, "
	        "and the first window makes 50.");
}

/* --- words by hand ---------------------------------------------------------------------- */

enum { SAID = 7 };
static const char *const denied[2][SAID] = { { "I", "am", "not", "glad", "but", "furious",
	                                             "that" },
	{ "I", "am", "glad", "but", "not", "furious", "that" } };

/* Two numbers for a word: does it deny, does it say anger? */
static void vector_of(const char *word, float x[HAND])
{
	x[0] = !strcmp(word, "not");
	x[1] = !strcmp(word, "furious");
}

/* [hand-answer] */
static float hand_answer(float filter[2][HAND], float x[2][HAND])
{
	float y = 0;
	for (int j = 0; j < 2; j++)            /* taps */
		for (int f = 0; f < HAND; f++) /* features */
			y += filter[j][f] * x[j][f];
	return y;
}
/* [/hand-answer] */

static void words_by_hand(Lesson *lesson)
{
	lesson_section(lesson, "A window over words");
	/* [hand-filter] */
	float filter[2][HAND] = { { -2, 0 }, { 0, 1 } }; /* (k,F) */
	/* [/hand-filter] */
	float answers[2][SAID - 1], x[2][HAND];
	for (int s = 0; s < 2; s++)
		for (int t = 0; t < SAID - 1; t++) {
			vector_of(denied[s][t], x[0]);
			vector_of(denied[s][t + 1], x[1]);
			answers[s][t] = hand_answer(filter, x);
		}
	static const char *const window[] = { "not", "furious" };
	vector_of(window[0], x[0]);
	vector_of(window[1], x[1]);
	draw_filter(lesson, window, x, filter);
	draw_answers(
	        lesson, "meant", "\"... but furious ...\"", SAID, denied[0], answers[0]);
	lesson_look_floats(lesson, "filter", 2, HAND, filter[0]);
	lesson_look_floats(lesson, "answers", 2, SAID - 1, answers[0]);
	lesson_point(lesson, "The filter answers 1 at \"but furious\".");
	lesson_predict_number(lesson,
	        "\"I am glad but not furious that ...\": what is the largest answer now?",
	        0, 0, "\"not furious\" gets -2 + 1 = -1. All other windows get 0.");
	draw_answers(lesson, "denied", "\"... but not furious ...\"", SAID, denied[1],
	        answers[1]);
	const float five[] = { 0.2f, 0.3f, 1, 0, 0.8f };
	lesson_section(lesson, "The largest answer");
	draw_winner(lesson, 5, five);
	static const Choice all[] = {
		{ "0.2 each: the gradient is shared equally",
		        "That would be the mean's gradient. If one of the smaller answers grows "
		        "a little, the largest stays the same." },
		{ "1 for the largest, 0 for the others",
		        "Only the largest answer moves the result, and it moves it one to one." },
		{ "0.2, 0.3, 1, 0 and 0.8: in proportion to the answers",
		        "The second largest answer is 0.8. Let it grow to 0.9: the largest does "
		        "not change, so its derivative is 0." }
	};
	lesson_predict_choice(lesson,
	        "Answers 0.2, 0.3, 1, 0 and 0.8, and the largest is kept. The gradient that "
	        "comes back is 1. What do the five get?",
	        3, all, 1);
	lesson_point(lesson, "The gradient goes to the winner alone.");
}

/* --- the sentences, the network --------------------------------------------------------- */

static void sentences(Lesson *lesson, Sets *sets)
{
	lesson_section(lesson, "Pairs of sentences");
	sentences_make(lesson_arena(lesson), sets);
	for (int i = 2; i < 6; i++)
		lesson_say(lesson, "  %-9s %s", emotions[sets->train.items[i].label],
		        sets->train.items[i].text);
	lesson_number(
	        lesson, "train", "sentences to train with", "%.0f", sets->train.count);
	lesson_number(
	        lesson, "validation", "to validate with", "%.0f", sets->validation.count);
	lesson_number(lesson, "test", "to test with", "%.0f", sets->test.count);
	lesson_number(lesson, "words", "different words", "%.0f", sets->words.count - 1);
	lesson_point(lesson, "Two and two have the same words.");
	static const Choice best[] = {
		{ "1/6, because it has to guess one of six emotions",
		        "A bag sees which two emotion words are there, so four of six "
		        "emotions are ruled out." },
		{ "1/2",
		        "Both sentences of a pair get the same answer, and their labels differ. "
		        "So it is right about one of the two at most." },
		{ "about 3/4, with enough hidden units",
		        "More units do not help. Both sentences of a pair are the same input, so "
		        "they get the same answer." }
	};
	lesson_predict_choice(lesson,
	        "A bag of words counts words and forgets their order. What is its best "
	        "possible accuracy on such pairs?",
	        3, best, 1);
}

static void the_network(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "The network");
	static Network net;
	network_new(&net, 2, FILTERS, 1);
	const int two = network_parameters(&net, sets->words.count);
	lesson_number(lesson, "parameters", "parameters with windows of 2", "%.0f", two);
	network_new(&net, 3, FILTERS, 1);
	lesson_predict_number(lesson,
	        "16 filters, vectors of 8 numbers. A window of 3 words in place of 2: how "
	        "many parameters more?",
	        network_parameters(&net, sets->words.count) - two, 0,
	        "Each of the 16 filters gets one more tap of 8 weights. The biases stay.");
	network_new(&net, 2, FILTERS, 1);
	int kinks;
	double error = network_gradient_error(&net, &sets->train.items[0], &kinks);
	lesson_number(lesson, "error", "largest error of a gradient, by measuring",
	        "%.0e", error);
	lesson_number(lesson, "kinks", "parameters that stand at a kink", "%.0f", kinks);
	lesson_look_floats(
	        lesson, "the first filter before training", 2, WIDTH, net.filter[0][0]);
	lesson_point(
	        lesson, "Every parameter was moved a little, and the loss measured.");
}

/* --- the experiment --------------------------------------------------------------------- */

enum { KINDS = 5 };
static const char *const names[KINDS] = { "a bag: the mean of all words",
	"windows of 1 word", "windows of 2 words", "windows of 3 words",
	"windows of 4 words" };

static void experiment(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "The experiment");
	const int filters = lesson_count(
	        lesson, "filters", "how many filters the network has", 16, 1, 32);
	static Network net;
	Arena *arena = lesson_arena(lesson);
	for (int k = 0; k < KINDS; k++) {
		double own[SEEDS], test[SEEDS];
		for (int s = 0; s < SEEDS; s++) {
			const Plan plan = { BATCH, EPOCHS, RATE, (uint64_t)s + 1 };
			network_new(&net, k, filters, plan.seed);
			network_train(&net, sets->train, plan);
			own[s] = network_accuracy(&net, sets->train);
			test[s] = network_accuracy(&net, sets->test);
		}
		lesson_settings(lesson, names[k],
		        "window %d, filters %d, width %d, rate %g, batch %d, epochs %d, "
		        "seeds %d, parameters %d",
		        k, filters, WIDTH, (double)RATE, BATCH, EPOCHS, SEEDS,
		        network_parameters(&net, sets->words.count));
		lesson_spread(lesson, arena_format(arena, "own-%d", k),
		        "accuracy, training set", "%.3f", SEEDS, own);
		lesson_spread(lesson, arena_format(arena, "test-%d", k),
		        "accuracy, test set", "%.3f", SEEDS, test);
		lesson_number(lesson, arena_format(arena, "size-%d", k), "parameters",
		        "%.0f", network_parameters(&net, sets->words.count));
	}
	lesson_point(lesson, "From windows of 2 on, the order of the words is seen.");
}

/* --- what the filters have learned ------------------------------------------------------- */

enum { MOST_WINDOWS = 800 };

/* By how much a filter's weight for an emotion is larger than for any other. */
static float lead(const Network *net, int emotion, int filter)
{
	float next = -INFINITY;
	for (int e = 0; e < EMOTIONS; e++)
		if (e != emotion && net->w[e][filter] > next)
			next = net->w[e][filter];
	return net->w[emotion][filter] - next;
}

static void learned(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "What the filters have learned");
	static Network net;
	const Plan plan = { BATCH, EPOCHS, RATE, 1 };
	network_new(&net, 2, FILTERS, plan.seed);
	network_train(&net, sets->train, plan);
	static Window windows[MOST_WINDOWS];
	lesson_say(lesson, "  filter  weighs most for    its strongest windows");
	int angry = 0;
	for (int o = 0; o < FILTERS; o++) {
		int most = 0;
		for (int e = 1; e < EMOTIONS; e++)
			most = net.w[e][o] > net.w[most][o] ? e : most;
		angry = lead(&net, ANGER, o) > lead(&net, ANGER, angry) ? o : angry;
		windows_of(
		        lesson, &net, o, &sets->words, sets->test, windows, MOST_WINDOWS);
		lesson_say(lesson, "  %4d    %-8s %5.2f   %s, %s, %s", o, emotions[most],
		        (double)net.w[most][o], windows[0].text, windows[1].text,
		        windows[2].text);
	}
	const int count = windows_of(
	        lesson, &net, angry, &sets->words, sets->test, windows, MOST_WINDOWS);
	Window some[2 * BEST];
	lesson_number(
	        lesson, "angry-filter", "the clearest filter for anger", "%.0f", angry);
	draw_favourites(lesson, some, favourites(windows, count, some), emotions[ANGER]);
	lesson_look_floats(
	        lesson, "the filter for anger", 2, WIDTH, net.filter[angry][0]);
	lesson_point(lesson, "Nobody told the filters that \"not\" is special.");
}

/* --- layers on layers ------------------------------------------------------------------- */

static void layers(Lesson *lesson)
{
	lesson_section(lesson, "Layers on layers");
	draw_field(lesson);
	static const Choice fields[] = {
		{ "3", "That is what the third layer sees of the second. The second has already "
		       "looked at 5 steps of the input." },
		{ "7", "Each layer adds 2 steps: 3, 5, 7." },
		{ "9", "The windows overlap, so they do not multiply. Each layer adds 2 steps." },
		{ "27", "That would need windows without overlap: a stride of 3." }
	};
	lesson_predict_choice(lesson,
	        "Three layers with windows of 3 and stride 1. On how many steps of the input "
	        "does one answer depend?",
	        4, fields, 1);
	lesson_point(lesson, "The receptive field grows by 2 with each layer.");
}

/* --- in the library --------------------------------------------------------------------- */

static void in_the_library(Lesson *lesson, const Sets *sets)
{
	enum { RUNS = 3, FEWER = 10 };
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	double plain[RUNS], layer[RUNS];
	static Network net;
	for (int s = 0; s < RUNS; s++) {
		const Plan plan = { BATCH, FEWER, RATE, (uint64_t)s + 1 };
		network_new(&net, 2, FILTERS, plan.seed);
		layer[s] = library_accuracy(&net, sets, plan);
		network_train(&net, sets->train, plan);
		plain[s] = network_accuracy(&net, sets->test);
	}
	lesson_settings(lesson, "both",
	        "window %d, filters %d, width %d, rate %g, batch %d, epochs %d, seeds %d",
	        2, FILTERS, WIDTH, (double)RATE, BATCH, FEWER, RUNS);
	lesson_spread(
	        lesson, "plain", "accuracy, test set: plain loops", "%.2f", RUNS, plain);
	lesson_spread(lesson, "library", "accuracy, test set: the library", "%.2f", RUNS,
	        layer);
	lesson_point(lesson, "Two programs, one network: the accuracies agree.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "07-convolution", "Convolution");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	static Sets sets;
	a_curve(lesson, &spoken);
	edges(lesson, &spoken);
	words_by_hand(lesson);
	its_gradient(lesson, &spoken);
	sentences(lesson, &sets);
	the_network(lesson, &sets);
	experiment(lesson, &sets);
	learned(lesson, &sets);
	layers(lesson);
	in_the_library(lesson, &sets);
	return lesson_end(lesson);
}
