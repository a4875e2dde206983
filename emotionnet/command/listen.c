/* listen.c: the command listen: models that hear somebody speak, and answer meanwhile. */
#include "emotionnet/command/commands.h"
#include "emotionnet/command/listening.h"
#include "emotionnet/face/track.h"
#include "emotionnet/live/consent.h"
#include "emotionnet/live/feed.h"
#include "emotionnet/live/lines.h"
#include "tensor/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct Listen {
	LiveSettings settings;
	FeedSettings feed;
	Consent consent;
	const char *wav, *text, *face_track;
	bool quiet;
} Listen;

/* ---- an end from outside ----------------------------------------------------------- */

/* Where a signal leaves a byte. A handler can be given nothing: hence a global. */
static int stop_writer = -1;

static void stop_now(int number)
{
	int kept = errno;
	(void)number;
	if (write(stop_writer, "", 1) < 0) {
		/* the pipe is full: it has been told already */
	}
	errno = kept;
}

static bool catch_signals(int *reader, Error *error)
{
	int ends[2];
	if (pipe(ends))
		return error_set(error, "no pipe: %s", strerror(errno));
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	*reader = ends[0];
	stop_writer = ends[1];
	struct sigaction action = { .sa_handler = stop_now };
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN); /* a reader of the answers that goes away is an error */
	return true;
}

static void let_signals_go(int reader)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	close(reader);
	close(stop_writer);
}

/* ---- listening --------------------------------------------------------------------- */

/* A line a turn: the next one when there is a turn that has none. */
static void give_line(Live *live, Lines *lines)
{
	Error error;
	if (!lines || !live_wants_text(live))
		return;
	const char *line = lines_next(lines);
	if (line && !live_text(live, line, &error))
		fprintf(stderr, "Note: a line of text is left out: %s\n", error.text);
}

static void answer_all(Live *live, Lines *lines, Listening *told)
{
	LiveAnswer answer;
	give_line(live, lines);
	while (live_next(live, &answer)) {
		listening_tell(told, &answer);
		give_line(live, lines);
	}
}

/* All blocks until the sound ends, or nobody reads the answers any more. */
static void hear(Live *live, Feed *feed, Lines *lines, Listening *told)
{
	FeedBlock block;
	while (!ferror(stdout) && feed_take(feed, &block)) {
		listening_block(told, &block);
		for (int at = 0; at < block.count;) {
			at += live_sound(live, block.samples + at, block.count - at);
			answer_all(live, lines, told);
		}
		listening_done(told, live);
	}
	block = (FeedBlock){ .time = seconds_now() }; /* the end has come */
	listening_block(told, &block);
	live_end(live);
	answer_all(live, lines, told);
}

static bool open_sound(Listen *listen, Error *error)
{
	FeedSettings *feed = &listen->feed;
	bool standard = !strcmp(listen->wav, "-");
	if (standard && isatty(STDIN_FILENO))
		return error_set(error,
		        "standard input is a terminal: expected sound. Hint: arecord -f S16_LE -r 16000 | emotionnet listen ..., or --wav FILE");
	feed->name = standard ? "standard input" : listen->wav;
	feed->file = standard ? STDIN_FILENO : open(listen->wav, O_RDONLY);
	return feed->file >= 0 ||
	       error_set(error, "%s: %s", listen->wav, strerror(errno));
}

static void introduce(const Ensemble *ensemble, const Live *live, const LiveSettings *s)
{
	const char *again = live_rereads(live);
	if (again)
		fprintf(stderr,
		        "Note: %s looks into the future, so for each answer it reads the turn so far again, at most %g s. Hint: train --streaming\n",
		        again, s->longest);
	for (int m = 0; m < ensemble->count; m++)
		if (checkpoint_wants_all(&ensemble->models[m]))
			fprintf(stderr,
			        "Note: %s answers only once all that it reads is there.\n",
			        ensemble->paths[m]);
}

/* Whether the models have a use for all that is brought. The film lives in the arena. */
static bool take_in(const Listen *listen, const Ensemble *ensemble, Live *live,
        Arena *arena, Error *error)
{
	const char *name = ensemble->paths[0];
	if (!live_reads(live, MODALITY_SPEECH))
		return error_set(error,
		        "%s reads no sound. Hint: predict --text tells what is expressed in words",
		        name);
	if (listen->text && !live_reads(live, MODALITY_TEXT))
		return error_set(error,
		        "%s reads no words: --text %s would not be read. Hint: train --streaming without --modalities reads both",
		        name, listen->text);
	if (!listen->face_track)
		return true;
	Track *film = ARENA_NEW(arena, Track);
	return track_read(film, arena, listen->face_track, error) &&
	       live_film(live, film, error);
}

