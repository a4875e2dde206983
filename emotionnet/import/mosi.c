/* CMU-MOSI: A. Zadeh et al., "MOSI: Multimodal Corpus of Sentiment Intensity", 2016, as
 * S. Poria et al., "Context-Dependent Sentiment Analysis in User-Generated Videos", ACL
 * 2017, release it: people who review films before a camera, each utterance as three
 * vectors, of its words, its sound and the speaker's face. A CSV a modality and split,
 * without a header, the last column the label; line i of each is the utterance in line i
 * of rows_train.txt or rows_test.txt, which is a row of transcripts.csv (id, text, number
 * of utterances in its video, label), counted from 0.
 *
 * The vectors go to text.npy, speech.npy and face.npy in the folder that is asked for,
 * the lines of training first. An utterance's id is that of its video, an underscore and
 * a number; videos stand for speakers. The release has no validation split: every
 * fifth video of training is taken. */
#include "emotionnet/import/import.h"
#include "emotionnet/corpus/csv.h"
#include "tensor/file/folder.h"
#include "emotionnet/import/build.h"
#include "emotionnet/corpus/rows.h"
#include "tensor/file/npy.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ID, TEXT, SIZE, LABEL, COLUMNS };
enum { VALIDATION_EVERY = 5 };

enum { TRAIN, TEST, PARTS };
static const struct Part {
	Split split;
	const char *rows, *tables[MODALITIES];
} parts[PARTS] = {
	{ SPLIT_TRAIN, "rows_train.txt",
	        { "text_train0.csv", "audio_train0.csv", "video_train0.csv" } },
	{ SPLIT_TEST, "rows_test.txt",
	        { "text_test0.csv", "audio_test0.csv", "video_test0.csv" } },
};

/* A table line by line; why[i] says what is wrong with line i, or is NULL. */
typedef struct Lines {
	const char *path;
	int count;
	Tensor numbers; /* (count,F) */
	const char *const *labels;
	const char *const *why;
} Lines;

/* A row of transcripts.csv; id NULL: it is broken, and `why` says so. */
typedef struct Transcript {
	const char *id, *text, *label, *why;
} Transcript;

typedef struct Mosi {
	Import import;
	const char *folder;
	Transcript *transcripts;
	int transcript_count;
	StringSet videos; /* of training, in the order in which they come */
	Lines lines[PARTS][MODALITIES];
	const char *arrays[MODALITIES]; /* the paths of the .npy files */
} Mosi;

static bool open_table(
        CsvReader *reader, Arena *arena, const char *path, int *most, Error *error)
{
	Bytes bytes;
	if (!file_read(&bytes, arena, path, error) ||
	        !csv_open(reader, path, bytes, error))
		return false;
	*most = 1;
	for (size_t i = 0; i < bytes.size; i++)
		*most += bytes.data[i] == '\n' || bytes.data[i] == '\r';
	return true;
}

/* --- transcripts -------------------------------------------------------------------- */

static bool read_transcripts(Mosi *mosi, Error *error)
{
	Arena *arena = mosi->import.arena;
	const char *path = arena_format(arena, "%s/transcripts.csv", mosi->folder);
	CsvReader reader;
	CsvRow row;
	int most;
	if (!open_table(&reader, arena, path, &most, error))
		return false;
	reader.warnings = mosi->import.options->warnings;
	mosi->transcripts = ARENA_ARRAY(arena, Transcript, (size_t)most);
	for (;;) {
		Error why;
		Transcript *t = &mosi->transcripts[mosi->transcript_count];
		CsvResult result = csv_next(&reader, &row, arena, &why);
		if (result == CSV_END)
			break;
		mosi->transcript_count++;
		if (result == CSV_ROW && row.count != COLUMNS)
			error_set(&why,
			        "%s:%d: expected %d columns, id, text, number and label, found %d",
			        path, row.line, COLUMNS, row.count);
		if (result == CSV_BAD || row.count != COLUMNS) {
			t->why = arena_string(arena, why.text);
			continue;
		}
		*t = (Transcript){ .id = row.fields[ID],
			.text = row.fields[TEXT],
			.label = row.fields[LABEL] };
	}
	return mosi->transcript_count > 0 ||
	       error_set(error, "%s: expected transcripts, found an empty file", path);
}

/* --- vectors ------------------------------------------------------------------------ */

static bool read_numbers(
        real *to, const CsvRow *row, int width, const char *path, Error *why)
{
	for (int i = 0; i < width; i++) {
		double number;
		const char *field = row->fields[i];
		if (!number_parse(field, strlen(field), &number) || !isfinite(number))
			return error_set(why,
			        "%s:%d: column %d: expected a number, found \"%.40s\"",
			        path, row->line, i + 1, field);
		to[i] = (real)number;
	}
	return true;
}

