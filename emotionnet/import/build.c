/* build.c: what every importer does with an utterance: check it, add it, or leave it
 * out. */
#include "emotionnet/import/build.h"
#include "emotionnet/corpus/rows.h"
#include "emotionnet/corpus/spelling.h"
#include "emotionnet/corpus/split.h"
#include "tensor/file/file.h"
#include "tensor/utf8.h"
#include "text/list.h"
#include "text/windows.h"

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

void import_make_splits(Import *import)
{
	Corpus *corpus = &import->corpus;
	split_make(corpus, import->options->seed, import->options->warnings);
	for (int i = 0; i < corpus->count; i++) {
		Utterance *u = &corpus->utterances[i];
		u->split = import_split(import, u->speaker, u->split);
	}
}

/* A manifest is UTF-8, and models keep labels and speakers one a line. */
static bool check_text(const Utterance *u, const char *where, Error *why)
{
	const char *fields[] = { u->speaker, u->label, u->id, u->wav, u->text };
	for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++) {
		size_t size = strlen(fields[f]);
		if (utf8_invalid(fields[f], size) < size)
			return error_set(why,
			        "%s: expected UTF-8, as a manifest must be, found \"%.80s\"%s",
			        where, fields[f],
			        fields[f] == u->text
			                ? ""
			                : ". Hint: rename the file or folder");
		if (f < 2 && fields[f][strcspn(fields[f], "\r\n")])
			return error_set(why,
			        "%s: label and speaker: expected one line each, found a line end within \"%.40s\"",
			        where, fields[f]);
	}
	return true;
}

bool import_add(Import *import, const Utterance *utterance, const char *where, Error *why)
{
	Corpus *corpus = &import->corpus;
	if (!check_text(utterance, where, why))
		return false;
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
		return error_set(error,
		        "%s. --skip-bad leaves out what is bad, and counts it",
		        why->text);
	if (import->options->warnings)
		fprintf(import->options->warnings, "Left out: %s\n", why->text);
	import->corpus.skipped++;
	return true;
}

bool import_lines(
        Import *import, const char *path, ImportAddLine *add, void *context, Error *error)
{
	Arena *arena = import->arena;
	Bytes bytes;
	if (!file_read(&bytes, arena, path, error))
		return false;
	const char *rest = (const char *)bytes.data, *end = rest + bytes.size;
	for (int number = 1; rest < end; number++) {
		const char *stop = memchr(rest, '\n', (size_t)(end - rest));
		size_t size = (size_t)((stop ? stop : end) - rest);
		ImportLine line = { arena_format(arena, "%s:%d", path, number), number,
			NULL };
		if (size && rest[size - 1] == '\r')
			size--;
		char *text = arena_copy(arena, rest, size + 1);
		text[size] = '\0';
		rest = stop ? stop + 1 : end;
		const char *mended = windows_mend(arena, text, NULL);
		line.text = mended == text ? text : arena_string(arena, mended);
		Error why;
		bool good = true;
		if (strlen(text) != size || windows_invalid(text, size) != size)
			good = error_set(&why, "%s: is not UTF-8 text", line.where);
		else if (size)
			good = add(context, &line, &why);
		if (!good && !import_skip(import, &why, error))
			return false;
	}
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

const char *import_label(Arena *arena, const LabelName names[], const char *own,
        const char *where, const char *column, Error *why)
{
	const char *key = spelling_key(arena, own);
	int count = 0;
	for (; names[count].own; count++)
		if (!strcmp(key, spelling_key(arena, names[count].own)))
			return names[count].common;
	const char **known = ARENA_ARRAY(arena, const char *, (size_t)count);
	for (int i = 0; i < count; i++)
		known[i] = names[i].own;
	error_set(why, "%s: %s: expected %s, found \"%.40s\"", where, column,
	        list_or(arena, known, count), own);
	return NULL;
}
