/* chat.h: the form in which a model was taught to talk. */
#ifndef EMOTIONNET_LANGUAGE_CHAT_H
#define EMOTIONNET_LANGUAGE_CHAT_H

#include "text/pieces/tokeniser.h"

/* ChatML, as SmolLM2 and others were taught it:
 *
 *     <|im_start|>system\nYou are ...<|im_end|>\n
 *     <|im_start|>user\nWhat is ...?<|im_end|>\n
 *     <|im_start|>assistant\n
 */
typedef struct Chat {
	const char
	        *system; /* said first, where the user says nothing else; NULL: nothing */
	int begin, end;  /* the tokens <|im_start|> and <|im_end|> */
} Chat;

/* The form that a file's template (a program in Jinja) describes, if it is ChatML, which
 * is told by the strings in it; `path` is for messages. False: it is another, or there is
 * none (NULL), or the tokeniser lacks its tokens. */
bool chat_known(Chat *chat, Arena *arena, const char *path, const char *template,
        const Tokeniser *tokeniser, Error *error);

/* Appends what a user says, and what begins the answer; `first`: the system's words
 * before. Nothing that the user says is taken for a token of the form. */
void chat_add(const Chat *chat, const Tokeniser *tokeniser, Arena *arena, TokenIds *ids,
        const char *text, bool first);
/* Appends what ends an answer that broke off. */
void chat_end(const Chat *chat, const Tokeniser *tokeniser, Arena *arena, TokenIds *ids,
        bool ended);

#endif
