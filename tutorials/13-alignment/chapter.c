/* Chapter 13: early fusion and alignment. The same words mean something else when another
 * word is stressed. The mean of the frames under a word brings its sound beside it; then
 * a network can tell (network.c). Where word times are wrong or unknown: spoken.c; how
 * words may look for their frames themselves: scores.c. */
#include "tutorials/13-alignment/library.h"
#include "tutorials/13-alignment/mean.h"
#include "tutorials/13-alignment/pictures.h"
#include "tutorials/13-alignment/scores.h"
#include "tutorials/13-alignment/trials.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

/* --- one sentence, said twice ----------------------------------------------------------- */

static void loudness(const Spoken *s, float loud[FIRST])
{
	for (int j = 0; j < FIRST; j++) {
		const int n = s->end[j] - s->begin[j];
		loud[j] = 0;
		for (int t = s->begin[j]; t < s->end[j]; t++)
			loud[j] += s->frames[t][LOUD] / (float)n;
	}
}

static void said_twice(
        Lesson *lesson, const Spoken pair[2], const Clip sound[2], float loud[2][FIRST])
{
	lesson_section(lesson, "One sentence, said twice");
	lesson_sound(lesson, "stress-angry", &sound[0]);
	lesson_sound(lesson, "stress-happy", &sound[1]);
	lesson_say(lesson, "  %s", pair[0].text);
	loudness(&pair[0], loud[0]);
	loudness(&pair[1], loud[1]);
	draw_pair(lesson, pair, loud);
	lesson_look_floats(
	        lesson, "loudness of each word, both times", 2, FIRST, loud[0]);
	lesson_point(lesson, "The loudest word is another one.");
	static const Choice best[] = {
		{ "1/6, because there are six emotions",
		        "Two emotions are named, so the words rule out the other four." },
		{ "1/2",
		        "Two emotions are named, and the words do not tell which one is meant." },
		{ "almost 1, with enough sentences to learn from",
		        "Each sentence can be said in both ways. No number of sentences changes "
		        "that." }
	};
	lesson_predict_choice(lesson,
	        "A network reads only the words of such sentences. What is the best accuracy that "
	        "it can have?",
	        3, best, 1);
}

/* --- which frames belong to a word ------------------------------------------------------ */

static void word_times(Lesson *lesson)
{
	lesson_section(lesson, "Which frames belong to a word?");
	Spoken spoken;
	Clip sound;
	spoken_angry(lesson_arena(lesson), &spoken, &sound);
	lesson_sound(lesson, "angry", &sound);
	for (int j = 0; j < spoken.count; j++)
		lesson_say(lesson, "  %-14s %.2f to %.2f s, frames %2d to %2d",
		        spoken.written[j], (double)spoken.start[j],
		        (double)spoken.stop[j], spoken.begin[j], spoken.end[j] - 1);
	lesson_number(lesson, "frames", "frames in all", "%.0f", spoken.T);
	lesson_look_floats(lesson, "frames", spoken.T, FRAME, spoken.frames[0]);
	lesson_point(lesson, "Frame 37 is in two words: one ends in it, and one begins.");
	draw_gathered(lesson, &spoken, &sound);
	lesson_point(
	        lesson, "A column for each frame has become a column for each word.");
	lesson_predict_number(lesson,
	        "A word is said from 0.13 s to 0.25 s. There are 50 frames a second. How many "
	        "frames does it touch?",
	        7, 0,
	        "It begins in frame 6 (0.13 times 50 is 6.5) and ends in frame 12 (12.5). "
	        "Frames 6 to 12 are seven.");
}

/* --- the mean, by hand ------------------------------------------------------------------ */

/* The means times their gradients, if frame i is moved: how much the loss is, but for a
 * constant. */
static double weighed(const float x[HAND], const int begin[2], const int end[2],
        const float dm[2], int i, float move)
{
	float moved[HAND], m;
	double sum = 0;
	memcpy(moved, x, sizeof moved);
	moved[i] += move;
	for (int j = 0; j < 2; j++) {
		mean_under(&m, moved, 1, begin[j], end[j]);
		sum += (double)(dm[j] * m);
	}
	return sum;
}

