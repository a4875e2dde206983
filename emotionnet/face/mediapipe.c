/* mediapipe.c: see mediapipe.h. */
#include "emotionnet/face/mediapipe.h"

#include "emotionnet/face/landmarks.h"
#include "tensor/file/json_any.h"

#include <string.h>

/* The corners of each eye among the 478 points. */
static const int eye_left[] = { 33, 133 }, eye_right[] = { 362, 263 };
enum { CORNERS = 2, NUMBERS = 2 * MEDIAPIPE_POINTS };

static const char *const members[] = { "time", "aspect", "faceBlendshapes",
	"faceLandmarks" };
enum { TIME, ASPECT, SHAPES, POINTS, MEMBERS };

/* What a line says of its first face. */
typedef struct Found {
	int count; /* of its numbers; 0: there is no face */
	double numbers[NUMBERS];
	const char *names[MEDIAPIPE_SHAPES]; /* of blendshapes */
} Found;

typedef struct MediaPipe {
	Track *track;
	Arena *arena, *scratch; /* scratch: of a line */
	bool points;            /* landmarks are read, no blendshapes */
} MediaPipe;

/* ---- a face ------------------------------------------------------------------------ */

/* Whether the list that begins here has an element, which is then to be read; null is a
 * list without. */
static bool has_first(Json *json)
{
	if (json_null(json))
		return false;
	json_open(json, '[');
	return json_next(json, ']');
}

static void pass_over_others(Json *json)
{
	while (json_next(json, ']'))
		json_skip(json);
}

/* [{"categories":[{"categoryName":"jawOpen","score":0.2},...]},...] */
static void read_shapes(Json *json, Found *found)
{
	static const char *const lists[] = { "categories" };
	static const char *const pair[] = { "categoryName", "score" };
	size_t at[1], of[2];
	if (!has_first(json))
		return;
	json_members(json, lists, 1, at);
	size_t end = json->at;
	if (!json_at(json, at[0])) {
		json_fail(json, end, "expected \"categories\" in \"faceBlendshapes\"");
		return;
	}
	json_open(json, '[');
	while (json_next(json, ']')) {
		size_t begin = json->at;
		json_members(json, pair, 2, of);
		size_t after = json->at;
		if (found->count == MEDIAPIPE_SHAPES || !of[0] || !of[1]) {
			json_fail(json, begin,
			        "expected a \"categoryName\" and a \"score\" of up to %d categories",
			        MEDIAPIPE_SHAPES);
			return;
		}
		json_at(json, of[0]);
		const char *name = found->names[found->count] = json_string(json);
		if (!*name || name[strcspn(name, "\r\n")])
			json_fail(json, of[0], "expected a \"categoryName\" of one line");
		json_at(json, of[1]);
		found->numbers[found->count++] = json_real(json);
		json->at = after;
	}
	json->at = end;
	pass_over_others(json);
}

/* [[{"x":0.5,"y":0.4,"z":0},...],...] */
static void read_points(Json *json, Found *found, double aspect)
{
	static const char *const pair[] = { "x", "y" };
	double *x = found->numbers, *y = x + MEDIAPIPE_POINTS;
	int count = 0;
	if (!has_first(json))
		return;
	size_t begin = json->at, of[2];
	json_open(json, '[');
	while (json_next(json, ']')) {
		json_members(json, pair, 2, of);
		size_t after = json->at;
		if (count < MEDIAPIPE_POINTS && json_at(json, of[0])) {
			x[count] = aspect * json_real(json);
			if (json_at(json, of[1]))
				y[count++] = json_real(json);
		}
		json->at = after;
	}
	pass_over_others(json);
	if (count != MEDIAPIPE_POINTS)
		json_fail(json, begin, "expected %d landmarks with x and y, found %d",
		        MEDIAPIPE_POINTS, count);
	found->count = NUMBERS;
}

/* ---- a line ------------------------------------------------------------------------ */

/* What the first face has, all others must have. */
static void begin_track(MediaPipe *file, const Found *found)
{
	Track *track = file->track;
	track->width = found->count;
	if (file->points) {
		track->names = landmarks_names(file->arena, MEDIAPIPE_POINTS);
		return;
	}
	const char **names = ARENA_ARRAY(file->arena, const char *, (size_t)found->count);
	for (int i = 0; i < found->count; i++)
		names[i] = arena_string(file->arena, found->names[i]);
	track->names = names;
}

