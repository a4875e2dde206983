#include "tutorials/08-sound/emotions.h"
#include "emotionnet/import/import.h"
#include "tutorials/08-sound/carry.h"
#include "tutorials/lesson/utterance.h"

#include <stdio.h>
#include <stdlib.h>

enum { SPLITS = 5, GROUPS = 8, ALONE = 5 };
static const struct {
	const char *key, *name;
	int first, count; /* without the MFCC, which come last */
} groups[GROUPS] = { { "high", "how high", HIGH, 1 }, { "loud", "how loud", LOUD, 1 },
	{ "fast", "how fast", FAST, 1 },
	{ "moves", "how much the pitch moves", MOVES, 1 },
	{ "higher", "how high above the speaker's mean", HIGHER, 1 },
	{ "four", "the last four", LOUD, 4 },
	{ "shape", "the means of MFCC", SHAPE_OF_MEL, 0 },
	{ "all", "the four and the MFCC", LOUD, SHAPE_OF_MEL - LOUD } };

static void print_means(Lesson *lesson, const Voices *voices)
{
	lesson_say(lesson, "             loud (dB)   letters/s   octaves   moves by");
	for (int c = 0; c < voices->labels; c++)
		lesson_say(lesson, "  %-10s %8.1f %11.1f %9.2f %10.2f",
		        voices->label_names[c], voices_mean(voices, c, LOUD),
		        voices_mean(voices, c, FAST), voices_mean(voices, c, HIGH),
		        voices_mean(voices, c, MOVES));
}

static void print_recalls(
        Lesson *lesson, const Voices *voices, int first, int end, int mfcc)
{
	for (int g = first; g < end; g++) {
		double uar[SPLITS];
		const int more = g > ALONE ? mfcc : 0;
		for (int s = 0; s < SPLITS; s++)
			uar[s] = nearest_mean_uar(voices, groups[g].first,
			        groups[g].count + more, (uint64_t)s + 1);
		lesson_spread(lesson, groups[g].key, groups[g].name, "%.2f", SPLITS, uar);
	}
}

void emotions(Lesson *lesson)
{
	enum { UTTERANCES = 300 };
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "What carries emotion");
	Corpus corpus;
	Voices voices;
	Error error;
	chapter_corpus(&corpus, arena, UTTERANCES, 0, "voice");
	if (!voices_measure(&voices, arena, &corpus, &error))
		error_stop(HERE, "chapter 8", "%s", error.text);
	lesson_number(lesson, "voices", "sentences", "%.0f", voices.count);
	lesson_number(lesson, "speakers", "speakers", "%.0f", voices.speakers);
	print_means(lesson, &voices);
	lesson_point(lesson, "Means over all speakers.");
	static const Choice best[] = {
		{ "how loud",
		        "Sadness is soft and anger is loud for men and for women." },
		{ "how high",
		        "A calm woman is higher than an angry man. Without knowing who "
		        "speaks, height says little." },
		{ "how fast",
		        "It comes second: sadness is slow, but joy and anger are equally "
		        "fast." }
	};
	lesson_predict_choice(lesson,
	        "Which number alone tells the emotion of a new speaker best?", 3, best,
	        0);
	lesson_say(lesson, "Unweighted average recall:");
	lesson_number(lesson, "chance", "by chance", "%.2f", 1.0 / voices.labels);
	lesson_settings(lesson, "each",
	        "sentences %d, teachers %d, listeners %d, splits %d", voices.count,
	        voices.speakers / 2, voices.speakers - voices.speakers / 2, SPLITS);
	const int mfcc = lesson_count(
	        lesson, "mfcc", "how many MFCC describe a sentence", 12, 1, 30);
	print_recalls(lesson, &voices, 0, ALONE, mfcc);
	lesson_point(lesson, "One number each.");
	print_recalls(lesson, &voices, ALONE, GROUPS, mfcc);
	lesson_point(lesson, "Several numbers.");
}

void emotions_in(Lesson *lesson, const char *folder)
{
	const ImportOptions options = { .test_speakers = "", .validation_speakers = "" };
	Corpus corpus;
	Voices voices;
	Error error;
	lesson_section(lesson, "What carries emotion in EmoDB");
	if (!import_emodb(&corpus, lesson_arena(lesson), folder, &options, &error) ||
	        !voices_measure(&voices, lesson_arena(lesson), &corpus, &error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(1);
	}
	print_means(lesson, &voices);
	lesson_say(lesson,
	        "Unweighted average recall; by chance it is %.2f:", 1.0 / voices.labels);
	print_recalls(lesson, &voices, 0, GROUPS, 12);
}
