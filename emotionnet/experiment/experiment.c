#include "emotionnet/experiment/experiment.h"

#include "emotionnet/corpus/rows.h"
#include "optim/groups.h"
#include "text/lines.h"
#include "tensor/elementary.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BUFFER = 256 };

Settings settings_defaults(void)
{
	return (Settings){
		.modalities = "text,speech",
		.fusion = "middle",
		.text_encoder = "lstm",
		.speech_encoder = "cnn",
		.embed = 64,
		.text_hidden = 64,
		.speech_hidden = 128,
		.face_hidden = 64,
		.fusion_hidden = 64,
		.dropout = 0.4,
		.min_count = 2,
		.max_words = 100,
		.mels = 40,
		.hop = 160,
		.max_seconds = 15,
		.normalise = "corpus",
		.mel = "torchaudio",
		.select = "uar",
		.vary = { .seed = 1 },
		.train = train_defaults(),
	};
}

int settings_options(Settings *s, Option options[SETTINGS_OPTIONS])
{
	const Option all[] = {
		{ "text-encoder", OPTION_TEXT, &s->text_encoder, "KIND",
		        "cnn or lstm of the words, or vector: the corpus's text_row", 0,
		        0 },
		{ "speech-encoder", OPTION_TEXT, &s->speech_encoder, "KIND",
		        "cnn or lstm of the sound, or vector: the corpus's speech_row", 0,
		        0 },
		{ "embed", OPTION_INT, &s->embed, "N", "width of a word vector", 1,
		        4096 },
		{ "text-hidden", OPTION_INT, &s->text_hidden, "N",
		        "width of the text encoder", 6, 4096 },
		{ "speech-hidden", OPTION_INT, &s->speech_hidden, "N",
		        "width of the speech encoder", 2, 4096 },
		{ "face-hidden", OPTION_INT, &s->face_hidden, "N",
		        "width of the face encoder, which reads the corpus's face_row", 2,
		        4096 },
		{ "fusion-hidden", OPTION_INT, &s->fusion_hidden, "N",
		        "width of the fusion's layers", 2, 4096 },
		{ "dropout", OPTION_NUMBER, &s->dropout, "P",
		        "share of numbers dropped in training", 0, 0.95 },
		{ "characters", OPTION_FLAG, &s->characters, NULL,
		        "cut text into characters instead of words", 0, 0 },
		{ "vectors", OPTION_TEXT, &s->vectors, "FILE",
		        "begin with these word vectors: GloVe or word2vec", 0, 0 },
		{ "freeze-vectors", OPTION_FLAG, &s->freeze_vectors, NULL,
		        "and leave them as they are", 0, 0 },
		{ "min-count", OPTION_INT, &s->min_count, "N", "rarer words are unknown",
		        1, 1000000 },
		{ "max-words", OPTION_INT, &s->max_words, "N", "longer texts are cut", 1,
		        10000 },
		{ "mel", OPTION_TEXT, &s->mel, "PRESET", "librosa, torchaudio or kaldi",
		        0, 0 },
		{ "mels", OPTION_INT, &s->mels, "N", "mel bands", 4, 512 },
		{ "hop", OPTION_INT, &s->hop, "N",
		        "samples from one frame to the next, of 16000 a second", 16,
		        16000 },
		{ "pitch", OPTION_FLAG, &s->pitch, NULL,
		        "let each frame also say how high the voice is", 0, 0 },
		{ "normalise", OPTION_TEXT, &s->normalise, "OVER",
		        "mel bands over the corpus, speaker or utterance, or running", 0,
		        0 },
		{ "trim", OPTION_FLAG, &s->trim, NULL,
		        "cut off the silence around the voice", 0, 0 },
		{ "max-seconds", OPTION_NUMBER, &s->max_seconds, "S",
		        "longer clips are cut", 0.1, 3600 },
		{ "copies", OPTION_INT, &s->vary.copies, "N",
		        "varied copies of each training clip, besides it", 0, 100 },
		{ "noise", OPTION_NUMBER, &s->vary.noise, "DB",
		        "white noise in the copies, DB to DB + 20 under the voice; 0: none",
		        0, 100 },
		{ "speed", OPTION_NUMBER, &s->vary.speed, "S",
		        "copies 1 - S to 1 + S times as fast, pitch and all; 0: as it is",
		        0, 0.5 },
		{ "gain", OPTION_NUMBER, &s->vary.gain, "DB",
		        "copies up to DB louder or softer; 0: as it is", 0, 60 },
		{ "vary-seed", OPTION_SEED, &s->vary.seed, "N",
		        "another seed, other copies", 0, 0 },
		{ "mask-bands", OPTION_INT, &s->train.mask_bands, "N",
		        "SpecAugment: wipe out two bars of up to N mel bands; 0: none", 0,
		        512 },
		{ "mask-frames", OPTION_INT, &s->train.mask_frames, "N",
		        "and two of up to N frames, a fifth of the clip; 0: none", 0,
		        100000 },
		{ "batch", OPTION_INT, &s->train.batch, "N", "utterances a step", 1,
		        65536 },
		{ "select", OPTION_TEXT, &s->select, "BY",
		        "keep the epoch with the best uar or f1 (weighted)", 0, 0 },
		{ "optimiser", OPTION_TEXT, &s->train.optimiser.name, "NAME",
		        "adam, adamw, sgd or rmsprop", 0, 0 },
		{ "rate", OPTION_NUMBER, &s->train.rate, "R",
		        "step size, before the schedule", 1e-9, 10 },
		{ "momentum", OPTION_NUMBER, &s->train.optimiser.momentum, "M",
		        "share of the last step in the next: sgd, rmsprop", 0, 0.999 },
		{ "nesterov", OPTION_FLAG, &s->train.optimiser.nesterov, NULL,
		        "sgd looks ahead along its momentum", 0, 0 },
		{ "decay", OPTION_NUMBER, &s->train.optimiser.decay, "D",
		        "how weights shrink: adamw, sgd, rmsprop", 0, 1 },
		{ "schedule", OPTION_TEXT, &s->train.schedule.name, "NAME",
		        "of the rate: constant, step, cosine, one-cycle or plateau", 0,
		        0 },
		{ "warmup", OPTION_INT, &s->train.schedule.warmup, "N",
		        "steps at first in which the rate rises", 0, 1000000 },
		{ "every", OPTION_INT, &s->train.schedule.every, "N",
		        "epochs between two falls of the rate (step), or without progress before one (plateau)",
		        1, 100000 },
		{ "factor", OPTION_NUMBER, &s->train.schedule.factor, "F",
		        "what a fall leaves of the rate (step, plateau)", 0, 1 },
		{ "average", OPTION_NUMBER, &s->train.average, "A",
		        "share kept by a running average of the weights, which then predicts (0.999); 0: none",
		        0, 0.999999 },
		{ "clip", OPTION_NUMBER, &s->train.clip, "NORM",
		        "limit on the gradient's norm; 0: none", 0, 1e9 },
		{ "smoothing", OPTION_NUMBER, &s->train.smoothing, "P", "label smoothing",
		        0, 0.99 },
		{ "class-weights", OPTION_FLAG, &s->train.class_weights, NULL,
		        "let every class weigh alike in the loss", 0, 0 },
		{ "modality-dropout", OPTION_NUMBER, &s->train.modality_dropout, "P",
		        "chance that an utterance loses a modality in training", 0, 1 },
		{ "auxiliary", OPTION_NUMBER, &s->train.auxiliary, "W",
		        "weight of the loss of a head of each encoder's own; 0: none", 0,
		        100 },
		{ "modulate", OPTION_NUMBER, &s->train.modulate, "ALPHA",
		        "slow down the encoder that is ahead (OGM-GE; 0.1 to 1); 0: no",
		        0, 100 },
		{ "pretrain", OPTION_INT, &s->train.pretrain, "N",
		        "of the epochs, the first N train each encoder alone", 0,
		        100000 },
		{ "freeze-encoders", OPTION_FLAG, &s->train.freeze_encoders, NULL,
		        "and after those the encoders stay as they are", 0, 0 },
	};
	_Static_assert(
	        sizeof all / sizeof all[0] <= SETTINGS_OPTIONS, "room for all options");
	memcpy(options, all, sizeof all);
	return (int)(sizeof all / sizeof all[0]);
}

