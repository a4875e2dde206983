/* sound.h: what an utterance sounds like. */
#ifndef EMOTIONNET_CORPUS_SOUND_H
#define EMOTIONNET_CORPUS_SOUND_H

#include "emotionnet/corpus/corpus.h"

/* Utterance `index`, in the arena: its part of its wav, or what the corpus makes. Of a
 * recording that was cut short, only a corpus that was read with skip_bad gives what is
 * there, and names it among its warnings. Threads may call it at once, each with its
 * own arena. */
bool sound_read(Clip *clip, Arena *arena, const Corpus *corpus, int index, Error *error);

/* What to add to the reason why an utterance cannot be read: --skip-bad, unless the
 * reason says so itself. */
const char *sound_hint(const char *why);

#endif
