/* CREMA-D: H. Cao et al., "CREMA-D: Crowd-sourced Emotional Multimodal Actors Dataset",
 * IEEE Transactions on Affective Computing 5(4), 2014. 91 actors say twelve sentences in
 * six emotions, one of the sentences with three intensities:
 *
 *     AudioWAV/ 1001 _ DFA _ ANG _ XX .wav      actor, sentence, emotion, intensity
 *
 * One published name has a single X. VideoDemographics.csv, where it is there, says the
 * actors' sex and age. No splits are published: they are made by actor. */
#include "emotionnet/import/clips.h"
#include "emotionnet/import/table.h"
#include "tensor/file/folder.h"

#include <string.h>

static const Code sentences[] = { { "IEO", "It's eleven o'clock." },
	{ "TIE", "That is exactly what happened." },
	{ "IOM", "I'm on my way to the meeting." },
	{ "IWW", "I wonder what this is about." },
	{ "TAI", "The airplane is almost full." },
	{ "MTI", "Maybe tomorrow it will be cold." },
	{ "IWL", "I would like a new alarm clock." },
	{ "ITH", "I think I have a doctor's appointment." },
	{ "DFA", "Don't forget a jacket." }, { "ITS", "I think I've seen this before." },
	{ "TSI", "The surface is slick." },
	{ "WSI", "We'll stop in a couple of minutes." }, { NULL, NULL } };
static const Code emotions[] = { { "ANG", "anger" }, { "DIS", "disgust" },
	{ "FEA", "fear" }, { "HAP", "joy" }, { "NEU", "neutral" }, { "SAD", "sadness" },
	{ NULL, NULL } };
static const Code intensities[] = { { "LO", "low" }, { "MD", "medium" }, { "HI", "high" },
	{ "XX", "" }, { "X", "" }, { NULL, NULL } };
static const Code sexes[] = { { "Male", "male" }, { "Female", "female" },
	{ NULL, NULL } };

enum { SENTENCE, INTENSITY, SEX, AGE, COLUMNS };
static const char *const columns[COLUMNS] = { "sentence", "intensity", "sex", "age" };
enum { LEVELS = 3, ACTOR_DIGITS = 4 };

typedef struct CremaD {
	Import import;
	StringSet actors; /* of VideoDemographics.csv */
	const char **sex, **age;
	int sexes, ages; /* for how many there is room */
	int column[3];   /* where actor, age and sex are */
} CremaD;

static bool add_actor(void *context, const Table *table, Error *why)
{
	CremaD *crema = context;
	Arena *arena = crema->import.arena;
	const char *field[3];
	for (int c = 0; c < 3; c++)
		field[c] = table->row.fields[crema->column[c]];
	const char *sex = code_find(sexes, field[2]);
	int count = crema->actors.count, actor = stringset_add(&crema->actors, field[0]);
	if (!sex || actor < count)
		return error_set(why, "%s: expected each actor once, and Male or Female",
		        table_where(table));
	crema->age =
	        arena_grow(arena, crema->age, count, &crema->ages, sizeof *crema->age);
	crema->sex =
	        arena_grow(arena, crema->sex, count, &crema->sexes, sizeof *crema->sex);
	crema->age[actor] = field[1];
	crema->sex[actor] = sex;
	return true;
}

static bool read_actors(CremaD *crema, const char *path, Error *error)
{
	static const char *const names[] = { "ActorID", "Age", "Sex" };
	Table table;
	return table_open(&table, &crema->import, path, error) &&
	       table_columns(&table, names, 3, crema->column,
	               "expected VideoDemographics.csv as published", error) &&
	       table_rows(&table, add_actor, crema, error);
}

/* "1001" */
static bool is_actor(const char *text)
{
	return strlen(text) == ACTOR_DIGITS && strspn(text, "0123456789") == ACTOR_DIGITS;
}

static bool add_clip(void *context, const char *path, Error *why)
{
	CremaD *crema = context;
	Arena *arena = crema->import.arena;
	int count;
	const char *const *field = clip_fields(arena, path, &count);
	bool whole = count == 4 && is_actor(field[0]);
	const char *text = whole ? code_find(sentences, field[1]) : NULL;
	const char *label = whole ? code_find(emotions, field[2]) : NULL;
	const char *intensity = whole ? code_find(intensities, field[3]) : NULL;
	if (!text || !label || !intensity)
		return error_set(why,
		        "%s: expected a name such as 1001_DFA_ANG_XX.wav: actor of four digits, sentence IEO TIE IOM IWW TAI MTI IWL ITH DFA ITS TSI WSI, emotion ANG DIS FEA HAP NEU SAD, intensity LO MD HI XX",
		        path);
	int actor = stringset_find(&crema->actors, field[0]);
	const char **extra = ARENA_ARRAY(arena, const char *, COLUMNS);
	extra[SENTENCE] = field[1];
	extra[INTENSITY] = intensity;
	extra[SEX] = actor < 0 ? "" : crema->sex[actor];
	extra[AGE] = actor < 0 ? "" : crema->age[actor];
	Utterance utterance = {
		.id = clip_stem(arena, path),
		.speaker = field[0],
		.label = label,
		.text = text,
		.wav = path,
		.end = -1,
		.extra = extra,
	};
	return import_add(&crema->import, &utterance, path, why);
}

bool import_cremad(Corpus *corpus, Arena *arena, const char *folder,
        const ImportOptions *options, Error *error)
{
	CremaD crema = { .actors = stringset_new(arena) };
	const char *table = arena_format(arena, "%s/VideoDemographics.csv", folder);
	Error absent;
	bool has_table = path_check_file(table, &absent);
	if (!import_begin(&crema.import, arena, folder, has_table ? COLUMNS : SEX,
	            columns, options, error) ||
	        (has_table && !read_actors(&crema, table, error)) ||
	        !clips_add(&crema.import, folder, LEVELS, add_clip, &crema, error))
		return false;
	import_make_splits(&crema.import);
	return import_end(&crema.import, corpus, error);
}
