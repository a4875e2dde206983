/* answers.h: a loaded model, asked. */
#ifndef TESTS_ANSWERS_H
#define TESTS_ANSWERS_H

#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/train/evaluate.h"

#include <string.h>

/* A quarter of a second of a saw's sound. */
static inline Clip answers_clip(Arena *arena)
{
	enum { RATE = 16000, SAMPLES = RATE / 4, PERIOD = 80 };
	Clip clip = { .rate = RATE, .count = SAMPLES };
	clip.samples = ARENA_ARRAY(arena, real, SAMPLES);
	for (int i = 0; i < SAMPLES; i++)
		clip.samples[i] = (real)(i % PERIOD) / 100;
	return clip;
}

/* What the model says of a sentence and a sound, (1,classes). A modality that it reads as a
 * vector is missing. False, with the reason, where it cannot answer. */
static inline bool answers_of(
        Tensor *answers, Arena *arena, const Checkpoint *checkpoint, Error *error)
{
	const Frontend *frontend = &checkpoint->frontend;
	Clip clip = answers_clip(arena);
	Remarks remarks = { 0 };
	Example example;
	if (!frontend_example(frontend, &example, arena,
	            frontend_reads_words(frontend) ? "so glad, not bad!" : NULL,
	            frontend_reads_sound(frontend) ? &clip : NULL, &remarks, error))
		return false;
	Dataset one = { .items = &example, .count = 1 };
	memcpy(one.width, frontend->width, sizeof one.width);
	Pool *pool = pool_new(1);
	Shards *shards =
	        model_shards(arena, pool, &checkpoint->params, &checkpoint->config, 1);
	*answers = predict_all(arena, shards, &one, checkpoint->config.classes, NULL);
	shards_free(shards);
	pool_free(pool);
	return answers_check(answers->data, tensor_count(*answers), "model", error);
}

/* Probabilities: of every class none below 0, and together 1. */
static inline bool answers_are_good(Tensor answers)
{
	double sum = 0;
	for (size_t c = 0; c < tensor_count(answers); c++) {
		if (!(answers.data[c] >= 0))
			return false;
		sum += (double)answers.data[c];
	}
	return sum > 0.99 && sum < 1.01;
}

#endif