static void by_hand(Lesson *lesson)
{
	lesson_section(lesson, "The mean under a word, both ways");
	const float x[HAND] = { 0.2f, 0.4f, 0.9f, 0.6f, 0.3f }, dm[2] = { 3, 6 };
	const int begin[2] = { 0, 2 }, end[2] = { 3, 5 };
	float m[2] = { 0 }, dx[HAND] = { 0 };
	double worst = 0;
	for (int j = 0; j < 2; j++) {
		mean_under(&m[j], x, 1, begin[j], end[j]);
		mean_under_backward(dx, &dm[j], 1, begin[j], end[j]);
	}
	lesson_number(lesson, "mean-0", "mean of the first word", "%.2f", (double)m[0]);
	lesson_number(lesson, "mean-1", "mean of the second word", "%.2f", (double)m[1]);
	lesson_predict_number(lesson,
	        "The gradients of the two means are 3 and 6. What is the gradient of the "
	        "shared frame, 0.9?",
	        3, 0.001,
	        "A third of 3 from the first word, and a third of 6 from the second: 1 + 2.");
	draw_overlap(lesson, x, begin, end, m, dm, dx);
	for (int i = 0; i < HAND; i++) {
		const double rise = weighed(x, begin, end, dm, i, 0.1f) -
		                    weighed(x, begin, end, dm, i, -0.1f);
		worst = fmax(worst, fabs(rise / 0.2 - (double)dx[i]));
	}
	lesson_number(lesson, "hand-error", "largest difference to what measuring says",
	        "%.0e", worst);
	lesson_look_floats(lesson, "means", 1, 2, m);
	lesson_look_floats(lesson, "gradient of the frames", 1, HAND, dx);
	lesson_point(lesson, "The shared frame gets two shares.");
}

/* --- early and middle fusion ------------------------------------------------------------ */

static void early_by_hand(Lesson *lesson, const Spoken pair[2], float loud[2][FIRST])
{
	lesson_section(lesson, "Side by side");
	draw_side_by_side(lesson, pair[0].written, loud[0]);
	lesson_point(lesson, "The unit for \"angry\" has the larger answer.");
	for (int v = 0; v < 2; v++) {
		const double a = 1 + (double)loud[v][2], h = 1 + (double)loud[v][4];
		lesson_say(lesson, "  %-8s \"angry\" %.2f, \"happy\" %.2f",
		        emotions[pair[v].label], a, h);
	}
	lesson_point(lesson, "The larger answer names the right emotion, both times.");
	draw_apart(lesson, pair[0].written, loud[0]);
	lesson_point(lesson, "Each row has lost where its largest number was.");
	for (int v = 0; v < 2; v++) {
		float most = 0;
		for (int j = 0; j < FIRST; j++)
			most = fmaxf(most, loud[v][j]);
		lesson_say(lesson, "  %-8s largest: 1.00, 1.00, %.2f",
		        emotions[pair[v].label], (double)most);
	}
	lesson_point(lesson, "Something was loud. What it was, is lost.");
}

static const char *const names[FUSIONS] = { "text alone", "sound alone", "middle fusion",
	"early fusion" };
static const char *const keys[FUSIONS] = { "text", "sound", "middle", "early" };

static void the_network(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "The network");
	static Network net;
	network_new(&net, EARLY, 1);
	int kinks;
	const double error = network_gradient_error(&net, &sets->train.items[0], &kinks);
	lesson_number(lesson, "words", "different words", "%.0f", sets->words.count - 1);
	lesson_number(lesson, "error", "largest error of a gradient, by measuring",
	        "%.0e", error);
	lesson_number(lesson, "kinks", "parameters that stand at a kink", "%.0f", kinks);
	for (int i = 0; i < 3; i++)
		lesson_say(lesson, "  %-9s %s", emotions[sets->test.items[i].label],
		        sets->test.items[i].text);
	lesson_point(lesson, "The frames are reached through the mean.");
	static const Choice middle[] = {
		{ "as good as early fusion: it has the same numbers",
		        "It has the same numbers, but not the pairs. The largest answers come "
		        "without the words that gave them." },
		{ "about as good as text alone",
		        "That something was loud is true of every sentence, so the sound adds "
		        "nothing." },
		{ "half way between: it knows that a word was stressed",
		        "In every sentence a word is stressed. That tells nothing about which "
		        "emotion is meant." }
	};
	lesson_predict_choice(lesson,
	        "Middle fusion gets the same words and the same means. How good will it be?",
	        3, middle, 1);
}

