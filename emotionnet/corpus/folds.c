/* folds.c: which utterance is in which fold: by speakers, by RAVDESS's actors, or by a
 * column.
 *
 * K folds of whole speakers: the speakers, those with most utterances first, go each to
 * the fold that has the fewest so far (longest processing time first: R. L. Graham,
 * "Bounds on Multiprocessing Timing Anomalies", 1969). No draw is made: the folds of a
 * corpus are always the same. */
#include "emotionnet/corpus/folds.h"

#include "tensor/sort.h"
#include "text/list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- RAVDESS ----------------------------------------------------------------------- */

static const int actor_folds[FOLDS_ACTORS] = { 5, 1, 2, 5, 1, 2, 2, 4, 5, 3, 3, 3, 2, 1,
	1, 1, 4, 2, 3, 3, 4, 5, 4, 4 };

int folds_of_actor(int actor)
{
	return actor < 1 || actor > FOLDS_ACTORS ? 0 : actor_folds[actor - 1];
}

/* The number that a name ends in: 12 of "12" and of "Actor_12"; 0: none. */
static int number_at_end(const char *name)
{
	size_t end = strlen(name), begin = end;
	while (begin && isdigit((unsigned char)name[begin - 1]))
		begin--;
	return end - begin > 3 ? 0 : atoi(name + begin);
}

/* "03, 06, 07": the actors of folds that have no utterance. */
static const char *missing_actors(Arena *arena, const int counts[FOLDS_RAVDESS])
{
	const char *list = "";
	for (int actor = 1; actor <= FOLDS_ACTORS; actor++)
		if (!counts[folds_of_actor(actor) - 1])
			list = arena_format(
			        arena, "%s%s%02d", list, *list ? ", " : "", actor);
	return list;
}

/* ---- groups ------------------------------------------------------------------------ */

/* What the folds are made of: the utterances by the value of a column. */
typedef struct Groups {
	StringSet names; /* in the order of the alphabet */
	int *of;         /* (utterances) -1: taken out */
	int *counts;     /* (names.count) */
} Groups;

static bool find_groups(Groups *groups, Arena *arena, const Corpus *corpus,
        const char *column, Error *error)
{
	StringSet found = stringset_new(arena);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		const char *value = corpus_value(corpus, u, column);
		if (u->split == SPLIT_COUNT)
			continue;
		if (!value || !*value)
			return error_set(error,
			        "%s:%d: utterance \"%s\" has no %s: folds need one of every utterance. Hint: --folds COLUMN takes another column of the manifest.",
			        corpus->source, u->line, u->id, column);
		stringset_add(&found, value);
	}
	sort_names(found.names, found.count);
	groups->names = stringset_new(arena);
	for (int i = 0; i < found.count; i++)
		stringset_add(&groups->names, found.names[i]);
	groups->of = ARENA_ARRAY(arena, int, (size_t)corpus->count);
	groups->counts = ARENA_ARRAY(arena, int, (size_t)found.count);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		groups->of[i] = -1;
		if (u->split == SPLIT_COUNT)
			continue;
		groups->of[i] =
		        stringset_find(&groups->names, corpus_value(corpus, u, column));
		groups->counts[groups->of[i]]++;
	}
	return true;
}

static bool check_count(
        const Corpus *corpus, const char *how, int count, const char *hint, Error *error)
{
	if (count >= FOLDS_LEAST && count <= FOLDS_MOST)
		return true;
	return error_set(error,
	        "%s: --folds %s: there are %d of them: expected %d to %d folds, one to test, one to validate and one to learn from at least.%s",
	        corpus->source, how, count, FOLDS_LEAST, FOLDS_MOST, hint);
}

/* Fold `to[g]` for each group g, and `count` names "1", "2", ... */
static void join_groups(Folds *folds, Arena *arena, const Groups *groups, const int to[],
        int count, int n)
{
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)count);
	int *of = ARENA_ARRAY(arena, int, (size_t)n);
	for (int f = 0; f < count; f++)
		names[f] = arena_format(arena, "%d", f + 1);
	for (int i = 0; i < n; i++)
		of[i] = groups->of[i] < 0 ? -1 : to[groups->of[i]];
	*folds = (Folds){ count, names, of };
}

/* ---- the rules --------------------------------------------------------------------- */

static bool each_alone(Folds *folds, Arena *arena, const Corpus *corpus,
        const char *column, Error *error)
{
	Groups groups;
	bool speaker = !strcmp(column, "speaker");
	if (!corpus_has_column(corpus, column, arena, error) ||
	        !find_groups(&groups, arena, corpus, column, error) ||
	        !check_count(corpus, column, groups.names.count,
	                speaker && groups.names.count > FOLDS_MOST
	                        ? " Hint: --folds speaker:5 makes five of them."
	                        : "",
	                error))
		return false;
	*folds = (Folds){ groups.names.count, groups.names.names, groups.of };
	return true;
}

