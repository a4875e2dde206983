/* pretrain_text.c: pretrain text: a model of language from a file of texts. */
#include "emotionnet/command/pretraining.h"

#include "emotionnet/experiment/experiment.h"
#include "emotionnet/pretrain/run.h"
#include "emotionnet/pretrain/text.h"
#include "emotionnet/pretrain/text_folder.h"
#include "emotionnet/pretrain/trigram.h"
#include "tensor/elementary.h"
#include "tensor/file/folder.h"

typedef struct Job {
	const Options *options;
	Pretraining asked;
	TextsAsked texts;
	LlamaConfig config;
	double dropout;
} Job;

/* Two million parameters; one and a half passes over 24 MB of text, in half an hour of one
 * processor, leave a trigram that counted all of it behind. */
static Job defaults(const Options *options)
{
	Job job = { .options = options,
		.asked = pretraining_defaults(),
		.texts = { .tokens = 2000, .context = 64, .held = 100, .parts = 20 },
		.config = { .width = 192, .layers = 4, .heads = 4, .tied = true } };
	TrainOptions *train = &job.asked.settings.train;
	train->epochs = 30;
	train->rate = 3e-3;
	train->optimiser.name = "adamw";
	train->optimiser.decay = 0.01;
	train->schedule.warmup = 100;
	return job;
}

static void list_options(Options *options, Job *job)
{
	Settings *s = &job->asked.settings;
	option_text(options, &job->asked.out, "out DIR",
	        "the folder where the model of language is saved");
	pretraining_files(options, &job->asked, "DIR");
	option_int(options, &job->texts.tokens, "vocabulary N", 257, TRIGRAM_TOKENS,
	        "tokens of the vocabulary, which is made of the texts");
	option_int(options, &job->texts.context, "context N", 2, 8192,
	        "tokens that the model reads at a time");
	option_int(options, &job->texts.held, "held N", 2, 1000000,
	        "every N-th text is held out, to validate on");
	option_int(options, &job->texts.parts, "parts N", 1, 100000,
	        "an epoch reads one N-th of the texts, the next one the next");
	option_int(options, &job->config.width, "width N", 2, 8192, "of each layer");
	option_int(options, &job->config.layers, "layers N", 1, 128, "blocks");
	option_int(options, &job->config.heads, "heads N", 1, 128, "of attention");
	option_number(options, &job->dropout, "dropout P", 0, 0.9,
	        "of attention, and before each sum");
	pretraining_steps(options, &job->asked, "blocks a step");
	option_int(options, &s->train.epochs, "epochs N", 1, 100000,
	        "at most; --parts of them are one pass over the texts");
	job->asked.asked_end = options->count;
	settings_patience(options, s);
	option_int(options, &s->train.threads, "threads N", 0, 1024,
	        "0: all cores; the result is the same");
	option_flag(options, &s->quiet, "quiet", "say nothing while it runs");
}

/* The inner width is 8/3 of the outer one, so that its three maps have as many weights as
 * two of four times the width (Shazeer 2020), in whole vectors of 16. */
static bool complete(Job *job, Error *error)
{
	LlamaConfig *c = &job->config;
	if (c->width % (2 * c->heads))
		return error_set(error,
		        "--width %d and --heads %d: the width must be a multiple of twice the heads",
		        c->width, c->heads);
	c->inner = (8 * c->width / 3 + 15) / 16 * 16;
	c->longest = job->texts.context;
	c->dropout = (real)job->dropout;
	job->texts.seed = job->asked.settings.train.seed;
	return true;
}

/* Of a run: the best weights so far, and beside them what the next step needs. */
static bool save(const void *model, const Params *kept, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error)
{
	(void)model;
	const RecordPart parts[] = { { kept, NULL, NULL },
		{ state, keep_state, context } };
	return record_save(kept->arena, parts, state ? 2 : 1, path, error);
}

