/* frontend.c: what is learnt from the training split, and what then becomes of words and
 * steps: ids, and numbers at a common level. dataset.c reads them. */
#include "emotionnet/features/frontend.h"

#include "emotionnet/features/dataset.h"
#include "emotionnet/features/faces.h"
#include "emotionnet/features/level.h"
#include "emotionnet/features/pieces.h"
#include "emotionnet/corpus/word_times.h"

#include <string.h>

/* ---- what is read, and how -------------------------------------------------------- */

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

bool frontend_reads_frames(const Frontend *frontend)
{
	return frontend_reads_sound(frontend) &&
	       frontend->frames.hears != HEARS_FUNCTIONALS;
}

bool frontend_reads_vector(const Frontend *frontend, ModalityKind kind)
{
	return frontend->reads.has[kind] && frontend->vectors.has[kind];
}

bool frontend_by_speaker(const Frontend *frontend)
{
	return frontend_reads_sound(frontend) && frontend->normalise == NORMALISE_SPEAKER;
}

bool frontend_faces_by_speaker(const Frontend *frontend)
{
	return frontend->reads.has[MODALITY_FACE] && frontend->faces == NORMALISE_SPEAKER;
}

bool frontend_reads_track(const Frontend *frontend)
{
	return frontend->reads.has[MODALITY_FACE] &&
	       !frontend->vectors.has[MODALITY_FACE];
}

void frontend_widths(const Frontend *frontend, Dataset *data)
{
	memcpy(data->width, frontend->width, sizeof data->width);
	data->whole =
	        frontend_reads_sound(frontend) ? frames_whole(&frontend->frames) : 0;
}

/* ---- words to ids ------------------------------------------------------------------ */

static int clamp(double value, int most)
{
	return value < 0 ? 0 : value > most ? most : (int)value;
}

Tokens frontend_tokens(
        const Frontend *frontend, Arena *arena, const char *text, int **ids)
{
	*ids = NULL;
	if (frontend->tokeniser)
		return pieces_of(frontend->tokeniser, arena, text, ids);
	return (frontend->characters ? tokens_characters : tokens_split)(arena, text);
}

/* The known n-grams of the first words of a text. */
static void read_ngrams(const Frontend *frontend, Example *example, Arena *arena,
        Arena *scratch, Tokens words)
{
	words.count = example->words;
	Ngrams ngrams = ngrams_of(scratch, &frontend->ngrams, &words);
	int *grams = ARENA_ARRAY(arena, int, (size_t)ngrams.all.count);
	int *ends = ARENA_ARRAY(arena, int, (size_t)words.count);
	int known = 0;
	for (int i = 0, k = 0; i < words.count; i++) {
		for (; k < ngrams.ends[i]; k++) {
			const char *gram = ngrams.all.items[k].text;
			grams[known] = vocabulary_id(&frontend->vocabulary, gram);
			known += grams[known] != VOCABULARY_UNKNOWN;
		}
		ends[i] = known;
	}
	example->grams = grams;
	example->gram_ends = ends;
}

/* How many steps in time an example has: of its sound, or else of its face. */
static int steps_in_time(const Frontend *frontend, const Example *example)
{
	int sound = example->steps[MODALITY_SPEECH].shape[0];
	if (frontend_reads_track(frontend) && !(frontend_reads_frames(frontend) && sound))
		return example->steps[MODALITY_FACE].shape[0];
	return sound;
}

/* Ids of the tokens, and the steps that each is spoken in, at least one where there are
 * any: by the manifest's word times, or, without them, an even share of the clip for
 * each word. */