int run_options(Settings *s, Option options[RUN_OPTIONS])
{
	const Option all[] = {
		{ "epochs", OPTION_INT, &s->train.epochs, "N",
		        "passes over the training split, at most", 1, 100000 },
		{ "patience", OPTION_INT, &s->train.patience, "N",
		        "epochs without progress before it stops; 0: never", 0, 100000 },
		{ "threads", OPTION_INT, &s->train.threads, "N",
		        "0: all cores; the result is the same", 0, 1024 },
		{ "cache", OPTION_TEXT, &s->cache, "DIR",
		        "where mel frames are kept between runs", 0, 0 },
		{ "no-cache", OPTION_FLAG, &s->no_cache, NULL, "keep no mel frames", 0,
		        0 },
		{ "skip-bad", OPTION_FLAG, &s->skip_bad, NULL,
		        "leave out rows and clips that cannot be read, and count them", 0,
		        0 },
		{ "allow-speaker-leak", OPTION_FLAG, &s->allow_leak, NULL,
		        "train although speakers are in train and in another split", 0,
		        0 },
		{ "quiet", OPTION_FLAG, &s->quiet, NULL, "say nothing while it runs", 0,
		        0 },
	};
	_Static_assert(sizeof all / sizeof all[0] <= RUN_OPTIONS, "room for all options");
	memcpy(options, all, sizeof all);
	return (int)(sizeof all / sizeof all[0]);
}

