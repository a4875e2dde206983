/* A prompt is read some hundred tokens at a time: enough rows for the products to be at
 * their fastest, few enough for what is between two layers to stay in the caches. */
#include "emotionnet/language/session.h"
#include "tensor/elementary.h"
#include "tensor/reduce.h"

#include <math.h>

enum {
	PIECE = 256,
	SCORED = 32, /* steps whose logits are computed at a time: each has V numbers */
};

LanguageSession session_new(Arena *arena, const Language *model, int longest, Pool *pool)
{
	LanguageSession session = { .model = model };
	session.tape = tape_new(arena_child(arena, "a step"));
	session.tape.recording = false;
	session.team = team_new(arena, pool);
	session.team->one_row = true;
	session.tape.team = session.team;
	int most = language_longest(model);
	session.past = language_past(model, arena, 1, longest < most ? longest : most);
	return session;
}

int session_room(const LanguageSession *session)
{
	return session->past->longest - session->past->lengths[0];
}

/* Rows from..from+count-1 of the states (1,T,D), and what comes after each: (count,V). */
static Tensor logits_of(LanguageSession *session, Tensor states, int from, int count)
{
	Tensor rows = tensor_slice(tensor_row(states, 0), from, from + count);
	Tape *tape = &session->tape;
	return language_logits(session->model, tape, tape_constant(tape, rows, NULL))
	        ->value;
}

static Tensor states_of(LanguageSession *session, const int tokens[], int count)
{
	tape_reset(&session->tape);
	return language_forward(session->model, &session->tape, tokens, 1, count, &count,
	        session->past, NULL)
	        .x->value;
}

void session_read(LanguageSession *session, const int tokens[], int count)
{
	for (int from = 0; from < count; from += PIECE) {
		int piece = count - from < PIECE ? count - from : PIECE;
		Tensor states = states_of(session, tokens + from, piece);
		if (from + piece == count)
			session->logits =
			        tensor_row(logits_of(session, states, piece - 1, 1), 0);
	}
}

static double log_probability(Tensor logits, int token)
{
	const real *x = logits.data;
	size_t count = tensor_count(logits);
	double largest = (double)real_largest(x, count), sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += (double)real_exp(x[i] - (real)largest);
	return (double)x[token] - largest - double_log(sum);
}

/* Step t of the states says how probable token t + 1 is. */
static void score_piece(LanguageSession *session, Tensor states, const int tokens[],
        int known, double log[])
{
	for (int from = 0; from < known; from += SCORED) {
		ArenaMark mark = arena_mark(session->tape.arena);
		int count = known - from < SCORED ? known - from : SCORED;
		Tensor logits = logits_of(session, states, from, count);
		for (int t = 0; t < count; t++)
			log[from + t + 1] = log_probability(
			        tensor_row(logits, t), tokens[from + t + 1]);
		arena_rewind(session->tape.arena, mark);
	}
}

void session_score(LanguageSession *session, const int tokens[], int count, double log[])
{
	bool begun = session->past->lengths[0] > 0 && session->logits.data;
	log[0] = begun ? log_probability(session->logits, tokens[0]) : (double)NAN;
	for (int from = 0; from < count; from += PIECE) {
		int piece = count - from < PIECE ? count - from : PIECE;
		bool last = from + piece == count;
		Tensor states = states_of(session, tokens + from, piece);
		score_piece(session, states, tokens + from, piece - last, log + from);
		if (last)
			session->logits =
			        tensor_row(logits_of(session, states, piece - 1, 1), 0);
	}
}

void session_rewind(LanguageSession *session, int count)
{
	if (count < session->past->lengths[0]) {
		session->past->lengths[0] = count;
		session->logits.data = NULL;
	}
}
