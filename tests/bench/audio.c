/* From sound to features: the cases and names of torchaudio's side (n: samples of a
 * frame, m: mel bands; hop 160 at 16 kHz; noise), reading and resampling, and a folder of
 * clips on all threads. Those marked 1 are done on one thread in either. */
#include "audio/mel/settings.h"
#include "audio/mel/mfcc.h"
#include "audio/resample.h"
#include "audio/wav.h"
#include "tensor/rng.h"
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RATE = 16000, CLIPS = 64, CLIP_SECONDS = 3 };

typedef struct AudioCase {
	const char *feature;
	int fft, mels, seconds;
	int coefficients; /* of the MFCC; 0: log-mel */
} AudioCase;

static const AudioCase cases[] = {
	{ "logmel_n400_m40", 400, 40, 1, 0 },
	{ "logmel_n400_m40", 400, 40, 3, 0 },
	{ "logmel_n400_m40", 400, 40, 60, 0 },
	{ "logmel_n400_m80", 400, 80, 1, 0 },
	{ "logmel_n400_m80", 400, 80, 3, 0 },
	{ "logmel_n400_m80", 400, 80, 60, 0 },
	{ "logmel_n512_m40", 512, 40, 1, 0 },
	{ "logmel_n512_m40", 512, 40, 3, 0 },
	{ "logmel_n512_m40", 512, 40, 60, 0 },
	{ "logmel_n512_m80", 512, 80, 1, 0 },
	{ "logmel_n512_m80", 512, 80, 3, 0 },
	{ "logmel_n512_m80", 512, 80, 60, 0 },
	{ "mfcc40_n400_m80", 400, 80, 1, 40 },
	{ "mfcc40_n400_m80", 400, 80, 3, 40 },
	{ "mfcc40_n400_m80", 400, 80, 60, 40 },
};
enum { CASES = sizeof cases / sizeof cases[0] };

static Clip noise(Arena *arena, int seconds, int rate, Rng *rng)
{
	Clip clip = { .count = seconds * rate, .rate = rate };
	clip.samples = ARENA_ARRAY(arena, real, (size_t)clip.count);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] = (real)(0.1 * rng_normal(rng));
	return clip;
}

/* As torchaudio's MelSpectrogram has it: centred, mirrored, HTK's scale, no area. */
static MelSettings settings_of(const AudioCase *c)
{
	MelSettings settings;
	mel_preset(&settings, "torchaudio");
	settings.stft.fft = settings.stft.window = c->fft;
	settings.stft.hop = 160;
	settings.bands.count = c->mels;
	/* torchaudio's MFCC takes the cosine transform of decibels */
	if (c->coefficients) {
		settings.log = MEL_DECIBEL;
		settings.floor = 1e-10;
		settings.top_db = 80;
	}
	return settings;
}

typedef struct Features {
	Arena *arena;
	const MelPlan *plan;
	const MfccPlan *mfcc; /* NULL: log-mel */
	Clip clip;
} Features;

static void *prepare_features(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	const AudioCase *c = config;
	Features *features = ARENA_NEW(arena, Features);
	MelSettings settings = settings_of(c);
	Rng rng = rng_new(1);
	features->plan = mel_plan(arena, &settings, RATE);
	features->clip = noise(arena, c->seconds, RATE, &rng);
	if (c->coefficients)
		features->mfcc = mfcc_plan(arena, c->mels, c->coefficients, 0);
	features->arena = arena_new("features");
	return features;
}

static void run_features(void *context)
{
	Features *features = context;
	Tensor frames;
	arena_reset(features->arena);
	mel_run(features->plan, &frames, features->arena, &features->clip);
	if (features->mfcc)
		mfcc_run(features->mfcc, features->arena, frames);
}

/* ---- files ---- */

typedef struct Files {
	char path[64];
	Pool *pool;
	Arena **arenas; /* of each thread */
	const MelPlan *plan;
} Files;

static Files *files_new(Arena *arena, Pool *pool, int seconds, int rate)
{
	Files *files = ARENA_NEW(arena, Files);
	Rng rng = rng_new(1);
	Clip clip = noise(arena, seconds, rate, &rng);
	Error error;
	snprintf(files->path, sizeof files->path, "/tmp/emotionnet-bench-%ld.wav",
	        (long)getpid());
	if (!wav_write(files->path, &clip, WAV_16_BIT, arena, &error)) {
		fprintf(stderr, "bench: %s\n", error.text);
		exit(1);
	}
	files->pool = pool;
	files->arenas = ARENA_ARRAY(arena, Arena *, (size_t)pool_threads(pool));
	for (int t = 0; t < pool_threads(pool); t++)
		files->arenas[t] = arena_new("a clip");
	return files;
}

static Clip read_clip(const Files *files, Arena *arena)
{
	Clip clip;
	Error error;
	arena_reset(arena);
	if (!wav_read(&clip, arena, files->path, &error)) {
		fprintf(stderr, "bench: %s\n", error.text);
		exit(1);
	}
	return resample(arena, clip, RATE);
}

static void *prepare_reading(Arena *arena, Pool *pool, const void *config)
{
	(void)config;
	return files_new(arena, pool, 60, 48000);
}

static void run_reading(void *context)
{
	Files *files = context;
	read_clip(files, files->arenas[0]);
}

static void *prepare_folder(Arena *arena, Pool *pool, const void *config)
{
	(void)config;
	Files *files = files_new(arena, pool, CLIP_SECONDS, 48000);
	MelSettings settings = settings_of(&cases[0]);
	files->plan = mel_plan(arena, &settings, RATE);
	return files;
}

static void read_one(void *context, int index, int worker)
{
	Files *files = context;
	Arena *arena = files->arenas[worker];
	(void)index;
	Clip clip = read_clip(files, arena);
	Tensor frames;
	mel_run(files->plan, &frames, arena, &clip);
}

static void run_folder(void *context)
{
	Files *files = context;
	pool_run(files->pool, CLIPS, read_one, files);
}

static void remove_file(void *context)
{
	Files *files = context;
	unlink(files->path);
}

void bench_audio(Bench *bench)
{
	for (int i = 0; i < CASES; i++) {
		BenchCase c = { .group = "audio",
			.one_thread = true,
			.config = &cases[i],
			.prepare = prepare_features,
			.run = run_features };
		snprintf(c.name, sizeof c.name, "%s_%ds", cases[i].feature,
		        cases[i].seconds);
		bench_case(bench, c);
	}
	bench_case(bench, (BenchCase){ .name = "read_resample_48k_16k_60s",
	                          .group = "audio",
	                          .one_thread = true,
	                          .prepare = prepare_reading,
	                          .run = run_reading,
	                          .finish = remove_file });
	bench_case(bench, (BenchCase){ .name = "folder_64x3s",
	                          .group = "audio",
	                          .prepare = prepare_folder,
	                          .run = run_folder,
	                          .finish = remove_file });
}
