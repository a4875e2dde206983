/* meanwhile.c: hears a split, utterance by utterance. */
#include "emotionnet/live/meanwhile.h"

#include "emotionnet/corpus/sound.h"
#include "tensor/file/json_write.h"
#include "tensor/plot/plot.h"
#include "tensor/plot/save.h"

#include <math.h>
#include <string.h>

const double meanwhile_times[MEANWHILE_TIMES] = { 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4,
	5 };

#define EVERY 0.25 /* seconds from answer to answer */
#define SLACK 0.02 /* seconds that resampling may look ahead */

/* ---- one utterance ----------------------------------------------------------------- */

/* The answers to an utterance: what counts after each of the times; -1: none yet. */
typedef struct Course {
	int at[MEANWHILE_TIMES], end;
	double seconds;
	int last; /* the label of the answer before; -1: there was none */
} Course;

static void take_answer(Meanwhile *meanwhile, Course *course, const LiveAnswer *answer)
{
	for (int t = 0; t < MEANWHILE_TIMES; t++)
		if (answer->received <= meanwhile_times[t] + SLACK)
			course->at[t] = answer->label;
	course->end = answer->label;
	if (answer->final)
		return;
	meanwhile->answers++;
	meanwhile->delay += answer->delay;
	if (course->last >= 0 && course->last != answer->label) {
		meanwhile->changes++;
		meanwhile->changes_late += answer->received > 1;
	}
	course->last = answer->label;
}

static void take_answers(Meanwhile *meanwhile, Course *course, Live *live)
{
	LiveAnswer answer;
	while (live_next(live, &answer))
		take_answer(meanwhile, course, &answer);
}

static bool hear(Meanwhile *meanwhile, Course *course, const Ensemble *ensemble,
        Clip clip, const char *text, Error *error)
{
	LiveSettings settings = live_defaults();
	Error unused;
	settings.rate = clip.rate;
	settings.every = EVERY;
	settings.end = 0;
	settings.longest = 60;
	Live *live = live_new(ensemble, &settings, error);
	if (!live)
		return false;
	if (!live_reads(live, MODALITY_SPEECH)) {
		live_free(live);
		return error_set(
		        error, "%s reads no sound: --live hears it", ensemble->paths[0]);
	}
	for (int at = 0; at < clip.count;) {
		at += live_sound(live, clip.samples + at, clip.count - at);
		take_answers(meanwhile, course, live);
	}
	if (live_reads(live, MODALITY_TEXT) && text[0])
		live_text(live, text, &unused);
	live_end(live);
	take_answers(meanwhile, course, live);
	live_free(live);
	return true;
}

/* ---- a split ----------------------------------------------------------------------- */

typedef struct Matrices {
	Confusion at[MEANWHILE_TIMES], end;
} Matrices;

/* An utterance without an answer by then counts as the first class: as wrong as a guess. */
static void count(
        Meanwhile *meanwhile, Matrices *matrices, const Course *course, int label)
{
	for (int t = 0; t < MEANWHILE_TIMES; t++) {
		bool going = course->seconds > meanwhile_times[t];
		int said = going ? course->at[t] : course->end;
		meanwhile->going[t] += going;
		confusion_add(&matrices->at[t], label, said < 0 ? 0 : said);
	}
	confusion_add(&matrices->end, label, course->end);
	meanwhile->utterances++;
	meanwhile->minutes += course->seconds / 60;
	meanwhile->minutes_late += fmax(course->seconds - 1, 0) / 60;
}

static bool measure_one(Meanwhile *meanwhile, Matrices *matrices, Arena *scratch,
        const Ensemble *ensemble, const Corpus *corpus, int index, Error *error)
{
	const Utterance *utterance = &corpus->utterances[index];
	int label = labels_index(meanwhile->labels, utterance->label);
	Course course = { .end = -1, .last = -1 };
	Clip clip;
	memset(course.at, -1, sizeof course.at);
	if (label < 0 || !(corpus->sound || utterance->wav[0])) {
		meanwhile->skipped++;
		return true;
	}
	if (!sound_read(&clip, scratch, corpus, index, error))
		return false;
	course.seconds = (double)clip.count / clip.rate;
	if (!hear(meanwhile, &course, ensemble, clip, utterance->text, error))
		return false;
	if (course.end >= 0)
		count(meanwhile, matrices, &course, label);
	meanwhile->skipped += course.end < 0;
	return true;
}

