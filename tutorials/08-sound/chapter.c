/* Chapter 8: sound. From samples to the numbers that a network hears: spectrum,
 * spectrogram, mel bands, logarithm, MFCC and pitch; and which of them carry emotion. */
#include "audio/mel/mel.h"
#include "audio/resample.h"
#include "audio/spectrum/spectrogram.h"
#include "tensor/elementary.h"
#include "tutorials/08-sound/emotions.h"
#include "tutorials/08-sound/pictures.h"
#include "tutorials/08-sound/sound.h"

#include <math.h>
#include <stdlib.h>

enum { RATE = 16000, FRAME = 400, HOP = 160, BINS = FRAME / 2 + 1, BANDS = 40 };

/* --- samples ---------------------------------------------------------------------------- */

/* The sample in the middle of "my". */
static int middle_of_my(const SpokenUtterance *spoken)
{
	return (int)((spoken->times[1].start + spoken->times[1].end) / 2 * RATE);
}

static void samples(Lesson *lesson, const SpokenUtterance *spoken)
{
	const Clip *clip = &spoken->sound;
	lesson_section(lesson, "Samples");
	lesson_sound(lesson, "angry", clip);
	lesson_number(lesson, "samples", "samples", "%.0f", clip->count);
	lesson_number(
	        lesson, "seconds", "seconds", "%.2f", (double)clip->count / clip->rate);
	lesson_look(lesson, "samples", tensor_view(clip->samples, SHAPE(1, clip->count)));
	lesson_point(lesson, "A sound is a list of numbers.");
	draw_samples(lesson, spoken, middle_of_my(spoken), 64);
	lesson_point(lesson, "Below: four thousandths of a second of \"my\".");
	lesson_predict_number(lesson,
	        "16,000 samples a second, 2 bytes each. How many megabytes has an hour of "
	        "sound (one megabyte is a million bytes)?",
	        115.2, 2, "3,600 seconds times 16,000 samples times 2 bytes.");
}

/* --- aliasing --------------------------------------------------------------------------- */

/* Every fourth sample of the sentence. */
static Clip every_fourth(Arena *arena, const Clip *clip)
{
	Clip fewer = { .count = clip->count / 4, .rate = clip->rate / 4 };
	fewer.samples = ARENA_ARRAY(arena, real, (size_t)fewer.count);
	for (int t = 0; t < fewer.count; t++)
		fewer.samples[t] = clip->samples[4 * t];
	return fewer;
}

static void aliasing(Lesson *lesson, const SpokenUtterance *spoken)
{
	enum { SHOWN = 8, LONG = 2 * 8000 };
	Arena *arena = lesson_arena(lesson);
	lesson_section(lesson, "Too few samples");
	/* [two-tones] */
	float low[SHOWN], high[SHOWN];
	tone(low, SHOWN, 1000, 8000);
	tone(high, SHOWN, 7000, 8000);
	/* [/two-tones] */
	const char *line[2] = { "", "" };
	for (int t = 0; t < SHOWN; t++) {
		line[0] = arena_format(arena, "%s %5s", line[0],
		        drawing_number(arena, 2, (double)low[t]));
		line[1] = arena_format(arena, "%s %5s", line[1],
		        drawing_number(arena, 2, (double)high[t]));
	}
	lesson_say(lesson, "  1000 Hz: %s", line[0]);
	lesson_say(lesson, "  7000 Hz: %s", line[1]);
	lesson_look_floats(lesson, "1000 Hz", 1, SHOWN, low);
	lesson_look_floats(lesson, "7000 Hz", 1, SHOWN, high);
	lesson_point(lesson, "Two tones, one list of samples.");
	draw_alias(lesson, 1000, 7000, 8000);
	static const Choice heard[] = {
		{ "5000 Hz",
		        "A wave of 5000 Hz needs more than 10,000 samples a second." },
		{ "3000 Hz", "It is 1000 Hz above the half of the rate, so it comes back "
		             "1000 Hz below it." },
		{ "1000 Hz",
		        "It is 1000 Hz above the half of the rate. It comes back as far "
		        "below that half." },
		{ "nothing: it is too high",
		        "The samples are not 0, so something is heard." }
	};
	lesson_predict_choice(lesson,
	        "A tone of 5000 Hz, 8000 samples a second. What does one hear?", 4, heard,
	        1);
	Clip rising = {
		.samples = ARENA_ARRAY(arena, real, LONG), .count = LONG, .rate = 8000
	};
	rising_tone(rising.samples, LONG, 8000, 8000);
	lesson_sound(lesson, "rising", &rising);
	const Clip fourth = every_fourth(arena, &spoken->sound);
	lesson_sound(lesson, "every-fourth", &fourth);
	const Clip filtered = resample(arena, spoken->sound, RATE / 4);
	lesson_sound(lesson, "filtered", &filtered);
	lesson_point(lesson, "Listen: the tone rises to 4000 Hz, then it falls.");
}

