/* With the prompt before it, a label's tokens y_1..y_n have the score
 *
 *     s = 1/n sum_i log p(y_i | prompt, y_1..y_(i-1))
 *
 * the mean and not the sum, since a label of more tokens is not less probable for that.
 * Less the score under an empty text (Zhao et al. 2021, "Calibrate before use"), what the
 * model says of the words alone is taken away from what it says anyway. Probabilities are
 * the softmax of s over the labels.
 *
 * What all texts have before them is read once, and the session goes back there. */
#include "emotionnet/trials/prompting.h"

#include "emotionnet/trials/effort.h"
#include "emotionnet/trials/testing.h"
#include "tensor/arena_peak.h"
#include "tensor/clock.h"
#include "tensor/elementary.h"
#include "tensor/file/hash.h"
#include "tensor/reduce.h"
#include "text/list.h"

#include <pthread.h>
#include <string.h>

enum { LONGEST = 2048, TEXT_BYTES = 600 };

typedef struct Memo {
	struct Memo *next;
	uint64_t key;
	const void *made;
	AskedCosts costs;
} Memo;

struct LanguageRows {
	Arena *arena;
	LanguageFile file;
	Params params;
	Language model;
	uint64_t hash;
	const char *const *heard;
	uint64_t heard_hash;
	pthread_mutex_t mutex; /* of the memos, and of who computes one */
	Memo *memos;
};

static void destroy(void *context)
{
	pthread_mutex_destroy(&((LanguageRows *)context)->mutex);
}

LanguageRows *language_rows_open(Arena *arena, const char *path, Error *error)
{
	LanguageRows *rows = ARENA_NEW(arena, LanguageRows);
	rows->arena = arena;
	if (!language_open(&rows->file, arena, path, error))
		return NULL;
	rows->params = params_new_to_load(arena);
	rows->model = language_new(&rows->params, NULL, &rows->file, LONGEST);
	if (!language_load(&rows->params, NULL, &rows->file, error))
		return NULL;
	rows->hash = language_hash(&rows->file);
	pthread_mutex_init(&rows->mutex, NULL);
	arena_at_end(arena, destroy, rows);
	return rows;
}

const LanguageFile *language_rows_file(const LanguageRows *rows)
{
	return &rows->file;
}

const Language *language_rows_model(const LanguageRows *rows)
{
	return &rows->model;
}

uint64_t language_rows_hash(const LanguageRows *rows)
{
	return rows->hash;
}

const Params *language_rows_params(const LanguageRows *rows)
{
	return &rows->params;
}

void language_rows_hear(LanguageRows *rows, const char *const *words, int count)
{
	rows->heard = words;
	rows->heard_hash = HASH_BEGIN;
	if (words)
		rows->heard_hash = hash_texts(HASH_BEGIN, words, count);
}

uint64_t language_rows_heard_hash(const LanguageRows *rows)
{
	return rows->heard_hash;
}

const void *language_rows_once(LanguageRows *rows, uint64_t key, LanguageMake *make,
        const void *context, AskedCosts *costs)
{
	pthread_mutex_lock(&rows->mutex);
	Memo *memo = rows->memos;
	while (memo && memo->key != key)
		memo = memo->next;
	if (!memo) {
		Arena *kept = arena_child(rows->arena, "made once");
		Memo new = { .next = rows->memos, .key = key };
		new.made = make(context, kept, &new.costs);
		if (new.made) {
			memo = ARENA_NEW(kept, Memo);
			*memo = new;
			rows->memos = memo;
		}
	}
	pthread_mutex_unlock(&rows->mutex);
	if (memo && costs)
		*costs = memo->costs;
	return memo ? memo->made : NULL;
}

const char *const *language_rows_heard(const LanguageRows *rows)
{
	return rows->heard;
}

bool language_rows_asks(const LanguageRows *rows)
{
	return rows->model.family != LANGUAGE_BERT;
}

/* ---- one question ------------------------------------------------------------------ */

typedef struct Talk {
	const LanguageRows *rows;
	const Asked *asked;
	const char *labels; /* "anger, joy or neutral" */
	Arena *scratch;     /* of one text */
	LanguageSession session;
	int kept;        /* tokens that stand before every text */
	TokenIds *names; /* (labels) " joy" */
	int longest;     /* tokens of a name */
	int least;       /* tokens of what asks of an empty text, and a name */
} Talk;

static TokenIds cut(const Talk *talk, Arena *arena, const char *text, unsigned flags)
{
	return tokeniser_encode(
	        talk->rows->file.tokeniser, arena, text, strlen(text), flags);
}

/* The beginning of a text that is longer than anybody says in one breath. */
static const char *shortened(Arena *arena, const char *text)
{
	size_t length = strlen(text);
	if (length <= TEXT_BYTES)
		return text;
	length = TEXT_BYTES;
	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return arena_format(arena, "%.*s", (int)length, text);
}

