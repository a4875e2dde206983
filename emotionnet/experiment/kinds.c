/* kinds.c: the list of encoders. Rooms that bring an encoder are included here. */
#include "emotionnet/experiment/kinds.h"

#include "emotionnet/apc/encoder_apc.h"
#include "emotionnet/encoder_causal.h"
#include "emotionnet/encoder_ngrams.h"
#include "emotionnet/encoder_pictures.h"
#include "emotionnet/encoder_transformer.h"
#include "emotionnet/language/encoder_lm.h"

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
	{ MODALITY_TEXT, &encoder_lm },
	{ MODALITY_SPEECH, &encoder_frames_cnn },
	{ MODALITY_SPEECH, &encoder_frames_lstm },
	{ MODALITY_SPEECH, &encoder_frames_transformer },
	{ MODALITY_SPEECH, &encoder_cnn_causal },
	{ MODALITY_SPEECH, &encoder_lstm_causal },
	{ MODALITY_SPEECH, &encoder_functionals },
	{ MODALITY_SPEECH, &encoder_cnn_functionals },
	{ MODALITY_SPEECH, &encoder_lstm_functionals },
	{ MODALITY_SPEECH, &encoder_transformer_functionals },
	{ MODALITY_SPEECH, &encoder_vectors },
	{ MODALITY_SPEECH, &encoder_apc },
	{ MODALITY_SPEECH, &encoder_apc_functionals },
	{ MODALITY_FACE, &encoder_vectors },
	{ MODALITY_FACE, &encoder_frames_cnn },
	{ MODALITY_FACE, &encoder_frames_lstm },
	{ MODALITY_FACE, &encoder_frames_transformer },
	{ MODALITY_FACE, &encoder_pictures },
};
enum { ALL = sizeof all / sizeof all[0] };

static bool lm_agrees(
        const Pretrained *pretrained, const Frontend *frontend, Error *error)
{
	int longest = encoder_lm_longest(pretrained);
	if (frontend->characters)
		return error_set(
		        error, "--characters: a language model cuts texts by itself");
	if (frontend->ngrams.words)
		return error_set(error,
		        "%s: a language model cuts texts by itself, but what is read are n-grams of words",
		        pretrained->path);
	return frontend->max_words <= longest ||
	       error_set(error, "%s: reads %d tokens at most. Hint: --max-words %d",
	               pretrained->path, longest, longest);
}

void encoder_prepare(EncoderConfig *encoder, Frontend *frontend)
{
	frontend->tokeniser = NULL;
	if (encoder->kind != &encoder_lm || !encoder->pretrained)
		return;
	frontend->tokeniser = encoder_lm_file(encoder->pretrained)->tokeniser;
	encoder->embed = language_width(encoder_lm_model(encoder->pretrained));
}

/* Those that begin with a file: how it is opened, and what must agree with it. */
static const struct {
	const EncoderKind *kind;
	bool (*open)(Pretrained *pretrained, Arena *arena, Error *error);
	bool (*agrees)(
	        const Pretrained *pretrained, const Frontend *frontend, Error *error);
} files[] = {
	{ &encoder_apc, encoder_apc_open, encoder_apc_agrees },
	{ &encoder_apc_functionals, encoder_apc_open, encoder_apc_agrees },
	{ &encoder_lm, encoder_lm_open, lm_agrees },
};
enum { FILES = sizeof files / sizeof files[0] };

static int file_of(const EncoderKind *kind)
{
	int f = 0;
	while (f < FILES && files[f].kind != kind)
		f++;
	return f < FILES ? f : -1;
}

bool encoder_pretrained(const EncoderKind *kind)
{
	return file_of(kind) >= 0;
}

bool encoder_open(
        const EncoderKind *kind, Pretrained *pretrained, Arena *arena, Error *error)
{
	pretrained->heard = "";
	return files[file_of(kind)].open(pretrained, arena, error);
}

bool encoder_agrees(const EncoderConfig *encoder, const Frontend *frontend, Error *error)
{
	int f = file_of(encoder->kind);
	return f < 0 || files[f].agrees(encoder->pretrained, frontend, error);
}

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
		size_t length = strlen((*kind)->name);
		if (!strncmp((*kind)->name, name, length) &&
		        (!name[length] || name[length] == ':'))
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

/* What of a clip an encoder reads that reads sound. */
static Hears hears(const EncoderKind *kind)
{
	if (kind->reads == READS_FUNCTIONALS)
		return HEARS_FUNCTIONALS;
	return kind->beside ? HEARS_BOTH : HEARS_FRAMES;
}

void encoder_asks(const EncoderKind *kind, ModalityKind modality, Frontend *frontend)
{
	frontend->vectors.has[modality] = kind->reads == READS_VECTORS;
	frontend->numbers[modality] = kind == &encoder_pictures ? PICTURE_PIXELS : 0;
	if (modality == MODALITY_SPEECH)
		frontend->frames.hears = hears(kind);
}

int encoder_least(const EncoderKind *kind, ModalityKind modality)
{
	if (kind->reads == READS_FUNCTIONALS)
		return 0;
	return modality == MODALITY_TEXT ? HIDDEN_LEAST_TEXT : HIDDEN_LEAST;
}
