/* run.c: runs a trainer to its end, with resume.c where that is asked for. */
#include "emotionnet/pretrain/run.h"

#include "tensor/plot/escape.h"
#include "tensor/plot/save.h"

#include <stdio.h>

enum { CURVE_WIDTH = 72 };

/* ---- the curve --------------------------------------------------------------------- */

static real *reals(Arena *arena, const double *values, int count)
{
	real *out = ARENA_ARRAY(arena, real, (size_t)count);
	for (int i = 0; i < count; i++)
		out[i] = (real)values[i];
	return out;
}

typedef struct Curve {
	PlotSeries series[3];
	PlotChart chart;
} Curve;

static void curve_add(
        Curve *curve, Arena *arena, const char *name, const double *values, int count)
{
	curve->series[curve->chart.count++] = (PlotSeries){
		.name = name, .count = count, .y = reals(arena, values, count)
	};
}

/* The losses that the scores stand for, beside the reference's. */
static void curve_losses(Curve *curve, Arena *arena, const PretrainRun *run)
{
	const Trainer *trainer = run->resume.trainer;
	int epochs = trainer->at.epoch;
	double *losses = ARENA_ARRAY(arena, double, (size_t)epochs);
	double *reference = ARENA_ARRAY(arena, double, (size_t)epochs);
	for (int e = 0; e < epochs; e++) {
		reference[e] = run->reference;
		losses[e] = (1 - trainer->scores[e]) * run->reference;
	}
	curve_add(curve, arena, "validation loss", losses, epochs);
	curve_add(curve, arena, run->reference_name, reference, epochs);
}

static void curve_make(Curve *curve, Arena *arena, const PretrainRun *run)
{
	const Trainer *trainer = run->resume.trainer;
	int epochs = trainer->at.epoch;
	*curve = (Curve){ .chart = { .title = run->task, .x = "epoch", .y = run->loss } };
	curve->chart.series = curve->series;
	curve_add(curve, arena, "training loss", trainer->losses, epochs);
	if (trainer->validation->count && run->reference_name)
		curve_losses(curve, arena, run);
	else if (trainer->validation->count)
		curve_add(curve, arena,
		        arena_format(arena, "validation %s", trainer->lesson.score),
		        trainer->scores, epochs);
}

/* ---- the run ----------------------------------------------------------------------- */

static bool train_at_once(const PretrainRun *run, const Progress *progress, Error *error)
{
	const Resume *resume = &run->resume;
	Trainer *trainer = resume->trainer;
	while (trainer_step(trainer))
		trainer_show(trainer, progress);
	progress_end(progress);
	return trainer->diverged || resume->save(resume->model, &trainer->kept, NULL,
	                                    NULL, NULL, resume->path, error);
}

static bool train_on(const PretrainRun *run, const Progress *progress, Error *error)
{
	const Resume *resume = &run->resume;
	bool exists = resume_exists(resume);
	if (exists && !resume_load(resume, error))
		return false;
	if (exists && !run->quiet)
		terminal_print(stderr, "Note: %s goes on after epoch %d.\n", resume->path,
		        resume->trainer->at.epoch);
	return resume_train(resume, progress, error);
}

static void tell(const PretrainRun *run, const TrainResult *result, size_t parameters,
        const char *score, bool validated)
{
	terminal_print(stdout, "%s: %zu parameters, %d epochs, ", run->resume.path,
	        parameters, result->epochs);
	if (validated)
		printf("validation %s %.4f in epoch %d, which is kept, ", score,
		        result->score, result->best);
	printf("training loss %.4f, %.1f s\n", result->loss, result->seconds);
}

bool pretrain_run(const PretrainRun *run, Error *error)
{
	Trainer *trainer = run->resume.trainer;
	Arena *arena = arena_new("curve");
	Progress progress = progress_new(run->quiet);
	progress.task = run->task;
	bool done = (run->go_on ? train_on : train_at_once)(run, &progress, error);
	if (done && trainer->diverged)
		done = error_set(error, "%s", trainer->why.text);
	Curve curve;
	if (done) {
		curve_make(&curve, arena, run);
		done = !run->curve || plot_chart_save(&curve.chart, run->curve, error);
	}
	size_t parameters = params_size(trainer->params);
	const char *score = trainer->lesson.score;
	bool validated = trainer->validation->count > 0;
	TrainResult result = trainer_finish(trainer);
	if (run->score)
		*run->score = result.score;
	if (done)
		tell(run, &result, parameters, score, validated);
	if (done && !run->quiet && result.epochs > 1)
		plot_chart(plot_screen(stdout, CURVE_WIDTH), &curve.chart);
	arena_free(arena);
	return done;
}
