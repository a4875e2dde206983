/* pattern.h: what parts of a file's path mean.
 *
 *     {speaker}_{label}_{}.wav       ann_joy_01.wav: the speaker is ann, the label joy
 *     {split}/{label}/{}             train/joy/a7.wav
 *
 * A name in braces stands for one letter or more but no '/', as few as will do; so does
 * {}, which is not kept. All else stands for itself. */
#ifndef EMOTIONNET_IMPORT_PATTERN_H
#define EMOTIONNET_IMPORT_PATTERN_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>

enum { PATTERN_MOST = 16 }; /* names in braces */

typedef struct Pattern {
	const char *text;
	const char *before;              /* what stands before the first name */
	int count;                       /* of names; a {} has the name "" */
	const char *name[PATTERN_MOST];  /* "speaker", ... */
	const char *after[PATTERN_MOST]; /* what stands behind each */
} Pattern;

/* Into the arena. Fails where braces do not match, where a name has other letters than
 * a-z, A-Z, 0-9, _ and -, or stands twice, where two names touch each other, where there
 * is none or there are more than PATTERN_MOST. */
bool pattern_read(Pattern *pattern, Arena *arena, const char *text, Error *error);

/* Its place among the names, or -1. */
int pattern_find(const Pattern *pattern, const char *name);

/* What each name stands for in this path, in the arena. False where it does not fit, and
 * `error` says how far it does. */
bool pattern_match(const Pattern *pattern, Arena *arena, const char *path,
        const char *value[PATTERN_MOST], Error *error);

#endif
