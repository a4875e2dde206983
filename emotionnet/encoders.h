/* encoders.h: from word ids and mel frames to what fusion reads: each step embedded, each
 * step encoded, and one vector for the whole utterance. A CNN and an LSTM of each;
 * and a layer over numbers that tell of the whole utterance (whole_encoders.c).
 *
 * An encoder is a struct, as a fusion is: what it reads, how it is built, how it runs. A
 * new one needs an entry in the list of experiment/kinds.c, and no change here. */
#ifndef EMOTIONNET_ENCODERS_H
#define EMOTIONNET_ENCODERS_H

#include "emotionnet/batch.h"
#include "layers/conv1d.h"
#include "layers/embedding.h"
#include "layers/sequence.h"

typedef struct EncoderKind EncoderKind;

typedef struct EncoderConfig {
	const EncoderKind *kind;
	int in;     /* words in the vocabulary; mel bands; numbers of a vector */
	int embed;  /* of words: the width of a word vector */
	int hidden; /* the width of the encoder */
	real dropout;
	int whole;                           /* functionals beside the frames; 0: none */
	const struct Pretrained *pretrained; /* what its kind begins with, or NULL */
} EncoderConfig;

typedef struct Encoder {
	EncoderConfig config;
	const char *name;       /* of its modality: its parameters' names begin so */
	int embed, seq, pooled; /* the widths E, H and P of what fusion reads */
	Embedding embedding;    /* of words, or of n-grams */
	void *state;            /* what `build` made */
} Encoder;

typedef struct Encoded {
	Sequence seq; /* (B,T',H) */
	Var *pooled;  /* (B,P) */
} Encoded;

typedef enum EncoderInput {
	READS_WORDS,       /* ids, which the model embeds first */
	READS_FRAMES,      /* of sound */
	READS_FUNCTIONALS, /* of sound: numbers of the whole clip, one step */
	READS_VECTORS,     /* that the corpus gives (rows.h), of any modality */
} EncoderInput;

struct EncoderKind {
	const char *name, *summary;
	EncoderInput reads;
	/* Adds the parameters, which begin with the encoder's name; fills in its state,
	 * which lives in the arena, and the widths `seq` and `pooled`. */
	void (*build)(Encoder *encoder, Arena *arena, Params *params, Rng *rng);
	/* (B,T,E) -> (B,T',H) and (B,P). rng NULL: no dropout. */
	Encoded (*encode)(const Encoder *encoder, Tape *tape, Sequence x, Rng *rng);
	/* Reads functionals of the clip, which fusion is given as one modality more. */
	const EncoderKind *beside;
	/* Of words: their table, and (B,T,E) from it; NULL: a row for each word. */
	Var *(*table)(Site site, Params *params, const char *name, int ids, int width);
	Sequence (*embed)(const Encoder *encoder, Tape *tape, const Batch *batch);
};

/* Words: convolutions over 1, 3 and 5 words side by side, maximum over time (Kim 2014,
 * with odd widths so that a step stays a word); an LSTM in both directions, maximum over
 * time. */
extern const EncoderKind encoder_words_cnn, encoder_words_lstm;
/* Frames: twice (convolution over 5 frames, ReLU, maximum of 2), then mean and maximum
 * over time; an LSTM in both directions over pairs of frames' maxima, then the same. */
extern const EncoderKind encoder_frames_cnn, encoder_frames_lstm;
/* The same, and functionals of the clip (audio/functionals/) beside, half as wide. */
extern const EncoderKind encoder_cnn_functionals, encoder_lstm_functionals;
/* Their parts, which encoder_causal.h makes others of. Convolutions: SPEECH_CONVOLUTIONS
 * Conv1d become the state; frames_cnn_encode runs those, frames_lstm_encode an Lstm. */
enum { SPEECH_WIDTH = 5, SPEECH_POOL = 2, SPEECH_CONVOLUTIONS = 2 };
void frames_convolutions(
        Encoder *encoder, Arena *arena, Params *params, Conv1dOptions options, Rng *rng);
Encoded frames_cnn_encode(const Encoder *encoder, Tape *tape, Sequence frames, Rng *rng);
Encoded frames_lstm_encode(const Encoder *encoder, Tape *tape, Sequence frames, Rng *rng);
/* Vectors (B,T,F), T mostly 1: tanh(W x + b) of each with dropout before it, the mean
 * over time. Functionals alone are one step, and the same is done with it; where the width
 * is 0 there is no such layer: with late fusion that is logistic regression. */
extern const EncoderKind encoder_vectors, encoder_functionals;

/* Parameters "NAME.embedding.weight" where it reads words, and, unless embed_only, those
 * of its kind. */
Encoder encoder_new(Arena *arena, Params *params, const char *name,
        const EncoderConfig *config, bool embed_only, Rng *rng);

/* What the encoder of this modality reads: (B,T,E). */
Sequence encoder_embed(const Encoder *encoder, Tape *tape, const Batch *batch,
        ModalityKind modality, Rng *rng);

#endif
