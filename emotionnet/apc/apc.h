/* apc.h: autoregressive predictive coding (Chung, Hsu, Tang & Glass 2019): a recurrent
 * network that hears a clip up to now and says what frame comes n steps later. It needs no
 * labels, only sound; and what it has to know to be right, which sounds follow each other,
 * how loudness and pitch go on, is what an encoder of emotions can use. It is the language
 * model of sound. */
#ifndef EMOTIONNET_APC_APC_H
#define EMOTIONNET_APC_APC_H

#include "layers/gru.h"
#include "layers/linear.h"

enum { APC_LAYERS = 4, APC_HIDDEN = 2048, APC_AHEAD = 100 }; /* at most */

typedef struct ApcConfig {
	int in;     /* F numbers a frame */
	int hidden; /* H of each layer */
	int layers; /* of GRUs, L */
	int ahead;  /* n: how many frames later lies what it predicts */
} ApcConfig;

typedef struct Apc {
	ApcConfig config;
	Gru layer[APC_LAYERS];
	Linear predict; /* (H) -> (F) */
} Apc;

/* The l-th layer: parameters "NAME.weight_ih_lL" and so on, as nn.GRU has them. */
Gru apc_layer(const ApcConfig *config, int l, Params *params, const char *name, Rng *rng);

/* Parameters "gru." and "predict.". */
Apc apc_new(const ApcConfig *config, Params *params, Rng *rng);

/* Layers from..to-1 over what the one below them says (0: the frames, (B,T,F)): (B,T,H). Each
 * state knows the frames up to its own. With from = to, x itself. */
Sequence apc_layers(const Gru layer[], int from, int to, Tape *tape, Sequence x);

/* The sum of |prediction - frame t + n| over all frames that have such a later one and over
 * their F numbers, divided by `total`: a scalar. Every clip must be longer than n. */
Var *apc_loss(const Apc *apc, Tape *tape, Sequence frames, real total);

/* What `frames` (T,F) are predicted with: the sum of the absolute errors; and the same of
 * saying that nothing changes, frame t itself. */
typedef struct ApcError {
	double predicted, repeated;
} ApcError;
ApcError apc_error(const Apc *apc, Tape *tape, Tensor frames);

#endif
