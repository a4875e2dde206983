/* Numbers that must be the same, to the last bit, in every build and with any number of
 * threads:
 *
 *     elementary  exp, log, tanh, ... over bit patterns of every kind
 *     text        the embedded corpus: its words as ids, the frames that each is spoken in
 *     sound       the synthesiser's samples
 *     features    log-mel frames of them, brought to a common level
 *     attention   all parameters of a Transformer's two kinds of block after 20 steps of training
 *     language    the same of a Llama with adapters, and what it says word by word
 *     pictures    the same of a face's convolutions, its pictures varied by chance
 *     early ...   all parameters after 20 steps of training with each strategy
 *
 * One line each, "name hash": where lines differ, the first that does says where to look.
 * bits.sh compares many builds; tests/bits/expected has the lines as they should be.
 *
 * usage: bits [THREADS [STRATEGIES]]: how many of the strategies, all where that is
 * not said */
#include "autograd/ops.h"
#include "audio/mel/settings.h"
#include "emotionnet/encoder_pictures.h"
#include "autograd/smooth.h"
#include "emotionnet/features/frontend.h"
#include "emotionnet/train/shards.h"
#include "emotionnet/stage/stage.h"
#include "emotionnet/train/train.h"
#include "layers/embedding.h"
#include "layers/llama.h"
#include "layers/loss.h"
#include "layers/position.h"
#include "layers/transformer.h"
#include "optim/adam.h"
#include "tensor/denormals.h"
#include "tensor/elementary.h"
#include "tensor/erf.h"
#include "tests/support/utterances.h"

#include <float.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- hashes: FNV-1a, 64 bit (Fowler, Noll & Vo 1991) ------------------------------- */

static uint64_t hash_new(void)
{
	return 0xcbf29ce484222325u;
}

static void hash_add(uint64_t *hash, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++)
		*hash = (*hash ^ bytes[i]) * 0x100000001b3u;
}

static void hash_tensor(uint64_t *hash, Tensor x)
{
	hash_add(hash, x.data, tensor_count(x) * sizeof(real));
}

/* Denormals count as 0 in the whole library (tensor/denormals.h). WebAssembly has no
 * setting for that, so it is done here, of what goes in and of what comes out. `least` is
 * the smallest normal number. */
static double flushed(double x, double least)
{
	return __builtin_fabs(x) < least ? __builtin_copysign(0, x) : x;
}

/* All NaN count alike: which of them arithmetic hands on is the processor's affair. */
static void hash_number(uint64_t *hash, double x)
{
	double number = x != x ? __builtin_nan("") : flushed(x, DBL_MIN);
	hash_add(hash, &number, sizeof number);
}

static void hash_print(const char *name, uint64_t hash)
{
	printf("%-10s %016" PRIx64 "\n", name, hash);
	fflush(stdout);
}

static void hash_params(const char *name, const Params *params)
{
	uint64_t hash = hash_new();
	for (int i = 0; i < params->count; i++)
		hash_tensor(&hash, params->items[i]->value);
	hash_print(name, hash);
}

/* ---- the elementary functions ------------------------------------------------------ */

enum { ARGUMENTS = 20000 };

typedef Var *Operation(Site site, Tape *tape, Var *x);
typedef double Function(double x);

/* Half of the arguments are any 32 bits (denormals, infinities and NaN among them), half
 * are of the size that a network meets. */
static Tensor arguments_new(Arena *arena)
{
	Tensor x = tensor_new(arena, SHAPE(ARGUMENTS));
	Rng rng = rng_new(1);
	for (int i = 0; i < ARGUMENTS; i++) {
		uint32_t any = rng_u32(&rng);
		float anything;
		memcpy(&anything, &any, sizeof anything);
		anything = (float)flushed((double)anything, (double)FLT_MIN);
		x.data[i] = i % 2 ? (real)anything : (real)(4 * rng_normal(&rng));
	}
	return x;
}