static void tell_texts(const Texts *texts, double trigram)
{
	fprintf(stderr,
	        "Note: %d texts, of which %d are held out and %d more left out, for the same words are held out; %d tokens to learn from, %d to validate on; %.2f bytes a token; an interpolated trigram's perplexity: %.2f.\n",
	        texts->texts, texts->held, texts->repeated,
	        texts->stream[SPLIT_TRAIN].count, texts->stream[SPLIT_VALIDATION].count,
	        (double)texts->bytes / (texts->stream[SPLIT_TRAIN].count +
	                                       texts->stream[SPLIT_VALIDATION].count),
	        trigram);
}

/* Of the tokens that the blocks predict, each with its true two before it. */
static double trigram_of(const Texts *texts, int context)
{
	const TokenStream *training = &texts->stream[SPLIT_TRAIN];
	const TokenStream *held = &texts->stream[SPLIT_VALIDATION];
	int predicted = texts->blocks[SPLIT_VALIDATION].count * context;
	return trigram_loss(training->at, (size_t)training->count, held->at,
	        (size_t)predicted + 1, texts->vocabulary.count);
}

static bool train_model(
        Job *job, Arena *arena, const Texts *texts, Pool *pool, Error *error)
{
	double trigram = trigram_of(texts, job->texts.context);
	if (!job->asked.settings.quiet)
		tell_texts(texts, double_exp(trigram));
	job->config.vocabulary = texts->vocabulary.count;
	const TrainOptions *options = &job->asked.settings.train;
	Rng rng = rng_new(options->seed);
	Params params = params_new(arena);
	const Llama *model = llama_new(&params, NULL, &job->config, &rng);
	Lesson lesson = text_lesson(arena, &job->config, texts, trigram);
	Dataset part = texts->blocks[SPLIT_TRAIN];
	part.count = texts->part;
	Trainer *trainer = trainer_begin(
	        &params, &lesson, &part, &texts->blocks[SPLIT_VALIDATION], options, pool);
	double score = -1;
	PretrainRun run = {
		.task = "pretrain text",
		.loss = "loss (nats a token)",
		.curve = job->asked.curve,
		.go_on = job->asked.resume,
		.quiet = job->asked.settings.quiet,
		.resume = { .path = text_folder_file(arena, job->asked.out,
		                    job->asked.resume ? "training.safetensors"
		                                      : "model.safetensors"),
		        .settings = options_text(job->options, job->asked.asked_begin,
		                job->asked.asked_end),
		        .data = texts_data(arena, texts),
		        .every = job->asked.save_every,
		        .trainer = trainer,
		        .save = save,
		        .model = model },
		.score = &score,
		.reference = trigram,
		.reference_name = "an interpolated trigram",
	};
	TextFolder folder = { job->asked.out, &model->config, &texts->vocabulary };
	if (!folder_make(job->asked.out, error) ||
	        !file_can_write(arena, run.resume.path, error) ||
	        !pretrain_run(&run, error) || !text_folder_save(&folder, &params, error))
		return false;
	printf("perplexity of the texts that are held out: %.2f; of an interpolated trigram: %.2f\n",
	        double_exp(text_loss(score, trigram)), double_exp(trigram));
	return true;
}

Status pretrain_text(Options *options, Error *error)
{
	Job job = defaults(options);
	list_options(options, &job);
	if (!options_read(options, 2, 2, "expected text and a file of texts, one a line",
	            error))
		return options_status(options);
	if (!job.asked.out)
		return options_wrong(
		        error, "--out says where the model of language is saved");
	if (!pretraining_check(options, &job.asked, error) || !complete(&job, error))
		return STATUS_USAGE;
	job.texts.path = options->operands[1];
	Texts texts;
	Pool *pool = options_pool(job.asked.settings.train.threads);
	bool done = file_can_write(options->arena, job.asked.curve, error) &&
	            texts_read(&texts, options->arena, &job.texts, error) &&
	            train_model(&job, options->arena, &texts, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}
