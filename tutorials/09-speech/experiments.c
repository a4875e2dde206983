/* What is measured: one thing is changed at a time, and every setting is said. */
#include "tutorials/09-speech/experiments.h"

#include <math.h>
#include <string.h>

void tell_settings(Lesson *lesson, const Data *data, const char *name, Whose whose,
        double drop, const char *learns)
{
	lesson_settings(lesson, name,
	        "statistics %s, drop %g, versions %s, rate %g, batch %d, epochs %d, "
	        "filters %d, frames %d, microphone %d, seeds %d",
	        whose_names[whose], drop, learns, (double)RATE, BATCH, EPOCHS, FILTERS,
	        TAPS, data->microphone, SEEDS);
}

static double tell(
        Lesson *lesson, const char *key, const char *what, const double accuracy[SEEDS])
{
	double sum = 0;
	lesson_spread(lesson, key, what, "%.2f", SEEDS, accuracy);
	for (int s = 0; s < SEEDS; s++)
		sum += accuracy[s];
	return sum / SEEDS;
}

void tell_accuracy(Lesson *lesson, const char *key, const char *what,
        const Network nets[SEEDS], Set set)
{
	double accuracy[SEEDS];
	accuracy_all(accuracy, nets, set);
	tell(lesson, key, what, accuracy);
}

static const char *key(const Lesson *lesson, const char *what, int number)
{
	return arena_format(lesson_arena(lesson), "%s-%d", what, number);
}

/* --- normalisation ----------------------------------------------------------------------- */

/* In how many guesses the padding of a batch would have a say. */
static void if_padding_counted(Lesson *lesson, const Network nets[SEEDS], Set set)
{
	const Set padded = lengths_forgotten(lesson_arena(lesson), set);
	int other = 0;
	for (int i = 0; i < set.count; i++)
		other += network_guess(&nets[0], &set.items[i]) !=
		         network_guess(&nets[0], &padded.items[i]);
	lesson_number(lesson, "padded", "of 240 guesses, others if padding counted",
	        "%.0f", other);
}

void whose_statistics(Lesson *lesson, const Data *data, Network heard[SEEDS])
{
	static Network nets[SEEDS];
	lesson_section(lesson, "Whose statistics?");
	for (Whose whose = NOBODY; whose < WHOSE; whose++) {
		Arena *arena = arena_child(lesson_arena(lesson), "sets");
		Set train = normalised(arena, data->train, whose, &data->corpus);
		Set validation =
		        normalised(arena, data->validation, whose, &data->corpus);
		train_all(nets, train, 0, NULL);
		tell_settings(lesson, data, whose_names[whose], whose, 0, "one");
		tell_accuracy(lesson, key(lesson, "whose-own", (int)whose),
		        "accuracy, training set", nets, train);
		tell_accuracy(lesson, key(lesson, "whose", (int)whose),
		        "accuracy, validation set", nets, validation);
		if (whose == SPEAKER) {
			memcpy(heard, nets, sizeof nets);
			if_padding_counted(lesson, nets, validation);
		}
		arena_free(arena);
	}
	lesson_point(
	        lesson, "The utterance's own statistics forget what anger sounds like.");
}

void lone_clips(Lesson *lesson, const Data *data, const Network nets[SEEDS])
{
	enum { KNOWN = 6, SAME = 4 };
	static const int known[KNOWN] = { 1, 2, 4, 8, 12, 24 };
	double accuracy[KNOWN][SEEDS], lone = 0;
	real x[KNOWN], y[KNOWN];
	Arena *arena = arena_child(lesson_arena(lesson), "sets");
	lesson_section(lesson, "A lone clip");
	for (int k = 0; k < KNOWN; k++)
		accuracy_all(accuracy[k], nets,
		        known_by(arena, data->validation, known[k] - 1, false));
	for (int s = 0; s < SEEDS; s++)
		lone += accuracy[0][s] / SEEDS;
	lone = floor(lone * 100 + 0.5) / 100;
	lesson_predict_number(lesson,
	        "The network was trained with each speaker's own statistics. Of an unknown "
	        "speaker there is one clip, so its statistics are taken for the speaker's. "
	        "Which accuracy?",
	        lone, 0.06,
	        "By its own mean no voice is loud or high. What the network has learned to "
	        "listen for is gone.");
	for (int k = 0; k < KNOWN; k++) {
		x[k] = (real)known[k];
		y[k] = (real)tell(lesson, key(lesson, "known", known[k]),
		        arena_format(arena, "by %d of the speaker's clips", known[k]),
		        accuracy[k]);
	}
	tell_accuracy(lesson, "known-same", "by 4 clips of the same emotion", nets,
	        known_by(arena, data->validation, SAME - 1, true));
	tell_accuracy(lesson, "known-corpus", "by the corpus's statistics", nets,
	        normalised(arena, data->validation, CORPUS, &data->corpus));
	const PlotSeries series = { .count = KNOWN, .x = x, .y = y };
	lesson_curves(lesson, "clips", "How many clips of a speaker are needed?",
	        "clips that the statistics are taken from", "accuracy", 1, &series);
	lesson_point(lesson, "The speaker's statistics need clips of several emotions.");
	arena_free(arena);
}

