/* EmoryNLP: S. M. Zahiri, J. D. Choi, "Emotion Detection on TV Show Transcripts with
 * Sequence-based Convolutional Neural Networks", AAAI workshops 2018: dialogues of the
 * series that MELD took its own from, with other labels. Each split is a CSV, an utterance
 * a row: train.csv, dev.csv and test.csv, or emorynlp_train_final.csv and its like, as MELD's
 * authors publish them again. Who speaks is written as a Python list, ['Ross Geller'],
 * of several where they speak together. Times are of the episode, and are left out. */
#include "emotionnet/import/table.h"
#include "text/list.h"

#include <string.h>

static const struct Part {
	Split split;
	const char *name; /* as ids have it */
	const char *tables[3];
} parts[] = {
	{ SPLIT_TRAIN, "train", { "train.csv", "emorynlp_train_final.csv", NULL } },
	{ SPLIT_VALIDATION, "dev", { "dev.csv", "emorynlp_dev_final.csv", NULL } },
	{ SPLIT_TEST, "test", { "test.csv", "emorynlp_test_final.csv", NULL } },
};

/* Six of the feeling wheel of Willcox (1982), and neutral. */
static const LabelName emotions[] = { { "Neutral", "neutral" }, { "Joyful", "joy" },
	{ "Peaceful", "peaceful" }, { "Powerful", "powerful" }, { "Scared", "fear" },
	{ "Mad", "anger" }, { "Sad", "sadness" }, { NULL, NULL } };

/* The columns that are read; those from SCENE on are kept under `extra_names`. */
enum { TEXT, SPEAKER, EMOTION, SCENE, UTTERANCE, SEASON, EPISODE, COLUMNS };
static const char *const column_names[COLUMNS] = { "Utterance", "Speaker", "Emotion",
	"Scene_ID", "Utterance_ID", "Season", "Episode" };
enum { EXTRAS = COLUMNS - SCENE };
static const char *const extra_names[EXTRAS] = { "scene", "utterance", "season",
	"episode" };

typedef struct EmoryNlp {
	Import *import;
	const struct Part *part;
	int column[COLUMNS];
} EmoryNlp;

/* ['Monica Geller', "Phoebe's Assistant"] -> Monica Geller, Phoebe's Assistant; what is
 * no such list, as it is. */
static const char *speakers_of(Arena *arena, const char *list)
{
	size_t size = strlen(list), room = 0;
	if (size < 2 || list[0] != '[' || list[size - 1] != ']')
		return list;
	char *names = arena_alloc(arena, size);
	char quote = 0;
	for (const char *c = list + 1; c[1]; c++) {
		bool opens = !quote && (*c == '\'' || *c == '"');
		if (opens || *c == quote)
			quote = opens ? *c : 0;
		else
			names[room++] = *c;
	}
	names[room] = '\0';
	return names;
}

static bool add_row(void *context, const Table *table, Error *why)
{
	const EmoryNlp *nlp = context;
	Arena *arena = nlp->import->arena;
	const char *field[COLUMNS];
	for (int c = 0; c < COLUMNS; c++)
		field[c] = table->row.fields[nlp->column[c]];
	const char *where = table_where(table);
	const char *label =
	        import_label(arena, emotions, field[EMOTION], where, "Emotion", why);
	if (!label)
		return false;
	const char *speaker = speakers_of(arena, field[SPEAKER]);
	Utterance utterance = {
		.id = arena_format(arena, "%s_s%se%s_scene%s_utt%s", nlp->part->name,
		        field[SEASON], field[EPISODE], field[SCENE], field[UTTERANCE]),
		.speaker = speaker,
		.label = label,
		.text = field[TEXT],
		.wav = "",
		.end = -1,
		.split = import_split(nlp->import, speaker, nlp->part->split),
		.extra = arena_copy(arena, field + SCENE, EXTRAS * sizeof field[0]),
	};
	return import_add(nlp->import, &utterance, where, why);
}

static bool read_part(EmoryNlp *nlp, const char *folder, Error *error)
{
	const char *path =
	        table_find(nlp->import->arena, folder, nlp->part->tables, error);
	Table table;
	return path && table_open(&table, nlp->import, path, error) &&
	       table_columns(&table, column_names, COLUMNS, nlp->column,
	               "expected EmoryNLP's CSV as published", error) &&
	       table_rows(&table, add_row, nlp, error);
}

bool import_emorynlp(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	if (!import_begin(&import, arena, folder, EXTRAS, extra_names, options, error))
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		EmoryNlp nlp = { .import = &import, .part = &parts[i] };
		if (!read_part(&nlp, folder, error))
			return false;
	}
	return import_end(&import, corpus, error);
}
