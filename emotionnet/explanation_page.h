/* explanation_page.h: an explanation as a file: a page with all of it, or a picture of the sound. */
#ifndef EMOTIONNET_EXPLANATION_PAGE_H
#define EMOTIONNET_EXPLANATION_PAGE_H

#include "audio/clip.h"
#include "emotionnet/explanation.h"

/* Whether the path's ending is one that explanation_write knows: .html or .png. */
bool explanation_can_write(const char *path);

/* Writes, all or nothing. PAGE.html: words, spectrogram, the sound to play, modalities, probabilities. PICTURE.png: the
 * spectrogram above what it adds, eight pixels a band; fails if there is no sound. `clip`: the sound; count 0: none. */
bool explanation_write(const char *path, const Explanation *explanation, const Clip *clip,
        Arena *arena, Error *error);

#endif
