#ifndef TUTORIALS_MISSING_PICTURES_H
#define TUTORIALS_MISSING_PICTURES_H

#include "tutorials/15-missing/data.h"
#include "tutorials/15-missing/sure.h"
#include "tutorials/lesson/lesson.h"

/* Both modalities with the numbers that say whether they are there. */
void picture_switches(Lesson *lesson);

/* Accuracy, and how sure the network is, at each noise. */
void picture_noise(Lesson *lesson, const float accuracy[NOISES],
        const float confidence[NOISES], const float dropped[NOISES]);

/* Five answers in two bins. */
void picture_by_hand(Lesson *lesson, const float confidence[5], const int right[5]);

/* One row of logits at several temperatures. */
void picture_temperatures(Lesson *lesson, const float z[3]);

/* The loss of the validation set at each temperature. */
void picture_valley(Lesson *lesson, int count, const real t[], const real loss[]);

/* Each bin's accuracy over its confidence, before and after. */
void picture_reliability(Lesson *lesson, const Bin before[BINS], const Bin after[BINS]);

/* Accuracy over coverage. */
void picture_coverage(Lesson *lesson, int count, const real coverage[],
        const real accuracy[], const real noisy_coverage[], const real noisy[]);

#endif
