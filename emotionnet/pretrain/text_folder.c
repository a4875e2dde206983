/* text_folder.c: config.json with the names that LlamaForCausalLM reads. */
#include "emotionnet/pretrain/text_folder.h"

#include "emotionnet/pretrain/texts.h"
#include "layers/safetensors.h"
#include "tensor/file/folder.h"
#include "text/pieces/tokeniser_json.h"

const char *text_folder_file(Arena *arena, const char *folder, const char *name)
{
	return arena_format(arena, "%s/%s", folder, name);
}

static bool save_config(const TextFolder *folder, Arena *arena, Error *error)
{
	const LlamaConfig *c = folder->config;
	FileWriter *out = file_open(
	        arena, text_folder_file(arena, folder->path, "config.json"), error);
	if (!out)
		return false;
	file_print(out,
	        "{\n"
	        "  \"architectures\": [\"LlamaForCausalLM\"],\n"
	        "  \"model_type\": \"llama\",\n"
	        "  \"vocab_size\": %d,\n"
	        "  \"hidden_size\": %d,\n"
	        "  \"intermediate_size\": %d,\n"
	        "  \"num_hidden_layers\": %d,\n"
	        "  \"num_attention_heads\": %d,\n"
	        "  \"num_key_value_heads\": %d,\n"
	        "  \"head_dim\": %d,\n"
	        "  \"max_position_embeddings\": %d,\n",
	        c->vocabulary, c->width, c->inner, c->layers, c->heads, c->groups,
	        c->head, c->longest);
	file_print(out,
	        "  \"rms_norm_eps\": %g,\n"
	        "  \"rope_theta\": %.1f,\n"
	        "  \"hidden_act\": \"silu\",\n"
	        "  \"attention_bias\": false,\n"
	        "  \"mlp_bias\": false,\n"
	        "  \"tie_word_embeddings\": %s,\n"
	        "  \"bos_token_id\": %d,\n"
	        "  \"eos_token_id\": %d,\n"
	        "  \"torch_dtype\": \"float32\"\n"
	        "}\n",
	        (double)c->epsilon, c->theta, c->tied ? "true" : "false", TEXTS_END,
	        TEXTS_END);
	return file_close(out, error);
}

bool text_folder_save(const TextFolder *folder, const Params *params, Error *error)
{
	static MetadataItem items[] = { { "format", "pt" } }; /* transformers want it */
	const Metadata metadata = { items, 1 };
	Arena *arena = arena_new("model of language");
	bool saved =
	        folder_make(folder->path, error) && save_config(folder, arena, error) &&
	        tokeniser_write(folder->vocabulary,
	                text_folder_file(arena, folder->path, "tokenizer.json"), error) &&
	        safetensors_save(params, &metadata,
	                text_folder_file(arena, folder->path, "model.safetensors"),
	                error);
	arena_free(arena);
	return saved;
}
