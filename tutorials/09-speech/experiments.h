/* experiments.h: the measurements of chapter 9. */
#ifndef TUTORIALS_SPEECH_EXPERIMENTS_H
#define TUTORIALS_SPEECH_EXPERIMENTS_H

#include "tutorials/09-speech/trials.h"
#include "tutorials/lesson/lesson.h"

#define DROP 0.2f

typedef struct Data {
	Set train, validation, test; /* decibels, not normalised */
	Scale corpus;                /* of the training set */
	int microphone; /* decibels by which the speakers' microphones differ, at most */
} Data;

void tell_settings(Lesson *lesson, const Data *data, const char *name, Whose whose,
        double drop, const char *learns);
void tell_accuracy(Lesson *lesson, const char *key, const char *what,
        const Network nets[SEEDS], Set set);

/* Keeps in `heard` the networks with the speaker's statistics. */
void whose_statistics(Lesson *lesson, const Data *data, Network heard[SEEDS]);
void lone_clips(Lesson *lesson, const Data *data, const Network nets[SEEDS]);
/* Both sets are normalised by the corpus's statistics. Keeps the networks with DROP. */
void how_much(
        Lesson *lesson, const Data *data, Set train, Set validation, Network kept[SEEDS]);
/* `plain` are those networks. */
void augmentation(
        Lesson *lesson, const Data *data, const Network plain[SEEDS], Set train);

#endif
