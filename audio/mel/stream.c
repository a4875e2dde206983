/* The stream keeps the samples from the beginning of the next frame on: fewer than one
 * window after each push. A long block is taken in pieces that fill the buffer, which has
 * room for sixteen frames, so that they are done together. Where hop > window, the
 * samples between frames are skipped. */
#include "audio/mel/stream.h"

#include <string.h>

struct MelStream {
	const MelPlan *plan;
	MelWork *work;
	real *buffer;   /* (room): from the beginning of the next frame */
	int room, held; /* samples */
	int skip;       /* samples still to come before the next frame begins */
	int window, hop, bands;
};

MelStream *mel_stream_new_at(Site site, Arena *arena, const MelPlan *plan)
{
	const MelSettings *s = mel_plan_settings(plan);
	if (s->stft.padding != STFT_WHOLE || s->top_db > 0)
		error_stop(site, "mel_stream_new",
		        "frames that are centred, or limited by the loudest of the clip, cannot be had before its end. Hint: stft.padding = STFT_WHOLE and top_db = 0.");
	MelStream *stream = ARENA_NEW(arena, MelStream);
	*stream = (MelStream){
		.plan = plan,
		.work = mel_work(arena, plan),
		.room = s->stft.window + (STFT_TOGETHER - 1) * s->stft.hop,
		.window = s->stft.window,
		.hop = s->stft.hop,
		.bands = s->bands.count,
	};
	stream->buffer = ARENA_ARRAY(arena, real, (size_t)stream->room);
	return stream;
}

int mel_stream_latency(const MelStream *stream)
{
	return stream->window;
}

static int complete_frames(const MelStream *stream, int held)
{
	return held < stream->window ? 0 : 1 + (held - stream->window) / stream->hop;
}

/* Takes what the buffer has room for; returns how many samples that is. */
static int take(MelStream *stream, const real *samples, int count)
{
	int skipped = stream->skip < count ? stream->skip : count;
	stream->skip -= skipped;
	int room = stream->room - stream->held, left = count - skipped;
	int taken = left < room ? left : room;
	memcpy(stream->buffer + stream->held, samples + skipped,
	        (size_t)taken * sizeof(real));
	stream->held += taken;
	return skipped + taken;
}

/* The complete frames in the buffer, at most sixteen, into `out`; then lets go of
 * their samples. */
static int drain(MelStream *stream, real *out)
{
	int frames = complete_frames(stream, stream->held);
	if (frames == 0)
		return 0;
	memcpy(out, mel_sixteen(stream->plan, stream->work, stream->buffer),
	        (size_t)frames * (size_t)stream->bands * sizeof(real));
	int done = frames * stream->hop;
	int dropped = done < stream->held ? done : stream->held;
	stream->held -= dropped;
	stream->skip = done - dropped;
	memmove(stream->buffer, stream->buffer + dropped,
	        (size_t)stream->held * sizeof(real));
	return frames;
}

Tensor mel_stream_push(MelStream *stream, Arena *arena, const real *samples, int count)
{
	int most = complete_frames(stream, stream->window + count) + 1;
	Tensor out = tensor_new(arena, SHAPE(most, stream->bands));
	int frames = 0;
	while (count > 0) {
		int taken = take(stream, samples, count);
		samples += taken;
		count -= taken;
		frames +=
		        drain(stream, out.data + (size_t)frames * (size_t)stream->bands);
	}
	return tensor_slice(out, 0, frames);
}

void mel_stream_restart(MelStream *stream)
{
	stream->held = 0;
	stream->skip = 0;
}
