/* config.json, as Hugging Face's transformers write it beside model.safetensors. The same
 * sizes are called otherwise in each family. */
#include "emotionnet/language/config_check.h"
#include "tensor/file/json_any.h"

#include <limits.h>
#include <string.h>

/* Members that are read, of any family. */
typedef enum Member {
	FAMILY,
	VOCABULARY,
	WIDTH,
	LAYERS,
	HEADS,
	GROUPS,
	HEAD,
	INNER,
	LONGEST,
	KINDS,
	EPSILON,
	THETA,
	TIED,
	END,
	ACTIVATION,
	SCALING,
	PARAMETERS, /* of the positions: transformers 5 */
	ATTENTION_BIAS,
	MLP_BIAS,
	POSITIONS,
	BY_LAYER,
	MEMBERS
} Member;

typedef const char *Names[MEMBERS];

static const Names llama = { [FAMILY] = "model_type",
	[VOCABULARY] = "vocab_size",
	[WIDTH] = "hidden_size",
	[LAYERS] = "num_hidden_layers",
	[HEADS] = "num_attention_heads",
	[GROUPS] = "num_key_value_heads",
	[HEAD] = "head_dim",
	[INNER] = "intermediate_size",
	[LONGEST] = "max_position_embeddings",
	[EPSILON] = "rms_norm_eps",
	[THETA] = "rope_theta",
	[TIED] = "tie_word_embeddings",
	[END] = "eos_token_id",
	[ACTIVATION] = "hidden_act",
	[SCALING] = "rope_scaling",
	[PARAMETERS] = "rope_parameters",
	[ATTENTION_BIAS] = "attention_bias",
	[MLP_BIAS] = "mlp_bias" };
static const Names gpt2 = { [FAMILY] = "model_type",
	[VOCABULARY] = "vocab_size",
	[WIDTH] = "n_embd",
	[LAYERS] = "n_layer",
	[HEADS] = "n_head",
	[INNER] = "n_inner",
	[LONGEST] = "n_positions",
	[EPSILON] = "layer_norm_epsilon",
	[TIED] = "tie_word_embeddings",
	[END] = "eos_token_id",
	[ACTIVATION] = "activation_function",
	[BY_LAYER] = "scale_attn_by_inverse_layer_idx" };
static const Names bert = { [FAMILY] = "model_type",
	[VOCABULARY] = "vocab_size",
	[WIDTH] = "hidden_size",
	[LAYERS] = "num_hidden_layers",
	[HEADS] = "num_attention_heads",
	[INNER] = "intermediate_size",
	[LONGEST] = "max_position_embeddings",
	[KINDS] = "type_vocab_size",
	[EPSILON] = "layer_norm_eps",
	[ACTIVATION] = "hidden_act",
	[POSITIONS] = "position_embedding_type" };

typedef struct Reader {
	Json *json;
	const char *const *names;
	size_t at[MEMBERS];
} Reader;

/* Goes to a member that is there and not null. */
static bool go(Reader *r, Member member)
{
	return r->names[member] && json_at(r->json, r->at[member]) && !json_null(r->json);
}

static void find_members(Reader *r)
{
	const char *names[MEMBERS];
	size_t at[MEMBERS], begin = r->json->at;
	int count = 0;
	for (int i = 0; i < MEMBERS; i++)
		if (r->names[i])
			names[count++] = r->names[i];
	r->json->at = begin;
	json_members(r->json, names, count, at);
	count = 0;
	for (int i = 0; i < MEMBERS; i++)
		r->at[i] = r->names[i] ? at[count++] : 0;
}

/* `absent` where it is not there; -1: it must be. */
static int whole(Reader *r, Member member, int absent)
{
	if (!go(r, member)) {
		if (absent < 0 && r->names[member])
			json_fail(r->json, 0,
			        "\"%s\" is missing: expected a whole number",
			        r->names[member]);
		return absent;
	}
	size_t at = r->json->at, value = json_size(r->json);
	if (value > INT_MAX)
		json_fail(r->json, at, "\"%s\" is too large", r->names[member]);
	return value > INT_MAX ? 0 : (int)value;
}

static double number(Reader *r, Member member, double absent)
{
	return go(r, member) ? json_real(r->json) : absent;
}

static bool flag(Reader *r, Member member, bool absent)
{
	return go(r, member) ? json_bool(r->json) : absent;
}

/* A text that must be `wanted`, or one of two, or not there. */
static void need(Reader *r, Member member, const char *wanted, const char * or)
{
	if (!go(r, member))
		return;
	size_t at = r->json->at;
	const char *found = json_string(r->json);
	if (strcmp(found, wanted) && strcmp(found, or))
		json_fail(r->json, at, "\"%s\" is \"%.40s\": only \"%s\" can be built",
		        r->names[member], found, wanted);
}