/* Whole speakers, balanced. */
static bool few_of_speakers(
        Folds *folds, Arena *arena, const Corpus *corpus, const char *how, Error *error)
{
	enum { MOST = FOLDS_MOST };
	Groups groups;
	int count, end = 0, load[MOST] = { 0 };
	if (sscanf(how, "speaker:%3d%n", &count, &end) != 1 || how[end] ||
	        count < FOLDS_LEAST || count > FOLDS_MOST)
		return error_set(error,
		        "--folds %s: expected speaker:K with K from %d to %d, such as speaker:5",
		        how, FOLDS_LEAST, FOLDS_MOST);
	if (!find_groups(&groups, arena, corpus, "speaker", error))
		return false;
	int speakers = groups.names.count;
	if (speakers < count)
		return error_set(error,
		        "%s: --folds %s: there are only %d speakers, and a speaker is in one fold. Hint: a smaller K, or speaker, which makes each speaker a fold.",
		        corpus->source, how, speakers);
	int *to = ARENA_ARRAY(arena, int, (size_t)speakers);
	for (int s = 0; s < speakers; s++)
		to[s] = -1;
	for (int placed = 0; placed < speakers; placed++) {
		int next = -1, least = 0;
		for (int s = 0; s < speakers; s++)
			if (to[s] < 0 &&
			        (next < 0 || groups.counts[s] > groups.counts[next]))
				next = s;
		for (int f = 1; f < count; f++)
			least = load[f] < load[least] ? f : least;
		to[next] = least;
		load[least] += groups.counts[next];
	}
	join_groups(folds, arena, &groups, to, count, corpus->count);
	return true;
}

static bool by_actors(Folds *folds, Arena *arena, const Corpus *corpus, Error *error)
{
	Groups groups;
	int counts[FOLDS_RAVDESS] = { 0 };
	if (!find_groups(&groups, arena, corpus, "speaker", error))
		return false;
	int *to = ARENA_ARRAY(arena, int, (size_t)groups.names.count);
	for (int s = 0; s < groups.names.count; s++) {
		const char *name = groups.names.names[s];
		int fold = folds_of_actor(number_at_end(name));
		if (!fold)
			return error_set(error,
			        "%s: --folds ravdess: speaker \"%s\" is no actor of RAVDESS: expected 01 to %d. Hint: --folds speaker, or speaker:5.",
			        corpus->source, name, FOLDS_ACTORS);
		to[s] = fold - 1;
		counts[fold - 1] += groups.counts[s];
	}
	const char *missing = missing_actors(arena, counts);
	if (*missing)
		return error_set(error,
		        "%s: --folds ravdess: folds are empty, whose figures could not be held against published ones: the actors %s are missing. Hint: --folds speaker, or speaker:5.",
		        corpus->source, missing);
	join_groups(folds, arena, &groups, to, FOLDS_RAVDESS, corpus->count);
	return true;
}

/* One utterance cannot be swapped with another. */
static bool check_folds(
        const Folds *folds, const Corpus *corpus, const char *how, Error *error)
{
	for (int f = 0; f < folds->count; f++) {
		int size = 0;
		for (int i = 0; i < corpus->count; i++)
			size += folds->of[i] == f;
		if (size < 2)
			return error_set(error,
			        "%s: --folds %s: fold \"%s\" has %d utterance: expected two at least",
			        corpus->source, how, folds->names[f], size);
	}
	return true;
}

bool folds_make(
        Folds *folds, Arena *arena, const Corpus *corpus, const char *how, Error *error)
{
	bool made;
	if (!strcmp(how, "ravdess"))
		made = by_actors(folds, arena, corpus, error);
	else if (!strncmp(how, "speaker:", strlen("speaker:")))
		made = few_of_speakers(folds, arena, corpus, how, error);
	else
		made = each_alone(folds, arena, corpus, how, error);
	return made && check_folds(folds, corpus, how, error);
}

/* ---- one fold ---------------------------------------------------------------------- */

int folds_validation(int count)
{
	int fifth = (2 * count + 5) / 10;
	return fifth > 1 ? fifth : 1;
}

Corpus folds_corpus(const Corpus *corpus, const Folds *folds, int fold, Arena *arena)
{
	Corpus split = *corpus;
	split.utterances = arena_copy(arena, corpus->utterances,
	        (size_t)corpus->count * sizeof *corpus->utterances);
	for (int i = 0; i < corpus->count; i++) {
		int after = (folds->of[i] - fold + folds->count) % folds->count;
		split.utterances[i].split = folds->of[i] < 0 ? SPLIT_COUNT
		                            : !after         ? SPLIT_TEST
		                            : after <= folds_validation(folds->count)
		                                    ? SPLIT_VALIDATION
		                                    : SPLIT_TRAIN;
	}
	return split;
}

const char *folds_file_name(Arena *arena, const Folds *folds, int fold)
{
	char *name = arena_string(arena, folds->names[fold]);
	bool same = true;
	for (char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_') {
			*c = '-';
			same = false;
		}
	return same ? name : arena_format(arena, "%s-%d", name, fold + 1);
}
