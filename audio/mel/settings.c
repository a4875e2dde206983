/* The settings of mel.h: presets, and as text. One table names every field, so that what
 * is written and what is read cannot drift apart. */
#include "audio/mel/settings.h"
#include "audio/spectrum/fft.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const MelSettings librosa = {
	.stft = { .fft = 2048,
	        .window = 2048,
	        .hop = 512,
	        .shape = WINDOW_HANN,
	        .padding = STFT_ZERO,
	        .gain = 1 },
	.bands = { .count = 128, .scale = MEL_SLANEY, .area = true },
	.log = MEL_DECIBEL,
	.floor = 1e-10,
	.top_db = 80,
};

static const MelSettings torchaudio = {
	.stft = { .fft = 400,
	        .window = 400,
	        .hop = 200,
	        .shape = WINDOW_HANN,
	        .padding = STFT_REFLECT,
	        .gain = 1 },
	.bands = { .count = 128, .scale = MEL_HTK },
	.log = MEL_LN_PLUS,
	.floor = 1e-6,
};

static const MelSettings kaldi = {
	.stft = { .fft = 512,
	        .window = 400,
	        .hop = 160,
	        .shape = WINDOW_POVEY,
	        .padding = STFT_WHOLE,
	        .gain = 32768,
	        .remove_mean = true,
	        .preemphasis = 0.97 },
	.bands = { .count = 23, .scale = MEL_HTK, .low = 20, .edges_in_mel = true },
	.log = MEL_LN_FLOOR,
	.floor = 1.1920928955078125e-7, /* FLT_EPSILON */
};

const char *const mel_presets[] = { "librosa", "torchaudio", "kaldi", NULL };

bool mel_preset(MelSettings *settings, const char *name)
{
	static const MelSettings *const all[] = { &librosa, &torchaudio, &kaldi };
	for (int i = 0; mel_presets[i]; i++) {
		if (strcmp(mel_presets[i], name))
			continue;
		*settings = *all[i];
		return true;
	}
	return false;
}

static const char *padding_name(int value)
{
	static const char *const names[] = { "reflect", "zero", "whole" };
	return names[value];
}

static const char *log_name(int value)
{
	static const char *const names[] = { "ln-plus", "ln-floor", "decibel", "power" };
	return names[value];
}

static const char *shape_name(int value)
{
	return window_name((WindowShape)value);
}

static const char *scale_name(int value)
{
	return mel_scale_name((MelScale)value);
}

static const char *bool_name(int value)
{
	return value ? "yes" : "no";
}

/* A field is a whole number in a range, one of `choices` names, or a number in a
 * range. */
typedef enum Kind { WHOLE, CHOICE, YES_OR_NO, NUMBER } Kind;

typedef struct Field {
	const char *name;
	Kind kind;
	size_t offset;
	double low, high; /* both allowed */
	const char *(*choice)(int value);
} Field;

#define AT(field) offsetof(MelSettings, field)