static void need_not(Reader *r, Member member)
{
	size_t at = r->at[member];
	if (flag(r, member, false))
		json_fail(r->json, at, "\"%s\" is true: only false can be built",
		        r->names[member]);
}

/* A token, or a list of which the first counts. */
static int end_token(Reader *r)
{
	if (!go(r, END))
		return -1;
	bool list = json_peek(r->json) == '[';
	int first = -1;
	if (list)
		json_open(r->json, '[');
	while (!list || json_next(r->json, ']')) {
		size_t token = json_size(r->json);
		if (first < 0)
			first = token > INT_MAX ? INT_MAX : (int)token;
		if (!list)
			break;
	}
	return first;
}

/* How positions become angles: {"rope_theta": 10000.0, "rope_type": "default"}. */
static void read_positions(Reader *r, LanguageConfig *config)
{
	if (r->names[SCALING] && go(r, SCALING))
		json_fail(r->json, r->at[SCALING],
		        "\"rope_scaling\": only null can be built");
	if (!go(r, PARAMETERS))
		return;
	static const char *const names[] = { "rope_theta", "rope_type" };
	size_t at[2];
	json_members(r->json, names, 2, at);
	if (json_at(r->json, at[0]))
		config->theta = json_real(r->json);
	if (json_at(r->json, at[1])) {
		const char *type = json_string(r->json);
		if (strcmp(type, "default"))
			json_fail(r->json, at[1],
			        "\"rope_type\" is \"%.40s\": only \"default\" can be built",
			        type);
	}
}

static void read_llama(Reader *r, LanguageConfig *config)
{
	config->groups = whole(r, GROUPS, 0);
	config->head = whole(r, HEAD, 0);
	config->theta = number(r, THETA, 10000);
	config->tied = flag(r, TIED, false);
	need(r, ACTIVATION, "silu", "swish");
	need_not(r, ATTENTION_BIAS);
	need_not(r, MLP_BIAS);
	read_positions(r, config);
}

static void read_family(Reader *r, LanguageConfig *config)
{
	config->vocabulary = whole(r, VOCABULARY, -1);
	config->width = whole(r, WIDTH, -1);
	config->layers = whole(r, LAYERS, -1);
	config->heads = whole(r, HEADS, -1);
	config->longest = whole(r, LONGEST, -1);
	config->layout = ROTARY_HALVES;
	config->tied = true;
	config->end = end_token(r);
	double epsilon[] = { 1e-6, 1e-5, 1e-12 };
	config->epsilon = number(r, EPSILON, epsilon[config->family]);
	bool inner_may_miss = config->family == LANGUAGE_GPT2 && config->width < 1 << 20;
	config->inner = whole(r, INNER, inner_may_miss ? 4 * config->width : -1);
	switch (config->family) {
	case LANGUAGE_LLAMA:
		read_llama(r, config);
		break;
	case LANGUAGE_GPT2:
		need(r, ACTIVATION, "gelu_new", "gelu_pytorch_tanh");
		need_not(r, BY_LAYER);
		if (!flag(r, TIED, true))
			json_fail(r->json, r->at[TIED],
			        "\"%s\" is false: only true can be built",
			        r->names[TIED]);
		break;
	case LANGUAGE_BERT:
		config->kinds = whole(r, KINDS, 2);
		need(r, ACTIVATION, "gelu", "gelu");
		need(r, POSITIONS, "absolute", "absolute");
		break;
	}
}

bool config_read_json_bytes(
        LanguageConfig *config, Arena *arena, const char *path, Bytes bytes, Error *error)
{
	*config = (LanguageConfig){ .end = -1 };
	Json json = { .path = path, .text = bytes, .arena = arena, .error = error };
	Reader r = { .json = &json, .names = llama };
	find_members(&r);
	if (!json_end(&json))
		return false;
	if (!go(&r, FAMILY))
		return json.failed
		               ? false
		               : error_set(error,
		                         "%s: \"model_type\" is missing: expected llama, gpt2 or bert",
		                         path);
	const char *family = json_string(&json);
	if (json.failed || !config_family(config, path, family, error))
		return false;
	const char *const *const names[] = { llama, gpt2, bert };
	r.names = names[config->family];
	json.at = 0;
	find_members(&r);
	read_family(&r, config);
	return !json.failed && config_check(config, path, error);
}

bool config_read_json(
        LanguageConfig *config, Arena *arena, const char *path, Error *error)
{
	Bytes bytes;
	return file_read(&bytes, arena, path, error) &&
	       config_read_json_bytes(config, arena, path, bytes, error);
}
