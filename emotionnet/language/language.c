#include "emotionnet/language/language.h"
#include "emotionnet/language/tokeniser_gguf.h"
#include "tensor/file/file_map.h"
#include "tensor/file/folder.h"
#include "tensor/file/hash.h"
#include "tensor/file/json_any.h"
#include "text/pieces/tokeniser_json.h"

#include <stdio.h>
#include <string.h>

/* ---- opening ----------------------------------------------------------------------- */

static bool check_tokens(const LanguageFile *file, Error *error)
{
	int tokens = tokeniser_count(file->tokeniser);
	return tokens <= file->config.vocabulary ||
	       error_set(error,
	               "%s: its tokeniser has %d tokens, but its model knows %d. Hint: the two are not of one model.",
	               file->path, tokens, file->config.vocabulary);
}

static bool open_gguf(LanguageFile *file, Arena *arena, Error *error)
{
	static const char chat[] = "tokenizer.chat_template";
	Gguf gguf;
	if (!file_view(&file->bytes, arena, file->path, error) ||
	        !gguf_parse(&gguf, arena, file->path, file->bytes, error) ||
	        !config_read_gguf(&file->config, arena, &gguf, error) ||
	        !weights_of_gguf(
	                &file->weights, arena, &gguf, file->config.family, error))
		return false;
	file->tokeniser = tokeniser_of_gguf(arena, &gguf, error);
	if (!file->tokeniser)
		return false;
	return !gguf_item(&gguf, chat) ||
	       gguf_text(&gguf, arena, chat, &file->chat_template, error);
}

/* Both decide what the weights make of a text. */
static bool hash_beside(LanguageFile *file, Arena *arena, const char *config,
        const char *tokens, Error *error)
{
	Bytes one, two;
	if (!file_view(&one, arena, config, error) ||
	        !file_view(&two, arena, tokens, error))
		return false;
	file->beside = hash_bytes(HASH_BEGIN, one.data, one.size);
	file->beside = hash_bytes(file->beside, two.data, two.size);
	return true;
}

/* A file that a model need not have: tokenizer_config.json's member chat_template. */
static bool read_chat(LanguageFile *file, Arena *arena, Error *error)
{
	static const char *const names[] = { "chat_template" };
	const char *path = arena_format(arena, "%s/tokenizer_config.json", file->path);
	size_t at[1];
	Bytes bytes;
	if (!path_check_file(path, NULL))
		return true;
	if (!file_read(&bytes, arena, path, error))
		return false;
	Json json = { .path = path, .text = bytes, .arena = arena, .error = error };
	json_members(&json, names, 1, at);
	if (json_at(&json, at[0]) && json_peek(&json) == '"')
		file->chat_template = json_string(&json);
	return !json.failed;
}

static bool open_folder(LanguageFile *file, Arena *arena, Error *error)
{
	const char *folder = file->path;
	const char *config = arena_format(arena, "%s/config.json", folder);
	const char *weights = arena_format(arena, "%s/model.safetensors", folder);
	const char *tokens = arena_format(arena, "%s/tokenizer.json", folder);
	const char *needed[] = { config, weights, tokens };
	for (int i = 0; i < 3; i++)
		if (!path_check_file(needed[i], error))
			return error_set(error,
			        "%s. Hint: a language model is a .gguf file, or a folder with config.json, model.safetensors (in one file) and tokenizer.json.",
			        error->text);
	SafetensorsFile tensors;
	if (!config_read_json(&file->config, arena, config, error) ||
	        !hash_beside(file, arena, config, tokens, error) ||
	        !file_view(&file->bytes, arena, weights, error) ||
	        !safetensors_parse(&tensors, arena, weights, file->bytes, error) ||
	        !weights_of_safetensors(
	                &file->weights, arena, &tensors, file->config.family, error))
		return false;
	file->tokeniser = tokeniser_read(arena, tokens, error);
	return file->tokeniser && read_chat(file, arena, error);
}

