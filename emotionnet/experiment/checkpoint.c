/* checkpoint.c: the metadata are kept by one function for each part, which writes them and
 * reads them (text/record.h); the tensors are the parameters. */
#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/experiment/modalities.h"

#include "emotionnet/corpus/heard.h"
#include "emotionnet/corpus/spelling.h"
#include "emotionnet/encoder_ngrams.h"
#include "emotionnet/experiment/kinds.h"
#include "text/list.h"
#include "text/record.h"
#include "text/stringset.h"
#include "tensor/plot/escape.h"
#include "text/vocabulary_text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FORMAT "emotionnet 1"

/* No width of a layer is larger: a file that says otherwise is not ours, and must not
 * make us ask for the memory. */
enum { WIDEST = 8192 };

/* ---- metadata ---------------------------------------------------------------------- */

static const char *key_of(Arena *arena, ModalityKind kind, const char *what)
{
	return arena_format(arena, "%s.%s", modality_name(kind), what);
}

/* What is kept by its name, where a struct is meant: `found` is what the name came to. */
static void expect(
        Record *r, const char *key, const char *name, bool found, const char *expected)
{
	if (record_reads(r) && !r->failed && !found)
		record_refuse(r, key, name, expected);
}

static void keep_reals(Record *r, const char *key, const real **values, int count)
{
	size_t size = (size_t)count;
	double *wide = ARENA_ARRAY(r->arena, double, size);
	const double *kept = wide;
	for (int i = 0; i < count && !record_reads(r); i++)
		wide[i] = (double)(*values)[i];
	record_reals(r, key, &kept, count, 17);
	if (!record_reads(r))
		return;
	real *narrow = ARENA_ARRAY(r->arena, real, size);
	for (int i = 0; i < count; i++)
		narrow[i] = (real)kept[i];
	*values = narrow;
}

static void keep_words(Record *r, Checkpoint *checkpoint)
{
	static const char *const units[] = { "words", "characters" };
	Frontend *frontend = &checkpoint->frontend;
	int *embed = &checkpoint->config.encoder[MODALITY_TEXT].embed;
	int unit = frontend->characters;
	record_int(r, "text.embed", embed, 1, WIDEST);
	record_choice(r, "text.units", &unit, units, 2);
	record_int(r, "text.max_words", &frontend->max_words, 1, FRONTEND_WORDS);
	frontend->characters = unit;
	NgramSettings *ngrams = &frontend->ngrams;
	if (checkpoint->config.encoder[MODALITY_TEXT].kind == &encoder_ngrams) {
		record_int(r, "text.word_ngrams", &ngrams->words, 1, NGRAMS_WORDS);
		record_int(r, "text.letter_ngrams", &ngrams->letters, 0, NGRAMS_LETTERS);
	}
	encoder_prepare(&checkpoint->config.encoder[MODALITY_TEXT], frontend);
	if (frontend->tokeniser)
		return;
	const char *words = "";
	if (!record_reads(r))
		words = vocabulary_to_text(r->arena, &frontend->vocabulary);
	record_text(r, "text.vocabulary", &words);
	if (record_reads(r) && !r->failed)
		r->failed = !vocabulary_from_text(
		        &frontend->vocabulary, r->arena, r->path, words, r->error);
}

static void keep_sound(Record *r, Frontend *frontend)
{
	FrameSettings *frames = &frontend->frames;
	int over = (int)frontend->normalise;
	record_choice(r, "speech.normalise", &over, normalise_names, NORMALISES);
	frontend->normalise = (Normalise)over;
	frames_keep(r, frames);
	frontend->rate = record_reads(r) ? FRAMES_RATE : frontend->rate;
	if (record_has(r, "speech.rate")) /* older files do not */
		record_int(r, "speech.rate", &frontend->rate, 0, FRAMES_RATE);
	if (!record_reads(r) || r->failed)
		return;
	frames_plan(r->arena, frames);
	frontend->width[MODALITY_SPEECH] = frames_width(frames);
}

