/* Chapter 9: speech. Filters slide over log-mel frames, and the largest answer of each is
 * kept; then what makes such a network work for speakers it has never heard: normalisation,
 * dropout, augmentation, each measured. What is trained stands in network.c. */
#include "tutorials/09-speech/experiments.h"
#include "tutorials/09-speech/library.h"
#include "tutorials/09-speech/pictures.h"
#include "tutorials/09-speech/vary.h"
#include "tutorials/lesson/mine.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>
#include <string.h>

enum { SPEAKERS = 10, EACH = 4, ANGER = 3 };

/* --- one filter by hand ------------------------------------------------------------------ */

static Sentence sentence_said(Arena *arena)
{
	static const char *const words[] = { "Infuriatingly", "my", "father", "came",
		"back" };
	Sentence said = { .words = UTTERANCE_WORDS, .word = words };
	Corpus corpus;
	int index;
	Error error;
	utterance_corpus(&corpus, arena, &index);
	said.time = word_times_parse(arena,
	        corpus_extra(&corpus, &corpus.utterances[index], "word_times"),
	        said.words, &error);
	if (!said.time || !corpus.sound(&corpus, index, arena, &said.sound, &error))
		error_stop(HERE, "chapter 9", "%s", error.text);
	frames_of(&said.heard, &said.sound);
	said.heard.label = ANGER;
	return said;
}

/* [answer] */
static float answer(const float filter[TAPS][BANDS], const float x[][BANDS])
{
	float y = 0;
	for (int j = 0; j < TAPS; j++)          /* frames */
		for (int f = 0; f < BANDS; f++) /* bands */
			y += filter[j][f] * x[j][f];
	return y;
}
/* [/answer] */

/* The answers at all places; where the largest is. */
static int answers_of(float y[], const float filter[TAPS][BANDS], const Heard *heard)
{
	int winner = 0;
	for (int t = 0; t + TAPS <= heard->T; t++) {
		y[t] = answer(filter, heard->x + t);
		winner = y[t] > y[winner] ? t : winner;
	}
	return winner;
}

static void by_hand(Lesson *lesson, const Sentence *said)
{
	lesson_section(lesson, "A filter over frames");
	lesson_sound(lesson, "angry", &said->sound);
	const SpokenUtterance afraid = utterance_speak_afraid(lesson_arena(lesson));
	lesson_sound(lesson, "afraid", &afraid.sound);
	/* [bright] */
	float filter[TAPS][BANDS] = { { 0 } }; /* (k,F) */
	for (int j = 0; j < TAPS; j++)
		for (int f = BANDS / 2; f < BANDS; f++)
			filter[j][f] = 1.0f / (TAPS * BANDS / 2);
	/* [/bright] */
	static Heard other;
	float y[MOST_FRAMES];
	frames_of(&other, &afraid.sound);
	lesson_number(
	        lesson, "frames", "frames of the angry sentence", "%.0f", said->heard.T);
	int winner = answers_of(y, filter, &said->heard);
	lesson_number(
	        lesson, "angry", "largest answer, angry", "%.1f", (double)y[winner]);
	draw_filter(lesson, said, y, winner, BANDS / 2);
	winner = answers_of(y, filter, &other);
	lesson_number(
	        lesson, "afraid", "largest answer, afraid", "%.1f", (double)y[winner]);
	lesson_look_floats(lesson, "filter", TAPS, BANDS, filter[0]);
	lesson_point(lesson, "The same filter, two sentences of the same woman.");
	static const Choice ways[] = {
		{ "Over time only",
		        "Each filter covers all bands at once, so the only way to move is from "
		        "frame to frame." },
		{ "Over the bands only",
		        "Then it would see all frames at once, and the length "
		        "of the sentence would have to be fixed." },
		{ "Over time and over the bands, as over a photograph",
		        "That exists, as a two-dimensional convolution. But a band is not like "
		        "its neighbour as a moment is like the next, so here each band has "
		        "weights of its own." }
	};
	lesson_predict_choice(
	        lesson, "In which direction does this filter slide?", 3, ways, 0);
	lesson_predict_number(lesson,
	        "A filter sees 5 frames of 20 bands and has a bias. How many parameters do 24 "
	        "filters have?",
	        FILTERS * (TAPS * BANDS + 1), 0,
	        "Each filter has 5 times 20 weights and one bias: 101. The length of the "
	        "sentence does not matter.");
}

/* --- pooling over lengths ---------------------------------------------------------------- */

static void lengths(Lesson *lesson)
{
	lesson_section(lesson, "Utterances of different lengths");
	static const Choice largest[] = {
		{ "0", "That is a padding place. The utterance ended before it, and nobody said "
		       "anything there." },
		{ "-0.2", "Only the four answers that are there take part." },
		{ "-0.9",
		        "That is the largest in size. The maximum is the number furthest to "
		        "the right on the number line." }
	};
	lesson_predict_choice(lesson,
	        "Answers -0.9, -0.2, -0.7 and -0.5, then two places of padding that hold 0. "
	        "What should the maximum be?",
	        3, largest, 1);
	draw_lengths(lesson);
	lesson_point(lesson, "Padding takes no part, forward or backward.");
}

