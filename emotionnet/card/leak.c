/* leak.c: probes on two halves of the utterances, and what the losses tell. */
#include "emotionnet/card/leak.h"

#include "emotionnet/card/halves.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/score/probe.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

/* Hardly held small, since one asks how much can be told. */
#define LOOSE 1.0
#define SLOPE 1e-4
enum { STEPS = 3000 };

/* ---- the probes -------------------------------------------------------------------- */

/* Some vectors with a class each: what a probe learns from or is tested on. */
typedef struct Rows {
	Tensor x;
	int *label, count;
} Rows;

static void rows_add(Rows *rows, const real *vector, int label)
{
	size_t width = (size_t)rows->x.shape[1];
	memcpy(rows->x.data + (size_t)rows->count * width, vector, width * sizeof(real));
	rows->label[rows->count++] = label;
}

static Rows rows_of(Arena *arena, int most, int width)
{
	return (Rows){ tensor_zeros(arena, SHAPE(most, width)),
		ARENA_ARRAY(arena, int, (size_t)most), 0 };
}

/* Adds what a probe that learns from the ones says of the others. */
static void probe_rows(Confusion *confusion, Arena *scratch, Rows learn, Rows test,
        int classes, int steps)
{
	if (!learn.count || !test.count)
		return;
	float *p = ARENA_ARRAY(scratch, float, (size_t)classes);
	learn.x = tensor_slice(learn.x, 0, learn.count);
	ProbeOptions options = { LOOSE, steps, SLOPE };
	Probe probe = probe_fit(scratch, learn.x, learn.label, classes, options);
	for (int i = 0; i < test.count; i++) {
		probe_answer(&probe, tensor_row(test.x, i).data, p);
		confusion_add(confusion, test.label[i], answer_of(p, classes));
	}
}

/* From each vector its speaker's mean, divided by his deviation: in a copy. */
static Tensor levelled(Arena *arena, Tensor x, const int who[], int speakers)
{
	int N = x.shape[0], D = x.shape[1];
	Tensor y = tensor_zeros(arena, SHAPE(N, D));
	double *sum = ARENA_ARRAY(arena, double, (size_t)speakers);
	double *square = ARENA_ARRAY(arena, double, (size_t)speakers);
	int *count = ARENA_ARRAY(arena, int, (size_t)speakers);
	for (int i = 0; i < N; i++)
		count[who[i]]++;
	for (int d = 0; d < D; d++) {
		memset(sum, 0, (size_t)speakers * sizeof *sum);
		memset(square, 0, (size_t)speakers * sizeof *square);
		for (int i = 0; i < N; i++)
			sum[who[i]] += (double)tensor_row(x, i).data[d];
		for (int i = 0; i < N; i++) {
			int s = who[i];
			double apart =
			        (double)tensor_row(x, i).data[d] - sum[s] / count[s];
			square[s] += apart * apart;
		}
		for (int i = 0; i < N; i++) {
			int s = who[i];
			double deviation = sqrt(square[s] / count[s]);
			double apart =
			        (double)tensor_row(x, i).data[d] - sum[s] / count[s];
			tensor_row(y, i).data[d] =
			        (real)(deviation > 1e-8 ? apart / deviation : 0);
		}
	}
	return y;
}

/* One probe of one row: of the speaker or the emotion, on one level. */
typedef struct Task {
	const Halves *halves;
	const int *of;  /* (M) which of the examples have it, and a speaker */
	const int *who; /* (M) */
	Tensor x;       /* (M,D) */
	LeakRow *row;
	int level, labels, steps;
	bool emotion;
} Task;

static void learn_speaker(Task *task, Arena *scratch)
{
	int M = task->x.shape[0], D = task->x.shape[1], S = task->row->speakers;
	Confusion confusion = confusion_new(scratch, S);
	for (int turn = 0; turn < 2; turn++) {
		Rows side[2] = { rows_of(scratch, M, D), rows_of(scratch, M, D) };
		for (int i = 0; i < M; i++)
			rows_add(&side[task->halves->half[task->of[i]] != turn],
			        tensor_row(task->x, i).data, task->who[i]);
		probe_rows(&confusion, scratch, side[0], side[1], S, task->steps);
	}
	task->row->speaker[task->level] = metrics_from(&confusion).accuracy;
}

static void learn_emotion(Task *task, Arena *scratch)
{
	int M = task->x.shape[0], D = task->x.shape[1];
	Confusion confusion = confusion_new(scratch, task->labels);
	Rows learn = rows_of(scratch, M, D), test = rows_of(scratch, M, D);
	for (int i = 0; i < M; i++) {
		int label = task->halves->data.items[task->of[i]].label;
		Split split = task->halves->split[task->of[i]];
		if (label >= 0 && split != SPLIT_VALIDATION)
			rows_add(split == SPLIT_TRAIN ? &learn : &test,
			        tensor_row(task->x, i).data, label);
	}
	probe_rows(&confusion, scratch, learn, test, task->labels, task->steps);
	Metrics metrics = metrics_from(&confusion);
	task->row->emotion[task->level] = metrics.n ? metrics.uar : -1;
}

static void run_task(void *context, int index, int worker)
{
	(void)worker;
	Task *task = (Task *)context + index;
	Arena *scratch = arena_new("a probe");
	if (task->level == LEAK_LEVELLED)
		task->x = levelled(scratch, task->x, task->who, task->row->speakers);
	(task->emotion ? learn_emotion : learn_speaker)(task, scratch);
	arena_free(scratch);
}