static void experiment(Lesson *lesson, const Sets *sets, Network early[SEEDS])
{
	enum { PAIRS = 60 };
	lesson_section(lesson, "The experiment");
	Arena *arena = lesson_arena(lesson);
	const Set twice = spoken_twice(arena, &sets->words, PAIRS, sets->train.wider);
	for (int k = 0; k < FUSIONS; k++) {
		double own[SEEDS], test[SEEDS], both[SEEDS];
		train_all(early, (Fusion)k, sets->train); /* the last ones stay */
		accuracies(own, early, sets->train);
		accuracies(test, early, sets->test);
		for (int s = 0; s < SEEDS; s++)
			both[s] = both_right(&early[s], twice);
		const int size = network_parameters(&early[0], sets->words.count);
		lesson_settings(lesson, names[k],
		        "units %d, width %d, ear %d, join %d, rate %g, batch %d, "
		        "epochs %d, sentences %d, seeds %d, parameters %d",
		        UNITS, WIDTH, EAR, JOIN, (double)LEARNING_RATE, BATCH, EPOCHS,
		        TRAIN, SEEDS, size);
		lesson_number(lesson, arena_format(arena, "size-%s", keys[k]),
		        "parameters", "%.0f", size);
		lesson_spread(lesson, arena_format(arena, "own-%s", keys[k]),
		        "accuracy, training set", "%.3f", SEEDS, own);
		lesson_spread(lesson, arena_format(arena, "test-%s", keys[k]),
		        "accuracy, test set", "%.3f", SEEDS, test);
		lesson_spread(lesson, arena_format(arena, "both-%s", keys[k]),
		        "said twice, both right", "%.3f", SEEDS, both);
	}
	lesson_point(lesson, "The sound helps only where it stands beside its word.");
}

/* --- word times that are wrong ---------------------------------------------------------- */

/* Accuracy of networks that have learnt with right times; or, without networks, of new
 * ones that have learnt with times like these. */
static void with_times(Lesson *lesson, const Sets *sets, const Network nets[SEEDS],
        Times times, float shift, const char *key, const char *what, double test[SEEDS])
{
	static Network own[SEEDS];
	spoken_align(sets->test, times, shift);
	if (!nets) {
		spoken_align(sets->train, times, shift);
		train_all(own, EARLY, sets->train);
		spoken_align(sets->train, TIMES_RIGHT, 0);
	}
	accuracies(test, nets ? nets : own, sets->test);
	lesson_spread(lesson, key, what, "%.3f", SEEDS, test);
	spoken_align(sets->test, TIMES_RIGHT, 0);
}

static void wrong_times(Lesson *lesson, const Sets *sets, const Network early[SEEDS])
{
	enum { SHIFTS = 7 };
	lesson_section(lesson, "When word times are wrong");
	double seconds = 0, words = 0;
	for (int i = 0; i < sets->test.count; i++)
		for (int j = 0; j < sets->test.items[i].count; j++, words++)
			seconds += (double)(sets->test.items[i].stop[j] -
			                    sets->test.items[i].start[j]);
	lesson_number(lesson, "word-seconds", "seconds that a word lasts, on average",
	        "%.2f", seconds / words);
	static const Choice late[] = {
		{ "hardly: most words last longer than 100 ms",
		        "A word of 250 ms loses two fifths of its frames, and gets as many from "
		        "the next word." },
		{ "from about 0.9 to about 0.75",
		        "Most frames are still the word's own, so it is not all lost." },
		{ "to that of text alone",
		        "More than half of the frames are still the word's own." }
	};
	lesson_predict_choice(lesson,
	        "All word times of the test set are 100 ms late. How does the accuracy of "
	        "early fusion fall?",
	        3, late, 1);
	const float shifts[SHIFTS] = { -200, -100, -50, 0, 50, 100, 200 };
	double test[SHIFTS][SEEDS], other[SEEDS];
	Arena *arena = lesson_arena(lesson);
	for (int i = 0; i < SHIFTS; i++)
		with_times(lesson, sets, early, TIMES_RIGHT, shifts[i] / 1000,
		        arena_format(arena, "%s-%.0f", shifts[i] < 0 ? "early" : "late",
		                fabs((double)shifts[i])),
		        arena_format(arena, "accuracy, %+4.0f ms", (double)shifts[i]),
		        test[i]);
	draw_late(lesson, SHIFTS, shifts, SEEDS, &test[0][0]);
	with_times(lesson, sets, early, TIMES_EVEN, 0, "even", "accuracy, even shares",
	        other);
	with_times(lesson, sets, early, TIMES_WHOLE, 0, "whole",
	        "accuracy, the whole sound for each word", other);
	lesson_say(lesson, "  Trained with such times, too:");
	with_times(lesson, sets, NULL, TIMES_RIGHT, 0.1f, "trained-late",
	        "accuracy, +100 ms", other);
	with_times(lesson, sets, NULL, TIMES_EVEN, 0, "trained-even",
	        "accuracy, even shares", other);
	lesson_point(lesson, "The further off, the worse.");
}

/* --- learnt alignment ------------------------------------------------------------------- */

