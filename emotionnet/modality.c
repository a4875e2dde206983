/* modality.c: the names of the modalities, and sets of them. */
#include "emotionnet/modality.h"

/* Functionals beside the frames of speech come after them (model.h). */
static const char *const names[] = { "text", "speech", "face", "functionals" };

const char *modality_name(ModalityKind kind)
{
	return names[kind];
}

int modalities_count(ModalitySet set)
{
	int count = 0;
	for (int m = 0; m < MODALITIES; m++)
		count += set.has[m];
	return count;
}

ModalitySet modalities_without(ModalitySet all, ModalitySet some)
{
	for (int m = 0; m < MODALITIES; m++)
		all.has[m] = all.has[m] && !some.has[m];
	return all;
}
