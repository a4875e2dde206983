/* settings.c: the table of options, and how they become the choices of a model, its
 * features and its training. */
#include "emotionnet/experiment/settings.h"
#include "emotionnet/experiment/modalities.h"
#include "audio/mel/settings.h"
#include "emotionnet/corpus/face_track.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/encoder_causal.h"
#include "emotionnet/encoder_ngrams.h"
#include "emotionnet/encoder_pictures.h"
#include "emotionnet/experiment/kinds.h"
#include "text/list.h"

#include <stdio.h>
#include <string.h>

Settings settings_defaults(void)
{
	Settings settings = {
		.modalities = "text,speech",
		.text_encoder = "lstm",
		.speech_encoder = "cnn+functionals",
		.tune = "none",
		.embed = 64,
		.text_hidden = 64,
		.speech_hidden = 128,
		.face_hidden = 64,
		.fusion_hidden = 64,
		.dropout = 0.4,
		.frontend = { .min_count = 2,
		        .ngrams = { .words = 2, .letters = 5 },
		        .max_words = 100,
		        .frames = { .max_seconds = 15, .pitch = true, .trim = true },
		        .vary.seed = 1 },
		.normalise = NORMALISE_UTTERANCE,
		.mel = names_find(mel_presets, "torchaudio"),
		.mels = 26,
		.hop = 320,
		.train = train_defaults(),
	};
	settings.train.smooth = 0.7;
	settings.train.patience = 30;
	return settings;
}

Settings settings_embedded(void)
{
	Settings settings = settings_defaults();
	settings.speech_encoder = "cnn";
	settings.speech_hidden = 64;
	settings.dropout = 0.1;
	settings.frontend.frames.trim = false;
	settings.normalise = NORMALISE_CORPUS;
	settings.mels = 40;
	settings.train.epochs = 18;
	settings.train.rate = 0.003;
	settings.train.schedule.name = "one-cycle";
	settings.train.smooth = 0;
	settings.train.patience = 20;
	return settings;
}

void settings_streaming(Settings *s)
{
	s->streaming = true;
	s->speech_encoder = encoder_cnn_causal.name;
	s->normalise = NORMALISE_RUNNING;
	s->frontend.frames.trim = false;
}

void settings_frames(Options *o, Settings *s)
{
	FrameSettings *frames = &s->frontend.frames;
	option_choice(
	        o, &s->mel, "mel PRESET", mel_presets, "librosa, torchaudio or kaldi");
	option_int(o, &s->mels, "mels N", 4, 512, "mel bands");
	option_int(o, &s->hop, "hop N", 16, 16000,
	        "samples from one frame to the next, of 16000 a second");
	option_flag(o, &frames->pitch, "pitch",
	        "let each frame also say how high the voice is");
	option_choice(o, &s->normalise, "normalise OVER", normalise_names,
	        "mel bands over the corpus, speaker (faces too) or utterance, or running");
	option_flag(o, &frames->trim, "trim", "cut off the silence around the voice");
	option_number(o, &frames->max_seconds, "max-seconds S", FRAMES_LEAST_SECONDS,
	        3600, "longer clips are cut");
}

void settings_steps(Options *o, Settings *s)
{
	TrainOptions *train = &s->train;
	option_text(o, &train->optimiser.name, "optimiser NAME",
	        "adam, adamw, sgd or rmsprop");
	option_number(
	        o, &train->rate, "rate R", 1e-9, 10, "step size, before the schedule");
	option_number(o, &train->optimiser.momentum, "momentum M", 0, 0.999,
	        "share of the last step in the next: sgd, rmsprop");
	option_flag(o, &train->optimiser.nesterov, "nesterov",
	        "sgd looks ahead along its momentum");
	option_number(o, &train->optimiser.decay, "decay D", 0, 1,
	        "how weights shrink: adamw, sgd, rmsprop");
	option_text(o, &train->schedule.name, "schedule NAME",
	        "of the rate: constant, step, cosine, one-cycle or plateau");
	option_int(o, &train->schedule.warmup, "warmup N", 0, 1000000,
	        "steps at first in which the rate rises");
	option_int(o, &train->schedule.every, "every N", 1, 100000,
	        "epochs between two falls of the rate (step), or without progress before one (plateau)");
	option_number(o, &train->schedule.factor, "factor F", 0, 1,
	        "what a fall leaves of the rate (step, plateau)");
}

