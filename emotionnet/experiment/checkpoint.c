#include "emotionnet/experiment/checkpoint.h"

#include "text/list.h"
#include "text/stringset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT "emotionnet 1"

/* No width of a layer is larger: a file that says otherwise is not ours, and must not
 * make us ask for the memory. */
enum { ITEMS = 48, WIDEST = 8192 };

/* ---- writing ----------------------------------------------------------------------- */

typedef struct Writer {
	Arena *arena;
	MetadataItem items[ITEMS];
	int count;
} Writer;

static void put(Writer *writer, const char *key, const char *value)
{
	writer->items[writer->count++] = (MetadataItem){ key, value };
}

static void put_int(Writer *writer, const char *key, int value)
{
	put(writer, key, arena_format(writer->arena, "%d", value));
}

static void put_number(Writer *writer, const char *key, double value)
{
	put(writer, key, arena_format(writer->arena, "%.17g", value));
}

static void put_numbers(Writer *writer, const char *key, const real *values, int count)
{
	const char *text = "";
	for (int i = 0; i < count; i++)
		text = arena_format(writer->arena, "%s%s%.17g", text, i ? " " : "",
		        (double)values[i]);
	put(writer, key, text);
}

static const char *key_of(Arena *arena, ModalityKind kind, const char *what)
{
	return arena_format(arena, "%s.%s", modality_name(kind), what);
}

static void put_words(Writer *writer, const Checkpoint *checkpoint)
{
	const Frontend *frontend = &checkpoint->frontend;
	const EncoderConfig *encoder = &checkpoint->config.encoder[MODALITY_TEXT];
	put_int(writer, "text.embed", encoder->embed);
	put(writer, "text.units", frontend->characters ? "characters" : "words");
	put_int(writer, "text.max_words", frontend->max_words);
	put(writer, "text.vocabulary",
	        vocabulary_to_text(writer->arena, &frontend->vocabulary));
}

static void put_sound(Writer *writer, const Checkpoint *checkpoint)
{
	const Frontend *frontend = &checkpoint->frontend;
	put(writer, "speech.mel",
	        mel_settings_text(&frontend->frames.mel, writer->arena));
	put(writer, "speech.normalise", normalise_names[frontend->normalise]);
	put(writer, "speech.trim", frontend->frames.trim ? "yes" : "no");
	put_number(writer, "speech.max_seconds", frontend->frames.max_seconds);
	put_number(writer, "speech.pitch", frontend->frames.pitch);
}

static void put_modality(Writer *writer, const Checkpoint *checkpoint, ModalityKind kind)
{
	Arena *arena = writer->arena;
	const Frontend *frontend = &checkpoint->frontend;
	const EncoderConfig *encoder = &checkpoint->config.encoder[kind];
	int width = frontend->width[kind];
	put(writer, key_of(arena, kind, "encoder"), encoder_name(encoder->kind));
	put_int(writer, key_of(arena, kind, "hidden"), encoder->hidden);
	if (encoder->kind == ENCODER_VECTOR)
		put_int(writer, key_of(arena, kind, "width"), width);
	else if (kind == MODALITY_TEXT)
		put_words(writer, checkpoint);
	else
		put_sound(writer, checkpoint);
	if (!width)
		return;
	put_numbers(writer, key_of(arena, kind, "mean"), frontend->mean[kind], width);
	put_numbers(writer, key_of(arena, kind, "scale"), frontend->scale[kind], width);
}

static void put_model(Writer *writer, const Checkpoint *checkpoint)
{
	const ModelConfig *config = &checkpoint->config;
	const Labels *labels = &checkpoint->frontend.labels;
	put(writer, "format", FORMAT);
	put(writer, "modalities", modalities_text(writer->arena, config->reads, ","));
	put(writer, "fusion", config->fusion->name);
	put_int(writer, "fusion.hidden", config->hidden);
	put(writer, "labels",
	        list_join(writer->arena, labels->names, labels->count, "\n"));
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (config->reads.has[kind])
			put_modality(writer, checkpoint, kind);
	put(writer, "heads", config->heads ? "yes" : "no");
	put_number(writer, "modality_dropout", checkpoint->modality_dropout);
	put(writer, "source", checkpoint->source);
	put(writer, "speakers", checkpoint->speakers);
	put(writer, "paired", checkpoint->paired ? "yes" : "no");
}

static void put_params(Params *list, const Params *params)
{
	for (int i = 0; i < params->count; i++)
		params_add_view(list, NULL, params->items[i]);
}

bool checkpoint_save_state(const Checkpoint *checkpoint, const Params *state,
        const Metadata *metadata, const char *path, Error *error)
{
	Arena *arena = arena_child(checkpoint->params.arena, "checkpoint");
	Writer writer = { .arena = arena };
	put_model(&writer, checkpoint);
	Metadata all = { .count = writer.count + metadata->count };
	all.items = ARENA_ARRAY(arena, MetadataItem, (size_t)all.count);
	for (int i = 0; i < all.count; i++)
		all.items[i] = i < writer.count ? writer.items[i]
		                                : metadata->items[i - writer.count];
	Params tensors = params_new(arena);
	put_params(&tensors, &checkpoint->params);
	put_params(&tensors, state);
	bool saved = safetensors_save(&tensors, &all, path, error);
	arena_free(arena);
	return saved;
}

