/* lexicon.h: how every word of the embedded corpus is pronounced. */
#ifndef EMOTIONNET_STAGE_LEXICON_H
#define EMOTIONNET_STAGE_LEXICON_H

#include <stdbool.h>

typedef struct StageEntry {
	const char *word;   /* lower case */
	const char *phones; /* General American, in the letters of CMUdict */
	bool content;       /* it carries a pitch accent; function words do not */
} StageEntry;

/* The entry of the first `length` characters of `word`, in whatever case, or NULL. */
const StageEntry *stage_lookup(const char *word, int length);

#endif
