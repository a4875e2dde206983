/* whole_encoders.c: a layer over numbers of the whole utterance: a vector that its corpus
 * gives, or the functionals of its clip. */
#include "emotionnet/encoders.h"

#include "autograd/ops.h"
#include "layers/dropout.h"
#include "layers/linear.h"
#include "layers/pool.h"

/* ---- vectors ----------------------------------------------------------------------- */

static void vectors_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	Linear *hidden = ARENA_NEW(arena, Linear);
	*hidden = linear_new(params, params_name(params, encoder->name, "vector"),
	        encoder->config.in, encoder->config.hidden, rng);
	encoder->state = hidden;
	encoder->seq = encoder->pooled = encoder->config.hidden;
}

static Encoded vectors_encode(
        const Encoder *encoder, Tape *tape, Sequence vectors, Rng *rng)
{
	Var *x = dropout_forward(tape, vectors.x, encoder->config.dropout, rng);
	Sequence seq = { op_tanh(tape, linear_forward(encoder->state, tape, x)),
		vectors.lengths };
	return (Encoded){ .seq = seq, .pooled = pool_mean(tape, seq) };
}

/* ---- functionals alone ------------------------------------------------------------- */

static void alone_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	if (encoder->config.hidden)
		vectors_build(encoder, arena, params, rng);
	else
		encoder->seq = encoder->pooled = encoder->config.in;
}

static Encoded alone_encode(const Encoder *encoder, Tape *tape, Sequence x, Rng *rng)
{
	if (encoder->config.hidden)
		return vectors_encode(encoder, tape, x, rng);
	return (Encoded){ .seq = x, .pooled = pool_mean(tape, x) };
}

const EncoderKind encoder_vectors = { .name = "vector",
	.summary = "a layer over the corpus's own vectors",
	.reads = READS_VECTORS,
	.build = vectors_build,
	.encode = vectors_encode };
const EncoderKind encoder_functionals = { .name = "functionals",
	.summary = "a layer over functionals of the clip",
	.reads = READS_FUNCTIONALS,
	.build = alone_build,
	.encode = alone_encode };