/* Which of the face's numbers is the track's f-th; -1: none. */
static int place_of(const MediaPipe *file, const Found *found, int f)
{
	const char *name = file->track->names[f];
	if (file->points || !strcmp(found->names[f], name))
		return f;
	int i = 0;
	while (i < found->count && strcmp(found->names[i], name) != 0)
		i++;
	return i < found->count ? i : -1;
}

static void add_frame(MediaPipe *file, Json *json, Found *found, double seconds)
{
	Track *track = file->track;
	if (!track->width)
		begin_track(file, found);
	if (track->count && seconds <= track->seconds[track->count - 1])
		json_fail(json, 0,
		        "time %g: expected more than %g, that of the face before",
		        seconds, track->seconds[track->count - 1]);
	else if (found->count != track->width)
		json_fail(json, 0, "expected %d numbers, as the first face has, found %d",
		        track->width, found->count);
	if (json->failed ||
	        (file->points &&
	                !landmarks_level(found->numbers,
	                        found->numbers + MEDIAPIPE_POINTS, MEDIAPIPE_POINTS,
	                        (Eye){ eye_left, CORNERS }, (Eye){ eye_right, CORNERS })))
		return;
	real *frame = track_grow(track, file->arena, seconds);
	for (int f = 0; f < track->width && !json->failed; f++) {
		int at = place_of(file, found, f);
		if (at < 0 || !track_allows(found->numbers[at]))
			json_fail(json, 0,
			        "expected a number \"%s\", as the first face has",
			        track->names[f]);
		else
			frame[f] = (real)found->numbers[at];
	}
}

static bool read_line(MediaPipe *file, Json *json)
{
	size_t at[MEMBERS];
	json_members(json, members, MEMBERS, at);
	size_t end = json->at;
	if (!json->failed && !at[TIME])
		json_fail(json, 0, "expected \"time\", the seconds of this picture");
	double seconds = json_at(json, at[TIME]) ? json_real(json) : 0;
	double aspect = json_at(json, at[ASPECT]) ? json_real(json) : 1;
	if (!track_allows(seconds) || !(aspect > 1e-3 && aspect < 1e3))
		json_fail(json, 0, "\"time\" or \"aspect\" is out of range");
	Found *found = ARENA_NEW(file->scratch, Found);
	bool decided = file->track->width > 0;
	if (!(decided && file->points) && json_at(json, at[SHAPES]))
		read_shapes(json, found);
	bool points = !found->count && (!decided || file->points);
	if (points && json_at(json, at[POINTS]))
		read_points(json, found, aspect);
	if (!decided)
		file->points = points;
	if (!json->failed && found->count)
		add_frame(file, json, found, seconds);
	json->at = end;
	return json_end(json);
}

bool mediapipe_parse(
        Track *track, Arena *arena, const char *name, Bytes bytes, Error *error)
{
	Arena *scratch = arena_new("a line");
	MediaPipe file = { .track = track, .arena = arena, .scratch = scratch };
	*track = (Track){ .width = 0 };
	bool good = true;
	const unsigned char *data = bytes.data;
	size_t begin = 0, end;
	for (int line = 1; begin < bytes.size && good; line++, begin = end + 1) {
		const unsigned char *stop =
		        memchr(data + begin, '\n', bytes.size - begin);
		end = stop ? (size_t)(stop - data) : bytes.size;
		unsigned char *text = arena_alloc(scratch, end - begin + 1);
		memcpy(text, data + begin, end - begin);
		text[end - begin] = '\0';
		Json json = { .path = arena_format(scratch, "%s:%d", name, line),
			.text = { text, end - begin },
			.arena = scratch,
			.error = error };
		if (text[strspn((const char *)text, " \t\r")]) /* not an empty line */
			good = read_line(&file, &json);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return good;
}

bool mediapipe_read(Track *track, Arena *arena, const char *path, Error *error)
{
	Arena *scratch = arena_new("MediaPipe");
	Bytes bytes;
	bool read = file_read(&bytes, scratch, path, error) &&
	            mediapipe_parse(track, arena, path, bytes, error);
	arena_free(scratch);
	return read;
}
