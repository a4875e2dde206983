/* modalities.h: a set of modalities as a list: "text,speech". */
#ifndef EMOTIONNET_EXPERIMENT_MODALITIES_H
#define EMOTIONNET_EXPERIMENT_MODALITIES_H

#include "emotionnet/modality.h"
#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdio.h>

/* Reads a list such as "text,speech", in any order. Fails if it is empty or a name is
 * not known. */
bool modalities_parse(const char *list, ModalitySet *set, Error *error);

/* The list, "text,speech", in the arena; between its names stands `between`. */
const char *modalities_text(Arena *arena, ModalitySet set, const char *between);

/* ["text","speech"], as JSON. */
void modalities_json(FILE *out, ModalitySet set);

#endif
