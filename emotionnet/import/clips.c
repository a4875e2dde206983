/* clips.c: see clips.h. */
#include "emotionnet/import/clips.h"
#include "text/list.h"

#include <string.h>
#include <strings.h>

/* Sound that is read only after it was converted. */
static const char *const others[] = { ".mp3", ".flac", ".m4a", ".mp4", ".ogg", ".opus",
	".sph", ".aiff", ".aif" };

/* There is no .wav: that of another kind there is some is worth a word. */
static bool none_found(Arena *arena, const char *folder, int depth, Error *error)
{
	Files files;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		if (!folder_files(&files, arena, folder, depth, others[i], error))
			return false;
		if (files.count)
			return error_set(error,
			        "%s: no clip whose name ends in .wav, but %d in %s. This converts them, in each folder: for f in *%s; do ffmpeg -i \"$f\" \"${f%%%s}.wav\"; done",
			        folder, files.count, others[i], others[i], others[i]);
	}
	return error_set(error,
	        "%s: no utterance was found: expected clips whose names end in .wav, in this folder or up to %d levels below, found none",
	        folder, depth);
}

bool clips_add_files(
        Import *import, const Files *files, ClipAdd *add, void *context, Error *error)
{
	for (int i = 0; i < files->count; i++) {
		Error why;
		if (!add(context, files->paths[i], &why) &&
		        !import_skip(import, &why, error))
			return false;
	}
	return true;
}

bool clips_add(Import *import, const char *folder, int depth, ClipAdd *add, void *context,
        Error *error)
{
	Files files;
	if (!folder_files(&files, import->arena, folder, depth, ".wav", error))
		return false;
	if (!files.count)
		return none_found(import->arena, folder, depth, error);
	return clips_add_files(import, &files, add, context, error);
}

const char *clip_stem(Arena *arena, const char *path)
{
	char *stem = arena_string(arena, path_name(path)), *dot = strrchr(stem, '.');
	if (dot)
		*dot = '\0';
	return stem;
}

const char *const *clip_fields(Arena *arena, const char *path, int *count)
{
	return list_split(arena, clip_stem(arena, path), '_', count);
}

const char *code_find(const Code codes[], const char *code)
{
	for (; codes->code; codes++)
		if (!strcasecmp(codes->code, code))
			return codes->name;
	return NULL;
}
