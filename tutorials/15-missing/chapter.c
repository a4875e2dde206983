/* Chapter 15: missing, noisy, swapped. What a network says when a modality is not there,
 * is noise, or is somebody else's; how sure it is (sure.c); how one number mends that; and
 * when it should say nothing. The network stands in network.c. */
#include "audio/augment.h"
#include "emotionnet/score/calibration.h"
#include "tutorials/15-missing/pictures.h"
#include "tutorials/15-missing/trials.h"
#include "tutorials/lesson/utterance.h"

#include <math.h>

enum { SEEDS = 5, EPOCHS = 30, BATCH = 32, ANGER = 3, FIVE_DB = 2, LAST = NOISES - 1 };
static const float RATE = 0.01f;

typedef struct Story {
	Data data;
	Network plain, dropping; /* without and with modality dropout, seed 1 */
	float *validation;       /* logits of `plain` */
	double temperature;
	float drop; /* the chance of modality dropout */
} Story;

static Plan plan(float drop, int seed)
{
	return (Plan){ EPOCHS, BATCH, RATE, drop, (uint64_t)seed };
}

static void show(Lesson *lesson, const char *what, const Answers *a)
{
	lesson_say(lesson, "  %-22s accuracy %.3f, confidence %.3f", what,
	        (double)accuracy_of(a), (double)confidence_of(a));
}

/* --- the question ----------------------------------------------------------------------- */

static void one(
        Lesson *lesson, Story *s, const char *what, const Set *set, const int words[])
{
	const Answers a = answers(lesson_arena(lesson), &s->plain, set, BOTH, words, 1);
	lesson_say(lesson, "  %-34s %s, p = %.2f", what, emotions[a.answer[0]],
	        (double)a.confidence[0]);
}

static void the_question(Lesson *lesson, Story *s)
{
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "The question");
	const SpokenUtterance spoken = utterance_speak(arena);
	Rng rng = rng_new(15);
	const Clip noisy = augment_white_noise(arena, spoken.sound, -5, &rng);
	lesson_say(lesson, "  \"%s\"", spoken.text);
	lesson_sound(lesson, "angry", &spoken.sound);
	lesson_sound(lesson, "noisy", &noisy);
	s->data = the_data(arena, &spoken.sound, &noisy, spoken.text);
	s->plain = network_trained(arena, &s->data, plan(0, 1));
	s->dropping = network_trained(arena, &s->data, plan(s->drop, 1));
	one(lesson, s, "as it was said:", &s->data.angry[0], NULL);
	one(lesson, s, "in noise, 5 dB above the voice:", &s->data.angry[1], NULL);
	const Answers clean = answers(
	        lesson_arena(lesson), &s->plain, &s->data.test[CLEAN], BOTH, NULL, 1);
	show(lesson, "240 other utterances:", &clean);
	lesson_number(lesson, "clean", "accuracy", "%.3f", (double)accuracy_of(&clean));
	lesson_number(lesson, "clean-sure", "confidence", "%.3f",
	        (double)confidence_of(&clean));
	lesson_point(lesson, "How sure is it, and how often is it right?");
}

/* --- missing ---------------------------------------------------------------------------- */

static void missing(Lesson *lesson, Story *s)
{
	Arena *arena = lesson_arena(lesson);
	const Set *clean = &s->data.test[CLEAN];
	lesson_section(lesson, "Missing");
	picture_switches(lesson);
	lesson_number(lesson, "plain-words", "words alone", "%.3f",
	        accuracy_with(arena, &s->plain, clean, WORDS_ONLY));
	lesson_number(lesson, "plain-sound", "sound alone", "%.3f",
	        accuracy_with(arena, &s->plain, clean, SOUND_ONLY));
	lesson_point(lesson, "The network has never met a row of zeros.");
	lesson_predict_number(lesson,
	        "The chance is 0.4. Of 100 utterances in a batch, how many lose their words?",
	        20, 1,
	        "40 of 100 lose something, and half of them lose the words. The other 20 "
	        "lose the sound.");
	lesson_number(lesson, "drop-words", "words alone, with modality dropout", "%.3f",
	        accuracy_with(arena, &s->dropping, clean, WORDS_ONLY));
	lesson_number(lesson, "drop-sound", "sound alone, with modality dropout", "%.3f",
	        accuracy_with(arena, &s->dropping, clean, SOUND_ONLY));
	lesson_number(lesson, "drop-both", "both, with modality dropout", "%.3f",
	        accuracy_with(arena, &s->dropping, clean, BOTH));
	lesson_point(lesson, "The same test set, trained for what may be missing.");
}

/* --- noisy ------------------------------------------------------------------------------ */

