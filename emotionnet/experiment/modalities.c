/* modalities.c: a set of modalities as a list that is read and told. */
#include "emotionnet/experiment/modalities.h"

#include "tensor/file/json_write.h"

#include <string.h>

bool modalities_parse(const char *list, ModalitySet *set, Error *error)
{
	*set = (ModalitySet){ .has = { false } };
	for (const char *rest = list; *rest;) {
		size_t length = strcspn(rest, ",");
		int m = 0;
		while (m < MODALITIES &&
		        (strlen(modality_name((ModalityKind)m)) != length ||
		                strncmp(rest, modality_name((ModalityKind)m), length) !=
		                        0))
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
			text = arena_format(arena, "%s%s%s", text, *text ? between : "",
			        modality_name((ModalityKind)m));
	return text;
}

void modalities_json(FILE *out, ModalitySet set)
{
	const char *names[MODALITIES];
	int count = 0;
	for (int m = 0; m < MODALITIES; m++)
		if (set.has[m])
			names[count++] = modality_name((ModalityKind)m);
	json_names(out, names, count);
}
