/* input.h: one utterance that the command line gives to a model: a sound, a sentence,
 * vectors. */
#ifndef EMOTIONNET_COMMAND_INPUT_H
#define EMOTIONNET_COMMAND_INPUT_H

#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/experiment/options.h"

/* What is known of the utterance; NULL: nothing. */
typedef struct Input {
	const char *wav, *text, *rows[MODALITIES], *face_picture, *face_track;
	int channel;           /* of the wav; 0: the mean of all */
	bool skip_bad;         /* of a wav that was cut short take what is there */
	OptionWords reference; /* other clips of the speaker */
	/* when it has been read: */
	Clip sound;        /* of the wav; count 0: none */
	Remarks remarks;   /* what is to be said of it */
	Enrolled enrolled; /* speakers 0: it was not normalised by speaker */
} Input;

/* Adds --wav, --text, --text-row, --reference, ...: their values inside `input`. */
void input_options(Options *options, Input *input);

bool input_given(const Input *input); /* anything at all */

/* Makes the example as a model reads it, in the arena. Fails if a file cannot be read, if
 * something is given that the model (its path, for messages) does not read, or if
 * something is missing that it cannot do without. *clip (may be NULL): the sound as it was
 * read; count 0 without --wav. Several models may ask one after the other. */
bool input_read(Input *input, Example *example, Clip *clip, Arena *arena,
        const Checkpoint *checkpoint, const char *model, Error *error);

/* What is to be said of it, on standard error. */
void input_tell(const Input *input);

/* The sound of a file, as that of an utterance of a corpus is read. */
bool input_sound(Clip *clip, const char *wav, int channel, bool skip_bad, Arena *arena,
        Error *error);

/* That example as a dataset of one, which points to it. */
Dataset input_dataset(Example *example, const Checkpoint *checkpoint);

#endif