static void noisy(Lesson *lesson, Story *s)
{
	float accuracy[NOISES], confidence[NOISES], dropped[NOISES];
	lesson_section(lesson, "Noisy");
	static const Choice worse[] = {
		{ "about as good as with the words alone",
		        "The network does not know that the sound is useless. It goes on "
		        "listening to it." },
		{ "worse than with the words alone",
		        "Zeros say nothing. Noise says something wrong, and the network "
		        "listens to it." },
		{ "nearly as good as with a clean sound",
		        "The network has never heard noise. The numbers of the sound lie "
		        "far from all that it was trained on." }
	};
	lesson_predict_choice(lesson,
	        "The noise is 5 dB louder than the voice. The words are all there. How "
	        "good is the network that was trained on clean pairs?",
	        3, worse, 1);
	for (int n = 0; n < NOISES; n++) {
		const Set *set = &s->data.test[n];
		const Answers plain =
		        answers(lesson_arena(lesson), &s->plain, set, BOTH, NULL, 1);
		const Answers other =
		        answers(lesson_arena(lesson), &s->dropping, set, BOTH, NULL, 1);
		accuracy[n] = accuracy_of(&plain);
		confidence[n] = confidence_of(&plain);
		dropped[n] = accuracy_of(&other);
		show(lesson,
		        n == CLEAN ? "clean"
		                   : arena_format(
		                             lesson_arena(lesson), "%g dB", noise_db[n]),
		        &plain);
	}
	picture_noise(lesson, accuracy, confidence, dropped);
	lesson_number(lesson, "noisy", "accuracy in the loudest noise", "%.3f",
	        (double)accuracy[LAST]);
	lesson_number(lesson, "noisy-sure", "confidence there", "%.3f",
	        (double)confidence[LAST]);
	lesson_number(lesson, "noisy-drop", "accuracy there, with modality dropout",
	        "%.3f", (double)dropped[LAST]);
	lesson_look_floats(lesson, "accuracy, the louder the noise", 1, NOISES, accuracy);
	lesson_look_floats(lesson, "confidence", 1, NOISES, confidence);
	lesson_look_floats(lesson, "accuracy with modality dropout", 1, NOISES, dropped);
	lesson_point(lesson, "One curve falls. The other hardly moves.");
}

/* --- swapped ---------------------------------------------------------------------------- */

/* Utterance i gets the words of the next one that has another emotion. */
static void swap(int words[TEST], const Set *set)
{
	for (int i = 0; i < set->count; i++) {
		int w = (i + 1) % set->count;
		while (set->label[w] == set->label[i])
			w = (w + 1) % set->count;
		words[i] = w;
	}
}

static void swapped(Lesson *lesson, const Story *s)
{
	int words[TEST], follow_sound = 0, follow_words = 0;
	const Set *set = &s->data.test[CLEAN];
	lesson_section(lesson, "Swapped");
	swap(words, set);
	const Answers a = answers(lesson_arena(lesson), &s->plain, set, BOTH, words, 1);
	for (int i = 0; i < set->count; i++) {
		follow_sound += a.answer[i] == set->label[i];
		follow_words += a.answer[i] == set->label[words[i]];
	}
	const double n = set->count;
	lesson_number(lesson, "follows-sound", "answers with the emotion of the sound",
	        "%.3f", follow_sound / n);
	lesson_number(lesson, "follows-words", "answers with the emotion of the words",
	        "%.3f", follow_words / n);
	lesson_number(lesson, "follows-neither", "answers with neither", "%.3f",
	        (n - follow_sound - follow_words) / n);
	lesson_number(lesson, "swapped-sure", "mean confidence", "%.3f",
	        (double)confidence_of(&a));
	lesson_point(lesson, "Nobody told it that two people speak at once.");
}

/* --- calibration ------------------------------------------------------------------------ */

static void calibration_by_hand(Lesson *lesson)
{
	/* [five] */
	const float confidence[5] = { 0.55f, 0.59f, 0.85f, 0.9f, 0.95f };
	const int right[5] = { 0, 1, 0, 1, 1 };
	/* [/five] */
	Bin bins[BINS];
	lesson_section(lesson, "Calibration by hand");
	picture_by_hand(lesson, confidence, right);
	lesson_point(lesson, "Two bins, and in each two numbers that should be equal.");
	fill_bins(bins, confidence, right, 5);
	lesson_predict_number(lesson,
	        "The gaps of the two bins are 0.07 and 0.233. What is the calibration "
	        "error?",
	        (double)calibration_error(bins, 5), 0.005,
	        "Each gap counts as often as its bin has answers: 2/5 of 0.07 and 3/5 of "
	        "0.233.");
	lesson_number(lesson, "ece-hand", "calibration error", "%.3f",
	        (double)calibration_error(bins, 5));
}

