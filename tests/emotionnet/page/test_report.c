/* The report of a comparison that was never run: what stands in it, and what must not.
 * How it looks and works in a browser is tests/emotionnet/page/test_report.sh. */
#include "emotionnet/page/report.h"
#include "tests/support/comparisons.h"
#include "tests/support/harness.h"

#include <string.h>
#include <unistd.h>

static const char *written(Arena *arena, Comparison *c, const ReportExamples *examples)
{
	Error error;
	Bytes bytes;
	const char *path = arena_format(arena, "%s/report.html", harness_directory());
	ck_assert_msg(comparison_summarise(c, arena, NULL, &error), "%s", error.text);
	ck_assert_msg(report_write(path, c, examples, arena, &error), "%s", error.text);
	ck_assert(file_read(&bytes, arena, path, &error));
	return (const char *)bytes.data;
}

/* A page is too long for ASSERT_CONTAINS to print. */
static void holds(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "the page does not hold: %s", part);
}

static int count_of(const char *text, const char *part)
{
	int count = 0;
	for (; (text = strstr(text, part)); text += strlen(part))
		count++;
	return count;
}

START_TEST(report_holds_every_section)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	ReportExamples examples = report_examples_choose(&c, arena);
	const char *text = written(arena, &c, &examples);
	static const char *const ids[] = { "scores", "kinds", "conditions", "confusions",
		"training", "calibration", "coverage", "costs", "utterances",
		"settings" };
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		holds(text, arena_format(arena, "<h2 id=\"%s\">", ids[i]));
		holds(text, arena_format(arena, "<a href=\"#%s\">", ids[i]));
	}
	ck_assert(!strstr(text, "id=\"sizes\"")); /* there is one size only */
	ck_assert_int_eq(count_of(text, "<article>"), 4);
	ck_assert_int_eq(count_of(text, "<svg"),
	        6); /* training, calibration and coverage of two */
	holds(text, "ceiling: text");
	holds(text, "speech at 6 dB");
	holds(text, "0.875"); /* accuracy of middle: 4 and 3 of 4 */
	holds(text, "✗ joy");
	arena_free(arena);
}
END_TEST

START_TEST(report_escapes_what_a_corpus_says)
{
	static const char evil[] =
	        "<script>attack()</script><img src=x onerror=\"a()\">'";
	static const char *labels[] = { evil, "joy" }, *kinds[] = { evil, "irony" };
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	Compared *test = arena_copy(arena, c.test, (size_t)c.test_count * sizeof *test);
	for (int i = 0; i < c.test_count; i++)
		test[i].id = test[i].text = test[i].speaker = evil;
	c.test = test;
	c.labels.names = labels;
	c.kinds = kinds;
	c.source = c.settings = evil;
	ReportExamples examples = report_examples_choose(&c, arena);
	examples.missing = evil;
	const char *text = written(arena, &c, &examples);
	ck_assert(!strstr(text, "<script>attack"));
	ck_assert(!strstr(text, "<img src=x"));
	ck_assert_int_eq(count_of(text, "<script>"), 1); /* its own */
	ck_assert_int_gt(count_of(text, "&lt;script&gt;attack()&lt;/script&gt;"), 10);
	arena_free(arena);
}
END_TEST

/* "a" as a prompt, "middle" as a probe. */
static const char *of_language(Arena *arena, const char *corpora)
{
	static const char *const names[] = { "zero-shot 2", "probe" };
	Comparison c = comparison_example(arena);
	c.strategies = names;
	for (int i = 0; i < c.cell_count; i++)
		c.cells[i].strategy = names[i / 2];
	c.corpora = corpora;
	c.known = (Known){ "<b>lm.gguf", { 300, 2453, 167.5 }, { 30, 346, 194.25 } };
	ReportExamples examples = report_examples_choose(&c, arena);
	return written(arena, &c, &examples);
}

START_TEST(report_of_a_language_model_shows_its_prompts_and_what_it_knew)
{
	Arena *arena = arena_new("test");
	const char *text = of_language(arena, "meld");
	holds(text, "<h2 id=\"language\">");
	holds(text, "Which emotion does the text express: anger or joy?\n\nText: {text}");
	holds(text, "Someone says: {text}"); /* asked or not, all five are shown */
	holds(text, "&lt;b&gt;lm.gguf: perplexity 167.5 on 300 texts");
	holds(text, "194.2 on 30 sentences");
	arena_free(arena);
}
END_TEST