/* Those of real as operations over a tensor, where they become vector instructions. */
static void hash_elementary(void)
{
	static Operation *const operations[] = { op_exp_at, op_log_at, op_tanh_at,
		op_sigmoid_at, op_gelu_at, op_softplus_at, op_silu_at };
	static Function *const functions[] = { double_exp, double_log, double_sin,
		double_cos, double_tanh, double_sigmoid, double_erf };
	Arena *arena = arena_new("elementary");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Var *x = tape_constant(&tape, arguments_new(arena), "x");
	const real *argument = x->value.data;
	uint64_t hash = hash_new();
	for (size_t f = 0; f < sizeof operations / sizeof operations[0]; f++) {
		Tensor y = operations[f](HERE, &tape, x)->value;
		for (int i = 0; i < ARGUMENTS; i++)
			hash_number(&hash, flushed((double)y.data[i], (double)FLT_MIN));
	}
	for (size_t f = 0; f < sizeof functions / sizeof functions[0]; f++)
		for (int i = 0; i < ARGUMENTS; i++)
			hash_number(&hash, functions[f]((double)argument[i]));
	for (int i = 1; i < ARGUMENTS; i++)
		hash_number(
		        &hash, double_pow((double)argument[i], (double)argument[i - 1]));
	hash_print("elementary", hash);
	arena_free(arena);
}

/* ---- the embedded corpus and what the front end makes of it ------------------------ */

static void check(bool done, const Error *error)
{
	if (done)
		return;
	fprintf(stderr, "bits: %s\n", error->text);
	exit(1);
}

static void hash_sounds(const Corpus *corpus)
{
	Arena *arena = arena_new("sound");
	uint64_t hash = hash_new();
	for (int i = 0; i < corpus->count; i++) {
		Clip clip;
		Error error;
		check(corpus->sound(corpus, i, arena, &clip, &error), &error);
		hash_add(&hash, clip.samples, (size_t)clip.count * sizeof(real));
		arena_reset(arena);
	}
	arena_free(arena);
	hash_print("sound", hash);
}

static void hash_corpus(Pool *pool)
{
	Arena *arena = arena_new("corpus");
	StageOptions options = stage_defaults();
	options.train = 4;
	options.validation = options.test = 1;
	Corpus corpus;
	stage_make(&corpus, arena, options);

	Frontend frontend = {
		.reads = { .has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true } },
		.min_count = 1,
		.max_words = 40
	};
	mel_preset(&frontend.frames.mel, "librosa");
	frontend.frames.max_seconds = 10;
	FrontendRun run = { .pool = pool };
	Dataset data[SPLIT_COUNT];
	Error error;
	check(frontend_fit(&frontend, data, arena, &corpus, &run, &error), &error);
	uint64_t text = hash_new(), features = hash_new();
	for (int split = 0; split < SPLIT_COUNT; split++) {
		for (int i = 0; i < data[split].count; i++) {
			const Example *example = &data[split].items[i];
			size_t size = (size_t)example->words * sizeof(int);
			hash_add(&text, &example->label, sizeof example->label);
			hash_add(&text, example->ids, size);
			hash_add(&text, example->spans, 2 * size);
			hash_tensor(&features, example->steps[MODALITY_SPEECH]);
		}
		dataset_free(&data[split]);
	}
	hash_print("text", text);
	hash_sounds(&corpus);
	hash_print("features", features);
	arena_free(arena);
}

/* ---- training ---------------------------------------------------------------------- */

static void hash_trained(const char *name, Arena *arena, const ModelConfig *config,
        const Dataset *training, const TrainOptions *options, Pool *pool, Rng *rng)
{
	Dataset none = { .count = 0 };
	Params params = params_new(arena);
	Progress progress = { .quiet = true };
	model_new(arena, &params, config, rng);
	train(&params, config, training, &none, options, pool, &progress);
	hash_params(name, &params);
}

/* 72 utterances in batches of 36, which are 5 shards: 2 steps an epoch. */
enum { UTTERANCES = 72, BATCH = 36, EPOCHS = 10 };

/* `joint`: with all that can be asked of joint training besides. */
static void hash_training(Pool *pool, const char *fusion, const char *of_text,
        const char *of_speech, bool joint)
{
	Arena *arena = arena_new("model");
	ModelConfig config = utterances_model(fusion, of_text, of_speech);
	TrainOptions options = train_defaults();
	options.epochs = EPOCHS;
	options.batch = BATCH;
	options.rate = 0.01;
	options.clip = 1;
	options.modality_dropout = 0.2;
	options.smoothing = 0.05;
	options.class_weights = true;
	if (joint) {
		options.auxiliary = 0.3;
		options.modulate = 0.5;
		options.pretrain = 2;
		config.heads = train_needs_heads(&options);
	}

	Rng rng = rng_new(2);
	Dataset training = utterances_new(arena, UTTERANCES, &rng);
	hash_trained(fusion, arena, &config, &training, &options, pool, &rng);
	arena_free(arena);
}

/* ---- a face as pixels -------------------------------------------------------------- */

/* 3 shards a step. */
enum { FACES = 36, FACE_BATCH = 18, FACE_EPOCHS = 3, FACE_WIDTH = 12 };

