#include "emotionnet/encoders.h"

#include "autograd/ops.h"
#include "layers/dropout.h"
#include "layers/pool.h"

#include <string.h>

static const char *const kind_names[] = {
	[ENCODER_CNN] = "cnn", [ENCODER_LSTM] = "lstm", [ENCODER_VECTOR] = "vector"
};
static const int text_widths[TEXT_WIDTHS] = { 1, 3, 5 }; /* words a convolution sees */

enum { SPEECH_WIDTH = 5, SPEECH_POOL = 2 };

const char *encoder_name(EncoderKind kind)
{
	return kind_names[kind];
}

bool encoder_from_name(const char *name, EncoderKind *kind)
{
	for (int k = ENCODER_CNN; k <= ENCODER_VECTOR; k++) {
		if (strcmp(name, kind_names[k]))
			continue;
		*kind = (EncoderKind)k;
		return true;
	}
	return false;
}

static Sequence relu(Tape *tape, Sequence s)
{
	return (Sequence){ op_relu(tape, s.x), s.lengths };
}

/* ---- text -------------------------------------------------------------------------- */

TextEncoder text_encoder_new(
        Params *params, const EncoderConfig *config, bool embed_only, Rng *rng)
{
	TextEncoder encoder = { .kind = config->kind, .dropout = config->dropout };
	encoder.embedding = embedding_new(
	        params, "text.embedding", config->in, config->embed, 0, rng);
	if (embed_only)
		return encoder;
	if (config->kind == ENCODER_LSTM) {
		encoder.lstm = lstm_new(params, "text.lstm", config->embed,
		        config->hidden / 2, LSTM_BOTH, rng);
		encoder.seq = encoder.pooled = config->hidden / 2 * 2;
		return encoder;
	}
	for (int w = 0; w < TEXT_WIDTHS; w++) {
		const char *name =
		        arena_format(params->arena, "text.conv%d", text_widths[w]);
		Conv1dOptions same = { .kernel = text_widths[w],
			.padding = text_widths[w] / 2 };
		encoder.conv[w] = conv1d_new(params, name, config->embed,
		        config->hidden / TEXT_WIDTHS, same, rng);
	}
	encoder.seq = encoder.pooled = config->hidden / TEXT_WIDTHS * TEXT_WIDTHS;
	return encoder;
}

Sequence text_embed(const TextEncoder *encoder, Tape *tape, const int *ids, int batch,
        int time, const int *lengths, Rng *rng)
{
	Sequence words =
	        embedding_forward(&encoder->embedding, tape, ids, batch, time, lengths);
	words.x = dropout_forward(tape, words.x, encoder->dropout, rng);
	return words;
}

Encoded text_encode(const TextEncoder *encoder, Tape *tape, Sequence words)
{
	Sequence seq;
	if (encoder->kind == ENCODER_LSTM) {
		seq = lstm_forward(&encoder->lstm, tape, words);
	} else {
		Var *wide[TEXT_WIDTHS]; /* (B,T,H/3) each */
		for (int w = 0; w < TEXT_WIDTHS; w++)
			wide[w] =
			        relu(tape, conv1d_forward(&encoder->conv[w], tape, words))
			                .x;
		seq = (Sequence){ op_concat(tape, 2, TEXT_WIDTHS, wide), words.lengths };
	}
	return (Encoded){ .seq = seq, .pooled = pool_max(tape, seq) };
}

/* ---- speech ------------------------------------------------------------------------ */

SpeechEncoder speech_encoder_new(Params *params, const EncoderConfig *config, Rng *rng)
{
	SpeechEncoder encoder = { .kind = config->kind, .dropout = config->dropout };
	int hidden = config->hidden;
	if (config->kind == ENCODER_LSTM) {
		encoder.lstm = lstm_new(
		        params, "speech.lstm", config->in, hidden / 2, LSTM_BOTH, rng);
		hidden = hidden / 2 * 2;
	} else {
		Conv1dOptions same = { .kernel = SPEECH_WIDTH,
			.padding = SPEECH_WIDTH / 2 };
		encoder.conv[0] = conv1d_new(
		        params, "speech.conv1", config->in, hidden / 2, same, rng);
		encoder.conv[1] =
		        conv1d_new(params, "speech.conv2", hidden / 2, hidden, same, rng);
	}
	encoder.seq = hidden;
	encoder.pooled = 2 * hidden;
	return encoder;
}

Encoded speech_encode(const SpeechEncoder *encoder, Tape *tape, Sequence frames, Rng *rng)
{
	Sequence seq = frames;
	if (encoder->kind == ENCODER_LSTM) {
		seq = max_pool1d(tape, seq, SPEECH_POOL);
		seq = lstm_forward(&encoder->lstm, tape, seq);
	} else {
		for (int c = 0; c < 2; c++) {
			seq = relu(tape, conv1d_forward(&encoder->conv[c], tape, seq));
			seq = max_pool1d(tape, seq, SPEECH_POOL);
			seq.x = dropout_forward(tape, seq.x, encoder->dropout, rng);
		}
	}
	Var *summaries[] = { pool_mean(tape, seq), pool_max(tape, seq) }; /* (B,H) each */
	return (Encoded){ .seq = seq, .pooled = op_concat(tape, 1, 2, summaries) };
}

/* ---- vectors ----------------------------------------------------------------------- */

VectorEncoder vector_encoder_new(
        Params *params, const char *name, const EncoderConfig *config, Rng *rng)
{
	return (VectorEncoder){
		.dropout = config->dropout,
		.hidden =
		        linear_new(params, arena_format(params->arena, "%s.vector", name),
		                config->in, config->hidden, rng),
		.seq = config->hidden,
		.pooled = config->hidden,
	};
}

Encoded vector_encode(
        const VectorEncoder *encoder, Tape *tape, Sequence vectors, Rng *rng)
{
	Var *x = dropout_forward(tape, vectors.x, encoder->dropout, rng);
	Sequence seq = { op_tanh(tape, linear_forward(&encoder->hidden, tape, x)),
		vectors.lengths };
	return (Encoded){ .seq = seq, .pooled = pool_mean(tape, seq) };
}
