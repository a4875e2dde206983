/* pair.c: sentences and clips of one label and split are shuffled and dealt out to
 * each other. */
#include "emotionnet/corpus/pair.h"
#include "emotionnet/corpus/spelling.h"
#include "tensor/rng.h"
#include "tensor/sort.h"
#include "tensor/plot/escape.h"

#include <string.h>

enum { TEXT_ID, SPEECH_ID, TEXT_SPEAKER, PAIRED, COLUMNS };
static const char *const columns[COLUMNS] = { "text_id", "speech_id", "text_speaker",
	"paired" };

/* The utterances of one corpus that have what is wanted of it, by split and label. */
typedef struct Sorted {
	const Utterance *utterances;
	int *order, *first; /* sort.h */
} Sorted;

static Sorted sort_corpus(
        Arena *arena, const Corpus *corpus, bool speech, const Labels *labels)
{
	int groups = SPLIT_COUNT * labels->count;
	int *group = ARENA_ARRAY(arena, int, (size_t)corpus->count);
	Sorted sorted = { .utterances = corpus->utterances,
		.order = ARENA_ARRAY(arena, int, (size_t)corpus->count),
		.first = ARENA_ARRAY(arena, int, (size_t)groups + 1) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		bool takes_part = u->split < SPLIT_COUNT && *(speech ? u->wav : u->text);
		group[i] = !takes_part ? -1
		                       : (int)u->split * labels->count +
		                                 labels_index(labels, u->label);
	}
	sort_groups(group, corpus->count, groups, sorted.order, sorted.first);
	return sorted;
}

/* Those with one label in one split. */
typedef struct Group {
	const Utterance *utterances;
	const int *items; /* `count` of them */
	int count;
} Group;

static Group group_of(const Sorted *sorted, int group)
{
	int first = sorted->first[group];
	return (Group){ sorted->utterances, sorted->order + first,
		sorted->first[group + 1] - first };
}

/* `wanted` utterances of the group: all of them in random order, then all again in
 * another, and so on, so that no two differ by more than one in how often they come. */
static const Utterance **deal(Arena *arena, Group group, int wanted, Rng rng)
{
	const Utterance **dealt = ARENA_ARRAY(arena, const Utterance *, (size_t)wanted);
	int *order = ARENA_ARRAY(arena, int, (size_t)group.count);
	for (int i = 0; i < wanted; i++) {
		if (i % group.count == 0)
			rng_permutation(&rng, group.count, order);
		dealt[i] = &group.utterances[group.items[order[i % group.count]]];
	}
	return dealt;
}

static int pairs_wanted(const PairOptions *options, int texts, int clips)
{
	int larger = texts > clips ? texts : clips,
	    smaller = texts > clips ? clips : texts;
	int wanted = options->fewer ? smaller : larger;
	return options->most && options->most < wanted ? options->most : wanted;
}

static Utterance pair_of(Arena *arena, const Utterance *text, const Utterance *clip)
{
	const char **extra = ARENA_ARRAY(arena, const char *, COLUMNS);
	extra[TEXT_ID] = text->id;
	extra[SPEECH_ID] = clip->id;
	extra[TEXT_SPEAKER] = text->speaker;
	extra[PAIRED] = "label";
	return (Utterance){
		.id = arena_format(arena, "%s+%s", text->id, clip->id),
		.speaker = clip->speaker,
		.label = text->label,
		.text = text->text,
		.wav = clip->wav,
		.start = clip->start,
		.end = clip->end,
		.split = text->split,
		.extra = extra,
	};
}

static void tell(FILE *warnings, Split split, const char *label, int texts, int clips)
{
	if (warnings && texts + clips > 0)
		terminal_print(warnings, "Left out: %s %s: %d sentences, %d clips\n",
		        split_name(split), label, texts, clips);
}

/* The labels of both, each once: as the sentences write it (spelling.h). */
static Labels all_labels(Arena *arena, const Corpus *text, const Corpus *speech)
{
	StringSet labels = stringset_new(arena);
	Spellings spellings = spellings_new(arena);
	bool other;
	for (int i = 0; i < text->count; i++)
		stringset_add(&labels,
		        spellings_add(&spellings, text->utterances[i].label, &other));
	for (int i = 0; i < speech->count; i++)
		stringset_add(&labels,
		        spellings_add(&spellings, speech->utterances[i].label, &other));
	sort_names(labels.names, labels.count);
	return labels_new(arena, labels.names, labels.count);
}

/* Appends the pairs of one label in one split; `number` is its own stream of random
 * numbers. */
static void pair_group(Corpus *made, Arena *arena, Group texts, Group clips,
        const PairOptions *options, uint64_t number)
{
	Rng root = rng_new(options->seed);
	int wanted = pairs_wanted(options, texts.count, clips.count);
	const Utterance **text = deal(arena, texts, wanted, rng_split(&root, 2 * number));
	const Utterance **clip =
	        deal(arena, clips, wanted, rng_split(&root, 2 * number + 1));
	for (int i = 0; i < wanted; i++)
		made->utterances[made->count++] = pair_of(arena, text[i], clip[i]);
}

bool pair_corpora(Corpus *paired, Arena *arena, const Corpus *text, const Corpus *speech,
        PairOptions options, Error *error)
{
	Labels labels = all_labels(arena, text, speech);
	Sorted sentences = sort_corpus(arena, text, false, &labels);
	Sorted spoken = sort_corpus(arena, speech, true, &labels);
	size_t room = 0;
	for (int i = 0; i < SPLIT_COUNT * labels.count; i++)
		room += (size_t)pairs_wanted(&options, group_of(&sentences, i).count,
		        group_of(&spoken, i).count);
	Corpus made = {
		.source = arena_format(
		        arena, "%s + %s, paired by label", text->source, speech->source),
		.utterances = ARENA_ARRAY(arena, Utterance, room),
		.extras = COLUMNS,
		.extra_names = columns,
	};
	for (int i = 0; i < SPLIT_COUNT * labels.count; i++) {
		Split split = (Split)(i / labels.count);
		const char *label = labels.names[i % labels.count];
		Group texts = group_of(&sentences, i), clips = group_of(&spoken, i);
		if (texts.count && clips.count)
			pair_group(&made, arena, texts, clips, &options, (uint64_t)i);
		else
			tell(options.warnings, split, label, texts.count, clips.count);
	}
	if (!made.count)
		return error_set(error,
		        "%s and %s: no label stands in the same split of both, so there is no pair",
		        text->source, speech->source);
	*paired = made;
	return true;
}
