/* pretrain_speech.c: pretrain speech: a model of sound from the clips of manifests. */
#include "emotionnet/command/pretraining.h"

#include "emotionnet/apc/file.h"
#include "emotionnet/corpus/heard.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/pretrain/run.h"
#include "emotionnet/pretrain/sounds.h"
#include "emotionnet/pretrain/speech.h"

#include <limits.h>

typedef struct Job {
	const Options *options;
	Pretraining asked;
	OptionWords exclude;
	bool all;
	ApcConfig config;
} Job;

static void list_options(Options *options, Job *job)
{
	Settings *s = &job->asked.settings;
	option_text(options, &job->asked.out, "out FILE",
	        "where the model of sound is saved");
	pretraining_files(options, &job->asked, "FILE");
	option_words(options, &job->exclude, "exclude CORPUS...",
	        "leave out the speakers of these manifests' test splits");
	option_flag(options, &job->all, "all",
	        "learn from the test splits too: of corpora on which nothing is tested");
	option_int(options, &job->config.hidden, "hidden N", 1, APC_HIDDEN,
	        "width of each layer");
	option_int(options, &job->config.layers, "layers N", 1, APC_LAYERS, "of GRUs");
	option_int(options, &job->config.ahead, "ahead N", 1, APC_AHEAD,
	        "predict the frame N later");
	settings_frames(options, s);
	pretraining_steps(options, &job->asked, "clips a step");
	settings_epochs(options, s);
	job->asked.asked_end = options->count;
	settings_patience(options, s);
	settings_reading(options, s);
}

/* The clips as frames; words and labels are not looked at. */
static bool read_frames(Frontend *frontend, Dataset data[SPLIT_COUNT], Arena *arena,
        const Job *job, const Sounds *sounds, Pool *pool, Error *error)
{
	const Settings *s = &job->asked.settings;
	FrontendRun run;
	*frontend = s->frontend;
	frontend->reads = (ModalitySet){ .has = { [MODALITY_SPEECH] = true } };
	frontend->normalise = (Normalise)s->normalise;
	frontend->frames = settings_hears(s, HEARS_FRAMES);
	if (!prepared_run(&run, arena, s, pool, error) ||
	        !frontend_fit(frontend, data, arena, &sounds->corpus, &run, error))
		return false;
	prepared_tell(&run, &sounds->corpus, s);
	return true;
}

static void tell_clips(const Sounds *sounds, const Dataset data[], int dropped)
{
	double seconds = 0;
	for (int i = 0; i < data[SPLIT_TRAIN].count; i++)
		seconds += data[SPLIT_TRAIN].items[i].seconds;
	fprintf(stderr,
	        "Note: %d clips to learn from (%.2f hours), %d to validate; left out: %d of test splits, %d of speakers of --exclude, %d rows without a clip, %d that are too short.\n",
	        data[SPLIT_TRAIN].count, seconds / 3600, data[SPLIT_VALIDATION].count,
	        sounds->tests, sounds->excluded, sounds->mute, dropped);
}

static bool save(const void *model, const Params *kept, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error)
{
	return apc_file_save(model, kept, state, keep_state, context, path, error);
}

static bool train_model(const Job *job, ApcFile *file, Arena *arena,
        const Frontend *frontend, const Dataset data[], Pool *pool, Error *error)
{
	const TrainOptions *options = &job->asked.settings.train;
	Rng rng = rng_new(options->seed);
	file->params = params_new(arena);
	file->apc = apc_new(&file->config, &file->params, &rng);
	Lesson lesson = speech_lesson(arena, &file->config);
	Trainer *trainer = trainer_begin(&file->params, &lesson, &data[SPLIT_TRAIN],
	        &data[SPLIT_VALIDATION], options, pool);
	PretrainRun run = {
		.task = "pretrain speech",
		.loss = "loss (deviations), share saved",
		.curve = job->asked.curve,
		.go_on = job->asked.resume,
		.quiet = job->asked.settings.quiet,
		.resume = { .path = job->asked.out,
		        .settings = options_text(job->options, job->asked.asked_begin,
		                job->asked.asked_end),
		        .data = resume_data(arena, frontend, &data[SPLIT_TRAIN],
		                &data[SPLIT_VALIDATION]),
		        .every = job->asked.save_every,
		        .trainer = trainer,
		        .save = save,
		        .model = file },
	};
	return pretrain_run(&run, error);
}

static bool run_job(const Job *job, Arena *arena, Pool *pool, Error *error)
{
	const Options *options = job->options;
	Sounds sounds;
	SoundsAsked asked = { .manifests = (const char *const *)options->operands + 1,
		.manifest_count = options->operand_count - 1,
		.exclude = job->exclude.items,
		.exclude_count = job->exclude.count,
		.all = job->all,
		.skip_bad = job->asked.settings.skip_bad,
		.channel = job->asked.settings.channel };
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	if (!file_can_write(arena, job->asked.out, error) ||
	        !file_can_write(arena, job->asked.curve, error) ||
	        !sounds_read(&sounds, arena, &asked, error) ||
	        !read_frames(&frontend, data, arena, job, &sounds, pool, error))
		return false;
	ApcFile file = { .config = job->config,
		.frames = frontend.frames,
		.normalise = frontend.normalise,
		.source = sounds.source,
		.heard = heard_list(arena, &sounds.corpus, SPLIT_COUNT) };
	file.config.in = frames_width(&frontend.frames);
	int dropped = 0;
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		dropped += speech_drop_short(&data[split], &file.config);
	if (!job->asked.settings.quiet)
		tell_clips(&sounds, data, dropped);
	bool done = data[SPLIT_TRAIN].count
	                    ? train_model(job, &file, arena, &frontend, data, pool, error)
	                    : error_set(error,
	                              "--ahead %d: no clip is longer than so many frames",
	                              job->config.ahead);
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	return done;
}

Status pretrain_speech(Options *options, Error *error)
{
	Job job = { .options = options,
		.asked = pretraining_defaults(),
		.config = { .hidden = 256, .layers = 2, .ahead = 3 } };
	list_options(options, &job);
	if (!options_read(options, 2, INT_MAX, "expected speech and a corpus", error))
		return options_status(options);
	if (!job.asked.out)
		return options_wrong(
		        error, "--out says where the model of sound is saved");
	if (!options_out(options, "out", job.asked.out, error) ||
	        !pretraining_check(options, &job.asked, error))
		return STATUS_USAGE;
	Pool *pool = options_pool(job.asked.settings.train.threads);
	bool done = run_job(&job, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}