static void keep_vectors(Record *r, Frontend *frontend, ModalityKind kind)
{
	int over = (int)frontend->faces, numbers = frontend->numbers[kind];
	record_int(r, key_of(r->arena, kind, "width"), &frontend->width[kind],
	        numbers ? numbers : 1, numbers ? numbers : WIDEST);
	/* older files do not have it, and mean the corpus */
	if (kind == MODALITY_FACE &&
	        (record_reads(r) ? record_has(r, "face.normalise") : over))
		record_choice(r, "face.normalise", &over, normalise_names, NORMALISES);
	frontend->faces = (Normalise)over;
}

/* A face in time: what its numbers are; and, where no sound says so, how many samples of
 * sound a step takes. */
static void keep_track(Record *r, Frontend *frontend)
{
	FrameSettings *frames = &frontend->frames;
	keep_vectors(r, frontend, MODALITY_FACE);
	int count = frontend->width[MODALITY_FACE];
	record_names(r, "face.numbers", &frontend->face_names, &count);
	if (record_reads(r) && !r->failed && count != frontend->width[MODALITY_FACE])
		record_refuse(r, "face.numbers", "a list",
		        arena_format(r->arena, "%d names, one of each number",
		                frontend->width[MODALITY_FACE]));
	if (frontend_reads_sound(frontend))
		return;
	record_int(r, "face.hop", &frames->mel.stft.hop, 1, FRAMES_RATE);
	record_real(
	        r, "face.max_seconds", &frames->max_seconds, FRAMES_LEAST_SECONDS, 1e6);
}

/* Where the file of an encoder is: as it was named, or beside the model. */
static const char *find_file(Record *r, const char *path)
{
	const char *slash = strrchr(r->path, '/');
	if (!access(path, R_OK) || !slash)
		return path;
	size_t end = strlen(path);
	while (end > 1 && path[end - 1] == '/') /* a folder may be named so */
		end--;
	size_t name = end;
	while (name > 0 && path[name - 1] != '/')
		name--;
	const char *beside = arena_format(r->arena, "%.*s/%.*s", (int)(slash - r->path),
	        r->path, (int)(end - name), path + name);
	return access(beside, R_OK) ? path : beside;
}

/* The file that an encoder begins with is named, not copied. */
static void keep_pretrained(Record *r, EncoderConfig *encoder, ModalityKind kind)
{
	Arena *arena = r->arena;
	Pretrained *found = ARENA_NEW(arena, Pretrained);
	if (!record_reads(r))
		*found = *encoder->pretrained;
	const char *hash_key = key_of(arena, kind, "encoder.hash");
	const char *tune_key = key_of(arena, kind, "encoder.tune");
	const char *tune = tune_text(arena, found->tune);
	const char *hash = pretrained_hash(arena, found);
	Error why;
	record_text(r, key_of(arena, kind, "encoder.file"), &found->path);
	record_text(r, hash_key, &hash);
	record_text(r, tune_key, &tune);
	record_flag(r, key_of(arena, kind, "encoder.random"), &found->random);
	if (!record_reads(r) || r->failed)
		return;
	expect(r, tune_key, tune, tune_parse(&found->tune, tune, &why), why.text);
	if (r->failed)
		return;
	found->path = find_file(r, found->path);
	if (!encoder_open(encoder->kind, found, arena, &why)) {
		record_fail(r, "its %s encoder begins with a file: %s",
		        modality_name(kind), why.text);
		return;
	}
	const char *now = pretrained_hash(arena, found);
	if (strcmp(now, hash))
		record_fail(r,
		        "its %s encoder was trained on top of %s with the hash %s, but that file now has %s. Hint: the file as it was, there or beside the model",
		        modality_name(kind), found->path, hash, now);
	encoder->pretrained = found;
}

