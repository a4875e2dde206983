/* What is told of a results file: whatever is read becomes a table, JSON, a curve and a
 * page. Lines of version 1 have no checksum, so that any change comes through. */
#include "emotionnet/comparison/curve.h"
#include "emotionnet/comparison/file.h"
#include "emotionnet/comparison/print.h"
#include "emotionnet/page/report.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

/* More would only be slow. */
enum { MOST = 64 };

static bool is_small(const Comparison *c)
{
	return c->cell_count <= MOST && c->test_count <= MOST &&
	       c->labels.count <= MOST && c->kind_count <= MOST &&
	       c->strategy_count * c->size_count <= MOST;
}

static void tell(Comparison *c, Arena *arena)
{
	static FILE *out;
	Error error;
	if (!out)
		out = fopen("/dev/null", "w");
	FUZZ_CHECK(out);
	FUZZ_CHECK(comparison_summarise(c, arena, NULL, &error));
	comparison_print(out, c, true);
	comparison_print_json(out, c);
	curve_print(out, c);
	curve_print_json(out, c);
	ReportExamples examples = report_examples_choose(c, arena);
	examples.missing = "fuzz";
	FUZZ_CHECK(report_write("/dev/null", c, &examples, arena, &error));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Comparison comparison;
	size_t torn;
	Error error = { "" };
	if (comparison_read(&comparison, arena, fuzz_file(data, size), &torn, &error) &&
	        is_small(&comparison))
		tell(&comparison, arena);
	arena_free(arena);
	return 0;
}
