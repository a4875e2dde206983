#include "emotionnet/features/frontend.h"

#include "emotionnet/corpus/rows.h"
#include "emotionnet/corpus/sound.h"
#include "emotionnet/corpus/word_times.h"
#include "text/tokens.h"

#include <string.h>

/* ---- words to ids ------------------------------------------------------------------ */

static int clamp(double value, int most)
{
	return value < 0 ? 0 : value > most ? most : (int)value;
}

static Tokens split_text(const Frontend *frontend, Arena *arena, const char *text)
{
	return (frontend->characters ? tokens_characters : tokens_split)(arena, text);
}

/* Ids of the tokens, and the frames that each is spoken in, at least one where there are
 * any: by the manifest's word times, or, without them, an even share of the clip for
 * each word. */
static void read_text(const Frontend *frontend, Example *example, Arena *arena,
        Arena *scratch, const char *text, const char *times)
{
	double speed = example->copy ? vary_speed(&frontend->vary, example->utterance,
	                                       example->copy)
	                             : 1;
	ArenaMark mark = arena_mark(scratch);
	Tokens tokens = split_text(frontend, scratch, text);
	int count =
	        tokens.count < frontend->max_words ? tokens.count : frontend->max_words;
	int *ids = ARENA_ARRAY(arena, int, (size_t)count);
	int *spans = ARENA_ARRAY(arena, int, 2 * (size_t)count);
	int frames = example->steps[MODALITY_SPEECH].shape[0];
	double per_second = (double)FRAMES_RATE / frontend->frames.mel.stft.hop;
	WordTime *spoken = NULL;
	if (times && times[0])
		spoken = word_times_parse(scratch, times, tokens.words, NULL);
	for (int i = 0; i < count; i++) {
		ids[i] = vocabulary_id(&frontend->vocabulary, tokens.items[i].text);
		if (!frames)
			continue;
		int word = tokens.items[i].word;
		double begin = (double)frames * word / tokens.words;
		double end = (double)frames * (word + 1) / tokens.words;
		if (spoken) {
			begin = (spoken[word].start - example->begin) * per_second /
			        speed;
			end = (spoken[word].end - example->begin) * per_second / speed;
		}
		spans[2 * i] = clamp(begin, frames - 1);
		spans[2 * i + 1] = clamp(end + 1, frames);
		if (spans[2 * i + 1] <= spans[2 * i])
			spans[2 * i + 1] = spans[2 * i] + 1;
	}
	arena_rewind(scratch, mark);
	example->words = count;
	example->ids = ids;
	example->spans = spans;
}

/* ---- vectors of the corpus --------------------------------------------------------- */

bool frontend_reads_words(const Frontend *frontend)
{
	return frontend->reads.has[MODALITY_TEXT] &&
	       !frontend->vectors.has[MODALITY_TEXT];
}

bool frontend_reads_sound(const Frontend *frontend)
{
	return frontend->reads.has[MODALITY_SPEECH] &&
	       !frontend->vectors.has[MODALITY_SPEECH];
}

static bool reads_vector(const Frontend *frontend, ModalityKind kind)
{
	return frontend->reads.has[kind] && frontend->vectors.has[kind];
}

/* What the manifest says of an utterance's vector: "" if it has none. */
static const char *row_of(
        const Corpus *corpus, const Utterance *utterance, ModalityKind kind)
{
	const char *row = corpus_extra(corpus, utterance, rows_column(kind));
	return row ? row : "";
}

/* A copy of the row in the arena, (1,F), not normalised. */
static bool read_vector(const Frontend *frontend, Example *example, Arena *arena,
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
	int cut;
} Worker;

typedef struct Extraction {
	const Frontend *frontend;
	const Corpus *corpus;
	const char *cache;
	Worker *workers;
	Dataset *data;
	const char **why; /* for each example: what of it cannot be read, or NULL */
} Extraction;

static bool has_sound(const Corpus *corpus, const Utterance *utterance)
{
	return corpus->sound || utterance->wav[0];
}

