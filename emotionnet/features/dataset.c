/* dataset.c: the examples of a split, their sound and vectors read from files on all
 * threads. */
#include "emotionnet/features/dataset.h"

#include "emotionnet/corpus/sound.h"
#include "emotionnet/features/cache.h"
#include "emotionnet/features/faces.h"
#include "emotionnet/features/store.h"
#include "tensor/file/hash.h"
#include "tensor/plot/escape.h"

#include <string.h>

/* ---- vectors of the corpus --------------------------------------------------------- */

const char *dataset_row(
        const Corpus *corpus, const Utterance *utterance, ModalityKind kind)
{
	const char *row = corpus_extra(corpus, utterance, rows_column(kind));
	return row ? row : "";
}

bool dataset_vector(const Frontend *frontend, Example *example, Arena *arena,
        ModalityKind kind, Rows *rows, const char *text, Error *error)
{
	Tensor row;
	if (!rows_get(rows, text, &row, error))
		return false;
	if (row.shape[1] != frontend->width[kind])
		return error_set(error,
		        "%s %s: expected a row of %d numbers, as in training, found %d",
		        rows_column(kind), text, frontend->width[kind], row.shape[1]);
	example->steps[kind] = tensor_clone(arena, row);
	return true;
}

/* ---- a split ----------------------------------------------------------------------- */

/* What one thread needs to itself. */
typedef struct Worker {
	Arena *kept, *scratch;
	Store *store; /* in `kept` */
	Remarks remarks;
	int rate; /* the least of its clips; 0: none yet */
} Worker;

typedef struct Extraction {
	const Frontend *frontend;
	const Corpus *corpus;
	const char *cache, *store; /* folders, or NULL */
	const char *kept;          /* of FrameSource */
	Heard *heard;              /* as FrontendRun's */
	Worker *workers;
	Dataset *data;
	const char **why; /* for each example: what of it cannot be read, or NULL */
} Extraction;

static bool has_sound(const Corpus *corpus, const Utterance *utterance)
{
	return corpus->sound || utterance->wav[0];
}

static void take_rate(int *least, int rate)
{
	if (rate && (!*least || rate < *least))
		*least = rate;
}

/* From memory where it is there, else from its file. */
static bool hear(const Extraction *extraction, const FrameSource *source, Worker *worker,
        Heard *heard, Error *error)
{
	int copies = 1 + source->vary->copies;
	size_t place = (size_t)source->utterance * (size_t)copies + (size_t)source->copy;
	Heard *known = extraction->heard ? &extraction->heard[place] : NULL;
	bool there = known && known->frames.data;
	if (there)
		*heard = *known;
	else if (!frames_of_utterance(
	                 heard, worker->scratch, worker->scratch, source, error))
		return false;
	heard->frames = store_keep(worker->store, heard->frames);
	if (heard->whole.data)
		heard->whole = store_keep(worker->store, heard->whole);
	if (known && !there)
		*known = *heard;
	return true;
}

static bool extract_sound(
        const Extraction *extraction, Example *example, Worker *worker, Error *error)
{
	const Corpus *corpus = extraction->corpus;
	Heard heard;
	FrameSource source = {
		.corpus = corpus,
		.settings = &extraction->frontend->frames,
		.vary = &extraction->frontend->vary,
		.cache = extraction->cache,
		.kept = extraction->kept,
		.utterance = example->utterance,
		.copy = example->copy,
	};
	if (!has_sound(corpus, &corpus->utterances[example->utterance]))
		return true;
	if (!hear(extraction, &source, worker, &heard, error))
		return false;
	example->steps[MODALITY_SPEECH] = heard.frames;
	example->whole = heard.whole;
	example->begin = heard.begin;
	example->seconds = heard.seconds;
	take_rate(&worker->rate, heard.rate);
	heard.remarks.of[REMARK_RATE] = heard.rate < extraction->frontend->rate;
	if (!example->copy)
		remarks_add(&worker->remarks, &heard.remarks);
	return true;
}

/* On the steps of the sound, which has been read. */
static bool extract_face(
        const Extraction *extraction, Example *example, Worker *worker, Error *error)
{
	Tensor *steps = &example->steps[MODALITY_FACE];
	if (!faces_read(extraction->frontend, example, worker->scratch,
	            extraction->corpus, error))
		return false;
	if (steps->shape[0])
		*steps = store_keep(worker->store, *steps);
	return true;
}