static void keep_modality(Record *r, Checkpoint *checkpoint, ModalityKind kind)
{
	Arena *arena = r->arena;
	Frontend *frontend = &checkpoint->frontend;
	EncoderConfig *encoder = &checkpoint->config.encoder[kind];
	const char *key = key_of(arena, kind, "encoder");
	const char *name = encoder->kind ? encoder->kind->name : "";
	Error known;
	record_text(r, key, &name);
	if (record_reads(r))
		expect(r, key, name, encoder_find(&encoder->kind, kind, name, &known),
		        known.text);
	if (!r->failed && encoder_pretrained(encoder->kind))
		keep_pretrained(r, encoder, kind);
	if (r->failed)
		return;
	record_int(r, key_of(arena, kind, "hidden"), &encoder->hidden,
	        encoder_least(encoder->kind, kind), WIDEST);
	if (r->failed)
		return;
	encoder_asks(encoder->kind, kind, frontend);
	if (encoder->kind->reads == READS_VECTORS)
		keep_vectors(r, frontend, kind);
	else if (encoder->kind->reads == READS_WORDS)
		keep_words(r, checkpoint);
	else if (kind == MODALITY_FACE)
		keep_track(r, frontend);
	else
		keep_sound(r, frontend);
	int width = frontend->width[kind];
	if (r->failed || !width)
		return;
	keep_reals(r, key_of(arena, kind, "mean"), &frontend->mean[kind], width);
	keep_reals(r, key_of(arena, kind, "scale"), &frontend->scale[kind], width);
	int whole = kind == MODALITY_SPEECH ? frames_whole(&frontend->frames) : 0;
	if (!whole)
		return;
	keep_reals(r, "speech.functionals.mean", &frontend->whole.mean, whole);
	keep_reals(r, "speech.functionals.scale", &frontend->whole.scale, whole);
}

/* Everything but the weights. */
static void keep(Record *r, Checkpoint *checkpoint)
{
	ModelConfig *config = &checkpoint->config;
	Labels *labels = &checkpoint->frontend.labels;
	const char *format = FORMAT, *reads = "", *fusion = "";
	if (!record_reads(r)) {
		reads = modalities_text(r->arena, config->reads, ",");
		fusion = config->fusion->name;
	}
	if (!record_has(r, "format"))
		record_fail(r,
		        "the metadata have no \"format\": expected a model that emotionnet train wrote");
	record_text(r, "format", &format);
	expect(r, "format", format, !strcmp(format, FORMAT), "\"" FORMAT "\"");
	record_text(r, "modalities", &reads);
	expect(r, "modalities", reads, modalities_parse(reads, &config->reads, NULL),
	        "text, speech, face or several of them");
	checkpoint->frontend.reads = config->reads;
	record_text(r, "fusion", &fusion);
	config->fusion = fusion_find(fusion);
	expect(r, "fusion", fusion, config->fusion,
	        "a strategy in the table of emotionnet/fusion.c");
	record_int(r, "fusion.hidden", &config->hidden, HIDDEN_LEAST, WIDEST);
	record_names(r, "labels", &labels->names, &labels->count);
	expect(r, "labels", "", labels->count, "the names of the classes");
	if (record_reads(r))
		*labels = labels_new(r->arena, labels->names, labels->count);
	config->classes = labels->count;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (config->reads.has[kind])
			keep_modality(r, checkpoint, kind);
	record_flag(r, "heads", &config->heads);
	record_real(r, "modality_dropout", &checkpoint->modality_dropout, 0, 1);
	record_text(r, "source", &checkpoint->source);
	record_text(r, "speakers", &checkpoint->speakers);
	record_flag(r, "paired", &checkpoint->paired);
}

void checkpoint_widths(Checkpoint *checkpoint)
{
	const Frontend *frontend = &checkpoint->frontend;
	for (int m = 0; m < MODALITIES; m++) {
		EncoderConfig *encoder = &checkpoint->config.encoder[m];
		bool words = encoder->kind && encoder->kind->reads == READS_WORDS;
		encoder->in =
		        words ? frontend->vocabulary.words.count : frontend->width[m];
		encoder->whole = encoder->kind && encoder->kind->beside
		                         ? frames_whole(&frontend->frames)
		                         : 0;
	}
}

/* Nothing that is not finite is saved as a model, nor loaded as one. */
static bool check_weights(const Params *params, const char *path, Error *error)
{
	return safetensors_check_finite(params, path,
	        ". Hint: train it again, with a smaller --rate or with --clip.", error);
}

/* ---- files ------------------------------------------------------------------------- */

