#include "tests/bench/models.h"
#include "autograd/ops.h"
#include "layers/conv1d_max.h"
#include "layers/conv2d.h"
#include "layers/embedding.h"
#include "layers/groupnorm.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "layers/pool.h"

#include <string.h>

enum { CLASSES = 6, DIGITS = 10, WORD_WIDTH = 100, HIDDEN = 128 };

Data data_new(Arena *arena, const Model *model, int count, Rng *rng)
{
	const Sizes *sizes = model->sizes;
	Data data = { .count = count };
	if (model->pixels)
		data.pixels = tensor_new(arena, SHAPE(count, model->pixels));
	if (model->reads_frames)
		data.frames = tensor_new(arena, SHAPE(count, FRAMES, MELS));
	Tensor inputs = model->pixels ? data.pixels : data.frames;
	for (size_t i = 0; inputs.data && i < tensor_count(inputs); i++)
		inputs.data[i] = (real)rng_normal(rng);

	int *ids = ARENA_ARRAY(arena, int, (size_t)(count * sizes->words));
	for (int i = 0; i < count * sizes->words; i++)
		ids[i] = rng_below(rng, sizes->vocabulary);
	int *labels = ARENA_ARRAY(arena, int, (size_t)(count * sizes->labels)),
	    *word_lengths = ARENA_ARRAY(arena, int, (size_t)count),
	    *frame_lengths = ARENA_ARRAY(arena, int, (size_t)count);
	for (int i = 0; i < count * sizes->labels; i++)
		labels[i] = rng_below(rng, model->classes);
	for (int b = 0; b < count; b++) {
		word_lengths[b] = sizes->words;
		frame_lengths[b] = FRAMES;
	}
	data.ids = ids;
	data.labels = labels;
	data.word_lengths = word_lengths;
	data.frame_lengths = frame_lengths;
	return data;
}

static Sequence frames_of(Tape *tape, const Data *data, int begin, int end)
{
	Tensor frames = tensor_slice(data->frames, begin, end);
	return (Sequence){ tape_constant(tape, frames, "frames"),
		data->frame_lengths + begin };
}

static Sequence words_of(
        const Embedding *embedding, Tape *tape, const Data *data, int begin, int end)
{
	return embedding_forward(embedding, tape, data->ids + begin * WORDS, end - begin,
	        WORDS, data->word_lengths + begin);
}

/* ---- mlp ---- */

typedef struct Mlp {
	Linear a, b, c;
} Mlp;

static void *mlp_build(Arena *arena, Params *params, Rng *rng)
{
	Mlp *mlp = ARENA_NEW(arena, Mlp);
	mlp->a = linear_new(params, "a", PIXELS, 256, rng);
	mlp->b = linear_new(params, "b", 256, 128, rng);
	mlp->c = linear_new(params, "c", 128, DIGITS, rng);
	return mlp;
}

static Var *mlp_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const Mlp *mlp = layers;
	Var *x = tape_constant(tape, tensor_slice(data->pixels, begin, end), "pixels");
	x = op_relu(tape, linear_forward(&mlp->a, tape, x));
	x = op_relu(tape, linear_forward(&mlp->b, tape, x));
	return linear_forward(&mlp->c, tape, x);
}

/* ---- text: embedding and LSTM, the last state ---- */

typedef struct Text {
	Embedding embedding;
	Lstm lstm;
} Text;

static Text text_new(Params *params, Rng *rng)
{
	Text text;
	text.embedding = embedding_new(
	        params, "text.emb", VOCABULARY, WORD_WIDTH, EMBEDDING_NO_PADDING, rng);
	text.lstm =
	        lstm_new(params, "text.rnn", WORD_WIDTH, HIDDEN, LSTM_ONE_DIRECTION, rng);
	return text;
}

static Var *text_encode(
        const Text *text, Tape *tape, const Data *data, int begin, int end)
{
	Sequence words = words_of(&text->embedding, tape, data, begin, end);
	return lstm_last(&text->lstm, tape, lstm_forward(&text->lstm, tape, words));
}

/* ---- speech: twice convolution, ReLU and maximum of two, in one; then the mean ---- */

typedef struct Speech {
	Conv1d conv[2];
} Speech;