/* The feed is open: the rate that it finds is the one that the models are told. */
static bool hear_feed(Listen *listen, const Ensemble *ensemble, Feed *feed, Lines *lines,
        Arena *arena, Error *error)
{
	int rate = feed_rate(feed);
	Live *live = NULL;
	listen->settings.rate = rate ? rate : listen->feed.rate;
	live = live_new(ensemble, &listen->settings, error);
	if (!live)
		return false;
	if (!take_in(listen, ensemble, live, arena, error)) {
		live_free(live);
		return false;
	}
	Listening told = listening_new(live_labels(live), listen->settings.rate,
	        !listen->quiet && isatty(STDERR_FILENO));
	if (!listen->quiet)
		introduce(ensemble, live, &listen->settings);
	if (!listen->quiet && feed_plain(feed))
		fprintf(stderr,
		        "Note: this is no WAV, so it is heard as plain samples of 16 bits, %d a second, channels: %d (--rate, --channels)\n",
		        rate, listen->feed.channels);
	hear(live, feed, lines, &told);
	listening_end(&told, feed_dropped(feed));
	live_free(live);
	if (!feed_error(feed))
		return true;
	*error = *feed_error(feed);
	return false;
}

static bool listen_to(
        Listen *listen, const Ensemble *ensemble, Arena *arena, Error *error)
{
	Lines *lines = NULL;
	bool done = false;
	if ((listen->text && !(lines = lines_open(arena, listen->text, error))) ||
	        !open_sound(listen, error))
		goto out_lines;
	if (!catch_signals(&listen->feed.stop, error))
		goto out_sound;
	Feed *feed = feed_open(arena, &listen->feed, error);
	if (feed) {
		done = hear_feed(listen, ensemble, feed, lines, arena, error);
		stop_now(0);
		feed_close(feed);
	}
	let_signals_go(listen->feed.stop);
out_sound:
	if (listen->feed.file != STDIN_FILENO)
		close(listen->feed.file);
out_lines:
	lines_close(lines);
	return done;
}

static void list_options(Options *options, Listen *listen)
{
	LiveSettings *s = &listen->settings;
	consent_options(options, &listen->consent);
	option_text(options, &listen->wav, "wav FILE",
	        "the sound, a WAV or plain samples of 16 bits, the lowest byte first; -: from standard input");
	option_int(options, &listen->feed.rate, "rate N", LIVE_LEAST_RATE, LIVE_MOST_RATE,
	        "plain samples a second; a WAV says its own");
	option_int(options, &listen->feed.channels, "channels N", 1, 16,
	        "channels of plain samples: their mean is heard");
	option_text(options, &listen->text, "text FILE",
	        "words, a line a turn, from a file or a named pipe as they come");
	option_text(options, &listen->face_track, "face-track FILE",
	        "with a file of sound: the face in the same time, OpenFace's .csv, MediaPipe's .jsonl, or .npy");
	option_flag(
	        options, &listen->feed.pace, "pace", "play a file at the speed of sound");
	option_flag(options, &listen->feed.drop, "drop",
	        "from a microphone: throw away, and count, what finds no room, instead of letting it wait");
	option_number(options, &s->every, "every S", 0, 60,
	        "seconds from one provisional answer to the next; 0: none");
	option_number(options, &s->abstain, "abstain P", 0, 1,
	        "below this probability the answer is \"not sure\"");
	option_number(options, &s->start, "start S", 0.01, 5,
	        "a turn begins after so many seconds of voice");
	option_number(options, &s->end, "end S", 0, 30,
	        "and ends after so many of silence; 0: all sound is one turn");
	option_number(options, &s->margin, "margin S", 0, 2,
	        "seconds around the voice that are heard too");
	option_number(options, &s->longest, "longest S", 1, 60, "a longer turn is cut");
	option_flag(options, &listen->quiet, "quiet", "answers alone, no notes");
}

static Status run(Options *options, Error *error)
{
	Listen listen = { .settings = live_defaults(),
		.feed = { .rate = 16000, .channels = 1 },
		.wav = "-" };
	Ensemble ensemble;
	char today[CONSENT_DAY];
	list_options(options, &listen);
	if (!options_read(options, 1, INT_MAX, "expected a model", error))
		return options_status(options);
	consent_day(today, time(NULL));
	if (!consent_ask(&listen.consent, options->arena, today, stderr, error))
		return STATUS_USAGE;
	bool done = ensemble_load(&ensemble, options->arena,
	                    (const char *const *)options->operands,
	                    options->operand_count, error) &&
	            listen_to(&listen, &ensemble, options->arena, error);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_listen = {
	.name = "listen",
	.usage = "MODEL... --i-am-the-speaker [--wav FILE] [options] < SOUND",
	.summary =
	        "hear somebody speak, and tell meanwhile what is expressed: a JSON object a line",
	.run = run,
};
