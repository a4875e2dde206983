/* file.h: a pre-trained model of sound in one safetensors file: the weights, and in its
 * metadata their sizes, how it hears (the settings of its frames), and whose voices it has
 * heard. */
#ifndef EMOTIONNET_APC_FILE_H
#define EMOTIONNET_APC_FILE_H

#include "emotionnet/apc/apc.h"
#include "emotionnet/features/frontend.h"
#include "emotionnet/pretrained.h"
#include "text/record.h"

typedef struct ApcFile {
	ApcConfig config;
	FrameSettings frames;
	Normalise normalise;
	const char *source; /* the manifests, one a line */
	const char *heard;  /* heard_list of them */
	uint64_t hash;      /* of its bytes, where it was read */
	Params params;
	Apc apc; /* on these */
} ApcFile;

/* Writes it with the weights `params`, and with the state of an unfinished training, as
 * checkpoint_save_state does (NULL: none). All or nothing. */
bool apc_file_save(const ApcFile *file, const Params *params, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error);

/* Reads it into `arena`, without gradients. Fails where it is no such file, or damaged. */
bool apc_file_load(ApcFile *file, Arena *arena, const char *path, Error *error);

/* Fails, naming the options, where a front end's frames are others than it was trained on. */
bool apc_file_agrees(
        const ApcFile *file, const char *path, const Frontend *frontend, Error *error);

#endif
