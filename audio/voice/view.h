/* view.h: a clip to look at: its waveform, spectrogram, mel spectrogram and pitch over
 * one axis of time. */
#ifndef AUDIO_VOICE_VIEW_H
#define AUDIO_VOICE_VIEW_H

#include "audio/clip.h"
#include "tensor/plot/canvas.h"
#include "tensor/plot/colours.h"

#include <stdio.h>

/* What is shown, in its numbers. Levels are dB under the loudest, VIEW_RANGE at the
 * most. */
enum { VIEW_RANGE = 70, VIEW_MELS = 64 };

typedef struct View View;

/* `columns` of the picture, from left to right; in the arena, and it looks at the clip.
 * Stops if the clip is empty or its rate under 2000. */
const View *view_new_at(
        Site site, Arena *arena, const Clip *clip, const char *title, int columns);
#define view_new(...) view_new_at(HERE, __VA_ARGS__)

/* As a picture of four panels, VIEW_COLUMNS wide inside, with axes and units. */
enum { VIEW_COLUMNS = 1000 };
Canvas *view_draw(Arena *arena, const View *view, bool svg);

/* In characters, a column each: blocks in colour on a terminal, plain characters
 * elsewhere. */
void view_print(FILE *out, ColourDepth depth, const View *view);

#endif