static void learnt(Lesson *lesson)
{
	enum { FRAMES = 3, DRAWS = 1000, MANY = 10 };
	lesson_section(lesson, "Without word times");
	/* Frames under "angry", "and", "happy"; the words "angry" and "happy". */
	const float of_frame[FRAMES] = { 1, 0.2f, 0.6f }, of_word[2] = { 0, 0.8f };
	const float key[FRAMES][ASK] = { { 1, 0 }, { 0.2f, 0.2f }, { 0, 1 } };
	const float query[2][ASK] = { { 2, 0 }, { 0, 2 } };
	float sums[2][FRAMES], products[2][FRAMES], a[2][FRAMES];
	for (int j = 0; j < 2; j++)
		for (int i = 0; i < FRAMES; i++) {
			sums[j][i] = sum_score(of_frame[i], of_word[j]);
			products[j][i] = product_score(query[j], key[i]);
		}
	for (int j = 0; j < 2; j++) {
		lesson_say(lesson, "  %s: scores %.2f %.2f %.2f", j ? "happy" : "angry",
		        (double)sums[j][0], (double)sums[j][1], (double)sums[j][2]);
		shares(a[j], sums[j], FRAMES);
	}
	lesson_look_floats(lesson, "scores", 2, FRAMES, sums[0]);
	lesson_look_floats(lesson, "shares", 2, FRAMES, a[0]);
	lesson_point(lesson, "The scores differ, but their order does not.");
	draw_shares(lesson, "sums", "Scores that are sums: one favourite for all", a);
	lesson_point(lesson, "Both words prefer the frame under \"angry\".");
	lesson_predict_number(lesson,
	        "tanh lies between -1 and 1. How many times as large as the smallest share "
	        "can the largest share be, at most?",
	        exp(2), 0.5,
	        "Two scores differ by 2 at most, so their shares differ by a factor of "
	        "e^2 at most.");
	for (int j = 0; j < 2; j++)
		shares(a[j], products[j], FRAMES);
	draw_shares(lesson, "products", "Scores that are products: each its own", a);
	lesson_number(lesson, "sums-differ",
	        "of 1000 random sums: the words differ in their favourite", "%.0f",
	        differ_with_sums(DRAWS, MANY));
	lesson_number(lesson, "products-differ",
	        "of 1000 random products: the words differ", "%.0f",
	        differ_with_products(DRAWS, MANY));
	lesson_look_floats(lesson, "shares by products", 2, FRAMES, a[0]);
	lesson_point(lesson, "No choice of weights helps a sum.");
}

/* --- in the library --------------------------------------------------------------------- */

static void in_the_library(Lesson *lesson, const Sets *sets, const Network early[SEEDS])
{
	enum { RUNS = 3 };
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	double plain[RUNS], layer[RUNS];
	static Network net;
	for (int s = 0; s < RUNS; s++) {
		network_new(&net, EARLY, (uint64_t)s + 1);
		layer[s] = library_accuracy(&net, sets, plan_of(s + 1));
		plain[s] = network_accuracy(&early[s], sets->test);
	}
	lesson_settings(lesson, "both",
	        "units %d, width %d, ear %d, join %d, rate %g, batch %d, epochs %d, "
	        "sentences %d, seeds %d",
	        UNITS, WIDTH, EAR, JOIN, (double)LEARNING_RATE, BATCH, EPOCHS, TRAIN,
	        RUNS);
	lesson_spread(
	        lesson, "plain", "accuracy, test set: plain loops", "%.2f", RUNS, plain);
	lesson_spread(lesson, "library", "accuracy, test set: the library", "%.2f", RUNS,
	        layer);
	lesson_point(lesson, "Two programs, one network: the accuracies agree.");
}

int main(int argc, char **argv)
{
	Lesson *lesson =
	        lesson_begin(argc, argv, "13-alignment", "Early fusion and alignment");
	Arena *arena = lesson_arena(lesson);
	static Sets sets;
	static Network early[SEEDS];
	Spoken pair[2];
	Clip sound[2];
	float loud[2][FIRST];
	spoken_pair(arena, pair, sound);
	said_twice(lesson, pair, sound, loud);
	word_times(lesson);
	by_hand(lesson);
	early_by_hand(lesson, pair, loud);
	const int wider = lesson_count(lesson, "wider",
	        "how many frames before it and behind it each word takes", 0, 0, 16);
	spoken_make(arena, &sets, TRAIN, TEST, wider);
	the_network(lesson, &sets);
	experiment(lesson, &sets, early);
	wrong_times(lesson, &sets, early);
	learnt(lesson);
	in_the_library(lesson, &sets, early);
	return lesson_end(lesson);
}