static void extract_sound(void *context, int index, int number)
{
	const Extraction *extraction = context;
	Worker *worker = &extraction->workers[number];
	Example *example = &extraction->data->items[index];
	const Corpus *corpus = extraction->corpus;
	if (!has_sound(corpus, &corpus->utterances[example->utterance]))
		return;
	Error error;
	Heard heard;
	if (frames_of_utterance(&heard, worker->kept, worker->scratch, corpus,
	            example->utterance, &extraction->frontend->frames,
	            &extraction->frontend->vary, example->copy, extraction->cache,
	            &error)) {
		example->steps[MODALITY_SPEECH] = heard.frames;
		example->begin = heard.begin;
		worker->cut += heard.cut && !example->copy;
	} else {
		extraction->why[index] = arena_string(worker->kept, error.text);
	}
	arena_reset(worker->scratch);
}

/* The vectors of all examples, in order; what fails is left in `why`. */
static void extract_vectors(const Extraction *extraction, ModalityKind kind, Rows *rows)
{
	Dataset *data = extraction->data;
	const Corpus *corpus = extraction->corpus;
	for (int i = 0; i < data->count; i++) {
		Example *example = &data->items[i];
		const char *row =
		        row_of(corpus, &corpus->utterances[example->utterance], kind);
		Error error;
		if (*row && !read_vector(extraction->frontend, example, data->arenas[0],
		                    kind, rows, row, &error))
			extraction->why[i] = arena_string(data->arenas[0], error.text);
	}
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
			fprintf(run->warnings, "Left out: %s:%d: %s\n",
			        extraction->corpus->source, utterance->line, why);
	}
	data->count = kept;
	return true;
}

/* The sound of every example, on all threads. */
static void extract_sounds(Extraction *extraction, FrontendRun *run)
{
	Dataset *data = extraction->data;
	int threads = pool_threads(run->pool);
	extraction->workers = ARENA_ARRAY(data->arenas[0], Worker, (size_t)threads);
	for (int t = 0; t < threads; t++) {
		extraction->workers[t].kept = data->arenas[1 + t];
		extraction->workers[t].scratch = arena_new("features, scratch");
	}
	pool_run(run->pool, data->count, extract_sound, extraction);
	for (int t = 0; t < threads; t++) {
		run->cut += extraction->workers[t].cut;
		arena_free(extraction->workers[t].scratch);
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
		.data = data,
		.why = ARENA_ARRAY(data->arenas[0], const char *, (size_t)data->count),
	};
	if (frontend_reads_sound(frontend))
		extract_sounds(&extraction, run);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (reads_vector(frontend, kind))
			extract_vectors(&extraction, kind, rows);
	return drop_bad(&extraction, run, error);
}

