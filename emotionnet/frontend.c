#include "emotionnet/frontend.h"

#include "emotionnet/word_times.h"
#include "text/tokens.h"

#include <string.h>

/* ---- words to ids ------------------------------------------------------------------------------- */

static int clamp(double value, int most)
{
	return value < 0 ? 0 : value > most ? most : (int)value;
}

static Tokens split_text(const Frontend *frontend, Arena *arena, const char *text)
{
	return (frontend->characters ? tokens_characters : tokens_split)(arena, text);
}

/* Ids of the tokens, and the frames that each is spoken in, at least one where there are any: by the
 * manifest's word times, or, without them, an even share of the clip for each word. */
static void read_text(const Frontend *frontend, Example *example, Arena *arena,
        Arena *scratch, const char *text, const char *times)
{
	ArenaMark mark = arena_mark(scratch);
	Tokens tokens = split_text(frontend, scratch, text);
	int count =
	        tokens.count < frontend->max_words ? tokens.count : frontend->max_words;
	int *ids = ARENA_ARRAY(arena, int, (size_t)count);
	int *spans = ARENA_ARRAY(arena, int, 2 * (size_t)count);
	int frames = example->frames.shape[0];
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
			begin = spoken[word].start * per_second;
			end = spoken[word].end * per_second;
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

/* ---- a split ----------------------------------------------------------------------------------- */

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
	const char **why; /* for each example: why its sound cannot be read, or NULL */
} Extraction;

static bool has_sound(const Corpus *corpus, const Utterance *utterance)
{
	return corpus->sound || utterance->wav[0];
}

static void extract_sound(void *context, int index, int number)
{
	const Extraction *extraction = context;
	const Frontend *frontend = extraction->frontend;
	Worker *worker = &extraction->workers[number];
	Example *example = &extraction->data->items[index];
	const Corpus *corpus = extraction->corpus;
	example->frames =
	        (Tensor){ .ndim = 2, .shape = { 0, frontend->frames.mel.bands.count } };
	if (!frontend->speech ||
	        !has_sound(corpus, &corpus->utterances[example->utterance]))
		return;
	bool cut;
	Error error;
	Tensor frames;
	if (frames_of_utterance(&frames, worker->kept, worker->scratch, corpus,
	            example->utterance, &frontend->frames, extraction->cache, &cut,
	            &error)) {
		example->frames = frames;
		worker->cut += cut;
	} else {
		extraction->why[index] = arena_string(worker->kept, error.text);
	}
	arena_reset(worker->scratch);
}

/* Leaves out the examples whose sound could not be read, or fails with the first. */
static bool drop_bad(Extraction *extraction, FrontendRun *run, Error *error)
{
	Dataset *data = extraction->data;
	int kept = 0;
	for (int i = 0; i < data->count; i++) {
		const char *why = extraction->why[i];
		const Utterance *utterance =
		        &extraction->corpus->utterances[data->items[i].utterance];
		if (!why) {
			data->items[kept++] = data->items[i];
			continue;
		}
		if (!run->skip_bad)
			return error_set(error,
			        "%s:%d: utterance \"%s\": %s. Hint: --skip-bad goes on "
			        "without it.",
			        extraction->corpus->source, utterance->line,
			        utterance->id, why);
		run->skipped++;
		if (run->warnings)
			fprintf(run->warnings, "Left out: %s:%d: %s\n",
			        extraction->corpus->source, utterance->line, why);
	}
	data->count = kept;
	return true;
}

