/* input.c: reads the utterance of predict and explain, and holds it to what the model
 * reads. */
#include "emotionnet/command/input.h"
#include "emotionnet/encoder_pictures.h"
#include "emotionnet/experiment/modalities.h"

#include "emotionnet/command/reference.h"
#include "emotionnet/corpus/sound.h"
#include "emotionnet/features/enrol.h"
#include "tensor/utf8.h"
#include "text/windows.h"

#include <string.h>

void input_options(Options *options, Input *input)
{
	option_text(
	        options, &input->wav, "wav FILE", "the sound; -: from standard input");
	option_int(options, &input->channel, "channel N", 0, 65535,
	        "this channel of the sound, from 1; 0: the mean of all");
	option_flag(options, &input->skip_bad, "skip-bad",
	        "of a sound that was cut short use what is there");
	reference_option(options, &input->reference);
	option_text(options, &input->text, "text TEXT", "the words");
	option_text(options, &input->rows[MODALITY_TEXT], "text-row FILE.npy:ROW",
	        "the text's vector, for a model that reads vectors");
	option_text(options, &input->rows[MODALITY_SPEECH], "speech-row FILE.npy:ROW",
	        "the sound's vector");
	option_text(options, &input->rows[MODALITY_FACE], "face-row FILE.npy:ROW",
	        "the face's vector");
	option_text(options, &input->face_picture, "face-picture FILE.png",
	        "a picture of it instead: PNG, PGM or PPM");
	option_text(options, &input->face_track, "face-track FILE",
	        "the face in time: OpenFace's .csv, MediaPipe's .jsonl, or .npy");
}

bool input_given(const Input *input)
{
	bool given =
	        input->wav || input->text || input->face_picture || input->face_track;
	for (int m = 0; m < MODALITIES; m++)
		given |= input->rows[m] != NULL;
	return given;
}

static const char *const raw_options[MODALITIES] = { "--text", "--wav", "--face-track" };

/* The option that gives a modality to a model that reads it by words, sound, a vector or a
 * picture. */
static const char *option_of(const Checkpoint *checkpoint, ModalityKind kind)
{
	static const char *const rows[MODALITIES] = { "--text-row", "--speech-row",
		"--face-row" };
	if (checkpoint->config.encoder[kind].kind == &encoder_pictures)
		return "--face-picture";
	return checkpoint->frontend.vectors.has[kind] ? rows[kind] : raw_options[kind];
}

/* What is of no use to the model is a mistake. */
static bool check_use(const Checkpoint *checkpoint, const char *model, const char *option,
        bool given, ModalityKind kind, Error *error)
{
	ModalitySet reads = checkpoint->config.reads;
	bool vector = strcmp(option, raw_options[kind]) != 0; /* a picture is one, too */
	if (!given ||
	        (reads.has[kind] && vector == checkpoint->frontend.vectors.has[kind]))
		return true;
	Arena *arena = checkpoint->params.arena;
	if (reads.has[kind])
		return error_set(error, "%s reads %s by %s: %s is of no use to it", model,
		        modality_name(kind), option_of(checkpoint, kind), option);
	return error_set(error, "%s reads %s only: %s is of no use to it", model,
	        modalities_text(arena, reads, " and "), option);
}

/* What was given must be what the model reads; less only if it can do without. */
static bool check_inputs(
        const Checkpoint *checkpoint, const char *model, const Input *input, Error *error)
{
	ModalitySet reads = checkpoint->config.reads;
	Arena *arena = checkpoint->params.arena;
	if (!check_use(checkpoint, model, "--wav", input->wav, MODALITY_SPEECH, error) ||
	        !check_use(
	                checkpoint, model, "--text", input->text, MODALITY_TEXT, error) ||
	        !check_use(checkpoint, model, "--face-track", input->face_track,
	                MODALITY_FACE, error) ||
	        !check_use(checkpoint, model, "--face-picture", input->face_picture,
	                MODALITY_FACE, error))
		return false;
	if (input->face_picture && input->rows[MODALITY_FACE])
		return error_set(error,
		        "--face-picture and --face-row: expected one of them: a face is read once");
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		const char *option = arena_format(arena, "--%s-row", modality_name(kind));
		if (!check_use(checkpoint, model, option, input->rows[kind], kind, error))
			return false;
		bool raw = kind == MODALITY_TEXT ? input->text != NULL
		           : kind == MODALITY_SPEECH
		                   ? input->wav != NULL
		                   : input->face_track || input->face_picture;
		if (!reads.has[kind] || raw || input->rows[kind] ||
		        checkpoint_copes(checkpoint))
			continue;
		return error_set(error,
		        "%s was trained with %s together and cannot do without %s. Hint: train with --modality-dropout 0.2, or with --fusion late.",
		        model, modalities_text(arena, reads, " and "),
		        option_of(checkpoint, kind));
	}
	return true;
}