static void read_text(const Frontend *frontend, Example *example, Arena *arena,
        Arena *scratch, const char *text, const char *times, Remarks *remarks)
{
	double speed = example->copy ? vary_speed(&frontend->vary, example->utterance,
	                                       example->copy)
	                             : 1;
	ArenaMark mark = arena_mark(scratch);
	int *pieces;
	Tokens tokens = frontend_tokens(frontend, scratch, text, &pieces);
	int count =
	        tokens.count < frontend->max_words ? tokens.count : frontend->max_words;
	int *ids = ARENA_ARRAY(arena, int, (size_t)count);
	int *spans = ARENA_ARRAY(arena, int, 2 * (size_t)count);
	int frames = steps_in_time(frontend, example);
	double per_second = (double)FRAMES_RATE / frontend->frames.mel.stft.hop;
	WordTime *spoken = NULL;
	if (times && times[0])
		spoken = word_times_parse(scratch, times, tokens.words, NULL);
	for (int i = 0; i < count; i++) {
		ids[i] = pieces ? pieces[i]
		                : vocabulary_id(
		                          &frontend->vocabulary, tokens.items[i].text);
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
	remarks->of[REMARK_WORDS_CUT] += count < tokens.count && !example->copy;
	example->words = count;
	example->ids = ids;
	example->spans = spans;
	example->span_steps = frames;
	if (frontend->ngrams.words)
		read_ngrams(frontend, example, arena, scratch, tokens);
	arena_rewind(scratch, mark);
}

/* Whether the answer rests on words at all. */
static void remark_words(
        const Frontend *frontend, Remarks *remarks, const Example *example)
{
	int unknown = 0;
	for (int i = 0; i < example->words && !frontend->tokeniser; i++)
		unknown += example->ids[i] == VOCABULARY_UNKNOWN;
	remarks->of[REMARK_NO_WORDS] += !example->words;
	remarks->of[REMARK_UNKNOWN] += example->words && unknown == example->words;
}

/* Words to ids and steps to a common level, by what was learnt. */
static bool dataset_finish(Dataset *data, const Frontend *frontend, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	if (!level_speakers_of(frontend, data, corpus, split, run, error))
		return false;
	Arena *scratch = arena_new("text, scratch");
	for (int i = 0; i < data->count; i++) {
		Example *example = &data->items[i];
		const Utterance *utterance = &corpus->utterances[example->utterance];
		const char *times = corpus_extra(corpus, utterance, "word_times");
		if (frontend_reads_words(frontend))
			read_text(frontend, example, data->arenas[0], scratch,
			        utterance->text, times, &run->remarks);
		if (frontend_reads_words(frontend) && !example->copy)
			remark_words(frontend, &run->remarks, example);
		for (ModalityKind kind = 0; kind < MODALITIES; kind++)
			if (kind != MODALITY_FACE || !frontend_faces_by_speaker(frontend))
				level_example(frontend, example, kind, scratch);
	}
	arena_free(scratch);
	return true;
}

/* ---- learning from the training split ---------------------------------------------- */

static Vocabulary training_vocabulary(
        const Frontend *frontend, const Corpus *corpus, Arena *arena)
{
	WordCounts counts = wordcounts_new(arena);
	Arena *scratch = arena_new("text, scratch");
	for (int i = 0; i < corpus->count; i++) {
		if (corpus->utterances[i].split != SPLIT_TRAIN)
			continue;
		int *unused;
		Tokens tokens = frontend_tokens(
		        frontend, scratch, corpus->utterances[i].text, &unused);
		if (frontend->ngrams.words)
			tokens = ngrams_of(scratch, &frontend->ngrams, &tokens).all;
		wordcounts_add(&counts, &tokens);
		arena_reset(scratch);
	}
	arena_free(scratch);
	return vocabulary_build(arena, &counts, frontend->min_count,
	        frontend->ngrams.words ? FRONTEND_NGRAMS : 0);
}

/* How many numbers a vector has, where its encoder reads only so many. */
static bool check_width(
        const Frontend *frontend, ModalityKind kind, const char *text, Error *error)
{
	int found = frontend->width[kind], asked = frontend->numbers[kind];
	return !asked || found == asked ||
	       error_set(error,
	               "%s %s: a row of %d numbers, but the encoder of the %s reads %d. Hint: pictures are 48 x 48 grey pixels; --%s-encoder vector reads any row",
	               rows_column(kind), text, found, modality_name(kind), asked,
	               modality_name(kind));
}

/* How many numbers a vector has: as many as the first of the training split. */
static bool learn_width(Frontend *frontend, const Corpus *corpus, ModalityKind kind,
        Rows *rows, Error *error)
{
	Error first = { "" };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *utterance = &corpus->utterances[i];
		const char *text = dataset_row(corpus, utterance, kind);
		Error why;
		Tensor row;
		if (utterance->split != SPLIT_TRAIN || !*text)
			continue;
		if (rows_get(rows, text, &row, &why)) {
			frontend->width[kind] = row.shape[1];
			return check_width(frontend, kind, text, error);
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
        Frontend *frontend, Arena *arena, const Corpus *corpus, Rows *rows, Error *error)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		frontend->width[kind] = 0;
		if (frontend_reads_vector(frontend, kind) &&
		        !learn_width(frontend, corpus, kind, rows, error))
			return false;
	}
	if (frontend_reads_sound(frontend))
		frontend->width[MODALITY_SPEECH] = frames_width(&frontend->frames);
	return !frontend_reads_track(frontend) ||
	       faces_learn(frontend, arena, corpus, error);
}

