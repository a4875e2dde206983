/* openface.c: see openface.h. */
#include "emotionnet/face/openface.h"

#include "emotionnet/corpus/csv.h"
#include "emotionnet/corpus/face_track.h"
#include "emotionnet/face/landmarks.h"
#include "text/number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Around each eye there are six of the 68 points (iBUG's scheme). */
static const int eye_left[] = { 36, 37, 38, 39, 40, 41 };
static const int eye_right[] = { 42, 43, 44, 45, 46, 47 };
enum { EYE = sizeof eye_left / sizeof eye_left[0] };

typedef struct OpenFace {
	CsvReader csv;
	CsvRow header;                       /* without blanks around the names */
	int time, success, confidence, face; /* columns; -1: there is none */
	const int *columns;                  /* (width) that the numbers come from */
	bool points;                         /* these are landmarks */
	double first;                        /* the face_id that counts ... */
	bool known;                          /* ... once it has been met */
} OpenFace;

/* ---- the header -------------------------------------------------------------------- */

static const char *without_blanks(Arena *arena, const char *text)
{
	text += strspn(text, " \t");
	size_t size = strlen(text);
	while (size && strchr(" \t", text[size - 1]))
		size--;
	return arena_format(arena, "%.*s", (int)size, text);
}

static int column_of(const OpenFace *file, const char *name)
{
	for (int i = 0; i < file->header.count; i++)
		if (!strcmp(file->header.fields[i], name))
			return i;
	return -1;
}

/* "AU06_r", "AU06_c" */
static bool is_unit(const char *name)
{
	return strlen(name) == strlen("AU06_r") && !strncmp(name, "AU", 2) &&
	       isdigit((unsigned char)name[2]) && isdigit((unsigned char)name[3]) &&
	       name[4] == '_' && (name[5] == 'r' || name[5] == 'c');
}

static void find_units(OpenFace *file, Track *track, Arena *arena)
{
	size_t count = (size_t)file->header.count;
	int *columns = ARENA_ARRAY(arena, int, count);
	const char **names = ARENA_ARRAY(arena, const char *, count);
	for (int i = 0; i < file->header.count; i++) {
		if (!is_unit(file->header.fields[i]))
			continue;
		columns[track->width] = i;
		names[track->width++] = file->header.fields[i];
	}
	file->columns = columns;
	track->names = names;
}

/* x_0, ..., x_67, y_0, ..., y_67 */
static bool find_points(OpenFace *file, Track *track, Arena *arena, Error *error)
{
	enum { ALL = 2 * OPENFACE_POINTS };
	int *columns = ARENA_ARRAY(arena, int, ALL);
	const char *const *names = landmarks_names(arena, OPENFACE_POINTS);
	for (int i = 0; i < ALL; i++) {
		columns[i] = column_of(file, names[i]);
		if (columns[i] < 0)
			return error_set(error,
			        "%s:%d: expected columns of action units, such as AU06_r, or of %d landmarks, x_0 to y_%d, found no %s. Hint: OpenFace's FeatureExtraction with -aus or -2Dfp",
			        file->csv.path, file->header.line, OPENFACE_POINTS,
			        OPENFACE_POINTS - 1, i ? names[i] : "such column");
	}
	file->columns = columns;
	file->points = true;
	track->names = names;
	track->width = ALL;
	return true;
}

static bool read_header(OpenFace *file, Track *track, Arena *arena, Error *error)
{
	CsvRow row;
	CsvResult result = csv_next(&file->csv, &row, arena, error);
	if (result == CSV_BAD)
		return false;
	if (result == CSV_END)
		return error_set(error,
		        "%s: expected what OpenFace writes, found an empty file",
		        file->csv.path);
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)row.count);
	for (int i = 0; i < row.count; i++)
		names[i] = without_blanks(arena, row.fields[i]);
	file->header = (CsvRow){ names, row.count, row.line };
	file->time = column_of(file, "timestamp");
	file->success = column_of(file, "success");
	file->confidence = column_of(file, "confidence");
	file->face = column_of(file, "face_id");
	if (file->time < 0)
		return error_set(error,
		        "%s:%d: expected a column timestamp, as OpenFace writes it, found none",
		        file->csv.path, row.line);
	find_units(file, track, arena);
	return track->width > 0 || find_points(file, track, arena, error);
}

/* ---- a row ------------------------------------------------------------------------- */

