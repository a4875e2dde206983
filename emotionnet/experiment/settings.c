/* settings.c: the table of options, and how they become the choices of a model, its
 * features and its training. */
#include "emotionnet/experiment/settings.h"

#include <stdio.h>
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
