/* A folder of one's own clips or pictures, whose labels are said by where the clips lie or by what
 * they are called: joy/a7.wav, or ann_joy_01.wav with a pattern (pattern.h). The names
 * speaker, label, split, text and id in it mean what they do in a manifest; all others
 * become further columns. Where clip.txt lies beside clip.wav, it holds the words. A picture
 * is the utterance's face_row, the last column; where a folder has a folder train in it, the
 * first level are the splits.
 * Without splits they are made by speaker (corpus/split.h). */
#include "emotionnet/import/clips.h"
#include "emotionnet/import/pattern.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/corpus/spelling.h"
#include "emotionnet/corpus/split.h"
#include "tensor/file/file.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "text/list.h"

#include <string.h>

enum { LEVELS = 8, MOST_NAMED = 24 };
enum { LABEL, SPEAKER, SPLIT, TEXT, ID, KNOWN };
static const char *const known[KNOWN] = { "label", "speaker", "split", "text", "id" };
/* what no further column may be called, since it means something in a manifest */
static const char *const taken[] = { "wav", "start", "end", "word_times", "face_track",
	"paired", NULL };

static const char *const usual = "{label}/{}", *const usual_splits = "{split}/{label}/{}";

typedef struct Folder {
	Import import;
	Pattern pattern;
	const char *path;     /* from the root on */
	int place[KNOWN];     /* among the pattern's names; -1: it has none */
	int *extra;           /* the names that become columns, */
	const char **columns; /* which are called so */
	int extras;
	Spellings labels, speakers;
	bool pictures; /* not clips */
} Folder;

/* Without ".wav" or a picture's ending, in capitals or not. */
static const char *without_ending(Arena *arena, const char *name)
{
	bool ends = path_ends_in(name, ".wav") || rows_is_picture(name);
	size_t size = strlen(name) - (ends ? strlen(".wav") : 0);
	return arena_format(arena, "%.*s", (int)size, name);
}

static bool may_be_column(const char *name)
{
	bool may = names_find(taken, name) < 0;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		may &= strcmp(name, rows_column(kind)) != 0;
	return may;
}

static bool read_pattern(Folder *folder, const char *text, Error *error)
{
	Arena *arena = folder->import.arena;
	Pattern *pattern = &folder->pattern;
	if (!pattern_read(pattern, arena, without_ending(arena, text), error))
		return false;
	for (int k = 0; k < KNOWN; k++)
		folder->place[k] = pattern_find(pattern, known[k]);
	if (folder->place[LABEL] < 0)
		return error_set(error,
		        "pattern %s: expected {label} in it, which says where the emotion stands",
		        text);
	folder->extra = ARENA_ARRAY(arena, int, PATTERN_MOST);
	folder->columns = ARENA_ARRAY(arena, const char *, PATTERN_MOST + 1);
	for (int i = 0; i < pattern->count; i++) {
		const char *name = pattern->name[i];
		bool own = !*name;
		for (int k = 0; k < KNOWN; k++)
			own |= folder->place[k] == i;
		if (own)
			continue;
		if (!may_be_column(name))
			return error_set(error,
			        "pattern %s: {%s} means something else in a manifest: expected another name",
			        text, name);
		folder->extra[folder->extras] = i;
		folder->columns[folder->extras++] = name;
	}
	return true;
}

/* The words of clip.txt; "" where there is no such file. White space is one blank. */
static bool read_words(Arena *arena, const char *path, const char **words, Error *why)
{
	const char *file = arena_format(arena, "%s.txt", without_ending(arena, path));
	Error absent;
	Bytes bytes;
	*words = "";
	if (!path_check_file(file, &absent))
		return true;
	if (!file_read(&bytes, arena, file, why))
		return false;
	char *text = arena_alloc(arena, bytes.size + 1), *out = text;
	for (size_t i = 0; i < bytes.size; i++) {
		char c = (char)bytes.data[i];
		bool blank = !c || strchr(" \t\r\n", c);
		if (!blank)
			*out++ = c;
		else if (out > text && out[-1] != ' ')
			*out++ = ' ';
	}
	out -= out > text && out[-1] == ' ';
	*out = '\0';
	*words = text;
	return true;
}

