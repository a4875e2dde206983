/* summaries.c: runs the encoders over all examples, and keeps what comes before and after
 * them. */
#include "emotionnet/card/summaries.h"

#include "emotionnet/train/evaluate.h"
#include "tensor/reduce.h"

#include <math.h>
#include <string.h>

/* Whether any example has several steps of it. */
static bool has_steps(const Dataset *data, ModalityKind kind, bool words)
{
	for (int i = 0; i < data->count; i++)
		if (words ? data->items[i].words > 1
		          : data->items[i].steps[kind].shape[0] > 1)
			return true;
	return false;
}

/* Mean and deviation over the first `length` of the steps (T,F), or the one step. */
static void put_together(real *out, int width, Tensor steps, int length)
{
	int F = steps.shape[1];
	for (int f = 0; f < F; f++) {
		double sum = 0, square = 0;
		for (int t = 0; t < length; t++)
			sum += (double)tensor_row(steps, t).data[f];
		for (int t = 0; t < length; t++) {
			double apart =
			        (double)tensor_row(steps, t).data[f] - sum / length;
			square += apart * apart;
		}
		out[f] = (real)(sum / length);
		if (width > F)
			out[F + f] = (real)sqrt(square / length);
	}
}

typedef struct Reading {
	const Dataset *data;
	Arena *arena;
	Summaries *all;
	int count; /* of them; 0: they are not made yet */
} Reading;

static ModalityKind kind_named(const char *name)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (!strcmp(modality_name(kind), name))
			return kind;
	return MODALITY_SPEECH; /* functionals */
}

/* How many and how wide they are, as the first example has them. */
static void plan(Reading *reading, const FusionInput *in)
{
	int N = reading->data->count;
	for (int m = 0; m < in->count; m++) {
		const Modality *modality = &in->modality[m];
		ModalityKind kind = kind_named(modality->name);
		bool words = kind == MODALITY_TEXT;
		bool beside = strcmp(modality->name, modality_name(kind)) != 0;
		int width = modality->embed.x->value.shape[2];
		if (!beside && has_steps(reading->data, kind, words))
			width *= 2;
		reading->all[m] = (Summaries){ .name = modality->name,
			.kind = kind,
			.read = tensor_zeros(reading->arena, SHAPE(N, width)) };
		if (modality->pooled)
			reading->all[m].encoded = tensor_zeros(reading->arena,
			        SHAPE(N, modality->pooled->value.shape[1]));
	}
	reading->count = in->count;
}

static void keep(Summaries *s, const Modality *modality, int i, int b)
{
	put_together(tensor_row(s->read, i).data, s->read.shape[1],
	        tensor_row(modality->embed.x->value, b), modality->embed.lengths[b]);
	if (s->encoded.data)
		memcpy(tensor_row(s->encoded, i).data,
		        tensor_row(modality->pooled->value, b).data,
		        (size_t)s->encoded.shape[1] * sizeof(real));
}

static void read_shard(void *context, const void *model, Tape *tape, int begin, int end)
{
	Reading *reading = context;
	int chosen[SHARD_SIZE];
	for (int i = begin; i < end; i++)
		chosen[i - begin] = i;
	Batch batch = batch_make(tape->arena, reading->data, chosen, end - begin, NULL);
	Embedded embedded = model_embed(model, tape, &batch, NULL);
	ModelOutput out = model_forward(model, tape, &batch, &embedded, NULL, false);
	if (!reading->count)
		plan(reading, &out.in);
	for (int m = 0; m < reading->count; m++)
		for (int i = begin; i < end; i++)
			if (example_has(&reading->data->items[i], reading->all[m].kind))
				keep(&reading->all[m], &out.in.modality[m], i, i - begin);
}

int summaries_of(Summaries all[MAX_MODALITIES], Arena *arena,
        const Checkpoint *checkpoint, const Dataset *data, Pool *pool)
{
	if (!data->count)
		return 0;
	Arena *own = arena_new("summaries");
	Shards *shards = model_shards(own, pool, &checkpoint->params, &checkpoint->config,
	        SHARD_SIZE * pool_threads(pool));
	Reading reading = { .data = data, .arena = arena, .all = all };
	shards_infer(shards, 1, SHARD_SIZE, read_shard, &reading);
	shards_infer(shards, data->count, SHARD_SIZE, read_shard, &reading);
	shards_free(shards);
	arena_free(own);
	return reading.count;
}
