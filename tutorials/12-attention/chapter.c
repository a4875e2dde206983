/* Chapter 12: attention. A weighted mean whose weights are computed (attend.c), masks, the
 * scale, the gradient. Then three ways to make one vector of many words (network.c) for
 * stories in which few words decide (stories.c), and what the weights tell (maps.c). */
#include "tutorials/12-attention/attend.h"
#include "tutorials/12-attention/library.h"
#include "tutorials/12-attention/pictures.h"
#include "tutorials/12-attention/slopes.h"
#include "tutorials/12-attention/trials.h"
#include "tutorials/lesson/mine.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>

enum { ANGER = 3 };

static const char *const said[SAID] = { "Infuriatingly", "my", "father" };
static const float values[SAID][HAND] = { { 3, 0 }, { 0, 1 }, { 0, 3 } };
static const float keys[SAID][HAND] = { { 2, 0 }, { 0, 1 }, { 1, 2 } };

/* --- one weighted mean ------------------------------------------------------------------ */

static void a_weighted_mean(Lesson *lesson)
{
	lesson_section(lesson, "A weighted mean");
	SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	lesson_sound(lesson, "angry", &spoken.sound);
	const float s[SAID] = { 2, 0, 1 };
	float a[SAID], y[HAND];
	soft_weights(a, s, SAID, SAID);
	weighted_mean(y, a, &values[0][0], SAID, HAND);
	draw_mean(lesson, said, s, a, values, y);
	lesson_number(lesson, "a0", "the first weight", "%.3f", (double)a[0]);
	lesson_number(lesson, "a1", "the second weight", "%.3f", (double)a[1]);
	lesson_number(lesson, "a2", "the third weight", "%.3f", (double)a[2]);
	lesson_number(
	        lesson, "anger", "anger in the weighted mean", "%.2f", (double)y[0]);
	lesson_number(lesson, "person", "person in it", "%.2f", (double)y[1]);
	lesson_look_floats(lesson, "scores", 1, SAID, s);
	lesson_look_floats(lesson, "weights", 1, SAID, a);
	lesson_look_floats(lesson, "their mean of the values", 1, HAND, y);
	lesson_point(lesson, "Two thirds of the first value, a little of the others.");
	static const Choice equal[] = {
		{ "(0, 0): equal scores cancel",
		        "Softmax makes weights above 0 of any scores, and their sum is 1." },
		{ "(1, 1.33): the mean",
		        "Equal scores give equal weights, 1/3 each. So the mean is attention "
		        "that does not care." },
		{ "(3, 3): the largest of each column",
		        "That is the maximum. A weighted mean never takes all of one word's "
		        "anger and all of another word's person." },
		{ "(15, 20): five times the sum",
		        "Scores do not multiply the values. Weights do, and their sum is 1." }
	};
	lesson_predict_choice(lesson,
	        "The three scores are 5, 5 and 5. What is the weighted mean of the values (3, "
	        "0), (0, 1) and (0, 3)?",
	        4, equal, 1);
}

/* --- queries and keys ------------------------------------------------------------------- */

static void two_queries(Lesson *lesson)
{
	lesson_section(lesson, "Queries, keys, values");
	Asked asked[2] = { { .name = "Which feeling?", .query = { 1, 0 } },
		{ .name = "Which person?", .query = { 0, 1 } } };
	for (int i = 0; i < 2; i++) {
		float s[SAID];
		scores(s, asked[i].query, &keys[0][0], SAID, HAND, 1);
		soft_weights(asked[i].a, s, SAID, SAID);
		weighted_mean(asked[i].y, asked[i].a, &values[0][0], SAID, HAND);
	}
	draw_queries(lesson, said, keys, asked);
	lesson_look_floats(lesson, "weights of the first query", 1, SAID, asked[0].a);
	lesson_look_floats(lesson, "weights of the second", 1, SAID, asked[1].a);
	lesson_point(lesson, "The same words; another query, other weights.");
	lesson_predict_shape(lesson,
	        "Five words ask 136 frames of sound. Queries and keys have 64 numbers each. "
	        "What shape has the array of all weights?",
	        SHAPE(UTTERANCE_WORDS, 136),
	        "Each of the 5 words has a weight for each of the 136 frames. The 64 numbers "
	        "are summed up in the score.");
}