static bool read_lines(Lines *lines, Arena *arena, const char *path, Error *error)
{
	CsvReader reader;
	int most, width = -1;
	*lines = (Lines){ .path = path };
	if (!open_table(&reader, arena, path, &most, error))
		return false;
	const char **labels = ARENA_ARRAY(arena, const char *, (size_t)most);
	const char **whys = ARENA_ARRAY(arena, const char *, (size_t)most);
	for (;;) {
		CsvRow row;
		Error why;
		CsvResult result = csv_next(&reader, &row, arena, &why);
		if (result == CSV_END)
			break;
		int i = lines->count++;
		if (result == CSV_ROW && width < 0) {
			width = row.count - 1;
			if (width < 1)
				return error_set(error,
				        "%s:%d: expected numbers and a label with commas between them, found one column",
				        path, row.line);
			lines->numbers = tensor_zeros(arena, SHAPE(most, width));
		}
		real *to = width < 0 ? NULL : tensor_row(lines->numbers, i).data;
		if (result == CSV_ROW && read_numbers(to, &row, width, path, &why))
			labels[i] = row.fields[width];
		else
			whys[i] = arena_string(arena, why.text);
	}
	if (width < 0)
		return error_set(
		        error, "%s: expected vectors, found none that is whole", path);
	lines->numbers = tensor_slice(lines->numbers, 0, lines->count);
	lines->labels = labels;
	lines->why = whys;
	return true;
}

static bool read_part(Mosi *mosi, int part, Error *error)
{
	Arena *arena = mosi->import.arena;
	for (int m = 0; m < MODALITIES; m++) {
		Lines *lines = &mosi->lines[part][m], *first = &mosi->lines[part][0];
		const char *path =
		        arena_format(arena, "%s/%s", mosi->folder, parts[part].tables[m]);
		if (!read_lines(lines, arena, path, error))
			return false;
		if (lines->count != first->count)
			return error_set(error,
			        "%s has %d lines, %s has %d: expected a line for each utterance in both",
			        lines->path, lines->count, first->path, first->count);
		int width = lines->numbers.shape[1];
		int trained = mosi->lines[TRAIN][m].numbers.shape[1];
		if (width != trained)
			return error_set(error,
			        "%s has %d numbers a line, that of training has %d: expected as many",
			        lines->path, width, trained);
	}
	return true;
}

/* The lines of training and, below them, those of test, as one array. */
static bool write_array(const Mosi *mosi, ModalityKind kind, Error *error)
{
	const Tensor *train = &mosi->lines[TRAIN][kind].numbers;
	const Tensor *test = &mosi->lines[TEST][kind].numbers;
	Arena *arena = arena_new("array");
	int rows = train->shape[0] + test->shape[0];
	Tensor all = tensor_new(arena, SHAPE(rows, train->shape[1]));
	tensor_copy(tensor_slice(all, 0, train->shape[0]), *train);
	tensor_copy(tensor_slice(all, train->shape[0], rows), *test);
	bool done = npy_write(mosi->arrays[kind], all, error);
	arena_free(arena);
	return done;
}

static bool write_arrays(const Mosi *mosi, Error *error)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (!write_array(mosi, kind, error))
			return false;
	return true;
}

/* Where they will be written. */
static bool name_arrays(Mosi *mosi, const char *folder, Error *error)
{
	Arena *arena = mosi->import.arena;
	if (!folder)
		return error_set(error,
		        "MOSI gives vectors instead of sound and faces. Hint: --arrays DIR says in which folder text.npy, speech.npy and face.npy are written");
	if (!folder_make(folder, error))
		return false;
	folder = path_absolute(arena, folder, error);
	for (ModalityKind kind = 0; folder && kind < MODALITIES; kind++)
		mosi->arrays[kind] =
		        arena_format(arena, "%s/%s.npy", folder, modality_name(kind));
	return folder != NULL;
}

/* --- utterances --------------------------------------------------------------------- */

/* "abc_12" -> "abc". */
static const char *video_of(Arena *arena, const char *id)
{
	const char *end = strrchr(id, '_');
	return end ? arena_format(arena, "%.*s", (int)(end - id), id) : id;
}

static Split split_of(Mosi *mosi, int part, const char *video)
{
	Split own = parts[part].split;
	if (own == SPLIT_TRAIN &&
	        stringset_add(&mosi->videos, video) % VALIDATION_EVERY ==
	                VALIDATION_EVERY - 1)
		own = SPLIT_VALIDATION;
	return import_split(&mosi->import, video, own);
}

