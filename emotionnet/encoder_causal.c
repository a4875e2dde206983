/* encoder_causal.c: frame by frame, what is remembered of the past is little: of a causal
 * convolution over k frames the last k - 1, of a pooled pair its first half, of an LSTM its
 * state, of the mean a sum, of the maximum itself. Everything is summed in the order in which
 * the layers do it, so that the bits are theirs. */
#include "emotionnet/encoder_causal.h"

#include "autograd/fast/kept.h"
#include "layers/lstm.h"
#include "layers/pool.h"

#include <string.h>

/* ---- the encoders ------------------------------------------------------------------ */

static void cnn_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	Conv1dOptions past = { .kernel = SPEECH_WIDTH, .causal = true };
	frames_convolutions(encoder, arena, params, past, rng);
}

static void lstm_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	Lstm *lstm = ARENA_NEW(arena, Lstm);
	*lstm = lstm_new(params, params_name(params, encoder->name, "lstm"),
	        encoder->config.in, encoder->config.hidden, LSTM_ONE_DIRECTION, rng);
	encoder->state = lstm;
	encoder->seq = encoder->config.hidden;
	encoder->pooled = 2 * encoder->seq;
}

const EncoderKind encoder_cnn_causal = { .name = "cnn-causal",
	.summary = "convolutions over mel frames that have come, their statistics beside",
	.reads = READS_FRAMES,
	.build = cnn_build,
	.encode = frames_cnn_encode,
	.beside = &encoder_functionals };
const EncoderKind encoder_lstm_causal = { .name = "lstm-causal",
	.summary = "an LSTM in one direction over mel frames, their statistics beside",
	.reads = READS_FRAMES,
	.build = lstm_build,
	.encode = frames_lstm_encode,
	.beside = &encoder_functionals };

bool encoder_causal(const EncoderKind *kind)
{
	return kind == &encoder_cnn_causal || kind == &encoder_lstm_causal;
}

/* ---- pairs ------------------------------------------------------------------------- */

/* The maximum of each two rows as they come. */
typedef struct Pairs {
	int width;
	bool relu;   /* of the maximum */
	bool waits;  /* for the second of a pair */
	real *first; /* (width) */
} Pairs;

static Pairs pairs_new(Arena *arena, int width, bool relu)
{
	return (Pairs){ .width = width,
		.relu = relu,
		.first = ARENA_ARRAY(arena, real, (size_t)width) };
}

/* The largest of `count` rows, one or two, as conv1d_max_pool and max_pool1d have it. */
static void pair_max(
        const Pairs *pairs, real *to, const real *rows, int count, Arena *arena)
{
	pool_max_over(rows, count, pairs->width, to,
	        ARENA_ARRAY(arena, int, (size_t)pairs->width));
	for (int f = 0; f < pairs->width && pairs->relu; f++)
		to[f] = to[f] < 0 ? 0 : to[f];
}

/* The pairs that are whole with the next rows (n,width): (pairs,width) in the arena. */
static Tensor pairs_push(Pairs *pairs, Arena *arena, Tensor rows)
{
	size_t width = (size_t)pairs->width;
	int before = pairs->waits, all = before + rows.shape[0];
	real *both = arena_alloc(arena, (size_t)all * width * sizeof(real));
	memcpy(both, pairs->first, (size_t)before * width * sizeof(real));
	memcpy(both + (size_t)before * width, rows.data,
	        tensor_count(rows) * sizeof(real));
	Tensor out = tensor_new(arena, SHAPE(all / SPEECH_POOL, pairs->width));
	for (int p = 0; p < all / SPEECH_POOL; p++)
		pair_max(pairs, out.data + (size_t)p * width,
		        both + (size_t)(p * SPEECH_POOL) * width, SPEECH_POOL, arena);
	pairs->waits = all % SPEECH_POOL;
	if (pairs->waits)
		memcpy(pairs->first, both + (size_t)(all - 1) * width,
		        width * sizeof(real));
	return out;
}

/* What the pair that waits would be if no more came: (1,width), or without rows. */
static Tensor pairs_left(const Pairs *pairs, Arena *arena)
{
	Tensor out = tensor_new(arena, SHAPE(pairs->waits, pairs->width));
	if (pairs->waits)
		pair_max(pairs, out.data, pairs->first, 1, arena);
	return out;
}

/* ---- convolutions ------------------------------------------------------------------ */

