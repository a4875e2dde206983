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
	const char *out, *curve;
	OptionWords exclude;
	bool all, resume;
	double save_every;
	int asked_begin, asked_end; /* options that decide what comes of it */
	ApcConfig config;
	Settings settings;
} Job;

static Settings defaults(void)
{
	Settings settings = settings_defaults();
	TrainOptions *train = &settings.train;
	train->epochs = 20;
	train->batch = 32;
	train->patience = 0;
	train->smooth = 0;
	train->clip = 1;
	train->schedule.name = "cosine";
	return settings;
}

static void list_options(Options *options, Job *job)
{
	Settings *s = &job->settings;
	option_text(options, &job->out, "out FILE", "where the model of sound is saved");
	option_flag(options, &job->resume, "resume",
	        "go on from where FILE stands, and keep there what that needs");
	option_number(options, &job->save_every, "save-every S", 0, 1e9,
	        "with --resume: save within an epoch too, every S seconds");
	option_text(options, &job->curve, "curve FILE.svg", "draw the loss there too");
	job->asked_begin = options->count;
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
	option_int(options, &s->train.batch, "batch N", 1, 65536, "clips a step");
	settings_steps(options, s);
	option_number(options, &s->train.clip, "clip NORM", 0, 1e9,
	        "limit on the gradient's norm; 0: none");
	option_seed(options, &s->train.seed, "seed N", "another seed, another model");
	settings_epochs(options, s);
	job->asked_end = options->count;
	settings_patience(options, s);
	settings_reading(options, s);
}

/* The clips as frames; words and labels are not looked at. */
static bool read_frames(Frontend *frontend, Dataset data[SPLIT_COUNT], Arena *arena,
        const Job *job, const Sounds *sounds, Pool *pool, Error *error)
{
	const Settings *s = &job->settings;
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
	const TrainOptions *options = &job->settings.train;
	Rng rng = rng_new(options->seed);
	file->params = params_new(arena);
	file->apc = apc_new(&file->config, &file->params, &rng);
	Lesson lesson = speech_lesson(arena, &file->config);
	Trainer *trainer = trainer_begin(&file->params, &lesson, &data[SPLIT_TRAIN],
	        &data[SPLIT_VALIDATION], options, pool);
	PretrainRun run = {
		.task = "pretrain speech",
		.loss = "loss (deviations), share saved",
		.curve = job->curve,
		.go_on = job->resume,
		.quiet = job->settings.quiet,
		.resume = { .path = job->out,
		        .settings = options_text(
		                job->options, job->asked_begin, job->asked_end),
		        .data = resume_data(arena, frontend, &data[SPLIT_TRAIN],
		                &data[SPLIT_VALIDATION]),
		        .every = job->save_every,
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
		.skip_bad = job->settings.skip_bad,
		.channel = job->settings.channel };
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	if (!file_can_write(arena, job->out, error) ||
	        !file_can_write(arena, job->curve, error) ||
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
	if (!job->settings.quiet)
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
		.save_every = 60,
		.config = { .hidden = 256, .layers = 2, .ahead = 3 },
		.settings = defaults() };
	list_options(options, &job);
	if (!options_read(options, 2, INT_MAX, "expected speech and a corpus", error))
		return options_status(options);
	if (!job.out)
		return options_wrong(
		        error, "--out says where the model of sound is saved");
	if (!options_out(options, "out", job.out, error) ||
	        !options_out(options, "curve", job.curve, error) ||
	        !optimiser_check(&job.settings.train.optimiser, error) ||
	        !plan_check(&job.settings.train.schedule, error))
		return STATUS_USAGE;
	Pool *pool = options_pool(job.settings.train.threads);
	bool done = run_job(&job, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}