/* --- masks ------------------------------------------------------------------------------ */

static void masks(Lesson *lesson)
{
	enum { LONG = 6, LONGER = 20 };
	lesson_section(lesson, "Masks");
	float s[LONGER] = { 2, 0, 1 }, a[LONGER], masked[LONGER], words = 0;
	soft_weights(a, s, LONGER, LONGER);
	lesson_predict_number(lesson,
	        "Scores 2, 0 and 1, and 17 steps of padding with score 0. Nothing is masked. "
	        "Which weight has the first word? (e^2 = 7.39, e = 2.72)",
	        (double)a[0], 0.02,
	        "The sum is 7.39 + 1 + 2.72 + 17 = 28.11, since e^0 is 1, and 7.39 / 28.11 is "
	        "left of 0.665.");
	lesson_number(lesson, "long-padding", "the first weight, 17 steps of padding",
	        "%.3f", (double)a[0]);
	soft_weights(a, s, LONG, LONG);
	soft_weights(masked, s, LONG, SAID);
	draw_padding(lesson, LONG, said, a, masked);
	for (int t = 0; t < SAID; t++)
		words += a[t];
	lesson_number(lesson, "left", "weight that is left for the words, no mask",
	        "%.2f", (double)words);
	/* [infinity] */
	for (int t = SAID; t < LONG; t++)
		s[t] = -INFINITY; /* e^-infinity is 0 */
	soft_weights(a, s, LONG, LONG);
	/* [/infinity] */
	lesson_say(lesson, "  scores of -infinity: %.2f %.2f %.2f %.2f %.2f %.2f",
	        (double)a[0], (double)a[1], (double)a[2], (double)a[3], (double)a[4],
	        (double)a[5]);
	for (int t = 0; t < SAID; t++)
		s[t] = -INFINITY;
	soft_weights(a, s, LONG, LONG);
	lesson_say(lesson, "  all six masked so:   the first is %s",
	        isnan(a[0]) ? "NaN, not a number" : "a number");
	soft_weights(a, s, LONG, 0);
	lesson_say(lesson, "  a length of 0:       the first is %.2f", (double)a[0]);
	lesson_look_floats(lesson, "weights with a mask", 1, LONG, masked);
	lesson_point(lesson, "A row in which everything is masked needs a decision.");
}

/* --- the scale -------------------------------------------------------------------------- */

static void the_scale(Lesson *lesson)
{
	enum { SIZES = 5 };
	lesson_section(lesson, "Why divide by the root of d");
	static const Choice variances[] = {
		{ "1, as that of each number",
		        "Each of the 64 products has variance 1, and there are 64 of them." },
		{ "8, the root of 64",
		        "8 is the standard deviation. The variance is its square." },
		{ "64", "The variance of a sum of independent terms is the sum of their "
		        "variances, and each product has variance 1." }
	};
	lesson_predict_choice(lesson,
	        "The numbers of a query and of a key are drawn with mean 0 and variance 1, 64 "
	        "of each. What is the variance of their score?",
	        3, variances, 2);
	float sizes[SIZES], plain[SIZES], scaled[SIZES];
	lesson_say(lesson, "  scores as they are           divided by the root of d");
	lesson_say(lesson, "  d    variance largest slope  variance largest slope");
	for (int i = 0, d = 1; i < SIZES; i++, d *= 4) {
		const Spread is = random_spread(d, 1);
		const Spread by = random_spread(d, 1 / sqrtf((float)d));
		sizes[i] = (float)(2 * i); /* d is 2 to the power of that */
		plain[i] = (float)is.largest;
		scaled[i] = (float)by.largest;
		lesson_say(lesson, "  %-4d %8.2f %7.3f %5.3f %9.2f %7.3f %5.3f", d,
		        is.variance, is.largest, is.slope, by.variance, by.largest,
		        by.slope);
	}
	lesson_point(lesson, "As they are, the variance is d.");
	draw_scale(lesson, SIZES, sizes, plain, scaled);
	lesson_point(lesson, "Without the scale one key wins, and the slope goes to 0.");
}

/* --- the gradient ----------------------------------------------------------------------- */

