/* Chapter 3: the first network. One neuron learns from sentences that are meant, and fails
 * on irony; a hidden layer can do it. What is trained, and how, stands in network.c; where
 * the numbers come from, in sentences.c. */
#include "tutorials/03-first-network/library.h"
#include "tutorials/03-first-network/pictures.h"
#include "tutorials/03-first-network/trials.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

enum { UNITS = 8 };
static const float RATE = 0.1f;

static Sets make_sets(Lesson *lesson, const char *kinds)
{
	Sets sets;
	sentences_make(
	        lesson_arena(lesson), kinds, &sets.train, &sets.validation, &sets.test);
	return sets;
}

/* --- five sentences ----------------------------------------------------------------- */

static void five_sentences(Lesson *lesson, Spoken said[SAID])
{
	static const char *const names[] = { "furious-angry", "furious-plain",
		"lucky-plain", "lucky-ironic", "furious-ironic" };
	lesson_section(lesson, "Five sentences");
	for (int s = 0; s < SAID; s++)
		said[s] = sentence_say(lesson_arena(lesson), (Said)s);
	lesson_say(lesson, "  words   loud  voice   she is");
	for (int s = 0; s < SAID; s++)
		lesson_say(lesson, "  %5.0f  %5.2f  %-7s %-5s  %s",
		        (double)said[s].sentence.x[WORDS],
		        (double)said[s].sentence.x[LOUD], said[s].voice,
		        said[s].sentence.angry > 0 ? "angry" : "glad", said[s].text);
	for (int s = 0; s < SAID; s++)
		lesson_sound(lesson, names[s], &said[s].clip);
	lesson_point(lesson, "Listen to the two that begin with Luckily.");
}

/* --- one neuron --------------------------------------------------------------------- */

static void one_neuron(Lesson *lesson, const Sentence *s)
{
	lesson_section(lesson, "One neuron");
	static const Choice losses[] = {
		{ "0", "Nothing was learned yet, so p is 0.5, and 0.5 is not certain. Only p "
		       "= 1 costs nothing." },
		{ "0.5",
		        "That is p itself. The loss is -log p, with the natural logarithm." },
		{ "0.69",
		        "All products are 0, z is 0, and p is 0.5. The loss is -log 0.5." }
	};
	lesson_predict_choice(lesson,
	        "Both weights and the bias are 0. What is the loss of the angry sentence?",
	        3, losses, 2);
	Network net = network_new(0, 1), grad = { 0 };
	float z = network_forward(&net, s->x, NULL);
	network_backward(&net, &grad, s);
	lesson_number(
	        lesson, "coin", "loss at first", "%.4f", (double)loss_of(z, s->angry));
	lesson_look_floats(lesson, "weights", 1, FEATURES, net.v);
	lesson_look_floats(lesson, "their gradient", 1, FEATURES, grad.v);
	lesson_point(lesson, "A neuron that knows nothing says 0.5.");
	static const Choice ways[] = {
		{ "w1 rises, w2 rises",
		        "The sentence is angry, so z has to rise. Words is -3, "
		        "and a larger w1 would make z smaller." },
		{ "w1 falls, w2 rises",
		        "Words is negative and loud is positive. Both changes make z larger." },
		{ "w1 falls, w2 falls",
		        "Loud is positive here, so a smaller w2 would make z "
		        "smaller. The sentence is angry: z has to rise." },
		{ "nothing moves, since all weights are 0",
		        "The gradient of a weight is (p - t) times its feature. No weight is in it." }
	};
	lesson_predict_choice(lesson,
	        "One step with this sentence, words -3 and loud 2.23. How do the weights move?",
	        4, ways, 1);
	lesson_number(lesson, "dw1", "gradient of w1", "%.3f", (double)grad.v[WORDS]);
	lesson_number(lesson, "dw2", "gradient of w2", "%.3f", (double)grad.v[LOUD]);
	lesson_number(lesson, "db", "gradient of b", "%.3f", (double)grad.b);
	Sentence one = *s;
	network_train(&net, (Sentences){ 1, &one }, (Plan){ 1, 1, RATE, 1 });
	z = network_forward(&net, s->x, NULL);
	lesson_number(lesson, "w1", "w1 after the step", "%.4f", (double)net.v[WORDS]);
	lesson_number(lesson, "w2", "w2", "%.4f", (double)net.v[LOUD]);
	lesson_number(lesson, "b", "b", "%.4f", (double)net.b);
	lesson_number(lesson, "z", "z", "%.3f", (double)z);
	lesson_number(lesson, "p", "p", "%.3f", exp(-(double)loss_of(z, s->angry)));
	lesson_number(lesson, "after", "loss", "%.4f", (double)loss_of(z, s->angry));
	draw_neuron(lesson, &net, s);
	lesson_look_floats(lesson, "weights after the step", 1, FEATURES, net.v);
	lesson_point(lesson, "One step, and the loss of this sentence is smaller.");
}

