/* gpt2.h: a language model of the GPT-2 family (Radford et al. 2019).
 *
 *     x = E[id] + P[position]
 *     x = x + attention(N1(x))                    LayerNorm, causal
 *     x = x + c_proj(gelu(c_fc(N2(x))))           for each block, gelu by tanh
 *     logits = N(x) E'
 *
 * Parameters are called as in the published files: "wte.weight", "wpe.weight",
 * "h.0.attn.c_attn.weight", ..., "ln_f.weight". Those files hold the weights of the four
 * maps of a block transposed: see gpt2_turned. */
#ifndef LAYERS_GPT2_H
#define LAYERS_GPT2_H

#include "layers/embedding.h"
#include "layers/grouped.h"
#include "layers/layernorm.h"
#include "layers/position.h"

typedef struct Gpt2Config {
	int vocabulary, width, layers, heads;
	int inner;    /* between c_fc and c_proj; 0: 4 times the width */
	int longest;  /* steps that there are positions for */
	real epsilon; /* of the norms; 0: 1e-5 */
	real dropout; /* of the weights of attention, and of each term before its sum */
} Gpt2Config;

typedef struct Gpt2Block {
	LayerNorm ln_1, ln_2;
	Grouped attn;
	Lora c_fc, c_proj;
} Gpt2Block;

typedef struct Gpt2 {
	Gpt2Config config; /* with all defaults filled in */
	Embedding wte;
	Position wpe;
	Gpt2Block *h;
	LayerNorm ln_f;
} Gpt2;

/* The parameters' names begin with "name." unless it is NULL or empty. First values are
 * N(0, 0.02^2), those before a sum smaller by sqrt(2 layers), biases 0. Lives in
 * params->arena. Stops where the sizes do not fit each other. */
Gpt2 *gpt2_new_at(
        Site site, Params *params, const char *name, const Gpt2Config *config, Rng *rng);
#define gpt2_new(...) gpt2_new_at(HERE, __VA_ARGS__)

/* ids (B,T) -> (B,T,D) after the last norm, padding zero; ids and lengths as in
 * embedding.h. past NULL: whole texts, for training and tuning. Else the ids are the
 * steps that come next: keys_values_new(arena, layers, B, longest, width). rng NULL: no
 * dropout. */
Sequence gpt2_forward_at(Site site, const Gpt2 *model, Tape *tape, const int ids[], int B,
        int T, const int lengths[], KeysValues *past, Rng *rng);
#define gpt2_forward(...) gpt2_forward_at(HERE, __VA_ARGS__)
/* Parts of it, as llama_run_at; from 0 begins with the positions. */
Sequence gpt2_run_at(Site site, const Gpt2 *model, Tape *tape, Sequence x, int from,
        int to, KeysValues *past, Rng *rng);

/* What comes next, from steps of the forward: (...,D) -> (...,vocabulary). */
Var *gpt2_logits_at(Site site, const Gpt2 *model, Tape *tape, Var *x);
#define gpt2_logits(...) gpt2_logits_at(HERE, __VA_ARGS__)

/* Adapters in all blocks (lora.h, grouped_adapt). The other parameters learn as before:
 * freeze them. */
void gpt2_adapt_at(
        Site site, Gpt2 *model, Params *params, int rank, real alpha, Rng *rng);
#define gpt2_adapt(...) gpt2_adapt_at(HERE, __VA_ARGS__)

/* Whether the published files hold the parameter of this name as (in,out). */
bool gpt2_turned(const char *name);

/* One block. */
Gpt2Block gpt2_block_new_at(
        Site site, Params *params, const char *name, const Gpt2Config *config, Rng *rng);
Sequence gpt2_block_forward_at(Site site, const Gpt2Block *block, Tape *tape, Sequence x,
        KeysValues *past, int layer, Rng *rng);

#endif