bool input_sound(Clip *clip, const char *wav, int channel, bool skip_bad, Arena *arena,
        Error *error)
{
	Utterance utterance = { .id = "", .wav = wav, .end = -1 };
	Corpus corpus = { .source = "command line",
		.utterances = &utterance,
		.count = 1,
		.skip_bad = skip_bad,
		.channel = channel,
		.warnings = stderr };
	return sound_read(clip, arena, &corpus, 0, error);
}

static bool read_text(Input *input, Arena *arena, Error *error)
{
	if (!input->text)
		return true;
	input->text = windows_mend(arena, input->text, NULL);
	size_t size = strlen(input->text), bad = utf8_invalid(input->text, size);
	return bad == size ||
	       error_set(error, "--text: byte %zu: expected UTF-8, found 0x%02X", bad,
	               (unsigned char)input->text[bad]);
}

/* Once, for all models: standard input cannot be read again. */
static bool read_sound(Input *input, Arena *arena, Error *error)
{
	return !input->wav || input->sound.count ||
	       input_sound(&input->sound, input->wav, input->channel, input->skip_bad,
	               arena, error);
}

/* Fails where the clip is to be normalised by speaker and nobody has enrolled. */
static bool make_example(Input *input, Example *example, Clip *sound, Arena *arena,
        const Frontend *frontend, Error *error)
{
	Remarks remarks = { { 0 } };
	double begin = 0;
	Error why;
	if (input->wav) {
		remarks_of_clip(&remarks, sound, frontend->rate);
		*sound = frames_trim(arena, *sound, &frontend->frames, &begin);
	}
	if (!frontend_example(frontend, example, arena, input->text,
	            input->wav ? sound : NULL, &remarks, &why))
		return error_set(error, "%s: %s", input->wav, why.text);
	example->begin = begin;
	remarks_most(&input->remarks, &remarks);
	Dataset one = { .items = example, .count = 1 };
	if (input->wav && frontend_by_speaker(frontend))
		input->enrolled =
		        enrol(arena, frontend, &one, NULL, MODALITY_SPEECH).told;
	return true;
}

/* Without a sound the words are laid over the face. */
static bool read_track(const Input *input, Example *example, Arena *arena,
        const Frontend *frontend, Error *error)
{
	if (!frontend_track(frontend, example, arena, input->face_track, error))
		return false;
	if (input->text && !input->wav)
		frontend_reword(frontend, example, arena, input->text, NULL);
	return true;
}

bool input_read(Input *input, Example *example, Clip *clip, Arena *arena,
        const Checkpoint *checkpoint, const char *model, Error *error)
{
	const Frontend *frontend = &checkpoint->frontend;
	if (!check_inputs(checkpoint, model, input, error) ||
	        !read_text(input, arena, error) || !read_sound(input, arena, error))
		return false;
	if (input->reference.count && !input->wav)
		return error_set(error,
		        "--reference: without --wav there is no voice to normalise");
	Clip sound = input->sound;
	if (!make_example(input, example, &sound, arena, frontend, error))
		return false;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		bool picture = kind == MODALITY_FACE && input->face_picture;
		const char *row = picture ? input->face_picture : input->rows[kind];
		if (row && !frontend_vector(frontend, example, arena, kind, row, error))
			return false;
	}
	if (input->face_track && !read_track(input, example, arena, frontend, error))
		return false;
	if (clip)
		*clip = sound;
	return true;
}

void input_tell(const Input *input)
{
	remarks_print(stderr, &input->remarks);
	if (input->enrolled.speakers)
		fprintf(stderr, "Note: ");
	enrolled_print(stderr, &input->enrolled);
}

Dataset input_dataset(Example *example, const Checkpoint *checkpoint)
{
	Dataset one = { .items = example, .count = 1 };
	frontend_widths(&checkpoint->frontend, &one);
	return one;
}