static void keep_part(Record *record, void *checkpoint)
{
	keep(record, checkpoint);
}

bool checkpoint_check(const Checkpoint *checkpoint, const char *what, Error *error)
{
	Arena *arena = arena_new("checkpoint, tried");
	Metadata list = { 0 };
	Record out = { .arena = arena, .list = &list, .path = what, .error = error };
	Record in = { .arena = arena, .metadata = &list, .path = what, .error = error };
	Checkpoint copy = *checkpoint, again = { .source = NULL };
	keep(&out, &copy);
	if (!out.failed)
		keep(&in, &again);
	if (!out.failed && again.config.classes != copy.config.classes)
		record_refuse(&in, "labels", "a list",
		        "names of one line each, none of them empty");
	arena_free(arena);
	return !out.failed && !in.failed;
}

bool checkpoint_save_state(const Checkpoint *checkpoint, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error)
{
	if (!check_weights(&checkpoint->params, path, error))
		return false;
	Checkpoint copy = *checkpoint;
	const RecordPart parts[] = { { &checkpoint->params, keep_part, &copy },
		{ state, keep_state, context } };
	return record_save(checkpoint->params.arena, parts, state ? 2 : 1, path, error);
}

bool checkpoint_save(const Checkpoint *checkpoint, const char *path, Error *error)
{
	return checkpoint_save_state(checkpoint, NULL, NULL, NULL, path, error);
}

bool checkpoint_load(Checkpoint *checkpoint, Arena *arena, const char *path, Error *error)
{
	SafetensorsFile file;
	if (!safetensors_open(&file, arena, path, error))
		return false;
	Record record = {
		.arena = arena, .metadata = &file.metadata, .path = path, .error = error
	};
	Checkpoint loaded = { .params = params_new_to_load(arena) };
	keep(&record, &loaded);
	checkpoint_widths(&loaded);
	const EncoderConfig *text = &loaded.config.encoder[MODALITY_TEXT];
	if ((size_t)text->in * (size_t)text->embed > file.data.size)
		record_refuse(&record, "text.embed",
		        arena_format(arena, "%d", text->embed),
		        "a width for which the file holds the word vectors");
	if (record.failed)
		return false;
	Rng unused = rng_new(0);
	model_new(arena, &loaded.params, &loaded.config, &unused);
	safetensors_leave_out(&file, CHECKPOINT_STATE);
	if (!safetensors_load(&file, &loaded.params, error) ||
	        !check_weights(&loaded.params, path, error))
		return false;
	if (!file.summed)
		terminal_print(stderr,
		        "Note: %s has no checksum (it is older, or another program's): damage to it would not be noticed.\n",
		        path);
	*checkpoint = loaded;
	return true;
}

bool checkpoint_copes(const Checkpoint *checkpoint)
{
	return checkpoint->config.fusion->copes_alone || checkpoint->modality_dropout > 0;
}

bool checkpoint_wants_all(const Checkpoint *checkpoint)
{
	return modalities_count(checkpoint->config.reads) > 1 &&
	       !checkpoint_copes(checkpoint);
}

int checkpoint_leak(const Checkpoint *checkpoint, const Corpus *corpus, Split split,
        const char **first)
{
	Arena *arena = arena_new("speakers");
	StringSet leaking = stringset_new(arena), known = stringset_new(arena);
	int lines;
	const char *const *names = list_split(arena, checkpoint->speakers, '\n', &lines);
	for (int i = 0; i < lines; i++)
		stringset_add(&known, spelling_key(arena, names[i]));
	const Pretrained *speech = checkpoint->config.encoder[MODALITY_SPEECH].pretrained;
	StringSet heard =
	        heard_set(arena, speech && !speech->random ? speech->heard : "");
	*first = NULL;
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split || !*u->speaker ||
		        (stringset_find(&known, spelling_key(arena, u->speaker)) < 0 &&
		                !heard_has(&heard, arena, u)))
			continue;
		if (!*first)
			*first = u->speaker;
		stringset_add(&leaking, u->speaker);
	}
	arena_free(arena);
	return leaking.count;
}
