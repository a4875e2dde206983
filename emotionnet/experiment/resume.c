/* resume.c: saves all that one step hands to the next, and reads it again. */
#include "emotionnet/experiment/resume.h"

#include "emotionnet/pretrained.h"
#include "tensor/file/hash.h"
#include "tensor/clock.h"
#include "text/list.h"
#include "text/vocabulary_text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SETTINGS CHECKPOINT_STATE "settings"
#define DATA     CHECKPOINT_STATE "data"

/* ---- what it learns from ----------------------------------------------------------- */

/* What the front end learnt: ids and frames mean nothing without it. */
static uint64_t hash_frontend(Arena *parent, uint64_t hash, const Frontend *frontend)
{
	Arena *arena = arena_child(parent, "fingerprint");
	hash = hash_texts(hash, frontend->labels.names, frontend->labels.count);
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
		if (example->whole.shape[0])
			hash = hash_bytes(hash, example->whole.data,
			        tensor_count(example->whole) * sizeof(real));
		if (example_has(example, MODALITY_SPEECH) && words)
			hash = hash_bytes(hash, example->spans, 2 * words * sizeof(int));
	}
	return hash;
}

const char *resume_data(Arena *arena, const Frontend *frontend, const Dataset *training,
        const Dataset *validation)
{
	uint64_t hash = hash_frontend(arena, HASH_BEGIN, frontend);
	hash = hash_examples(hash, training);
	hash = hash_examples(hash, validation);
	return arena_format(arena,
	        "%d utterances to learn from and %d to validate, fingerprint %016llx",
	        training->count, validation->count, (unsigned long long)hash);
}

static bool save_checkpoint(const void *model, const Params *kept, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error)
{
	Checkpoint best = *(const Checkpoint *)model;
	best.params = *kept;
	return checkpoint_save_state(&best, state, keep_state, context, path, error);
}

Resume resume_new(Arena *arena, const char *path, const char *settings, double every,
        Trainer *trainer, const Checkpoint *checkpoint)
{
	const char *data = resume_data(
	        arena, &checkpoint->frontend, trainer->training, trainer->validation);
	for (int m = 0; m < MODALITIES; m++) {
		const Pretrained *begins = checkpoint->config.encoder[m].pretrained;
		if (begins && checkpoint->config.reads.has[m])
			data = arena_format(arena, "%s, %s %s", data, begins->path,
			        pretrained_hash(arena, begins));
	}
	return (Resume){
		.path = path,
		.settings = settings,
		.data = data,
		.every = every,
		.trainer = trainer,
		.save = save_checkpoint,
		.model = checkpoint,
	};
}

bool resume_exists(const Resume *resume)
{
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

/* Every number of the run. */
typedef struct State {
	const Resume *resume;
	TrainPosition at;
	Plateau plateau;
	const double *losses, *scores; /* (at.epoch) */
} State;

static void keep(Record *r, State *state)
{
	TrainPosition *at = &state->at;
	Plateau *plateau = &state->plateau;
	const double least = -(double)INFINITY, most = (double)INFINITY;
	record_int(r, CHECKPOINT_STATE "epoch", &at->epoch, 0, 1000000);
	record_int(r, CHECKPOINT_STATE "step", &at->step, 0,
	        state->resume->trainer->steps - 1);
	record_real(r, CHECKPOINT_STATE "total", &at->total, least, most);
	record_real(r, CHECKPOINT_STATE "loss", &at->loss, least, most);
	record_int(r, CHECKPOINT_STATE "best", &at->best, 0, 1000000);
	record_real(r, CHECKPOINT_STATE "score", &at->score, least, most);
	record_real(r, CHECKPOINT_STATE "smoothed", &at->smoothed, least, most);
	record_real(r, CHECKPOINT_STATE "weight", &at->weight, 0, 1);
	record_real(r, CHECKPOINT_STATE "plateau.rate", &plateau->rate, least, most);
	record_real(r, CHECKPOINT_STATE "plateau.best", &plateau->best, least, most);
	record_int(r, CHECKPOINT_STATE "plateau.waited", &plateau->waited, 0, 1000000);
	if (r->failed || !at->epoch || !record_has(r, CHECKPOINT_STATE "losses"))
		return; /* older files do not have them */
	record_reals(r, CHECKPOINT_STATE "losses", &state->losses, at->epoch, 17);
	record_reals(r, CHECKPOINT_STATE "scores", &state->scores, at->epoch, 17);
}

static State state_of(const Resume *resume)
{
	const Trainer *trainer = resume->trainer;
	return (State){ resume, trainer->at, trainer->plan.plateau, trainer->losses,
		trainer->scores };
}

static void keep_all(Record *r, void *context)
{
	State *state = context;
	Resume resume = *state->resume;
	record_text(r, SETTINGS, &resume.settings);
	record_text(r, DATA, &resume.data);
	keep(r, state);
}

bool resume_save(const Resume *resume, Error *error)
{
	Trainer *trainer = resume->trainer;
	if (trainer->options.average > 0)
		average_settle(&trainer->average);
	Arena *arena = arena_child(trainer->arena, "resume");
	State state = state_of(resume);
	Params tensors = state_tensors(arena, trainer);
	bool saved = resume->save(resume->model, &trainer->kept, &tensors, keep_all,
	        &state, resume->path, error);
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

static bool load(const Resume *resume, Arena *arena, Error *error)
{
	Trainer *trainer = resume->trainer;
	SafetensorsFile file;
	if (!safetensors_open(&file, arena, resume->path, error) ||
	        !check_same(resume, arena, &file, error))
		return false;
	State state = state_of(resume);
	Record record = { .arena = arena,
		.metadata = &file.metadata,
		.path = resume->path,
		.error = error };
	keep(&record, &state);
	if (record.failed)
		return false;
	Params all = state_tensors(arena, trainer);
	add_views(&all, NULL, &trainer->kept);
	if (!safetensors_load(&file, &all, error))
		return false;
	state.plateau.begun = state.at.epoch > 0;
	for (int e = 0; e < state.at.epoch && e < trainer->options.epochs; e++) {
		trainer->losses[e] = state.losses[e];
		trainer->scores[e] = state.scores[e];
	}
	trainer->at = state.at;
	trainer->plan.plateau = state.plateau;
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
