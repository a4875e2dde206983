/* encoders.c: the encoders of words and frames, each a struct with its build and its encode. */
#include "emotionnet/encoders.h"

#include "autograd/ops.h"
#include "layers/conv1d_max.h"
#include "layers/dropout.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "layers/pool.h"

enum { TEXT_WIDTHS = 3 };

static const int text_widths[TEXT_WIDTHS] = { 1, 3, 5 }; /* words a convolution sees */

Encoder encoder_new(Arena *arena, Params *params, const char *name,
        const EncoderConfig *config, bool embed_only, Rng *rng)
{
	Encoder encoder = { .config = *config, .name = name, .embed = config->in };
	const char *table = params_name(params, name, "embedding");
	if (config->kind->reads == READS_WORDS)
		encoder.embed = config->embed;
	if (config->kind->table)
		encoder.embedding.weight = config->kind->table(
		        HERE, params, table, config->in, encoder.embed);
	else if (config->kind->reads == READS_WORDS)
		encoder.embedding =
		        embedding_new(params, table, config->in, encoder.embed, 0, rng);
	if (!embed_only)
		config->kind->build(&encoder, arena, params, rng);
	return encoder;
}

Sequence encoder_embed(const Encoder *encoder, Tape *tape, const Batch *batch,
        ModalityKind modality, Rng *rng)
{
	const EncoderKind *kind = encoder->config.kind;
	const int *lengths = batch->lengths[modality];
	Tensor steps = batch->steps[modality];
	if (kind->reads != READS_WORDS)
		return (Sequence){ tape_constant(tape, steps, encoder->name), lengths };
	Sequence words =
	        kind->embed ? kind->embed(encoder, tape, batch)
	                    : embedding_forward(&encoder->embedding, tape, batch->ids,
	                              batch->size, batch->words, lengths);
	if (!encoder->config.pretrained)
		words.x = dropout_forward(tape, words.x, encoder->config.dropout, rng);
	return words;
}

/* ---- words ------------------------------------------------------------------------- */

static void words_cnn_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	int width = encoder->config.hidden / TEXT_WIDTHS;
	Conv1d *conv = ARENA_ARRAY(arena, Conv1d, TEXT_WIDTHS);
	for (int w = 0; w < TEXT_WIDTHS; w++) {
		Conv1dOptions same = { .kernel = text_widths[w],
			.padding = text_widths[w] / 2 };
		const char *name = arena_format(
		        params->arena, "%s.conv%d", encoder->name, text_widths[w]);
		conv[w] =
		        conv1d_new(params, name, encoder->config.embed, width, same, rng);
	}
	encoder->state = conv;
	encoder->seq = encoder->pooled = width * TEXT_WIDTHS;
}

static Encoded words_cnn_encode(
        const Encoder *encoder, Tape *tape, Sequence words, Rng *rng)
{
	(void)rng;
	const Conv1d *conv = encoder->state;
	Var *wide[TEXT_WIDTHS]; /* (B,T,H/3) each */
	for (int w = 0; w < TEXT_WIDTHS; w++)
		wide[w] = op_relu(tape, conv1d_forward(&conv[w], tape, words).x);
	Sequence seq = { op_concat(tape, 2, TEXT_WIDTHS, wide), words.lengths };
	return (Encoded){ .seq = seq, .pooled = pool_max(tape, seq) };
}

/* An LSTM over words or frames: half of the width in each direction. */
static void lstm_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	int half = encoder->config.hidden / 2;
	Lstm *lstm = ARENA_NEW(arena, Lstm);
	*lstm = lstm_new(params, params_name(params, encoder->name, "lstm"),
	        encoder->embed, half, LSTM_BOTH, rng);
	encoder->state = lstm;
	encoder->seq = encoder->pooled = 2 * half;
}