/* The transcript that line i of rows_....txt names, whose label must be that of line i
 * of each table. */
static const Transcript *find_transcript(
        const Mosi *mosi, int part, int i, const char *number, Error *why)
{
	const char *where = arena_format(
	        mosi->import.arena, "%s/%s:%d", mosi->folder, parts[part].rows, i + 1);
	double row;
	if (!number_parse(number, strlen(number), &row) || row < 0 ||
	        row >= mosi->transcript_count || floor(row) != row) {
		error_set(why,
		        "%s: expected a row of transcripts.csv, 0 to %d, found \"%.40s\"",
		        where, mosi->transcript_count - 1, number);
		return NULL;
	}
	const Transcript *t = &mosi->transcripts[(int)row];
	if (t->why) {
		error_set(why, "%s", t->why);
		return NULL;
	}
	for (int m = 0; m < MODALITIES; m++) {
		const Lines *lines = &mosi->lines[part][m];
		if (lines->why[i]) {
			error_set(why, "%s", lines->why[i]);
			return NULL;
		}
		if (strcmp(lines->labels[i], t->label) != 0) {
			error_set(why,
			        "%s:%d: the label is \"%.40s\", that of %s in transcripts.csv is \"%.40s\": expected the same",
			        lines->path, i + 1, lines->labels[i], t->id, t->label);
			return NULL;
		}
	}
	return t;
}

static bool add_line(Mosi *mosi, int part, int i, const char *number, Error *why)
{
	Arena *arena = mosi->import.arena;
	const Transcript *t = find_transcript(mosi, part, i, number, why);
	if (!t)
		return false;
	const char *where = arena_format(arena, "%s/transcripts.csv", mosi->folder);
	bool positive = !strcmp(t->label, "1");
	if (!positive && strcmp(t->label, "0") != 0)
		return error_set(why, "%s: %s: label: expected 0 or 1, found \"%.40s\"",
		        where, t->id, t->label);
	int row = i + (part == TEST ? mosi->lines[TRAIN][0].count : 0);
	const char **extra = ARENA_ARRAY(arena, const char *, MODALITIES);
	for (int m = 0; m < MODALITIES; m++)
		extra[m] = rows_text(arena, mosi->arrays[m], row);
	const char *video = video_of(arena, t->id);
	Utterance utterance = {
		.id = t->id,
		.speaker = video,
		.label = positive ? "positive" : "negative",
		.text = t->text,
		.wav = "",
		.end = -1,
		.split = split_of(mosi, part, video),
		.extra = extra,
	};
	return import_add(&mosi->import, &utterance, where, why);
}

/* Goes through rows_....txt, a number a line. */
static bool add_part(Mosi *mosi, int part, Error *error)
{
	Arena *arena = mosi->import.arena;
	const char *path = arena_format(arena, "%s/%s", mosi->folder, parts[part].rows);
	const Lines *lines = &mosi->lines[part][0];
	Bytes bytes;
	if (!file_read(&bytes, arena, path, error))
		return false;
	const char *rest =
	        arena_format(arena, "%.*s", (int)bytes.size, (const char *)bytes.data);
	int count = 0;
	while (*rest) {
		size_t length = strcspn(rest, "\r\n");
		const char *number = arena_format(arena, "%.*s", (int)length, rest);
		rest += length;
		rest += strspn(rest, "\r\n");
		Error why;
		if (count < lines->count && !add_line(mosi, part, count, number, &why) &&
		        !import_skip(&mosi->import, &why, error))
			return false;
		count++;
	}
	return count == lines->count ||
	       error_set(error,
	               "%s has %d lines, %s has %d: expected a line for each utterance in both",
	               path, count, lines->path, lines->count);
}

bool import_mosi(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	const char **columns = ARENA_ARRAY(arena, const char *, MODALITIES);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		columns[kind] = rows_column(kind);
	Mosi mosi = { .folder = folder, .videos = stringset_new(arena) };
	if (!import_begin(
	            &mosi.import, arena, folder, MODALITIES, columns, options, error) ||
	        !name_arrays(&mosi, options->arrays, error) ||
	        !read_transcripts(&mosi, error) || !read_part(&mosi, TRAIN, error) ||
	        !read_part(&mosi, TEST, error))
		return false;
	return add_part(&mosi, TRAIN, error) && add_part(&mosi, TEST, error) &&
	       write_arrays(&mosi, error) && import_end(&mosi.import, corpus, error);
}
