/* cache.h: mel frames kept between runs, one safetensors file for each clip and
 * setting, with its checksum. */
#ifndef EMOTIONNET_FEATURES_CACHE_H
#define EMOTIONNET_FEATURES_CACHE_H

#include "emotionnet/features/frames.h"
#include "tensor/tensor.h"

/* Makes the folder that --cache names, and those that it lies in. */
bool cache_make(Arena *arena, const char *folder, Error *error);

/* The path of an utterance's entry, in the arena: its name is a hash of all that the
 * frames depend on (the file's path, size and time of change, its part and channel, or
 * the corpus's recipe and the utterance's id; the settings; for a varied copy how it is
 * varied; the width of real; and the front end's own code and the embedded corpus's,
 * whose hash the build gives as FRONT_END): if one changes, it is another entry. Makes
 * the folder. NULL if the source has no folder or no sound that it can name, if the
 * folder cannot be made, or the clip's size and time cannot be asked for. */
const char *cache_entry(Arena *arena, const FrameSource *source);

/* What of that name the settings alone make, in the arena: for FrameSource.kept. */
const char *cache_settings(Arena *arena, const FrameSettings *settings);

/* Reads what was heard: the frames, and functionals beside them if the settings want these.
 * False if there is no such entry, or if it is damaged; damage is told on standard error. The caller then makes the frames anew. */
bool cache_read(
        Heard *heard, Arena *arena, const char *entry, const FrameSettings *settings);

/* A cache that cannot be written is no error: the frames are made anew next time. */
void cache_write(const Heard *heard, const char *entry);

#endif
