#include "audio/mel/settings.h"
#include "audio/wav.h"
#include "tests/audio/signals.h"
#include "tests/support/golden.h"

#include <stdlib.h>
#include <string.h>

static const char FILE_NAME[] = "audio.txt";

/* What every preset is held to. */
#define ASSERT_AGREES(actual, expected) ASSERT_TENSOR_CLOSE(actual, expected, 1e-4, 1e-5)

/* A tone alone leaves some bands with nothing but its leakage, up to 130 dB under it, and
 * there with the rounding of its own samples to single precision, in librosa and Kaldi as
 * here. So what is more than 75 dB under the loudest is raised to that before a float
 * build is compared. */
static Tensor raised(Arena *arena, Tensor features, MelLog log)
{
	Tensor out = tensor_clone(arena, features);
	real loudest = features.data[0],
	     range = (real)(log == MEL_DECIBEL ? 75 : 75 * 0.230259);
	if (sizeof(real) == sizeof(double))
		return out;
	for (size_t i = 0; i < tensor_count(out); i++)
		loudest = out.data[i] > loudest ? out.data[i] : loudest;
	for (size_t i = 0; i < tensor_count(out); i++)
		if (out.data[i] < loudest - range)
			out.data[i] = loudest - range;
	return out;
}

static MelSettings preset(const char *name)
{
	MelSettings settings;
	ck_assert(mel_preset(&settings, name));
	return settings;
}

static void check_preset(const char *name)
{
	Arena *arena = arena_new("test");
	const struct {
		const char *name;
		Clip (*make)(Arena *arena, int count);
	} signals[] = { { "tone_in_noise", signal_tone_in_noise },
		{ "noise", signal_noise }, { "voice", signal_voice } };
	MelSettings settings = preset(name);
	for (int i = 0; i < 3; i++) {
		Clip clip = signals[i].make(arena, 2400);
		Tensor features;
		logmel(&features, arena, &clip, &settings);
		const char *line = arena_format(arena, "%s.%s", name, signals[i].name);
		ASSERT_AGREES(features, golden_tensor(arena, FILE_NAME, line));
	}
	Clip clip = signal_tone(arena, 2400);
	Tensor features;
	logmel(&features, arena, &clip, &settings);
	Tensor expected =
	        golden_tensor(arena, FILE_NAME, arena_format(arena, "%s.tone", name));
	ASSERT_AGREES(raised(arena, features, settings.log),
	        raised(arena, expected, settings.log));
	arena_free(arena);
}

START_TEST(mel_torchaudio_preset_is_torchaudio)
{
	check_preset("torchaudio");
}
END_TEST

START_TEST(mel_librosa_preset_is_librosa)
{
	check_preset("librosa");
}
END_TEST

START_TEST(mel_kaldi_preset_is_kaldi)
{
	check_preset("kaldi");
}
END_TEST

/* Three frames of a published recording against the three programs. */
static void check_recording(const char *name, const char *path, const int rows[3])
{
	const char *data = getenv("EMOTIONNET_DATA");
	Arena *arena = arena_new("test");
	Clip clip;
	char *file = arena_format(arena, "%s/%s", data ? data : "../shared/data", path);
	if (!wav_read(&clip, arena, file, NULL)) {
		printf("skipped: %s is not there (EMOTIONNET_DATA)\n", file);
		arena_free(arena);
		return;
	}
	const char *const presets[] = { "librosa", "torchaudio", "kaldi" };
	for (int p = 0; p < 3; p++) {
		MelSettings settings = preset(presets[p]);
		settings.stft.window = clip.rate / 40;
		settings.stft.hop = clip.rate / 100;
		settings.stft.fft = clip.rate / 40;
		if (p < 2)
			settings.bands.count = 40;
		else /* Kaldi pads to a power of 2 */
			for (settings.stft.fft = 1; settings.stft.fft < clip.rate / 40;)
				settings.stft.fft *= 2;
		Tensor features;
		logmel(&features, arena, &clip, &settings);
		Tensor expected = golden_tensor(
		        arena, FILE_NAME, arena_format(arena, "%s.%s", presets[p], name));
		for (int i = 0; i < 3; i++)
			ASSERT_AGREES(
			        tensor_row(features, rows[i]), tensor_row(expected, i));
	}
	arena_free(arena);
}

