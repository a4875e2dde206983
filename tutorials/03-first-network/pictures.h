/* pictures.h: the drawings of the chapter, and the plane with what a network says in it. */
#ifndef TUTORIALS_FIRST_NETWORK_PICTURES_H
#define TUTORIALS_FIRST_NETWORK_PICTURES_H

#include "tutorials/03-first-network/network.h"
#include "tutorials/03-first-network/trials.h"
#include "tutorials/lesson/lesson.h"

/* One neuron with this sentence: values, loss, gradients. */
void draw_neuron(Lesson *lesson, const Network *net, const Sentence *s);
/* Why a line cannot do it: the four corners. */
void draw_corners_of(Lesson *lesson, const Spoken said[SAID]);
/* Two hidden units, with this sentence. */
void draw_by_hand(Lesson *lesson, const Network *net, const Sentence *s);

/* What the network says at every place of the plane, and these sentences in it. */
void picture(Lesson *lesson, const char *name, const char *title, const Network *net,
        Sentences set);

/* The losses of long training, means over the seeds. */
void draw_overfitting(Lesson *lesson, const Long runs[]);

#endif