static const Field fields[] = {
	{ "fft", WHOLE, AT(stft.fft), 1, FFT_LONGEST, NULL },
	{ "window", WHOLE, AT(stft.window), 1, FFT_LONGEST, NULL },
	{ "hop", WHOLE, AT(stft.hop), 1, FFT_LONGEST, NULL },
	{ "shape", CHOICE, AT(stft.shape), 0, WINDOW_SHAPES - 1, shape_name },
	{ "padding", CHOICE, AT(stft.padding), 0, STFT_PADDINGS - 1, padding_name },
	{ "gain", NUMBER, AT(stft.gain), 1e-6, 1e6, NULL },
	{ "remove-mean", YES_OR_NO, AT(stft.remove_mean), 0, 1, bool_name },
	{ "preemphasis", NUMBER, AT(stft.preemphasis), 0, 1, NULL },
	{ "mels", WHOLE, AT(bands.count), 1, MEL_MOST_BANDS, NULL },
	{ "scale", CHOICE, AT(bands.scale), 0, MEL_SCALES - 1, scale_name },
	{ "low", NUMBER, AT(bands.low), 0, 1e6, NULL },
	{ "high", NUMBER, AT(bands.high), 0, 1e6, NULL },
	{ "area", YES_OR_NO, AT(bands.area), 0, 1, bool_name },
	{ "edges-in-mel", YES_OR_NO, AT(bands.edges_in_mel), 0, 1, bool_name },
	{ "log", CHOICE, AT(log), 0, MEL_LOGS - 1, log_name },
	{ "floor", NUMBER, AT(floor), 1e-37, 1e6, NULL },
	{ "top-db", NUMBER, AT(top_db), 0, 1e6, NULL },
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

_Static_assert(sizeof(WindowShape) == sizeof(int) && sizeof(StftPadding) == sizeof(int) &&
                       sizeof(MelScale) == sizeof(int) && sizeof(MelLog) == sizeof(int),
        "choices are read and written as int");

static double field_get(const MelSettings *settings, const Field *field)
{
	const char *at = (const char *)settings + field->offset;
	if (field->kind == NUMBER)
		return *(const double *)(const void *)at;
	if (field->kind == YES_OR_NO)
		return *(const bool *)at;
	return *(const int *)(const void *)at;
}

static void field_set(MelSettings *settings, const Field *field, double value)
{
	char *at = (char *)settings + field->offset;
	if (field->kind == NUMBER)
		*(double *)(void *)at = value;
	else if (field->kind == YES_OR_NO)
		*(bool *)at = value > 0;
	else
		*(int *)(void *)at = (int)value;
}

const char *mel_settings_text(const MelSettings *settings, Arena *arena)
{
	const char *text = "";
	for (int i = 0; i < FIELDS; i++) {
		double value = field_get(settings, &fields[i]);
		const char *gap = i ? " " : "";
		if (fields[i].choice)
			text = arena_format(arena, "%s%s%s=%s", text, gap, fields[i].name,
			        fields[i].choice((int)value));
		else
			text = arena_format(
			        arena, "%s%s%s=%.17g", text, gap, fields[i].name, value);
	}
	return text;
}

/* The value that the word stands for; false if none is in range. */
static bool field_value(const Field *field, const char *word, double *value)
{
	for (int i = (int)field->low; field->choice && i <= (int)field->high; i++)
		if (!strcmp(field->choice(i), word)) {
			*value = i;
			return true;
		}
	char *end;
	*value = strtod(word, &end);
	bool inside = *word && !*end && *value >= field->low && *value <= field->high;
	return !field->choice && inside &&
	       (field->kind == NUMBER || *value == (double)(int)*value);
}

static bool parse_one(
        MelSettings *settings, bool given[FIELDS], const char *item, Error *error)
{
	size_t length = strcspn(item, "=");
	for (int i = 0; i < FIELDS; i++) {
		const Field *field = &fields[i];
		if (strlen(field->name) != length || strncmp(field->name, item, length))
			continue;
		double value;
		if (!item[length] || !field_value(field, item + length + 1, &value))
			return error_set(
			        error, "mel settings: \"%s\" is not possible", item);
		if (given[i])
			return error_set(
			        error, "mel settings: %s is given twice", field->name);
		field_set(settings, field, value);
		given[i] = true;
		return true;
	}
	return error_set(error, "mel settings: \"%s\" is not known", item);
}

bool mel_settings_parse(MelSettings *settings, const char *text, Error *error)
{
	MelSettings found = { .floor = 0 };
	bool given[FIELDS] = { false };
	while (*text) {
		char item[64];
		size_t length = strcspn(text, " ");
		if (length == 0 || length >= sizeof item)
			return error_set(error,
			        "mel settings: expected words of name=value, one space apart, found \"%.40s\"",
			        text);
		memcpy(item, text, length);
		item[length] = '\0';
		if (!parse_one(&found, given, item, error))
			return false;
		text += length;
		text += *text == ' ';
	}
	for (int i = 0; i < FIELDS; i++)
		if (!given[i])
			return error_set(
			        error, "mel settings: %s is missing", fields[i].name);
	if (found.stft.fft < found.stft.window)
		return error_set(error, "mel settings: fft=%d is shorter than window=%d",
		        found.stft.fft, found.stft.window);
	if (found.bands.high > 0 && found.bands.high <= found.bands.low)
		return error_set(error, "mel settings: high=%g is not above low=%g",
		        found.bands.high, found.bands.low);
	*settings = found;
	return true;
}
