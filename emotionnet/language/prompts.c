/* prompts.c: the five prompts; none of them was changed after it was measured. */
#include "emotionnet/language/prompts.h"

#include <stdbool.h>
#include <string.h>

const Prompt prompts[PROMPTS] = {
	{ "", "Text: {text}\nEmotion:" },
	{ "Which emotion does the text express: {labels}?\n\n",
	        "Text: {text}\nEmotion:" },
	{ "", "\"{text}\" Whoever says this feels" },
	{ "Answer with one word, which is {labels}.\n\n",
	        "Someone says: {text}\nThe speaker's emotion is" },
	{ "", "What emotion is in these words: {text}\nChoose from {labels}.\nAnswer:" },
};

/* The template with its names replaced. */
static const char *fill(
        Arena *arena, const char *template, const char *labels, const char *text)
{
	const char *out = "";
	for (const char *at = template; *at;) {
		const char *name = strchr(at, '{');
		int plain = name ? (int)(name - at) : (int)strlen(at);
		out = arena_format(arena, "%s%.*s", out, plain, at);
		at += plain;
		if (!name)
			break;
		bool is_text = !strncmp(name, "{text}", 6);
		out = arena_format(arena, "%s%s", out, is_text ? text : labels);
		at = strchr(name, '}') + 1;
	}
	return out;
}

const char *prompt_head(Arena *arena, const Prompt *prompt, const char *labels)
{
	return fill(arena, prompt->head, labels, "");
}

const char *prompt_item(
        Arena *arena, const Prompt *prompt, const char *labels, const char *text)
{
	return fill(arena, prompt->item, labels, text);
}
