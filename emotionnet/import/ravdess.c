/* RAVDESS: S. R. Livingstone, F. A. Russo, "The Ryerson Audio-Visual Database of
 * Emotional Speech and Song", PLoS ONE 13(5), 2018. Twenty-four actors speak and sing two
 * statements. A name is seven numbers of two digits:
 *
 *     03 - 01 - 06 - 01 - 02 - 01 - 12 .wav
 *     modality: 01 sound and picture, 02 picture, 03 sound
 *          channel: 01 speech, 02 song
 *               emotion, 01..08 as below
 *                    intensity: 01 normal, 02 strong
 *                         statement: 01 kids, 02 dogs
 *                              repetition: 01, 02
 *                                   actor: 01..24, odd ones are men
 *
 * The folds by actor are those of most papers (emotionnet/corpus/folds.h). */
#include "emotionnet/import/clips.h"
#include "emotionnet/corpus/folds.h"
#include "tensor/plot/escape.h"

#include <string.h>

enum { MODALITY, CHANNEL, EMOTION, INTENSITY, STATEMENT, REPETITION, ACTOR, NUMBERS };
enum { LEVELS = 3 };
enum { SOUND = 3, SPEECH = 1 };

static const char *const emotions[] = { "neutral", "calm", "joy", "sadness", "anger",
	"fear", "disgust", "surprise" };
static const char *const intensities[] = { "normal", "strong" };
static const char *const statements[] = { "Kids are talking by the door",
	"Dogs are sitting by the door" };
static const char *const columns[] = { "intensity", "statement", "repetition", "sex" };
static const int highest[NUMBERS] = { 3, 2, 8, 2, 2, 2, FOLDS_ACTORS };

/* Fold 1..5 is the test split, the next one is for validation. */
static Split own_split(int fold, int actor)
{
	int own = folds_of_actor(actor);
	if (own == fold)
		return SPLIT_TEST;
	return own == fold % FOLDS_RAVDESS + 1 ? SPLIT_VALIDATION : SPLIT_TRAIN;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "03-01-06-01-02-01-12.wav" */
static bool read_name(const char *name, int number[NUMBERS])
{
	for (int i = 0; i < NUMBERS; i++, name += 3) {
		if (!is_digit(name[0]) || !is_digit(name[1]) ||
		        name[2] != (i < ACTOR ? '-' : '.'))
			return false;
		number[i] = 10 * (name[0] - '0') + name[1] - '0';
		if (number[i] < 1 || number[i] > highest[i])
			return false;
	}
	return strlen(name) == strlen("wav");
}

typedef struct Ravdess {
	Import import;
	int fold, others; /* others: clips of song or video, passed over */
} Ravdess;

static bool add_clip(void *context, const char *path, Error *why)
{
	Ravdess *ravdess = context;
	Import *import = &ravdess->import;
	Arena *arena = import->arena;
	const char *name = path_name(path);
	int number[NUMBERS];
	if (!read_name(name, number))
		return error_set(why,
		        "%s: expected a name such as 03-01-06-01-02-01-12.wav: modality 01-03, channel 01-02, emotion 01-08, intensity 01-02, statement 01-02, repetition 01-02, actor 01-24",
		        path);
	if (number[MODALITY] != SOUND || number[CHANNEL] != SPEECH) {
		ravdess->others++;
		return true;
	}
	const char **extra =
	        ARENA_ARRAY(arena, const char *, sizeof columns / sizeof *columns);
	extra[0] = intensities[number[INTENSITY] - 1];
	extra[1] = arena_format(arena, "%d", number[STATEMENT]);
	extra[2] = arena_format(arena, "%d", number[REPETITION]);
	extra[3] = number[ACTOR] % 2 ? "male" : "female";
	const char *speaker = arena_format(arena, "%02d", number[ACTOR]);
	Utterance utterance = {
		.id = arena_format(arena, "%.20s", name),
		.speaker = speaker,
		.label = emotions[number[EMOTION] - 1],
		.text = statements[number[STATEMENT] - 1],
		.wav = path,
		.end = -1,
		.split = import_split(
		        import, speaker, own_split(ravdess->fold, number[ACTOR])),
		.extra = extra,
	};
	return import_add(import, &utterance, path, why);
}

bool import_ravdess(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Ravdess ravdess = { .fold = options->fold ? options->fold : 1 };
	if (ravdess.fold < 1 || ravdess.fold > FOLDS_RAVDESS)
		return error_set(
		        error, "fold %d: expected 1 to %d", ravdess.fold, FOLDS_RAVDESS);
	if (!import_begin(&ravdess.import, arena, folder,
	            sizeof columns / sizeof *columns, columns, options, error) ||
	        !clips_add(&ravdess.import, folder, LEVELS, add_clip, &ravdess, error))
		return false;
	if (ravdess.others && options->warnings)
		terminal_print(options->warnings,
		        "%s: %d clips of song or video passed over: only speech, 03-01-*, is imported\n",
		        folder, ravdess.others);
	return import_end(&ravdess.import, corpus, error);
}
