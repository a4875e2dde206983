/* modality.h: what an utterance can be read by: its words, its sound, the speaker's
 * face. */
#ifndef EMOTIONNET_MODALITY_H
#define EMOTIONNET_MODALITY_H

#include <stdbool.h>

/* In the order in which fusion gets them. A new one is one line here, its name in
 * modality.c, and what encodes it in model.c. */
typedef enum ModalityKind {
	MODALITY_TEXT,
	MODALITY_SPEECH,
	MODALITY_FACE,
	MODALITIES /* how many there are */
} ModalityKind;

const char *modality_name(ModalityKind kind); /* "text", ...; MODALITIES: functionals */

typedef struct ModalitySet {
	bool has[MODALITIES];
} ModalitySet;

int modalities_count(ModalitySet set);

/* What is in `all` and not in `some`. */
ModalitySet modalities_without(ModalitySet all, ModalitySet some);

#endif