/* What of an example is read from files of its own: its sound, its face in time. */
static void extract_one(void *context, int index, int number)
{
	const Extraction *extraction = context;
	const Frontend *frontend = extraction->frontend;
	Worker *worker = &extraction->workers[number];
	Example *example = &extraction->data->items[index];
	Error error;
	bool good = (!frontend_reads_sound(frontend) ||
	                    extract_sound(extraction, example, worker, &error)) &&
	            (!frontend_reads_track(frontend) ||
	                    extract_face(extraction, example, worker, &error));
	if (!good)
		extraction->why[index] = arena_string(worker->kept, error.text);
	arena_reset(worker->scratch);
}

/* The vectors of all examples, in order; what fails is left in `why`. */
static void extract_vectors(const Extraction *extraction, ModalityKind kind, Rows *rows)
{
	Dataset *data = extraction->data;
	const Corpus *corpus = extraction->corpus;
	Store *store = store_new(data->arenas[0], extraction->store);
	Arena *scratch = arena_new("vectors, scratch");
	for (int i = 0; i < data->count; i++) {
		Example *example = &data->items[i];
		const char *row = dataset_row(
		        corpus, &corpus->utterances[example->utterance], kind);
		Error error;
		if (!*row)
			continue;
		if (dataset_vector(extraction->frontend, example, scratch, kind, rows,
		            row, &error))
			example->steps[kind] = store_keep(store, example->steps[kind]);
		else
			extraction->why[i] = arena_string(data->arenas[0], error.text);
		arena_reset(scratch);
	}
	arena_free(scratch);
	store_close(store);
}

/* Leaves out the examples of which something could not be read, or fails with the
 * first. */
static bool drop_bad(Extraction *extraction, FrontendRun *run, Error *error)
{
	Dataset *data = extraction->data;
	int kept = 0;
	int *moved = ARENA_ARRAY(data->arenas[0], int, (size_t)data->count);
	for (int i = 0; i < data->count; i++) {
		const char *why = extraction->why[i];
		const Example *example = &data->items[i];
		if (!why && example->copy)
			why = extraction->why[example->original];
		const Utterance *utterance =
		        &extraction->corpus->utterances[data->items[i].utterance];
		if (!why) {
			moved[i] = kept;
			data->items[kept] = data->items[i];
			data->items[kept++].original = moved[example->original];
			continue;
		}
		if (example->copy && extraction->why[example->original])
			continue; /* it has been named */
		if (!run->skip_bad)
			return error_set(error, "%s:%d: utterance \"%s\": %s%s",
			        extraction->corpus->source, utterance->line,
			        utterance->id, why, sound_hint(why));
		run->skipped++;
		if (run->warnings)
			terminal_print(run->warnings, "Left out: %s:%d: %s\n",
			        extraction->corpus->source, utterance->line, why);
	}
	data->count = kept;
	return true;
}

/* The sound and face of every example, on all threads. */
static void extract_all(Extraction *extraction, FrontendRun *run)
{
	Dataset *data = extraction->data;
	int threads = pool_threads(run->pool);
	extraction->workers = ARENA_ARRAY(data->arenas[0], Worker, (size_t)threads);
	for (int t = 0; t < threads; t++) {
		extraction->workers[t].kept = data->arenas[1 + t];
		extraction->workers[t].store =
		        store_new(data->arenas[1 + t], extraction->store);
		extraction->workers[t].scratch = arena_new("features, scratch");
	}
	pool_run(run->pool, data->count, extract_one, extraction);
	for (int t = 0; t < threads; t++) {
		remarks_add(&run->remarks, &extraction->workers[t].remarks);
		take_rate(&run->rate, extraction->workers[t].rate);
		arena_free(extraction->workers[t].scratch);
		store_close(extraction->workers[t].store);
	}
}