void settings_options(Options *o, Settings *s)
{
	TrainOptions *train = &s->train;
	VarySettings *vary = &s->frontend.vary;
	option_text(o, &s->text_encoder, "text-encoder KIND",
	        "cnn, lstm or transformer of the words, ngrams: a bag of what they are made of, lm:FILE for a language model, or vector: the corpus's text_row");
	option_text(o, &s->speech_encoder, "speech-encoder KIND",
	        "cnn, lstm or transformer of the sound, cnn-causal or lstm-causal to listen while somebody speaks, functionals of the clip, alone or cnn+functionals, lstm+functionals, transformer+functionals, apc:FILE or apc+functionals:FILE that emotionnet pretrain speech wrote, or vector: the corpus's speech_row");
	option_text(o, &s->face_encoder, "face-encoder KIND",
	        "cnn, lstm or transformer of the corpus's face_track, a face in time, vector: its face_row, or pictures: one of 48 x 48 pixels (default: cnn where there is a face_track, pictures where face_row names PNG or PGM files, else vector)");
	option_text(o, &s->tune, "tune HOW",
	        "what learns of an encoder with a file: none, top:N (its last layers), all, of a language model also lora:N (adapters of rank N)");
	option_flag(o, &s->random_weights, "random-weights",
	        "a control: let such an encoder begin with random weights instead");
	option_int(o, &s->embed, "embed N", 1, 4096, "width of a word vector");
	option_int(o, &s->text_hidden, "text-hidden N", HIDDEN_LEAST_TEXT, 4096,
	        "width of the text encoder");
	option_int(o, &s->speech_hidden, "speech-hidden N", 0, 4096,
	        "width of the speech encoder; 0: functionals as they are");
	option_int(o, &s->face_hidden, "face-hidden N", HIDDEN_LEAST, 4096,
	        "width of the face encoder");
	option_int(o, &s->fusion_hidden, "fusion-hidden N", HIDDEN_LEAST, 4096,
	        "width of the fusion's layers");
	option_number(o, &s->dropout, "dropout P", 0, 0.95,
	        "share of numbers dropped in training");
	option_int(o, &s->frontend.ngrams.words, "word-ngrams N", 1, NGRAMS_WORDS,
	        "of ngrams: the longest run of words; 2: pairs of neighbours too");
	option_int(o, &s->frontend.ngrams.letters, "letter-ngrams N", 0, NGRAMS_LETTERS,
	        "of ngrams: the longest piece of a word, 3 letters at least; 0: no pieces");
	option_flag(o, &s->frontend.characters, "characters",
	        "cut text into characters instead of words");
	option_text(o, &s->vectors, "vectors FILE",
	        "begin with these word vectors: GloVe or word2vec");
	option_flag(
	        o, &s->freeze_vectors, "freeze-vectors", "and leave them as they are");
	option_int(o, &s->frontend.min_count, "min-count N", 1, 1000000,
	        "rarer words, or n-grams, are unknown");
	option_int(o, &s->frontend.max_words, "max-words N", 1, FRONTEND_WORDS,
	        "longer texts are cut");
	option_flag(o, &s->streaming, "streaming",
	        "a model that can listen in real time: --speech-encoder cnn-causal --normalise running --no-trim, unless another that looks into no future is given");
	settings_frames(o, s);
	option_int(o, &vary->copies, "copies N", 0, 100,
	        "varied copies of each training clip, besides it");
	option_number(o, &vary->noise, "noise DB", 0, 100,
	        "white noise in the copies, DB to DB + 20 under the voice; 0: none");
	option_number(o, &vary->speed, "speed S", 0, 0.5,
	        "copies 1 - S to 1 + S times as fast, pitch and all; 0: as it is");
	option_number(o, &vary->gain, "gain DB", 0, 60,
	        "copies up to DB louder or softer; 0: as it is");
	option_seed(o, &vary->seed, "vary-seed N", "another seed, other copies");
	option_int(o, &train->mask_bands, "mask-bands N", 0, 512,
	        "SpecAugment: wipe out two bars of up to N mel bands; 0: none");
	option_int(o, &train->mask_frames, "mask-frames N", 0, 100000,
	        "and two of up to N frames, a fifth of the clip; 0: none");
	option_int(o, &train->batch, "batch N", 1, 65536, "utterances a step");
	option_choice(o, &train->select, "select BY", select_names,
	        "keep the epoch with the best uar or f1 (weighted)");
	settings_steps(o, s);
	option_number(o, &train->average, "average A", 0, 0.999999,
	        "share kept by a running average of the weights, which then predicts (0.999); 0: none");
	option_number(o, &train->smooth, "smooth A", 0, 0.99,
	        "share of earlier epochs in the validation score that chooses the best; 0: none");
	option_flag(o, &s->refit, "refit",
	        "then train once more, on the validation split too, for as many epochs as it found best");
	option_number(o, &train->clip, "clip NORM", 0, 1e9,
	        "limit on the gradient's norm; 0: none");
	option_number(o, &train->smoothing, "smoothing P", 0, 0.99, "label smoothing");
	option_flag(o, &train->class_weights, "class-weights",
	        "let every class weigh alike in the loss");
	option_number(o, &train->modality_dropout, "modality-dropout P", 0, 1,
	        "chance that an utterance loses a modality in training");
	option_number(o, &train->auxiliary, "auxiliary W", 0, 100,
	        "weight of the loss of a head of each encoder's own; 0: none");
	option_number(o, &train->modulate, "modulate ALPHA", 0, 100,
	        "slow down the encoder that is ahead (OGM-GE; 0.1 to 1); 0: no");
	option_int(o, &train->pretrain, "pretrain N", 0, 100000,
	        "of the epochs, the first N train each encoder alone");
	option_flag(o, &train->freeze_encoders, "freeze-encoders",
	        "and after those the encoders stay as they are");
}

