/* mixture.c: reads "agree,irony=2": the share of each kind of utterance. */
#include "emotionnet/stage/stage.h"

#include <string.h>

static int kind_find(const char *name, size_t length)
{
	for (int kind = 0; kind < STAGE_KINDS; kind++) {
		const char *known = stage_kind_name((StageKind)kind);
		if (strlen(known) == length && !strncmp(known, name, length))
			return kind;
	}
	return -1;
}

/* Digits, and a point among them if any; the rest of the text is not looked at. -1: no
 * number. */
static double weight_read(const char *text, size_t length)
{
	double value = 0, place = 0;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && place == 0 && length > 1) {
			place = 1;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
		place *= 10;
	}
	return !length ? -1 : place > 0 ? value / place : value;
}

bool stage_mixture(double mixture[STAGE_KINDS], const char *text, Error *error)
{
	double weights[STAGE_KINDS] = { 0 }, total = 0;
	for (const char *p = text; *p;) {
		size_t length = strcspn(p, ","), name = strcspn(p, "=,");
		double weight = 1;
		if (name < length)
			weight = weight_read(p + name + 1, length - name - 1);
		int kind = kind_find(p, name);
		if (kind < 0)
			return error_set(error,
			        "mixture: \"%.*s\" is no kind of utterance. Known are agree, words, voice, irony, stress, noise, and with --face also face, mask",
			        (int)name, p);
		if (weight < 0)
			return error_set(error,
			        "mixture: \"%.*s\": expected a weight of 0 or more after %s=",
			        (int)length, p, stage_kind_name((StageKind)kind));
		weights[kind] = weight;
		total += weight;
		p += length;
		p += *p == ',';
	}
	if (total <= 0)
		return error_set(
		        error, "mixture: \"%s\": no kind has a weight above 0", text);
	memcpy(mixture, weights, sizeof weights);
	return true;
}

bool stage_mixture_fits(const StageOptions *options, Error *error)
{
	for (int kind = stage_kinds(options->face); kind < STAGE_KINDS; kind++)
		if (options->mixture[kind] > 0)
			return error_set(error,
			        "mixture: the kind %s needs speakers with a face. Hint: --face",
			        stage_kind_name((StageKind)kind));
	return true;
}
