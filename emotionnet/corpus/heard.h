/* heard.h: whose voices a pre-trained encoder has heard, so that nobody is tested on them
 * unnoticed.
 *
 * Speakers of two corpora are often named alike, "03" here and "03" there. Who they are,
 * their utterances' ids tell: in one corpus these are all made alike. Two speakers count as
 * one if their names are the same (spelling.h) and an id of the one looks like an id of the
 * other: digits for digits, letters for letters. In doubt, as where ids are mere numbers,
 * they are the same. */
#ifndef EMOTIONNET_CORPUS_HEARD_H
#define EMOTIONNET_CORPUS_HEARD_H

#include "emotionnet/corpus/corpus.h"

/* How an id looks, in the arena: "03-01b" is "0-0a". */
const char *heard_look(Arena *arena, const char *id);

/* The speakers of a split (SPLIT_COUNT: of all that are in any split), one a line: the look
 * of an id, a blank, the name. In the arena. Those without a name do not count. */
const char *heard_list(Arena *arena, const Corpus *corpus, Split split);

/* Whether the list has the speaker of this utterance. `known`: heard_set of the list. */
StringSet heard_set(Arena *arena, const char *list);
bool heard_has(const StringSet *known, Arena *scratch, const Utterance *utterance);

/* How many speakers of this split of a corpus the list has; *first is one of them. */
int heard_count(const char *list, const Corpus *corpus, Split split, const char **first);

#endif
