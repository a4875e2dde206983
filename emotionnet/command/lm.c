/* A published language model goes on with a text, answers, or says how probable texts
 * are. What it writes goes to standard output as it is made; how fast, to standard
 * error. */
#include "emotionnet/command/commands.h"
#include "emotionnet/language/chat.h"
#include "emotionnet/language/sampling.h"
#include "emotionnet/language/session.h"
#include "tensor/clock.h"
#include "tensor/file/folder.h"
#include "tensor/plot/escape.h"
#include "tensor/reduce.h"
#include "tensor/utf8.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Request {
	const char *prompt, *score;
	bool chat;
	int tokens, context, threads;
	Sampling sampling;
	uint64_t seed;
	double temperature, top_p;
} Request;

typedef struct Speaker {
	LanguageFile file;
	Params params;
	Language model;
	LanguageSession session;
	Chat chat;
	Sampling sampling;
	int most;            /* tokens of an answer */
	Arena *arena, *turn; /* `turn` is emptied after each */
	/* bytes of a character whose last ones are still to come */
	char waiting[8];
	size_t waits;
} Speaker;

/* ---- output ------------------------------------------------------------------------ */

/* Characters are printed whole; what a terminal would obey is printed as "?". */
static void print_bytes(Speaker *s, TokenBytes bytes, bool last)
{
	for (size_t i = 0; i < bytes.size || last; i++) {
		if (i < bytes.size)
			s->waiting[s->waits++] = bytes.at[i];
		else if (!s->waits)
			break;
		Utf8 next = utf8_next(s->waiting, s->waits);
		bool more = !next.valid && s->waits < 4 && i < bytes.size &&
		            ((unsigned char)s->waiting[0] & 0xc0) == 0xc0 &&
		            (size_t)next.bytes == s->waits;
		if (more)
			continue;
		if (next.valid && !utf8_is_control(next.point))
			fwrite(s->waiting, 1, (size_t)next.bytes, stdout);
		else
			fputc('?', stdout);
		s->waits -= (size_t)next.bytes;
		memmove(s->waiting, s->waiting + next.bytes, s->waits);
		if (s->waits)
			i--, s->waits--; /* it is looked at again */
	}
	fflush(stdout);
}

static void tell_speed(int read, double reading, int written, double writing)
{
	fprintf(stderr, "prompt: %d tokens, %.0f a second", read,
	        reading > 0 ? read / reading : 0);
	if (written > 1 && writing > 0)
		fprintf(stderr, "; written: %d tokens, %.1f a second", written,
		        (written - 1) / writing);
	fprintf(stderr, "\n");
}

/* Many models know some numbers more than there are tokens, to have a round number of
 * them: those print nothing. */
static TokenBytes bytes_of(const Speaker *s, int token, bool first)
{
	const Tokeniser *tokeniser = s->file.tokeniser;
	return token < tokeniser_count(tokeniser)
	               ? tokeniser_bytes(tokeniser, token, first)
	               : (TokenBytes){ "", 0 };
}

/* ---- going on ---------------------------------------------------------------------- */

/* Weights that are no numbers, or so large that their sums are none, say nothing. */
static bool not_finite(Error *error)
{
	return error_set(error,
	        "the model computes numbers that are not finite: its weights are damaged, or a text makes them overflow. Fetch it anew.");
}

/* Reads the prompt and writes up to `most` tokens, or to a token that ends; `ended` says
 * whether it came. */
static bool go_on(
        Speaker *s, const TokenIds *prompt, bool first, bool *ended, Error *error)
{
	double begun = seconds_now();
	session_read(&s->session, prompt->at, prompt->count);
	double read = seconds_now();
	int written = 0;
	*ended = false;
	while (written < s->most && !*ended) {
		if (!tensor_finite(s->session.logits))
			return not_finite(error);
		int next = sample(&s->sampling, s->session.tape.arena, s->session.logits);
		*ended = next == s->file.config.end ||
		         (s->chat.end > 0 && next == s->chat.end);
		if (!*ended)
			print_bytes(s, bytes_of(s, next, first && !written), false);
		written++;
		if (session_room(&s->session) > 0)
			session_read(&s->session, &next, 1);
		else
			break;
	}
	print_bytes(s, (TokenBytes){ "", 0 }, true);
	printf("\n");
	fflush(stdout);
	tell_speed(prompt->count, read - begun, written, seconds_now() - read);
	return true;
}

