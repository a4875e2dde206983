/* listening.c: the lines of listen. */
#include "emotionnet/command/listening.h"

#include "emotionnet/experiment/modalities.h"
#include "emotionnet/score/coverage.h"
#include "tensor/clock.h"
#include "tensor/file/json_write.h"
#include "tensor/plot/escape.h"

#include <sys/resource.h>

Listening listening_new(const Labels *labels, int rate, bool terminal)
{
	return (Listening){ .labels = labels, .rate = rate, .terminal = terminal };
}

void listening_block(Listening *listening, const FeedBlock *block)
{
	listening->since = seconds_now();
	listening->came = block->time;
	listening->heard += block->count;
	if (listening->begin <= 0)
		listening->begin = block->time - (double)block->count / listening->rate;
}

void listening_done(Listening *listening, const Live *live)
{
	listening->busy += seconds_now() - listening->since;
	if (!listening->terminal || live_speaking(live))
		return;
	fprintf(stderr, "\r%8.1f s  %6.1f dB  waiting for a voice%30s\r",
	        (double)listening->heard / listening->rate, live_level(live), "");
}

static void tell_terminal(const Listening *listening, const LiveAnswer *answer)
{
	enum { BAR = 20 };
	double p = (double)answer->probabilities[answer->label];
	char bar[BAR + 1] = { 0 };
	for (int i = 0; i < BAR && i < (int)(p * BAR + .5); i++)
		bar[i] = '#';
	terminal_print(stderr, "\r%8.1f s  %s expressed: %-14s %.2f %-20s", answer->heard,
	        answer->final ? "finally" : "so far ",
	        answer->sure ? listening->labels->names[answer->label] : NOT_SURE, p,
	        bar);
	/* what is told next, on standard output too, stands over a provisional one */
	fputc(answer->final ? '\n' : '\r', stderr);
	fflush(stderr);
}

void listening_tell(Listening *listening, const LiveAnswer *answer)
{
	double now = seconds_now(), computed = now - listening->since;
	delays_add(&listening->computed, computed);
	delays_add(&listening->after, now - listening->came);
	listening->answers++;
	listening->turns += answer->final;
	listening->sure += answer->final && answer->sure;
	fputs(answer->final ? "{\"answer\":\"final\"" : "{\"answer\":\"provisional\"",
	        stdout);
	json_put(stdout, "turn", answer->turn);
	json_put_share(stdout, "t_begin", answer->begin);
	json_put_share(stdout, "t_audio", answer->heard);
	json_put_share(stdout, "t_emit", now - listening->begin);
	json_put_share(stdout, "delay", answer->delay);
	json_put_share(stdout, "computed_ms", 1000 * computed);
	if (answer->sure)
		json_put_text(
		        stdout, "expressed", listening->labels->names[answer->label]);
	else
		fputs(",\"expressed\":null", stdout);
	json_put_shares(stdout, "probabilities", listening->labels->names,
	        answer->probabilities, listening->labels->count);
	fputs(",\"from\":", stdout);
	modalities_json(stdout, answer->has);
	if (answer->text[0])
		json_put_text(stdout, "text", answer->text);
	fputs("}\n", stdout);
	fflush(stdout);
	if (listening->terminal)
		tell_terminal(listening, answer);
}

static void tell_delays(const char *name, const Delays *delays)
{
	printf(",\"%s\":{\"p50\":", name);
	json_share(stdout, 1000 * delays_within(delays, .5));
	json_put_share(stdout, "p95", 1000 * delays_within(delays, .95));
	json_put_share(stdout, "p99", 1000 * delays_within(delays, .99));
	json_put_share(stdout, "most", 1000 * delays->most);
	putchar('}');
}

/* The most memory that the process has had, in MiB. */
static double memory(void)
{
	struct rusage self;
	getrusage(RUSAGE_SELF, &self);
#ifdef __APPLE__
	return (double)self.ru_maxrss / (1 << 20);
#else
	return (double)self.ru_maxrss / (1 << 10);
#endif
}

void listening_end(Listening *listening, long long dropped)
{
	double seconds = (double)listening->heard / listening->rate;
	if (listening->terminal)
		fprintf(stderr, "\r%78s\r", ""); /* nobody is waited for any more */
	fputs("{\"answer\":\"end\"", stdout);
	json_put_share(stdout, "seconds", seconds);
	json_put(stdout, "turns", (double)listening->turns);
	json_put(stdout, "answers", (double)listening->answers);
	json_put(stdout, "sure", (double)listening->sure);
	tell_delays("computed_ms", &listening->computed);
	tell_delays("after_block_ms", &listening->after);
	json_put_share(
	        stdout, "real_time_factor", seconds > 0 ? listening->busy / seconds : 0);
	json_put_share(stdout, "memory_mib", memory());
	json_put(stdout, "dropped", (double)dropped);
	fputs("}\n", stdout);
	fflush(stdout);
}
