/* leak.c: which utterances, the probes on two halves of them, and what the losses tell. */
#include "emotionnet/card/leak.h"

#include "emotionnet/experiment/experiment.h"
#include "emotionnet/score/probe.h"
#include "tensor/elementary.h"
#include "text/stringset.h"

#include <math.h>
#include <string.h>

/* sklearn's C: hardly held small, since one asks how much can be told. */
#define LOOSE 1.0

/* ---- which utterances -------------------------------------------------------------- */

/* Those that are looked at, of all splits, side by side. */
typedef struct Chosen {
	Dataset data; /* points to the examples of others */
	Split *split; /* (count) */
	int *who;     /* (count) the speaker, from 0; -1: none */
	int *half;    /* (count) 0 or 1, by sentence */
	int speakers, sentences;
} Chosen;

static const Utterance *utterance_of(const Corpus *corpus, const Example *example)
{
	return &corpus->utterances[example->utterance];
}

/* All examples but copies, evenly down to `most` (0: all). */
static void choose(
        Chosen *chosen, Arena *arena, const Dataset data[SPLIT_COUNT], int most)
{
	size_t room = 0;
	for (int s = 0; s < SPLIT_COUNT; s++)
		room += (size_t)data[s].count;
	Example *items = ARENA_ARRAY(arena, Example, room);
	chosen->split = ARENA_ARRAY(arena, Split, room);
	int count = 0, kept = 0;
	for (Split s = SPLIT_TRAIN; s < SPLIT_COUNT; s++) {
		if (data[s].count) {
			memcpy(chosen->data.width, data[s].width, sizeof data[s].width);
			chosen->data.whole = data[s].whole;
		}
		for (int i = 0; i < data[s].count; i++)
			if (!data[s].items[i].copy) {
				chosen->split[count] = s;
				items[count++] = data[s].items[i];
			}
	}
	for (int i = 0; i < count; i++) {
		/* the first of each of `most` equal shares */
		long share = (long)i * most / (count ? count : 1);
		if (most && most < count && i && share == (long)(i - 1) * most / count)
			continue;
		chosen->split[kept] = chosen->split[i];
		items[kept++] = items[i];
	}
	chosen->data.items = items;
	chosen->data.count = kept;
}

/* A sentence goes into one half, whoever says it, if several say it; returns how many such
 * sentences there are. */
static int halves_by_sentence(Chosen *chosen, Arena *scratch, const Corpus *corpus)
{
	int N = chosen->data.count, shared = 0, said = 0;
	StringSet texts = stringset_new(scratch);
	int *first = ARENA_ARRAY(scratch, int, (size_t)N);     /* who said it first */
	int *half = ARENA_ARRAY(scratch, int, (size_t)N);      /* of each text; */
	bool *several = ARENA_ARRAY(scratch, bool, (size_t)N); /* others say it too */
	int *text = ARENA_ARRAY(scratch, int, (size_t)N);
	for (int i = 0; i < N; i++) {
		const char *words = utterance_of(corpus, &chosen->data.items[i])->text;
		int before = texts.count;
		text[i] = *words ? stringset_add(&texts, words) : -1;
		if (text[i] == before)
			first[before] = chosen->who[i];
		else if (text[i] >= 0)
			several[text[i]] |= first[text[i]] != chosen->who[i];
	}
	for (int t = 0; t < texts.count; t++)
		if (several[t])
			half[t] = shared++ % 2;
	for (int i = 0; i < N; i++) {
		bool shares = text[i] >= 0 && several[text[i]];
		chosen->half[i] = shares ? half[text[i]] : i % 2;
		said += shares;
	}
	return shared >= 2 && 2 * said >= N ? shared : 0;
}

/* Every other utterance of a speaker with the same label. */
static void halves_by_utterance(Chosen *chosen, Arena *scratch, const Corpus *corpus)
{
	StringSet seen = stringset_new(scratch);
	int N = chosen->data.count, *count = ARENA_ARRAY(scratch, int, (size_t)N);
	for (int i = 0; i < N; i++) {
		const Utterance *u = utterance_of(corpus, &chosen->data.items[i]);
		int key = stringset_add(
		        &seen, arena_format(scratch, "%s\n%s", u->speaker, u->label));
		chosen->half[i] = count[key]++ % 2;
	}
}

/* How much somebody says in each half. */
typedef struct Said {
	int in[2];
} Said;

/* Numbers those who say something in both halves; with `most`, those who say most of
 * all. */
static void number_speakers(Chosen *chosen, Arena *scratch, int names, int most)
{
	int N = chosen->data.count;
	Said *said = ARENA_ARRAY(scratch, Said, (size_t)names);
	int *number = ARENA_ARRAY(scratch, int, (size_t)names);
	for (int i = 0; i < N; i++)
		if (chosen->who[i] >= 0)
			said[chosen->who[i]].in[chosen->half[i]]++;
	chosen->speakers = 0;
	for (int n = 0; n < names; n++) {
		int more = 0; /* who say more, or as much and stand before */
		number[n] = -1;
		if (!said[n].in[0] || !said[n].in[1])
			continue;
		for (int o = 0; o < names; o++) {
			int all = said[o].in[0] + said[o].in[1];
			int own = said[n].in[0] + said[n].in[1];
			more += said[o].in[0] && said[o].in[1] &&
			        (all > own || (all == own && o < n));
		}
		if (!most || more < most)
			number[n] = chosen->speakers++;
	}
	for (int i = 0; i < N; i++)
		chosen->who[i] = chosen->who[i] < 0 ? -1 : number[chosen->who[i]];
}