static Example example_new(const Frontend *frontend, int label, int utterance)
{
	Example example = { .label = label, .utterance = utterance };
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
			*example = example_new(frontend, label, i);
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
	memcpy(data->width, frontend->width, sizeof data->width);
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

void dataset_free(Dataset *data)
{
	/* The list of arenas stands in the first: that one goes last. */
	for (int i = data->arena_count - 1; i >= 0; i--)
		arena_free(data->arenas[i]);
	*data = (Dataset){ 0 };
}

/* Examples with sound and vectors as they come, and no words yet. */
static bool dataset_read(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, Rows *rows, FrontendRun *run, Error *error)
{
	dataset_new(data, frontend, corpus, split, pool_threads(run->pool));
	if (list_examples(data, frontend, corpus, split, run, error)) {
		if (copies_of(frontend, split))
			list_copies(data, frontend, corpus);
		if (extract(data, frontend, corpus, rows, run, error))
			return true;
	}
	dataset_free(data);
	return false;
}

/* Steps to a common level. A vector is not levelled by itself: it is one step. */
static void normalise(
        const Frontend *frontend, Example *example, ModalityKind kind, Arena *scratch)
{
	Normalise over =
	        reads_vector(frontend, kind) ? NORMALISE_CORPUS : frontend->normalise;
	if (!example->steps[kind].shape[0])
		return;
	bool speaker = over == NORMALISE_SPEAKER;
	frames_normalise(scratch, example->steps[kind], over,
	        speaker ? example->mean : frontend->mean[kind],
	        speaker ? example->scale : frontend->scale[kind],
	        frames_memory(&frontend->frames));
}

/* The level of each speaker, over all that is heard of him in the set. */
static void learn_speakers(Dataset *data, const Frontend *frontend, const Corpus *corpus)
{
	Arena *kept = data->arenas[0], *scratch = arena_new("speakers, scratch");
	int width = frontend->width[MODALITY_SPEECH];
	Tensor *steps = ARENA_ARRAY(scratch, Tensor, (size_t)data->count);
	for (int i = 0; i < data->count; i++) {
		const Example *first = &data->items[i];
		const char *speaker = corpus->utterances[first->utterance].speaker;
		if (!speaker[0] || first->mean)
			continue;
		real *mean = ARENA_ARRAY(kept, real, (size_t)width);
		real *scale = ARENA_ARRAY(kept, real, (size_t)width);
		int count = 0;
		for (int j = i; j < data->count; j++) {
			Example *example = &data->items[j];
			const char *who = corpus->utterances[example->utterance].speaker;
			if (strcmp(who, speaker))
				continue;
			example->mean = mean;
			example->scale = scale;
			steps[count++] = example->steps[MODALITY_SPEECH];
		}
		frames_statistics(scratch, steps, count, width, mean, scale);
	}
	arena_free(scratch);
}

/* Words to ids and steps to a common level, by what was learnt. */
static void dataset_finish(Dataset *data, const Frontend *frontend, const Corpus *corpus)
{
	Arena *scratch = arena_new("text, scratch");
	if (frontend_reads_sound(frontend) && frontend->normalise == NORMALISE_SPEAKER)
		learn_speakers(data, frontend, corpus);
	for (int i = 0; i < data->count; i++) {
		Example *example = &data->items[i];
		const Utterance *utterance = &corpus->utterances[example->utterance];
		const char *times = corpus_extra(corpus, utterance, "word_times");
		if (frontend_reads_words(frontend))
			read_text(frontend, example, data->arenas[0], scratch,
			        utterance->text, times);
		for (ModalityKind kind = 0; kind < MODALITIES; kind++)
			normalise(frontend, example, kind, scratch);
	}
	arena_free(scratch);
}

/* ---- learning from the training split ---------------------------------------------- */

static Labels training_labels(const Corpus *corpus, Arena *arena)
{
	Corpus training = *corpus;
	training.utterances = ARENA_ARRAY(arena, Utterance, (size_t)corpus->count);
	training.count = 0;
	for (int i = 0; i < corpus->count; i++)
		if (corpus->utterances[i].split == SPLIT_TRAIN)
			training.utterances[training.count++] = corpus->utterances[i];
	return corpus_labels(&training, arena);
}

static Vocabulary training_vocabulary(
        const Frontend *frontend, const Corpus *corpus, Arena *arena)
{
	WordCounts counts = wordcounts_new(arena);
	Arena *scratch = arena_new("text, scratch");
	for (int i = 0; i < corpus->count; i++) {
		if (corpus->utterances[i].split != SPLIT_TRAIN)
			continue;
		Tokens tokens = split_text(frontend, scratch, corpus->utterances[i].text);
		wordcounts_add(&counts, &tokens);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return vocabulary_build(arena, &counts, frontend->min_count, 0);
}

/* How many numbers a vector has: as many as the first of the training split. */
static bool learn_width(Frontend *frontend, const Corpus *corpus, ModalityKind kind,
        Rows *rows, Error *error)
{
	Error first = { "" };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *utterance = &corpus->utterances[i];
		const char *text = row_of(corpus, utterance, kind);
		Error why;
		Tensor row;
		if (utterance->split != SPLIT_TRAIN || !*text)
			continue;
		if (rows_get(rows, text, &row, &why)) {
			frontend->width[kind] = row.shape[1];
			return true;
		}
		if (!*first.text)
			first = why;
	}
	if (*first.text)
		return error_set(error, "%s: %s", corpus->source, first.text);
	return error_set(error,
	        "%s: no utterance of the train split has a %s, the vector that %s is to be read by. Hint: a manifest names it as FILE.npy:ROW",
	        corpus->source, rows_column(kind), modality_name(kind));
}

static bool learn_widths(
        Frontend *frontend, const Corpus *corpus, Rows *rows, Error *error)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		frontend->width[kind] = 0;
		if (reads_vector(frontend, kind) &&
		        !learn_width(frontend, corpus, kind, rows, error))
			return false;
	}
	if (frontend_reads_sound(frontend))
		frontend->width[MODALITY_SPEECH] = frames_width(&frontend->frames);
	return true;
}