static void calibration(Lesson *lesson, Story *s)
{
	Bin bins[BINS];
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "Calibration measured");
	s->validation =
	        network_logits(arena, &s->plain, &s->data.validation[CLEAN], BOTH, NULL);
	const Answers a = answers(
	        lesson_arena(lesson), &s->plain, &s->data.test[CLEAN], BOTH, NULL, 1);
	fill_bins(bins, a.confidence, a.right, a.count);
	lesson_say(lesson, "  bin           answers   sure    right");
	for (int b = 0; b < BINS; b++)
		if (bins[b].count)
			lesson_say(lesson, "  %.1f to %.1f      %4d   %.3f   %.3f",
			        (double)b / BINS, (b + 1.0) / BINS, bins[b].count,
			        (double)bins[b].confidence / bins[b].count,
			        (double)bins[b].right / bins[b].count);
	lesson_number(lesson, "ece-before", "calibration error, test set", "%.3f",
	        (double)calibration_error(bins, a.count));
	lesson_point(lesson, "In the last bin: how sure, and how often right?");
}

/* --- temperature ------------------------------------------------------------------------ */

static const float by_hand[3] = { 1, 0, 3 };

/* The loss of one row at temperature t, whose target is class y. */
static double loss_at(const float z[3], int y, double t)
{
	double sum = 0;
	for (int c = 0; c < 3; c++)
		sum += exp((double)z[c] / t);
	return log(sum) - (double)z[y] / t;
}

/* (z_y - sum of p z) / t^2 */
static double slope_at(const float z[3], int y, double t)
{
	double sum = 0, mean = 0;
	for (int c = 0; c < 3; c++)
		sum += exp((double)z[c] / t);
	for (int c = 0; c < 3; c++)
		mean += exp((double)z[c] / t) / sum * (double)z[c];
	return ((double)z[y] - mean) / (t * t);
}

static void temperature_by_hand(Lesson *lesson)
{
	static const char *const names[] = { "neutral", "joy", "anger" };
	const double step = 1e-4;
	lesson_section(lesson, "Temperature");
	picture_temperatures(lesson, by_hand);
	lesson_look_floats(lesson, "logits", 1, 3, by_hand);
	lesson_point(lesson, "The order of the classes is the same in each row.");
	static const Choice accuracy[] = {
		{ "it rises", "Dividing all logits of a row by the same number leaves "
		              "the largest one the largest. No answer changes." },
		{ "it falls", "The network becomes less sure, but of the same answers. "
		              "The largest logit stays the largest." },
		{ "it stays as it is", "The largest logit of a row stays the largest, so "
		                       "every answer is the same." }
	};
	lesson_predict_choice(lesson,
	        "All logits are divided by T = 2. What happens to the accuracy?", 3,
	        accuracy, 2);
	lesson_say(lesson, "  target    computed   measured   (dL/dT at T = 1)");
	for (int y = 0; y < 3; y++)
		lesson_say(lesson, "  %-8s %9.3f  %9.3f", names[y],
		        slope_at(by_hand, y, 1),
		        (loss_at(by_hand, y, 1 + step) - loss_at(by_hand, y, 1 - step)) /
		                (2 * step));
	lesson_point(lesson, "Only the answer that is right wants to be surer.");
	static const Choice sign[] = {
		{ "T must become larger",
		        "The derivative is below 0: the loss falls while T grows. A sure "
		        "mistake costs most, and a larger T makes it less sure." },
		{ "T must become smaller",
		        "The derivative is below 0, so a smaller T makes "
		        "the loss larger." },
		{ "T must become 0", "At T near 0 the largest logit gets p = 1, and a "
		                     "mistake costs without limit." }
	};
	lesson_predict_choice(lesson,
	        "The network says anger, and is sure. The target is joy. What does this "
	        "row want?",
	        3, sign, 0);
}