START_TEST(report_cites_what_is_published_on_its_corpus)
{
	Arena *arena = arena_new("test");
	const char *text = of_language(arena, "meld");
	holds(text, "Nothing in this table was run here.");
	holds(text, "<td>66.45</td>");
	ck_assert(!strstr(text, "<td>39.65</td>")); /* EmoryNLP */
	text = of_language(arena, "emorynlp meld");
	holds(text, "<td>66.45</td>");
	holds(text, "<td>39.65</td>");
	text = of_language(arena, "");
	holds(text, "so all are shown");
	holds(text, "<td>78.4</td>");
	text = of_language(arena, "emodb");
	holds(text, "No published figures of language models on this corpus");
	Comparison c = comparison_example(arena);
	ReportExamples examples = report_examples_choose(&c, arena);
	ck_assert(!strstr(written(arena, &c, &examples), "id=\"language\""));
	arena_free(arena);
}
END_TEST

START_TEST(report_refers_to_nothing_outside)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	ReportExamples examples = report_examples_choose(&c, arena);
	const char *text = written(arena, &c, &examples);
	/* but for the name of SVG's own namespace, which nobody fetches */
	ck_assert_int_eq(count_of(text, "http"),
	        count_of(text, "xmlns=\"http://www.w3.org/2000/svg\"") +
	                count_of(text, "http-equiv"));
	ck_assert(!strstr(text, "url("));
	ck_assert(!strstr(text, "@import"));
	arena_free(arena);
}
END_TEST

START_TEST(report_of_an_unfinished_comparison_says_so)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	c.cell_count = 1;
	ReportExamples examples = report_examples_choose(&c, arena);
	const char *text = written(arena, &c, &examples);
	holds(text, "1 of 4 runs are in");
	holds(text, "(1 of 2 runs)");
	arena_free(arena);
}
END_TEST

START_TEST(report_on_no_disk_leaves_nothing)
{
	Arena *arena = arena_new("test");
	Error error;
	Comparison c = comparison_example(arena);
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	ReportExamples examples = report_examples_choose(&c, arena);
	const char *path = arena_format(arena, "%s/no/report.html", harness_directory());
	ck_assert(!report_write(path, &c, &examples, arena, &error));
	ASSERT_CONTAINS(error.text, "no/report.html");
	ck_assert_int_ne(access(path, F_OK), 0);
	arena_free(arena);
}
END_TEST

START_TEST(examples_are_spread_over_kinds)
{
	Arena *arena = arena_new("test");
	Comparison c = comparison_example(arena);
	enum { MANY = 300 };
	Compared *test = ARENA_ARRAY(arena, Compared, MANY);
	for (int i = 0; i < MANY; i++)
		test[i] = (Compared){ .id = "u", .text = "", .kind = i % 10 == 0 };
	c.test = test;
	c.test_count = MANY;
	ReportExamples examples = report_examples_choose(&c, arena);
	ck_assert_int_eq(examples.count, REPORT_EXAMPLES);
	int irony = 0;
	for (int i = 0; i < examples.count; i++) {
		irony += test[examples.tests[i]].kind;
		ck_assert(!i || examples.tests[i] > examples.tests[i - 1]);
	}
	ck_assert_int_eq(irony, REPORT_EXAMPLES / 2);
	ck_assert_int_gt(examples.tests[REPORT_EXAMPLES - 1], MANY * 9 / 10);
	arena_free(arena);
}
END_TEST

/* A corpus that is another one by now is told, not shown. */
START_TEST(examples_of_another_corpus_are_refused)
{
	Arena *arena = arena_new("test");
	Error error;
	Comparison c = comparison_example(arena);
	ck_assert(comparison_summarise(&c, arena, NULL, &error));
	Utterance other = {
		.id = "u1", .text = "changed", .wav = "", .split = SPLIT_TEST
	};
	Corpus corpus = { .source = "new.csv", .utterances = &other, .count = 1 };
	ReportExamples examples = report_examples_choose(&c, arena);
	Pool *pool = pool_new(1);
	report_examples_explain(&examples, &c, &corpus, arena, pool);
	ASSERT_CONTAINS(examples.missing, "new.csv does not have utterance \"u1\"");
	ck_assert(!examples.shown && !examples.clips);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

TEST_MAIN("report", report_holds_every_section,
        report_of_a_language_model_shows_its_prompts_and_what_it_knew,
        report_cites_what_is_published_on_its_corpus, report_escapes_what_a_corpus_says,
        report_refers_to_nothing_outside, report_of_an_unfinished_comparison_says_so,
        report_on_no_disk_leaves_nothing, examples_are_spread_over_kinds,
        examples_of_another_corpus_are_refused)