bool meanwhile_measure(Meanwhile *meanwhile, Arena *arena, const Ensemble *ensemble,
        const Corpus *corpus, Split split, Error *error)
{
	*meanwhile = (Meanwhile){ .labels = &ensemble->models[0].frontend.labels };
	Matrices matrices;
	for (int t = 0; t < MEANWHILE_TIMES; t++)
		matrices.at[t] = confusion_new(arena, meanwhile->labels->count);
	matrices.end = confusion_new(arena, meanwhile->labels->count);
	Arena *scratch = arena_new("meanwhile");
	bool done = true;
	for (int i = 0; i < corpus->count && done; i++) {
		arena_reset(scratch);
		if (corpus->utterances[i].split == split)
			done = measure_one(meanwhile, &matrices, scratch, ensemble,
			        corpus, i, error);
	}
	arena_free(scratch);
	for (int t = 0; t < MEANWHILE_TIMES; t++)
		meanwhile->at[t] = metrics_from(&matrices.at[t]);
	meanwhile->end = metrics_from(&matrices.end);
	if (meanwhile->answers)
		meanwhile->delay /= (double)meanwhile->answers;
	return done &&
	       (meanwhile->utterances ||
	               error_set(error,
	                       "%s: no utterance of the %s split could be answered by its sound",
	                       corpus->source, split_name(split)));
}

/* ---- telling ----------------------------------------------------------------------- */

static double a_minute(long long count, double minutes)
{
	return minutes > 0 ? (double)count / minutes : 0;
}

void meanwhile_print(FILE *out, const Meanwhile *m)
{
	fprintf(out, "\n%d utterances, heard as they come, an answer every %g s:\n\n",
	        m->utterances, EVERY);
	fprintf(out, "seconds heard   accuracy     UAR   utterances that go on\n");
	for (int t = 0; t < MEANWHILE_TIMES; t++)
		fprintf(out, "%13.2f %10.3f %7.3f %8d\n", meanwhile_times[t],
		        m->at[t].accuracy, m->at[t].uar, m->going[t]);
	fprintf(out, "%13s %10.3f %7.3f %8d\n\n", "all", m->end.accuracy, m->end.uar, 0);
	fprintf(out,
	        "The answer changes %.1f times a minute of sound; after the first second of an utterance, %.1f times.\n",
	        a_minute(m->changes, m->minutes),
	        a_minute(m->changes_late, m->minutes_late));
	fprintf(out, "It rests on sound up to %.0f ms before it.\n", 1000 * m->delay);
	if (m->skipped)
		fprintf(out,
		        "Left out: %d utterances without sound, a known label or an answer.\n",
		        m->skipped);
}

static void print_point(FILE *out, double seconds, const Metrics *metrics)
{
	fputs("{\"seconds\":", out);
	if (seconds > 0)
		json_number(out, seconds);
	else
		fputs("null", out);
	json_put_share(out, "accuracy", metrics->accuracy);
	json_put_share(out, "uar", metrics->uar);
}

void meanwhile_print_json(FILE *out, const Meanwhile *m)
{
	fprintf(out, "{\"utterances\":%d,\"skipped\":%d,\"meanwhile\":[", m->utterances,
	        m->skipped);
	for (int t = 0; t < MEANWHILE_TIMES; t++) {
		print_point(out, meanwhile_times[t], &m->at[t]);
		fprintf(out, ",\"going\":%d},", m->going[t]);
	}
	print_point(out, 0, &m->end);
	fputs(",\"going\":0}]", out);
	json_put_share(out, "changes_a_minute", a_minute(m->changes, m->minutes));
	json_put_share(out, "changes_a_minute_after_1_s",
	        a_minute(m->changes_late, m->minutes_late));
	json_put_share(out, "delay", m->delay);
	json_put_share(out, "minutes", m->minutes);
	fputs("}\n", out);
}

bool meanwhile_save_svg(const Meanwhile *m, const char *path, Error *error)
{
	real x[MEANWHILE_TIMES], accuracy[MEANWHILE_TIMES], uar[MEANWHILE_TIMES];
	real ends[2] = { 0, (real)meanwhile_times[MEANWHILE_TIMES - 1] };
	real whole[2] = { (real)m->end.uar, (real)m->end.uar };
	for (int t = 0; t < MEANWHILE_TIMES; t++) {
		x[t] = (real)meanwhile_times[t];
		accuracy[t] = (real)m->at[t].accuracy;
		uar[t] = (real)m->at[t].uar;
	}
	PlotSeries series[] = {
		{ .name = "accuracy", .count = MEANWHILE_TIMES, .x = x, .y = accuracy },
		{ .name = "UAR", .count = MEANWHILE_TIMES, .x = x, .y = uar },
		{ .name = "UAR of whole utterances", .count = 2, .x = ends, .y = whole },
	};
	PlotChart chart = { .title = "Right answers by the seconds that were heard",
		.x = "seconds heard",
		.y = "share",
		.count = 3,
		.series = series };
	return plot_chart_save(&chart, path, error);
}
