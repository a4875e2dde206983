/* The perplexity of texts together is e to the mean of -log p(token | those before it), over
 * all tokens but each text's first. Each text is read by itself, and what they say is added
 * in their order, so that the number of threads changes nothing. */
#include "emotionnet/trials/contamination.h"

#include "emotionnet/trials/text_vectors.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

typedef struct Scored {
	int tokens;
	double log;
} Scored;

typedef struct Reading {
	const LanguageRows *rows;
	const char *const *texts;
	Scored *scored; /* of each text */
	LanguageSession *sessions;
	Arena **scratch; /* of each thread both */
} Reading;

static void read_text(void *context, int index, int worker)
{
	const Reading *reading = context;
	Arena *scratch = reading->scratch[worker];
	LanguageSession *session = &reading->sessions[worker];
	arena_reset(scratch);
	session_rewind(session, 0);
	TokenIds ids = text_tokens(reading->rows, scratch, reading->texts[index]);
	Scored *scored = &reading->scored[index];
	if (ids.count < 2)
		return;
	double *log = ARENA_ARRAY(scratch, double, (size_t)ids.count);
	session_score(session, ids.at, ids.count, log);
	for (int i = 1; i < ids.count; i++)
		scored->log += log[i];
	scored->tokens = ids.count - 1;
}

static Perplexity perplexity_of(
        const LanguageRows *rows, const char *const texts[], int count, Pool *pool)
{
	Arena *own = arena_new("contamination");
	int threads = pool_threads(pool);
	Reading reading = { rows, texts, ARENA_ARRAY(own, Scored, (size_t)count),
		ARENA_ARRAY(own, LanguageSession, (size_t)threads),
		ARENA_ARRAY(own, Arena *, (size_t)threads) };
	for (int t = 0; t < threads; t++) {
		Arena *thread = arena_child(own, "a thread");
		reading.sessions[t] = session_new(
		        thread, language_rows_model(rows), TEXT_LONGEST, NULL);
		reading.scratch[t] = arena_child(thread, "text");
	}
	pool_run(pool, count, read_text, &reading);
	Perplexity all = { .texts = count };
	double sum = 0;
	for (int i = 0; i < count; i++) {
		sum += reading.scored[i].log;
		all.tokens += reading.scored[i].tokens;
	}
	if (all.tokens)
		all.value = isfinite(sum) ? double_exp(-sum / all.tokens) : sum;
	arena_free(own);
	return all;
}

bool contamination_ask(
        Comparison *c, Arena *arena, const LanguageRows *rows, Pool *pool, Error *error)
{
	const char *texts[CONTAMINATION_TEXTS];
	int count = 0;
	if (!language_rows_asks(rows))
		return true;
	for (int i = 0; i < c->test_count && count < CONTAMINATION_TEXTS; i++)
		if (strlen(c->test[i].text) >= CONTAMINATION_BYTES)
			texts[count++] = c->test[i].text;
	if (!count)
		return true;
	const char *path = language_rows_file(rows)->path;
	Known known = { .model = arena_string(arena, path),
		.test = perplexity_of(rows, texts, count, pool),
		.fresh = perplexity_of(rows, fresh_sentences, FRESH_SENTENCES, pool) };
	if (!isfinite(known.test.value) || !isfinite(known.fresh.value))
		return error_set(error,
		        "%s: computes numbers that are not finite: its weights are damaged. Fetch it anew.",
		        path);
	c->known = known;
	return true;
}