START_TEST(mel_presets_agree_on_recordings)
{
	check_recording("emodb", "emodb/wav/03a01Fa.wav", (const int[]){ 20, 70, 120 });
	check_recording("ravdess", "ravdess/Actor_01/03-01-05-01-01-01-01.wav",
	        (const int[]){ 120, 150, 180 });
}
END_TEST

/* The pipeline once more, in double precision and as the formulas stand: one frame,
 * one band. */
static double by_definition(const Clip *clip, const MelSettings *s, int frame, int band)
{
	double mel_step =
	        mel_of_hertz(s->bands.scale, clip->rate / 2.0) / (s->bands.count + 1);
	double f[3], energy = 0;
	for (int i = 0; i < 3; i++)
		f[i] = hertz_of_mel(s->bands.scale, mel_step * (band + i));
	for (int k = 0; k <= s->stft.fft / 2; k++) {
		double hertz = (double)k * clip->rate / s->stft.fft, re = 0, im = 0;
		double w = fmin(
		        (hertz - f[0]) / (f[1] - f[0]), (f[2] - hertz) / (f[2] - f[1]));
		for (int n = 0; n < s->stft.fft && w > 0; n++) {
			int at = frame * s->stft.hop + n - s->stft.fft / 2;
			double x = at < 0 || at >= clip->count
			                   ? 0
			                   : (double)clip->samples[at];
			double angle = 2 * PI * n / s->stft.fft;
			x *= 0.5 - 0.5 * cos(angle);
			re += x * cos(k * angle);
			im -= x * sin(k * angle);
		}
		energy += fmax(w, 0) * (re * re + im * im);
	}
	return log(energy + s->floor);
}

START_TEST(mel_sixteen_at_a_time_is_the_definition)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_voice(arena, 5000);
	MelSettings s = preset("torchaudio");
	s.stft.padding = STFT_ZERO;
	s.stft.fft = s.stft.window = 480; /* 2^5 3 5: every kind of pass */
	s.stft.hop = 160;
	s.bands.count = 20;
	Tensor features;
	logmel(&features, arena, &clip, &s);
	ck_assert_int_eq(features.shape[0], 1 + 5000 / 160);
	for (int t = 0; t < features.shape[0]; t += 5)
		for (int m = 0; m < 20; m += 3)
			ASSERT_CLOSE(features.data[t * 20 + m],
			        by_definition(&clip, &s, t, m), 1e-5, 1e-5);
	arena_free(arena);
}
END_TEST

START_TEST(mel_plan_is_shared_by_clips)
{
	Arena *arena = arena_new("test");
	MelSettings settings = preset("torchaudio");
	const MelPlan *plan = mel_plan(arena, &settings, SIGNAL_RATE);
	for (int i = 0; i < 3; i++) {
		Clip clip = signal_noise(arena, 1000 + 700 * i);
		Tensor once, again;
		logmel(&once, arena, &clip, &settings);
		mel_run(plan, &again, arena, &clip);
		ASSERT_TENSOR_SAME(once, again);
	}
	arena_free(arena);
}
END_TEST

START_TEST(mel_clip_shorter_than_a_frame_gives_what_its_padding_says)
{
	Arena *arena = arena_new("test");
	Clip clip = signal_noise(arena, 1);
	MelSettings settings = preset("torchaudio");
	Tensor features;
	logmel(&features, arena, &clip, &settings);
	ck_assert_int_eq(features.shape[0], 1);
	for (int m = 0; m < features.shape[1]; m++)
		ck_assert(isfinite(features.data[m]));
	settings = preset("kaldi");
	logmel(&features, arena, &clip, &settings);
	ck_assert_int_eq(features.shape[0], 0);
	clip = signal_noise(arena, 400);
	logmel(&features, arena, &clip, &settings);
	ck_assert_int_eq(features.shape[0], 1);
	settings = preset("librosa");
	clip.count = 0;
	const MelPlan *plan = mel_plan(arena, &settings, SIGNAL_RATE);
	ASSERT_STOPS("the clip has no sample", mel_run(plan, &features, arena, &clip));
	arena_free(arena);
}
END_TEST

