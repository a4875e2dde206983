#include "emotionnet/language/chat.h"

#include <string.h>

/* All of these, and nothing that an other form has, make ChatML. */
static const char *const parts[] = { "<|im_start|>", "<|im_end|>", "message['role']",
	"message['content']", "<|im_start|>assistant\n" };

/* Between these stands what the system says by default. */
static const char before[] = "<|im_start|>system\n", after[] = "<|im_end|>";

/* "\n" as a template writes it, in two characters, becomes one. */
static const char *unescaped(Arena *arena, const char *template)
{
	char *text = arena_string(arena, template), *out = text;
	for (const char *in = text; *in; in++) {
		bool escape = in[0] == '\\' && in[1] == 'n';
		*out++ = escape ? '\n' : *in;
		in += escape;
	}
	*out = 0;
	return text;
}

static const char *default_system(Arena *arena, const char *template)
{
	const char *begin = strstr(template, before);
	const char *end = begin ? strstr(begin, after) : NULL;
	if (!end || memchr(begin, '\'', (size_t)(end - begin)))
		return NULL;
	begin += sizeof before - 1;
	char *system = arena_alloc(arena, (size_t)(end - begin) + 1);
	memcpy(system, begin, (size_t)(end - begin));
	system[end - begin] = 0;
	return system;
}

bool chat_known(Chat *chat, Arena *arena, const char *path, const char *template,
        const Tokeniser *tokeniser, Error *error)
{
	if (!template)
		return error_set(error,
		        "%s: it does not say in which form to talk with it. Hint: it was not taught to answer; --prompt lets it go on with a text.",
		        path);
	const char *text = unescaped(arena, template);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!strstr(text, parts[i]))
			return error_set(error,
			        "%s: the form in which it talks is not one that is known: expected ChatML, and \"%s\" in it. Hint: --prompt with the whole form written out.",
			        path, i < 4 ? parts[i] : "<|im_start|>assistant");
	*chat = (Chat){ .system = default_system(arena, text),
		.begin = tokeniser_find(tokeniser, "<|im_start|>"),
		.end = tokeniser_find(tokeniser, "<|im_end|>") };
	return (chat->begin >= 0 && chat->end >= 0) ||
	       error_set(error,
	               "%s: its form has <|im_start|> and <|im_end|>, but its vocabulary lacks them",
	               path);
}

static void add_text(
        const Tokeniser *tokeniser, Arena *arena, TokenIds *ids, const char *text)
{
	TokenIds more = tokeniser_encode(tokeniser, arena, text, strlen(text), 0);
	for (int i = 0; i < more.count; i++)
		token_ids_add(ids, arena, more.at[i]);
}

static void add_turn(const Chat *chat, const Tokeniser *tokeniser, Arena *arena,
        TokenIds *ids, const char *role, const char *text)
{
	token_ids_add(ids, arena, chat->begin);
	add_text(tokeniser, arena, ids, arena_format(arena, "%s\n%s", role, text));
	token_ids_add(ids, arena, chat->end);
	add_text(tokeniser, arena, ids, "\n");
}

void chat_add(const Chat *chat, const Tokeniser *tokeniser, Arena *arena, TokenIds *ids,
        const char *text, bool first)
{
	if (first && chat->system)
		add_turn(chat, tokeniser, arena, ids, "system", chat->system);
	add_turn(chat, tokeniser, arena, ids, "user", text);
	token_ids_add(ids, arena, chat->begin);
	add_text(tokeniser, arena, ids, "assistant\n");
}

void chat_end(const Chat *chat, const Tokeniser *tokeniser, Arena *arena, TokenIds *ids,
        bool ended)
{
	if (!ended)
		token_ids_add(ids, arena, chat->end);
	add_text(tokeniser, arena, ids, "\n");
}