void settings_epochs(Options *o, Settings *s)
{
	option_int(o, &s->train.epochs, "epochs N", 1, 100000,
	        "passes over the training split, at most");
}

void settings_patience(Options *o, Settings *s)
{
	option_int(o, &s->train.patience, "patience N", 0, 100000,
	        "epochs without progress before it stops; 0: never");
}

void settings_reading(Options *o, Settings *s)
{
	option_int(o, &s->train.threads, "threads N", 0, 1024,
	        "0: all cores; the result is the same");
	option_text(o, &s->cache, "cache DIR", "where mel frames are kept between runs");
	option_flag(o, &s->no_cache, "no-cache", "keep no mel frames");
	option_int(o, &s->channel, "channel N", 0, 65535,
	        "this channel of every clip, from 1; 0: the mean of all");
	option_flag(o, &s->skip_bad, "skip-bad",
	        "leave out rows and clips that cannot be read, and count them");
	option_flag(o, &s->quiet, "quiet", "say nothing while it runs");
}

void settings_running(Options *o, Settings *s)
{
	settings_reading(o, s);
	option_flag(o, &s->allow_leak, "allow-speaker-leak",
	        "train although speakers are in train and in another split");
}

void settings_help(void)
{
	printf("\nFusion strategies:\n");
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		printf("  %-10s %s\n", fusion->name, fusion->summary);
}

static bool find_fusion(const char *name, ModelConfig *config, Error *error)
{
	bool alone = config->reads.has[MODALITY_SPEECH] &&
	             modalities_count(config->reads) == 1;
	const EncoderKind *speech = config->encoder[MODALITY_SPEECH].kind;
	config->fusion = name    ? fusion_find(name)
	                 : alone ? encoder_fusion(speech)
	                         : fusion_find("middle");
	if (config->fusion)
		return true;
	Arena *arena = arena_new("fusions");
	const char *known = "";
	for (const Fusion *f = fusion_table; f->name; f++)
		known = arena_format(arena, "%s%s%s", known, *known ? ", " : "", f->name);
	error_set(error, "fusion \"%s\" is not known: expected one of %s", name, known);
	arena_free(arena);
	return false;
}

bool settings_open(Settings *settings, Arena *arena, Error *error)
{
	const char *const names[] = { [MODALITY_TEXT] = settings->text_encoder,
		[MODALITY_SPEECH] = settings->speech_encoder };
	for (ModalityKind m = 0; m < MODALITY_FACE; m++) {
		const EncoderKind *kind;
		Error unknown;
		const char *path = strchr(names[m], ':');
		settings->pretrained[m] = NULL;
		if (!path || !path[1] || !encoder_find(&kind, m, names[m], &unknown) ||
		        !encoder_pretrained(kind))
			continue; /* settings_resolve tells what is wrong */
		Pretrained *pretrained = ARENA_NEW(arena, Pretrained);
		*pretrained = (Pretrained){ .path = path + 1,
			.random = settings->random_weights };
		Error why;
		if (!tune_parse(&pretrained->tune, settings->tune, &why))
			return error_set(error, "--tune: %s", why.text);
		if (!encoder_open(kind, pretrained, arena, error))
			return false;
		settings->pretrained[m] = pretrained;
	}
	return true;
}