START_TEST(mel_settings_that_do_not_fit_stop)
{
	Arena *arena = arena_new("test");
	MelSettings s = preset("kaldi");
	s.stft.hop = 0;
	ASSERT_STOPS("window 400, hop 0", mel_plan(arena, &s, 16000));
	s = preset("kaldi");
	s.stft.fft = 399;
	ASSERT_STOPS(
	        "fft 399 is shorter than the window of 400", mel_plan(arena, &s, 16000));
	s = preset("kaldi");
	s.bands.high = 9000;
	ASSERT_STOPS("23 bands from 20 to 9000 Hz", mel_plan(arena, &s, 16000));
	s = preset("kaldi");
	const MelPlan *plan = mel_plan(arena, &s, 8000);
	Clip clip = signal_noise(arena, 1000);
	Tensor features;
	ASSERT_STOPS("16000 samples a second, the plan is for 8000",
	        mel_run(plan, &features, arena, &clip));
	arena_free(arena);
}
END_TEST

START_TEST(mel_settings_come_back_from_text)
{
	Arena *arena = arena_new("test");
	MelSettings s = preset("kaldi"), back;
	s.bands.high = 7600.1;
	Error error = { "" };
	const char *text = mel_settings_text(&s, arena);
	ASSERT_CONTAINS(
	        text, "fft=512 window=400 hop=160 shape=povey padding=whole gain=32768");
	ck_assert_msg(mel_settings_parse(&back, text, &error), "%s", error.text);
	ck_assert_str_eq(mel_settings_text(&back, arena), text);
	ck_assert(back.bands.high == 7600.1 && back.stft.remove_mean);
	ck_assert(!mel_preset(&s, "opensmile"));
	arena_free(arena);
}
END_TEST

static void assert_refused(const char *change, const char *into, const char *expected)
{
	Arena *arena = arena_new("test");
	MelSettings s = preset("kaldi"), before = s;
	const char *text = mel_settings_text(&s, arena), *at = strstr(text, change);
	const char *changed = arena_format(
	        arena, "%.*s%s%s", (int)(at - text), text, into, at + strlen(change));
	Error error = { "" };
	ck_assert(!mel_settings_parse(&s, changed, &error));
	ASSERT_CONTAINS(error.text, expected);
	ck_assert_str_eq(mel_settings_text(&s, arena), mel_settings_text(&before, arena));
	arena_free(arena);
}

START_TEST(mel_text_that_is_damaged_is_refused)
{
	assert_refused("hop=160", "hop=0", "\"hop=0\" is not possible");
	assert_refused("hop=160", "hop=1.5", "\"hop=1.5\" is not possible");
	assert_refused("hop=160", "hop=1e99", "is not possible");
	assert_refused("hop=160", "hop=nan", "is not possible");
	assert_refused("hop=160", "hop=", "is not possible");
	assert_refused("hop=160", "hop", "is not possible");
	assert_refused("hop=160", "hoop=160", "\"hoop=160\" is not known");
	assert_refused("hop=160", "hop=160 hop=160", "hop is given twice");
	assert_refused("hop=160 ", "", "hop is missing");
	assert_refused("hop=160 ", "hop=160  ", "one space apart");
	assert_refused("shape=povey", "shape=1", "\"shape=1\" is not possible");
	assert_refused("fft=512", "fft=256", "fft=256 is shorter than window=400");
	assert_refused("high=0", "high=10", "high=10 is not above low=20");
}
END_TEST

TEST_MAIN("mel", mel_torchaudio_preset_is_torchaudio, mel_librosa_preset_is_librosa,
        mel_kaldi_preset_is_kaldi, mel_presets_agree_on_recordings,
        mel_sixteen_at_a_time_is_the_definition, mel_plan_is_shared_by_clips,
        mel_clip_shorter_than_a_frame_gives_what_its_padding_says,
        mel_settings_that_do_not_fit_stop, mel_settings_come_back_from_text,
        mel_text_that_is_damaged_is_refused)