/* The three splits as they come. */
static bool read_splits(Frontend *frontend, Dataset data[SPLIT_COUNT],
        const Corpus *corpus, Rows *rows, FrontendRun *run, Error *error)
{
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		if (dataset_read(
		            &data[split], frontend, corpus, split, rows, run, error)) {
			frontend->rate =
			        split == SPLIT_TRAIN ? run->rate : frontend->rate;
			continue;
		}
		while (split-- > SPLIT_TRAIN)
			dataset_free(&data[split]);
		return false;
	}
	return true;
}

/* A recording that is in the train split and in another. */
static void find_repeated(const Dataset *data, const Corpus *corpus, FrontendRun *run)
{
	Arena *scratch = arena_new("repeated clips");
	StringSet train = stringset_new(scratch);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		for (int i = 0; i < data[split].count; i++) {
			const Example *example = &data[split].items[i];
			const char *key = dataset_recording(scratch, example);
			if (!key)
				continue;
			if (split == SPLIT_TRAIN)
				stringset_add(&train, key);
			else if (stringset_find(&train, key) >= 0 && !run->repeated++)
				run->repeated_id =
				        corpus->utterances[example->utterance].id;
		}
	arena_free(scratch);
}

static void begin(Frontend *frontend, Arena *arena, const Corpus *corpus)
{
	if (!frontend->labels.count)
		frontend->labels = corpus_labels(corpus, SPLIT_TRAIN, arena);
	if (frontend_reads_sound(frontend))
		frames_plan(arena, &frontend->frames);
}

bool frontend_read(Frontend *frontend, Dataset *data, Arena *arena, const Corpus *corpus,
        FrontendRun *run, Error *error)
{
	begin(frontend, arena, corpus);
	Arena *scratch = arena_new("vectors, scratch");
	Rows rows = rows_new(scratch);
	bool read = learn_widths(frontend, arena, corpus, &rows, error) &&
	            dataset_read(data, frontend, corpus, SPLIT_TRAIN, &rows, run, error);
	arena_free(scratch);
	return read;
}

bool frontend_fit(Frontend *frontend, Dataset data[SPLIT_COUNT], Arena *arena,
        const Corpus *corpus, FrontendRun *run, Error *error)
{
	begin(frontend, arena, corpus);
	if (frontend_reads_words(frontend) && !frontend->tokeniser)
		frontend->vocabulary = training_vocabulary(frontend, corpus, arena);
	Arena *scratch = arena_new("vectors, scratch");
	Rows rows = rows_new(scratch);
	bool read = learn_widths(frontend, arena, corpus, &rows, error) &&
	            read_splits(frontend, data, corpus, &rows, run, error);
	arena_free(scratch);
	if (!read)
		return false;
	if (frontend_reads_sound(frontend))
		find_repeated(data, corpus, run);
	level_learn(frontend, &data[SPLIT_TRAIN], arena);
	bool finished = true;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT && finished; split++)
		finished =
		        dataset_finish(&data[split], frontend, corpus, split, run, error);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT && !finished; split++)
		dataset_free(&data[split]);
	return finished;
}

