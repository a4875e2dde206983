/* sounds.h: the clips that a model of sound may learn from: those of some manifests, whatever
 * their labels, but for the speakers that something is to be tested on. */
#ifndef EMOTIONNET_PRETRAIN_SOUNDS_H
#define EMOTIONNET_PRETRAIN_SOUNDS_H

#include "emotionnet/corpus/corpus.h"

typedef struct SoundsAsked {
	const char *const *manifests;
	int manifest_count;
	const char *const *exclude; /* manifests whose test speakers are left out */
	int exclude_count;
	bool all; /* clips of the manifests' own test splits are learnt from too */
	bool skip_bad;
	int channel;
} SoundsAsked;

typedef struct Sounds {
	Corpus corpus;      /* all of them, each labelled "sound" */
	const char *source; /* the manifests, one a line */
	int excluded;       /* clips left out for their speaker */
	int tests;          /* clips left out for their split */
	int mute;           /* rows without a clip */
} Sounds;

/* Reads them into the arena. Fails where a manifest cannot be read, and where nothing is
 * left to learn from. */
bool sounds_read(Sounds *sounds, Arena *arena, const SoundsAsked *asked, Error *error);

#endif
