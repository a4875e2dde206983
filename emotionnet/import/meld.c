/* MELD: S. Poria et al., "MELD: A Multimodal Multi-Party Dataset for Emotion Recognition
 * in Conversations", ACL 2019. Each split is a CSV, an utterance a row; its clip is
 * published as diaX_uttY.mp4, from which people extract diaX_uttY.wav. StartTime and
 * EndTime are of the episode, not of the clip, and are left out. */
#include "emotionnet/import/import.h"
#include "tensor/file/folder.h"
#include "emotionnet/import/table.h"
#include "tensor/plot/escape.h"

#include <string.h>

enum { PLACES = 2 };
static const struct Part {
	Split split;
	const char *name;            /* as ids have it */
	const char *table;           /* the CSV */
	const char *folders[PLACES]; /* where clips may be */
} parts[] = {
	{ SPLIT_TRAIN, "train", "train_sent_emo.csv", { "train", "train_splits" } },
	{ SPLIT_VALIDATION, "dev", "dev_sent_emo.csv", { "dev", "dev_splits_complete" } },
	{ SPLIT_TEST, "test", "test_sent_emo.csv",
	        { "test", "output_repeated_splits_test" } },
};

static const LabelName emotions[] = { { "neutral", "neutral" },
	{ "surprise", "surprise" }, { "fear", "fear" }, { "sadness", "sadness" },
	{ "joy", "joy" }, { "disgust", "disgust" }, { "anger", "anger" },
	{ NULL, NULL } };

/* The columns that are read; those from SENTIMENT on are kept under `extra_names`. */
enum { TEXT, SPEAKER, EMOTION, SENTIMENT, DIALOGUE, UTTERANCE, SEASON, EPISODE, COLUMNS };
static const char *const column_names[COLUMNS] = { "Utterance", "Speaker", "Emotion",
	"Sentiment", "Dialogue_ID", "Utterance_ID", "Season", "Episode" };
enum { EXTRAS = COLUMNS - SENTIMENT };
static const char *const extra_names[EXTRAS] = { "sentiment", "dialogue", "utterance",
	"season", "episode" };

typedef struct Meld {
	Import *import;
	const struct Part *part;
	const char *clips; /* a folder, or NULL if there are none */
	int column[COLUMNS];
} Meld;

/* The first folder of the part that has a .wav; *clips stays NULL if none has. */
static bool find_clips(Meld *meld, const char *folder, Error *error)
{
	Arena *arena = meld->import->arena;
	for (int i = 0; i < PLACES && !meld->clips; i++) {
		const char *clips =
		        arena_format(arena, "%s/%s", folder, meld->part->folders[i]);
		Files sounds, films;
		if (!path_is_folder(clips))
			continue;
		if (!folder_files(&sounds, arena, clips, 0, ".wav", error) ||
		        !folder_files(&films, arena, clips, 0, ".mp4", error))
			return false;
		if (sounds.count)
			meld->clips = path_folder(arena, sounds.paths[0]);
		else if (films.count && meld->import->options->warnings)
			terminal_print(meld->import->options->warnings,
			        "%s: %d .mp4 but no .wav, so there will be text only. To extract the sound: for f in %s/*.mp4; do ffmpeg -i \"$f\" -ac 1 -ar 16000 \"${f%%.mp4}.wav\"; done\n",
			        clips, films.count, clips);
	}
	return true;
}

static bool add_row(void *context, const Table *table, Error *why)
{
	const Meld *meld = context;
	Arena *arena = meld->import->arena;
	const char *field[COLUMNS];
	for (int c = 0; c < COLUMNS; c++)
		field[c] = table->row.fields[meld->column[c]];
	const char *where = table_where(table);
	const char *label =
	        import_label(arena, emotions, field[EMOTION], where, "Emotion", why);
	if (!label)
		return false;
	const char *clip =
	        arena_format(arena, "dia%s_utt%s", field[DIALOGUE], field[UTTERANCE]);
	const char *wav = "";
	Error absent;
	if (meld->clips) {
		wav = arena_format(arena, "%s/%s.wav", meld->clips, clip);
		if (!path_check_file(wav, &absent))
			return error_set(why, "%s: clip %s", where, absent.text);
	}
	Utterance utterance = {
		.id = arena_format(arena, "%s_%s", meld->part->name, clip),
		.speaker = field[SPEAKER],
		.label = label,
		.text = field[TEXT],
		.wav = wav,
		.end = -1,
		.split = import_split(meld->import, field[SPEAKER], meld->part->split),
		.extra = arena_copy(arena, field + SENTIMENT, EXTRAS * sizeof field[0]),
	};
	return import_add(meld->import, &utterance, where, why);
}

static bool read_part(Meld *meld, const char *folder, Error *error)
{
	const char *path =
	        arena_format(meld->import->arena, "%s/%s", folder, meld->part->table);
	Table table;
	return find_clips(meld, folder, error) &&
	       table_open(&table, meld->import, path, error) &&
	       table_columns(&table, column_names, COLUMNS, meld->column,
	               "expected MELD's CSV as published", error) &&
	       table_rows(&table, add_row, meld, error);
}

bool import_meld(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	if (!import_begin(&import, arena, folder, EXTRAS, extra_names, options, error))
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		Meld meld = { .import = &import, .part = &parts[i] };
		if (!read_part(&meld, folder, error))
			return false;
	}
	return import_end(&import, corpus, error);
}