static Speech speech_new(Params *params, Rng *rng)
{
	Speech speech;
	Conv1dOptions options = { .kernel = 5 };
	speech.conv[0] = conv1d_new(params, "speech.c1", MELS, 64, options, rng);
	speech.conv[1] = conv1d_new(params, "speech.c2", 64, 128, options, rng);
	return speech;
}

static Var *speech_encode(
        const Speech *speech, Tape *tape, const Data *data, int begin, int end)
{
	Sequence x = frames_of(tape, data, begin, end);
	for (int layer = 0; layer < 2; layer++)
		x = conv1d_max_pool(&speech->conv[layer], tape, x, 2);
	return pool_mean(tape, x);
}

/* ---- text_lstm ---- */

typedef struct TextLstm {
	Text text;
	Linear out;
} TextLstm;

static void *text_lstm_build(Arena *arena, Params *params, Rng *rng)
{
	TextLstm *model = ARENA_NEW(arena, TextLstm);
	model->text = text_new(params, rng);
	model->out = linear_new(params, "out", HIDDEN, CLASSES, rng);
	return model;
}

static Var *text_lstm_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const TextLstm *model = layers;
	Var *pooled = text_encode(&model->text, tape, data, begin, end);
	return linear_forward(&model->out, tape, pooled);
}

/* ---- text_cnn (Kim 2014) ---- */

enum { WIDTHS = 3, FILTERS = 100, NARROWEST = 3 };

typedef struct TextCnn {
	Embedding embedding;
	Conv1d conv[WIDTHS];
	Linear out;
} TextCnn;

static void *text_cnn_build(Arena *arena, Params *params, Rng *rng)
{
	TextCnn *model = ARENA_NEW(arena, TextCnn);
	static const char *const names[WIDTHS] = { "c3", "c4", "c5" };
	model->embedding = embedding_new(
	        params, "emb", VOCABULARY, WORD_WIDTH, EMBEDDING_NO_PADDING, rng);
	for (int i = 0; i < WIDTHS; i++)
		model->conv[i] = conv1d_new(params, names[i], WORD_WIDTH, FILTERS,
		        (Conv1dOptions){ .kernel = NARROWEST + i }, rng);
	model->out = linear_new(params, "out", WIDTHS * FILTERS, CLASSES, rng);
	return model;
}

static Var *text_cnn_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const TextCnn *model = layers;
	Sequence words = words_of(&model->embedding, tape, data, begin, end);
	Var *pooled[WIDTHS];
	for (int i = 0; i < WIDTHS; i++)
		pooled[i] = conv1d_max(&model->conv[i], tape, words);
	return linear_forward(&model->out, tape, op_concat(tape, 1, WIDTHS, pooled));
}

/* ---- speech_cnn ---- */

typedef struct SpeechCnn {
	Speech speech;
	Linear out;
} SpeechCnn;

static void *speech_cnn_build(Arena *arena, Params *params, Rng *rng)
{
	SpeechCnn *model = ARENA_NEW(arena, SpeechCnn);
	model->speech = speech_new(params, rng);
	model->out = linear_new(params, "out", HIDDEN, CLASSES, rng);
	return model;
}

static Var *speech_cnn_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const SpeechCnn *model = layers;
	Var *pooled = speech_encode(&model->speech, tape, data, begin, end);
	return linear_forward(&model->out, tape, pooled);
}

/* ---- speech_bilstm ---- */

typedef struct SpeechBilstm {
	Lstm lstm;
	Linear out;
} SpeechBilstm;

static void *speech_bilstm_build(Arena *arena, Params *params, Rng *rng)
{
	SpeechBilstm *model = ARENA_NEW(arena, SpeechBilstm);
	model->lstm = lstm_new(params, "rnn", MELS, HIDDEN / 2, LSTM_BOTH, rng);
	model->out = linear_new(params, "out", HIDDEN, CLASSES, rng);
	return model;
}

static Var *speech_bilstm_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const SpeechBilstm *model = layers;
	Sequence y = lstm_forward(&model->lstm, tape, frames_of(tape, data, begin, end));
	return linear_forward(&model->out, tape, lstm_last(&model->lstm, tape, y));
}

/* ---- emotionnet: text and speech, joined in the middle ---- */

