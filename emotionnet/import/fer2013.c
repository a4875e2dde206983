/* FER2013: I. Goodfellow et al., "Challenges in Representation Learning: A Report on Three
 * Machine Learning Contests", ICONIP 2013: faces that a search engine found for words of
 * emotions, 48 x 48 grey pixels, with the split of the contest (training, public and private
 * test). Who they show is not known, and they have no licence: to measure with, not to pass on.
 *
 * Here as arrays: train.npy, validation.npy and test.npy, (pictures,48,48), and beside each a
 * text file with a label a line, train.txt: angry, disgust, fear, happy, neutral, sad,
 * surprise. */
#include "emotionnet/import/build.h"

#include "emotionnet/corpus/rows.h"
#include "tensor/file/folder.h"
#include "tensor/file/npy.h"

#include <string.h>

static const LabelName emotions[] = { { "angry", "anger" }, { "disgust", "disgust" },
	{ "fear", "fear" }, { "happy", "joy" }, { "neutral", "neutral" },
	{ "sad", "sadness" }, { "surprise", "surprise" }, { NULL, NULL } };

typedef struct Fer {
	Import *import;
	const char *array; /* its path */
	Split split;
	int pictures, labels; /* in the array; lines so far */
} Fer;

static bool add_line(void *context, const ImportLine *line, Error *why)
{
	Fer *fer = context;
	Arena *arena = fer->import->arena;
	const char *label =
	        import_label(arena, emotions, line->text, line->where, "label", why);
	int row = fer->labels++;
	if (!label)
		return false;
	if (row >= fer->pictures)
		return error_set(why, "%s: a label more than %s has pictures, %d",
		        line->where, fer->array, fer->pictures);
	const char **extra = ARENA_ARRAY(arena, const char *, 1);
	extra[0] = rows_text(arena, fer->array, row);
	Utterance utterance = {
		.id = arena_format(arena, "%s_%d", split_name(fer->split), row),
		.speaker = "",
		.label = label,
		.text = "",
		.wav = "",
		.end = -1,
		.split = fer->split,
		.extra = extra,
	};
	return import_add(fer->import, &utterance, line->where, why);
}

static bool count_pictures(Fer *fer, Error *error)
{
	Arena *scratch = arena_new("pictures");
	Tensor x;
	bool read = npy_read(&x, scratch, fer->array, error);
	arena_free(scratch);
	fer->pictures = read && x.ndim ? x.shape[0] : 0;
	return read;
}

static bool add_split(Import *import, const char *folder, Split split, Error *error)
{
	const char *name = split_name(split);
	Fer fer = { .import = import,
		.array = arena_format(import->arena, "%s/%s.npy", folder, name),
		.split = split };
	const char *labels = arena_format(import->arena, "%s/%s.txt", folder, name);
	if (!count_pictures(&fer, error) ||
	        !import_lines(import, labels, add_line, &fer, error))
		return false;
	return fer.labels >= fer.pictures ||
	       error_set(error,
	               "%s: expected %d labels, one a line for each picture of %s, found %d",
	               labels, fer.pictures, fer.array, fer.labels);
}

bool import_fer2013(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	static const char *column;
	Import import;
	const char *path = path_absolute(arena, folder, error);
	column = rows_column(MODALITY_FACE);
	if (!path || !import_begin(&import, arena, folder, 1, &column, options, error))
		return false;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		if (!add_split(&import, path, split, error))
			return false;
	return import_end(&import, corpus, error);
}
