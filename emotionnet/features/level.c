/* level.c: means and deviations of the training split and of each speaker, and each
 * number of an example in deviations from the mean. */
#include "emotionnet/features/level.h"

#include "emotionnet/features/causal.h"
#include "emotionnet/features/faces.h"

/* ---- of the training split --------------------------------------------------------- */

/* Of the steps of a modality, or of the functionals beside them. */
static Level learn(
        Arena *arena, const Dataset *training, ModalityKind kind, bool whole, int width)
{
	real *mean = ARENA_ARRAY(arena, real, (size_t)width);
	real *scale = ARENA_ARRAY(arena, real, (size_t)width);
	Tensor *x = ARENA_ARRAY(arena, Tensor, (size_t)training->count);
	for (int i = 0; i < training->count; i++)
		x[i] = whole ? training->items[i].whole : training->items[i].steps[kind];
	frames_statistics(arena, x, training->count, width, mean, scale);
	return (Level){ mean, scale };
}

void level_learn(Frontend *frontend, const Dataset *training, Arena *arena)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		if (!frontend->width[kind])
			continue;
		Level level = learn(arena, training, kind, false, frontend->width[kind]);
		frontend->mean[kind] = level.mean;
		frontend->scale[kind] = level.scale;
	}
	frontend->whole = learn(arena, training, MODALITY_SPEECH, true, training->whole);
}

/* ---- of an example and of speakers ------------------------------------------------- */

/* Functionals have no level of their own to be normalised over: they are one step. */
static void functionals_normalise(Arena *scratch, Tensor x, Level level)
{
	frames_normalise(scratch, x, NORMALISE_CORPUS, level.mean, level.scale, 0);
	functionals_tame(x);
}

void level_beside(const Frontend *frontend, Tensor whole, Arena *scratch)
{
	functionals_normalise(scratch, whole, frontend->whole);
}

void level_example(
        const Frontend *frontend, Example *example, ModalityKind kind, Arena *scratch)
{
	Tensor steps = example->steps[kind];
	bool speech = kind == MODALITY_SPEECH && frontend_reads_sound(frontend);
	bool speaker = speech && frontend->normalise == NORMALISE_SPEAKER;
	Level level = speaker ? (Level){ example->mean, example->scale }
	                      : (Level){ frontend->mean[kind], frontend->scale[kind] };
	if (!steps.shape[0])
		return;
	if (speech && example->whole.shape[0])
		functionals_normalise(scratch, example->whole,
		        speaker ? (Level){ example->whole_mean, example->whole_scale }
		                : frontend->whole);
	if (speech && !frontend_reads_frames(frontend))
		functionals_normalise(scratch, steps, level);
	else if (speech && frontend->frames.causal &&
	         frontend->normalise == NORMALISE_RUNNING)
		causal_normalise(
		        scratch, steps, &frontend->frames, level.mean, level.scale);
	else
		frames_normalise(scratch, steps,
		        speech ? frontend->normalise : NORMALISE_CORPUS, level.mean,
		        level.scale, frames_memory(&frontend->frames));
	if (kind == MODALITY_FACE && frontend_reads_track(frontend))
		faces_fill(steps);
}

static Tensor sound_of(const Example *example)
{
	return example->steps[MODALITY_SPEECH];
}

static Tensor face_of(const Example *example)
{
	return example->steps[MODALITY_FACE];
}

static Level level_of(const Frontend *frontend, ModalityKind kind)
{
	return (Level){ frontend->mean[kind], frontend->scale[kind] };
}

/* Brings each face to the level of its speaker's; the only one of a speaker to that of
 * the training split: a vector has none of its own. */
static Enrolled level_faces(const Frontend *frontend, Dataset *data, const Corpus *corpus)
{
	Arena *scratch = arena_new("faces, scratch");
	Enrolment e = enrol(scratch, frontend, data, corpus, MODALITY_FACE);
	Level average = level_of(frontend, MODALITY_FACE);
	Level *levels = enrol_levels(
	        scratch, &e, face_of, frontend->width[MODALITY_FACE], average);
	for (int i = 0; i < data->count; i++) {
		int who = e.who[i];
		bool alone = who < 0 || e.first[who + 1] - e.first[who] < 2;
		Level own = alone ? average : levels[who];
		frames_normalise(scratch, data->items[i].steps[MODALITY_FACE],
		        NORMALISE_CORPUS, own.mean, own.scale, 0);
		faces_fill(data->items[i].steps[MODALITY_FACE]);
	}
	arena_free(scratch);
	return e.told;
}

static Tensor whole_of(const Example *example)
{
	return example->whole;
}

Enrolled level_speakers(
        const Frontend *frontend, Dataset *data, const Corpus *corpus, Arena *arena)
{
	Enrolment e = enrol(arena, frontend, data, corpus, MODALITY_SPEECH);
	Level average = level_of(frontend, MODALITY_SPEECH);
	Level *levels = enrol_levels(
	        arena, &e, sound_of, frontend->width[MODALITY_SPEECH], average);
	Level *wholes = enrol_levels(
	        arena, &e, whole_of, frames_whole(&frontend->frames), frontend->whole);
	for (int i = 0; i < data->count; i++) {
		if (e.who[i] < 0)
			continue;
		/* functionals of a single clip have no level of their own */
		int who = e.who[i];
		bool alone = e.first[who + 1] - e.first[who] < 2;
		bool frames = frontend_reads_frames(frontend);
		Level own = alone && !frames ? average : levels[who];
		Level whole = alone ? frontend->whole : wholes[who];
		data->items[i].mean = own.mean;
		data->items[i].scale = own.scale;
		data->items[i].whole_mean = whole.mean;
		data->items[i].whole_scale = whole.scale;
	}
	return e.told;
}

bool level_speakers_of(const Frontend *frontend, Dataset *data, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	Enrolled told = { 0 };
	if (frontend_faces_by_speaker(frontend))
		told = level_faces(frontend, data, corpus);
	if (frontend_by_speaker(frontend))
		told = level_speakers(frontend, data, corpus, data->arenas[0]);
	run->enrolled[split] = told;
	run->remarks.of[REMARK_ALONE] += told.alone;
	if (told.speakers || !told.alone)
		return true;
	return error_set(error,
	        "%s: nobody in the %s split has two clips by which a voice or face could be normalised. Hint: the column speaker says whose each clip is; --normalise utterance needs no speaker; evaluate takes --reference",
	        corpus->source, split_name(split));
}
