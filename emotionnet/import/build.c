/* build.c: what every importer does with an utterance: check it, add it, or leave it
 * out. */
#include "emotionnet/import/build.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/corpus/spelling.h"
#include "text/list.h"

#include <string.h>

/* "03, 08" to the set of its names. */
static StringSet speakers_of(Arena *arena, const char *list)
{
	StringSet set = stringset_new(arena);
	while (list && *list) {
		list += strspn(list, ", ");
		size_t size = strcspn(list, ",");
		while (size && list[size - 1] == ' ')
			size--;
		if (size)
			stringset_add(&set, arena_format(arena, "%.*s", (int)size, list));
		list += size + strspn(list + size, ", ");
	}
	return set;
}

bool import_begin(Import *import, Arena *arena, const char *source, int extras,
        const char *const *extra_names, const ImportOptions *options, Error *error)
{
	*import = (Import){
		.arena = arena,
		.options = options,
		.corpus = { .source = arena_string(arena, source),
		        .extras = extras,
		        .extra_names = extra_names },
		.ids = stringset_new(arena),
		.speakers = stringset_new(arena),
		.test = speakers_of(arena, options->test_speakers),
		.validation = speakers_of(arena, options->validation_speakers),
	};
	for (int i = 0; i < import->test.count; i++)
		if (stringset_find(&import->validation, import->test.names[i]) >= 0)
			return error_set(error,
			        "speaker \"%.40s\" is asked for in test and in validation: expected in one of them",
			        import->test.names[i]);
	return true;
}

Split import_split(const Import *import, const char *speaker, Split own)
{
	if (stringset_find(&import->test, speaker) >= 0)
		return SPLIT_TEST;
	if (stringset_find(&import->validation, speaker) >= 0)
		return SPLIT_VALIDATION;
	bool taken_out =
	        (own == SPLIT_TEST && import->options->test_speakers) ||
	        (own == SPLIT_VALIDATION && import->options->validation_speakers);
	return taken_out ? SPLIT_TRAIN : own;
}

bool import_add(Import *import, const Utterance *utterance, const char *where, Error *why)
{
	Corpus *corpus = &import->corpus;
	int same = stringset_find(&import->ids, utterance->id);
	if (same >= 0)
		return error_set(why, "%s: there is another \"%s\" already%s%s", where,
		        utterance->id, *utterance->wav ? ": " : "",
		        corpus->utterances[same].wav);
	bool vectors = false;
	for (int i = 0; i < corpus->extras; i++)
		for (ModalityKind kind = 0; kind < MODALITIES; kind++)
			vectors |= *utterance->extra[i] &&
			           !strcmp(corpus->extra_names[i], rows_column(kind));
	if (spelling_blank(utterance->text) && !*utterance->wav && !vectors)
		return error_set(
		        why, "%s: expected words, found none, and no clip", where);
	stringset_add(&import->ids, utterance->id);
	stringset_add(&import->speakers, utterance->speaker);
	corpus->utterances = arena_grow(import->arena, corpus->utterances, corpus->count,
	        &import->capacity, sizeof *utterance);
	corpus->utterances[corpus->count++] = *utterance;
	return true;
}

bool import_skip(Import *import, const Error *why, Error *error)
{
	if (!import->options->skip_bad)
		return error_set(error, "%s", why->text);
	if (import->options->warnings)
		fprintf(import->options->warnings, "Left out: %s\n", why->text);
	import->corpus.skipped++;
	return true;
}

/* "03, 08, 09, ...", not all where there are very many. */
static const char *some_names(Arena *arena, const StringSet *names)
{
	enum { MOST = 24 };
	int count = names->count < MOST ? names->count : MOST;
	const char *text = list_join(arena, names->names, count, ", ");
	return names->count > MOST ? arena_format(arena, "%s, ...", text) : text;
}

static bool all_came(const Import *import, const StringSet *asked, Error *error)
{
	for (int i = 0; i < asked->count; i++)
		if (stringset_find(&import->speakers, asked->names[i]) < 0)
			return error_set(error,
			        "%s: there is no speaker \"%.40s\". There are: %s",
			        import->corpus.source, asked->names[i],
			        some_names(import->arena, &import->speakers));
	return true;
}

bool import_end(const Import *import, Corpus *corpus, Error *error)
{
	if (!import->corpus.count)
		return error_set(error, "%s: no utterance was found, %d skipped",
		        import->corpus.source, import->corpus.skipped);
	if (!all_came(import, &import->test, error) ||
	        !all_came(import, &import->validation, error))
		return false;
	*corpus = import->corpus;
	return true;
}

const char *import_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}