void settings_help(void)
{
	printf("\nFusion strategies:\n");
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		printf("  %-10s %s\n", fusion->name, fusion->summary);
}

static bool find_fusion(const char *name, const Fusion **fusion, Error *error)
{
	*fusion = fusion_find(name);
	if (*fusion)
		return true;
	char known[TEXT_BUFFER] = "";
	size_t used = 0;
	for (const Fusion *f = fusion_table; f->name && used < sizeof known; f++)
		used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
		        used ? ", " : "", f->name);
	return error_set(
	        error, "fusion \"%s\" is not known: expected one of %s", name, known);
}

static bool resolve_encoders(const Settings *settings, ModelConfig *config, Error *error)
{
	const char *kinds[MODALITIES] = { settings->text_encoder,
		settings->speech_encoder, encoder_name(ENCODER_VECTOR) };
	const int hidden[MODALITIES] = { settings->text_hidden, settings->speech_hidden,
		settings->face_hidden };
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		EncoderConfig *encoder = &config->encoder[m];
		*encoder = (EncoderConfig){ .hidden = hidden[m],
			.dropout = config->dropout };
		if (!encoder_from_name(kinds[m], &encoder->kind))
			return error_set(error,
			        "--%s-encoder %s: expected cnn, lstm or vector",
			        modality_name(m), kinds[m]);
	}
	config->encoder[MODALITY_TEXT].embed = settings->embed;
	return true;
}

/* What varies a clip needs a clip, and copies to vary. */
static bool check_variation(
        const Settings *settings, const Frontend *frontend, Error *error)
{
	const VarySettings *vary = &settings->vary;
	bool masks = settings->train.mask_bands || settings->train.mask_frames;
	if (vary->copies && !vary_changes(vary))
		return error_set(error,
		        "--copies %d: they would all be the same. Hint: --noise, --speed or --gain says how they differ",
		        vary->copies);
	if (!vary->copies && vary_changes(vary))
		return error_set(error,
		        "--noise, --speed and --gain are of copies: expected --copies N too");
	if ((vary->copies || masks || settings->trim) && !frontend_reads_sound(frontend))
		return error_set(error,
		        "--copies, --mask-bands, --mask-frames and --trim change the sound, but none is read");
	return true;
}

