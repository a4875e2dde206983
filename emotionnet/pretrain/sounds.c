/* sounds.c: several manifests as one corpus. What is left out stays in the list, in no
 * split (SPLIT_COUNT). */
#include "emotionnet/pretrain/sounds.h"

#include "emotionnet/corpus/heard.h"
#include "text/list.h"

#include <string.h>

/* The speakers of the test splits of the manifests that are to be kept apart. */
static bool read_excluded(
        StringSet *known, Arena *arena, const SoundsAsked *asked, Error *error)
{
	const char *all = "";
	for (int i = 0; i < asked->exclude_count; i++) {
		Corpus other;
		if (!corpus_read(&other, arena, asked->exclude[i], asked->skip_bad,
		            stderr, error))
			return false;
		const char *list = heard_list(arena, &other, SPLIT_TEST);
		if (!*list)
			return error_set(error,
			        "--exclude %s: its test split names no speaker",
			        asked->exclude[i]);
		all = *all ? arena_format(arena, "%s\n%s", all, list) : list;
	}
	*known = heard_set(arena, all);
	return true;
}

/* Whether a clip is learnt from; counts it where not. */
static Split split_of(Sounds *sounds, const SoundsAsked *asked, const Utterance *u,
        const StringSet *known, Arena *scratch)
{
	if (!*u->wav)
		sounds->mute++;
	else if (u->split == SPLIT_TEST && !asked->all)
		sounds->tests++;
	else if (heard_has(known, scratch, u))
		sounds->excluded++;
	else
		return u->split == SPLIT_TEST ? SPLIT_TRAIN : u->split;
	return SPLIT_COUNT;
}

bool sounds_read(Sounds *sounds, Arena *arena, const SoundsAsked *asked, Error *error)
{
	StringSet known;
	Corpus *read = ARENA_ARRAY(arena, Corpus, (size_t)asked->manifest_count);
	*sounds = (Sounds){ .source = list_join(arena, asked->manifests,
		                    asked->manifest_count, "\n") };
	if (!read_excluded(&known, arena, asked, error))
		return false;
	int count = 0;
	for (int i = 0; i < asked->manifest_count; i++) {
		if (!corpus_read(&read[i], arena, asked->manifests[i], asked->skip_bad,
		            stderr, error))
			return false;
		count += read[i].count;
	}
	Corpus *all = &sounds->corpus;
	*all = read[0];
	all->utterances = ARENA_ARRAY(arena, Utterance, (size_t)count);
	all->count = all->extras = 0;
	all->channel = asked->channel;
	Arena *scratch = arena_child(arena, "speakers, compared");
	for (int i = 0; i < asked->manifest_count; i++)
		for (int k = 0; k < read[i].count; k++) {
			Utterance *u = &all->utterances[all->count++];
			*u = read[i].utterances[k];
			u->split = split_of(sounds, asked, u, &known, scratch);
			u->label = "sound";
			arena_reset(scratch);
		}
	arena_free(scratch);
	return corpus_count(all, SPLIT_TRAIN) ||
	       error_set(error,
	               "%s: no clip is left to learn from: %d rows without one, %d of test splits (--all learns from them too), %d of speakers of --exclude",
	               asked->manifests[0], sounds->mute, sounds->tests,
	               sounds->excluded);
}