bool frontend_apply(const Frontend *frontend, Dataset *data, const Corpus *corpus,
        Split split, FrontendRun *run, Error *error)
{
	Arena *scratch = arena_new("vectors, scratch");
	Rows rows = rows_new(scratch);
	bool read = dataset_read(data, frontend, corpus, split, &rows, run, error);
	arena_free(scratch);
	if (!read)
		return false;
	bool finished = dataset_finish(data, frontend, corpus, split, run, error);
	if (!finished)
		dataset_free(data);
	return finished;
}

/* ---- one utterance ----------------------------------------------------------------- */

bool frontend_hear(const Frontend *frontend, Example *example, Arena *arena,
        const Clip *clip, Remarks *remarks, Error *error)
{
	bool cut;
	Tensor frames = frames_of_clip(arena, *clip, &frontend->frames, &cut);
	if (!frames.shape[0])
		return error_set(
		        error, "%d samples are too short for one frame", clip->count);
	example->steps[MODALITY_SPEECH] = frames;
	example->whole = frames_beside(arena, *clip, &frontend->frames);
	example->seconds = frames_seconds(*clip, &frontend->frames);
	remarks->of[REMARK_CUT] += cut;
	return true;
}

bool frontend_example(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const Clip *clip, Remarks *remarks, Error *error)
{
	*example = dataset_example(frontend, -1, 0);
	bool speaker = clip && frontend_by_speaker(frontend);
	if (speaker && !frontend->reference)
		return error_set(error,
		        "the model normalises by speaker, and one clip alone tells too little of his voice. Hint: --reference CLIP..., other clips of the same speaker, in several emotions, which need not be known");
	if (clip && !frontend_hear(frontend, example, arena, clip, remarks, error))
		return false;
	if (text) {
		Arena *scratch = arena_new("text, scratch");
		read_text(frontend, example, arena, scratch, text, NULL, remarks);
		remark_words(frontend, remarks, example);
		arena_free(scratch);
	}
	if (speaker)
		level_speakers(frontend, &(Dataset){ .items = example, .count = 1 }, NULL,
		        arena);
	level_example(frontend, example, MODALITY_SPEECH, arena);
	return true;
}

static bool level_alone(const Frontend *frontend, ModalityKind kind, Error *error)
{
	return kind != MODALITY_FACE || !frontend_faces_by_speaker(frontend) ||
	       error_set(error,
	               "the model normalises faces by speaker, of whom one face tells too little. Hint: evaluate a manifest with several of the speaker's");
}

bool frontend_vector(const Frontend *frontend, Example *example, Arena *arena,
        ModalityKind kind, const char *row, Error *error)
{
	Rows rows = rows_new(arena);
	if (!level_alone(frontend, kind, error) ||
	        !dataset_vector(frontend, example, arena, kind, &rows, row, error))
		return false;
	level_example(frontend, example, kind, arena);
	return true;
}

bool frontend_track(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, Error *error)
{
	Track track;
	Error why;
	if (!level_alone(frontend, MODALITY_FACE, error) ||
	        !track_read(&track, arena, text, error))
		return false;
	if (!faces_steps(
	            frontend, example, arena, &track, (FaceTimes){ .speed = 1 }, &why))
		return error_set(error, "%s: %s", text, why.text);
	level_example(frontend, example, MODALITY_FACE, arena);
	return true;
}

/* ---- other words, another sound ---------------------------------------------------- */

void frontend_reword(const Frontend *frontend, Example *example, Arena *arena,
        const char *text, const char *times)
{
	Remarks unused = { { 0 } };
	Arena *scratch = arena_new("text, scratch");
	read_text(frontend, example, arena, scratch, text, times, &unused);
	arena_free(scratch);
}

void frontend_resound(const Frontend *frontend, Example *example, Arena *arena, Clip clip)
{
	bool cut;
	Arena *scratch = arena_new("sound, scratch");
	Tensor frames = frames_of_clip(scratch, clip, &frontend->frames, &cut);
	example->steps[MODALITY_SPEECH] = tensor_clone(arena, frames);
	example->whole =
	        tensor_clone(arena, frames_beside(scratch, clip, &frontend->frames));
	level_example(frontend, example, MODALITY_SPEECH, scratch);
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