/* --- the transform ---------------------------------------------------------------------- */

static const char *complex_text(Arena *arena, float re, float im)
{
	return arena_format(arena, "%s %c %si", drawing_number(arena, 0, (double)re),
	        (double)im < -0.5 ? '-' : '+',
	        drawing_number(arena, 0, fabs((double)im)));
}

static void transform(Lesson *lesson)
{
	Arena *arena = lesson_arena(lesson);
	float re[4], im[4];
	lesson_section(lesson, "The Fourier transform by hand");
	/* [four] */
	const float x[4] = { 2, 2, 0, 0 };
	dft(re, im, x, 4);
	/* [/four] */
	draw_dft(lesson, x, re, im);
	lesson_look_floats(lesson, "real parts", 1, 4, re);
	lesson_look_floats(lesson, "imaginary parts", 1, 4, im);
	lesson_point(lesson, "Each bin is a sum of four products.");
	for (int k = 0; k < 4; k++)
		lesson_say(lesson, "  bin %d: %-7s power %s", k,
		        complex_text(arena, re[k], im[k]),
		        drawing_number(
		                arena, 0, (double)(re[k] * re[k] + im[k] * im[k])));
	lesson_point(lesson, "Bin 3 is the mirror image of bin 1.");
	const float later[4] = { 0, 2, 2, 0 };
	dft(re, im, later, 4);
	lesson_predict_number(lesson,
	        "The samples 0, 2, 2, 0: the same, one step later. What is the power of bin "
	        "1 now?",
	        (double)(re[1] * re[1] + im[1] * im[1]), 0.01,
	        "X_1 is -2 - 2i now. The angle has turned, the power is the same.");
	lesson_predict_number(lesson,
	        "A frame of 400 samples, 16,000 samples a second. Which bin is at 1000 Hz?",
	        1000.0 * FRAME / RATE, 0,
	        "Bins are 16,000 / 400 = 40 Hz apart, and 1000 / 40 = 25.");
}

static void fast(Lesson *lesson, const SpokenUtterance *spoken)
{
	lesson_section(lesson, "The fast way");
	const float x[4] = { 2, 2, 0, 0 };
	draw_fft(lesson, x);
	lesson_point(lesson, "The same four results as before.");
	lesson_predict_number(lesson,
	        "n = 1024. How many products w O_k does the fast transform compute? (Each "
	        "level has n/2 of them.)",
	        1024 / 2 * 10, 0,
	        "1024 is halved ten times, so there are 10 levels of 512 products. The sums "
	        "above take 1,048,576.");
	Clip frame = { .samples = spoken->sound.samples + middle_of_my(spoken),
		.count = FRAME,
		.rate = RATE };
	const StftSettings settings = { .fft = FRAME,
		.window = FRAME,
		.hop = FRAME,
		.shape = WINDOW_RECTANGLE,
		.padding = STFT_WHOLE,
		.gain = 1 };
	Tensor power =
	        spectrogram(lesson_arena(lesson), &frame, &settings); /* (1, BINS) */
	float re[FRAME], im[FRAME], most = 0;
	dft(re, im, frame.samples, FRAME);
	int apart = 0;
	for (int k = 0; k < BINS; k++)
		most = fmaxf(most, power.data[k]);
	for (int k = 0; k < BINS; k++)
		apart += !(fabsf(re[k] * re[k] + im[k] * im[k] - power.data[k]) <
		           1e-4f * most);
	lesson_say(lesson, "A frame of \"my\", by plain sums and by the library:");
	lesson_number(lesson, "bins", "bins", "%.0f", BINS);
	lesson_number(lesson, "apart", "bins in which the power differs", "%.0f", apart);
	lesson_point(lesson, "Two ways, one spectrum.");
}

/* --- windows ---------------------------------------------------------------------------- */

static void windows(Lesson *lesson)
{
	enum { SHOWN = 101 };
	lesson_section(lesson, "Frames and windows");
	float x[FRAME], plain[BINS], faded[BINS];
	tone(x, FRAME, 1020, RATE);
	spectrum_in_decibels(plain, x, FRAME);
	/* [window] */
	for (int t = 0; t < FRAME; t++)
		x[t] *= 0.5f - 0.5f * cosf(6.2831853f * (float)t / FRAME);
	/* [/window] */
	spectrum_in_decibels(faded, x, FRAME);
	draw_windows(lesson, SHOWN, (float)RATE / FRAME, plain, faded);
	lesson_number(lesson, "plain-leak", "dB at 3000 Hz, cut out", "%.0f",
	        (double)plain[75]);
	lesson_number(lesson, "faded-leak", "dB at 3000 Hz, with a window", "%.0f",
	        (double)faded[75]);
	lesson_look_floats(lesson, "the tone in its window", 1, FRAME, x);
	lesson_point(lesson, "Both curves are of one and the same tone.");
}

