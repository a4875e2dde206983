/* maps.h: what the weights of a trained network say of a word, and what becomes of the
 * answer without it. */
#ifndef TUTORIALS_ATTENTION_MAPS_H
#define TUTORIALS_ATTENTION_MAPS_H

#include "tutorials/12-attention/network.h"

/* The place with the largest weight. */
int map_largest(const Network *net, const Story *story);

/* Of the stories that say an emotion (not neutral), the share of ... */
typedef struct MapFacts {
	double on_word;      /* those whose largest weight is at the word that says it */
	double without_most; /* answers that change without the word of largest weight */
	double without_word; /* answers that change without the word that says it */
} MapFacts;
MapFacts map_facts(const Network *net, Stories set);

/* Of two networks: the share of the same answers, and of these the share with the largest
 * weight at the same word. */
typedef struct MapPair {
	double answers, maps;
} MapPair;
MapPair map_pair(const Network *one, const Network *other, Stories set);

#endif