static void hash_pictures(Pool *pool)
{
	Arena *arena = arena_new("pictures");
	Rng rng = rng_new(6);
	Dataset training = { .items = ARENA_ARRAY(arena, Example, FACES),
		.count = FACES,
		.width[MODALITY_FACE] = PICTURE_PIXELS };
	for (int i = 0; i < FACES; i++) {
		Tensor x = tensor_new(arena, SHAPE(1, PICTURE_PIXELS));
		for (int k = 0; k < PICTURE_PIXELS; k++)
			x.data[k] = (real)rng_normal(&rng);
		training.items[i].label = i % 3;
		training.items[i].original = i;
		training.items[i].steps[MODALITY_FACE] = x;
	}
	ModelConfig config = { .reads.has[MODALITY_FACE] = true,
		.fusion = fusion_find("middle"),
		.encoder[MODALITY_FACE] = { .kind = &encoder_pictures,
		        .in = PICTURE_PIXELS,
		        .hidden = FACE_WIDTH,
		        .dropout = (real)0.2 },
		.classes = 3,
		.hidden = 8 };
	TrainOptions options = train_defaults();
	options.epochs = FACE_EPOCHS;
	options.batch = FACE_BATCH;
	options.rate = 0.01;
	hash_trained("pictures", arena, &config, &training, &options, pool, &rng);
	arena_free(arena);
}

/* ---- a Transformer ----------------------------------------------------------------- */

/* It reads a sentence, and says the same one, a word behind. 12 sentences are 2
 * shards. */
enum { SENTENCES = 12, LONGEST = 37, WORD_KINDS = 30, WIDTH = 24, STEPS = 20 };

typedef struct Sentences {
	int read[SENTENCES * LONGEST], said[SENTENCES * LONGEST];
	int lengths[SENTENCES];
	Rng noise; /* of this step; each shard has its own */
} Sentences;

typedef struct Repeater {
	Embedding words;
	Position positions;
	TransformerEncoder encoder;
	TransformerDecoder decoder;
	Linear to_words;
} Repeater;

static void *repeater_new(Arena *arena, Params *params, const void *unused)
{
	(void)unused;
	Rng rng = rng_new(3);
	TransformerOptions options = {
		.heads = 3, .dropout = (real)0.1, .activation = op_gelu_at
	};
	Repeater *model = ARENA_NEW(arena, Repeater);
	model->words = embedding_new(params, "words", WORD_KINDS, WIDTH, 0, &rng);
	model->positions = position_new(params, "positions", LONGEST, WIDTH, &rng);
	model->encoder = transformer_encoder_new(params, "encoder", WIDTH, options, &rng);
	options.norm_first = true;
	options.activation = op_gelu_tanh_at;
	model->decoder = transformer_decoder_new(params, "decoder", WIDTH, options, &rng);
	model->to_words = linear_new(params, "to_words", WIDTH, WORD_KINDS, &rng);
	return model;
}

static Var *repeater_loss(
        const void *context, const void *layers, Tape *tape, int begin, int end)
{
	const Sentences *sentences = context;
	const Repeater *model = layers;
	int count = end - begin, first = begin * LONGEST;
	const int *lengths = sentences->lengths + begin;
	Rng rng = rng_split(&sentences->noise, (uint64_t)begin);
	Sequence read = embedding_forward(
	        &model->words, tape, sentences->read + first, count, LONGEST, lengths);
	read = position_forward(&model->positions, tape, read);
	Sequence memory = transformer_encoder_forward(
	        &model->encoder, tape, read, ATTENTION_ALL, &rng);
	Sequence said = embedding_forward(
	        &model->words, tape, sentences->said + first, count, LONGEST, lengths);
	said = position_forward(&model->positions, tape, said);
	said = transformer_decoder_forward(&model->decoder, tape, said, memory, &rng);
	Var *steps = op_reshape(tape, said.x, SHAPE(count * LONGEST, WIDTH));
	CrossEntropy settings = { .total_weight = SENTENCES * LONGEST };
	return loss_cross_entropy(tape, linear_forward(&model->to_words, tape, steps),
	        sentences->read + first, &settings);
}

static Sentences *sentences_new(Arena *arena)
{
	Sentences *sentences = ARENA_NEW(arena, Sentences);
	Rng rng = rng_new(4);
	for (int b = 0; b < SENTENCES; b++) {
		int *read = sentences->read + b * LONGEST;
		sentences->lengths[b] = LONGEST - 3 * b;
		for (int t = 0; t < sentences->lengths[b]; t++)
			read[t] = 1 + (int)rng_below(&rng, WORD_KINDS - 1);
		memcpy(sentences->said + b * LONGEST + 1, read,
		        (LONGEST - 1) * sizeof *read);
	}
	return sentences;
}