static void the_gradient(Lesson *lesson)
{
	lesson_section(lesson, "The gradient");
	const float query[HAND] = { 1, 0 }, dy[HAND] = { 1, 0 };
	float s[SAID], a[SAID], ds[SAID];
	float dq[HAND] = { 0 }, dk[SAID * HAND] = { 0 }, dv[SAID * HAND] = { 0 };
	scores(s, query, &keys[0][0], SAID, HAND, 1);
	soft_weights(a, s, SAID, SAID);
	score_gradients(ds, dy, a, &values[0][0], SAID, HAND);
	attend_backward(dq, dk, dv, dy,
	        (Attended){ a, query, &keys[0][0], &values[0][0], 1 }, SAID, HAND);
	lesson_predict_number(lesson,
	        "The three scores have gradients. What is their sum?", 0, 0.001,
	        "The same added to all scores changes no weight, so the loss does not move, "
	        "and the three slopes add up to 0.");
	lesson_say(lesson, "  gradients:");
	lesson_say(lesson, "  word           of weight  of score  of key");
	for (int t = 0; t < SAID; t++)
		lesson_say(lesson, "  %-13s %10.2f %9.3f  (%6.3f, 0)", said[t],
		        (double)values[t][0], (double)ds[t], (double)dk[t * HAND]);
	lesson_say(lesson, "  of the query: (%.3f, %.3f)", (double)dq[0], (double)dq[1]);
	lesson_number(
	        lesson, "ds0", "gradient of the first score", "%.3f", (double)ds[0]);
	lesson_number(lesson, "ds1", "of the second", "%.3f", (double)ds[1]);
	lesson_number(lesson, "ds2", "of the third", "%.3f", (double)ds[2]);
	lesson_number(lesson, "error", "largest error of a gradient, by measuring",
	        "%.0e", attend_gradient_error());
	lesson_look_floats(lesson, "gradient of the scores", 1, SAID, ds);
	lesson_look_floats(lesson, "gradient of the keys", SAID, HAND, dk);
	lesson_look_floats(lesson, "gradient of the values", SAID, HAND, dv);
	lesson_point(lesson, "Pull the first score up, and the other two down.");
}

/* --- the experiment --------------------------------------------------------------------- */

static void stories(Lesson *lesson, const Data *data)
{
	lesson_section(lesson, "Stories");
	for (int r = ONE_DECIDES; r <= MOST_DECIDE; r++) {
		const Story *story = &data->train[r].items[2];
		lesson_say(lesson, "%s: %s (%s)", r ? "Most decide" : "One decides",
		        story->text, emotions[story->label]);
	}
	lesson_number(lesson, "words", "different words", "%.0f", data->words.count - 1);
	double mean = 0;
	for (int i = 0; i < TRAINED; i++)
		mean += data->train[0].items[i].count / (double)TRAINED;
	lesson_number(lesson, "long", "words in a story, mean", "%.0f", mean);
	static Network net;
	network_new(&net, POOL_ATTENTION, true, 1);
	lesson_number(lesson, "network-error", "largest error of the network's gradient",
	        "%.0e", network_gradient_error(&net, &data->train[0].items[2]));
	static const Choice longer[] = {
		{ "about 0.97, as before",
		        "The word is still there, but its share of the mean is a quarter of "
		        "what it was, and four times as many other words are in it." },
		{ "about 0.6", "It is worse than that." },
		{ "about 0.2, nearly as bad as guessing",
		        "The decisive word is one of 130. What it adds to the mean is a quarter "
		        "of what the last layer has learned to expect." }
	};
	lesson_point(lesson, "One emotion word, or three of which two agree.");
	lesson_predict_choice(lesson,
	        "One word decides. The mean reaches 0.97 with 4 sentences, as in training. "
	        "Which accuracy with 16 sentences?",
	        3, longer, 2);
}

/* --- maps ------------------------------------------------------------------------------- */

