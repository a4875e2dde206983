/* leak.c: the command leak: what a model tells beside the emotion: who speaks, and who was
 * in its training. */
#include "emotionnet/command/commands.h"
#include "emotionnet/card/leak.h"
#include "emotionnet/features/cache.h"
#include "tensor/plot/escape.h"

typedef struct Request {
	const char *model, *corpus, *cache;
	bool json, skip_bad;
	int threads, channel, most;
} Request;

/* The splits that the corpus has; of those that it lacks, nothing. */
static bool read_splits(Dataset data[SPLIT_COUNT], const Checkpoint *checkpoint,
        const Corpus *corpus, FrontendRun *run, Error *error)
{
	for (Split split = SPLIT_TRAIN; split < SPLIT_COUNT; split++)
		if (corpus_count(corpus, split) &&
		        !frontend_apply(&checkpoint->frontend, &data[split], corpus,
		                split, run, error))
			return false;
	return true;
}

static bool leak(const Request *request, Arena *arena, Pool *pool, Error *error)
{
	Checkpoint checkpoint;
	Corpus corpus;
	Dataset data[SPLIT_COUNT] = { { 0 } };
	FrontendRun run = { .pool = pool,
		.cache = request->cache,
		.skip_bad = request->skip_bad,
		.warnings = stderr };
	if ((request->cache && !cache_make(arena, request->cache, error)) ||
	        !checkpoint_load(&checkpoint, arena, request->model, error) ||
	        !corpus_read(&corpus, arena, request->corpus, request->skip_bad, stderr,
	                error))
		return false;
	corpus.channel = request->channel;
	bool done = read_splits(data, &checkpoint, &corpus, &run, error);
	if (done) {
		LeakOptions options = {
			.utterances = request->most, .read = true, .emotions = true
		};
		SpeakerLeak speaker =
		        leak_of(arena, &checkpoint, &corpus, data, &options, pool);
		Membership member =
		        leak_membership(arena, &checkpoint, &corpus, data, pool);
		if (request->json) {
			printf("{\"speaker\":");
			leak_print_json(stdout, &speaker);
			printf(",\"membership\":");
			membership_print_json(stdout, &member);
			printf("}\n");
		} else {
			leak_print(stdout, &speaker);
			putchar('\n');
			membership_print(stdout, &member);
		}
	}
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	return done;
}

static Status run(Options *options, Error *error)
{
	Request request = { .most = 0 };
	option_flag(options, &request.json, "json", "one JSON object on standard output");
	option_int(options, &request.most, "max N", 0, 1000000,
	        "name the speakers of N utterances, evenly over all; 0: of all");
	option_text(options, &request.cache, "cache DIR",
	        "where mel frames are kept between runs");
	option_int(options, &request.channel, "channel N", 0, 65535,
	        "this channel of every clip, from 1; 0: the mean of all");
	option_flag(options, &request.skip_bad, "skip-bad",
	        "leave out rows and clips that cannot be read, and count them");
	option_int(options, &request.threads, "threads N", 0, 1024,
	        "0: all cores; the result is the same");
	if (!options_read(options, 2, 2, "expected a model and a corpus", error))
		return options_status(options);
	request.model = options->operands[0];
	request.corpus = options->operands[1];
	Pool *pool = options_pool(request.threads);
	bool done = leak(&request, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_leak = {
	.name = "leak",
	.usage = "MODEL CORPUS.csv [options]",
	.summary =
	        "measure what a model tells beside the emotion: who speaks, who was in its training",
	.run = run,
};