/* One convolution, and the frames before the next that it still sees. */
typedef struct Window {
	Conv1d conv; /* without its padding, which `past` begins with */
	Tensor past; /* (kernel-1,in) */
	Pairs pairs;
} Window;

static void forget(Tensor x)
{
	memset(x.data, 0, tensor_count(x) * sizeof(real));
}

static void window_restart(Window *window)
{
	forget(window->past);
	window->pairs.waits = false;
}

static Window window_new(Arena *arena, const Conv1d *conv)
{
	const int *shape = conv->weight->value.shape;
	Window window = { .conv = *conv,
		.past = tensor_zeros(arena, SHAPE(conv->kernel - 1, shape[1])),
		.pairs = pairs_new(arena, shape[0], true) };
	window.conv.before = 0;
	return window;
}

/* A step for each of the next frames (n,in): (n,out). `keep`: they are remembered. */
static Tensor window_push(Window *window, Tape *tape, Tensor frames, bool keep)
{
	int n = frames.shape[0], in = window->past.shape[1];
	int *length = ARENA_ARRAY(tape->arena, int, 1);
	size_t before = tensor_count(window->past);
	*length = window->past.shape[0] + n;
	Tensor all = tensor_new(tape->arena, SHAPE(1, *length, in));
	memcpy(all.data, window->past.data, before * sizeof(real));
	memcpy(all.data + before, frames.data, tensor_count(frames) * sizeof(real));
	if (keep)
		memcpy(window->past.data, all.data + (size_t)n * (size_t)in,
		        before * sizeof(real));
	Sequence seen = { tape_constant(tape, all, "frames"), length };
	Tensor y = conv1d_forward(&window->conv, tape, seen).x->value;
	return tensor_reshape(y, SHAPE(n, y.shape[2]));
}

/* ---- a stream ---------------------------------------------------------------------- */

struct CausalStream {
	const Encoder *encoder;
	Tape tape;        /* of one push */
	int frames, room; /* room: frames, at most */
	/* cnn-causal */
	Window window[SPEECH_CONVOLUTIONS];
	/* lstm-causal */
	Pairs pairs;
	Tensor h, c; /* (1,H) */
	/* of either: */
	int count;
	Tensor steps;     /* (room,H) so far */
	Tensor sum, most; /* (1,H) of them */
	Tensor pooled;    /* (P) as it was last asked for */
};

static bool is_cnn(const CausalStream *stream)
{
	return stream->encoder->config.kind == &encoder_cnn_causal;
}

CausalStream *causal_stream_new(Arena *arena, const Encoder *encoder, int most)
{
	CausalStream *stream = ARENA_NEW(arena, CausalStream);
	int H = encoder->seq;
	*stream = (CausalStream){
		.encoder = encoder,
		.tape = tape_new(arena_child(arena, "frames that come")),
		.room = most,
		.steps = tensor_new(arena, SHAPE(most / SPEECH_POOL + 2, H)),
		.sum = tensor_zeros(arena, SHAPE(1, H)),
		.most = tensor_zeros(arena, SHAPE(1, H)),
		.pooled = tensor_new(arena, SHAPE(encoder->pooled)),
	};
	stream->tape.recording = false;
	stream->tape.kept = kept_new(arena);
	if (is_cnn(stream)) {
		const Conv1d *conv = encoder->state;
		for (int c = 0; c < SPEECH_CONVOLUTIONS; c++)
			stream->window[c] = window_new(arena, &conv[c]);
	} else {
		stream->pairs = pairs_new(arena, encoder->config.in, false);
		stream->h = tensor_zeros(arena, SHAPE(1, H));
		stream->c = tensor_zeros(arena, SHAPE(1, H));
	}
	return stream;
}

void causal_stream_restart(CausalStream *stream)
{
	stream->frames = 0;
	stream->count = 0;
	forget(stream->sum);
	for (int c = 0; c < SPEECH_CONVOLUTIONS && is_cnn(stream); c++)
		window_restart(&stream->window[c]);
	if (is_cnn(stream))
		return;
	stream->pairs.waits = false;
	forget(stream->h);
	forget(stream->c);
}

