/* weights.h: the weights of a published language model, wherever they lie: in a GGUF file
 * or in model.safetensors, under the names that the layers give their parameters. */
#ifndef EMOTIONNET_LANGUAGE_WEIGHTS_H
#define EMOTIONNET_LANGUAGE_WEIGHTS_H

#include "emotionnet/language/config.h"
#include "layers/params.h"
#include "tensor/file/safetensors.h"

typedef struct LanguageTensor {
	const char *name; /* the parameter's */
	const char *own;  /* the file's */
	const BlockLayout *layout;
	int ndim, shape[GGUF_MAX_DIMS];
	const unsigned char *data; /* in the mapped file */
	bool turned;               /* it is held as (in,out): to be transposed */
} LanguageTensor;

typedef struct LanguageWeights {
	const char *path;
	LanguageTensor *tensors; /* `count` of them, by name */
	int count;
} LanguageWeights;

/* What no layer here uses is left out: a pooler, buffers of a mask. Fails where a tensor
 * has more than four dimensions or is of whole numbers. */
bool weights_of_gguf(LanguageWeights *weights, Arena *arena, const Gguf *gguf,
        LanguageFamily family, Error *error);
bool weights_of_safetensors(LanguageWeights *weights, Arena *arena,
        const SafetensorsFile *file, LanguageFamily family, Error *error);

const LanguageTensor *weights_find(const LanguageWeights *weights, const char *name);

/* Fills every parameter of the list whose name begins with `prefix` ("" or "text.lm."),
 * from the tensor of the rest of its name. All or nothing: where a name is missing,
 * another shape or left over, nothing is changed, and the error lists them.
 *
 * A parameter that has memory gets numbers. One that has none (params_new_to_load) stays
 * where the file holds it, if a layer can read it there (autograd/fast/stored.h), and so
 * needs no memory. */
bool weights_fill(const LanguageWeights *weights, const Params *params,
        const char *prefix, Error *error);

/* The numbers of the tensor of this name, a parameter's without prefix, in `arena`. Stops if
 * there is none. */
Tensor weights_numbers(const LanguageWeights *weights, Arena *arena, const char *name);

/* The parameter as numbers of its own, of `arena`, that can be learnt: with a gradient. */
void weights_learn(
        const LanguageWeights *weights, Arena *arena, const char *prefix, Var *parameter);

#endif
