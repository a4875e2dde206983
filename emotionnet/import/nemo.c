/* nEMO: I. Christop, "nEMO: Dataset of Emotional Speech in Polish", LREC-COLING 2024.
 * Nine actors say 90 sentences, the same ones in all six emotions. data.tsv has a row a
 * clip of samples/, its words with it:
 *
 *     file_id, emotion, raw_text, normalized_text, speaker_id, gender, age
 *     EB0_anger_12.wav        speaker, emotion, number of the sentence
 *
 * No splits are published: they are made by speaker. */
#include "emotionnet/import/clips.h"
#include "emotionnet/import/table.h"
#include "emotionnet/corpus/spelling.h"
#include "tensor/file/folder.h"

enum { CLIP, EMOTION, WORDS, SPEAKER, SEX, AGE, FIELDS };
static const char *const header[FIELDS] = { "file_id", "emotion", "raw_text",
	"speaker_id", "gender", "age" };
static const char *const columns[] = { "sex", "age" };
static const LabelName emotions[] = { { "anger", "anger" }, { "fear", "fear" },
	{ "happiness", "joy" }, { "neutral", "neutral" }, { "sadness", "sadness" },
	{ "surprised", "surprise" }, { NULL, NULL } };

typedef struct Nemo {
	Import import;
	const char *clips; /* the folder, from the root on */
	int column[FIELDS];
	Spellings speakers; /* in the table they have blanks before them */
} Nemo;

static bool add_row(void *context, const Table *table, Error *why)
{
	Nemo *nemo = context;
	Arena *arena = nemo->import.arena;
	const char *field[FIELDS], *where = table_where(table);
	for (int c = 0; c < FIELDS; c++)
		field[c] = table->row.fields[nemo->column[c]];
	const char *label =
	        import_label(arena, emotions, field[EMOTION], where, "emotion", why);
	const char *wav = arena_format(arena, "%s/%s", nemo->clips, field[CLIP]);
	Error absent;
	bool other;
	if (!label)
		return false;
	if (!path_check_file(wav, &absent))
		return error_set(why, "%s: clip %s", where, absent.text);
	Utterance utterance = {
		.id = clip_stem(arena, field[CLIP]),
		.speaker = spellings_add(&nemo->speakers, field[SPEAKER], &other),
		.label = label,
		.text = field[WORDS],
		.wav = wav,
		.end = -1,
		.extra = arena_copy(arena, field + SEX, 2 * sizeof *field),
	};
	return import_add(&nemo->import, &utterance, where, why);
}

bool import_nemo(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	Nemo nemo = { .speakers = spellings_new(arena) };
	Table table;
	nemo.clips =
	        path_absolute(arena, arena_format(arena, "%s/samples", folder), error);
	if (!nemo.clips ||
	        !import_begin(&nemo.import, arena, folder, 2, columns, options, error) ||
	        !table_open(&table, &nemo.import,
	                arena_format(arena, "%s/data.tsv", folder), error) ||
	        !table_columns(&table, header, FIELDS, nemo.column,
	                "expected nEMO's data.tsv as published", error) ||
	        !table_rows(&table, add_row, &nemo, error))
		return false;
	import_make_splits(&nemo.import);
	return import_end(&nemo.import, corpus, error);
}
