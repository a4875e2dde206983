/* kinds.c: the list of encoders. Rooms that bring an encoder are included here. */
#include "emotionnet/experiment/kinds.h"

#include "emotionnet/encoder_ngrams.h"
#include "emotionnet/encoder_transformer.h"

#include "text/list.h"

#include <string.h>

static const struct {
	ModalityKind modality;
	const EncoderKind *kind;
} all[] = {
	{ MODALITY_TEXT, &encoder_words_cnn },
	{ MODALITY_TEXT, &encoder_words_lstm },
	{ MODALITY_TEXT, &encoder_words_transformer },
	{ MODALITY_TEXT, &encoder_ngrams },
	{ MODALITY_TEXT, &encoder_vectors },
	{ MODALITY_SPEECH, &encoder_frames_cnn },
	{ MODALITY_SPEECH, &encoder_frames_lstm },
	{ MODALITY_SPEECH, &encoder_frames_transformer },
	{ MODALITY_SPEECH, &encoder_functionals },
	{ MODALITY_SPEECH, &encoder_cnn_functionals },
	{ MODALITY_SPEECH, &encoder_lstm_functionals },
	{ MODALITY_SPEECH, &encoder_transformer_functionals },
	{ MODALITY_SPEECH, &encoder_vectors },
	{ MODALITY_FACE, &encoder_vectors },
};
enum { ALL = sizeof all / sizeof all[0] };

bool encoder_find(
        const EncoderKind **kind, ModalityKind modality, const char *name, Error *error)
{
	const char *known[ALL];
	int count = 0;
	for (int i = 0; i < ALL; i++) {
		if (all[i].modality != modality)
			continue;
		known[count++] = all[i].kind->name;
		*kind = all[i].kind;
		if (!strcmp((*kind)->name, name))
			return true;
	}
	Arena *arena = arena_new("encoders");
	error_set(error, "%s", list_or(arena, known, count));
	arena_free(arena);
	return false;
}

const Fusion *encoder_fusion(const EncoderKind *kind)
{
	return fusion_find(kind->beside ? "product" : "middle");
}

Hears encoder_hears(const EncoderKind *kind)
{
	if (kind->reads == READS_FUNCTIONALS)
		return HEARS_FUNCTIONALS;
	return kind->beside ? HEARS_BOTH : HEARS_FRAMES;
}

int encoder_least(const EncoderKind *kind, ModalityKind modality)
{
	if (kind->reads == READS_FUNCTIONALS)
		return 0;
	return modality == MODALITY_TEXT ? HIDDEN_LEAST_TEXT : HIDDEN_LEAST;
}