static bool number_at(
        const OpenFace *file, const CsvRow *row, int column, double *number, Error *error)
{
	const char *field = row->fields[column] + strspn(row->fields[column], " \t");
	size_t size = strcspn(field, " \t");
	return (number_parse(field, size, number) && track_allows(*number)) ||
	       error_set(error,
	               "%s:%d: column \"%s\": expected a number, found \"%.40s\"",
	               file->csv.path, row->line, file->header.fields[column], field);
}

/* Whether the row tells of the face that counts. */
static bool row_counts(OpenFace *file, const CsvRow *row, bool *counts, Error *error)
{
	double success = 1, sure = 1, face = 0;
	if ((file->success >= 0 &&
	            !number_at(file, row, file->success, &success, error)) ||
	        (file->confidence >= 0 &&
	                !number_at(file, row, file->confidence, &sure, error)) ||
	        (file->face >= 0 && !number_at(file, row, file->face, &face, error)))
		return false;
	bool found = success > 0 && sure >= OPENFACE_SURE;
	if (found && !file->known)
		file->first = face;
	file->known |= found;
	*counts = found && face == file->first;
	return true;
}

static bool read_row(OpenFace *file, Track *track, Arena *arena, Arena *scratch,
        const CsvRow *row, Error *error)
{
	double seconds, *values = ARENA_ARRAY(scratch, double, (size_t)track->width);
	bool counts;
	if (!row_counts(file, row, &counts, error))
		return false;
	if (!counts)
		return true;
	if (!number_at(file, row, file->time, &seconds, error))
		return false;
	if (track->count && seconds <= track->seconds[track->count - 1])
		return error_set(error,
		        "%s:%d: timestamp %g: expected more than %g, that of the row before",
		        file->csv.path, row->line, seconds,
		        track->seconds[track->count - 1]);
	for (int f = 0; f < track->width; f++)
		if (!number_at(file, row, file->columns[f], &values[f], error))
			return false;
	if (file->points &&
	        !landmarks_level(values, values + OPENFACE_POINTS, OPENFACE_POINTS,
	                (Eye){ eye_left, EYE }, (Eye){ eye_right, EYE }))
		return true; /* no face is like that */
	real *frame = track_grow(track, arena, seconds);
	for (int f = 0; f < track->width; f++)
		frame[f] = (real)values[f];
	return true;
}

bool openface_parse(
        Track *track, Arena *arena, const char *name, Bytes bytes, Error *error)
{
	OpenFace file = { .points = false };
	*track = (Track){ .width = 0 };
	if (!csv_open(&file.csv, name, bytes, error) ||
	        !read_header(&file, track, arena, error))
		return false;
	Arena *scratch = arena_new("a row");
	CsvRow row;
	CsvResult result;
	bool good = true;
	while (good && (result = csv_next(&file.csv, &row, scratch, error)) != CSV_END) {
		good = result == CSV_ROW &&
		       read_row(&file, track, arena, scratch, &row, error);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return good;
}

bool openface_read(Track *track, Arena *arena, const char *path, Error *error)
{
	Arena *scratch = arena_new("OpenFace");
	Bytes bytes;
	bool read = file_read(&bytes, scratch, path, error) &&
	            openface_parse(track, arena, path, bytes, error);
	arena_free(scratch);
	return read;
}

/* ---- writing ----------------------------------------------------------------------- */

static void put_row(FileWriter *out, Arena *arena, int picture, const Track *track,
        const real *numbers)
{
	const char *row = arena_format(arena, "%d, 0, %.3f, %s", picture + 1,
	        picture / FACE_TRACK_RATE, numbers ? "0.98, 1" : "0.00, 0");
	file_write(out, row, strlen(row));
	for (int f = 0; f < track->width; f++) {
		row = arena_format(arena, ", %.2f", numbers ? (double)numbers[f] : 0.0);
		file_write(out, row, strlen(row));
	}
	file_write(out, "\n", 1);
}

bool openface_write(const char *path, Arena *arena, const Track *track, Error *error)
{
	FileWriter *out = file_open(arena, path, error);
	if (!out)
		return false;
	const char *header = "frame, face_id, timestamp, confidence, success";
	file_write(out, header, strlen(header));
	for (int f = 0; f < track->width; f++) {
		const char *name = arena_format(arena, ", %s", track->names[f]);
		file_write(out, name, strlen(name));
	}
	file_write(out, "\n", 1);
	Arena *scratch = arena_new("a row");
	for (int i = 0, picture = 0; i < track->count; i++) {
		int place = (int)floor(track->seconds[i] * FACE_TRACK_RATE + 0.5);
		for (; picture < place; picture++)
			put_row(out, scratch, picture, track, NULL);
		put_row(out, scratch, picture++, track, track->frames[i]);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return file_close(out, error);
}
