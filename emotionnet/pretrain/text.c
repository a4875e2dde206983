/* text.c: the loss of a batch of blocks, and the score of the blocks that are held out. */
#include "emotionnet/pretrain/text.h"

#include "autograd/ops.h"
#include "layers/loss.h"

typedef struct TextState {
	const Texts *texts;
	double trigram;
} TextState;

static void *build(Arena *arena, Params *params, const void *config)
{
	(void)arena;             /* llama_new takes the list's own */
	Rng unused = rng_new(0); /* a replica draws nothing */
	return llama_new(params, NULL, config, &unused);
}

/* The blocks' tokens but for their last, and what comes after each. */
typedef struct Blocks {
	int *ids, *next; /* (B,T) */
	int *lengths;    /* (B), all T */
	int T;
} Blocks;

static Blocks blocks_new(Arena *arena, const Example *const blocks[], int B)
{
	int T = blocks[0]->words - 1;
	size_t count = (size_t)B * (size_t)T;
	Blocks out = { ARENA_ARRAY(arena, int, count), ARENA_ARRAY(arena, int, count),
		ARENA_ARRAY(arena, int, (size_t)B), T };
	for (int b = 0; b < B; b++) {
		out.lengths[b] = T;
		for (int t = 0; t < T; t++) {
			out.ids[b * T + t] = blocks[b]->ids[t];
			out.next[b * T + t] = blocks[b]->ids[t + 1];
		}
	}
	return out;
}

/* The sum of -log P(next), divided by `total`. */
static Var *blocks_loss(const Llama *model, Tape *tape, const Example *const blocks[],
        int B, real total, Rng *rng)
{
	Blocks in = blocks_new(tape->arena, blocks, B);
	Sequence x = llama_forward(
	        model, tape, in.ids, B, in.T, in.lengths, NULL, rng); /* (B,T,D) */
	Var *rows = op_reshape(tape, x.x, SHAPE(B * in.T, model->config.width));
	Var *logits = llama_logits(model, tape, rows); /* (B T,V) */
	return loss_cross_entropy(
	        tape, logits, in.next, &(CrossEntropy){ .total_weight = total });
}

/* ---- a batch ----------------------------------------------------------------------- */

typedef struct Step {
	const Example *const *blocks; /* the batch's */
	real total;                   /* tokens that are predicted in all of them */
	Rng rng;                      /* each shard splits its own stream off */
} Step;

static Var *shard_loss(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Step *step = context;
	Rng rng = rng_split(&step->rng, (uint64_t)begin);
	return blocks_loss(
	        model, tape, step->blocks + begin, end - begin, step->total, &rng);
}

static real batch_gradients(Trainer *trainer, int begin, int size)
{
	const TextState *state = trainer->lesson.state;
	const Dataset *all = &state->texts->blocks[SPLIT_TRAIN];
	int count = trainer->training->count;
	int part = trainer->at.epoch % (all->count / count);
	ArenaMark mark = arena_mark(trainer->arena);
	const Example **blocks =
	        ARENA_ARRAY(trainer->arena, const Example *, (size_t)size);
	for (int i = 0; i < size; i++)
		blocks[i] = &all->items[part * count + trainer->order[begin + i]];
	Rng rng = lesson_rng(trainer, STREAM_STEP);
	Step step = { .blocks = blocks,
		.total = (real)size * (real)(blocks[0]->words - 1),
		.rng = rng_split(&rng, (uint64_t)trainer->at.step) };
	real loss = shards_gradients(trainer->shards, size, shard_loss, &step);
	arena_rewind(trainer->arena, mark);
	return loss;
}

/* ---- the score --------------------------------------------------------------------- */

typedef struct Reading {
	const Dataset *data;
	double *losses; /* of each block, nats a token */
} Reading;

static void read_block(void *context, const void *model, Tape *tape, int begin, int end)
{
	const Reading *reading = context;
	for (int i = begin; i < end; i++) {
		const Example *block = &reading->data->items[i];
		Var *loss = blocks_loss(
		        model, tape, &block, 1, (real)(block->words - 1), NULL);
		reading->losses[i] = (double)loss->value.data[0];
		tape_reset(tape);
		tape->recording = false;
	}
}

static double validate(Trainer *trainer)
{
	const TextState *state = trainer->lesson.state;
	const Dataset *data = trainer->validation;
	ArenaMark mark = arena_mark(trainer->arena);
	Reading reading = { data,
		ARENA_ARRAY(trainer->arena, double, (size_t)data->count) };
	shards_infer(trainer->shards, data->count, SHARD_SIZE, read_block, &reading);
	double sum = 0;
	for (int i = 0; i < data->count; i++)
		sum += reading.losses[i];
	arena_rewind(trainer->arena, mark);
	return 1 - sum / data->count / state->trigram;
}

double text_loss(double score, double trigram)
{
	return (1 - score) * trigram;
}

Lesson text_lesson(
        Arena *arena, const LlamaConfig *config, const Texts *texts, double trigram)
{
	LlamaConfig *own = ARENA_NEW(arena, LlamaConfig);
	*own = *config;
	TextState *state = ARENA_NEW(arena, TextState);
	*state = (TextState){ texts, trigram };
	return (Lesson){ .score = "saving over a trigram",
		.build = build,
		.config = own,
		.state = state,
		.gradients = batch_gradients,
		.validate = validate };
}
