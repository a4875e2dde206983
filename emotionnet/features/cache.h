/* cache.h: mel frames kept between runs, one safetensors file for each clip and
 * setting, with its checksum. */
#ifndef EMOTIONNET_FEATURES_CACHE_H
#define EMOTIONNET_FEATURES_CACHE_H

#include "emotionnet/features/frames.h"
#include "tensor/tensor.h"

/* Makes the folder that --cache names, and those that it lies in. */
bool cache_make(Arena *arena, const char *folder, Error *error);

/* The path of an utterance's entry, in the arena: its name is a hash of all that the
 * frames depend on (the file's path, size and time of change, the part and channel
 * of it, the settings, the width of real, and the front end's own code, whose hash the build hands
 * over as FRONT_END), so that a change of any makes another entry. Makes the folder. NULL if
 * the folder cannot be made or the clip cannot be looked at. */
const char *cache_entry(Arena *arena, const char *folder, const Corpus *corpus,
        const Utterance *utterance, const FrameSettings *settings);

/* The frames (T,width) and the rate, or false if there is no such entry, or it is damaged, which is
 * told: then they are made anew. */
bool cache_read(Heard *heard, Arena *arena, const char *entry, int width);

/* A cache that cannot be written is no error: the frames are made anew next time. */
void cache_write(const Heard *heard, const char *entry);

#endif