static void find_temperature(Lesson *lesson, Story *s)
{
	enum { PLACES = 24 };
	Arena *arena = lesson_arena(lesson);
	const Set *validation = &s->data.validation[CLEAN];
	real t[PLACES], loss[PLACES];
	lesson_section(lesson, "One number for the whole network");
	for (int k = 0; k < PLACES; k++) {
		t[k] = (real)(0.5 + k * 0.2);
		const Answers a = answers_of(arena, s->validation, validation->label,
		        validation->count, (double)t[k]);
		loss[k] = (real)calibration_of(
		        a.p, validation->label, validation->count, EMOTIONS)
		                  .nll;
	}
	picture_valley(lesson, PLACES, t, loss);
	/* [library] */
	const Answers a =
	        answers_of(arena, s->validation, validation->label, validation->count, 1);
	s->temperature = calibration_temperature(
	        a.p, validation->label, validation->count, EMOTIONS);
	/* [/library] */
	lesson_number(lesson, "t", "T of the validation set", "%.2f", s->temperature);
	Bin before[BINS], after[BINS];
	const Set *test = &s->data.test[CLEAN];
	const Answers cold = answers(arena, &s->plain, test, BOTH, NULL, 1);
	const Answers warm = answers(arena, &s->plain, test, BOTH, NULL, s->temperature);
	fill_bins(before, cold.confidence, cold.right, cold.count);
	fill_bins(after, warm.confidence, warm.right, warm.count);
	picture_reliability(lesson, before, after);
	show(lesson, "test set, T = 1:", &cold);
	show(lesson, "test set, this T:", &warm);
	lesson_number(lesson, "ece-after", "calibration error, this T", "%.3f",
	        (double)calibration_error(after, warm.count));
	const Answers hard = answers(
	        arena, &s->plain, &s->data.test[LAST], BOTH, NULL, s->temperature);
	lesson_number(lesson, "warm-noisy", "accuracy in the loudest noise", "%.3f",
	        (double)accuracy_of(&hard));
	lesson_number(lesson, "warm-noisy-sure", "confidence there, this T", "%.3f",
	        (double)confidence_of(&hard));
	lesson_look(lesson, "loss at each T", tensor_view(loss, SHAPE(1, PLACES)));
	lesson_point(lesson, "Clean: as sure as right. In noise: still far too sure.");
}

/* --- to say nothing --------------------------------------------------------------------- */

enum { THRESHOLDS = 17 };

static void cover(const Answers *a, real coverage[THRESHOLDS], real accuracy[THRESHOLDS])
{
	for (int k = 0; k < THRESHOLDS; k++) {
		float share;
		accuracy[k] = (real)accuracy_above(
		        &share, a->confidence, a->right, a->count, (float)k * 0.06f);
		coverage[k] = (real)share;
	}
}

static void say_nothing(Lesson *lesson, const Story *s)
{
	real x[2][THRESHOLDS], y[2][THRESHOLDS];
	lesson_section(lesson, "To say nothing");
	lesson_predict_number(lesson,
	        "The five answers from above: 0.55 wrong, 0.59 right, 0.85 wrong, 0.9 "
	        "right, 0.95 right. Only those of 0.9 and more are given. What is the "
	        "coverage?",
	        0.4, 0.005,
	        "Two of five are given. Both are right, so the accuracy of what is said "
	        "is 1.");
	const Answers clean = answers(lesson_arena(lesson), &s->plain,
	        &s->data.test[CLEAN], BOTH, NULL, s->temperature);
	const Answers noise = answers(lesson_arena(lesson), &s->plain,
	        &s->data.test[FIVE_DB], BOTH, NULL, s->temperature);
	cover(&clean, x[0], y[0]);
	cover(&noise, x[1], y[1]);
	picture_coverage(lesson, THRESHOLDS, x[0], y[0], x[1], y[1]);
	float share;
	lesson_number(lesson, "above", "accuracy of what is at least 0.7 sure", "%.3f",
	        (double)accuracy_above(
	                &share, clean.confidence, clean.right, clean.count, 0.7f));
	lesson_number(lesson, "covered", "coverage", "%.3f", (double)share);
	lesson_number(lesson, "above-noisy", "the same in noise of 5 dB", "%.3f",
	        (double)accuracy_above(
	                &share, noise.confidence, noise.right, noise.count, 0.7f));
	lesson_number(lesson, "covered-noisy", "coverage there", "%.3f", (double)share);
	lesson_look(lesson, "coverage, clean and in noise",
	        tensor_view(x[0], SHAPE(2, THRESHOLDS)));
	lesson_look(lesson, "accuracy of what is said",
	        tensor_view(y[0], SHAPE(2, THRESHOLDS)));
	lesson_point(lesson, "From right to left: fewer answers, and better ones?");
}

/* --- the experiment --------------------------------------------------------------------- */

static void experiment(Lesson *lesson, const Story *s)
{
	lesson_section(lesson, "The experiment");
	trial(lesson, &s->data, "pairs", "pairs", plan(0, SEEDS));
	trial(lesson, &s->data, "with modality dropout", "drops", plan(s->drop, SEEDS));
	lesson_point(lesson, "Five seeds each, one thing changed.");
}

int main(int argc, char **argv)
{
	Story story = { .temperature = 1 };
	Lesson *lesson =
	        lesson_begin(argc, argv, "15-missing", "Missing, noisy, swapped");
	story.drop = (float)lesson_setting(lesson, "drop",
	        "the chance that a training utterance loses its words or its sound", 0.4,
	        0, 1);
	the_question(lesson, &story);
	missing(lesson, &story);
	noisy(lesson, &story);
	swapped(lesson, &story);
	calibration_by_hand(lesson);
	calibration(lesson, &story);
	temperature_by_hand(lesson);
	find_temperature(lesson, &story);
	say_nothing(lesson, &story);
	experiment(lesson, &story);
	return lesson_end(lesson);
}