static const char *item(const Talk *talk, Arena *arena, const char *text)
{
	return prompt_item(arena, &prompts[talk->asked->prompt], talk->labels,
	        shortened(arena, text));
}

static TokenIds head_of(const Talk *talk, Arena *arena)
{
	const Prompt *prompt = &prompts[talk->asked->prompt];
	return cut(talk, arena, prompt_head(arena, prompt, talk->labels), ENCODE_ENDS);
}

/* The head, and as many examples as leave room for a text. */
static TokenIds before(const Talk *talk, Arena *arena, int room)
{
	const Asked *asked = talk->asked;
	TokenIds all = head_of(talk, arena);
	for (int i = 0; i < asked->shot_count; i++) {
		const char *shot = arena_format(arena, "%s %s\n\n",
		        item(talk, arena, asked->shots[i]),
		        asked->labels->names[asked->shot_labels[i]]);
		TokenIds more = cut(talk, arena, shot, 0);
		if (all.count + more.count > room)
			break;
		for (int k = 0; k < more.count; k++)
			token_ids_add(&all, arena, more.at[k]);
	}
	return all;
}

/* The labels as tokens, and what a prompt takes besides what is said and shown. */
static void talk_prepare(Talk *talk, Arena *arena)
{
	const Labels *labels = talk->asked->labels;
	talk->labels = list_or(arena, labels->names, labels->count);
	talk->scratch = arena_child(arena, "text");
	talk->names = ARENA_ARRAY(arena, TokenIds, (size_t)labels->count);
	for (int c = 0; c < labels->count; c++) {
		const char *name = arena_format(arena, " %s", labels->names[c]);
		talk->names[c] = cut(talk, arena, name, 0);
		if (talk->names[c].count > talk->longest)
			talk->longest = talk->names[c].count;
	}
	talk->least = talk->longest + cut(talk, arena, item(talk, arena, ""), 0).count;
}

/* What all texts have before them. */
static TokenIds talk_first(Talk *talk, Arena *arena)
{
	int longest = language_longest(&talk->rows->model), text = longest / 4;
	talk_prepare(talk, arena);
	if (talk->least > text)
		text = talk->least;
	TokenIds first = before(talk, arena, longest - text);
	talk->kept = first.count;
	return first;
}

static void talk_begin(Talk *talk, Arena *arena, Pool *pool)
{
	const Language *model = &talk->rows->model;
	TokenIds first = talk_first(talk, arena);
	talk->session = session_new(arena, model, language_longest(model), pool);
	if (talk->kept)
		session_read(&talk->session, first.at, talk->kept);
}

/* What asks of this text: all, or, where that is more than `room`, its end. */
static TokenIds question(Talk *talk, const char *text, int room)
{
	arena_reset(talk->scratch);
	TokenIds ids = cut(talk, talk->scratch, item(talk, talk->scratch, text), 0);
	int skip = ids.count > room ? ids.count - room : 0;
	ids.at += skip;
	ids.count -= skip;
	return ids;
}

/* log sum_i e^(x_i) */
static double log_sum(Tensor x)
{
	real most = real_largest(x.data, tensor_count(x));
	double sum = 0;
	for (size_t i = 0; i < tensor_count(x); i++)
		sum += (double)real_exp(x.data[i] - most);
	return (double)most + double_log(sum);
}

/* s of each label for one text. What is common to all of them is read once. */
static void talk_score(Talk *talk, const char *text, double scores[])
{
	LanguageSession *session = &talk->session;
	session_rewind(session, talk->kept);
	TokenIds asked = question(talk, text, session_room(session) - talk->longest);
	session_read(session, asked.at, asked.count);
	int read = language_longest(&talk->rows->model) - session_room(session);
	Tensor next = tensor_clone(talk->scratch, session->logits);
	double all = log_sum(next);
	double *log = ARENA_ARRAY(talk->scratch, double, (size_t)talk->longest);
	for (int c = 0; c < talk->asked->labels->count; c++) {
		const TokenIds *name = &talk->names[c];
		double sum = (double)next.data[name->at[0]] - all;
		if (name->count > 1) {
			session_score(session, name->at, name->count, log);
			session_rewind(session, read);
		}
		for (int i = 1; i < name->count; i++)
			sum += log[i];
		scores[c] = sum / name->count;
	}
}

typedef struct Questions {
	const LanguageRows *rows;
	const Asked *asked;
	const char *const *texts;
	int count;
	Pool *pool;
	const atomic_bool *stop;
} Questions;

