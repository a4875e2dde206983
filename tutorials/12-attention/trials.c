#include "tutorials/12-attention/trials.h"
#include "tutorials/12-attention/maps.h"
#include "tutorials/12-attention/pictures.h"

static const int lengths[LENGTHS] = { 1, 2, 4, 8, 16 };
static const char *const names[POOLINGS] = { "mean", "maximum", "attention" };
static const float rates[2][POOLINGS] = { { 0.2f, 0.2f, 0.1f }, { 0.05f, 0.2f, 0.03f } };

float trials_rate(Rule rule, Pooling pooling)
{
	return rates[rule][pooling];
}

void trials_data(Arena *arena, Data *data, int sentences)
{
	data->sentences = sentences;
	data->words = (Words){ .count = 1, .word = { "?" } };
	for (int r = ONE_DECIDES; r <= MOST_DECIDE; r++) {
		const int told = r == MOST_DECIDE && sentences < 3 ? 3 : sentences;
		data->train[r] = stories_make(arena, &data->words,
		        (StoryPlan){ (Rule)r, TRAIN, TRAINED, told });
		for (int l = r == MOST_DECIDE ? 2 : 0; l < LENGTHS; l++)
			data->test[r][l] = stories_make(arena, &data->words,
			        (StoryPlan){ (Rule)r, TEST, OTHERS, lengths[l] });
	}
}

/* Accuracies at each length, of each seed. */
typedef double Found[LENGTHS][SEEDS];

static void train_and_test(const Data *data, Rule rule, Pooling pooling, Found found)
{
	static Network net;
	for (int s = 0; s < SEEDS; s++) {
		const uint64_t seed = (uint64_t)s + 1;
		network_new(&net, pooling, false, seed);
		network_train(&net, data->train[rule],
		        (Plan){ BATCH, EPOCHS, rates[rule][pooling], seed });
		for (int l = 0; l < LENGTHS; l++)
			if (data->test[rule][l].count)
				found[l][s] = network_accuracy(&net, data->test[rule][l]);
	}
}

static void say_found(
        Lesson *lesson, const Data *data, Rule rule, Pooling pooling, Found found)
{
	Arena *arena = lesson_arena(lesson);
	Network *net = ARENA_NEW(arena, Network);
	network_new(net, pooling, false, 1);
	lesson_settings(lesson, names[pooling],
	        "pooling %s, rate %g, optimiser Adam, batch %d, epochs %d, width %d, "
	        "seeds %d, stories %d, sentences %d, parameters %d",
	        names[pooling], (double)rates[rule][pooling], BATCH, EPOCHS, WIDTH, SEEDS,
	        TRAINED, data->sentences, network_parameters(net, data->words.count));
	for (int l = 0; l < LENGTHS; l++)
		if (data->test[rule][l].count)
			lesson_spread(lesson,
			        arena_format(arena, "%s-%d-%d", names[pooling], rule,
			                lengths[l]),
			        arena_format(
			                arena, "test set, sentences %2d", lengths[l]),
			        "%.3f", SEEDS, found[l]);
}

void trials_poolings(Lesson *lesson, const Data *data)
{
	float curve[POOLINGS][LENGTHS] = { { 0 } }, x[LENGTHS];
	for (int rule = ONE_DECIDES; rule <= MOST_DECIDE; rule++) {
		lesson_section(lesson, rule ? "Most words decide" : "One word decides");
		for (int p = 0; p < POOLINGS; p++) {
			Found found = { { 0 } };
			train_and_test(data, (Rule)rule, (Pooling)p, found);
			say_found(lesson, data, (Rule)rule, (Pooling)p, found);
			for (int i = 0; rule == ONE_DECIDES && i < LENGTHS * SEEDS; i++)
				curve[p][i / SEEDS] +=
				        (float)found[i / SEEDS][i % SEEDS] / SEEDS;
		}
		lesson_point(lesson, rule ? "Here the maximum is the one that fails."
		                          : "The mean has learned one length.");
	}
	for (int l = 0; l < LENGTHS; l++)
		x[l] = (float)lengths[l];
	draw_lengths(lesson, LENGTHS, x, curve, names);
}

void trials_maps(Lesson *lesson, const char *key, const Network net[SEEDS], Stories set)
{
	Arena *arena = lesson_arena(lesson);
	enum { PAIRS = SEEDS * (SEEDS - 1) / 2 };
	double on[SEEDS], most[SEEDS], word[SEEDS], answers[PAIRS], maps[PAIRS],
	        right[SEEDS];
	int pairs = 0;
	for (int s = 0; s < SEEDS; s++) {
		const MapFacts facts = map_facts(&net[s], set);
		on[s] = facts.on_word;
		most[s] = facts.without_most;
		word[s] = facts.without_word;
		right[s] = network_accuracy(&net[s], set);
		for (int u = 0; u < s; u++) {
			const MapPair pair = map_pair(&net[s], &net[u], set);
			answers[pairs] = pair.answers;
			maps[pairs++] = pair.maps;
		}
	}
	lesson_spread(lesson, arena_format(arena, "%s-right", key), "accuracy", "%.3f",
	        SEEDS, right);
	lesson_spread(lesson, arena_format(arena, "%s-on", key),
	        "largest weight on the emotion word", "%.2f", SEEDS, on);
	lesson_spread(lesson, arena_format(arena, "%s-most", key),
	        "answer changes without the largest", "%.2f", SEEDS, most);
	lesson_spread(lesson, arena_format(arena, "%s-word", key),
	        "answer changes without the emotion word", "%.2f", SEEDS, word);
	lesson_spread(lesson, arena_format(arena, "%s-answers", key),
	        "two seeds: the same answer", "%.2f", PAIRS, answers);
	lesson_spread(lesson, arena_format(arena, "%s-maps", key),
	        "of these: the same largest word", "%.2f", PAIRS, maps);
}
