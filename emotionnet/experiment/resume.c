#include "emotionnet/experiment/resume.h"

#include "tensor/file/hash.h"
#include "tensor/clock.h"
#include "text/list.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SETTINGS CHECKPOINT_STATE "settings"
#define DATA     CHECKPOINT_STATE "data"

/* ---- what it learns from ----------------------------------------------------------- */

static uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

/* What the front end learnt: ids and frames mean nothing without it. */
static uint64_t hash_frontend(Arena *parent, uint64_t hash, const Frontend *frontend)
{
	Arena *arena = arena_child(parent, "fingerprint");
	for (int c = 0; c < frontend->labels.count; c++)
		hash = hash_text(hash, frontend->labels.names[c]);
	if (frontend->vocabulary.words.count)
		hash = hash_text(hash, vocabulary_to_text(arena, &frontend->vocabulary));
	for (int m = 0; m < MODALITIES; m++) {
		size_t size = (size_t)frontend->width[m] * sizeof(real);
		hash = hash_bytes(hash, frontend->mean[m], size);
		hash = hash_bytes(hash, frontend->scale[m], size);
	}
	arena_free(arena);
	return hash;
}

static uint64_t hash_examples(uint64_t hash, const Dataset *data)
{
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		size_t words = (size_t)example->words;
		hash = hash_bytes(hash, &example->label, sizeof example->label);
		hash = hash_bytes(hash, &example->words, sizeof example->words);
		hash = hash_bytes(hash, example->ids, words * sizeof(int));
		for (int m = 0; m < MODALITIES; m++) {
			int steps = example->steps[m].shape[0];
			hash = hash_bytes(hash, &steps, sizeof steps);
			if (steps)
				hash = hash_bytes(hash, example->steps[m].data,
				        tensor_count(example->steps[m]) * sizeof(real));
		}
		if (example_has(example, MODALITY_SPEECH) && words)
			hash = hash_bytes(hash, example->spans, 2 * words * sizeof(int));
	}
	return hash;
}

static const char *data_text(
        Arena *arena, const Frontend *frontend, const Trainer *trainer)
{
	uint64_t hash = hash_frontend(arena, HASH_BEGIN, frontend);
	hash = hash_examples(hash, trainer->training);
	hash = hash_examples(hash, trainer->validation);
	return arena_format(arena,
	        "%d utterances to learn from and %d to validate, fingerprint %016llx",
	        trainer->training->count, trainer->validation->count,
	        (unsigned long long)hash);
}

Resume resume_new(Arena *arena, const char *path, const char *settings, double every,
        Trainer *trainer, const Checkpoint *checkpoint)
{
	return (Resume){
		.path = path,
		.settings = settings,
		.data = data_text(arena, &checkpoint->frontend, trainer),
		.every = every,
		.trainer = trainer,
		.checkpoint = checkpoint,
	};
}

bool resume_exists(const Resume *resume)
{
	Arena *arena = arena_child(resume->trainer->arena, "resume");
	file_sweep(arena, resume->path);
	arena_free(arena);
	return !access(resume->path, F_OK) || errno != ENOENT;
}

/* ---- what is saved ----------------------------------------------------------------- */

static void add_views(Params *list, const char *prefix, const Params *of)
{
	for (int i = 0; i < of->count; i++)
		params_add_view(list, prefix, of->items[i]);
}

/* Every tensor of the run that is not in the model itself. */
static Params state_tensors(Arena *arena, const Trainer *trainer)
{
	Params state = params_new(arena);
	add_views(&state, CHECKPOINT_STATE "now", trainer->params);
	add_views(&state, "train", trainer->optimiser.state);
	if (trainer->options.average > 0)
		add_views(&state, "train", &trainer->average.state);
	return state;
}

/* Every number: where it stands, and within what a file must lie. */
typedef struct Field {
	const char *key;
	int *whole;     /* one of these */
	double *number; /* two, the other is NULL */
	int most;       /* of a whole number; the least is 0 */
} Field;

enum { FIELDS = 9 };

static void list_fields(
        Field fields[FIELDS], TrainPosition *at, Plateau *plateau, const Trainer *trainer)
{
	const Field all[FIELDS] = {
		{ CHECKPOINT_STATE "epoch", &at->epoch, NULL, 1000000 },
		{ CHECKPOINT_STATE "step", &at->step, NULL, trainer->steps - 1 },
		{ CHECKPOINT_STATE "total", NULL, &at->total, 0 },
		{ CHECKPOINT_STATE "loss", NULL, &at->loss, 0 },
		{ CHECKPOINT_STATE "best", &at->best, NULL, 1000000 },
		{ CHECKPOINT_STATE "score", NULL, &at->score, 0 },
		{ CHECKPOINT_STATE "plateau.rate", NULL, &plateau->rate, 0 },
		{ CHECKPOINT_STATE "plateau.best", NULL, &plateau->best, 0 },
		{ CHECKPOINT_STATE "plateau.waited", &plateau->waited, NULL, 1000000 },
	};
	memcpy(fields, all, sizeof all);
}