/* --- many sentences ----------------------------------------------------------------- */

static void settings(Lesson *lesson, const char *name, int hidden, float rate)
{
	lesson_settings(lesson, name, "hidden %d, rate %g, batch %d, epochs %d, seeds %d",
	        hidden, (double)rate, BATCH, EPOCHS, SEEDS);
}

enum { RATES = 4 };
static const float rates[RATES] = { 0.01f, 0.1f, 1, 10 };

/* The loss of the training set after each epoch. */
static void draw_rates(Lesson *lesson, Sentences set)
{
	static const char *const names[] = { "rate 0.01", "rate 0.1", "rate 1",
		"rate 10" };
	real loss[RATES][EPOCHS];
	PlotSeries series[RATES];
	for (int r = 0; r < RATES; r++) {
		Network net = network_new(0, 1);
		const Plan plan = { BATCH, EPOCHS, rates[r], 1 };
		Rng rng = rng_new(plan.seed);
		for (int e = 0; e < EPOCHS; e++) {
			network_epoch(&net, set, &plan, &rng);
			loss[r][e] = (real)network_score(&net, set).loss;
		}
		series[r] =
		        (PlotSeries){ .name = names[r], .count = EPOCHS, .y = loss[r] };
	}
	lesson_curves(lesson, "rates", "One neuron learns: four learning rates", "epoch",
	        "training loss", RATES, series);
}

static void many_sentences(Lesson *lesson)
{
	lesson_section(lesson, "Many sentences");
	Sets sets = make_sets(lesson, "agree,words,voice");
	lesson_number(lesson, "train", "sentences in the training set", "%.0f",
	        sets.train.count);
	lesson_number(lesson, "validation", "in the validation set", "%.0f",
	        sets.validation.count);
	lesson_number(lesson, "test", "in the test set", "%.0f", sets.test.count);
	int steps = (sets.train.count + BATCH - 1) / BATCH;
	lesson_predict_number(lesson,
	        "Mini-batches of 8, and 60 epochs. How many steps does the training take?",
	        EPOCHS * steps, 0,
	        "An epoch has 23 steps: 22 mini-batches of 8, and one of the 7 that are left.");
	static const char *const keys[] = { "rate-1", "rate-2", "rate-3", "rate-4" };
	int best = 0;
	double least = (double)INFINITY;
	Trial trials[RATES];
	for (int r = 0; r < RATES; r++) {
		trials[r] = trial_of(&sets, 0, rates[r]);
		settings(lesson,
		        arena_format(lesson_arena(lesson), "rate %g", (double)rates[r]),
		        0, rates[r]);
		lesson_spread(lesson, keys[r], "accuracy, validation set", "%.3f", SEEDS,
		        trials[r].validation);
		best = trials[r].loss < least ? r : best;
		least = trials[r].loss < least ? trials[r].loss : least;
	}
	draw_rates(lesson, sets.train);
	lesson_number(lesson, "best-rate", "least loss on the validation set at rate",
	        "%g", (double)rates[best]);
	lesson_spread(lesson, "sincere-test", "accuracy there, test set", "%.3f", SEEDS,
	        trials[best].test);
	lesson_point(lesson, "The test set was used once, after the rate was chosen.");
}

/* --- irony -------------------------------------------------------------------------- */

static void irony(Lesson *lesson, const Sets *sets, const Spoken said[SAID])
{
	lesson_section(lesson, "Irony");
	static const Choice corners[] = {
		{ "2", "A line can do better: let it cut off one corner. That corner and the "
		       "two beside it are right." },
		{ "3", "Cut off one corner. The corner opposite to it is then on the wrong side." },
		{ "4", "Try to draw it. Each line that puts one angry corner on the angry side "
		       "leaves the other one out, or takes a glad one with it." }
	};
	lesson_predict_choice(lesson,
	        "Four corners of a square: two opposite ones are angry, the other two glad. How "
	        "many of the four can one straight line get right, at most?",
	        3, corners, 1);
	draw_corners_of(lesson, said);
	lesson_number(lesson, "best-line", "the best of all lines, training set", "%.3f",
	        best_line(sets->train));
	static const Choice trained[] = {
		{ "about 0.5",
		        "The loss is smallest where p is 0.5 for every sentence: a line "
		        "that is right at three corners is very wrong at the fourth." },
		{ "about 0.75",
		        "Such a line exists, but training makes the loss small and not "
		        "the number of mistakes. The fourth corner would cost too much." },
		{ "about 0.95",
		        "That was possible when words and voice could be added up. Here "
		        "what the words say depends on the voice." }
	};
	lesson_predict_choice(lesson,
	        "And logistic regression, after training? Its accuracy on the training set is",
	        3, trained, 0);
	Trial line = trial_of(sets, 0, RATE);
	settings(lesson, "one neuron", 0, RATE);
	lesson_spread(lesson, "line-train", "accuracy, training set", "%.3f", SEEDS,
	        line.train);
	Network net = network_new(0, 1);
	network_train(&net, sets->train, (Plan){ BATCH, EPOCHS, RATE, 1 });
	lesson_number(lesson, "line-loss", "its loss (seed 1)", "%.3f",
	        network_score(&net, sets->train).loss);
	picture(lesson, "line", "One neuron on irony: nearly 0.5 everywhere", &net,
	        sets->train);
	lesson_look_floats(lesson, "weights of the neuron", 1, FEATURES, net.v);
	lesson_point(lesson, "The border is straight. And p is near 0.5 on both sides.");
}

