/* explanation_html.h: the parts of an explanation as HTML (html.h), for a page of its
 * own and for the report. */
#ifndef EMOTIONNET_PAGE_EXPLANATION_HTML_H
#define EMOTIONNET_PAGE_EXPLANATION_HTML_H

#include "audio/clip.h"
#include "emotionnet/explain/explanation.h"
#include "emotionnet/explain/notes.h"
#include "emotionnet/page/html.h"
#include "tensor/plot/picture.h"

/* What the colours mean. */
void explanation_key(FILE *out);

/* The text, each word on the colour of what it adds; the number is its title. Nothing
 * without words. */
void explanation_words(FILE *out, const Explanation *explanation);

/* A figure: the mel frames, below them what they add, and what is lost without each patch
 * where that was asked for. Nothing without sound. */
void explanation_sound(FILE *out, Arena *arena, const Explanation *explanation);

/* A figure: the face as a picture, beside it what each pixel adds. Nothing without one. */
void explanation_face(FILE *out, Arena *arena, const Explanation *explanation);

/* The sound itself, to be played: 16 bits at 16 kHz. Nothing if the clip has no
 * sample. */
bool explanation_audio(FILE *out, Arena *arena, const Clip *clip, Error *error);

/* A table: what each modality adds, by gradients and by Shapley, with bars. */
void explanation_modalities(FILE *out, const Explanation *explanation);
/* What each of the most telling functionals adds; nothing where none are read. */
void explanation_functionals_table(
        FILE *out, Arena *arena, const Explanation *explanation);
/* The same of the numbers of a face in time, and of its moments. */
void explanation_face_table(FILE *out, Arena *arena, const Explanation *explanation);

/* What a fusion shows of how it joined: nothing where a strategy shows nothing. */
void explanation_notes(FILE *out, Arena *arena, const Explanation *explanation);

/* -1..1 as a bar to the left or right of a middle line. */
void html_sign_bar(FILE *out, double share);

/* Pictures of T by M pixels, at most PICTURE_LIMIT wide, low bands below: how loud,
 * and what that adds. */
Picture explanation_spectrogram(Arena *arena, const Explanation *explanation);
Picture explanation_heat(Arena *arena, const Explanation *explanation);
/* The same of a face that is a picture: as it is, and what each pixel adds. */
Picture explanation_pixels(Arena *arena, const Explanation *explanation);
Picture explanation_pixel_heat(Arena *arena, const Explanation *explanation);
/* By patch, what is lost without it; only where e->patches has any. */
Picture explanation_patches(Arena *arena, const Explanation *explanation);

/* One strip of attention, a pixel a step, one high: the lighter, the more. */
Picture explanation_strip(Arena *arena, const NoteStrips *strips, const NoteStrip *strip);

/* An <img> of it, its class `kind`. */
void explanation_picture(FILE *out, Arena *arena, const Picture *picture,
        const char *kind, const char *alt);

#endif
