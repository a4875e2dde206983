/* settings.h: all that can be asked of one run, as options of the command line and as
 * what they decide. The commands train and compare share them. */
#ifndef EMOTIONNET_SETTINGS_H
#define EMOTIONNET_SETTINGS_H

#include "emotionnet/experiment/options.h"
#include "emotionnet/features/frontend.h"
#include "emotionnet/model.h"
#include "emotionnet/train/train.h"

/* What the command line can say about a run. */
typedef struct Settings {
	const char *modalities; /* "text,speech" */
	const char *fusion;
	const char *text_encoder, *speech_encoder; /* "cnn", "lstm", "vector" */
	int embed, text_hidden, speech_hidden, face_hidden, fusion_hidden;
	double dropout;
	bool characters, freeze_vectors, pitch;
	const char *vectors; /* a file of word vectors, or NULL */
	int min_count, max_words, mels, hop;
	double max_seconds;
	const char *normalise, *mel, *select;
	bool trim;
	VarySettings vary;
	TrainOptions train;
	const char *cache;
	bool no_cache, quiet, skip_bad, allow_leak;
} Settings;

Settings settings_defaults(void);

/* Writes the shared options, their values inside `settings`, to `options`; returns how
 * many. First those that decide what comes of a run, then those that only say how long
 * and how it goes. */
enum { SETTINGS_OPTIONS = 48, RUN_OPTIONS = 8 };
int settings_options(Settings *settings, Option options[SETTINGS_OPTIONS]);
int run_options(Settings *settings, Option options[RUN_OPTIONS]);

/* What --help says after the options: the strategies that are there. */
void settings_help(void);

/* Turns names into choices: which modalities, strategy, encoders. Fails, naming those
 * that are known, where one is not. What depends on the data (vocabulary, classes) is
 * filled in by prepared_make(). */
bool settings_resolve(
        const Settings *settings, ModelConfig *config, Frontend *frontend, Error *error);

/* What is asked of training. */
TrainOptions settings_training(const Settings *settings);

#endif