static bool fits(const Speaker *s, const TokenIds *ids, Error *error)
{
	int room = session_room(&s->session);
	if (!ids->count)
		return error_set(error, "the prompt has no tokens: expected a text");
	return ids->count <= room ||
	       error_set(error,
	               "the prompt has %d tokens, and there is room for %d. Hint: --context N makes more, up to %d.",
	               ids->count, room, s->file.config.longest);
}

static bool continue_prompt(Speaker *s, const char *prompt, Error *error)
{
	TokenIds ids = tokeniser_encode(
	        s->file.tokeniser, s->turn, prompt, strlen(prompt), ENCODE_ENDS);
	bool ended;
	return fits(s, &ids, error) && go_on(s, &ids, false, &ended, error);
}

/* ---- talking ----------------------------------------------------------------------- */

/* Questions, a line each, until there are no more. */
static bool talk(Speaker *s, const char *only, Error *error)
{
	char *line = NULL;
	size_t room = 0;
	bool terminal = isatty(STDIN_FILENO), first = true, ended = true, well = true;
	while (well) {
		if (!only && terminal)
			fprintf(stderr, "> ");
		ssize_t size = only ? 0 : getline(&line, &room, stdin);
		if (size < 0)
			break;
		while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
			line[--size] = 0;
		if (!only && !size)
			continue;
		arena_reset(s->turn);
		TokenIds ids = { NULL, 0, 0 };
		if (!first)
			chat_end(&s->chat, s->file.tokeniser, s->turn, &ids, ended);
		chat_add(&s->chat, s->file.tokeniser, s->turn, &ids, only ? only : line,
		        first);
		well = fits(s, &ids, error) && go_on(s, &ids, true, &ended, error);
		first = false;
		if (only)
			break;
	}
	free(line);
	return well;
}

/* ---- scoring ----------------------------------------------------------------------- */

typedef struct Total {
	int tokens;
	double log;
} Total;

static bool score_line(
        Speaker *s, const char *line, size_t size, int number, Total *total, Error *error)
{
	arena_reset(s->turn);
	session_rewind(&s->session, 0);
	TokenIds ids =
	        tokeniser_encode(s->file.tokeniser, s->turn, line, size, ENCODE_ENDS);
	if (ids.count < 2) {
		terminal_print(stdout, "0\t0\t\t%s\n", line);
		return true;
	}
	if (ids.count > session_room(&s->session))
		return error_set(error,
		        "text %d has %d tokens, and there is room for %d. Hint: --context N makes more, up to %d.",
		        number, ids.count, session_room(&s->session),
		        s->file.config.longest);
	double *log = ARENA_ARRAY(s->turn, double, (size_t)ids.count), sum = 0;
	session_score(&s->session, ids.at, ids.count, log);
	for (int i = 1; i < ids.count; i++)
		sum += log[i];
	if (!isfinite(sum))
		return not_finite(error);
	int scored = ids.count - 1;
	printf("%d\t%.4f\t%.3f\t", scored, sum, exp(-sum / scored));
	terminal_print(stdout, "%s\n", line);
	total->tokens += scored;
	total->log += sum;
	return true;
}

static bool score(Speaker *s, const char *path, Error *error)
{
	bool standard = !strcmp(path, "-");
	if (!standard && !path_check_file(path, error))
		return false;
	FILE *in = standard ? stdin : fopen(path, "r");
	if (!in)
		return error_set(error, "%s: cannot be opened", path);
	char *line = NULL;
	size_t room = 0;
	Total total = { 0, 0 };
	bool well = true;
	double begun = seconds_now();
	printf("tokens\tlog-probability\tperplexity\ttext\n");
	for (int number = 1; well; number++) {
		ssize_t size = getline(&line, &room, in);
		if (size < 0)
			break;
		while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
			line[--size] = 0;
		well = score_line(s, line, (size_t)size, number, &total, error);
	}
	free(line);
	if (!standard)
		fclose(in);
	if (well && total.tokens)
		fprintf(stderr, "all: %d tokens, perplexity %.3f, %.0f tokens a second\n",
		        total.tokens, exp(-total.log / total.tokens),
		        total.tokens / (seconds_now() - begun));
	return well;
}