/* (count + 1,labels), the last row of the empty text, in `kept`; NULL: stopped. */
static const void *score_all(const void *context, Arena *kept, AskedCosts *costs)
{
	const Questions *q = context;
	size_t labels = (size_t)q->asked->labels->count;
	double *scores = ARENA_ARRAY(kept, double, (size_t)(q->count + 1) * labels);
	double begun = testing_cpu(q->pool);
	Arena *own = arena_new("prompting");
	Talk talk = { .rows = q->rows, .asked = q->asked };
	talk_begin(&talk, own, q->pool);
	bool stopped = false;
	for (int i = 0; i <= q->count && !stopped; i++) {
		talk_score(&talk, i < q->count ? q->texts[i] : "",
		        scores + (size_t)i * labels);
		stopped = q->stop && atomic_load(q->stop);
	}
	*costs = (AskedCosts){ testing_cpu(q->pool) - begun, arena_peak_all(own) };
	arena_free(own);
	return stopped ? NULL : scores;
}

/* ---- all questions ----------------------------------------------------------------- */

static uint64_t key_of(const Questions *q)
{
	const Labels *labels = q->asked->labels;
	uint64_t hash =
	        hash_bytes(HASH_BEGIN, &q->asked->prompt, sizeof q->asked->prompt);
	hash = hash_texts(hash, labels->names, labels->count);
	return hash_texts(hash, q->texts, q->count);
}

static void softmax(float p[], const double scores[], const double *less, int count)
{
	double most = -1e300, sum = 0;
	for (int c = 0; c < count; c++) {
		double s = scores[c] - (less ? less[c] : 0);
		most = s > most ? s : most;
	}
	for (int c = 0; c < count; c++)
		sum += double_exp(scores[c] - (less ? less[c] : 0) - most);
	for (int c = 0; c < count; c++)
		p[c] = (float)(double_exp(scores[c] - (less ? less[c] : 0) - most) / sum);
}

bool prompting_fits(const LanguageRows *rows, const Asked *asked, Error *error)
{
	Arena *arena = arena_new("prompt, measured");
	Talk talk = { .rows = rows, .asked = asked };
	talk_prepare(&talk, arena);
	int longest = language_longest(&rows->model);
	int takes = head_of(&talk, arena).count + talk.least;
	bool fits =
	        takes <= longest ||
	        error_set(error,
	                "%s: reads %d tokens at most, but prompt %d and its labels take %d. Hint: a model with a longer context, or --language-rows with the rows that it can answer",
	                rows->file.path, longest, asked->prompt + 1, takes);
	for (int c = 0; c < asked->labels->count && fits; c++)
		fits = talk.names[c].count ||
		       error_set(error, "%s: its tokens cannot spell the label \"%s\"",
		               rows->file.path, asked->labels->names[c]);
	arena_free(arena);
	return fits;
}

bool prompting_answer(LanguageRows *rows, const Asked *asked, const char *const texts[],
        int count, Pool *pool, const atomic_bool *stop, float *probabilities,
        AskedCosts *costs)
{
	Arena *arena = arena_new("answers");
	size_t labels = (size_t)asked->labels->count;
	Questions questions = { rows, asked, texts, count, pool, stop };
	const double *scores = asked->shot_count
	                               ? score_all(&questions, arena, costs)
	                               : language_rows_once(rows, key_of(&questions),
	                                         score_all, &questions, costs);
	const double *empty =
	        scores && asked->less_empty ? scores + (size_t)count * labels : NULL;
	for (int i = 0; scores && i < count; i++)
		softmax(probabilities + (size_t)i * labels, scores + (size_t)i * labels,
		        empty, asked->labels->count);
	bool done = scores != NULL;
	arena_free(arena);
	return done;
}

void prompting_time(LanguageRows *rows, const Asked *asked, const char *const texts[],
        int count, Pool *pool, double milliseconds[])
{
	Arena *own = arena_new("prompting, timed");
	Talk talk = { .rows = rows, .asked = asked };
	double *scores = ARENA_ARRAY(own, double, (size_t)asked->labels->count);
	talk_begin(&talk, own, pool);
	for (int i = 0; i < count; i++) {
		double start = seconds_now();
		talk_score(&talk, texts[i], scores);
		milliseconds[i] = 1000 * (seconds_now() - start);
	}
	arena_free(own);
}

TapeWork prompting_work(const LanguageRows *rows, const Asked *asked,
        const char *const texts[], int count)
{
	Arena *own = arena_new("prompting, counted");
	Talk talk = { .rows = rows, .asked = asked };
	TapeWork sum = { 0, 0 };
	talk_first(&talk, own);
	int room = language_longest(&rows->model) - talk.kept - talk.longest;
	for (int i = 0; i < count; i++) {
		int tokens = question(&talk, texts[i], room).count;
		TapeWork one = effort_of_language(rows, talk.kept, tokens, 1);
		for (int c = 0; c < asked->labels->count; c++) {
			int name = talk.names[c].count;
			if (name > 1) /* its weights have been read for the text */
				one.operations += effort_of_language(
				        rows, talk.kept + tokens, name, name)
				                          .operations;
		}
		sum = effort_sum(sum, one);
	}
	arena_free(own);
	return sum;
}