/* --- normalisation ----------------------------------------------------------------------- */

static Data data_of(Lesson *lesson)
{
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "Speakers");
	const int microphone = lesson_count(lesson, "microphone",
	        "how many decibels a speaker's microphone adds to a band, or takes, at most",
	        0, 0, 30);
	const float differ = (float)microphone;
	Data data = { .train = speak(arena, 100, SPEAKERS, EACH, differ, true),
		.validation = speak(arena, 200, SPEAKERS, EACH, differ, true),
		.test = speak(arena, 300, SPEAKERS, EACH, differ, false),
		.microphone = microphone };
	data.corpus = scale_of_all(data.train);
	int least = MOST_FRAMES, most = 0;
	for (int i = 0; i < data.train.count; i++) {
		least = data.train.items[i].T < least ? data.train.items[i].T : least;
		most = data.train.items[i].T > most ? data.train.items[i].T : most;
	}
	lesson_number(lesson, "utterances", "utterances of the ten training speakers",
	        "%.0f", data.train.count);
	lesson_number(lesson, "shortest", "frames of the shortest", "%.0f", least);
	lesson_number(lesson, "longest", "frames of the longest", "%.0f", most);
	lesson_number(lesson, "mean-low", "mean of the lowest band, decibels", "%.1f",
	        (double)data.corpus.mean[0]);
	lesson_number(lesson, "mean-high", "mean of the highest band", "%.1f",
	        (double)data.corpus.mean[BANDS - 1]);
	lesson_number(lesson, "deviation-high", "deviation of the highest band", "%.1f",
	        (double)data.corpus.deviation[BANDS - 1]);
	lesson_look_floats(lesson, "mean of each band", 1, BANDS, data.corpus.mean);
	lesson_look_floats(lesson, "deviation", 1, BANDS, data.corpus.deviation);
	lesson_point(lesson, "Ten speakers to learn from, ten to validate, ten to test.");
	static const Choice louder_by[] = {
		{ "They grow by 10",
		        "The decibels do. But the mean of the utterance has grown by 10, too, "
		        "and it is subtracted." },
		{ "They grow by 10 over the deviation",
		        "That is so with the statistics of the corpus, which do not change with "
		        "one utterance." },
		{ "They stay the same",
		        "The mean grows by 10 as well, and the deviation does not "
		        "change. The loudness of the voice is forgotten." }
	};
	lesson_predict_choice(lesson,
	        "An utterance is normalised by its own mean and deviation. The same sound is "
	        "10 dB louder now. What happens to its normalised numbers?",
	        3, louder_by, 2);
	return data;
}

/* --- dropout ----------------------------------------------------------------------------- */

static void dropout_by_hand(Lesson *lesson)
{
	enum { DRAWS = 12000 };
	lesson_section(lesson, "Dropout");
	static const float h[2] = { 2, 4 };
	draw_dropout(lesson, h, 0.5f);
	static const Choice scales[] = {
		{ "0.8",
		        "That is the part that is kept. The kept ones have to make up for those "
		        "that are missing, so they grow." },
		{ "1.25",
		        "On average 0.8 of the numbers are kept, and 0.8 times 1.25 is 1." },
		{ "1.2", "Growing by a fifth is not enough: 0.8 times 1.2 is 0.96." },
		{ "5", "That would be right if only a fifth were kept." }
	};
	lesson_predict_choice(lesson,
	        "A fifth of the numbers is dropped (p = 0.2). By what are the kept ones "
	        "multiplied?",
	        4, scales, 1);
	Rng rng = rng_new(1);
	double sum = 0;
	for (int n = 0; n < DRAWS / FILTERS; n++) {
		float factor[FILTERS];
		draw_factors(factor, DROP, &rng);
		for (int o = 0; o < FILTERS; o++)
			sum += (double)factor[o];
	}
	lesson_number(lesson, "mean-factor", "mean of 12000 factors, p = 0.2", "%.2f",
	        sum / DRAWS);
	lesson_point(lesson, "On average nothing changes.");
}

static void its_gradient(Lesson *lesson, const Heard *heard)
{
	lesson_section(lesson, "The gradient");
	lesson_predict_number(lesson,
	        "p = 0.25. A number was kept, and the gradient behind dropout is 3. What "
	        "comes back?",
	        4, 0.001,
	        "It was multiplied by 1 / 0.75 on its way forward, and so is its gradient.");
	static Network net;
	float factor[FILTERS];
	int kinks;
	Rng rng = rng_new(1);
	network_new(&net, 1);
	draw_factors(factor, DROP, &rng);
	const double error = network_gradient_error(&net, heard, factor, &kinks);
	lesson_number(lesson, "error", "largest error of a gradient, by measuring",
	        "%.0e", error);
	lesson_number(lesson, "kinks", "parameters that stand at a kink", "%.0f", kinks);
	lesson_look_floats(lesson, "factors of dropout", 1, FILTERS, factor);
	lesson_point(lesson, "The factors were drawn once, and kept for both losses.");
}