typedef struct Emotionnet {
	Text text;
	Speech speech;
	Linear hidden, out;
} Emotionnet;

static void *emotionnet_build(Arena *arena, Params *params, Rng *rng)
{
	Emotionnet *model = ARENA_NEW(arena, Emotionnet);
	model->text = text_new(params, rng);
	model->speech = speech_new(params, rng);
	model->hidden = linear_new(params, "f1", 2 * HIDDEN, HIDDEN, rng);
	model->out = linear_new(params, "f2", HIDDEN, CLASSES, rng);
	return model;
}

static Var *emotionnet_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const Emotionnet *model = layers;
	Var *text = text_encode(&model->text, tape, data, begin, end);
	Var *speech = speech_encode(&model->speech, tape, data, begin, end);
	Var *joined = op_concat(tape, 1, INPUTS(text, speech));
	Var *hidden = op_relu(tape, linear_forward(&model->hidden, tape, joined));
	return linear_forward(&model->out, tape, hidden);
}

/* ---- face_cnn: pictures of 48 x 48 pixels, as emotionnet/encoder_pictures.c has them ---- */

enum { BLOCKS = 4, LAST = 48, PARTS = 9 };

typedef struct FaceCnn {
	Conv2d conv[BLOCKS];
	GroupNorm norm[BLOCKS];
	Linear hidden, out;
} FaceCnn;

static void *face_cnn_build(Arena *arena, Params *params, Rng *rng)
{
	static const int width[BLOCKS + 1] = { 1, 16, 32, 64, LAST };
	FaceCnn *model = ARENA_NEW(arena, FaceCnn);
	for (int i = 0; i < BLOCKS; i++) {
		const char *conv = arena_format(params->arena, "conv%d", i);
		const char *norm = arena_format(params->arena, "norm%d", i);
		model->conv[i] = conv2d_new(params, conv, width[i], width[i + 1],
		        (Conv2dOptions){ .kernel = 3, .padding = 1 }, rng);
		model->norm[i] = groupnorm_new(params, norm, width[i + 1], 1);
	}
	model->hidden = linear_new(params, "hidden", PARTS * LAST, 64, rng);
	model->out = linear_new(params, "out", 64, CLASSES, rng);
	return model;
}

static Var *face_cnn_logits(
        const void *layers, Tape *tape, const Data *data, int begin, int end)
{
	const FaceCnn *model = layers;
	Var *x = tape_constant(tape, tensor_slice(data->pixels, begin, end), "pixels");
	x = op_reshape(tape, x, SHAPE(end - begin, FACE, FACE, 1));
	for (int i = 0; i < BLOCKS; i++) {
		x = conv2d_max_pool(&model->conv[i], tape, x);
		x = op_relu(tape, groupnorm_forward(&model->norm[i], tape, x));
	}
	x = op_reshape(tape, x, SHAPE(end - begin, PARTS * LAST));
	x = op_relu(tape, linear_forward(&model->hidden, tape, x));
	return linear_forward(&model->out, tape, x);
}

static const Sizes usual = { BATCH, WORDS, VOCABULARY, 1 };

const Model models[] = {
	{ "mlp", PIXELS, false, false, DIGITS, &usual, mlp_build, mlp_logits },
	{ "text_lstm", 0, false, true, CLASSES, &usual, text_lstm_build,
	        text_lstm_logits },
	{ "text_cnn", 0, false, true, CLASSES, &usual, text_cnn_build, text_cnn_logits },
	{ "speech_cnn", 0, true, false, CLASSES, &usual, speech_cnn_build,
	        speech_cnn_logits },
	{ "speech_bilstm", 0, true, false, CLASSES, &usual, speech_bilstm_build,
	        speech_bilstm_logits },
	{ "emotionnet", 0, true, true, CLASSES, &usual, emotionnet_build,
	        emotionnet_logits },
	{ "face_cnn", FACE_PIXELS, false, false, CLASSES, &usual, face_cnn_build,
	        face_cnn_logits },
	{ "gpt", 0, false, true, 1000, &gpt_sizes, gpt_build, gpt_logits },
	{ .name = NULL },
};

const Model *model_find(const char *name)
{
	for (const Model *model = models; model->name; model++)
		if (!strcmp(model->name, name))
			return model;
	return NULL;
}
