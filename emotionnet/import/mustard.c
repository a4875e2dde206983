/* MUStARD++: A. Ray et al., "A Multimodal Corpus for Emotion Recognition in Sarcasm", LREC
 * 2022: utterances of television series, half of them sarcastic, each with the dialogue
 * before it. The table has a row for every line of dialogue; that of the utterance itself
 * ends in _u and has labels, those before it, the context, have none and are left out.
 *
 * Each utterance has two emotions: the explicit one, which its words and manner show, and
 * the implicit one, which is meant. Where somebody is sarcastic they differ. --label says
 * which it shall be: emotion (meant, the default), said (shown), or sarcasm; all three
 * are columns. The authors publish no split: it is made by speaker (split.h), the same for
 * each of the three. */
#include "emotionnet/import/table.h"
#include "tensor/plot/escape.h"
#include "text/list.h"

#include <string.h>

static const char *const tables[] = { "mustard++_text.csv", NULL };

static const LabelName emotions[] = { { "Neutral", "neutral" }, { "Happiness", "joy" },
	{ "Excitement", "excitement" }, { "Surprise", "surprise" }, { "Fear", "fear" },
	{ "Sadness", "sadness" }, { "Anger", "anger" }, { "Frustration", "frustration" },
	{ "Disgust", "disgust" }, { "Ridicule", "ridicule" }, { NULL, NULL } };
/* "1.0" where a program has read the numbers and written them again */
static const LabelName sarcasms[] = { { "1", "sarcastic" }, { "0", "sincere" },
	{ "1.0", "sarcastic" }, { "0.0", "sincere" }, { NULL, NULL } };

/* What may be the label, and all three as columns; the last has the names of the
 * table's own columns. */
enum { MEANT, SAID, SARCASM, CHOICES };
static const char *const choices[CHOICES + 1] = { "emotion", "said", "sarcasm", NULL };
static const LabelName *const labels[CHOICES] = { emotions, emotions, sarcasms };

/* The columns that are read; those from SHOW on are kept under `extra_names`, after the
 * three choices. */
enum { KEY = CHOICES, TEXT, SPEAKER, SHOW, KIND, VALENCE, AROUSAL, COLUMNS };
static const char *const column_names[COLUMNS] = { "Implicit_Emotion", "Explicit_Emotion",
	"Sarcasm", "KEY", "SENTENCE", "SPEAKER", "SHOW", "Sarcasm_Type", "Valence",
	"Arousal" };
enum { KEPT = COLUMNS - SHOW, EXTRAS = CHOICES + KEPT };
static const char *const extra_names[EXTRAS] = { "emotion", "said", "sarcasm", "show",
	"sarcasm_type", "valence", "arousal" };

typedef struct Mustard {
	Import *import;
	int choice, context;
	int column[COLUMNS];
} Mustard;

static bool add_row(void *context, const Table *table, Error *why)
{
	Mustard *mustard = context;
	Arena *arena = mustard->import->arena;
	const char *field[COLUMNS];
	for (int c = 0; c < COLUMNS; c++)
		field[c] = table->row.fields[mustard->column[c]];
	bool labelled = *field[MEANT] || *field[SAID] || *field[SARCASM];
	size_t size = strlen(field[KEY]);
	if (!labelled && size > 2 && strcmp(field[KEY] + size - 2, "_u") != 0) {
		mustard->context++;
		return true;
	}
	const char *where = table_where(table);
	const char **extra = ARENA_ARRAY(arena, const char *, EXTRAS);
	for (int i = 0; i < CHOICES; i++) {
		extra[i] = import_label(
		        arena, labels[i], field[i], where, column_names[i], why);
		if (!extra[i])
			return false;
	}
	memcpy(extra + CHOICES, field + SHOW, KEPT * sizeof *extra);
	Utterance utterance = {
		.id = field[KEY],
		.speaker = field[SPEAKER],
		.label = extra[MEANT],
		.text = field[TEXT],
		.wav = "",
		.end = -1,
		.extra = extra,
	};
	return import_add(mustard->import, &utterance, where, why);
}

/* The choice that --label names. */
static bool choose(Mustard *mustard, const ImportOptions *options, Error *error)
{
	mustard->choice = options->label ? names_find(choices, options->label) : MEANT;
	return mustard->choice >= 0 ||
	       error_set(error,
	               "--label %.40s: MUStARD++ has emotion (what is meant), said (what words and manner show) and sarcasm",
	               options->label);
}

bool import_mustard(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Import import;
	Mustard mustard = { .import = &import };
	Table table;
	if (!import_begin(&import, arena, folder, EXTRAS, extra_names, options, error) ||
	        !choose(&mustard, options, error))
		return false;
	const char *path = table_find(arena, folder, tables, error);
	if (!path || !table_open(&table, &import, path, error) ||
	        !table_columns(&table, column_names, COLUMNS, mustard.column,
	                "expected MUStARD++'s CSV as published", error) ||
	        !table_rows(&table, add_row, &mustard, error))
		return false;
	if (options->warnings)
		terminal_print(options->warnings,
		        "%s: %d rows of context passed over: they have no label\n", path,
		        mustard.context);
	/* by what is meant, whatever the label is: answers on one test can be compared */
	import_make_splits(&import);
	for (int i = 0; i < import.corpus.count; i++)
		import.corpus.utterances[i].label =
		        import.corpus.utterances[i].extra[mustard.choice];
	return import_end(&import, corpus, error);
}
