#include "tutorials/15-missing/trials.h"
#include "emotionnet/score/calibration.h"

Answers answers(Arena *arena, const Network *net, const Set *set, Present present,
        const int words[], double temperature)
{
	return answers_of(arena, network_logits(arena, net, set, present, words),
	        set->label, set->count, temperature);
}

double accuracy_with(Arena *arena, const Network *net, const Set *set, Present present)
{
	const Answers a = answers(arena, net, set, present, NULL, 1);
	return (double)accuracy_of(&a);
}

enum { MOST = 16 };

typedef struct Figures {
	double both[MOST], words[MOST], sound[MOST], noise[MOST], t[MOST];
} Figures;

static void measure(
        Arena *arena, const Data *data, Figures *f, int seed, const Network *net)
{
	const Set *clean = &data->validation[CLEAN],
	          *noisy = &data->validation[NOISES - 1];
	f->both[seed] = accuracy_with(arena, net, clean, BOTH);
	f->words[seed] = accuracy_with(arena, net, clean, WORDS_ONLY);
	f->sound[seed] = accuracy_with(arena, net, clean, SOUND_ONLY);
	f->noise[seed] = accuracy_with(arena, net, noisy, BOTH);
	const Answers a = answers(arena, net, clean, BOTH, NULL, 1);
	f->t[seed] = calibration_temperature(a.p, clean->label, clean->count, EMOTIONS);
}

void trial(Lesson *lesson, const Data *data, const char *name, const char *key, Plan plan)
{
	Arena *arena = lesson_arena(lesson);
	const int seeds = (int)plan.seed;
	Figures f;
	lesson_settings(lesson, name,
	        "drop %g, rate %g, epochs %d, batch %d, utterances %d, seeds 1-%d",
	        (double)plan.drop, (double)plan.rate, plan.epochs, plan.batch, TRAIN,
	        seeds);
	for (int seed = 0; seed < seeds; seed++) {
		plan.seed = (uint64_t)seed + 1;
		const Network net = network_trained(arena, data, plan);
		measure(arena, data, &f, seed, &net);
	}
	const struct {
		const char *what, *key;
		const double *values;
	} rows[] = { { "both", "both", f.both }, { "words alone", "words", f.words },
		{ "sound alone", "sound", f.sound },
		{ "both, in noise of -5 dB", "noise", f.noise },
		{ "temperature", "t", f.t } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		lesson_spread(lesson, arena_format(arena, "%s-%s", key, rows[i].key),
		        rows[i].what, "%.3f", seeds, rows[i].values);
}
