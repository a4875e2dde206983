/* mel.h: the log-mel spectrogram: what a network listens to.
 *
 * How loud each of some tens of frequency bands is, a hundred times a second. Every
 * program has its own conventions, and figures made with one cannot be compared with
 * another's; here each is one field of MelSettings. Three presets (settings.h) are the
 * conventions of librosa 0.11, torchaudio and Kaldi; tests compare them with these. */
#ifndef AUDIO_MEL_MEL_H
#define AUDIO_MEL_MEL_H

#include "audio/clip.h"
#include "audio/mel/bands.h"
#include "audio/spectrum/stft.h"
#include "tensor/tensor.h"

#include <stdbool.h>

typedef enum MelLog {
	MEL_LN_PLUS,  /* ln(S + floor) */
	MEL_LN_FLOOR, /* ln(max(S, floor)) */
	MEL_DECIBEL,  /* 10 log10(max(S, floor)) */
	MEL_POWER,    /* S itself */
	MEL_LOGS
} MelLog;

typedef struct MelSettings {
	StftSettings stft;
	MelBandSettings bands;
	MelLog log;
	double floor;
	/* what is more than this under the loudest of the clip is raised to it; 0: no */
	double top_db;
} MelSettings;

/* (frames, bands) in the arena, a frame a row; frames may be 0 if not centred. Stops if
 * the clip has no sample, or the settings do not fit together or to the clip's rate. */
void logmel_at(Site site, Tensor *features, Arena *arena, const Clip *clip,
        const MelSettings *settings);
#define logmel(...) logmel_at(HERE, __VA_ARGS__)

/* The same in two steps, for many clips of one rate: the tables once, then clip by clip.
 * A plan is not changed by its use, so that threads can share it, each with its own
 * arena. */
typedef struct MelPlan MelPlan;
const MelPlan *mel_plan_at(
        Site site, Arena *arena, const MelSettings *settings, int rate);
void mel_run_at(
        Site site, const MelPlan *plan, Tensor *features, Arena *arena, const Clip *clip);
#define mel_plan(...) mel_plan_at(HERE, __VA_ARGS__)
#define mel_run(...)  mel_run_at(HERE, __VA_ARGS__)

/* Sixteen frames, each hop samples after the one before and the first at `from`, where 15
 * hop + window samples must be: (16, bands), which the next call overwrites. What mel_run
 * and stream.h are made of; top_db is not applied. */
typedef struct MelWork MelWork;
MelWork *mel_work(Arena *arena, const MelPlan *plan);
const real *mel_sixteen(const MelPlan *plan, MelWork *work, const real *from);
const MelSettings *mel_plan_settings(const MelPlan *plan);

#endif