/* All that is read from files. */
static bool extract(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Rows *rows, FrontendRun *run, Error *error)
{
	Extraction extraction = {
		.frontend = frontend,
		.corpus = corpus,
		.cache = run->cache,
		.heard = run->heard,
		.data = data,
		.why = ARENA_ARRAY(data->arenas[0], const char *, (size_t)data->count),
	};
	if (run->cache && cache_make(data->arenas[0], run->cache, NULL))
		extraction.store = run->cache;
	if (frontend_reads_sound(frontend) && extraction.store)
		extraction.kept = cache_settings(data->arenas[0], &frontend->frames);
	if (frontend_reads_sound(frontend) || frontend_reads_track(frontend))
		extract_all(&extraction, run);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (frontend_reads_vector(frontend, kind))
			extract_vectors(&extraction, kind, rows);
	return drop_bad(&extraction, run, error);
}

Example dataset_example(const Frontend *frontend, int label, int utterance)
{
	Example example = { .label = label, .utterance = utterance, .whole.ndim = 2 };
	for (int m = 0; m < MODALITIES; m++)
		example.steps[m] =
		        (Tensor){ .ndim = 2, .shape = { 0, frontend->width[m] } };
	return example;
}

/* An empty example for each utterance of the split whose label is known. */
static bool list_examples(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *utterance = &corpus->utterances[i];
		if (utterance->split != split)
			continue;
		int label = labels_index(&frontend->labels, utterance->label);
		if (label >= 0) {
			Example *example = &data->items[data->count];
			*example = dataset_example(frontend, label, i);
			example->original = data->count++;
			continue;
		}
		Error why;
		error_set(&why,
		        "%s:%d: the label \"%s\" of \"%s\" is not one that the model knows (the train split has %d, such as \"%s\")",
		        corpus->source, utterance->line, utterance->label, utterance->id,
		        frontend->labels.count,
		        frontend->labels.count ? frontend->labels.names[0] : "");
		if (!run->skip_bad)
			return error_set(error,
			        "%s. Hint: --skip-bad goes on without it.", why.text);
		run->skipped++;
		if (run->warnings)
			fprintf(run->warnings, "Left out: %s\n", why.text);
	}
	return true;
}

/* After the utterances themselves, the copies of those that have a sound. */
static void list_copies(Dataset *data, const Frontend *frontend, const Corpus *corpus)
{
	int originals = data->count;
	for (int copy = 1; copy <= frontend->vary.copies; copy++)
		for (int i = 0; i < originals; i++) {
			if (!has_sound(corpus,
			            &corpus->utterances[data->items[i].utterance]))
				continue;
			data->items[data->count] = data->items[i];
			data->items[data->count++].copy = copy;
		}
}

/* Copies are made where there is something to learn, of what is heard. */
static int copies_of(const Frontend *frontend, Split split)
{
	bool made = split == SPLIT_TRAIN && frontend_reads_sound(frontend);
	return made ? frontend->vary.copies : 0;
}

static void dataset_new(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, int threads)
{
	*data = (Dataset){ .count = 0 };
	frontend_widths(frontend, data);
	Arena *first = arena_new("features");
	data->arena_count = 1 + threads;
	data->arenas = ARENA_ARRAY(first, Arena *, (size_t)data->arena_count);
	data->arenas[0] = first;
	for (int t = 0; t < threads; t++)
		data->arenas[1 + t] = arena_new("features of a thread");
	size_t count = (size_t)corpus_count(corpus, split);
	count *= 1 + (size_t)copies_of(frontend, split);
	data->items = ARENA_ARRAY(first, Example, count);
}

bool dataset_read(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, Rows *rows, FrontendRun *run, Error *error)
{
	dataset_new(data, frontend, corpus, split, pool_threads(run->pool));
	if (list_examples(data, frontend, corpus, split, run, error)) {
		if (copies_of(frontend, split))
			list_copies(data, frontend, corpus);
		bool read = extract(data, frontend, corpus, rows, run, error);
		if (read && (data->count || !corpus_count(corpus, split)))
			return true;
		if (read)
			error_set(error,
			        "%s: nothing of the %s split can be used: all of its %d utterances were left out",
			        corpus->source, split_name(split),
			        corpus_count(corpus, split));
	}
	dataset_free(data);
	return false;
}

const char *dataset_recording(Arena *arena, const Example *example)
{
	Tensor frames = example->steps[MODALITY_SPEECH];
	if (!frames.shape[0] || example->copy)
		return NULL;
	uint64_t hash =
	        hash_quick(HASH_BEGIN, frames.data, tensor_count(frames) * sizeof(real));
	return arena_format(
	        arena, "%d %016llx", frames.shape[0], (unsigned long long)hash);
}
