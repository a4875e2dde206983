/* prompts.h: what a language model is asked, to say which emotion a text has. Five prompts,
 * chosen before any was tried, all of which a comparison shows: how much an answer hangs on
 * the words of the question is a part of the result. */
#ifndef EMOTIONNET_LANGUAGE_PROMPTS_H
#define EMOTIONNET_LANGUAGE_PROMPTS_H

#include "tensor/arena.h"

enum {
	PROMPTS = 5,
	PROMPT_SHOTS = 1
}; /* PROMPT_SHOTS: the one that examples are given in */

/* "{labels}" stands for "anger, joy or neutral", "{text}" for what is said. A label follows
 * the item after a blank, and between two items stands an empty line. */
typedef struct Prompt {
	const char *head; /* before the first item; "": nothing */
	const char *item;
} Prompt;
extern const Prompt prompts[PROMPTS];

/* The head, and what stands between two items, for these labels; an item of this text. */
const char *prompt_head(Arena *arena, const Prompt *prompt, const char *labels);
const char *prompt_item(
        Arena *arena, const Prompt *prompt, const char *labels, const char *text);

#endif