/* The next pairs (n,in) through the LSTM: (n,H). */
static Tensor lstm_push(CausalStream *stream, Tensor pairs, bool keep)
{
	Tape *tape = &stream->tape;
	int n = pairs.shape[0];
	int *length = ARENA_ARRAY(tape->arena, int, 1);
	*length = n;
	Tensor x = tensor_reshape(pairs, SHAPE(1, n, pairs.shape[1]));
	LstmState state = { tape_constant(tape, stream->h, "h"),
		tape_constant(tape, stream->c, "c") };
	Sequence seen = { tape_constant(tape, x, "pairs"), length };
	Tensor y = lstm_continue(stream->encoder->state, tape, seen, &state).x->value;
	if (keep) {
		memcpy(stream->h.data, state.h->value.data,
		        tensor_count(stream->h) * sizeof(real));
		memcpy(stream->c.data, state.c->value.data,
		        tensor_count(stream->c) * sizeof(real));
	}
	return tensor_reshape(y, SHAPE(n, y.shape[2]));
}

/* The steps that the next frames complete, as encode() makes them. */
static Tensor push(CausalStream *stream, Tensor x)
{
	Tape *tape = &stream->tape;
	if (!is_cnn(stream)) {
		x = pairs_push(&stream->pairs, tape->arena, x);
		return x.shape[0] ? lstm_push(stream, x, true) : x;
	}
	for (int c = 0; c < SPEECH_CONVOLUTIONS && x.shape[0]; c++) {
		x = window_push(&stream->window[c], tape, x, true);
		x = pairs_push(&stream->window[c].pairs, tape->arena, x);
	}
	return x;
}

/* The step that would follow if the clip ended here; without rows where there is none. */
static Tensor left(CausalStream *stream)
{
	Tape *tape = &stream->tape;
	if (!is_cnn(stream)) {
		Tensor x = pairs_left(&stream->pairs, tape->arena);
		return x.shape[0] ? lstm_push(stream, x, false) : x;
	}
	Window *first = &stream->window[0], *second = &stream->window[1];
	Tensor x = pairs_left(&first->pairs, tape->arena);
	if (!x.shape[0])
		return pairs_left(&second->pairs, tape->arena);
	x = window_push(second, tape, x, false);
	Pairs pairs = second->pairs; /* its row is written only where none waits there */
	Tensor whole = pairs_push(&pairs, tape->arena, x);
	return whole.shape[0] ? whole : pairs_left(&pairs, tape->arena);
}

/* Adds one step to sum and maximum, after `count` others. */
static void add_step(Tensor sum, Tensor most, const real *x, int count)
{
	for (int f = 0; f < sum.shape[1]; f++) {
		bool wins = !count || x[f] > most.data[f] || x[f] != x[f];
		sum.data[f] += x[f];
		most.data[f] = wins ? x[f] : most.data[f];
	}
}

void causal_stream_push(CausalStream *stream, Tensor frames)
{
	if (frames.shape[0] > stream->room - stream->frames)
		error_stop(HERE, "causal_stream_push",
		        "%d frames after %d: expected at most %d", frames.shape[0],
		        stream->frames, stream->room);
	if (!frames.shape[0])
		return;
	tape_reset(&stream->tape);
	stream->frames += frames.shape[0];
	Tensor made = push(stream, frames);
	for (int s = 0; s < made.shape[0]; s++) {
		const real *x = made.data + (size_t)s * (size_t)made.shape[1];
		add_step(stream->sum, stream->most, x, stream->count);
		memcpy(tensor_row(stream->steps, stream->count++).data, x,
		        (size_t)made.shape[1] * sizeof(real));
	}
}

int causal_stream_frames(const CausalStream *stream)
{
	return stream->frames;
}

void causal_stream_answer(CausalStream *stream, Tensor *steps, Tensor *pooled)
{
	Tape *tape = &stream->tape;
	int H = stream->encoder->seq, count = stream->count;
	tape_reset(tape);
	Tensor sum = tensor_clone(tape->arena, stream->sum);
	Tensor most = tensor_clone(tape->arena, stream->most);
	Tensor last = left(stream);
	if (last.shape[0]) {
		add_step(sum, most, last.data, count);
		memcpy(tensor_row(stream->steps, count++).data, last.data,
		        tensor_count(last) * sizeof(real));
	}
	for (int f = 0; f < H; f++) {
		stream->pooled.data[f] = sum.data[f] / (real)count;
		stream->pooled.data[H + f] = most.data[f];
	}
	*steps = tensor_slice(stream->steps, 0, count);
	*pooled = stream->pooled;
}
