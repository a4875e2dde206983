/* encoder_apc.c: layers that stay as they are, and are the file's, under layers that
 * learn, and are the model's own. */
#include "emotionnet/apc/encoder_apc.h"

#include "emotionnet/states.h"

#define MOST_STATES ((size_t)512 << 20) /* bytes of states that are kept */

/* What is made of a file once, for all models that use it. */
typedef struct Opened {
	ApcFile file;
	States *states;
} Opened;

typedef struct State {
	const Opened *opened;
	int frozen;     /* layers, the first ones, that say the same each time, */
	States *states; /* which is kept */
	Gru layer[APC_LAYERS];
	LayerNorm norm;
} State;

bool encoder_apc_open(Pretrained *pretrained, Arena *arena, Error *error)
{
	Opened *opened = ARENA_NEW(arena, Opened);
	ApcFile *file = &opened->file;
	if (!apc_file_load(file, arena, pretrained->path, error))
		return false;
	Tune tune = pretrained->tune;
	if (tune.how == TUNE_LORA)
		return error_set(error,
		        "--tune lora:%d: adapters are for language models. Hint: top:N or all",
		        tune.count);
	if (!tune_fits(pretrained, file->config.layers, error))
		return false;
	opened->states = states_new(arena, MOST_STATES);
	pretrained->model = opened;
	pretrained->hash = file->hash;
	pretrained->size = params_bytes(&file->params);
	pretrained->heard = file->heard;
	return true;
}

const ApcFile *encoder_apc_file(const Pretrained *pretrained)
{
	return &((const Opened *)pretrained->model)->file;
}

bool encoder_apc_agrees(
        const Pretrained *pretrained, const Frontend *frontend, Error *error)
{
	return apc_file_agrees(
	        encoder_apc_file(pretrained), pretrained->path, frontend, error);
}

/* ---- the model's own layers -------------------------------------------------------- */

static void take_values(const Gru *layer, const Gru *from)
{
	const RecurrentWeights *to = &layer->direction[0], *file = &from->direction[0];
	tensor_copy(to->weight_ih->value, file->weight_ih->value);
	tensor_copy(to->weight_hh->value, file->weight_hh->value);
	tensor_copy(to->bias_ih->value, file->bias_ih->value);
	tensor_copy(to->bias_hh->value, file->bias_hh->value);
}

static void freeze_layer(Params *params, const Gru *layer)
{
	const RecurrentWeights *w = &layer->direction[0];
	Var *const all[] = { w->weight_ih, w->weight_hh, w->bias_ih, w->bias_hh };
	for (int i = 0; i < 4; i++)
		params_freeze(params, all[i]->name);
}

static void build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	const Pretrained *pretrained = encoder->config.pretrained;
	State *state = ARENA_NEW(arena, State);
	state->opened = pretrained->model;
	const ApcFile *file = &state->opened->file;
	const char *name = params_name(params, encoder->name, "gru");
	for (int l = 0; l < file->config.layers; l++) {
		bool learns = tune_layer(pretrained->tune, l, file->config.layers);
		if (!learns)
			state->frozen = l + 1;
		if (!learns && !pretrained->random) {
			state->layer[l] = file->apc.layer[l];
			continue;
		}
		state->layer[l] = apc_layer(&file->config, l, params, name, rng);
		if (!pretrained->random && params_begin(params))
			take_values(&state->layer[l], &file->apc.layer[l]);
		if (!learns)
			freeze_layer(params, &state->layer[l]);
	}
	state->states = state->frozen && pretrained->random
	                        ? states_new(params->arena, MOST_STATES)
	                        : state->opened->states;
	state->norm = layernorm_new(
	        params, params_name(params, encoder->name, "norm"), file->config.hidden);
	encoder->state = state;
	encoder->seq = file->config.hidden;
	encoder->pooled = 2 * encoder->seq;
}

/* ---- running ----------------------------------------------------------------------- */

static Sequence run_frozen(const void *context, Tape *tape, Sequence frames)
{
	const State *state = context;
	return apc_layers(state->layer, 0, state->frozen, tape, frames);
}

static Encoded encode(const Encoder *encoder, Tape *tape, Sequence frames, Rng *rng)
{
	(void)rng;
	const State *state = encoder->state;
	int layers = state->opened->file.config.layers;
	Sequence h = frames;
	if (state->frozen)
		h = states_of(state->states, states_keys(tape, frames), run_frozen, state,
		        tape, frames);
	h = apc_layers(state->layer, state->frozen, layers, tape, h);
	return states_encoded(&state->norm, tape, h);
}

const EncoderKind encoder_apc = { .name = "apc",
	.summary = "a pre-trained model of sound",
	.reads = READS_FRAMES,
	.build = build,
	.encode = encode };
const EncoderKind encoder_apc_functionals = { .name = "apc+functionals",
	.summary = "a pre-trained model of sound, functionals of the clip beside",
	.reads = READS_FRAMES,
	.build = build,
	.encode = encode,
	.beside = &encoder_functionals };