/* --- augmentation ------------------------------------------------------------------------ */

static void show_masks(Lesson *lesson, const Heard *heard)
{
	static Heard masked;
	Rng rng = rng_new(29);
	masked = *heard;
	mask_bars(&masked, &rng);
	draw_masks(lesson, heard, &masked);
}

/* --- once, at the end -------------------------------------------------------------------- */

static void test(Lesson *lesson, const Data *data, const Network corpus[SEEDS],
        const Sentence *said)
{
	lesson_section(lesson, "The test set, once");
	Arena *arena = lesson_arena(lesson);
	static Network nets[SEEDS];
	tell_settings(
	        lesson, data, "the network for lone clips", CORPUS, (double)DROP, "one");
	tell_accuracy(lesson, "test-corpus", "accuracy, test set", corpus,
	        normalised(arena, data->test, CORPUS, &data->corpus));
	train_all(
	        nets, normalised(arena, data->train, SPEAKER, &data->corpus), DROP, NULL);
	tell_settings(lesson, data, "the network for known speakers", SPEAKER,
	        (double)DROP, "one");
	tell_accuracy(lesson, "test-speaker", "accuracy, test set", nets,
	        normalised(arena, data->test, SPEAKER, &data->corpus));
	static Heard heard;
	Pass pass;
	heard = said->heard;
	rescale(&heard, &data->corpus);
	network_forward(&corpus[0], &heard, NULL, &pass);
	lesson_say(lesson, "  \"Infuriatingly, my father came back.\"");
	for (int e = 0; e < EMOTIONS; e++)
		lesson_say(lesson, "    %-8s %.2f", emotions[e], (double)pass.p[e]);
	int best = 0;
	for (int o = 0; o < FILTERS; o++)
		best = corpus[0].w[ANGER][o] * pass.y[o] >
		                       corpus[0].w[ANGER][best] * pass.y[best]
		               ? o
		               : best;
	draw_learned(lesson, &corpus[0], best, said, &heard, pass.winner[best]);
	lesson_look_floats(lesson, "answers of the filters", 1, FILTERS, pass.y);
	lesson_look_floats(lesson, "p", 1, EMOTIONS, pass.p);
	lesson_point(lesson, "She stands in none of the three sets.");
}

static void in_the_library(Lesson *lesson, Set train, Set validation)
{
	enum { RUNS = 3, FEWER = 6 };
	lesson_section(lesson, "In the library");
	const char *parts = mine_parts();
	if (parts[0])
		lesson_say(lesson, "With your parts of chapter %s.", parts);
	double plain[RUNS], layers[RUNS];
	static Network net;
	for (int s = 0; s < RUNS; s++) {
		const Plan plan = { .batch = BATCH,
			.epochs = FEWER,
			.rate = RATE,
			.drop = DROP,
			.seed = (uint64_t)s + 1 };
		network_new(&net, plan.seed);
		layers[s] = library_accuracy(&net, train, validation, plan);
		network_train(&net, train, plan);
		plain[s] = network_accuracy(&net, validation);
	}
	lesson_settings(lesson, "both",
	        "statistics %s, drop %g, rate %g, batch %d, epochs %d, filters %d, frames "
	        "%d, seeds %d",
	        whose_names[CORPUS], (double)DROP, (double)RATE, BATCH, FEWER, FILTERS,
	        TAPS, RUNS);
	lesson_spread(lesson, "plain", "accuracy, validation set: plain loops", "%.2f",
	        RUNS, plain);
	lesson_spread(lesson, "library", "accuracy, validation set: the library", "%.2f",
	        RUNS, layers);
	lesson_point(lesson, "The library draws other numbers for its dropout.");
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "09-speech", "Speech");
	Arena *arena = lesson_arena(lesson);
	static Network heard[SEEDS], dropped[SEEDS];
	const Sentence said = sentence_said(arena);
	by_hand(lesson, &said);
	lengths(lesson);
	const Data data = data_of(lesson);
	whose_statistics(lesson, &data, heard);
	lone_clips(lesson, &data, heard);
	const Set train = normalised(arena, data.train, CORPUS, &data.corpus);
	const Set validation = normalised(arena, data.validation, CORPUS, &data.corpus);
	dropout_by_hand(lesson);
	its_gradient(lesson, &train.items[ANGER]);
	how_much(lesson, &data, train, validation, dropped);
	show_masks(lesson, &train.items[ANGER]);
	augmentation(lesson, &data, dropped, train);
	test(lesson, &data, dropped, &said);
	in_the_library(lesson, train, validation);
	return lesson_end(lesson);
}
