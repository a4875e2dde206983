/* session.h: a text that is read and written, token after token.
 *
 *     LanguageSession session = session_new(arena, &model, 512, pool);
 *     session_read(&session, prompt.at, prompt.count);
 *     int next = sample(&sampling, session.logits);
 *     session_read(&session, &next, 1);
 */
#ifndef EMOTIONNET_LANGUAGE_SESSION_H
#define EMOTIONNET_LANGUAGE_SESSION_H

#include "autograd/fast/team.h"
#include "emotionnet/language/language.h"

typedef struct LanguageSession {
	const Language *model;
	Tape tape;
	Team *team;
	KeysValues *past;
	Tensor logits; /* (V): of what comes after all that was read; until the next read */
} LanguageSession;

/* Nothing is read yet. There is room for `longest` tokens, at most language_longest. The
 * products are shared out over the pool (NULL: one thread). Lives in the arena; not for a
 * BERT. */
LanguageSession session_new(Arena *arena, const Language *model, int longest, Pool *pool);

int session_room(const LanguageSession *session); /* tokens that may still be read */

/* Reads `count` tokens, 1 to session_room, in pieces. */
void session_read(LanguageSession *session, const int tokens[], int count);

/* The same, and the logarithm of each one's probability, given all before it: log[i] of
 * tokens[i]. What comes first of all has none: NaN. */
void session_score(LanguageSession *session, const int tokens[], int count, double log[]);

/* Forgets all but the first `count` tokens. */
void session_rewind(LanguageSession *session, int count);

#endif