bool language_open(LanguageFile *file, Arena *arena, const char *path, Error *error)
{
	Error own;
	error = error ? error : &own;
	*file = (LanguageFile){ .path = arena_string(arena, path), .beside = HASH_BEGIN };
	return (path_is_folder(path) ? open_folder : open_gguf)(file, arena, error) &&
	       check_tokens(file, error);
}

uint64_t language_hash(const LanguageFile *file)
{
	return hash_bytes(file->beside, file->bytes.data, file->bytes.size);
}

/* ---- building ---------------------------------------------------------------------- */

static int at_most(int longest, int most)
{
	return longest > 0 && longest < most ? longest : most;
}

static Llama *llama_of(
        Params *params, const char *name, const LanguageConfig *c, int longest)
{
	LlamaConfig config = { .vocabulary = c->vocabulary,
		.width = c->width,
		.layers = c->layers,
		.heads = c->heads,
		.groups = c->groups,
		.head = c->head,
		.inner = c->inner,
		.longest = at_most(longest, c->longest),
		.epsilon = (real)c->epsilon,
		.theta = c->theta,
		.layout = c->layout,
		.tied = c->tied };
	Rng rng = rng_new(0);
	return llama_new(params, name, &config, &rng);
}

static Gpt2 *gpt2_of(Params *params, const char *name, const LanguageConfig *c)
{
	Gpt2Config config = { .vocabulary = c->vocabulary,
		.width = c->width,
		.layers = c->layers,
		.heads = c->heads,
		.inner = c->inner,
		.longest = c->longest,
		.epsilon = (real)c->epsilon };
	Rng rng = rng_new(0);
	return gpt2_new(params, name, &config, &rng);
}

static Bert *bert_of(Params *params, const char *name, const LanguageConfig *c)
{
	BertConfig config = { .vocabulary = c->vocabulary,
		.width = c->width,
		.layers = c->layers,
		.heads = c->heads,
		.inner = c->inner,
		.longest = c->longest,
		.kinds = c->kinds,
		.epsilon = (real)c->epsilon };
	Rng rng = rng_new(0);
	return bert_new(params, name, &config, &rng);
}

Language language_new(
        Params *params, const char *name, const LanguageFile *file, int longest)
{
	const LanguageConfig *c = &file->config;
	Language model = { .family = c->family };
	switch (c->family) {
	case LANGUAGE_LLAMA:
		model.llama = llama_of(params, name, c, longest);
		break;
	case LANGUAGE_GPT2:
		model.gpt2 = gpt2_of(params, name, c);
		break;
	case LANGUAGE_BERT:
		model.bert = bert_of(params, name, c);
		break;
	}
	return model;
}

static const char *prefix_of(char prefix[256], const char *name)
{
	snprintf(prefix, 256, "%s%s", name ? name : "", name && name[0] ? "." : "");
	return prefix;
}

bool language_load(
        const Params *params, const char *name, const LanguageFile *file, Error *error)
{
	char prefix[256];
	return weights_fill(&file->weights, params, prefix_of(prefix, name), error);
}

int language_layer(const LanguageFile *file, const char *name)
{
	static const char *const blocks[] = { "model.layers.", "h.", "encoder.layer." };
	const char *block = blocks[file->config.family];
	int layer;
	if (!strncmp(name, block, strlen(block)) &&
	        sscanf(name + strlen(block), "%d", &layer) == 1)
		return layer;
	return strncmp(name, "model.norm", 10) && strncmp(name, "ln_f", 4) &&
	                       strncmp(name, "lm_head", 7)
	               ? -1
	               : file->config.layers;
}

void language_learn(
        const Params *params, const char *name, const LanguageFile *file, int layer)
{
	char prefix[256];
	size_t length = strlen(prefix_of(prefix, name));
	for (int i = 0; i < params->count; i++) {
		Var *p = params->items[i];
		if (!strncmp(p->name, prefix, length) &&
		        weights_find(&file->weights, p->name + length) &&
		        language_layer(file, p->name + length) == layer)
			weights_learn(&file->weights, params->arena, prefix, p);
	}
}