static void learn_level(
        Frontend *frontend, const Dataset *training, ModalityKind kind, Arena *arena)
{
	int width = frontend->width[kind];
	real *mean = ARENA_ARRAY(arena, real, (size_t)width);
	real *scale = ARENA_ARRAY(arena, real, (size_t)width);
	Tensor *steps = ARENA_ARRAY(arena, Tensor, (size_t)training->count);
	for (int i = 0; i < training->count; i++)
		steps[i] = training->items[i].steps[kind];
	frames_statistics(arena, steps, training->count, width, mean, scale);
	frontend->mean[kind] = mean;
	frontend->scale[kind] = scale;
}

/* The three splits as they come. */
static bool read_splits(const Frontend *frontend, Dataset data[SPLIT_COUNT],
        const Corpus *corpus, Rows *rows, FrontendRun *run, Error *error)
{
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		if (dataset_read(&data[split], frontend, corpus, split, rows, run, error))
			continue;
		while (split-- > SPLIT_TRAIN)
			dataset_free(&data[split]);
		return false;
	}
	return true;
}

bool frontend_fit(Frontend *frontend, Dataset data[SPLIT_COUNT], Arena *arena,
        const Corpus *corpus, FrontendRun *run, Error *error)
{
	frontend->labels = training_labels(corpus, arena);
	if (frontend_reads_sound(frontend))
		frontend->frames.plan =
		        mel_plan(arena, &frontend->frames.mel, FRAMES_RATE);
	if (frontend_reads_words(frontend))
		frontend->vocabulary = training_vocabulary(frontend, corpus, arena);
	Arena *scratch = arena_new("vectors, scratch");
	Rows rows = rows_new(scratch);
	bool read = learn_widths(frontend, corpus, &rows, error) &&
	            read_splits(frontend, data, corpus, &rows, run, error);
	arena_free(scratch);
	if (!read)
		return false;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (frontend->width[kind])
			learn_level(frontend, &data[SPLIT_TRAIN], kind, arena);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		dataset_finish(&data[split], frontend, corpus);
	return true;
}

bool frontend_apply(const Frontend *frontend, Dataset *data, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	Arena *scratch = arena_new("vectors, scratch");
	Rows rows = rows_new(scratch);
	bool read = dataset_read(data, frontend, corpus, split, &rows, run, error);
	arena_free(scratch);
	if (read)
		dataset_finish(data, frontend, corpus);
	return read;
}

/* ---- one utterance ----------------------------------------------------------------- */

void frontend_example(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const Clip *clip)
{
	*example = example_new(frontend, -1, 0);
	bool cut;
	if (clip)
		example->steps[MODALITY_SPEECH] =
		        frames_of_clip(arena, *clip, &frontend->frames, &cut);
	if (text) {
		Arena *scratch = arena_new("text, scratch");
		read_text(frontend, example, arena, scratch, text, NULL);
		arena_free(scratch);
	}
	normalise(frontend, example, MODALITY_SPEECH, arena);
}

bool frontend_vector(const Frontend *frontend, Example *example, Arena *arena,
        ModalityKind kind, const char *row, Error *error)
{
	Rows rows = rows_new(arena);
	if (!read_vector(frontend, example, arena, kind, &rows, row, error))
		return false;
	normalise(frontend, example, kind, arena);
	return true;
}

/* ---- other words, another sound ---------------------------------------------------- */

void frontend_reword(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const char *times)
{
	Arena *scratch = arena_new("text, scratch");
	read_text(frontend, example, arena, scratch, text, times);
	arena_free(scratch);
}

void frontend_resound(const Frontend *frontend, Example *example, Arena *arena, Clip clip)
{
	bool cut;
	Arena *scratch = arena_new("sound, scratch");
	Tensor frames = frames_of_clip(scratch, clip, &frontend->frames, &cut);
	example->steps[MODALITY_SPEECH] = tensor_clone(arena, frames);
	normalise(frontend, example, MODALITY_SPEECH, scratch);
	arena_free(scratch);
}

/* ---- what is not known ------------------------------------------------------------- */

double frontend_unknown_share(const Dataset *data)
{
	double unknown = 0, count = 0;
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		for (int w = 0; w < example->words && !example->copy; w++) {
			count++;
			unknown += example->ids[w] == VOCABULARY_UNKNOWN;
		}
	}
	return unknown / count;
}