/* An encoder has its file, or needs none. */
static bool check_file(const Settings *settings, ModalityKind m, const char *name,
        const EncoderKind *kind, Error *error)
{
	const char *what = modality_name(m);
	if (encoder_pretrained(kind))
		return settings->pretrained[m] ||
		       error_set(error, "--%s-encoder %s: expected %s:FILE", what, name,
		               kind->name);
	return !strchr(name, ':') ||
	       error_set(error, "--%s-encoder %s: %s begins with no file", what, name,
	               kind->name);
}

static bool resolve_encoders(const Settings *settings, ModelConfig *config, Error *error)
{
	const char *names[MODALITIES] = { settings->text_encoder,
		settings->speech_encoder,
		settings->face_encoder ? settings->face_encoder : encoder_vectors.name };
	const int hidden[MODALITIES] = { settings->text_hidden, settings->speech_hidden,
		settings->face_hidden };
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		EncoderConfig *encoder = &config->encoder[m];
		Error known;
		*encoder = (EncoderConfig){ .hidden = hidden[m],
			.dropout = config->dropout };
		if (!encoder_find(&encoder->kind, m, names[m], &known))
			return error_set(error, "--%s-encoder %s: expected %s",
			        modality_name(m), names[m], known.text);
		if (!check_file(settings, m, names[m], encoder->kind, error))
			return false;
		encoder->pretrained = settings->pretrained[m];
		int least = encoder_least(encoder->kind, m);
		if (encoder->hidden < least)
			return error_set(error, "--%s-hidden %d: expected %d at least",
			        modality_name(m), encoder->hidden, least);
	}
	config->encoder[MODALITY_TEXT].embed = settings->embed;
	return true;
}

/* What varies a clip needs a clip, and copies to vary. */
static bool check_variation(
        const Settings *settings, const Frontend *frontend, Error *error)
{
	const VarySettings *vary = &frontend->vary;
	bool masks = settings->train.mask_bands || settings->train.mask_frames;
	if (masks && frontend_reads_sound(frontend) && !frontend_reads_frames(frontend))
		return error_set(error,
		        "--mask-bands and --mask-frames wipe out frames, but --speech-encoder functionals reads none");
	if (vary->copies && !vary_changes(vary))
		return error_set(error,
		        "--copies %d: they would all be the same. Hint: --noise, --speed or --gain says how they differ",
		        vary->copies);
	if (!vary->copies && vary_changes(vary))
		return error_set(error,
		        "--noise, --speed and --gain are of copies: expected --copies N too");
	if ((vary->copies || masks) && !frontend_reads_sound(frontend))
		return error_set(error,
		        "--copies, --mask-bands and --mask-frames change the sound, but none is read");
	return true;
}

/* What streams looks into no future, anywhere. */
static bool check_streaming(
        const Settings *settings, const ModelConfig *config, Error *error)
{
	const EncoderKind *speech = config->encoder[MODALITY_SPEECH].kind;
	if (!settings->streaming)
		return true;
	if (!config->reads.has[MODALITY_SPEECH])
		return error_set(error, "--streaming: expected speech in --modalities");
	if (!encoder_causal(speech))
		return error_set(error,
		        "--streaming: --speech-encoder %s looks into the future: expected cnn-causal or lstm-causal",
		        speech->name);
	if (settings->normalise != NORMALISE_RUNNING &&
	        settings->normalise != NORMALISE_CORPUS)
		return error_set(error,
		        "--streaming: --normalise %s needs all of a clip before its first frame: expected running or corpus",
		        normalise_names[settings->normalise]);
	return !settings->frontend.frames.trim ||
	       error_set(error,
	               "--streaming: --trim needs all of a clip: listen cuts turns by itself");
}

/* N-grams are of words, and have a table of their own. */
static bool check_ngrams(const Settings *settings, const ModelConfig *config,
        Frontend *frontend, Error *error)
{
	const NgramSettings *ngrams = &frontend->ngrams;
	if (config->encoder[MODALITY_TEXT].kind != &encoder_ngrams) {
		frontend->ngrams = (NgramSettings){ .words = 0 };
		return true;
	}
	if (settings->frontend.characters)
		return error_set(error,
		        "--characters: --text-encoder ngrams reads words, and the pieces of words by itself (--letter-ngrams)");
	if (settings->vectors)
		return error_set(error,
		        "--vectors: are of words, but --text-encoder ngrams has a vector for each n-gram");
	return !ngrams->letters || ngrams->letters >= NGRAMS_LEAST ||
	       error_set(error, "--letter-ngrams %d: expected %d to %d, or 0 for none",
	               ngrams->letters, NGRAMS_LEAST, NGRAMS_LETTERS);
}