bool settings_resolve(
        const Settings *settings, ModelConfig *config, Frontend *frontend, Error *error)
{
	*config = (ModelConfig){ .hidden = settings->fusion_hidden,
		.dropout = (real)settings->dropout,
		.heads = train_needs_heads(&settings->train) };
	*frontend = (Frontend){
		.min_count = settings->min_count,
		.characters = settings->characters,
		.max_words = settings->max_words,
		.frames = { .max_seconds = settings->max_seconds,
		        .pitch = settings->pitch,
		        .trim = settings->trim },
		.vary = settings->vary,
	};
	if (!modalities_parse(settings->modalities, &config->reads, error) ||
	        !find_fusion(settings->fusion, &config->fusion, error) ||
	        !resolve_encoders(settings, config, error))
		return false;
	frontend->reads = config->reads;
	for (int m = 0; m < MODALITIES; m++)
		frontend->vectors.has[m] = config->encoder[m].kind == ENCODER_VECTOR;
	if (!normalise_from_name(settings->normalise, &frontend->normalise))
		return error_set(error,
		        "--normalise %s: expected corpus, speaker, utterance or running",
		        settings->normalise);
	if (!check_variation(settings, frontend, error))
		return false;
	if (settings->freeze_vectors && !settings->vectors)
		return error_set(error, "--freeze-vectors: expected --vectors FILE too");
	if (settings->vectors && config->encoder[MODALITY_TEXT].kind == ENCODER_VECTOR)
		return error_set(error,
		        "--vectors: are of words, but --text-encoder vector reads none");
	if (settings->train.freeze_encoders && !settings->train.pretrain)
		return error_set(error, "--freeze-encoders: expected --pretrain N too");
	if (settings->train.pretrain >= settings->train.epochs)
		return error_set(error,
		        "--pretrain %d: expected fewer than the %d of --epochs, which they are a part of",
		        settings->train.pretrain, settings->train.epochs);
	if (strcmp(settings->select, "uar") && strcmp(settings->select, "f1"))
		return error_set(
		        error, "--select %s: expected uar or f1", settings->select);
	if (!optimiser_check(&settings->train.optimiser, error) ||
	        !plan_check(&settings->train.schedule, error))
		return false;
	if (!mel_preset(&frontend->frames.mel, settings->mel))
		return error_set(error, "--mel %s: expected librosa, torchaudio or kaldi",
		        settings->mel);
	frontend->frames.mel.bands.count = settings->mels;
	frontend->frames.mel.stft.hop = settings->hop;
	return true;
}

TrainOptions settings_training(const Settings *settings)
{
	TrainOptions options = settings->train;
	options.select_f1 = !strcmp(settings->select, "f1");
	return options;
}

/* ---- what the corpus says about itself --------------------------------------------- */

bool corpus_paired(const Corpus *corpus)
{
	return corpus->count > 0 &&
	       corpus_extra(corpus, &corpus->utterances[0], "paired") != NULL;
}

bool provenance_check(Provenance *provenance, const Corpus *corpus, bool person,
        bool allow_leak, Error *error)
{
	*provenance = (Provenance){
		.source = corpus->source,
		.leak = corpus_leak(corpus),
		.paired = corpus_paired(corpus),
	};
	if (!provenance->leak.speaker || !person || allow_leak)
		return true;
	return error_set(error,
	        "%s: speaker \"%s\" is in the train split and in the %s split (%d such speakers). A model would be tested on people it knows. Hint: split by speaker, or --allow-speaker-leak, which every result then says.",
	        corpus->source, provenance->leak.speaker,
	        split_name(provenance->leak.split), provenance->leak.speakers);
}

void provenance_print(FILE *out, const Provenance *provenance)
{
	if (provenance->leak.speaker)
		fprintf(out,
		        "Note: %d speakers are in the train split and in another, such as \"%s\": the result says less about new speakers.\n",
		        provenance->leak.speakers, provenance->leak.speaker);
	if (provenance->paired)
		fprintf(out,
		        "Note: sentences and clips of this corpus were matched by label; nobody spoke these sentences so.\n");
}

/* ---- preparing --------------------------------------------------------------------- */

/* Where mel frames are kept: --cache, else $XDG_CACHE_HOME/emotionnet, else
 * ~/.cache/emotionnet. */
static const char *cache_folder(const Settings *settings, Arena *arena)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (settings->no_cache)
		return NULL;
	if (settings->cache)
		return settings->cache;
	if (base && base[0])
		return arena_format(arena, "%s/emotionnet", base);
	return home && home[0] ? arena_format(arena, "%s/.cache/emotionnet", home) : NULL;
}

/* Reads --vectors, and says how many words have none, the most frequent of them by
 * name. */