/* A row, and the probes that fill it. Nothing where one speaker alone has the modality. */
static int plan_row(Task tasks[], LeakRow *row, Arena *arena, const Halves *halves,
        const Summaries *summaries, bool encoded, const LeakOptions *options, int labels)
{
	Tensor x = encoded ? summaries->encoded : summaries->read;
	int N = halves->data.count, M = 0, planned = 0;
	int *of = ARENA_ARRAY(arena, int, (size_t)N);
	int *who = ARENA_ARRAY(arena, int, (size_t)N);
	int *said = ARENA_ARRAY(arena, int, (size_t)halves->speakers);
	int *number = ARENA_ARRAY(arena, int, (size_t)halves->speakers);
	int speakers = 0, most = 0;
	for (int i = 0; i < N; i++) {
		int s = halves->who[i];
		if (s < 0 || !example_has(&halves->data.items[i], summaries->kind))
			continue;
		if (!said[s]++)
			number[s] = speakers++;
		most = said[s] > most ? said[s] : most;
		who[M] = number[s];
		of[M++] = i;
	}
	if (speakers < 2)
		return 0;
	*row = (LeakRow){ .modality = summaries->name,
		.encoded = encoded,
		.width = x.shape[1],
		.utterances = M,
		.speakers = speakers,
		.commonest = (double)most / M,
		.emotion = { -1, -1 } };
	Tensor own = tensor_new(arena, SHAPE(M, x.shape[1]));
	for (int i = 0; i < M; i++)
		memcpy(tensor_row(own, i).data, tensor_row(x, of[i]).data,
		        (size_t)x.shape[1] * sizeof(real));
	for (int level = 0; level < LEAK_LEVELS; level++)
		for (int emotion = 0; emotion <= options->emotions; emotion++)
			tasks[planned++] = (Task){ halves, of, who, own, row, level,
				labels, options->steps ? options->steps : STEPS,
				emotion != 0 };
	return planned;
}

SpeakerLeak leak_of(Arena *arena, const Checkpoint *checkpoint, const Corpus *corpus,
        const Dataset data[SPLIT_COUNT], const LeakOptions *options, Pool *pool)
{
	SpeakerLeak leak = { .why = "" };
	Arena *own = arena_child(arena, "leak");
	Halves halves =
	        halves_of(own, corpus, data, options->utterances, options->speakers);
	leak.sentences = halves.sentences;
	if (halves.speakers < 2) {
		leak.why = halves.speakers
		                   ? "only one speaker says something in both halves"
		                   : "no speaker is named who says two things";
		arena_free(own);
		return leak;
	}
	Summaries all[MAX_MODALITIES];
	Task tasks[LEAK_ROWS * 2 * LEAK_LEVELS];
	int labels = checkpoint->config.classes, planned = 0;
	int modalities = summaries_of(all, own, checkpoint, &halves.data, pool);
	for (int m = 0; m < modalities; m++)
		for (int encoded = options->read ? 0 : 1; encoded < 2; encoded++) {
			if (encoded && !all[m].encoded.data)
				continue;
			int more = plan_row(tasks + planned, &leak.rows[leak.count], own,
			        &halves, &all[m], encoded, options, labels);
			leak.count += more > 0;
			planned += more;
		}
	pool_run(pool, planned, run_task, tasks);
	if (leak.count && leak.rows[0].emotion[0] >= 0)
		leak.one_emotion = 1.0 / labels;
	if (!leak.count)
		leak.why = "the model has no encoder";
	arena_free(own);
	return leak;
}

/* ---- membership -------------------------------------------------------------------- */

static Losses losses_of(Arena *arena, const Checkpoint *checkpoint, const Corpus *corpus,
        const Dataset *data, Pool *pool)
{
	Tensor p = experiment_predict(arena, checkpoint, data, NULL, pool);
	double *of = ARENA_ARRAY(arena, double, (size_t)data->count);
	const char **speakers = ARENA_ARRAY(arena, const char *, (size_t)data->count);
	int count = 0;
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		if (example->label < 0 || example->copy)
			continue;
		double own = (double)tensor_row(p, i).data[example->label];
		of[count] = -double_log(own > 1e-30 ? own : 1e-30);
		speakers[count++] = corpus->utterances[example->utterance].speaker;
	}
	return (Losses){ count, of, speakers };
}

Membership leak_membership(Arena *arena, const Checkpoint *checkpoint,
        const Corpus *corpus, const Dataset data[SPLIT_COUNT], Pool *pool)
{
	const char *first;
	Arena *own = arena_child(arena, "membership");
	StringSet speakers = corpus_speakers(corpus, SPLIT_TRAIN, own);
	bool trained = checkpoint_leak(checkpoint, corpus, SPLIT_TRAIN, &first) ==
	                       speakers.count &&
	               (speakers.count || !*checkpoint->speakers);
	Membership membership = { 0 };
	if (trained && data[SPLIT_TRAIN].count && data[SPLIT_TEST].count) {
		Losses inside =
		        losses_of(own, checkpoint, corpus, &data[SPLIT_TRAIN], pool);
		Losses outside =
		        losses_of(own, checkpoint, corpus, &data[SPLIT_TEST], pool);
		membership = membership_of(own, &inside, &outside);
	}
	arena_free(own);
	return membership;
}
