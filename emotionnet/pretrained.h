/* pretrained.h: an encoder that was trained before, on something that needs no labels, and
 * stands in a file of its own: a model of sound (apc/), a language model (language/).
 *
 * What of it is trained on is the model's own and saved with it. What stays as it is, is
 * not copied: a model names the file and the hash of its bytes. */
#ifndef EMOTIONNET_PRETRAINED_H
#define EMOTIONNET_PRETRAINED_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>
#include <stdint.h>

/* What of the encoder learns: nothing, its last `count` layers, adapters of rank `count`
 * beside its weights, or everything. */
typedef enum TuneHow { TUNE_NONE, TUNE_TOP, TUNE_LORA, TUNE_ALL } TuneHow;
typedef struct Tune {
	TuneHow how;
	int count;
} Tune;

/* "none", "top:2", "lora:8", "all". Fails where it is none of these. */
bool tune_parse(Tune *tune, const char *text, Error *error);
const char *tune_text(Arena *arena, Tune tune);

/* Whether layer l of `layers` learns. */
bool tune_layer(Tune tune, int l, int layers);

typedef struct Pretrained {
	const char *path; /* as it was named */
	uint64_t hash;    /* of the file */
	size_t size;      /* bytes of it */
	Tune tune;
	bool random; /* a control: the same encoder, but with random first weights */
	/* whose voices it has heard (corpus/heard.h); "": nobody's */
	const char *heard;
	const void *model; /* what its kind made of the file */
} Pretrained;

const char *pretrained_hash(Arena *arena, const Pretrained *pretrained); /* 16 digits */

/* Fails where more layers are to learn than the `layers` that the encoder has. */
bool tune_fits(const Pretrained *pretrained, int layers, Error *error);

#endif
