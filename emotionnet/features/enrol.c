/* enrol.c: the clips of each speaker, and the level over them. Normalising by speaker:
 * Schuller et al. (2010), Cross-corpus acoustic emotion recognition. */
#include "emotionnet/features/enrol.h"

#include "emotionnet/features/dataset.h"
#include "tensor/file/json_write.h"
#include "tensor/sort.h"
#include "text/stringset.h"

#include <string.h>

/* Copies are levelled as their clip is, but do not say how the speaker speaks: a level
 * over them would be another than the same clips have in a test. */
static bool tells(const Example *example)
{
	return example_has(example, MODALITY_SPEECH) && !example->copy;
}

/* The speaker of each example among all that are named; -1: nobody. */
static int name_speakers(int who[], Arena *scratch, const Frontend *frontend,
        const Dataset *data, const Corpus *corpus)
{
	StringSet names = stringset_new(scratch);
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		const char *name =
		        frontend->reference
		                ? "the one"
		                : corpus->utterances[example->utterance].speaker;
		bool heard = example_has(example, MODALITY_SPEECH) && *name;
		who[i] = heard ? stringset_add(&names, name) : -1;
	}
	return names.count;
}

/* Speakers without a second clip go; the others get new numbers. */
static int drop_lone(int who[], Arena *scratch, const Frontend *frontend,
        const Dataset *data, int named)
{
	int *clips = ARENA_ARRAY(scratch, int, (size_t)named);
	int *number = ARENA_ARRAY(scratch, int, (size_t)named);
	int speakers = 0;
	for (int s = 0; s < named; s++)
		clips[s] = frontend->reference ? frontend->reference->count : 0;
	for (int i = 0; i < data->count; i++)
		if (who[i] >= 0)
			clips[who[i]] += tells(&data->items[i]);
	for (int s = 0; s < named; s++)
		number[s] = clips[s] > 1 ? speakers++ : -1;
	for (int i = 0; i < data->count; i++)
		who[i] = who[i] >= 0 ? number[who[i]] : -1;
	return speakers;
}

static double seconds_of(const Example *example, const Frontend *frontend)
{
	return (double)example->steps[MODALITY_SPEECH].shape[0] *
	       frontend->frames.mel.stft.hop / FRAMES_RATE;
}

static void tell(Enrolment *e, const Frontend *frontend, const Dataset *data)
{
	Enrolled *told = &e->told;
	told->speakers = e->speakers;
	told->reference = frontend->reference ? frontend->reference->count : 0;
	for (int s = 0; s < e->speakers; s++) {
		int clips = e->first[s + 1] - e->first[s];
		told->least = s && told->least < clips ? told->least : clips;
		told->most = told->most > clips ? told->most : clips;
	}
	for (int i = 0; i < e->first[e->speakers]; i++)
		told->seconds += seconds_of(e->clips[i], frontend);
	for (int i = 0; i < data->count; i++)
		told->alone += tells(&data->items[i]) && e->who[i] < 0;
}

Enrolment enrol(
        Arena *arena, const Frontend *frontend, const Dataset *data, const Corpus *corpus)
{
	static const Dataset nothing = { .count = 0 };
	const Dataset *reference = frontend->reference ? frontend->reference : &nothing;
	int count = reference->count + data->count;
	Enrolment e = {
		.clips = ARENA_ARRAY(arena, const Example *, (size_t)count),
		.who = ARENA_ARRAY(arena, int, (size_t)data->count),
	};
	Arena *scratch = arena_new("speakers, scratch");
	int named = name_speakers(e.who, scratch, frontend, data, corpus);
	e.speakers = drop_lone(e.who, scratch, frontend, data, named);
	e.first = ARENA_ARRAY(arena, int, (size_t)e.speakers + 1);
	int *group = ARENA_ARRAY(scratch, int, (size_t)count);
	int *order = ARENA_ARRAY(scratch, int, (size_t)count);
	for (int i = 0; i < count; i++) {
		int own = i - reference->count;
		group[i] = own < 0                    ? (e.speakers ? 0 : -1)
		           : tells(&data->items[own]) ? e.who[own]
		                                      : -1;
	}
	sort_groups(group, count, e.speakers, order, e.first);
	for (int i = 0; i < e.first[e.speakers]; i++)
		e.clips[i] = order[i] < reference->count
		                     ? &reference->items[order[i]]
		                     : &data->items[order[i] - reference->count];
	arena_free(scratch);
	tell(&e, frontend, data);
	return e;
}