/* --- a hidden layer ----------------------------------------------------------------- */

/* Four units and a neuron, with weights chosen by hand: z is |words + loud| - |words - loud|. */
static Network by_hand(void)
{
	/* [by-hand] */
	return (Network){ .hidden = 4,
		.w = { { 1, 1 }, { -1, -1 }, { 1, -1 }, { -1, 1 } },
		.v = { 1, 1, -1, -1 } };
	/* [/by-hand] */
}

static void hidden_layer(Lesson *lesson, const Sets *sets, const Spoken said[SAID])
{
	lesson_section(lesson, "A hidden layer");
	Network hand = by_hand();
	lesson_say(lesson, "  h1     h2     h3     h4     z");
	for (int s = FURIOUS_PLAINLY; s < SAID; s++) {
		float h[MOST_HIDDEN], z = network_forward(&hand, said[s].sentence.x, h);
		lesson_say(lesson, "  %5.2f  %5.2f  %5.2f  %5.2f  %5.2f  %.*s ... (%s)",
		        (double)h[0], (double)h[1], (double)h[2], (double)h[3], (double)z,
		        (int)strcspn(said[s].text, ","), said[s].text, said[s].voice);
	}
	draw_by_hand(lesson, &hand, &said[LUCKY_IRONICALLY].sentence);
	lesson_number(lesson, "hand", "accuracy of these weights, test set", "%.3f",
	        network_score(&hand, sets->test).accuracy);
	lesson_look_floats(
	        lesson, "w, of the hidden units", hand.hidden, FEATURES, hand.w[0]);
	lesson_look_floats(lesson, "v, of the last neuron", 1, hand.hidden, hand.v);
	lesson_point(lesson,
	        "Weights chosen by hand. Training has to find such weights by itself.");
	Network net = network_new(UNITS, 1);
	lesson_predict_number(lesson,
	        "Two features, eight hidden units, one last neuron. How many parameters?",
	        network_parameters(&net), 0,
	        "Each hidden unit has two weights and a bias, 24 in all. The last neuron has "
	        "eight weights and a bias.");
	lesson_number(
	        lesson, "parameters", "parameters", "%.0f", network_parameters(&net));
	lesson_number(lesson, "error", "largest error of a gradient, by measuring",
	        "%.0e", network_gradient_error(&net, &said[LUCKY_IRONICALLY].sentence));
	lesson_look_floats(lesson, "w before training", net.hidden, FEATURES, net.w[0]);
	lesson_point(
	        lesson, "Every parameter was moved a little, and the loss measured.");
}

/* --- overfitting -------------------------------------------------------------------- */

static void overfitting(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "Overfitting");
	static const Choice after[] = {
		{ "rises with the accuracy on the 40 sentences",
		        "It does so at first. Later the network learns the eight mistakes, and "
		        "these help nobody." },
		{ "rises, and then falls again",
		        "First it learns what all sentences share. Then it learns the eight "
		        "mistakes, and bends its border around them." },
		{ "is near 0.5 all the time",
		        "32 of the 40 targets are right, and they are enough to learn from." }
	};
	lesson_predict_choice(lesson,
	        "40 sentences, 8 of them with the wrong target; 64 hidden units, 1000 epochs. "
	        "The accuracy on the validation set",
	        3, after, 1);
	double best[SEEDS], last[SEEDS], own[SEEDS], epoch[SEEDS];
	Long *runs = ARENA_ARRAY(lesson_arena(lesson), Long, SEEDS);
	for (int s = 0; s < SEEDS; s++) {
		train_long(
		        lesson_arena(lesson), &runs[s], sets, 3 * RATE, (uint64_t)s + 1);
		best[s] = runs[s].best_accuracy;
		last[s] = runs[s].last_accuracy;
		own[s] = runs[s].own_accuracy;
		epoch[s] = runs[s].best_epoch;
	}
	lesson_settings(lesson, "overfitting",
	        "hidden %d, rate %g, batch %d, epochs %d, seeds %d, sentences %d, wrong %d",
	        LARGE, (double)(3 * RATE), BATCH, LONG, SEEDS, FEW, WRONG);
	lesson_spread(
	        lesson, "own", "accuracy on the 40, at the end", "%.3f", SEEDS, own);
	lesson_spread(
	        lesson, "best", "validation, at its least loss", "%.3f", SEEDS, best);
	lesson_spread(lesson, "best-epoch", "epoch of that", "%.0f", SEEDS, epoch);
	lesson_spread(lesson, "last", "validation, at the end", "%.3f", SEEDS, last);
	draw_overfitting(lesson, runs);
	int worst = 0;
	for (int s = 0; s < SEEDS; s++)
		worst = runs[s].other[LOOKS - 1] > runs[worst].other[LOOKS - 1] ? s
		                                                                : worst;
	lesson_say(
	        lesson, "The run that ends with the largest loss, seed %d:", worst + 1);
	picture(lesson, "early", "Where its validation loss is least", &runs[worst].best,
	        runs[worst].few);
	picture(lesson, "late", "After 1000 epochs", &runs[worst].last, runs[worst].few);
	lesson_point(
	        lesson, "Compare the two borders. Which sentences do they bend around?");
}