/* ---- the command ------------------------------------------------------------------- */

static bool speaker_open(Speaker *s, const char *path, const Request *request, Pool *pool,
        Arena *arena, Error *error)
{
	s->arena = arena;
	s->turn = arena_child(arena, "a turn");
	if (!language_open(&s->file, arena, path, error))
		return false;
	if (s->file.config.family == LANGUAGE_BERT)
		return error_set(error,
		        "%s: a BERT encodes texts, it cannot go on with one. Hint: --text-encoder lm:%s learns from what it makes of a text.",
		        path, path);
	if (request->chat && !chat_known(&s->chat, arena, path, s->file.chat_template,
	                             s->file.tokeniser, error))
		return false;
	s->params = params_new_to_load(arena);
	s->model = language_new(&s->params, NULL, &s->file, request->context);
	if (!language_load(&s->params, NULL, &s->file, error))
		return false;
	s->session = session_new(arena, &s->model, request->context, pool);
	s->sampling = request->sampling;
	s->most = request->tokens;
	return true;
}

static bool work(const Options *options, Request *request, Pool *pool, Error *error)
{
	Speaker s = { .waits = 0 };
	request->sampling.temperature = request->temperature;
	request->sampling.top_p = request->top_p;
	request->sampling.rng = rng_new(request->seed);
	if (!speaker_open(&s, options->operands[0], request, pool, options->arena, error))
		return false;
	if (request->score)
		return score(&s, request->score, error);
	if (request->chat)
		return talk(&s, request->prompt, error);
	return continue_prompt(&s, request->prompt, error);
}

static Status run(Options *options, Error *error)
{
	Request request = {
		.tokens = 128, .context = 2048, .threads = 0, .top_p = 1, .seed = 1
	};
	option_text(options, &request.prompt, "prompt TEXT",
	        "a text to go on with; with --chat, a question to answer");
	option_flag(options, &request.chat, "chat",
	        "talk in the form that the file describes; without --prompt, questions are read, a line each");
	option_text(options, &request.score, "score FILE",
	        "for each line of the file (-: of standard input): tokens, log-probability, perplexity");
	option_int(options, &request.tokens, "tokens N", 1, 1 << 20, "to write, at most");
	option_number(options, &request.temperature, "temperature T", 0, 100,
	        "0: always the most probable token; 1: as the model says");
	option_int(options, &request.sampling.top_k, "top-k K", 0, 1 << 24,
	        "draw of the K most probable; 0: of all");
	option_number(options, &request.top_p, "top-p P", 0, 1,
	        "draw of the fewest that have P of all probability together");
	option_seed(options, &request.seed, "seed N", "of what is drawn");
	option_int(options, &request.context, "context N", 2, 1 << 20,
	        "tokens that prompt and answers may have together");
	option_int(options, &request.threads, "threads N", 0, 256, "0: as many as cores");
	const char *usage = "expected one model: a .gguf file, or a folder";
	if (!options_read(options, 1, 1, usage, error))
		return options_status(options);
	if (!request.prompt && !request.score && !request.chat)
		return options_wrong(error,
		        "expected --prompt, --chat or --score: what is to be done?");
	if (request.score && (request.prompt || request.chat))
		return options_wrong(error, "--score scores texts and writes none");
	Pool *pool = options_pool(request.threads);
	bool well = work(options, &request, pool, error);
	pool_free(pool);
	return well ? STATUS_OK : STATUS_FAILED;
}

const Command command_lm = {
	.name = "lm",
	.usage = "MODEL.gguf | FOLDER --prompt TEXT | --chat | --score FILE [options]",
	.summary = "let a language model go on with a text, answer, or score texts",
	.run = run,
};
