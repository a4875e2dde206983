/* speech.c: the loss of a batch, and the validation split's score. */
#include "emotionnet/pretrain/speech.h"

static void *build(Arena *arena, Params *params, const void *config)
{
	Rng unused = rng_new(0); /* a replica draws nothing */
	Apc *apc = ARENA_NEW(arena, Apc);
	*apc = apc_new(config, params, &unused);
	return apc;
}

/* ---- a batch ----------------------------------------------------------------------- */

typedef struct Step {
	const Dataset *data;
	const int *chosen; /* the batch's clips */
	real total;        /* numbers that are predicted in all of them */
} Step;

static Var *shard_loss(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Step *step = context;
	Batch batch = batch_make(
	        tape->arena, step->data, step->chosen + begin, end - begin, NULL);
	Sequence frames = { tape_constant(tape, batch.steps[MODALITY_SPEECH], "frames"),
		batch.lengths[MODALITY_SPEECH] };
	return apc_loss(model, tape, frames, step->total);
}

static real batch_gradients(Trainer *trainer, int begin, int size)
{
	const ApcConfig *config = trainer->lesson.config;
	Step step = { .data = trainer->training, .chosen = trainer->order + begin };
	for (int i = 0; i < size; i++) {
		const Example *example = &step.data->items[step.chosen[i]];
		int T = example->steps[MODALITY_SPEECH].shape[0];
		step.total += (real)(T - config->ahead) * (real)config->in;
	}
	return shards_gradients(trainer->shards, size, shard_loss, &step);
}

/* ---- the score --------------------------------------------------------------------- */

typedef struct Listening {
	const Dataset *data;
	ApcError *errors; /* of each clip */
} Listening;

static void listen(void *context, const void *model, Tape *tape, int begin, int end)
{
	const Listening *listening = context;
	for (int i = begin; i < end; i++) {
		listening->errors[i] = apc_error(
		        model, tape, listening->data->items[i].steps[MODALITY_SPEECH]);
		tape_reset(tape);
		tape->recording = false;
	}
}

static double validate(Trainer *trainer)
{
	const Dataset *data = trainer->validation;
	ArenaMark mark = arena_mark(trainer->arena);
	Listening listening = { data,
		ARENA_ARRAY(trainer->arena, ApcError, (size_t)data->count) };
	shards_infer(trainer->shards, data->count, SHARD_SIZE, listen, &listening);
	double predicted = 0, repeated = 0;
	for (int i = 0; i < data->count; i++) {
		predicted += listening.errors[i].predicted;
		repeated += listening.errors[i].repeated;
	}
	arena_rewind(trainer->arena, mark);
	return repeated > 0 ? 1 - predicted / repeated : 0;
}

Lesson speech_lesson(Arena *arena, const ApcConfig *config)
{
	ApcConfig *own = ARENA_NEW(arena, ApcConfig);
	*own = *config;
	return (Lesson){ .score = "saving",
		.build = build,
		.config = own,
		.gradients = batch_gradients,
		.validate = validate };
}

int speech_drop_short(Dataset *data, const ApcConfig *config)
{
	int kept = 0, all = data->count;
	for (int i = 0; i < all; i++)
		if (data->items[i].steps[MODALITY_SPEECH].shape[0] > config->ahead)
			data->items[kept++] = data->items[i];
	data->count = kept;
	return all - kept;
}
