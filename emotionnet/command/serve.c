/* serve.c: the command serve: a page on this machine that listens and answers. */
#include "emotionnet/command/commands.h"
#include "emotionnet/live/consent.h"
#include "emotionnet/serve/page.h"
#include "emotionnet/serve/talk.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { LAST_PORT = 65535 };

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

/* What a talk says goes to its guest. */
static void tell(void *context, bool text, const void *bytes, size_t size)
{
	guest_tell(context, text, bytes, size);
}

static void *begin(void *context, Guest *guest)
{
	TalkSettings settings = *(const TalkSettings *)context;
	settings.context = guest;
	return talk_new(&settings);
}

static bool hear(void *talk, bool text, const unsigned char *bytes, size_t size)
{
	return talk_hear(talk, text, bytes, size);
}

static void end(void *talk)
{
	talk_free(talk);
}

typedef struct Request {
	const char *const *paths;
	int count, port;
	double seconds; /* 0: until Ctrl-C */
	LiveSettings live;
	Consent consent;
} Request;

/* Whether the models can be listened with, before anybody is asked to speak. */
static bool try_models(
        const Ensemble *ensemble, const LiveSettings *settings, Error *error)
{
	Live *live = live_new(ensemble, settings, error);
	live_free(live);
	return live != NULL;
}

static bool serve(const Request *request, Arena *arena, Error *error)
{
	Ensemble ensemble;
	if (!ensemble_load(&ensemble, arena, request->paths, request->count, error) ||
	        !try_models(&ensemble, &request->live, error))
		return false;
	TalkSettings settings = {
		.ensemble = &ensemble, .live = request->live, .tell = tell
	};
	Host host = { .context = &settings, .begin = begin, .hear = hear, .end = end };
	Server *server = server_open(arena, request->port, page_files, &host, error);
	if (!server)
		return false;
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	if (printf("%s\n", server_address(server, arena)) < 0 || fflush(stdout)) {
		server_close(server);
		return error_set(
		        error, "the page's address cannot be told: %s", strerror(errno));
	}
	fprintf(stderr, "Open this address in a browser on this machine. Its key changes "
	                "each time. Nothing that is heard or seen is kept. Ctrl-C ends "
	                "it.\n");
	bool served = server_run(server, &stop, request->seconds, error);
	server_close(server);
	return served;
}

static Status run(Options *options, Error *error)
{
	Request request = { .live = live_defaults() };
	char today[CONSENT_DAY];
	option_int(options, &request.port, "port N", 0, LAST_PORT,
	        "listen on this port of 127.0.0.1; 0: on one that is free");
	consent_options(options, &request.consent);
	option_number(options, &request.live.abstain, "abstain P", 0, 1,
	        "say \"not sure\" where no emotion is as probable as P");
	option_number(options, &request.seconds, "seconds N", 0, 1e9,
	        "end after so many seconds; 0: with Ctrl-C");
	if (!options_read(options, 1, INT_MAX, "expected a model", error))
		return options_status(options);
	consent_day(today, time(NULL));
	if (!consent_ask(&request.consent, options->arena, today, stderr, error))
		return STATUS_USAGE;
	request.paths = (const char *const *)options->operands;
	request.count = options->operand_count;
	return serve(&request, options->arena, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_serve = {
	.name = "serve",
	.usage = "MODEL... (--i-am-the-speaker | --consent FILE) [options]",
	.summary =
	        "a page on this machine that listens, watches and answers as one speaks",
	.run = run,
};
