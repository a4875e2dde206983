/* encoders.h: from word ids and mel frames to what fusion reads: each step embedded, each
 * step encoded, and one vector for the whole utterance. A CNN and an LSTM of each; and,
 * for a corpus that gives one vector an utterance instead, a small network over that. */
#ifndef EMOTIONNET_ENCODERS_H
#define EMOTIONNET_ENCODERS_H

#include "layers/conv1d.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/lstm.h"

typedef enum EncoderKind { ENCODER_CNN, ENCODER_LSTM, ENCODER_VECTOR } EncoderKind;
const char *encoder_name(EncoderKind kind); /* "cnn", "lstm", "vector" */
bool encoder_from_name(const char *name, EncoderKind *kind);

typedef struct EncoderConfig {
	EncoderKind kind;
	int in;     /* words in the vocabulary; mel bands; numbers of a vector */
	int embed;  /* text: the width of a word vector */
	int hidden; /* the width of the encoder */
	real dropout;
} EncoderConfig;

typedef struct Encoded {
	Sequence seq; /* (B,T',H) */
	Var *pooled;  /* (B,P) */
} Encoded;

/* Text. CNN: convolutions over 1, 3 and 5 words side by side, maximum over time (Kim
 * 2014, with odd widths so that a step stays a word). LSTM: both ways, maximum over
 * time. */
enum { TEXT_WIDTHS = 3 };
typedef struct TextEncoder {
	EncoderKind kind;
	real dropout;
	Embedding embedding;
	Conv1d conv[TEXT_WIDTHS];
	Lstm lstm;
	int seq, pooled; /* H, P */
} TextEncoder;

/* Parameters "text.embedding.weight", and, unless embed_only, "text.conv1.weight", ...
 * or "text.lstm....". */
TextEncoder text_encoder_new(
        Params *params, const EncoderConfig *config, bool embed_only, Rng *rng);
/* ids (B,T), 0 where there is no word; rng NULL: no dropout. -> (B,T,E) */
Sequence text_embed(const TextEncoder *encoder, Tape *tape, const int *ids, int batch,
        int time, const int *lengths, Rng *rng);
Encoded text_encode(const TextEncoder *encoder, Tape *tape, Sequence words);

/* Speech. CNN: twice (convolution over 5 frames, ReLU, maximum of 2), then mean and
 * maximum over time. LSTM: both ways over pairs of frames' maxima, then mean and
 * maximum over time. */
typedef struct SpeechEncoder {
	EncoderKind kind;
	real dropout;
	Conv1d conv[2];
	Lstm lstm;
	int seq, pooled;
} SpeechEncoder;

SpeechEncoder speech_encoder_new(Params *params, const EncoderConfig *config, Rng *rng);
Encoded speech_encode(
        const SpeechEncoder *encoder, Tape *tape, Sequence frames, Rng *rng);

/* Vectors (B,T,F), T mostly 1: tanh(W x + b) of each with dropout before it, the mean
 * over time. It reads any modality that the corpus gives as numbers. */
typedef struct VectorEncoder {
	real dropout;
	Linear hidden;
	int seq, pooled;
} VectorEncoder;

/* Parameters "NAME.vector.weight" and ".bias", NAME being the modality's. */
VectorEncoder vector_encoder_new(
        Params *params, const char *name, const EncoderConfig *config, Rng *rng);
Encoded vector_encode(
        const VectorEncoder *encoder, Tape *tape, Sequence vectors, Rng *rng);

#endif