/* What an encoder's file asks of the front end, and whom it has heard. */
static bool resolve_files(const Settings *settings, const ModelConfig *config,
        Frontend *frontend, Error *error)
{
	bool any = false;
	for (ModalityKind m = 0; m < MODALITIES; m++) {
		const Pretrained *pretrained = config->encoder[m].pretrained;
		if (!pretrained || !config->reads.has[m])
			continue;
		any = true;
		if (!encoder_agrees(&config->encoder[m], frontend, error))
			return false;
		if (!pretrained->random && m == MODALITY_SPEECH)
			frontend->heard = pretrained->heard;
	}
	bool tunes = strcmp(settings->tune, "none") && !settings->tune_rows;
	if (any || (!tunes && !settings->random_weights))
		return true;
	return error_set(error,
	        "--tune and --random-weights are of an encoder that begins with a file, such as --speech-encoder apc:FILE");
}

FrameSettings settings_hears(const Settings *settings, Hears hears)
{
	FrameSettings frames = settings->frontend.frames;
	frames.hears = hears;
	mel_preset(&frames.mel, mel_presets[settings->mel]);
	frames.mel.bands.count = settings->mels;
	frames.mel.stft.hop = settings->hop;
	frames.causal = settings->streaming;
	if (frames.causal) {
		frames.mel.stft.padding = STFT_WHOLE;
		frames.mel.top_db = 0;
	}
	return frames;
}

bool settings_resolve(
        const Settings *settings, ModelConfig *config, Frontend *frontend, Error *error)
{
	*config = (ModelConfig){ .hidden = settings->fusion_hidden,
		.dropout = (real)settings->dropout,
		.heads = train_needs_heads(&settings->train) };
	*frontend = settings->frontend;
	frontend->normalise = (Normalise)settings->normalise;
	if (frontend->normalise == NORMALISE_SPEAKER)
		frontend->faces = NORMALISE_SPEAKER;
	if (!modalities_parse(settings->modalities, &config->reads, error) ||
	        !resolve_encoders(settings, config, error) ||
	        !find_fusion(settings->fusion, config, error))
		return false;
	frontend->reads = config->reads;
	for (ModalityKind m = 0; m < MODALITIES; m++)
		encoder_asks(config->encoder[m].kind, m, frontend);
	encoder_prepare(&config->encoder[MODALITY_TEXT], frontend);
	if (!check_streaming(settings, config, error) ||
	        !check_ngrams(settings, config, frontend, error) ||
	        !check_variation(settings, frontend, error))
		return false;
	if (settings->freeze_vectors && !settings->vectors)
		return error_set(error, "--freeze-vectors: expected --vectors FILE too");
	if (settings->vectors &&
	        (frontend->vectors.has[MODALITY_TEXT] || frontend->tokeniser))
		return error_set(error,
		        "--vectors: are of words, but --text-encoder %s reads none",
		        config->encoder[MODALITY_TEXT].kind->name);
	if (settings->train.freeze_encoders && !settings->train.pretrain)
		return error_set(error, "--freeze-encoders: expected --pretrain N too");
	if (settings->train.pretrain >= settings->train.epochs)
		return error_set(error,
		        "--pretrain %d: expected fewer than the %d of --epochs, which they are a part of",
		        settings->train.pretrain, settings->train.epochs);
	if (!optimiser_check(&settings->train.optimiser, error) ||
	        !plan_check(&settings->train.schedule, error))
		return false;
	frontend->frames = settings_hears(settings, frontend->frames.hears);
	return resolve_files(settings, config, frontend, error);
}

void settings_face(const Settings *settings, const Corpus *corpus, ModelConfig *config,
        Frontend *frontend)
{
	const EncoderKind **kind = &config->encoder[MODALITY_FACE].kind;
	const Utterance *first = corpus->utterances;
	const char *row = NULL, *track = NULL;
	if (corpus->count) {
		row = corpus_extra(corpus, first, rows_column(MODALITY_FACE));
		track = corpus_extra(corpus, first, FACE_TRACK_COLUMN);
	}
	if (settings->face_encoder)
		return;
	if (corpus->face || track)
		*kind = &encoder_frames_cnn;
	else if (row && rows_is_picture(row))
		*kind = &encoder_pictures;
	encoder_asks(*kind, MODALITY_FACE, frontend);
}
