/* file.c: writes and reads a model of sound; text/record.h does both with one function. */
#include "emotionnet/apc/file.h"

#include "audio/mel/settings.h"
#include "tensor/file/file_map.h"
#include "tensor/file/hash.h"

#include <string.h>

#define FORMAT "emotionnet apc 1"
#define STATE  "train." /* as a checkpoint's (experiment/checkpoint.h) */

static void keep(Record *r, ApcFile *file)
{
	const char *format = FORMAT;
	int over = (int)file->normalise;
	if (!record_has(r, "format"))
		record_fail(r,
		        "the metadata have no \"format\": expected a file that emotionnet pretrain speech wrote");
	record_text(r, "format", &format);
	if (record_reads(r) && !r->failed && strcmp(format, FORMAT))
		record_refuse(r, "format", format,
		        "\"" FORMAT "\", which emotionnet pretrain speech writes");
	record_int(r, "apc.hidden", &file->config.hidden, 1, APC_HIDDEN);
	record_int(r, "apc.layers", &file->config.layers, 1, APC_LAYERS);
	record_int(r, "apc.ahead", &file->config.ahead, 1, APC_AHEAD);
	record_choice(r, "speech.normalise", &over, normalise_names, NORMALISES);
	file->normalise = (Normalise)over;
	frames_keep(r, &file->frames);
	record_text(r, "source", &file->source);
	record_text(r, "heard", &file->heard);
	if (!r->failed)
		file->config.in = frames_width(&file->frames);
}

static void keep_part(Record *record, void *file)
{
	keep(record, file);
}

bool apc_file_save(const ApcFile *file, const Params *params, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error)
{
	ApcFile copy = *file;
	const RecordPart parts[] = { { params, keep_part, &copy },
		{ state, keep_state, context } };
	return safetensors_check_finite(params, path, "", error) &&
	       record_save(params->arena, parts, state ? 2 : 1, path, error);
}

bool apc_file_load(ApcFile *file, Arena *arena, const char *path, Error *error)
{
	SafetensorsFile opened;
	Bytes bytes;
	if (!file_view(&bytes, arena, path, error) ||
	        !safetensors_parse(&opened, arena, path, bytes, error))
		return false;
	Record record = {
		.arena = arena, .metadata = &opened.metadata, .path = path, .error = error
	};
	*file = (ApcFile){ .params = params_new_to_load(arena) };
	keep(&record, file);
	if (record.failed)
		return false;
	Rng unused = rng_new(0);
	file->hash = hash_bytes(HASH_BEGIN, bytes.data, bytes.size);
	file->apc = apc_new(&file->config, &file->params, &unused);
	safetensors_leave_out(&opened, STATE);
	return safetensors_load(&opened, &file->params, error) &&
	       safetensors_check_finite(&file->params, path, "", error);
}

/* ---- the frames -------------------------------------------------------------------- */

bool apc_file_agrees(
        const ApcFile *file, const char *path, const Frontend *frontend, Error *error)
{
	Arena *arena = arena_new("frames, compared");
	const FrameSettings *a = &file->frames, *b = &frontend->frames;
	const char *mel = mel_settings_text(&a->mel, arena);
	const char *ours = mel_settings_text(&b->mel, arena);
	bool same = true;
	if (strcmp(mel, ours))
		same = error_set(error,
		        "%s: was trained on the mel frames \"%s\", but these are \"%s\". Hint: --mel, --mels %d --hop %d",
		        path, mel, ours, a->mel.bands.count, a->mel.stft.hop);
	else if (a->pitch != b->pitch || a->trim != b->trim)
		same = error_set(error,
		        "%s: was trained on other frames. Hint: --%spitch --%strim", path,
		        a->pitch ? "" : "no-", a->trim ? "" : "no-");
	else if (file->normalise != frontend->normalise)
		same = error_set(error,
		        "%s: was trained on frames that were normalised by %s, but these are by %s. Hint: --normalise %s",
		        path, normalise_names[file->normalise],
		        normalise_names[frontend->normalise],
		        normalise_names[file->normalise]);
	arena_free(arena);
	return same;
}
