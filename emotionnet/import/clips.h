/* clips.h: what importers share whose clips say by their names what they are:
 * OAF_back_angry.wav. */
#ifndef EMOTIONNET_IMPORT_CLIPS_H
#define EMOTIONNET_IMPORT_CLIPS_H

#include "emotionnet/import/build.h"
#include "tensor/file/folder.h"

/* Makes an utterance of a clip, or says why it cannot. */
typedef bool ClipAdd(void *context, const char *path, Error *why);

/* Hands every .wav in the folder, and in the folders in it down to `depth` levels, to
 * `add`, in order of the alphabet. Bad ones fail the import or are left out and counted,
 * as its options say. Fails if there is none, and says what other sound there is. */
bool clips_add(Import *import, const char *folder, int depth, ClipAdd *add, void *context,
        Error *error);

/* The same with these files, of any kind, or none. */
bool clips_add_files(
        Import *import, const Files *files, ClipAdd *add, void *context, Error *error);

/* The name without folder and ending: "a/OAF_back_angry.wav" -> "OAF_back_angry". In the
 * arena, as what follows. */
const char *clip_stem(Arena *arena, const char *path);

/* What stands between the underscores of the stem, `count` of them. */
const char *const *clip_fields(Arena *arena, const char *path, int *count);

/* A code, as names of clips have it, and what it means. */
typedef struct Code {
	const char *code, *name;
} Code;
/* What it means, in a table whose last code is NULL; capitals do not count. NULL: it is
 * none of them. */
const char *code_find(const Code codes[], const char *code);

#endif