Level *enrol_levels(Arena *arena, const Enrolment *enrolment, EnrolWhat *what, int width)
{
	Arena *scratch = arena_new("speakers, scratch");
	const int *first = enrolment->first;
	Level *levels = ARENA_ARRAY(arena, Level, (size_t)enrolment->speakers);
	Tensor *x = ARENA_ARRAY(scratch, Tensor, (size_t)first[enrolment->speakers]);
	for (int i = 0; i < first[enrolment->speakers]; i++)
		x[i] = what(enrolment->clips[i]);
	for (int s = 0; s < enrolment->speakers; s++) {
		real *mean = ARENA_ARRAY(arena, real, (size_t)width);
		real *scale = ARENA_ARRAY(arena, real, (size_t)width);
		frames_statistics(scratch, x + first[s], first[s + 1] - first[s], width,
		        mean, scale);
		levels[s] = (Level){ mean, scale };
	}
	arena_free(scratch);
	return levels;
}

/* ---- reference clips --------------------------------------------------------------- */

static bool hear(Example *example, Arena *arena, const Frontend *frontend,
        const Reference *reference, Error *error)
{
	Remarks remarks = { { 0 } };
	double begin;
	Error why;
	remarks_of_clip(&remarks, &reference->clip, 0);
	if (remarks.of[REMARK_SILENT] || remarks.of[REMARK_NO_VOICE])
		return error_set(error,
		        "--reference %s: there is no voice in it: it tells nothing of the speaker",
		        reference->name);
	Clip clip = frames_trim(arena, reference->clip, &frontend->frames, &begin);
	*example = dataset_example(frontend, -1, 0);
	return frontend_hear(frontend, example, arena, &clip, &remarks, &why) ||
	       error_set(error, "--reference %s: %s", reference->name, why.text);
}

bool enrol_reference(Dataset *reference, Arena *arena, const Frontend *frontend,
        const Reference clips[], int count, Error *error)
{
	double seconds = 0;
	*reference = (Dataset){ .items = ARENA_ARRAY(arena, Example, (size_t)count),
		.count = count };
	memcpy(reference->width, frontend->width, sizeof reference->width);
	for (int i = 0; i < count; i++) {
		if (!hear(&reference->items[i], arena, frontend, &clips[i], error))
			return false;
		seconds += seconds_of(&reference->items[i], frontend);
	}
	return seconds >= ENROL_SECONDS ||
	       error_set(error,
	               "--reference: %d clips of %.2f seconds together: expected %g seconds of the speaker's voice at least",
	               count, seconds, ENROL_SECONDS);
}

/* ---- telling ----------------------------------------------------------------------- */

void enrolled_print(FILE *out, const Enrolled *e)
{
	if (!e->speakers)
		return;
	fprintf(out, "normalised by speaker: ");
	if (e->reference) {
		fprintf(out,
		        "%d reference clip%s and the %d to be judged, %.1f seconds of one speaker,",
		        e->reference, e->reference > 1 ? "s" : "", e->most - e->reference,
		        e->seconds);
	} else {
		fprintf(out, "each speaker's own %d", e->least);
		if (e->most > e->least)
			fprintf(out, " to %d", e->most);
		fprintf(out, " clips of the split,");
	}
	fprintf(out, " without their labels, were read first (enrolment)\n");
	if (e->reference && e->seconds < ENROL_ENOUGH)
		fprintf(out,
		        "Note: the answer is safer with %g seconds or more, in several emotions.\n",
		        ENROL_ENOUGH);
}

void enrolled_print_json(FILE *out, const Enrolled *e)
{
	if (!e->speakers)
		return;
	fprintf(out,
	        ",\"enrolment\":{\"speakers\":%d,\"clips\":[%d,%d],\"alone\":%d,\"reference\":%d",
	        e->speakers, e->least, e->most, e->alone, e->reference);
	json_put_share(out, "seconds", e->seconds);
	fputc('}', out);
}