bool resume_save(const Resume *resume, Error *error)
{
	const Trainer *trainer = resume->trainer;
	Arena *arena = arena_child(trainer->arena, "resume");
	TrainPosition at = trainer->at;
	Plateau plateau = trainer->plan.plateau;
	Field fields[FIELDS];
	list_fields(fields, &at, &plateau, trainer);
	MetadataItem items[FIELDS + 2] = {
		{ SETTINGS, resume->settings },
		{ DATA, resume->data },
	};
	for (int i = 0; i < FIELDS; i++)
		items[i + 2] = (MetadataItem){ fields[i].key,
			fields[i].whole
			        ? arena_format(arena, "%d", *fields[i].whole)
			        : arena_format(arena, "%.17g", *fields[i].number) };
	Metadata metadata = { items, FIELDS + 2 };
	Params state = state_tensors(arena, trainer);
	Checkpoint best = *resume->checkpoint;
	best.params = trainer->kept;
	bool saved = checkpoint_save_state(&best, &state, &metadata, resume->path, error);
	arena_free(arena);
	return saved;
}

/* ---- going on ---------------------------------------------------------------------- */

/* It must be the run that is asked for. */
static bool check_same(
        const Resume *resume, Arena *arena, const SafetensorsFile *file, Error *error)
{
	const char *settings = metadata_find(&file->metadata, SETTINGS);
	const char *data = metadata_find(&file->metadata, DATA);
	if (!settings || !data)
		return error_set(error,
		        "%s: holds a model, but no training to resume: it was not begun with --resume. Hint: another --out; without --resume, the file is written anew.",
		        resume->path);
	const char *then = lines_without(arena, settings, resume->settings);
	const char *now = lines_without(arena, resume->settings, settings);
	if (*then || *now)
		return error_set(error,
		        "%s: was begun with other settings: then \"%s\", now \"%s\". Hint: the same settings, or another --out.",
		        resume->path, then, now);
	if (strcmp(data, resume->data))
		return error_set(error,
		        "%s: was begun on other data: then %s, now %s. Hint: the corpus as it was, or another --out.",
		        resume->path, data, resume->data);
	return true;
}

static bool read_field(const SafetensorsFile *file, const Field *field, Error *error)
{
	const char *text = metadata_find(&file->metadata, field->key);
	if (!text)
		return error_set(
		        error, "%s: the metadata have no \"%s\"", file->path, field->key);
	char *end;
	double number = strtod(text, &end);
	bool whole = number >= 0 && number <= field->most && floor(number) == number;
	if (end == text || *end || (field->whole && !whole))
		return error_set(error, "%s: metadata \"%s\" is \"%.40s\": expected %s%d",
		        file->path, field->key, text,
		        field->whole ? "a whole number from 0 to " : "a number, such as ",
		        field->most);
	if (field->whole)
		*field->whole = (int)number;
	else
		*field->number = number;
	return true;
}

static bool load(const Resume *resume, Arena *arena, Error *error)
{
	Trainer *trainer = resume->trainer;
	SafetensorsFile file;
	if (!safetensors_open(&file, arena, resume->path, error) ||
	        !check_same(resume, arena, &file, error))
		return false;
	TrainPosition at = trainer->at;
	Plateau plateau = trainer->plan.plateau;
	Field fields[FIELDS];
	list_fields(fields, &at, &plateau, trainer);
	for (int i = 0; i < FIELDS; i++)
		if (!read_field(&file, &fields[i], error))
			return false;
	Params all = state_tensors(arena, trainer);
	add_views(&all, NULL, &trainer->kept);
	if (!safetensors_load(&file, &all, error))
		return false;
	plateau.begun = at.epoch > 0;
	trainer->at = at;
	trainer->plan.plateau = plateau;
	return true;
}

bool resume_load(const Resume *resume, Error *error)
{
	Arena *arena = arena_child(resume->trainer->arena, "resume");
	bool loaded = load(resume, arena, error);
	arena_free(arena);
	return loaded;
}

bool resume_train(const Resume *resume, const Progress *progress, Error *error)
{
	Trainer *trainer = resume->trainer;
	double saved = seconds_now();
	while (trainer_step(trainer)) {
		bool epoch_ended = trainer->at.step == 0;
		if (epoch_ended || seconds_now() - saved >= resume->every) {
			if (!resume_save(resume, error))
				return false;
			saved = seconds_now();
		}
		trainer_show(trainer, progress);
	}
	progress_end(progress);
	return true;
}
