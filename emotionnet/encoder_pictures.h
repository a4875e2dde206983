/* encoder_pictures.h: a face as a picture, PICTURE_SIDE x PICTURE_SIDE grey pixels. */
#ifndef EMOTIONNET_ENCODER_PICTURES_H
#define EMOTIONNET_ENCODER_PICTURES_H

#include "emotionnet/encoders.h"

enum { PICTURE_SIDE = 48, PICTURE_PIXELS = PICTURE_SIDE * PICTURE_SIDE };

/* Vectors (B,1,PICTURE_PIXELS), row after row of a picture, as the column face_row names them:
 * four convolutions, of each the largest of four pixels. The steps are the 3 x 3 parts of the
 * picture that are left, row after row, (B,9,3/4 H); the summary (B,H) is a layer over all
 * of them, since in a face it matters where a line is. While training, each picture is
 * mirrored, moved and made lighter by chance (picture_vary.h). */
extern const EncoderKind encoder_pictures;

#endif