static bool add_clip(void *context, const char *path, Error *why)
{
	Folder *folder = context;
	Arena *arena = folder->import.arena;
	const char *name = path + strlen(folder->path), *value[PATTERN_MOST];
	name = without_ending(arena, name + strspn(name, "/"));
	const char *field[KNOWN] = { "", "", "", "", name };
	bool other; /* reading the manifest says where two names become one */
	Split split = SPLIT_TRAIN;
	if (!pattern_match(&folder->pattern, arena, name, value, why))
		return error_set(why, "%s: %s%s", path, why->text,
		        folder->import.options->pattern
		                ? ""
		                : ". Hint: the first folder is the label, unless --pattern says otherwise, as in --pattern '{speaker}_{label}_{}.wav'");
	for (int k = 0; k < KNOWN; k++)
		if (folder->place[k] >= 0)
			field[k] = value[folder->place[k]];
	if (spelling_blank(field[LABEL]))
		return error_set(why, "%s: the label is empty", path);
	if (folder->place[SPLIT] >= 0 && !split_from_any_name(field[SPLIT], &split))
		return error_set(why,
		        "%s: split: expected train, validation or test, found \"%.40s\"",
		        path, field[SPLIT]);
	if (folder->place[TEXT] < 0 && !read_words(arena, path, &field[TEXT], why))
		return false;
	const char **extra = ARENA_ARRAY(arena, const char *, PATTERN_MOST + 1);
	for (int i = 0; i < folder->extras; i++)
		extra[i] = value[folder->extra[i]];
	if (folder->pictures)
		extra[folder->extras] = path;
	Utterance utterance = {
		.id = field[ID],
		.speaker = spellings_add(&folder->speakers, field[SPEAKER], &other),
		.label = spellings_add(&folder->labels, field[LABEL], &other),
		.text = field[TEXT],
		.wav = folder->pictures ? "" : path,
		.end = -1,
		.extra = extra,
	};
	utterance.split = import_split(&folder->import, utterance.speaker, split);
	return import_add(&folder->import, &utterance, path, why);
}

/* What became labels: a pattern that is wrong is seen here. */
static void tell_labels(const Corpus *corpus, FILE *out)
{
	if (!out || !corpus->count)
		return;
	Arena *scratch = arena_new("labels");
	Labels labels = corpus_labels(corpus, SPLIT_COUNT, scratch);
	terminal_print(out, "%s: %d labels:", corpus->source, labels.count);
	for (int l = 0; l < labels.count && l < MOST_NAMED; l++) {
		int count = 0;
		for (int i = 0; i < corpus->count; i++)
			count += !strcmp(corpus->utterances[i].label, labels.names[l]);
		terminal_print(out, "%s %s (%d)", l ? "," : "", labels.names[l], count);
	}
	fprintf(out, labels.count > MOST_NAMED ? ", ...\n" : "\n");
	if (2 * labels.count > corpus->count)
		terminal_print(out,
		        "Note: that is a label for every clip, or nearly: does {label} stand where the emotion is?\n");
	arena_free(scratch);
}

/* Pictures of each kind after the other. */
static bool add_pictures(Folder *folder, Error *error)
{
	Import *import = &folder->import;
	for (const char *const *ending = rows_pictures; *ending; ending++) {
		Files files;
		if (!folder_files(&files, import->arena, folder->path, LEVELS, *ending,
		            error) ||
		        !clips_add_files(import, &files, add_clip, folder, error))
			return false;
	}
	return import->corpus.count || import->corpus.skipped ||
	       error_set(error,
	               "%s: no picture was found: expected names that end in .png, .pgm, .ppm or .pnm, in this folder or up to %d levels below. Hint: this converts others, in each folder: for f in *.jpg; do ffmpeg -i \"$f\" \"${f%%.jpg}.png\"; done",
	               folder->path, LEVELS);
}

static bool import_files(Corpus *corpus, Arena *arena, const char *path, bool pictures,
        const ImportOptions *options, Error *error)
{
	Folder folder = { .path = path_absolute(arena, path, error),
		.labels = spellings_new(arena),
		.speakers = spellings_new(arena),
		.pictures = pictures };
	const char *pattern = options->pattern ? options->pattern : usual;
	if (!options->pattern && pictures &&
	        path_is_folder(arena_format(arena, "%s/train", path)))
		pattern = usual_splits;
	if (!folder.path ||
	        !import_begin(&folder.import, arena, path, 0, NULL, options, error) ||
	        !read_pattern(&folder, pattern, error))
		return false;
	if (pictures)
		folder.columns[folder.extras] = rows_column(MODALITY_FACE);
	folder.import.corpus.extras = folder.extras + pictures;
	folder.import.corpus.extra_names = folder.columns;
	if (pictures ? !add_pictures(&folder, error)
	             : !clips_add(&folder.import, path, LEVELS, add_clip, &folder, error))
		return false;
	tell_labels(&folder.import.corpus, options->warnings);
	if (folder.place[SPLIT] < 0)
		import_make_splits(&folder.import);
	return import_end(&folder.import, corpus, error);
}

bool import_folder(Corpus *corpus, Arena *arena, const char *path,
        const ImportOptions *options, Error *error)
{
	return import_files(corpus, arena, path, false, options, error);
}

bool import_pictures(Corpus *corpus, Arena *arena, const char *path,
        const ImportOptions *options, Error *error)
{
	return import_files(corpus, arena, path, true, options, error);
}