static Encoded words_lstm_encode(
        const Encoder *encoder, Tape *tape, Sequence words, Rng *rng)
{
	(void)rng;
	Sequence seq = lstm_forward(encoder->state, tape, words);
	return (Encoded){ .seq = seq, .pooled = pool_max(tape, seq) };
}

/* ---- frames ------------------------------------------------------------------------ */

/* (B,T,H) -> (B,2H): the mean and the maximum over time. */
static Encoded mean_and_max(Tape *tape, Sequence seq)
{
	Var *both = op_concat(tape, 1, INPUTS(pool_mean(tape, seq), pool_max(tape, seq)));
	return (Encoded){ seq, both };
}

void frames_convolutions(
        Encoder *encoder, Arena *arena, Params *params, Conv1dOptions options, Rng *rng)
{
	int hidden = encoder->config.hidden;
	Conv1d *conv = ARENA_ARRAY(arena, Conv1d, SPEECH_CONVOLUTIONS);
	conv[0] = conv1d_new(params, params_name(params, encoder->name, "conv1"),
	        encoder->config.in, hidden / 2, options, rng);
	conv[1] = conv1d_new(params, params_name(params, encoder->name, "conv2"),
	        hidden / 2, hidden, options, rng);
	encoder->state = conv;
	encoder->seq = hidden;
	encoder->pooled = 2 * hidden;
}

static void frames_cnn_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	Conv1dOptions same = { .kernel = SPEECH_WIDTH, .padding = SPEECH_WIDTH / 2 };
	frames_convolutions(encoder, arena, params, same, rng);
}

Encoded frames_cnn_encode(const Encoder *encoder, Tape *tape, Sequence frames, Rng *rng)
{
	const Conv1d *conv = encoder->state;
	Sequence seq = frames;
	for (int c = 0; c < SPEECH_CONVOLUTIONS; c++) {
		seq = conv1d_max_pool(&conv[c], tape, seq, SPEECH_POOL);
		seq.x = dropout_forward(tape, seq.x, encoder->config.dropout, rng);
	}
	return mean_and_max(tape, seq);
}

static void frames_lstm_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	lstm_build(encoder, arena, params, rng);
	encoder->pooled = 2 * encoder->seq;
}

Encoded frames_lstm_encode(const Encoder *encoder, Tape *tape, Sequence frames, Rng *rng)
{
	real dropout = encoder->config.dropout;
	Sequence pairs = max_pool1d(tape, frames, SPEECH_POOL);
	pairs.x = dropout_forward(tape, pairs.x, dropout, rng);
	Sequence seq = lstm_forward(encoder->state, tape, pairs);
	seq.x = dropout_forward(tape, seq.x, dropout, rng);
	return mean_and_max(tape, seq);
}

/* ---- the structs ------------------------------------------------------------------- */

const EncoderKind encoder_words_cnn = { "cnn", "convolutions over words", READS_WORDS,
	words_cnn_build, words_cnn_encode, NULL, NULL, NULL };
const EncoderKind encoder_words_lstm = { "lstm", "an LSTM in both directions over words",
	READS_WORDS, lstm_build, words_lstm_encode, NULL, NULL, NULL };
const EncoderKind encoder_frames_cnn = { "cnn", "convolutions over mel frames",
	READS_FRAMES, frames_cnn_build, frames_cnn_encode, NULL, NULL, NULL };
const EncoderKind encoder_frames_lstm = { "lstm",
	"an LSTM in both directions over mel frames", READS_FRAMES, frames_lstm_build,
	frames_lstm_encode, NULL, NULL, NULL };
const EncoderKind encoder_cnn_functionals = { "cnn+functionals",
	"convolutions over mel frames, functionals beside", READS_FRAMES,
	frames_cnn_build, frames_cnn_encode, &encoder_functionals, NULL, NULL };
const EncoderKind encoder_lstm_functionals = { "lstm+functionals",
	"an LSTM over mel frames, functionals beside", READS_FRAMES, frames_lstm_build,
	frames_lstm_encode, &encoder_functionals, NULL, NULL };
