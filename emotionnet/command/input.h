/* input.h: one utterance that the command line gives to a model: a sound, a sentence,
 * vectors. */
#ifndef EMOTIONNET_COMMAND_INPUT_H
#define EMOTIONNET_COMMAND_INPUT_H

#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/experiment/options.h"

/* What is known of the utterance; NULL: nothing. */
typedef struct Input {
	const char *wav, *text, *rows[MODALITIES];
	int channel;     /* of the wav; 0: the mean of all */
	bool skip_bad;   /* of a wav that was cut short take what is there */
	Remarks remarks; /* what is to be said of it, when it has been read */
} Input;

/* Adds --wav, --text, --text-row, ...: their values inside `input`. */
void input_options(Options *options, Input *input);

bool input_given(const Input *input); /* anything at all */

/* Makes the example, in the arena. Fails if a file cannot be read, if something is given
 * that the model (its path, for messages) does not read, or if something is missing that
 * it cannot do without. *clip (may be NULL): the sound as it was read; count 0 without
 * --wav. What is to be said of it is said on standard error. */
bool input_read(Input *input, Example *example, Clip *clip, Arena *arena,
        const Checkpoint *checkpoint, const char *model, Error *error);

/* That example as a dataset of one, which points to it. */
Dataset input_dataset(Example *example, const Checkpoint *checkpoint);

#endif
