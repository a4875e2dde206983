#include "tutorials/lesson/warmup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS = 10, LONGEST = 2000 };

static int checks, failures;

/* Counts a check. A first failure is told in detail: then true. */
static bool failed(bool right, const char *what)
{
	checks++;
	if (right)
		return false;
	if (failures++)
		printf("  also wrong: %s\n", what);
	return failures == 1;
}

static bool close_to(double found, double value, double within)
{
	return fabs(found - value) <= within + 1e-6 * fabs(value);
}

void warmup_number(
        const char *what, double found, bool show, const WarmupNumber answers[])
{
	if (!failed(close_to(found, answers[0].value, answers[0].within), what))
		return;
	if (show)
		printf("  %s: found %.6g, expected %.6g\n", what, found,
		        answers[0].value);
	else
		printf("  %s: %.6g is not right.\n", what, found);
	for (int i = 1; !answers[i].end; i++)
		if (close_to(found, answers[i].value, answers[i].within)) {
			printf("  %s\n", answers[i].reply);
			break;
		}
}

/* The next word of `text`, and its length: 0 at the end. */
static const char *word(const char *text, size_t *length)
{
	text += strspn(text, " \t\n");
	*length = strcspn(text, " \t\n");
	return text;
}

static bool same_words(const char *a, const char *b)
{
	size_t length, other;
	do {
		a = word(a, &length);
		b = word(b, &other);
		if (length != other || strncmp(a, b, length) != 0)
			return false;
		a += length;
		b += length;
	} while (length);
	return true;
}

void warmup_text(const char *what, const char *found, const WarmupText answers[])
{
	if (!failed(same_words(found, answers[0].text), what))
		return;
	printf("  %s: \"%s\" is not right.\n", what, found);
	for (int i = 1; !answers[i].end; i++)
		if (same_words(found, answers[i].text)) {
			printf("  %s\n", answers[i].reply);
			break;
		}
}

const char *warmup_printed(void (*print)(FILE *out))
{
	static char texts[TEXTS][LONGEST];
	static int used;
	FILE *out = used < TEXTS ? fmemopen(texts[used], LONGEST, "w") : NULL;
	if (!out) {
		printf("  warmup_printed: no room for another text\n");
		exit(1);
	}
	print(out);
	fclose(out);
	return texts[used++];
}

int warmup_result(void)
{
	warmup();
	printf("%d of %d checks passed.\n", checks - failures, checks);
	return failures > 0;
}