static void hash_transformer(Pool *pool)
{
	Arena *arena = arena_new("transformer");
	Params params = params_new(arena);
	repeater_new(arena, &params, NULL);
	Sentences *sentences = sentences_new(arena);
	Shards *shards = shards_new(arena, pool, &params, SENTENCES, repeater_new, NULL);
	Adam adam = adam_new(arena, &params, 0.01);
	for (int step = 0; step < STEPS; step++) {
		sentences->noise = rng_new((uint64_t)step);
		shards_gradients(shards, SENTENCES, repeater_loss, sentences);
		adam_step(&adam);
	}
	shards_free(shards);
	hash_params("attention", &params);
	arena_free(arena);
}

/* ---- a language model --------------------------------------------------------------- */

static void *llama_build(Arena *arena, Params *params, const void *unused)
{
	(void)arena, (void)unused;
	Rng rng = rng_new(5);
	LlamaConfig config = { .vocabulary = WORD_KINDS,
		.width = WIDTH,
		.layers = 2,
		.heads = 4,
		.groups = 2,
		.inner = 40,
		.longest = LONGEST,
		.layout = ROTARY_PAIRS,
		.tied = true,
		.dropout = (real)0.1 };
	Llama *model = llama_new(params, "", &config, &rng);
	llama_adapt(model, params, 3, 6, &rng);
	return model;
}

/* `said` is `read`, a word behind: what comes next is what is read. */
static Var *llama_loss(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Sentences *sentences = context;
	int count = end - begin, first = begin * LONGEST;
	Rng rng = rng_split(&sentences->noise, (uint64_t)begin);
	Sequence x = llama_forward(model, tape, sentences->said + first, count, LONGEST,
	        sentences->lengths + begin, NULL, &rng);
	Var *steps = op_reshape(tape, x.x, SHAPE(count * LONGEST, WIDTH));
	CrossEntropy settings = { .total_weight = SENTENCES * LONGEST };
	return loss_cross_entropy(tape, llama_logits(model, tape, steps),
	        sentences->read + first, &settings);
}

/* The likeliest word, again and again. */
static void hash_said(uint64_t *hash, Arena *arena, const Llama *model)
{
	Tape tape = tape_new(arena);
	tape.recording = false;
	KeysValues *past = keys_values_new(
	        arena, model->config.layers, 1, LONGEST, llama_columns(model));
	const int one = 1;
	for (int t = 0, word = 1; t < LONGEST; t++) {
		Sequence x = llama_forward(model, &tape, &word, 1, 1, &one, past, NULL);
		Tensor logits = llama_logits(model, &tape, x.x)->value;
		hash_tensor(hash, logits);
		word = 0;
		for (int w = 1; w < WORD_KINDS; w++)
			if (logits.data[w] > logits.data[word])
				word = w;
	}
}

static void hash_language(Pool *pool)
{
	Arena *arena = arena_new("language");
	Params params = params_new(arena);
	const Llama *model = llama_build(arena, &params, NULL);
	Sentences *sentences = sentences_new(arena);
	Shards *shards = shards_new(arena, pool, &params, SENTENCES, llama_build, NULL);
	Adam adam = adam_new(arena, &params, 0.01);
	for (int step = 0; step < STEPS; step++) {
		sentences->noise = rng_new((uint64_t)step);
		shards_gradients(shards, SENTENCES, llama_loss, sentences);
		adam_step(&adam);
	}
	shards_free(shards);
	uint64_t hash = hash_new();
	for (int i = 0; i < params.count; i++)
		hash_tensor(&hash, params.items[i]->value);
	hash_said(&hash, arena, model);
	hash_print("language", hash);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	int threads = argc > 1 ? atoi(argv[1]) : 1;
	int strategies = argc > 2 ? atoi(argv[2]) : INT_MAX;
	denormals_flush();
	Pool *pool = pool_new(threads);
	hash_elementary();
	hash_corpus(pool);
	hash_transformer(pool);
	hash_language(pool);
	hash_pictures(pool);
	for (int i = 0; i < strategies && fusion_table[i].name; i++) {
		const char *of_text = i % 2 ? "lstm" : "cnn";
		const char *of_speech = i % 2 ? "cnn" : "lstm";
		hash_training(pool, fusion_table[i].name, of_text, of_speech, i % 3 == 2);
	}
	pool_free(pool);
	return 0;
}
