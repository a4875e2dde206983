/* transformer.h: the blocks that a Transformer is a stack of (Vaswani et al. 2017),
 * PyTorch's nn.TransformerEncoderLayer and nn.TransformerDecoderLayer with batch_first.
 *
 *     encoder                                    decoder
 *     x = x + attention(x)                       x = x + attention(x), causal
 *                                                x = x + attention(x, memory)
 *     x = x + linear2(f(linear1(x)))             x = x + linear2(f(linear1(x)))
 *
 * with a LayerNorm before each sum's second term (norm_first) or after each sum. A
 * language model such as GPT is a stack of encoder blocks with the causal mask. Blocks in
 * a stack are an array and a loop: name them "layers.0", "layers.1", ... as PyTorch
 * does. */
#ifndef LAYERS_TRANSFORMER_H
#define LAYERS_TRANSFORMER_H

#include "autograd/smooth.h"
#include "layers/attention.h"
#include "layers/layernorm.h"

typedef struct TransformerOptions {
	int heads;
	int inner;       /* between linear1 and linear2; 0: 4 times the width */
	bool norm_first; /* trains without a warm-up (Xiong et al. 2020) */
	real dropout; /* of attention's weights, of f, and of each term before its sum */
	Var *(*activation)(Site site, Tape *tape, Var *x); /* op_gelu; NULL: op_relu */
} TransformerOptions;

typedef struct TransformerEncoder {
	Attention self_attn;
	Linear linear1, linear2;
	LayerNorm norm1, norm2;
	TransformerOptions options;
} TransformerEncoder;

typedef struct TransformerDecoder {
	Attention self_attn, multihead_attn; /* the second looks at the memory */
	Linear linear1, linear2;
	LayerNorm norm1, norm2, norm3;
	TransformerOptions options;
} TransformerDecoder;

/* Parameters "name.self_attn.in_proj_weight", ..., "name.norm2.bias", each by the default
 * of its layer, as in PyTorch. Stops unless heads divides width. */
TransformerEncoder transformer_encoder_new_at(Site site, Params *params, const char *name,
        int width, TransformerOptions options, Rng *rng);
TransformerDecoder transformer_decoder_new_at(Site site, Params *params, const char *name,
        int width, TransformerOptions options, Rng *rng);
#define transformer_encoder_new(...) transformer_encoder_new_at(HERE, __VA_ARGS__)
#define transformer_decoder_new(...) transformer_decoder_new_at(HERE, __VA_ARGS__)

/* (B,T,D) -> (B,T,D), padding unseen and zero. rng NULL (evaluation): no dropout. */
Sequence transformer_encoder_forward_at(Site site, const TransformerEncoder *block,
        Tape *tape, Sequence x, AttentionMask mask, Rng *rng);
/* x (B,T,D) that reads memory (B,U,D) -> (B,T,D). No step sees a later one of x. */
Sequence transformer_decoder_forward_at(Site site, const TransformerDecoder *block,
        Tape *tape, Sequence x, Sequence memory, Rng *rng);
#define transformer_encoder_forward(...) transformer_encoder_forward_at(HERE, __VA_ARGS__)
#define transformer_decoder_forward(...) transformer_decoder_forward_at(HERE, __VA_ARGS__)

#endif
