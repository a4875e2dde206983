/* columns.c: see columns.h. */
#include "emotionnet/corpus/columns.h"

#include "emotionnet/corpus/spelling.h"
#include "text/number.h"

#include <string.h>

void corpus_add_column(
        Corpus *corpus, Arena *arena, const char *name, const char *const values[])
{
	size_t extras = (size_t)corpus->extras;
	const char **names = ARENA_ARRAY(arena, const char *, extras + 1);
	for (size_t e = 0; e < extras; e++)
		names[e] = corpus->extra_names[e];
	names[extras] = name;
	for (int i = 0; i < corpus->count; i++) {
		Utterance *u = &corpus->utterances[i];
		const char **extra = ARENA_ARRAY(arena, const char *, extras + 1);
		for (size_t e = 0; e < extras; e++)
			extra[e] = u->extra[e];
		extra[extras] = values[i];
		u->extra = extra;
	}
	corpus->extra_names = names;
	corpus->extras++;
}

/* The first of these columns that the corpus has, in capitals or not. */
static const char *first_of(const Corpus *corpus, const char *const names[])
{
	const char *found = NULL;
	Arena *scratch = arena_new("columns");
	for (; *names && !found; names++)
		for (int e = 0; e < corpus->extras && !found; e++)
			if (!strcmp(spelling_key(scratch, corpus->extra_names[e]),
			            *names))
				found = corpus->extra_names[e];
	arena_free(scratch);
	return found;
}

const char *column_sex(const Corpus *corpus)
{
	return first_of(corpus, (const char *const[]){ "sex", "gender", NULL });
}

const char *column_age(const Corpus *corpus)
{
	return first_of(corpus, (const char *const[]){ "age", NULL });
}

const char *age_band(const char *age)
{
	double years;
	if (!number_parse(age, strlen(age), &years) || years < 0)
		return age;
	return years < 30   ? "under 30"
	       : years < 45 ? "30 to 44"
	       : years < 60 ? "45 to 59"
	                    : "60 and more";
}