/* --- the spectrogram -------------------------------------------------------------------- */

static StftSettings stft_settings(void)
{
	return (StftSettings){ .fft = FRAME,
		.window = FRAME,
		.hop = HOP,
		.shape = WINDOW_HANN,
		.padding = STFT_REFLECT,
		.gain = 1 };
}

static void take_log(Tensor x, double least)
{
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)double_log((double)x.data[i] + least);
}

static double largest(Tensor x)
{
	double most = (double)x.data[0];
	for (size_t i = 0; i < tensor_count(x); i++)
		most = fmax(most, (double)x.data[i]);
	return most;
}

static void the_spectrogram(Lesson *lesson, const SpokenUtterance *spoken)
{
	lesson_section(lesson, "The spectrogram");
	const StftSettings settings = stft_settings();
	Tensor power = spectrogram(lesson_arena(lesson), &spoken->sound, &settings);
	lesson_predict_shape(lesson,
	        arena_format(lesson_arena(lesson),
	                "%d samples, frames of 400 samples, one every 160 samples, the "
	                "first around sample 0. What is the shape of the spectrogram "
	                "(frames, bins)?",
	                spoken->sound.count),
	        2, power.shape,
	        "There are 1 + samples / 160 frames, rounded down, and n/2 + 1 bins.");
	take_log(power, 1e-6);
	const double top = largest(power);
	draw_surface(lesson, spoken,
	        (Surface){ .name = "spectrogram",
	                .title = "The spectrogram",
	                .description =
	                        "Time from left to right, frequency from 0 to 4000 "
	                        "Hz upwards, louder is darker. Vowels show stripes, "
	                        "one above the other. The words stand below.",
	                .values = power,
	                .shown = 101,
	                .low = top - 11,
	                .high = top,
	                .lowest = "0 Hz",
	                .highest = "4000 Hz" });
	lesson_look(lesson, "logarithm of the power", power);
	lesson_point(lesson, "Each column is the spectrum of one frame.");
}

/* --- mel -------------------------------------------------------------------------------- */

static void mel_scale(Lesson *lesson)
{
	enum { FEW = 8 };
	lesson_section(lesson, "The mel scale");
	for (int hertz = 250; hertz <= 8000; hertz *= 2)
		lesson_say(lesson, "  %4d Hz = %4.0f mel", hertz,
		        mel_of_hertz(MEL_HTK, hertz));
	lesson_point(lesson, "Equal steps in mel, wider and wider steps in hertz.");
	draw_triangles(lesson, FEW, RATE / 2.0);
	const double step = mel_of_hertz(MEL_HTK, RATE / 2.0) / (BANDS + 1);
	const double narrow = hertz_of_mel(MEL_HTK, 2 * step);
	const double wide = RATE / 2.0 - hertz_of_mel(MEL_HTK, (BANDS - 1) * step);
	static const Choice widths[] = {
		{ "as wide as the lowest",
		        "They are equally wide in mel, not in hertz." },
		{ "twice as wide",
		        "From 250 to 500 Hz are 260 mel, and from 4000 to 8000 Hz "
		        "only 694." },
		{ "about eleven times as wide",
		        "High up, the same step in mel covers many more hertz." },
		{ "about a hundred times as wide",
		        "Below 700 Hz the scale is nearly straight, so the lowest band is "
		        "not that narrow." }
	};
	lesson_predict_choice(lesson,
	        "40 bands from 0 to 8000 Hz. In hertz, how wide is the highest triangle, "
	        "compared with the lowest?",
	        4, widths, 2);
	lesson_number(lesson, "narrow", "the lowest triangle, Hz", "%.0f", narrow);
	lesson_number(lesson, "wide", "the highest triangle, Hz", "%.0f", wide);
}

static void mel_of(Tensor *mel, Lesson *lesson, const Clip *clip)
{
	MelSettings settings = { .stft = stft_settings(),
		.bands = { .count = BANDS, .scale = MEL_HTK },
		.log = MEL_LN_PLUS,
		.floor = 1e-6 };
	Arena *arena = lesson_arena(lesson);
	mel_run(mel_plan(arena, &settings, RATE), mel, arena, clip);
}

