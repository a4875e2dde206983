/* Three ways to learn on a language model, of its weights W:
 *
 *     none, top:N    what is frozen is the file's; the last N blocks and the last norm are
 *                    numbers of the model's own
 *     lora:R         all of W is the file's, and beside it adapters learn (layers/lora.h)
 *     all            all of W is the model's own
 *
 * The layers are built on a list of parameters of their own, a replica of the file's; those
 * that learn are then put into the model's list. What frozen blocks under the first one
 * that learns say of a text is computed once (states.h). */
#include "emotionnet/language/encoder_lm.h"

#include "emotionnet/states.h"

#include <string.h>

#define MOST_STATES ((size_t)2 << 30) /* bytes of states that are kept */
#define LORA_ALPHA  2                 /* times the rank, as Hu et al. have it */

enum { LONGEST = 512 }; /* tokens: tables of positions are no longer than that */

static const real deviation = (real)0.02; /* of random weights */

/* What is made of a file once, for all models that use it. */
typedef struct Opened {
	LanguageFile file;
	Params params; /* without gradients */
	Language model;
	States *states;
} Opened;

typedef struct State {
	const Opened *opened;
	Language model;
	int frozen;     /* blocks, the first ones, that say the same each time, */
	States *states; /* which is kept */
	LayerNorm norm;
} State;

bool encoder_lm_open(Pretrained *pretrained, Arena *arena, Error *error)
{
	Opened *opened = ARENA_NEW(arena, Opened);
	if (!language_open(&opened->file, arena, pretrained->path, error))
		return false;
	opened->params = params_new_to_load(arena);
	opened->model = language_new(&opened->params, NULL, &opened->file, LONGEST);
	if (!language_load(&opened->params, NULL, &opened->file, error))
		return false;
	Tune tune = pretrained->tune;
	if (!tune_fits(pretrained, opened->file.config.layers, error))
		return false;
	if (tune.how == TUNE_LORA && pretrained->random)
		return error_set(error,
		        "--tune lora:%d: adapters are for weights that have been learnt, not for --random-weights",
		        tune.count);
	opened->states = states_new(arena, MOST_STATES);
	pretrained->model = opened;
	pretrained->hash = language_hash(&opened->file);
	pretrained->size = opened->file.bytes.size;
	return true;
}

const LanguageFile *encoder_lm_file(const Pretrained *pretrained)
{
	return &((const Opened *)pretrained->model)->file;
}

const Language *encoder_lm_model(const Pretrained *pretrained)
{
	return &((const Opened *)pretrained->model)->model;
}

int encoder_lm_longest(const Pretrained *pretrained)
{
	return language_longest(encoder_lm_model(pretrained));
}

/* ---- building ---------------------------------------------------------------------- */

/* The parameter becomes one of the model's list, with numbers of its own. */
static void adopt(Params *params, const char *prefix, const Opened *opened, Var *own)
{
	const char *name = own->name;
	Var *added = params_add(params, prefix, name, own->value.ndim, own->value.shape);
	if (params_begin(params))
		tensor_copy(added->value,
		        weights_numbers(&opened->file.weights, params->arena, name));
	*own = *added;
	params->items[params->count - 1] = own;
}

static bool learns(Tune tune, int layer, int layers)
{
	return layer == layers ? tune.how == TUNE_TOP || tune.how == TUNE_ALL
	                       : tune_layer(tune, layer, layers);
}

static void build_on_file(State *state, const Pretrained *pretrained, Params *params,
        const char *prefix, Rng *rng)
{
	const Opened *opened = state->opened;
	Tune tune = pretrained->tune;
	int layers = opened->file.config.layers;
	Params *own = ARENA_NEW(params->arena, Params);
	*own = params_replica(params->arena, &opened->params);
	state->model = language_new(own, NULL, &opened->file, LONGEST);
	for (int i = 0; i < own->count; i++)
		if (learns(tune, language_layer(&opened->file, own->items[i]->name),
		            layers))
			adopt(params, prefix, opened, own->items[i]);
	if (tune.how == TUNE_LORA)
		language_adapt(&state->model, params, tune.count,
		        (real)(LORA_ALPHA * tune.count), rng);
}

/* The same sizes with random weights, all of them the model's own. */
static void build_random(State *state, const Pretrained *pretrained, Params *params,
        const char *prefix, Rng *rng)
{
	const LanguageFile *file = &state->opened->file;
	int first = params->count;
	size_t skip = strlen(prefix) + 1;
	state->model = language_new(params, prefix, file, LONGEST);
	for (int i = first; i < params->count; i++) {
		Var *p = params->items[i];
		int layer = language_layer(file, p->name + skip);
		if (p->value.ndim > 1)
			params_init_normal(params, p, deviation, rng);
		if (!learns(pretrained->tune, layer, file->config.layers))
			params_freeze(params, p->name);
	}
}

/* How many of the first blocks learn nothing. */
static int frozen(Tune tune, int layers)
{
	return tune.how == TUNE_NONE  ? layers
	       : tune.how == TUNE_TOP ? layers - tune.count
	                              : 0;
}

static void build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	const Pretrained *pretrained = encoder->config.pretrained;
	const char *prefix = params_name(params, encoder->name, "lm");
	State *state = ARENA_NEW(arena, State);
	state->opened = pretrained->model;
	(pretrained->random ? build_random : build_on_file)(
	        state, pretrained, params, prefix, rng);
	state->frozen = frozen(pretrained->tune, language_layers(&state->model));
	state->states = state->frozen && pretrained->random
	                        ? states_new(params->arena, MOST_STATES)
	                        : state->opened->states;
	int width = language_width(&state->model);
	state->norm =
	        layernorm_new(params, params_name(params, encoder->name, "norm"), width);
	encoder->state = state;
	encoder->seq = width;
	encoder->pooled = 2 * width;
}

/* The file has its own. */
static Var *no_table(Site site, Params *params, const char *name, int ids, int width)
{
	(void)site, (void)params, (void)name, (void)ids, (void)width;
	return NULL;
}

/* ---- running ----------------------------------------------------------------------- */

static Sequence embed(const Encoder *encoder, Tape *tape, const Batch *batch)
{
	const State *state = encoder->state;
	const Language *model =
	        state ? &state->model : encoder_lm_model(encoder->config.pretrained);
	return language_embed(model, tape, batch->ids, batch->size, batch->words,
	        batch->lengths[MODALITY_TEXT]);
}

static Sequence run_frozen(const void *context, Tape *tape, Sequence x)
{
	const State *state = context;
	return language_run(&state->model, tape, x, 0, state->frozen, NULL);
}

static Encoded encode(const Encoder *encoder, Tape *tape, Sequence x, Rng *rng)
{
	const State *state = encoder->state;
	int layers = language_layers(&state->model);
	if (state->frozen)
		x = states_of(
		        state->states, states_keys(tape, x), run_frozen, state, tape, x);
	if (state->frozen < layers)
		x = language_run(&state->model, tape, x, state->frozen, layers, rng);
	return states_encoded(&state->norm, tape, x);
}

const EncoderKind encoder_lm = { .name = "lm",
	.summary = "a language model",
	.reads = READS_WORDS,
	.build = build,
	.encode = encode,
	.table = no_table,
	.embed = embed };