bool checkpoint_save(const Checkpoint *checkpoint, const char *path, Error *error)
{
	const Params no_state = { 0 };
	const Metadata no_metadata = { 0 };
	return checkpoint_save_state(checkpoint, &no_state, &no_metadata, path, error);
}

/* ---- reading ----------------------------------------------------------------------- */

typedef struct Reader {
	const SafetensorsFile *file;
	Arena *arena;
	Error *error;
	bool failed; /* once set, what is read means nothing; the first error stays */
} Reader;

static const char *get(Reader *reader, const char *key)
{
	const char *value = metadata_find(&reader->file->metadata, key);
	if (value)
		return value;
	if (!reader->failed)
		error_set(reader->error,
		        "%s: the metadata have no \"%s\": expected a model that emotionnet train wrote",
		        reader->file->path, key);
	reader->failed = true;
	return "";
}

static void refuse(
        Reader *reader, const char *key, const char *value, const char *expected)
{
	if (!reader->failed)
		error_set(reader->error, "%s: metadata \"%s\" is \"%.60s\": expected %s",
		        reader->file->path, key, value, expected);
	reader->failed = true;
}

static double get_number(Reader *reader, const char *key, double least, double most)
{
	const char *text = get(reader, key);
	char *end;
	errno = 0;
	double value = strtod(text, &end);
	if (!*text || *end || errno || !(value >= least && value <= most)) {
		Arena *arena = reader->arena;
		refuse(reader, key, text,
		        arena_format(arena, "a number from %g to %g", least, most));
		return least;
	}
	return value;
}

static int get_int(Reader *reader, const char *key, int least)
{
	return (int)get_number(reader, key, least, WIDEST);
}

static const real *get_numbers(Reader *reader, const char *key, int count)
{
	real *values = ARENA_ARRAY(reader->arena, real, (size_t)count);
	const char *text = get(reader, key);
	const char *rest = text;
	for (int i = 0; i < count; i++) {
		char *end;
		double value = strtod(rest, &end);
		if (end == rest || !(value > -1e30 && value < 1e30)) {
			refuse(reader, key, text,
			        arena_format(reader->arena, "%d numbers", count));
			break;
		}
		values[i] = (real)value;
		rest = end;
	}
	return values;
}

static Labels get_labels(Reader *reader)
{
	Labels labels;
	labels.names =
	        list_split(reader->arena, get(reader, "labels"), '\n', &labels.count);
	if (!labels.count)
		refuse(reader, "labels", "", "the names of the classes");
	return labels;
}

static EncoderKind get_encoder(Reader *reader, const char *key)
{
	EncoderKind kind = ENCODER_CNN;
	const char *name = get(reader, key);
	if (!encoder_from_name(name, &kind))
		refuse(reader, key, name, "cnn, lstm or vector");
	return kind;
}

static void get_words(Reader *reader, ModelConfig *config, Frontend *frontend)
{
	EncoderConfig *encoder = &config->encoder[MODALITY_TEXT];
	encoder->embed = get_int(reader, "text.embed", 1);
	const char *units = get(reader, "text.units");
	frontend->characters = !strcmp(units, "characters");
	if (!frontend->characters && strcmp(units, "words") != 0)
		refuse(reader, "text.units", units, "words or characters");
	frontend->max_words = get_int(reader, "text.max_words", 1);
	const char *vocabulary = get(reader, "text.vocabulary");
	if (reader->failed)
		return;
	if (!vocabulary_from_text(&frontend->vocabulary, reader->arena,
	            reader->file->path, vocabulary, reader->error)) {
		reader->failed = true;
		return;
	}
	size_t words = (size_t)frontend->vocabulary.words.count;
	if (words * (size_t)encoder->embed > reader->file->data.size)
		refuse(reader, "text.embed", get(reader, "text.embed"),
		        "a width for which the file holds the word vectors");
}

static void get_sound(Reader *reader, Frontend *frontend)
{
	const char *mel = get(reader, "speech.mel");
	Error why;
	if (!reader->failed && !mel_settings_parse(&frontend->frames.mel, mel, &why))
		refuse(reader, "speech.mel", mel, why.text);
	const char *normalise = get(reader, "speech.normalise");
	int over = names_find(normalise_names, normalise);
	if (over < 0)
		refuse(reader, "speech.normalise", normalise,
		        "corpus, speaker, utterance or running");
	else
		frontend->normalise = (Normalise)over;
	const char *trim = metadata_find(&reader->file->metadata, "speech.trim");
	frontend->frames.trim = trim && !strcmp(trim, "yes"); /* older files have none */
	frontend->frames.max_seconds = get_number(reader, "speech.max_seconds", 0, 1e6);
	frontend->frames.pitch = get_number(reader, "speech.pitch", 0, 1) > 0;
	if (reader->failed)
		return;
	frontend->frames.plan =
	        mel_plan(reader->arena, &frontend->frames.mel, FRAMES_RATE);
	frontend->width[MODALITY_SPEECH] = frames_width(&frontend->frames);
}

