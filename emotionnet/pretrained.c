/* pretrained.c: what of an encoder learns, as text and as a choice. */
#include "emotionnet/pretrained.h"

#include <stdio.h>
#include <string.h>

enum { TUNE_MOST = 1024 }; /* layers, or the rank of an adapter */

bool tune_parse(Tune *tune, const char *text, Error *error)
{
	int end = 0;
	*tune = (Tune){ .how = TUNE_NONE };
	if (!strcmp(text, "none"))
		return true;
	tune->how = TUNE_ALL;
	if (!strcmp(text, "all"))
		return true;
	tune->how = TUNE_TOP;
	if (sscanf(text, "top:%9d%n", &tune->count, &end) != 1) {
		tune->how = TUNE_LORA;
		if (sscanf(text, "lora:%9d%n", &tune->count, &end) != 1)
			end = 0;
	}
	return (end && !text[end] && tune->count >= 1 && tune->count <= TUNE_MOST) ||
	       error_set(error,
	               "\"%s\": expected none, top:N (its last N layers), lora:N (adapters of rank N) or all",
	               text);
}

const char *tune_text(Arena *arena, Tune tune)
{
	switch (tune.how) {
	case TUNE_TOP:
		return arena_format(arena, "top:%d", tune.count);
	case TUNE_LORA:
		return arena_format(arena, "lora:%d", tune.count);
	case TUNE_ALL:
		return "all";
	case TUNE_NONE:
		break;
	}
	return "none";
}

bool tune_layer(Tune tune, int l, int layers)
{
	return tune.how == TUNE_ALL || (tune.how == TUNE_TOP && l >= layers - tune.count);
}

const char *pretrained_hash(Arena *arena, const Pretrained *pretrained)
{
	return arena_format(arena, "%016llx", (unsigned long long)pretrained->hash);
}

bool tune_fits(const Pretrained *pretrained, int layers, Error *error)
{
	Tune tune = pretrained->tune;
	return tune.how != TUNE_TOP || tune.count <= layers ||
	       error_set(error, "--tune top:%d: %s has %d layers", tune.count,
	               pretrained->path, layers);
}
