/* settings.h: presets of mel.h's settings, and the settings as text. */
#ifndef AUDIO_MEL_SETTINGS_H
#define AUDIO_MEL_SETTINGS_H

#include "audio/mel/mel.h"

/* "librosa", "torchaudio" or "kaldi": that program's own defaults, in samples at 16 kHz
 * where it counts in seconds, and without Kaldi's dither, which is noise. False if
 * there is no such. */
bool mel_preset(MelSettings *settings, const char *name);
extern const char *const mel_presets[]; /* their names, and NULL */

/* All settings as one line of `name=value`, which mel_settings_parse turns back into the
 * same settings: for a cache's key and for a checkpoint. In the arena. */
const char *mel_settings_text(const MelSettings *settings, Arena *arena);

/* Fails, and says why, if a name is unknown, missing or given twice, or a value is
 * impossible. */
bool mel_settings_parse(MelSettings *settings, const char *text, Error *error);

#endif