/* The sound of every example of a split, on all threads. */
static bool extract(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        FrontendRun *run, Error *error)
{
	int threads = pool_threads(run->pool);
	Arena *arena = data->arenas[0];
	Extraction extraction = {
		.frontend = frontend,
		.corpus = corpus,
		.cache = run->cache,
		.workers = ARENA_ARRAY(arena, Worker, (size_t)threads),
		.data = data,
		.why = ARENA_ARRAY(arena, const char *, (size_t)data->count),
	};
	for (int t = 0; t < threads; t++) {
		extraction.workers[t].kept = data->arenas[1 + t];
		extraction.workers[t].scratch = arena_new("features, scratch");
	}
	pool_run(run->pool, data->count, extract_sound, &extraction);
	for (int t = 0; t < threads; t++) {
		run->cut += extraction.workers[t].cut;
		arena_free(extraction.workers[t].scratch);
	}
	return drop_bad(&extraction, run, error);
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
			data->items[data->count++] =
			        (Example){ .label = label, .utterance = i };
			continue;
		}
		Error why;
		error_set(&why,
		        "%s:%d: the label \"%s\" of \"%s\" is not one that the model "
		        "knows "
		        "(the train split has %d, such as \"%s\")",
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

static void dataset_new(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, int threads)
{
	*data = (Dataset){ .mels = frontend->speech ? frontend->frames.mel.bands.count
		                                    : 1 };
	Arena *first = arena_new("features");
	data->arena_count = 1 + threads;
	data->arenas = ARENA_ARRAY(first, Arena *, (size_t)data->arena_count);
	data->arenas[0] = first;
	for (int t = 0; t < threads; t++)
		data->arenas[1 + t] = arena_new("features of a thread");
	data->items = ARENA_ARRAY(first, Example, (size_t)corpus_count(corpus, split));
}

void dataset_free(Dataset *data)
{
	/* The list of arenas stands in the first: that one goes last. */
	for (int i = data->arena_count - 1; i >= 0; i--)
		arena_free(data->arenas[i]);
	*data = (Dataset){ 0 };
}

/* Examples with sound as it comes, and no words yet. */
static bool dataset_read(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	dataset_new(data, frontend, corpus, split, pool_threads(run->pool));
	if (list_examples(data, frontend, corpus, split, run, error) &&
	        extract(data, frontend, corpus, run, error))
		return true;
	dataset_free(data);
	return false;
}

/* Words to ids and frames to a common level, by what was learnt. */
static void dataset_finish(Dataset *data, const Frontend *frontend, const Corpus *corpus)
{
	Arena *scratch = arena_new("text, scratch");
	for (int i = 0; i < data->count; i++) {
		Example *example = &data->items[i];
		const Utterance *utterance = &corpus->utterances[example->utterance];
		const char *times = corpus_extra(corpus, utterance, "word_times");
		if (frontend->text)
			read_text(frontend, example, data->arenas[0], scratch,
			        utterance->text, times);
		if (example->frames.shape[0])
			frames_normalise(scratch, example->frames, frontend->normalise,
			        frontend->mean, frontend->scale);
	}
	arena_free(scratch);
}

/* ---- learning from the training split ---------------------------------------------------------- */

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

static void learn_level(Frontend *frontend, const Dataset *training, Arena *arena)
{
	int mels = frontend->frames.mel.bands.count;
	real *mean = ARENA_ARRAY(arena, real, (size_t)mels);
	real *scale = ARENA_ARRAY(arena, real, (size_t)mels);
	Tensor *frames = ARENA_ARRAY(arena, Tensor, (size_t)training->count);
	for (int i = 0; i < training->count; i++)
		frames[i] = training->items[i].frames;
	frames_statistics(arena, frames, training->count, mels, mean, scale);
	frontend->mean = mean;
	frontend->scale = scale;
}

bool frontend_fit(Frontend *frontend, Dataset data[SPLIT_COUNT], Arena *arena,
        const Corpus *corpus, FrontendRun *run, Error *error)
{
	frontend->labels = training_labels(corpus, arena);
	if (frontend->speech)
		frontend->frames.plan =
		        mel_plan(arena, &frontend->frames.mel, FRAMES_RATE);
	if (frontend->text)
		frontend->vocabulary = training_vocabulary(frontend, corpus, arena);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		if (dataset_read(&data[split], frontend, corpus, split, run, error))
			continue;
		while (split-- > SPLIT_TRAIN)
			dataset_free(&data[split]);
		return false;
	}
	if (frontend->speech)
		learn_level(frontend, &data[SPLIT_TRAIN], arena);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		dataset_finish(&data[split], frontend, corpus);
	return true;
}

bool frontend_apply(const Frontend *frontend, Dataset *data, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	if (!dataset_read(data, frontend, corpus, split, run, error))
		return false;
	dataset_finish(data, frontend, corpus);
	return true;
}

void frontend_example(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const Clip *clip)
{
	int mels = frontend->speech ? frontend->frames.mel.bands.count : 1;
	*example =
	        (Example){ .label = -1, .frames = { .ndim = 2, .shape = { 0, mels } } };
	bool cut;
	if (clip)
		example->frames = frames_of_clip(arena, *clip, &frontend->frames, &cut);
	if (text) {
		Arena *scratch = arena_new("text, scratch");
		read_text(frontend, example, arena, scratch, text, NULL);
		arena_free(scratch);
	}
	if (clip)
		frames_normalise(arena, example->frames, frontend->normalise,
		        frontend->mean, frontend->scale);
}