/* --- the experiment ----------------------------------------------------------------- */

static void tell(Lesson *lesson, const char *name, const Trial *trial)
{
	Arena *arena = lesson_arena(lesson);
	lesson_spread(lesson, arena_format(arena, "%s-own", name),
	        "accuracy, training set", "%.3f", SEEDS, trial->train);
	lesson_spread(lesson, arena_format(arena, "%s-test", name), "accuracy, test set",
	        "%.3f", SEEDS, trial->test);
}

static void experiment(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "The experiment");
	const int units = lesson_count(
	        lesson, "units", "the hidden units of the network", 8, 1, 64);
	const float rate = (float)lesson_setting(
	        lesson, "rate", "the learning rate, how far a step goes", 0.1, 0.001, 10);
	Trial line = trial_of(sets, 0, rate), network = trial_of(sets, units, rate),
	      best = line;
	float best_rate = rate;
	for (int r = 0; r < RATES; r++) {
		Trial other = trial_of(sets, 0, rates[r]);
		double sum = 0;
		for (int s = 0; s < SEEDS; s++)
			sum += other.validation[s] - best.validation[s];
		if (sum > 0) {
			best = other;
			best_rate = rates[r];
		}
	}
	settings(lesson, "one neuron, the best of four rates", 0, best_rate);
	tell(lesson, "tuned", &best);
	settings(lesson, "one neuron", 0, rate);
	tell(lesson, "neuron", &line);
	settings(lesson, "a hidden layer", units, rate);
	tell(lesson, "hidden", &network);
	Network net = network_new(units, 1);
	network_train(&net, sets->train, (Plan){ BATCH, EPOCHS, rate, 1 });
	picture(lesson, "curve", "Eight hidden units on irony", &net, sets->train);
	lesson_look_floats(lesson, "w after training", net.hidden, FEATURES, net.w[0]);
	lesson_look_floats(lesson, "v", 1, net.hidden, net.v);
	lesson_point(lesson, "Between the last two one thing differs: the layer.");
}

/* --- in the library ----------------------------------------------------------------- */

static void in_the_library(Lesson *lesson, const Sets *sets)
{
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	double plain[SEEDS], layers[SEEDS];
	for (int s = 0; s < SEEDS; s++) {
		const Plan plan = { BATCH, EPOCHS, RATE, (uint64_t)s + 1 };
		Network net = network_new(UNITS, plan.seed);
		layers[s] = library_accuracy(&net, sets->train, plan, sets->test);
		network_train(&net, sets->train, plan);
		plain[s] = network_score(&net, sets->test).accuracy;
	}
	settings(lesson, "the same network, with layers and a tape", UNITS, RATE);
	lesson_spread(
	        lesson, "plain", "accuracy, test set: plain loops", "%.3f", SEEDS, plain);
	lesson_spread(lesson, "library", "accuracy, test set: the library", "%.3f", SEEDS,
	        layers);
	lesson_point(lesson, "Two programs, one network: the accuracies agree.");
}

int main(int argc, char **argv)
{
	Lesson *lesson =
	        lesson_begin(argc, argv, "03-first-network", "The first network");
	Spoken said[SAID];
	five_sentences(lesson, said);
	one_neuron(lesson, &said[FURIOUS_ANGRILY].sentence);
	many_sentences(lesson);
	Sets sets = make_sets(lesson, "irony");
	irony(lesson, &sets, said);
	hidden_layer(lesson, &sets, said);
	experiment(lesson, &sets);
	overfitting(lesson, &sets);
	in_the_library(lesson, &sets);
	return lesson_end(lesson);
}
