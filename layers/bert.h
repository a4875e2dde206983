/* bert.h: an encoder of the BERT family (Devlin et al. 2019): every step sees all others,
 * so it cannot say what comes next, but it can say what a text is about: MiniLM's
 * sentence vectors are the mean of its steps, brought to length 1.
 *
 *     x = N(E[id] + P[position] + K[0])           K: the kind of the text, always the first
 *     x = N1(x + attention(x))
 *     x = N2(x + output(gelu(intermediate(x))))   for each block
 *
 * Parameters are called as in the published files: "embeddings.word_embeddings.weight",
 * "encoder.layer.0.attention.self.query.weight", ... Their pooler is not used. */
#ifndef LAYERS_BERT_H
#define LAYERS_BERT_H

#include "layers/embedding.h"
#include "layers/grouped.h"
#include "layers/layernorm.h"
#include "layers/position.h"

typedef struct BertConfig {
	int vocabulary, width, layers, heads;
	int inner;    /* 0: 4 times the width */
	int longest;  /* steps that there are positions for */
	int kinds;    /* rows of K; 0: 2, as published */
	real epsilon; /* of the norms; 0: 1e-12 */
	real dropout; /* of the weights of attention, and of each term before its sum */
} BertConfig;

typedef struct BertBlock {
	Grouped attention;
	LayerNorm attention_norm,
	        output_norm; /* "attention.output.LayerNorm", "output.LayerNorm" */
	Lora intermediate, output;
} BertBlock;

typedef struct Bert {
	BertConfig config; /* with all defaults filled in */
	Embedding words;
	Position positions;
	Var *kinds; /* (kinds,D) */
	LayerNorm norm;
	BertBlock *layer;
} Bert;

/* The parameters' names begin with "name." unless it is NULL or empty. First values are
 * N(0, 0.02^2), biases 0. Lives in params->arena. Stops where the sizes do not fit each
 * other. */
Bert *bert_new_at(
        Site site, Params *params, const char *name, const BertConfig *config, Rng *rng);
#define bert_new(...) bert_new_at(HERE, __VA_ARGS__)

/* ids (B,T) -> (B,T,D), padding zero; ids and lengths as in embedding.h. rng NULL: no
 * dropout. */
Sequence bert_forward_at(Site site, const Bert *model, Tape *tape, const int ids[], int B,
        int T, const int lengths[], Rng *rng);
#define bert_forward(...) bert_forward_at(HERE, __VA_ARGS__)
/* Parts of it, as llama_run_at; from 0 begins with positions, kind and norm. */
Sequence bert_run_at(
        Site site, const Bert *model, Tape *tape, Sequence x, int from, int to, Rng *rng);

/* Adapters in all blocks (lora.h, grouped_adapt). The other parameters learn as before:
 * freeze them. */
void bert_adapt_at(
        Site site, Bert *model, Params *params, int rank, real alpha, Rng *rng);
#define bert_adapt(...) bert_adapt_at(HERE, __VA_ARGS__)

/* One block. */
BertBlock bert_block_new_at(
        Site site, Params *params, const char *name, const BertConfig *config, Rng *rng);
Sequence bert_block_forward_at(
        Site site, const BertBlock *block, Tape *tape, Sequence x, Rng *rng);

#endif
