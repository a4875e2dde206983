/* face_tracks.c: see face_tracks.h. */
#include "emotionnet/import/face_tracks.h"

#include "emotionnet/corpus/columns.h"
#include "emotionnet/corpus/face_track.h"
#include "emotionnet/import/clips.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"

#include <string.h>

enum { LEVELS = 3 };

/* The files by their names without the ending. */
typedef struct Tracks {
	StringSet stems;
	const char **paths; /* of each */
	int room;
} Tracks;

static bool find_tracks(Tracks *tracks, Arena *arena, const char *folder, Error *error)
{
	static const char *const endings[] = { ".csv", ".jsonl", ".npy" };
	for (size_t e = 0; e < sizeof endings / sizeof endings[0]; e++) {
		Files files;
		if (!folder_files(&files, arena, folder, LEVELS, endings[e], error))
			return false;
		for (int i = 0; i < files.count; i++) {
			int before = tracks->stems.count;
			const char *stem = clip_stem(arena, files.paths[i]);
			int at = stringset_add(&tracks->stems, stem);
			if (at < before)
				return error_set(error,
				        "--face %s: two files are of one clip: %s and %s",
				        folder, tracks->paths[at], files.paths[i]);
			tracks->paths = arena_grow(arena, tracks->paths, before,
			        &tracks->room, sizeof *tracks->paths);
			tracks->paths[at] = files.paths[i];
		}
	}
	return true;
}

/* RAVDESS's first number: 01 film with sound, 02 without, 03 sound alone. */
static int find_track(const Tracks *tracks, Arena *arena, const char *id)
{
	int at = stringset_find(&tracks->stems, id);
	for (int film = 1; film <= 2 && at < 0 && !strncmp(id, "03-", 3); film++)
		at = stringset_find(
		        &tracks->stems, arena_format(arena, "%02d-%s", film, id + 3));
	return at;
}

bool face_tracks_join(
        Corpus *corpus, Arena *arena, const ImportOptions *options, Error *error)
{
	Tracks tracks = { .stems = stringset_new(arena) };
	if (corpus->count && corpus_extra(corpus, corpus->utterances, FACE_TRACK_COLUMN))
		return error_set(
		        error, "--face %s: the corpus has faces already", options->face);
	if (!find_tracks(&tracks, arena, options->face, error))
		return false;
	const char **values = ARENA_ARRAY(arena, const char *, (size_t)corpus->count);
	const char *without = "";
	int found = 0;
	for (int i = 0; i < corpus->count; i++) {
		const char *id = corpus->utterances[i].id;
		int at = find_track(&tracks, arena, id);
		values[i] = at < 0 ? "" : tracks.paths[at];
		without = at < 0 ? id : without;
		found += at >= 0;
	}
	if (!found)
		return error_set(error,
		        "--face %s: none of its %d files is of a clip of the corpus: expected such as %s.csv, found such as %s",
		        options->face, tracks.stems.count, without,
		        tracks.stems.count ? tracks.paths[0] : "no .csv, .jsonl or .npy");
	corpus_add_column(corpus, arena, FACE_TRACK_COLUMN, values);
	if (options->warnings)
		terminal_print(options->warnings,
		        "%s: %d of %d utterances have a face in time; %d files are of no utterance\n",
		        options->face, found, corpus->count, tracks.stems.count - found);
	if (options->warnings && found < corpus->count)
		terminal_print(options->warnings,
		        "Note: %d utterances have no face, such as \"%s\"\n",
		        corpus->count - found, without);
	return true;
}
