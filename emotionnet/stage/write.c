/* The manifest goes first and comes last: a folder that has one is complete. */
#include "audio/wav.h"
#include "tensor/file/folder.h"
#include "emotionnet/corpus/columns.h"
#include "emotionnet/corpus/face_track.h"
#include "emotionnet/face/openface.h"
#include "emotionnet/stage/stage.h"
#include "tensor/file/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *manifest_path(Arena *arena, const char *folder)
{
	return arena_format(arena, "%s/corpus.csv", folder);
}

static bool write_sound(const Corpus *corpus, int index, const char *folder, Error *error)
{
	Arena *arena = arena_new("sound");
	const char *path =
	        arena_format(arena, "%s/%s.wav", folder, corpus->utterances[index].id);
	Clip clip;
	bool done = corpus->sound(corpus, index, arena, &clip, error) &&
	            wav_write(path, &clip, WAV_16_BIT, arena, error);
	arena_free(arena);
	return done;
}

static bool write_face(const Corpus *corpus, int index, const char *folder, Error *error)
{
	if (!corpus->face)
		return true;
	Arena *arena = arena_new("face");
	Track track;
	const char *id = corpus->utterances[index].id;
	bool done = corpus->face(corpus, index, arena, &track, error) &&
	            openface_write(arena_format(arena, "%s/%s.face.csv", folder, id),
	                    arena, &track, error);
	arena_free(arena);
	return done;
}

/* The corpus with a column more, the files of the faces. */
static void name_faces(Corpus *corpus, Arena *arena)
{
	const char **files = ARENA_ARRAY(arena, const char *, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++)
		files[i] = arena_format(arena, "%s.face.csv", corpus->utterances[i].id);
	corpus_add_column(corpus, arena, FACE_TRACK_COLUMN, files);
}

/* The manifest in memory, as corpus_write would write it, with the files' names. */
static char *spell_manifest(
        const Corpus *corpus, Arena *arena, size_t *size, Error *error)
{
	Corpus named = *corpus;
	named.utterances = arena_copy(arena, corpus->utterances,
	        (size_t)corpus->count * sizeof *corpus->utterances);
	for (int i = 0; i < named.count; i++)
		named.utterances[i].wav =
		        arena_format(arena, "%s.wav", named.utterances[i].id);
	if (named.face)
		name_faces(&named, arena);
	char *text = NULL;
	FILE *memory = open_memstream(&text, size);
	if (!memory)
		error_out_of_memory("manifest", 0);
	bool done = corpus_write(&named, memory, error);
	fclose(memory);
	if (done)
		return text;
	free(text);
	return NULL;
}

static bool write_manifest(const Corpus *corpus, const char *folder, Error *error)
{
	Arena *arena = arena_new("manifest");
	size_t size;
	char *text = spell_manifest(corpus, arena, &size, error);
	FileWriter *file =
	        text ? file_open(arena, manifest_path(arena, folder), error) : NULL;
	if (file)
		file_write(file, text, size);
	bool done = file && file_close(file, error);
	free(text);
	arena_free(arena);
	return done;
}

static bool remove_manifest(const char *folder, Error *error)
{
	Arena *arena = arena_new("manifest");
	const char *path = manifest_path(arena, folder);
	bool done = !unlink(path) || errno == ENOENT ||
	            error_set(error, "%s: the old one cannot be removed: %s", path,
	                    strerror(errno));
	arena_free(arena);
	return done;
}

bool stage_write(const Corpus *corpus, const char *folder, Error *error)
{
	if (!folder_make(folder, error) || !remove_manifest(folder, error))
		return false;
	for (int i = 0; i < corpus->count; i++)
		if (!write_sound(corpus, i, folder, error) ||
		        !write_face(corpus, i, folder, error))
			return false;
	return write_manifest(corpus, folder, error);
}
