/* about.h: what is known of the corpora that can be imported: whose they are, what their
 * licences allow, who speaks in them. A model keeps much of what it was trained on, so their
 * licences bind its weights too. */
#ifndef EMOTIONNET_CARD_ABOUT_H
#define EMOTIONNET_CARD_ABOUT_H

#include "emotionnet/corpus/corpus.h"

typedef struct CorpusAbout {
	const char *name; /* of its importer, or "embedded" */
	const char *title;
	const char *source;   /* the paper */
	const char *licence;  /* as its authors state it */
	const char *binds;    /* what that means for the weights, a sentence */
	const char *manner;   /* "acted", "scripted television", "natural, written" */
	const char *language; /* "German" */
	const char *people;   /* a sentence on who they are */
} CorpusAbout;

/* NULL: nothing is known of it: a manifest of one's own. */
const CorpusAbout *about_find(const char *name);

/* Says in a column (COLUMN_CORPUS) where each utterance comes from, unless the corpus says it
 * already or nothing is known of that name. */
void about_mark(Corpus *corpus, Arena *arena, const char *name);

#define ABOUT_OWN "own" /* no corpus that is known */

/* The corpora that utterances of this one come from, each once, by name, "embedded" for that
 * one, ABOUT_OWN for those that do not say it. "a b" is of both (pairs). */
StringSet about_sources(const Corpus *corpus, Arena *arena);

#endif
