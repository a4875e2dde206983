#include "tests/support/listener.h"

#include "audio/mel/settings.h"
#include "text/vocabulary_text.h"

#include <math.h>
#include <stdlib.h>

static Checkpoint model_of(Arena *arena, Listener kind, bool face)
{
	static const char *const names[LISTENER_CLASSES] = { "anger", "joy", "neutral" };
	int width = LISTENER_MELS + FRAMES_PITCH;
	ModalitySet reads = { .has = { [MODALITY_TEXT] = kind.words,
		                      [MODALITY_SPEECH] = true,
		                      [MODALITY_FACE] = face } };
	Checkpoint c = {
		.config = { .reads = reads,
		        .fusion = fusion_find(kind.fusion),
		        .encoder[MODALITY_TEXT] = { .kind = &encoder_words_cnn,
		                .embed = 4,
		                .hidden = 6 },
		        .encoder[MODALITY_SPEECH] = { .kind = kind.speech,
		                .in = width,
		                .hidden = 20 },
		        .encoder[MODALITY_FACE] = { .kind = &encoder_frames_cnn,
		                .hidden = 6 },
		        .classes = LISTENER_CLASSES,
		        .hidden = 8 },
		.frontend = { .reads = reads,
		        .width[MODALITY_SPEECH] = width,
		        .max_words = 50,
		        .frames = { .max_seconds = 30,
		                .pitch = true,
		                .trim = !kind.causal,
		                .causal = kind.causal },
		        .normalise = kind.normalise,
		        .labels = { .names = names, .count = LISTENER_CLASSES } },
		.params = params_new(arena),
		.modality_dropout = 0.25,
		.source = "test",
		.speakers = "ann",
	};
	real *level = ARENA_ARRAY(arena, real, 2 * (size_t)width);
	for (int f = 0; f < width; f++) {
		level[f] = (real)(-3 - f * 0.1);
		level[width + f] = (real)(0.2 + f * 0.01);
	}
	c.frontend.mean[MODALITY_SPEECH] = level;
	c.frontend.scale[MODALITY_SPEECH] = level + width;
	static const real face_mean[] = { 1, 2 }, face_scale[] = { 2, 1 };
	static const char *const face_names[] = { "a", "b" };
	c.frontend.width[MODALITY_FACE] = 2;
	c.frontend.face_names = face_names;
	c.frontend.mean[MODALITY_FACE] = face_mean;
	c.frontend.scale[MODALITY_FACE] = face_scale;
	mel_preset(&c.frontend.frames.mel, "torchaudio");
	c.frontend.frames.mel.bands.count = LISTENER_MELS;
	c.frontend.frames.mel.stft.hop = 320;
	if (kind.causal)
		c.frontend.frames.mel.stft.padding = STFT_WHOLE;
	frames_plan(arena, &c.frontend.frames);
	Error error;
	if (!vocabulary_from_text(&c.frontend.vocabulary, arena, "test",
	            "<pad>\n<unk>\nglad\nday\nbad", &error))
		abort();
	checkpoint_widths(&c);
	Rng rng = rng_new(5);
	model_new(arena, &c.params, &c.config, &rng);
	return c;
}

Checkpoint listener_model(Arena *arena, Listener kind)
{
	return model_of(arena, kind, false);
}

Checkpoint listener_model_with_face(Arena *arena, Listener kind)
{
	return model_of(arena, kind, true);
}

void listener_speak(Clip *clip, double begin, double end)
{
	double phase = 0;
	for (int n = (int)(begin * clip->rate); n < (int)(end * clip->rate); n++) {
		double t = (double)n / clip->rate;
		phase += (120 + 40 * sin(3 * t)) / clip->rate;
		phase -= floor(phase);
		clip->samples[n] += (real)((0.2 + 0.1 * sin(9 * t)) * (phase - 0.5));
	}
}

Clip listener_silence(Arena *arena, int rate, double seconds)
{
	Clip clip = { .rate = rate, .count = (int)(seconds * rate) };
	clip.samples = ARENA_ARRAY(arena, real, (size_t)clip.count);
	Rng rng = rng_new(3);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] = (real)(0.0002 * ((double)rng_uniform(&rng) - 0.5));
	return clip;
}