static void the_logarithm(Lesson *lesson, const SpokenUtterance *spoken, Tensor mel)
{
	lesson_section(lesson, "The logarithm");
	const double top = largest(mel);
	draw_surface(lesson, spoken,
	        (Surface){ .name = "mel",
	                .title = "The log-mel spectrogram",
	                .description = "Time from left to right, 40 mel bands upwards, "
	                               "louder is darker. The words stand below.",
	                .values = mel,
	                .shown = BANDS,
	                .low = top - 12,
	                .high = top,
	                .lowest = "0 Hz",
	                .highest = "8000 Hz" });
	lesson_look(lesson, "log-mel", mel);
	lesson_point(lesson, "40 numbers for each hundredth of a second.");
	lesson_predict_number(lesson,
	        "The microphone is twice as far away, so each sample is half as large. By "
	        "how much does every log-mel number change?",
	        -2 * LN_2, 0.03,
	        "The power is a quarter, and ln(1/4) = -1.386. (In a band that is nearly silent "
	        "the small number counts, and the change is less.)");
}

/* --- MFCC ------------------------------------------------------------------------------- */

static void the_mfcc(Lesson *lesson, const SpokenUtterance *spoken, Tensor mel)
{
	enum { KEPT = 13 };
	lesson_section(lesson, "MFCC");
	const float *frame = mel.data + middle_of_my(spoken) / HOP * BANDS;
	float c[KEPT], back[BANDS];
	/* [mfcc] */
	cosine_transform(c, KEPT, frame, BANDS); /* 40 bands -> 13 coefficients */
	cosine_back(back, BANDS, c, KEPT);       /* and what they keep of the 40 */
	/* [/mfcc] */
	draw_mfcc(lesson, BANDS, frame, back, KEPT);
	lesson_look_floats(lesson, "c", 1, KEPT, c);
	lesson_look_floats(lesson, "what they keep of the frame", 1, BANDS, back);
	lesson_point(lesson, "The curve keeps the hills and loses the teeth.");
	static const Choice first[] = {
		{ "only c_0",
		        "The cosine of c_0 is 1 everywhere: it is the sum of all bands. "
		        "All other cosines add up to 0." },
		{ "all of them, by the same",
		        "The cosines of the others add up to 0 over the "
		        "bands, so a constant does not change them." },
		{ "none: a sum of cosines does not hear loudness",
		        "The first cosine is 1 everywhere." }
	};
	lesson_predict_choice(lesson,
	        "All 40 bands fall by 1.386. Which of the 13 coefficients change?", 3,
	        first, 0);
}

/* --- pitch ------------------------------------------------------------------------------ */

static void pitch(Lesson *lesson, const SpokenUtterance *spoken)
{
	enum { LAGS = 321, LONG = 640 };
	lesson_section(lesson, "Pitch");
	float r[LAGS];
	const float *x = spoken->sound.samples + middle_of_my(spoken) - LONG / 2;
	/* [pitch] */
	autocorrelation(r, LAGS, x, LONG);
	const int lag = largest_lag(r, RATE / 500, RATE / 60); /* 500 to 60 Hz */
	/* [/pitch] */
	draw_autocorrelation(lesson, LAGS, r, RATE);
	lesson_number(lesson, "lag", "lag of the highest peak", "%.0f", lag);
	lesson_look_floats(lesson, "r", 1, LAGS, r);
	lesson_point(lesson, "After one period the wave looks like itself.");
	lesson_predict_number(lesson,
	        arena_format(lesson_arena(lesson),
	                "The peak is at a lag of %d samples. What is the pitch in hertz?",
	                lag),
	        (double)RATE / lag, 3,
	        arena_format(lesson_arena(lesson),
	                "A period of %d samples fits %.0f times into 16,000.", lag,
	                (double)RATE / lag));
}

int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "08-sound", "Sound");
	const char *folder = getenv("EMODB");
	if (folder) {
		emotions_in(lesson, folder);
		return lesson_end(lesson);
	}
	const SpokenUtterance spoken = utterance_speak(lesson_arena(lesson));
	Tensor mel;
	samples(lesson, &spoken);
	aliasing(lesson, &spoken);
	transform(lesson);
	fast(lesson, &spoken);
	windows(lesson);
	the_spectrogram(lesson, &spoken);
	mel_scale(lesson);
	mel_of(&mel, lesson, &spoken.sound);
	the_logarithm(lesson, &spoken, mel);
	the_mfcc(lesson, &spoken, mel);
	pitch(lesson, &spoken);
	emotions(lesson);
	return lesson_end(lesson);
}
