/* emotions.h: the state of the lesson that trainer_new teaches: emotions. */
#ifndef EMOTIONNET_TRAIN_EMOTIONS_H
#define EMOTIONNET_TRAIN_EMOTIONS_H

#include "emotionnet/train/modulate.h"
#include "emotionnet/train/train.h"

/* trainer->lesson.state. */
typedef struct Emotions {
	const ModelConfig *config;
	const real *class_weights; /* (classes), or NULL */
	ModalitySet *masks;        /* of one batch */
	real *held_out;            /* of one batch */
	Modulation modulation;
	Tensor *frozen; /* gradients of frozen parameters, to be given back; or NULL */
} Emotions;

#endif
