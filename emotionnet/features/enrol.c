/* enrol.c: the clips of each speaker, and the level over them. Normalising by speaker:
 * Schuller et al. (2010), Cross-corpus acoustic emotion recognition. */
#include "emotionnet/features/enrol.h"

#include "emotionnet/features/dataset.h"
#include "emotionnet/features/faces.h"
#include "tensor/file/json_write.h"
#include "tensor/sort.h"
#include "text/stringset.h"

#include <math.h>
#include <string.h>

/* Copies are levelled as their clip is, but do not say how the speaker speaks: a level
 * over them would be another than the same clips have in a test. */
static bool tells(const Example *example, ModalityKind kind)
{
	return example_has(example, kind) && !example->copy;
}

/* Who is not named speaks for himself alone. */
static const char *speaker_of(
        Arena *scratch, const Frontend *frontend, const Corpus *corpus, int utterance)
{
	if (frontend->reference)
		return "the one";
	const char *name = corpus->utterances[utterance].speaker;
	return *name ? arena_format(scratch, "named %s", name)
	             : arena_format(scratch, "in %d", utterance);
}

static int number_speakers(int who[], Arena *scratch, const Frontend *frontend,
        const Dataset *data, const Corpus *corpus, ModalityKind kind)
{
	StringSet names = stringset_new(scratch);
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		who[i] = -1;
		if (example_has(example, kind))
			who[i] = stringset_add(
			        &names, speaker_of(scratch, frontend, corpus,
			                        example->utterance));
	}
	return names.count;
}

static void tell(Enrolment *e, const Frontend *frontend)
{
	Enrolled *told = &e->told;
	told->reference = frontend->reference ? frontend->reference->count : 0;
	for (int s = 0; s < e->speakers; s++) {
		int clips = e->first[s + 1] - e->first[s];
		if (clips < 2) {
			told->alone += clips;
			continue;
		}
		bool first = !told->speakers++;
		told->least = !first && told->least < clips ? told->least : clips;
		told->most = told->most > clips ? told->most : clips;
		told->seconds += e->seconds[s];
	}
}

Enrolment enrol(Arena *arena, const Frontend *frontend, const Dataset *data,
        const Corpus *corpus, ModalityKind kind)
{
	static const Dataset nothing = { .count = 0 };
	const Dataset *reference = frontend->reference ? frontend->reference : &nothing;
	int before = reference->count, count = before + data->count;
	Enrolment e = {
		.clips = ARENA_ARRAY(arena, const Example *, (size_t)count),
		.who = ARENA_ARRAY(arena, int, (size_t)data->count),
	};
	Arena *scratch = arena_new("speakers, scratch");
	e.speakers = number_speakers(e.who, scratch, frontend, data, corpus, kind);
	e.first = ARENA_ARRAY(arena, int, (size_t)e.speakers + 1);
	e.seconds = ARENA_ARRAY(arena, double, (size_t)e.speakers);
	int *group = ARENA_ARRAY(scratch, int, (size_t)count);
	int *order = ARENA_ARRAY(scratch, int, (size_t)count);
	for (int i = 0; i < count; i++)
		group[i] = i < before ? (tells(&reference->items[i], kind) && e.speakers
		                                        ? 0
		                                        : -1)
		           : tells(&data->items[i - before], kind) ? e.who[i - before]
		                                                   : -1;
	sort_groups(group, count, e.speakers, order, e.first);
	for (int i = 0; i < e.first[e.speakers]; i++) {
		int at = order[i];
		e.clips[i] =
		        at < before ? &reference->items[at] : &data->items[at - before];
		e.seconds[group[at]] += kind == MODALITY_SPEECH ? e.clips[i]->seconds
		                        : frontend_reads_track(frontend)
		                                ? faces_seconds(frontend, e.clips[i])
		                                : ENROL_VECTOR;
	}
	arena_free(scratch);
	tell(&e, frontend);
	return e;
}

/* How much a speaker's own level counts, 0 to 1: the average voice is as if it had been
 * heard for ENROL_AVERAGE seconds before, and for less the more is heard of him (after
 * Reynolds et al. 2000, whose relevance factor stays the same). */
static double own_weight(double seconds)
{
	double average = ENROL_AVERAGE * (1 - seconds / ENROL_ENOUGH);
	return average > 0 ? seconds / (seconds + average) : 1;
}

/* w own + (1 - w) average, of means and of variances, which are 1 / scale^2. */
static void lean(real *mean, real *scale, int width, Level average, double w)
{
	for (int i = 0; i < width && w < 1; i++) {
		double own = 1 / ((double)scale[i] * (double)scale[i]);
		double other = 1 / ((double)average.scale[i] * (double)average.scale[i]);
		mean[i] = (real)(w * (double)mean[i] + (1 - w) * (double)average.mean[i]);
		scale[i] = (real)(1 / sqrt(w * own + (1 - w) * other));
	}
}

Level *enrol_levels(Arena *arena, const Enrolment *enrolment, EnrolWhat *what, int width,
        Level average)
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
		lean(mean, scale, width, average, own_weight(enrolment->seconds[s]));
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
	frontend_widths(frontend, reference);
	for (int i = 0; i < count; i++) {
		if (!hear(&reference->items[i], arena, frontend, &clips[i], error))
			return false;
		seconds += reference->items[i].seconds;
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
