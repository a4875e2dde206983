/* models.h: the models whose training step is timed: the sizes are those that the same
 * models have in the PyTorch side of the comparison, so that both do the same work. */
#ifndef TESTS_BENCH_MODELS_H
#define TESTS_BENCH_MODELS_H

#include "layers/params.h"

enum { BATCH = 32, WORDS = 32, VOCABULARY = 5000, MELS = 40, FRAMES = 200, PIXELS = 784 };
enum { FACE = 48, FACE_PIXELS = FACE * FACE };

/* Utterances of random numbers; a model reads what it has a use for. */
typedef struct Data {
	int count;
	Tensor pixels;                           /* (count,model->pixels) */
	Tensor frames;                           /* (count,FRAMES,MELS) */
	const int *ids;                          /* (count,words) */
	const int *labels;                       /* (count,labels) */
	const int *word_lengths, *frame_lengths; /* (count) all words, all FRAMES */
} Data;

typedef struct Sizes {
	int batch; /* utterances in a training step */
	int words, vocabulary;
	int labels; /* of one utterance: 1, or one a word */
} Sizes;

typedef struct Model {
	const char *name;
	int pixels; /* of a picture that it reads; 0: none */
	bool reads_frames, reads_words;
	int classes;
	const Sizes *sizes;
	void *(*build)(Arena *arena, Params *params, Rng *rng);
	/* Utterances begin..end-1 -> ((end-begin)*labels,classes) */
	Var *(*logits)(
	        const void *layers, Tape *tape, const Data *data, int begin, int end);
} Model;

/* gpt.c: a language model, a small GPT-2, which foretells each word's successor. */
extern const Sizes gpt_sizes;
void *gpt_build(Arena *arena, Params *params, Rng *rng);
Var *gpt_logits(const void *layers, Tape *tape, const Data *data, int begin, int end);

/* The table, ended by an entry without a name. */
extern const Model models[];
const Model *model_find(const char *name);

/* Numbers for `model` alone, drawn from `rng`. */
Data data_new(Arena *arena, const Model *model, int count, Rng *rng);

#endif
