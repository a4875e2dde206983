/* modality.c: the names of the modalities, and lists of them. */
#include "emotionnet/modality.h"

#include <string.h>

/* Functionals beside the frames of speech come after them (model.h). */
static const char *const names[] = { "text", "speech", "face", "functionals" };

const char *modality_name(ModalityKind kind)
{
	return names[kind];
}

bool modalities_parse(const char *list, ModalitySet *set, Error *error)
{
	*set = (ModalitySet){ .has = { false } };
	for (const char *rest = list; *rest;) {
		size_t length = strcspn(rest, ",");
		int m = 0;
		while (m < MODALITIES && (strlen(names[m]) != length ||
		                                 strncmp(rest, names[m], length) != 0))
			m++;
		if (m == MODALITIES)
			return error_set(error,
			        "modality \"%.*s\": expected text, speech, face or several of them: text,speech",
			        (int)length, rest);
		set->has[m] = true;
		rest += length + (rest[length] == ',');
	}
	return modalities_count(*set) > 0 ||
	       error_set(error,
	               "no modality: expected text, speech, face or several of them: text,speech");
}

const char *modalities_text(Arena *arena, ModalitySet set, const char *between)
{
	const char *text = "";
	for (int m = 0; m < MODALITIES; m++)
		if (set.has[m])
			text = arena_format(
			        arena, "%s%s%s", text, *text ? between : "", names[m]);
	return text;
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
