/* llama.h: a language model of the Llama family (Touvron et al. 2023): Llama, TinyLlama,
 * SmolLM2, llama2.c's stories.
 *
 *     x = E[id]
 *     x = x + attention(N1(x))        RMSNorm, rotary positions, grouped heads
 *     x = x + swiglu(N2(x))           for each block
 *     logits = N(x) W'                W = E where it is tied
 *
 * Parameters are called as in Hugging Face's safetensors: "model.embed_tokens.weight",
 * "model.layers.0.self_attn.q_proj.weight", ..., "model.norm.weight", "lm_head.weight". */
#ifndef LAYERS_LLAMA_H
#define LAYERS_LLAMA_H

#include "layers/embedding.h"
#include "layers/grouped.h"
#include "layers/rmsnorm.h"
#include "layers/swiglu.h"

typedef struct LlamaConfig {
	int vocabulary, width, layers, heads;
	int groups; /* heads of keys and values; 0: as many as heads */
	int head;   /* columns of a head; 0: width / heads */
	int inner;  /* of swiglu */
	int longest; /* steps that there are positions for: a table, so no more than needed */
	real epsilon; /* of the norms; 0: 1e-5 */
	double theta; /* of the positions; 0: 10000 */
	RotaryLayout layout;
	bool tied;    /* the head is the embedding */
	real dropout; /* of the weights of attention, and of each term before its sum */
} LlamaConfig;

typedef struct LlamaBlock {
	RmsNorm input_layernorm, post_attention_layernorm;
	Grouped self_attn;
	SwiGlu mlp;
} LlamaBlock;

typedef struct Llama {
	LlamaConfig config; /* with all defaults filled in */
	Embedding embed_tokens;
	LlamaBlock *layers;
	RmsNorm norm;
	Linear lm_head; /* D -> vocabulary, no bias */
	Rotary rotary;
} Llama;

/* The parameters' names begin with "name." unless it is NULL or empty. First values are
 * N(0, 0.02^2), those before a sum smaller by sqrt(2 layers) (Radford et al. 2019).
 * Lives in params->arena. Stops where the sizes do not fit each other. */
Llama *llama_new_at(
        Site site, Params *params, const char *name, const LlamaConfig *config, Rng *rng);
#define llama_new(...) llama_new_at(HERE, __VA_ARGS__)

/* ids (B,T) -> (B,T,D) after the last norm, padding zero; ids and lengths as in
 * embedding.h. past NULL: whole texts, for training and tuning. Else the ids are the
 * steps that come next: keys_values_new(arena, layers, B, longest, llama_columns(model)).
 * rng NULL: no dropout. */
Sequence llama_forward_at(Site site, const Llama *model, Tape *tape, const int ids[],
        int B, int T, const int lengths[], KeysValues *past, Rng *rng);
#define llama_forward(...) llama_forward_at(HERE, __VA_ARGS__)
/* Parts of it, for who keeps what comes in between: blocks from..to-1 over embedded steps,
 * and after the last block the norm and zero padding. The past is not advanced. */
Sequence llama_run_at(Site site, const Llama *model, Tape *tape, Sequence x, int from,
        int to, KeysValues *past, Rng *rng);
int llama_columns(const Llama *model);

/* What comes next, from steps of the forward: (...,D) -> (...,vocabulary). */
Var *llama_logits_at(Site site, const Llama *model, Tape *tape, Var *x);
#define llama_logits(...) llama_logits_at(HERE, __VA_ARGS__)

/* Adapters in all blocks (lora.h, grouped_adapt). The other parameters learn as before:
 * freeze them. */
void llama_adapt_at(
        Site site, Llama *model, Params *params, int rank, real alpha, Rng *rng);
#define llama_adapt(...) llama_adapt_at(HERE, __VA_ARGS__)

/* One block. */
LlamaBlock llama_block_new_at(Site site, Params *params, const char *name,
        const LlamaConfig *config, const Rotary *rotary, Rng *rng);
Sequence llama_block_forward_at(Site site, const LlamaBlock *block, Tape *tape,
        Sequence x, KeysValues *past, int layer, Rng *rng);

#endif
