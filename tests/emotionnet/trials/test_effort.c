/* What is counted of an answer: a language model by its formula and by its graph, a network
 * by hand. */
#include "emotionnet/trials/effort.h"
#include "tests/support/harness.h"

#include <string.h>

#define PUBLISHED "tests/golden/published/"

static const char text[] = "the calmest sea, and so is the shore in winter!";

/* The whole text, and what comes after its last token. */
static TapeWork by_graph(Arena *arena, const LanguageRows *rows, int *tokens)
{
	const Language *model = language_rows_model(rows);
	Tape tape = tape_new(arena_child(arena, "tape"));
	TokenIds ids = tokeniser_encode(language_rows_file(rows)->tokeniser, arena, text,
	        strlen(text), ENCODE_ENDS);
	*tokens = ids.count;
	Sequence x = language_embed(model, &tape, ids.at, 1, ids.count, &ids.count);
	x.x = tape_variable(&tape, x.x->value, NULL);
	x = language_run(model, &tape, x, 0, language_layers(model), NULL);
	Tensor last = tensor_slice(tensor_row(x.x->value, 0), ids.count - 1, ids.count);
	language_logits(model, &tape, tape_variable(&tape, last, NULL));
	return tape_work(&tape);
}

static void check_model(const char *path)
{
	Arena *arena = arena_new("test");
	Error error;
	LanguageRows *rows = language_rows_open(arena, path, &error);
	ck_assert_msg(rows != NULL, "%s", error.text);
	int tokens;
	TapeWork graph = by_graph(arena, rows, &tokens);
	TapeWork formula = effort_of_language(rows, 0, tokens, 1);
	ck_assert(graph.operations > 1000);
	ck_assert_msg(formula.operations == graph.operations, "%s: %g, by its graph %g",
	        path, formula.operations, graph.operations);
	/* norms have weights that no product reads */
	ck_assert(formula.bytes >= graph.bytes && formula.bytes < 1.1 * graph.bytes);
	/* what was read before costs attention alone */
	TapeWork more = effort_of_language(rows, 5, tokens, 1);
	const LanguageConfig *config = &language_rows_file(rows)->config;
	ck_assert(more.operations - formula.operations ==
	          4.0 * config->heads * config->head * config->layers * tokens * 5);
	arena_free(arena);
}

START_TEST(effort_of_a_gpt2_is_that_of_its_graph)
{
	check_model(PUBLISHED "gpt2");
}
END_TEST

START_TEST(effort_of_a_llama_is_that_of_its_graph)
{
	check_model(PUBLISHED "llama");
}
END_TEST

/* Prompts: of a text twice as long the tokens alone are more. */
START_TEST(effort_of_a_prompt_grows_with_its_text)
{
	Arena *arena = arena_new("test");
	Error error;
	LanguageRows *rows = language_rows_open(arena, PUBLISHED "gpt2", &error);
	ck_assert_msg(rows != NULL, "%s", error.text);
	static const char *const names[] = { "sea", "calm" };
	const Labels labels = { .names = names, .count = 2 };
	const Asked asked = { .prompt = 0, .labels = &labels };
	const char *const texts[] = { "the sea", "the sea the sea" };
	TapeWork one = prompting_work(rows, &asked, texts, 1);
	TapeWork both = prompting_work(rows, &asked, texts, 2);
	ck_assert(one.operations > 0 && one.bytes > 0);
	ck_assert(both.operations > 2 * one.operations);
	ck_assert(both.bytes == 2 * one.bytes);
	arena_free(arena);
}
END_TEST

START_TEST(effort_is_kept_as_the_mean_of_answers)
{
	Costs costs = { 0 };
	effort_keep(&costs, (TapeWork){ 300, 11 }, 4);
	ck_assert_uint_eq(costs.operations, 75);
	ck_assert_uint_eq(costs.read, 3);
	effort_keep(&costs, (TapeWork){ 9, 9 }, 0);
	ck_assert_uint_eq(costs.operations, 75);
}
END_TEST

TEST_MAIN("effort", effort_of_a_gpt2_is_that_of_its_graph,
        effort_of_a_llama_is_that_of_its_graph, effort_of_a_prompt_grows_with_its_text,
        effort_is_kept_as_the_mean_of_answers)
