/* MELD: S. Poria et al., "MELD: A Multimodal Multi-Party Dataset for Emotion Recognition
 * in Conversations", ACL 2019. Each split is a CSV, an utterance a row; its clip is
 * published as diaX_uttY.mp4, from which people extract diaX_uttY.wav. StartTime and
 * EndTime are of the episode, not of the clip, and are left out. */
#include "emotionnet/import/import.h"
#include "emotionnet/corpus/csv.h"
#include "tensor/file/folder.h"
#include "emotionnet/import/build.h"
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

static const char *const emotions[] = { "neutral", "surprise", "fear", "sadness", "joy",
	"disgust", "anger" };

/* The columns that are read; those from SENTIMENT on are kept under `extra_names`. */
enum { TEXT, SPEAKER, EMOTION, SENTIMENT, DIALOGUE, UTTERANCE, SEASON, EPISODE, COLUMNS };
static const char *const column_names[COLUMNS] = { "Utterance", "Speaker", "Emotion",
	"Sentiment", "Dialogue_ID", "Utterance_ID", "Season", "Episode" };
enum { EXTRAS = COLUMNS - SENTIMENT };
static const char *const extra_names[EXTRAS] = { "sentiment", "dialogue", "utterance",
	"season", "episode" };

typedef struct Table {
	Import *import;
	const struct Part *part;
	const char *path, *clips; /* clips: a folder, or NULL if there are none */
	int column[COLUMNS];
} Table;

static bool find_columns(Table *table, const CsvRow *header, Error *error)
{
	for (int c = 0; c < COLUMNS; c++) {
		table->column[c] = -1;
		for (int i = 0; i < header->count; i++)
			if (strcmp(header->fields[i], column_names[c]) == 0)
				table->column[c] = i;
		if (table->column[c] < 0)
			return error_set(error,
			        "%s:%d: the header lacks the column \"%s\": expected MELD's CSV as published",
			        table->path, header->line, column_names[c]);
	}
	return true;
}

/* The first folder of the part that has a .wav; *clips stays NULL if none has. */
static bool find_clips(Table *table, const char *folder, Error *error)
{
	Arena *arena = table->import->arena;
	for (int i = 0; i < PLACES && !table->clips; i++) {
		const char *clips =
		        arena_format(arena, "%s/%s", folder, table->part->folders[i]);
		Files sounds, films;
		if (!path_is_folder(clips))
			continue;
		if (!folder_files(&sounds, arena, clips, 0, ".wav", error) ||
		        !folder_files(&films, arena, clips, 0, ".mp4", error))
			return false;
		if (sounds.count)
			table->clips = path_folder(arena, sounds.paths[0]);
		else if (films.count && table->import->options->warnings)
			terminal_print(table->import->options->warnings,
			        "%s: %d .mp4 but no .wav, so there will be text only. To extract the sound: for f in %s/*.mp4; do ffmpeg -i \"$f\" -ac 1 -ar 16000 \"${f%%.mp4}.wav\"; done\n",
			        clips, films.count, clips);
	}
	return true;
}

static bool known_emotion(const char *name)
{
	for (size_t i = 0; i < sizeof emotions / sizeof emotions[0]; i++)
		if (strcmp(name, emotions[i]) == 0)
			return true;
	return false;
}

static bool add_row(const Table *table, const CsvRow *row, Error *why)
{
	Arena *arena = table->import->arena;
	const char *field[COLUMNS];
	for (int c = 0; c < COLUMNS; c++)
		field[c] = row->fields[table->column[c]];
	const char *where = arena_format(arena, "%s:%d", table->path, row->line);
	if (!known_emotion(field[EMOTION]))
		return error_set(why,
		        "%s: Emotion: expected neutral, surprise, fear, sadness, joy, disgust or anger, found \"%.40s\"",
		        where, field[EMOTION]);
	const char *clip =
	        arena_format(arena, "dia%s_utt%s", field[DIALOGUE], field[UTTERANCE]);
	const char *wav = "";
	Error absent;
	if (table->clips) {
		wav = arena_format(arena, "%s/%s.wav", table->clips, clip);
		if (!path_check_file(wav, &absent))
			return error_set(why, "%s: clip %s", where, absent.text);
	}
	Utterance utterance = {
		.id = arena_format(arena, "%s_%s", table->part->name, clip),
		.speaker = field[SPEAKER],
		.label = field[EMOTION],
		.text = field[TEXT],
		.wav = wav,
		.end = -1,
		.split = import_split(table->import, field[SPEAKER], table->part->split),
		.extra = arena_copy(arena, field + SENTIMENT, EXTRAS * sizeof field[0]),
	};
	return import_add(table->import, &utterance, where, why);
}

static bool read_table(Table *table, const char *folder, Error *error)
{
	Arena *arena = table->import->arena;
	CsvReader reader;
	CsvRow row;
	Bytes bytes;
	table->path = arena_format(arena, "%s/%s", folder, table->part->table);
	if (!find_clips(table, folder, error) ||
	        !file_read(&bytes, arena, table->path, error) ||
	        !csv_open(&reader, table->path, bytes, error))
		return false;
	reader.warnings = table->import->options->warnings;
	CsvResult result = csv_next(&reader, &row, arena, error);
	if (result == CSV_END)
		return error_set(error, "%s: expected MELD's CSV, found an empty file",
		        table->path);
	if (result == CSV_BAD || !find_columns(table, &row, error))
		return false;
	for (;;) {
		Error why;
		result = csv_next(&reader, &row, arena, &why);
		if (result == CSV_END)
			return true;
		bool good = result == CSV_ROW && add_row(table, &row, &why);
		if (!good && !import_skip(table->import, &why, error))
			return false;
	}
}

bool import_meld(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	if (!import_begin(&import, arena, folder, EXTRAS, extra_names, options, error))
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		Table table = { .import = &import, .part = &parts[i] };
		if (!read_table(&table, folder, error))
			return false;
	}
	return import_end(&import, corpus, error);
}