/* --- dropout ----------------------------------------------------------------------------- */

void how_much(
        Lesson *lesson, const Data *data, Set train, Set validation, Network kept[SEEDS])
{
	enum { PARTS = 4 };
	static const float parts[PARTS] = { 0, DROP, 0.5f, 0.7f };
	static Network nets[SEEDS];
	lesson_section(lesson, "How much dropout?");
	for (int k = 0; k < PARTS; k++) {
		const char *name = arena_format(
		        lesson_arena(lesson), "dropout %g", (double)parts[k]);
		train_all(nets, train, parts[k], NULL);
		tell_settings(lesson, data, name, CORPUS, (double)parts[k], "one");
		tell_accuracy(lesson, key(lesson, "drop-own", k),
		        "accuracy, training set", nets, train);
		tell_accuracy(lesson, key(lesson, "drop", k), "accuracy, validation set",
		        nets, validation);
		if (k == 1)
			memcpy(kept, nets, sizeof nets);
	}
	lesson_point(
	        lesson, "It takes from the training set, and gives to new speakers.");
}

/* --- augmentation ------------------------------------------------------------------------ */

static void ask_about_noise(Lesson *lesson)
{
	static const Choice noisy[] = {
		{ "about 0.75",
		        "You would lose little, for you have heard noise all your life. "
		        "The network has never heard any." },
		{ "about 0.5",
		        "That would be a network that has heard some noise before." },
		{ "about 0.17, as if it guessed",
		        "Noise fills the quiet moments of all bands, so every utterance looks "
		        "loud and bright. The network gives the same answer to all." }
	};
	lesson_predict_choice(lesson,
	        "The network with dropout hears the validation speakers with noise, 10 dB "
	        "weaker than the voice. You would still understand every word. Its accuracy?",
	        3, noisy, 2);
}

/* The training set itself, and two copies with changed sounds or with masks. */
static Versions versions_of(Arena *arena, const Data *data, Set train, Change change)
{
	static const double range[CHANGES][2] = { { 0, 0 }, { 0, 20 }, { -15, 15 },
		{ 0.85, 1.15 }, { 0, 0 } };
	Versions versions = { 1, { train }, change == MASKS };
	for (uint64_t seed = 1; change != MASKS && seed < MOST_VERSIONS; seed++)
		versions.sets[versions.count++] = normalised(arena,
		        changed(arena, data->train, change, range[change][0],
		                range[change][1], seed),
		        CORPUS, &data->corpus);
	return versions;
}

void augmentation(Lesson *lesson, const Data *data, const Network plain[SEEDS], Set train)
{
	static const double there[MASKS] = { 0, 10, -10, 1.1 };
	static Network nets[SEEDS];
	Arena *arena = arena_child(lesson_arena(lesson), "sets");
	Set heard[MASKS];
	lesson_section(lesson, "Augmentation");
	ask_about_noise(lesson);
	for (Change c = CLEAN; c < MASKS; c++)
		heard[c] = normalised(arena,
		        changed(arena, data->validation, c, there[c], there[c], 9),
		        CORPUS, &data->corpus);
	for (Change learned = CLEAN; learned < CHANGES; learned++) {
		const Versions versions = versions_of(arena, data, train, learned);
		if (learned == CLEAN)
			memcpy(nets, plain, sizeof nets);
		else
			train_all(nets, train, DROP, &versions);
		tell_settings(lesson, data,
		        arena_format(arena, "learning with %s", change_names[learned]),
		        CORPUS, (double)DROP, change_names[learned]);
		for (Change c = CLEAN; c < MASKS; c++)
			tell_accuracy(lesson,
			        arena_format(arena, "%s-%s", change_names[learned],
			                change_names[c]),
			        arena_format(arena, "accuracy, heard with %s",
			                change_names[c]),
			        nets, heard[c]);
	}
	lesson_point(lesson, "Each helps against what it has shown, and little else.");
	arena_free(arena);
}
