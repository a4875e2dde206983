#include "emotionnet/language/names.h"

#include <stdlib.h>
#include <string.h>

typedef struct Pair {
	const char *gguf, *published;
} Pair;

typedef struct Family {
	const char *block; /* before a block's number */
	Pair whole[6];     /* of the whole model */
	Pair parts[11];    /* of a block */
} Family;

static const Family families[] = {
	[LANGUAGE_LLAMA] = { "model.layers",
	        { { "token_embd", "model.embed_tokens" }, { "output_norm", "model.norm" },
	                { "output", "lm_head" } },
	        { { "attn_norm", "input_layernorm" }, { "attn_q", "self_attn.q_proj" },
	                { "attn_k", "self_attn.k_proj" },
	                { "attn_v", "self_attn.v_proj" },
	                { "attn_output", "self_attn.o_proj" },
	                { "ffn_norm", "post_attention_layernorm" },
	                { "ffn_gate", "mlp.gate_proj" }, { "ffn_up", "mlp.up_proj" },
	                { "ffn_down", "mlp.down_proj" } } },
	[LANGUAGE_GPT2] = { "h",
	        { { "token_embd", "wte" }, { "position_embd", "wpe" },
	                { "output_norm", "ln_f" } },
	        { { "attn_norm", "ln_1" }, { "attn_qkv", "attn.c_attn" },
	                { "attn_output", "attn.c_proj" }, { "ffn_norm", "ln_2" },
	                { "ffn_up", "mlp.c_fc" }, { "ffn_down", "mlp.c_proj" } } },
	[LANGUAGE_BERT] = { "encoder.layer",
	        { { "token_embd", "embeddings.word_embeddings" },
	                { "position_embd", "embeddings.position_embeddings" },
	                { "token_types", "embeddings.token_type_embeddings" },
	                { "token_embd_norm", "embeddings.LayerNorm" } },
	        { { "attn_q", "attention.self.query" },
	                { "attn_k", "attention.self.key" },
	                { "attn_v", "attention.self.value" },
	                { "attn_output", "attention.output.dense" },
	                { "attn_output_norm", "attention.output.LayerNorm" },
	                { "ffn_up", "intermediate.dense" },
	                { "ffn_down", "output.dense" },
	                { "layer_output_norm", "output.LayerNorm" } } },
};

/* The published name of what stands before ".weight" or ".bias". */
static const char *look_up(const Pair *pairs, const char *name, size_t length)
{
	for (; pairs->gguf; pairs++)
		if (strlen(pairs->gguf) == length && !memcmp(pairs->gguf, name, length))
			return pairs->published;
	return NULL;
}

const char *name_of_gguf(Arena *arena, LanguageFamily family, const char *name)
{
	const Family *f = &families[family];
	const char *end = strrchr(name, '.'), *found;
	if (!end || (strcmp(end, ".weight") && strcmp(end, ".bias")))
		return NULL;
	if (strncmp(name, "blk.", 4)) {
		found = look_up(f->whole, name, (size_t)(end - name));
		return found ? arena_format(arena, "%s%s", found, end) : NULL;
	}
	char *part;
	long block = strtol(name + 4, &part, 10);
	if (part == name + 4 || *part != '.' || block < 0 || part >= end)
		return NULL;
	found = look_up(f->parts, part + 1, (size_t)(end - part - 1));
	return found ? arena_format(arena, "%s.%ld.%s%s", f->block, block, found, end)
	             : NULL;
}

static bool begins(const char *name, const char *with)
{
	return !strncmp(name, with, strlen(with));
}

static bool ends(const char *name, const char *with)
{
	size_t length = strlen(name), tail = strlen(with);
	return length >= tail && !strcmp(name + length - tail, with);
}

const char *name_of_safetensors(LanguageFamily family, const char *name)
{
	switch (family) {
	case LANGUAGE_LLAMA:
		return ends(name, ".rotary_emb.inv_freq") ? NULL : name;
	case LANGUAGE_GPT2:
		if (begins(name, "transformer."))
			name += strlen("transformer.");
		/* the mask, and a head that is the embedding */
		return ends(name, ".attn.bias") || ends(name, ".attn.masked_bias") ||
		                       !strcmp(name, "lm_head.weight")
		               ? NULL
		               : name;
	case LANGUAGE_BERT:
		if (begins(name, "bert."))
			name += strlen("bert.");
		return begins(name, "pooler.") || begins(name, "cls.") ||
		                       begins(name, "classifier.") ||
		                       ends(name, ".position_ids")
		               ? NULL
		               : name;
	}
	return name;
}
