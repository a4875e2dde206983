/* lab.h: the laboratory: utterances of the embedded corpus's test split, disturbed, and what
 * each model of the page says of them. An utterance is read as compare reads it: with the
 * times of its words, from the whole clip. */
#ifndef TUTORIALS_WEB_LIVE_LAB_H
#define TUTORIALS_WEB_LIVE_LAB_H

#include <stddef.h>

/* Makes the first so many utterances of the test split and tells them: {"kind":"corpus",
 * "utterances":[{"id":"test-00000","is":"irony","label":"joy","text":"..."},...]}. */
void lab_corpus(int count);

/* Tells how one sounds, with white noise so many decibels under the voice (INFINITY: none):
 * samples as floats, 16000 a second. */
void lab_sound(int index, double snr);

/* Asks every model: {"kind":"lab","index":0,"answers":[{"place":0,"labels":["anger",...],
 * "label":"joy","p":[0.1,...]},...]}. The room holds a 1 or a 0 for each word, whether it is
 * there; without any there are no words. Whom `speech` 0 leaves without all that it reads
 * has no label and no p. */
void lab_ask(int index, double snr, int speech, size_t size);

#endif
