/* A GGUF file's items: "llama.embedding_length" and so on, called alike in each family. */
#include "emotionnet/language/config_check.h"

#include <limits.h>
#include <string.h>

typedef struct Reader {
	const Gguf *gguf;
	Arena *arena;
	const char *family;
	Error *error;
	bool failed;
} Reader;

static const char *key_of(Reader *r, const char *name)
{
	return arena_format(r->arena, "%s.%s", r->family, name);
}

/* `absent` where it is not there; -1: it must be. */
static int whole(Reader *r, const char *name, int absent)
{
	const char *key = key_of(r, name);
	int value = absent;
	if ((absent < 0 || gguf_item(r->gguf, key)) && !r->failed)
		r->failed = !gguf_whole(r->gguf, key, INT_MAX, &value, r->error);
	return value;
}

static double number(Reader *r, const char *name, double absent)
{
	const char *key = key_of(r, name);
	double value = absent;
	if (gguf_item(r->gguf, key) && !r->failed)
		r->failed = !gguf_real(r->gguf, key, &value, r->error);
	return value;
}

static void check_positions(Reader *r, const LanguageConfig *config)
{
	const char *key = key_of(r, "rope.scaling.type"), *type = "none";
	if (!r->failed && gguf_item(r->gguf, key))
		r->failed = !gguf_text(r->gguf, r->arena, key, &type, r->error);
	int turned = whole(r, "rope.dimension_count", config->head);
	if (!r->failed && strcmp(type, "none"))
		r->failed = !error_set(r->error,
		        "%s: \"%s\" is \"%.40s\": only \"none\" can be built",
		        r->gguf->path, key, type);
	if (!r->failed && config->head && turned != config->head)
		r->failed = !error_set(r->error,
		        "%s: %d of a head's %d columns are turned: only all can be built",
		        r->gguf->path, turned, config->head);
}

/* The embedding has a row for each token. */
static bool read_vocabulary(LanguageConfig *config, const Gguf *gguf, Error *error)
{
	const GgufTensor *embedding = gguf_tensor(gguf, "token_embd.weight");
	if (!embedding || embedding->ndim != 2)
		return error_set(error,
		        "%s: the table \"token_embd.weight\" is missing: expected one row for each token",
		        gguf->path);
	config->vocabulary = embedding->shape[0];
	return true;
}

bool config_read_gguf(
        LanguageConfig *config, Arena *arena, const Gguf *gguf, Error *error)
{
	Reader r = { .gguf = gguf, .arena = arena, .error = error };
	*config = (LanguageConfig){ .end = -1, .layout = ROTARY_PAIRS, .kinds = 2 };
	if (!gguf_text(gguf, arena, "general.architecture", &r.family, error) ||
	        !config_family(config, gguf->path, r.family, error) ||
	        !read_vocabulary(config, gguf, error))
		return false;
	bool llama = config->family == LANGUAGE_LLAMA;
	config->width = whole(&r, "embedding_length", -1);
	config->layers = whole(&r, "block_count", -1);
	config->heads = whole(&r, "attention.head_count", -1);
	config->groups = whole(&r, "attention.head_count_kv", 0);
	config->head = llama ? whole(&r, "attention.key_length", 0) : 0;
	config->inner = whole(&r, "feed_forward_length", -1);
	config->longest = whole(&r, "context_length", -1);
	config->theta = number(&r, "rope.freq_base", 10000);
	config->epsilon = number(&r,
	        llama ? "attention.layer_norm_rms_epsilon"
	              : "attention.layer_norm_epsilon",
	        config->family == LANGUAGE_BERT ? 1e-12 : 1e-5);
	config->tied = !gguf_tensor(gguf, "output.weight");
	static const char end[] = "tokenizer.ggml.eos_token_id";
	if (!r.failed && gguf_item(gguf, end))
		r.failed = !gguf_whole(gguf, end, INT_MAX, &config->end, error);
	if (r.failed || !config_check(config, gguf->path, error))
		return false;
	if (llama)
		check_positions(&r, config);
	return !r.failed;
}
