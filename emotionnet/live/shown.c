/* shown.c: the last frames, the oldest of which make way. */
#include "emotionnet/live/shown.h"

#include "audio/mel/stream.h"
#include "emotionnet/features/frames.h"

#include <string.h>

struct Shown {
	MelStream *stream;
	Arena *scratch;
	long long begin; /* the first sample */
	long long frame; /* number of the first frame that is kept */
	int hop, count, most;
	Tensor kept, taken; /* (most,bands) */
};

Shown *shown_new(Arena *arena, const MelSettings *settings, long long at, int most)
{
	Shown *shown = ARENA_NEW(arena, Shown);
	MelSettings mel = *settings;
	mel.stft.padding = STFT_WHOLE;
	mel.top_db = 0;
	*shown = (Shown){
		.stream = mel_stream_new(arena, mel_plan(arena, &mel, FRAMES_RATE)),
		.scratch = arena_child(arena, "shown"),
		.begin = at,
		.hop = mel.stft.hop,
		.most = most,
		.kept = tensor_new(arena, SHAPE(most, mel.bands.count)),
		.taken = tensor_new(arena, SHAPE(most, mel.bands.count)),
	};
	return shown;
}

void shown_push(Shown *shown, const real *samples, int count)
{
	arena_reset(shown->scratch);
	Tensor made = mel_stream_push(shown->stream, shown->scratch, samples, count);
	size_t width = (size_t)made.shape[1];
	int over = shown->count + made.shape[0] - shown->most;
	if (over > 0) {
		memmove(shown->kept.data, shown->kept.data + (size_t)over * width,
		        (size_t)(shown->count - over) * width * sizeof(real));
		shown->count -= over;
		shown->frame += over;
	}
	memcpy(shown->kept.data + (size_t)shown->count * width, made.data,
	        tensor_count(made) * sizeof(real));
	shown->count += made.shape[0];
}

Tensor shown_take(Shown *shown, long long *first)
{
	Tensor out = tensor_slice(shown->taken, 0, shown->count);
	memcpy(out.data, shown->kept.data, tensor_count(out) * sizeof(real));
	*first = shown->begin + shown->frame * shown->hop;
	shown->frame += shown->count;
	shown->count = 0;
	return out;
}