static void what_maps_tell(Lesson *lesson, Data *data)
{
	static Network alone[SEEDS], beside[SEEDS];
	lesson_section(lesson, "What the weights tell");
	const float rate = trials_rate(ONE_DECIDES, POOL_ATTENTION);
	for (int s = 0; s < SEEDS; s++) {
		const Plan plan = { BATCH, EPOCHS, rate, (uint64_t)s + 1 };
		const Plan other = { BATCH, EPOCHS, RATE_BESIDE, (uint64_t)s + 1 };
		network_new(&alone[s], POOL_ATTENTION, false, plan.seed);
		network_train(&alone[s], data->train[ONE_DECIDES], plan);
		network_new(&beside[s], POOL_ATTENTION, true, plan.seed);
		network_train(&beside[s], data->train[ONE_DECIDES], other);
	}
	const Stories test = data->test[ONE_DECIDES][2];
	for (int k = 0; k < 2; k++)
		lesson_settings(lesson, k ? "with neighbours" : "words alone",
		        "taps %d, rate %g, batch %d, epochs %d, width %d, seeds %d, stories "
		        "%d, sentences %d, parameters %d",
		        k ? TAPS : 1, (double)(k ? RATE_BESIDE : rate), BATCH, EPOCHS,
		        WIDTH, SEEDS, TRAINED, data->sentences,
		        network_parameters(k ? beside : alone, data->words.count));
	lesson_say(lesson, "Words alone:");
	trials_maps(lesson, "alone", alone, test);
	lesson_point(lesson, "Here the largest weight is on the word that decides.");
	static const Choice without[] = {
		{ "nearly all, as with words alone",
		        "Three steps have seen the decisive word. The largest weight may be on "
		        "any of them." },
		{ "about two thirds",
		        "Often the largest weight is on a neighbour of the decisive word. Take "
		        "that neighbour away, and the decisive word is still there." },
		{ "hardly any",
		        "Some of the five networks do look at the decisive word most of the "
		        "time." }
	};
	lesson_predict_choice(lesson,
	        "Now each step sees its two neighbours as well. We delete the word with the "
	        "largest weight. How many answers change?",
	        3, without, 1);
	lesson_say(lesson, "With neighbours:");
	trials_maps(lesson, "beside", beside, test);
	Story story = story_read(lesson_arena(lesson), &data->words,
	        "I am furious that my father came back. My cousin phoned.", ANGER);
	story.told = 2; /* furious */
	draw_maps(lesson, &data->words, &story, SEEDS, alone, beside);
	int angry = 0;
	for (int s = 0; s < SEEDS; s++)
		angry += (network_answer(&alone[s], &story) == ANGER) +
		         (network_answer(&beside[s], &story) == 3);
	lesson_number(lesson, "angry", "of the ten networks, those that answer anger",
	        "%.0f", angry);
	lesson_point(lesson, "The same answer from five maps.");
}

/* --- in the library --------------------------------------------------------------------- */

static void in_the_library(Lesson *lesson, const Data *data)
{
	enum { RUNS = 3 };
	const float rate = 0.03f; /* steady in both */
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	double plain[RUNS], layer[RUNS];
	static Network net;
	const Stories train = data->train[ONE_DECIDES], test = data->test[ONE_DECIDES][2];
	for (int s = 0; s < RUNS; s++) {
		const Plan plan = { BATCH, EPOCHS, rate, (uint64_t)s + 1 };
		network_new(&net, POOL_ATTENTION, false, plan.seed);
		layer[s] = library_accuracy(&net, data->words.count, train, test, plan);
		network_train(&net, train, plan);
		plain[s] = network_accuracy(&net, test);
	}
	lesson_settings(lesson, "both",
	        "rate %g, batch %d, epochs %d, width %d, seeds %d", (double)rate, BATCH,
	        EPOCHS, WIDTH, RUNS);
	lesson_spread(lesson, "plain", "test set: plain loops", "%.2f", RUNS, plain);
	lesson_spread(lesson, "library", "test set: the library", "%.2f", RUNS, layer);
	lesson_point(lesson, "Two programs, one network: the accuracies agree.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "12-attention", "Attention");
	static Data data;
	const int sentences = lesson_count(lesson, "sentences",
	        "how many sentences each story of the training set has", 4, 1, 16);
	trials_data(lesson_arena(lesson), &data, sentences);
	a_weighted_mean(lesson);
	two_queries(lesson);
	masks(lesson);
	the_scale(lesson);
	the_gradient(lesson);
	stories(lesson, &data);
	trials_poolings(lesson, &data);
	what_maps_tell(lesson, &data);
	in_the_library(lesson, &data);
	return lesson_end(lesson);
}
