#include "emotionnet/corpus/face_track.h"

#include "tensor/file/folder.h"
#include "text/number.h"

#include <string.h>

bool face_track_parse(
        Arena *arena, const char *text, const char **path, double *rate, Error *error)
{
	const char *at = strrchr(text, '@');
	bool said = at && at - text > 4 && !strncmp(at - 4, ".npy", 4);
	*rate = FACE_TRACK_RATE;
	*path = said ? arena_format(arena, "%.*s", (int)(at - text), text)
	             : arena_string(arena, text);
	if (said && (!number_parse(at + 1, strlen(at + 1), rate) ||
	                    !(*rate > 0 && *rate <= FACE_TRACK_MOST)))
		return error_set(error,
		        "expected frames a second behind the @, above 0 and up to %g, such as face.npy@30, found \"%.40s\"",
		        FACE_TRACK_MOST, at + 1);
	return path_ends_in(*path, ".csv") || path_ends_in(*path, ".jsonl") ||
	       path_ends_in(*path, ".npy") ||
	       error_set(error,
	               "expected FILE.csv (OpenFace), FILE.jsonl (MediaPipe) or FILE.npy (frames,numbers), found \"%.80s\"",
	               text);
}
