/* settings.h: all that can be asked of one run, as options of the command line and as
 * what they decide. The commands train and compare share them. */
#ifndef EMOTIONNET_EXPERIMENT_SETTINGS_H
#define EMOTIONNET_EXPERIMENT_SETTINGS_H

#include "emotionnet/experiment/options.h"
#include "emotionnet/features/frontend.h"
#include "emotionnet/model.h"
#include "emotionnet/pretrained.h"
#include "emotionnet/train/train.h"

/* What the command line can say about a run. */
typedef struct Settings {
	const char *modalities;                    /* "text,speech" */
	const char *fusion;                        /* NULL: as suits the modalities */
	const char *text_encoder, *speech_encoder; /* "cnn", "lstm", "vector" */
	const char *face_encoder; /* NULL: as the corpus has faces (settings_face) */
	const char *tune;    /* what learns of an encoder that begins with a file ... */
	bool random_weights; /* ... or with random weights in its place */
	bool tune_rows;      /* `tune` may be of a comparison's rows alone (strategy.h) */
	/* those files, opened (settings_open); or NULL */
	const Pretrained *pretrained[MODALITIES];
	int embed, text_hidden, speech_hidden, face_hidden, fusion_hidden;
	double dropout;
	const char *vectors; /* a file of word vectors, or NULL */
	bool freeze_vectors;
	Frontend frontend;  /* what it may choose itself */
	int normalise, mel; /* of normalise_names, of mel_presets ... */
	int mels, hop;      /* ... with so many bands, so many samples a frame */
	TrainOptions train;
	bool refit; /* then train on the validation split too (refit.h) */
	const char *cache;
	int channel; /* of every wav (corpus.h); the data tell which it was */
	bool no_cache, quiet, skip_bad, allow_leak;
	bool streaming; /* no look into the future: see settings_streaming */
} Settings;

/* What does well on recorded speech and on text that was not made for it, chosen on
 * speakers who were held out: tests/measure/README.md has what else was tried. */
Settings settings_defaults(void);
/* What does well on the embedded corpus: its voices are clean, and training is short. */
Settings settings_embedded(void);

/* What a model that listens in real time needs, in the place of defaults: an encoder that is
 * causal, frames that are, a running normalisation, nothing trimmed. */
void settings_streaming(Settings *settings);

/* Adds the options that decide what comes of a run, their values inside `settings`. */
void settings_options(Options *options, Settings *settings);
/* Of these, those of the frames of sound alone; of the optimiser and its rate alone. */
void settings_frames(Options *options, Settings *settings);
void settings_steps(Options *options, Settings *settings);
/* Adds those that say how long it goes, and how; the last of them contains the one before. */
void settings_epochs(Options *options, Settings *settings);
void settings_patience(Options *options, Settings *settings);
void settings_reading(Options *options, Settings *settings);
void settings_running(Options *options, Settings *settings);

/* What --help says after the options: the strategies that are there. */
void settings_help(void);

/* The frames that the settings ask for. */
FrameSettings settings_hears(const Settings *settings, Hears hears);

/* Opens the files that encoders begin with, such as apc:FILE, in the arena: once the options
 * are read, before settings_resolve. */
bool settings_open(Settings *settings, Arena *arena, Error *error);

/* Turns names into choices: which modalities, strategy, encoders. Fails, naming those
 * that are known, where one is not. What depends on the data (vocabulary, classes) is
 * filled in by prepared_make(). */
bool settings_resolve(
        const Settings *settings, ModelConfig *config, Frontend *frontend, Error *error);

/* Once the corpus is read: where --face-encoder says nothing, a corpus with faces in time
 * has them read so (face_encoder cnn), one whose face_row names pictures has these (pictures),
 * and another its vectors. */
void settings_face(const Settings *settings, const Corpus *corpus, ModelConfig *config,
        Frontend *frontend);

#endif