void language_adapt(Language *model, Params *params, int rank, real alpha, Rng *rng)
{
	switch (model->family) {
	case LANGUAGE_LLAMA:
		llama_adapt(model->llama, params, rank, alpha, rng);
		break;
	case LANGUAGE_GPT2:
		gpt2_adapt(model->gpt2, params, rank, alpha, rng);
		break;
	case LANGUAGE_BERT:
		bert_adapt(model->bert, params, rank, alpha, rng);
		break;
	}
}

/* ---- computing --------------------------------------------------------------------- */

Sequence language_forward_at(Site site, const Language *model, Tape *tape,
        const int ids[], int B, int T, const int lengths[], KeysValues *past, Rng *rng)
{
	switch (model->family) {
	case LANGUAGE_LLAMA:
		return llama_forward_at(
		        site, model->llama, tape, ids, B, T, lengths, past, rng);
	case LANGUAGE_GPT2:
		return gpt2_forward_at(
		        site, model->gpt2, tape, ids, B, T, lengths, past, rng);
	case LANGUAGE_BERT:
		break;
	}
	if (past)
		tape_stop(site, tape, "language_forward",
		        "a BERT sees all steps at once: it has no past");
	return bert_forward_at(site, model->bert, tape, ids, B, T, lengths, rng);
}

Sequence language_embed(const Language *model, Tape *tape, const int ids[], int B, int T,
        const int lengths[])
{
	const Embedding *table = model->llama  ? &model->llama->embed_tokens
	                         : model->gpt2 ? &model->gpt2->wte
	                                       : &model->bert->words;
	return embedding_forward(table, tape, ids, B, T, lengths);
}

Sequence language_run(
        const Language *model, Tape *tape, Sequence x, int from, int to, Rng *rng)
{
	if (model->llama)
		return llama_run_at(HERE, model->llama, tape, x, from, to, NULL, rng);
	if (model->gpt2)
		return gpt2_run_at(HERE, model->gpt2, tape, x, from, to, NULL, rng);
	return bert_run_at(HERE, model->bert, tape, x, from, to, rng);
}

int language_layers(const Language *model)
{
	return model->llama  ? model->llama->config.layers
	       : model->gpt2 ? model->gpt2->config.layers
	                     : model->bert->config.layers;
}

Var *language_logits_at(Site site, const Language *model, Tape *tape, Var *x)
{
	switch (model->family) {
	case LANGUAGE_LLAMA:
		return llama_logits_at(site, model->llama, tape, x);
	case LANGUAGE_GPT2:
		return gpt2_logits_at(site, model->gpt2, tape, x);
	case LANGUAGE_BERT:
		break;
	}
	tape_stop(site, tape, "language_logits",
	        "a BERT encodes texts and cannot say what comes next");
}

KeysValues *language_past(const Language *model, Arena *arena, int B, int longest)
{
	bool llama = model->family == LANGUAGE_LLAMA;
	int layers = llama ? model->llama->config.layers : model->gpt2->config.layers;
	int columns = llama ? llama_columns(model->llama) : model->gpt2->config.width;
	return keys_values_new(arena, layers, B, longest, columns);
}

int language_width(const Language *model)
{
	switch (model->family) {
	case LANGUAGE_LLAMA:
		return model->llama->config.width;
	case LANGUAGE_GPT2:
		return model->gpt2->config.width;
	case LANGUAGE_BERT:
		break;
	}
	return model->bert->config.width;
}

int language_longest(const Language *model)
{
	switch (model->family) {
	case LANGUAGE_LLAMA:
		return model->llama->config.longest;
	case LANGUAGE_GPT2:
		return model->gpt2->config.longest;
	case LANGUAGE_BERT:
		break;
	}
	return model->bert->config.longest;
}