static bool prepare_vectors(
        Prepared *prepared, Arena *arena, const Settings *settings, Error *error)
{
	enum { NAMED = 8 };
	const Vocabulary *vocabulary = &prepared->frontend.vocabulary;
	Vectors *vectors = &prepared->vectors;
	if (!settings->vectors || !prepared->frontend.reads.has[MODALITY_TEXT])
		return true;
	if (!vectors_read(vectors, arena, settings->vectors, vocabulary, error))
		return false;
	if (!vectors->count)
		return error_set(error,
		        "%s: none of the %d words of the corpus has a vector",
		        settings->vectors, vocabulary->words.count - 2);
	if (settings->quiet)
		return true;
	fprintf(stderr, "Note: %d words have vectors, %d have none", vectors->count,
	        vectors->missing_count);
	for (int i = 0; i < vectors->missing_count && i < NAMED; i++)
		fprintf(stderr, "%s%s", i ? ", " : ": ",
		        vocabulary->words.names[vectors->missing[i]]);
	fprintf(stderr, "%s\n", vectors->missing_count > NAMED ? ", ..." : "");
	return true;
}

/* The share of unknown words: what the vocabulary of the training split does not have. */
static void tell_unknown(const Prepared *prepared)
{
	bool characters = prepared->frontend.characters;
	fprintf(stderr, "Note: %d different %s are known; unknown are",
	        prepared->frontend.vocabulary.words.count - 2,
	        characters ? "characters" : "words");
	const char *before = "";
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++) {
		double share = frontend_unknown_share(&prepared->data[split]);
		if (!(share >= 0)) /* the split has none */
			continue;
		fprintf(stderr, "%s %.1f %% of the %s split's", before, 100 * share,
		        split_name(split));
		before = ",";
	}
	fprintf(stderr, ".\n");
}

static bool utterance_has(
        const Corpus *corpus, const Frontend *choices, int index, ModalityKind kind)
{
	const Utterance *utterance = &corpus->utterances[index];
	if (choices->vectors.has[kind])
		return true; /* the front end looks at them */
	return kind == MODALITY_TEXT ? utterance->text[0] != '\0'
	                             : corpus->sound || utterance->wav[0];
}

/* A modality that nobody has in training would be learnt from nothing. */
static bool check_modalities(const Corpus *corpus, const Frontend *choices, Error *error)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		bool found = !choices->reads.has[kind];
		for (int i = 0; i < corpus->count && !found; i++)
			found = corpus->utterances[i].split == SPLIT_TRAIN &&
			        utterance_has(corpus, choices, i, kind);
		if (found)
			continue;
		bool rows = corpus->count > 0 &&
		            corpus_extra(corpus, corpus->utterances, rows_column(kind));
		return error_set(error,
		        "%s: no utterance of the train split has %s. Hint: %s%s%s",
		        corpus->source, kind == MODALITY_TEXT ? "text" : "a wav",
		        rows ? "the manifest has vectors of it: --"
		             : "--modalities without ",
		        modality_name(kind), rows ? "-encoder vector" : "");
	}
	return true;
}

bool prepared_make(Prepared *prepared, Arena *arena, const Corpus *corpus,
        const Frontend *choices, const Settings *settings, Pool *pool, Error *error)
{
	*prepared = (Prepared){ .frontend = *choices };
	const ModalitySet *reads = &choices->reads;
	bool person = reads->has[MODALITY_SPEECH] || reads->has[MODALITY_FACE];
	if (!provenance_check(
	            &prepared->provenance, corpus, person, settings->allow_leak, error) ||
	        !check_modalities(corpus, choices, error))
		return false;
	FrontendRun run = {
		.pool = pool,
		.cache = cache_folder(settings, arena),
		.skip_bad = settings->skip_bad,
		.warnings = stderr,
	};
	StringSet speakers = corpus_speakers(corpus, SPLIT_TRAIN, arena);
	prepared->speakers = lines_join(arena, speakers.names, speakers.count);
	if (!frontend_fit(
	            &prepared->frontend, prepared->data, arena, corpus, &run, error))
		return false;
	int skipped = run.skipped + corpus->skipped;
	if (skipped)
		fprintf(stderr, "Note: %d utterances were left out.\n", skipped);
	if (run.cut && !settings->quiet)
		fprintf(stderr, "Note: %d clips were cut to %g seconds.\n", run.cut,
		        choices->frames.max_seconds);
	if (frontend_reads_words(&prepared->frontend) && !settings->quiet)
		tell_unknown(prepared);
	if (prepare_vectors(prepared, arena, settings, error))
		return true;
	prepared_free(prepared);
	return false;
}

void prepared_free(Prepared *prepared)
{
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&prepared->data[split]);
}

/* ---- one run ----------------------------------------------------------------------- */