static Chosen choose_all(Arena *arena, const Corpus *corpus,
        const Dataset data[SPLIT_COUNT], const LeakOptions *options)
{
	Chosen chosen = { .speakers = 0 };
	choose(&chosen, arena, data, options->utterances);
	int N = chosen.data.count;
	StringSet names = stringset_new(arena);
	chosen.who = ARENA_ARRAY(arena, int, (size_t)N);
	chosen.half = ARENA_ARRAY(arena, int, (size_t)N);
	for (int i = 0; i < N; i++) {
		const char *name = utterance_of(corpus, &chosen.data.items[i])->speaker;
		chosen.who[i] = *name ? stringset_add(&names, name) : -1;
	}
	chosen.sentences = halves_by_sentence(&chosen, arena, corpus);
	if (!chosen.sentences)
		halves_by_utterance(&chosen, arena, corpus);
	number_speakers(&chosen, arena, names.count, options->speakers);
	return chosen;
}

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
static void probe_rows(
        Confusion *confusion, Arena *scratch, Rows learn, Rows test, int classes)
{
	if (!learn.count || !test.count)
		return;
	float *p = ARENA_ARRAY(scratch, float, (size_t)classes);
	learn.x = tensor_slice(learn.x, 0, learn.count);
	Probe probe = probe_fit(scratch, learn.x, learn.label, classes, LOOSE);
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
	const Chosen *chosen;
	const int *of;  /* (M) which of the chosen have it, and a speaker */
	const int *who; /* (M) */
	Tensor x;       /* (M,D) */
	LeakRow *row;
	int level, labels;
	bool emotion;
} Task;

static void learn_speaker(Task *task, Arena *scratch)
{
	int M = task->x.shape[0], D = task->x.shape[1], S = task->row->speakers;
	Confusion confusion = confusion_new(scratch, S);
	for (int turn = 0; turn < 2; turn++) {
		Rows side[2] = { rows_of(scratch, M, D), rows_of(scratch, M, D) };
		for (int i = 0; i < M; i++)
			rows_add(&side[task->chosen->half[task->of[i]] != turn],
			        tensor_row(task->x, i).data, task->who[i]);
		probe_rows(&confusion, scratch, side[0], side[1], S);
	}
	task->row->speaker[task->level] = metrics_from(&confusion).accuracy;
}

static void learn_emotion(Task *task, Arena *scratch)
{
	int M = task->x.shape[0], D = task->x.shape[1];
	Confusion confusion = confusion_new(scratch, task->labels);
	Rows learn = rows_of(scratch, M, D), test = rows_of(scratch, M, D);
	for (int i = 0; i < M; i++) {
		int label = task->chosen->data.items[task->of[i]].label;
		Split split = task->chosen->split[task->of[i]];
		if (label >= 0 && split != SPLIT_VALIDATION)
			rows_add(split == SPLIT_TRAIN ? &learn : &test,
			        tensor_row(task->x, i).data, label);
	}
	probe_rows(&confusion, scratch, learn, test, task->labels);
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
static int plan_row(Task tasks[], LeakRow *row, Arena *arena, const Chosen *chosen,
        const Summaries *summaries, bool encoded, const LeakOptions *options, int labels)
{
	Tensor x = encoded ? summaries->encoded : summaries->read;
	int N = chosen->data.count, M = 0, planned = 0;
	int *of = ARENA_ARRAY(arena, int, (size_t)N);
	int *who = ARENA_ARRAY(arena, int, (size_t)N);
	int *said = ARENA_ARRAY(arena, int, (size_t)chosen->speakers);
	int *number = ARENA_ARRAY(arena, int, (size_t)chosen->speakers);
	int speakers = 0, most = 0;
	for (int i = 0; i < N; i++) {
		int s = chosen->who[i];
		if (s < 0 || !example_has(&chosen->data.items[i], summaries->kind))
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
			tasks[planned++] = (Task){ chosen, of, who, own, row, level,
				labels, emotion != 0 };
	return planned;
}

SpeakerLeak leak_of(Arena *arena, const Checkpoint *checkpoint, const Corpus *corpus,
        const Dataset data[SPLIT_COUNT], const LeakOptions *options, Pool *pool)
{
	SpeakerLeak leak = { .why = "" };
	Arena *own = arena_child(arena, "leak");
	Chosen chosen = choose_all(own, corpus, data, options);
	leak.sentences = chosen.sentences;
	if (chosen.speakers < 2) {
		leak.why = chosen.speakers
		                   ? "only one speaker says something in both halves"
		                   : "no speaker is named who says two things";
		arena_free(own);
		return leak;
	}
	Summaries all[MAX_MODALITIES];
	Task tasks[LEAK_ROWS * 2 * LEAK_LEVELS];
	int labels = checkpoint->config.classes, planned = 0;
	int modalities = summaries_of(all, own, checkpoint, &chosen.data, pool);
	for (int m = 0; m < modalities; m++)
		for (int encoded = options->read ? 0 : 1; encoded < 2; encoded++) {
			if (encoded && !all[m].encoded.data)
				continue;
			int more = plan_row(tasks + planned, &leak.rows[leak.count], own,
			        &chosen, &all[m], encoded, options, labels);
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
		speakers[count++] = utterance_of(corpus, example)->speaker;
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
	               speakers.count;
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