static void get_modality(
        Reader *reader, ModelConfig *config, Frontend *frontend, ModalityKind kind)
{
	Arena *arena = reader->arena;
	EncoderConfig *encoder = &config->encoder[kind];
	const char *key = key_of(arena, kind, "encoder");
	encoder->kind = get_encoder(reader, key);
	encoder->hidden = get_int(reader, key_of(arena, kind, "hidden"), 1);
	frontend->vectors.has[kind] = encoder->kind == ENCODER_VECTOR;
	if (encoder->kind == ENCODER_VECTOR)
		frontend->width[kind] = get_int(reader, key_of(arena, kind, "width"), 1);
	else if (kind == MODALITY_TEXT)
		get_words(reader, config, frontend);
	else if (kind == MODALITY_SPEECH)
		get_sound(reader, frontend);
	else
		refuse(reader, key, encoder_name(encoder->kind), "vector");
	int width = frontend->width[kind];
	if (reader->failed || !width)
		return;
	frontend->mean[kind] = get_numbers(reader, key_of(arena, kind, "mean"), width);
	frontend->scale[kind] = get_numbers(reader, key_of(arena, kind, "scale"), width);
}

void checkpoint_widths(Checkpoint *checkpoint)
{
	const Frontend *frontend = &checkpoint->frontend;
	for (int m = 0; m < MODALITIES; m++)
		checkpoint->config.encoder[m].in = frontend->width[m];
	if (checkpoint->config.encoder[MODALITY_TEXT].kind != ENCODER_VECTOR)
		checkpoint->config.encoder[MODALITY_TEXT].in =
		        frontend->vocabulary.words.count;
}

/* Everything but the weights. */
static bool read_settings(Reader *reader, Checkpoint *checkpoint)
{
	ModelConfig *config = &checkpoint->config;
	Frontend *frontend = &checkpoint->frontend;
	const char *format = get(reader, "format");
	if (strcmp(format, FORMAT))
		refuse(reader, "format", format, "\"" FORMAT "\"");
	const char *modalities = get(reader, "modalities");
	if (!modalities_parse(modalities, &config->reads, NULL))
		refuse(reader, "modalities", modalities,
		        "text, speech, face or several of them");
	frontend->reads = config->reads;
	const char *fusion = get(reader, "fusion");
	config->fusion = fusion_find(fusion);
	if (!config->fusion)
		refuse(reader, "fusion", fusion,
		        "a strategy in the table of emotionnet/fusion.c");
	config->hidden = get_int(reader, "fusion.hidden", 1);
	frontend->labels = get_labels(reader);
	config->classes = frontend->labels.count;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (config->reads.has[kind])
			get_modality(reader, config, frontend, kind);
	checkpoint_widths(checkpoint);
	config->heads = !strcmp(get(reader, "heads"), "yes");
	checkpoint->modality_dropout = get_number(reader, "modality_dropout", 0, 1);
	checkpoint->source = get(reader, "source");
	checkpoint->speakers = get(reader, "speakers");
	checkpoint->paired = !strcmp(get(reader, "paired"), "yes");
	return !reader->failed;
}

bool checkpoint_load(Checkpoint *checkpoint, Arena *arena, const char *path, Error *error)
{
	SafetensorsFile file;
	if (!safetensors_open(&file, arena, path, error))
		return false;
	Reader reader = { .file = &file, .arena = arena, .error = error };
	Checkpoint loaded = { .params = params_new_to_load(arena) };
	if (!read_settings(&reader, &loaded))
		return false;
	Rng unused = rng_new(0);
	model_new(arena, &loaded.params, &loaded.config, &unused);
	safetensors_leave_out(&file, CHECKPOINT_STATE);
	if (!safetensors_load(&file, &loaded.params, error))
		return false;
	*checkpoint = loaded;
	return true;
}

bool checkpoint_copes(const Checkpoint *checkpoint)
{
	return checkpoint->config.fusion->copes_alone || checkpoint->modality_dropout > 0;
}

/* ---- speakers ---------------------------------------------------------------------- */

int checkpoint_leak(const Checkpoint *checkpoint, const Corpus *corpus, Split split,
        const char **first)
{
	Arena *arena = arena_new("speakers");
	StringSet leaking = stringset_new(arena);
	*first = NULL;
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split || !lines_have(checkpoint->speakers, u->speaker))
			continue;
		if (!*first)
			*first = u->speaker;
		stringset_add(&leaking, u->speaker);
	}
	arena_free(arena);
	return leaking.count;
}