/* The words that the file has begin with its vectors, the others at random. */
static void use_vectors(Params *params, const Vectors *vectors, bool freeze)
{
	vectors_copy(vectors, params_find(params, "text.embedding.weight")->value);
	if (freeze)
		params_freeze(params, "text.embedding.weight");
}

/* What a product of experts divides by: log (n_c + 1) / (N + C), so that a class without
 * examples is not ruled out (Laplace). */
static void count_prior(Var *log_prior, const Dataset *data)
{
	int classes = log_prior->value.shape[0];
	real *counts = log_prior->value.data;
	tensor_fill(log_prior->value, 1);
	for (int i = 0; i < data->count; i++)
		counts[data->items[i].label] += 1;
	for (int c = 0; c < classes; c++)
		counts[c] = real_log(counts[c] / (real)(data->count + classes));
}

void experiment_begin(Checkpoint *checkpoint, Arena *arena, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings)
{
	*checkpoint = (Checkpoint){
		.config = *choices,
		.frontend = prepared->frontend,
		.params = params_new(arena),
		.modality_dropout = settings->train.modality_dropout,
		.source = prepared->provenance.source,
		.speakers = prepared->speakers,
		.paired = prepared->provenance.paired,
	};
	/* A model over one of the prepared modalities needs only that one's front end. */
	checkpoint->frontend.reads = choices->reads;
	checkpoint->config.classes = prepared->frontend.labels.count;
	checkpoint_widths(checkpoint);
	bool vectors = choices->reads.has[MODALITY_TEXT] && prepared->vectors.width;
	if (vectors)
		checkpoint->config.encoder[MODALITY_TEXT].embed = prepared->vectors.width;
	Rng rng = rng_new(settings->train.seed);
	model_new(arena, &checkpoint->params, &checkpoint->config, &rng);
	Var *log_prior = params_find(&checkpoint->params, FUSION_LOG_PRIOR);
	if (log_prior)
		count_prior(log_prior, &prepared->data[SPLIT_TRAIN]);
	if (vectors)
		use_vectors(&checkpoint->params, &prepared->vectors,
		        settings->freeze_vectors);
}

bool experiment_freeze(Params *params, const char *list, Error *error)
{
	for (const char *rest = list; *rest;) {
		size_t length = strcspn(rest, ",");
		bool below = length && rest[length - 1] == '.';
		Group group = { .pattern = arena_format(params->arena, "%.*s%s",
			                (int)length, rest, below ? "*" : ""),
			.frozen = true };
		Groups groups = { &group, 1 };
		int matching = 0;
		for (int i = 0; i < params->count; i++)
			matching += groups_find(groups, params->items[i]->name).frozen;
		if (!matching)
			return error_set(error,
			        "--freeze %.*s: no parameter has such a name. Hint: names are like %s; text. means all below text.",
			        (int)length, rest, params->items[0]->name);
		groups_freeze(groups, params);
		rest += length + (rest[length] == ',');
	}
	return params_size(params) > 0 ||
	       error_set(error, "--freeze %s: leaves nothing to train", list);
}

TrainResult experiment_train(Checkpoint *checkpoint, Arena *arena,
        const Prepared *prepared, const ModelConfig *choices, const Settings *settings,
        Pool *pool, const Progress *progress)
{
	TrainOptions options = settings_training(settings);
	experiment_begin(checkpoint, arena, prepared, choices, settings);
	return train(&checkpoint->params, &checkpoint->config,
	        &prepared->data[SPLIT_TRAIN], &prepared->data[SPLIT_VALIDATION], &options,
	        pool, progress);
}

Tensor experiment_predict(Arena *arena, const Checkpoint *checkpoint, const Dataset *data,
        const ModalitySet *mask, Pool *pool)
{
	Arena *scratch = arena_new("evaluation");
	Shards *shards = model_shards(scratch, pool, &checkpoint->params,
	        &checkpoint->config, pool_threads(pool) * SHARD_SIZE);
	Tensor probabilities =
	        predict_all(arena, shards, data, checkpoint->config.classes, mask);
	shards_free(shards);
	arena_free(scratch);
	return probabilities;
}

Confusion experiment_evaluate(Arena *arena, const Checkpoint *checkpoint,
        const Dataset *data, const ModalitySet *mask, Pool *pool)
{
	return confusion_of(
	        arena, experiment_predict(arena, checkpoint, data, mask, pool), data);
}
