/* explanation_page.h: an explanation as a file: a page, or a picture of the same
 * without the sound to play. */
#ifndef EMOTIONNET_PAGE_EXPLANATION_PAGE_H
#define EMOTIONNET_PAGE_EXPLANATION_PAGE_H

#include "audio/clip.h"
#include "emotionnet/explain/explanation.h"

/* Whether the path's ending is one that explanation_write knows: .html, .png or .svg. */
bool explanation_can_write(const char *path);

/* Writes, all or nothing. `clip`: the sound, for a page; count 0: none. */
bool explanation_write(const char *path, const Explanation *explanation, const Clip *clip,
        Arena *arena, Error *error);

#endif
