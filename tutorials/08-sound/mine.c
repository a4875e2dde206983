/* wrap: fft_real_forward mel_bands_new_at mel_run_at */
/* The student's fft, mel_bank and log_mel in place of the library's. A length that is no
 * power of two, as 400 = 16 * 25, is cut into 25 sequences of 16 samples, each 25 apart:
 * the student's part; they are put together here. Banks are the student's where they are
 * HTK's with sides straight over hertz, and logarithms where `floor` is added to the sum.
 * The window, the cutting into frames and everything else stay the library's. */
#include "audio/mel/mel.h"
#include "audio/spectrum/fft_real.h"
#include "tensor/elementary.h"
#include "tutorials/08-sound/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

void __real_fft_real_forward(const FftReal *plan, real *restrict out,
        const real *restrict x, real *restrict scratch);
void __wrap_fft_real_forward(const FftReal *plan, real *restrict out,
        const real *restrict x, real *restrict scratch);
MelBands __real_mel_bands_new_at(
        Site site, Arena *arena, const MelBandSettings *settings, int rate, int length);
MelBands __wrap_mel_bands_new_at(
        Site site, Arena *arena, const MelBandSettings *settings, int rate, int length);
void __real_mel_run_at(
        Site site, const MelPlan *plan, Tensor *features, Arena *arena, const Clip *clip);
void __wrap_mel_run_at(
        Site site, const MelPlan *plan, Tensor *features, Arena *arena, const Clip *clip);

/* --- fft -------------------------------------------------------------------------------- */

/* N = two * odd, two a power of two. */
typedef struct Length {
	int N, two, odd;
} Length;

static Length length_of(const FftReal *plan)
{
	Length length = { .N = fft_real_length(plan), .two = 1 };
	while (length.N % (2 * length.two) == 0)
		length.two *= 2;
	length.odd = length.N / length.two;
	return length;
}

/* Eight times N numbers, where the library has room for 16 N. */
typedef struct Room {
	real *x_re, *x_im;       /* (N): two lanes */
	real *part_re, *part_im; /* (odd, two) */
	real *turn_re, *turn_im; /* (N): e^(-2 pi i k / N) */
	real *z_re, *z_im;       /* (N): the transform of x */
} Room;

static Room room_in(real *scratch, Length length)
{
	const size_t N = (size_t)length.N;
	Room room = { scratch, scratch + N, scratch + 2 * N, scratch + 3 * N,
		scratch + 4 * N, scratch + 5 * N, scratch + 6 * N, scratch + 7 * N };
	for (int k = 0; k < length.N; k++) {
		room.turn_re[k] = (real)double_cos(2 * PI * k / length.N);
		room.turn_im[k] = (real)-double_sin(2 * PI * k / length.N);
	}
	return room;
}

/* Z_k = sum over m of e^(-2 pi i m k / N) times bin k of the m-th part. */
static void put_together(const Room *room, Length length)
{
	for (int k = 0; k < length.N; k++) {
		real z_re = 0, z_im = 0;
		for (int m = 0; m < length.odd; m++) {
			const int turn = m * k % length.N;
			const int at = m * length.two + k % length.two;
			const real c = room->turn_re[turn], s = room->turn_im[turn];
			const real re = room->part_re[at], im = room->part_im[at];
			z_re += c * re - s * im;
			z_im += c * im + s * re;
		}
		room->z_re[k] = z_re;
		room->z_im[k] = z_im;
	}
}

/* Two real lanes a and b as one complex sequence a + i b: with Z its transform,
 * A_k = (Z_k + conj Z_(N-k)) / 2 and B_k = -i (Z_k - conj Z_(N-k)) / 2. */
static void transform_two(real *out, const real *x, const Room *room, Length length)
{
	for (int n = 0; n < length.N; n++) {
		room->x_re[n] = x[n * FFT_LANES];
		room->x_im[n] = x[n * FFT_LANES + 1];
	}
	for (int m = 0; m < length.odd; m++)
		fft(room->part_re + m * length.two, room->part_im + m * length.two,
		        room->x_re + m, room->x_im + m, length.two, length.odd);
	put_together(room, length);
	for (int k = 0; k <= length.N / 2; k++, out += 2 * FFT_LANES) {
		const int mirror = k ? length.N - k : 0;
		const real re = room->z_re[k], im = room->z_im[k];
		const real other_re = room->z_re[mirror], other_im = room->z_im[mirror];
		out[0] = (re + other_re) / 2;
		out[FFT_LANES] = (im - other_im) / 2;
		out[1] = (im + other_im) / 2;
		out[FFT_LANES + 1] = (other_re - re) / 2;
	}
}

static void check_lane(const real *found, const real *expected, double size, int bins)
{
	for (int k = 0; k < bins; k++)
		for (int part = 0; part < 2; part++) {
			const int at = (2 * k + part) * FFT_LANES;
			mine_require(HERE, "08", part ? "your fft's im" : "your fft's re",
			        (size_t)k, (double)found[at], (double)expected[at], size);
		}
}

static void check_two(
        const real *found, const real *expected, const real *x, Length length)
{
	double size = 0;
	for (int n = 0; n < length.N; n++)
		size += fabs((double)x[n * FFT_LANES]) +
		        fabs((double)x[n * FFT_LANES + 1]);
	for (int lane = 0; lane < 2; lane++)
		check_lane(found + lane, expected + lane, size, length.N / 2 + 1);
}

void __wrap_fft_real_forward(const FftReal *plan, real *restrict out,
        const real *restrict x, real *restrict scratch)
{
	enum { MOST_ODD = 45 }; /* beyond, putting together would take its time */
	const Length length = length_of(plan);
	if (length.odd > MOST_ODD) {
		__real_fft_real_forward(plan, out, x, scratch);
		return;
	}
	Arena *arena = mine_check() ? arena_new("mine") : NULL;
	real *expected = NULL;
	if (arena) {
		expected = ARENA_ARRAY(
		        arena, real, 2 * FFT_LANES * ((size_t)length.N / 2 + 1));
		__real_fft_real_forward(plan, expected, x, scratch);
	}
	const Room room = room_in(scratch, length);
	for (int lane = 0; lane < FFT_LANES; lane += 2) {
		transform_two(out + lane, x + lane, &room, length);
		if (expected)
			check_two(out + lane, expected + lane, x + lane, length);
	}
	if (arena)
		arena_free(arena);
}

/* --- mel_bank --------------------------------------------------------------------------- */

static bool promised(const MelBandSettings *s)
{
	return s->scale == MEL_HTK && !s->area && !s->edges_in_mel;
}

static real weight_of(const MelBands *bands, int m, int bin)
{
	const int k = bin - bands->first_bin[m];
	return k >= 0 && k < bands->bins[m] ? bands->weights[bands->first_weight[m] + k]
	                                    : 0;
}

/* The library keeps what is not 0 of each band: these weights become the student's. */
MelBands __wrap_mel_bands_new_at(
        Site site, Arena *arena, const MelBandSettings *s, int rate, int length)
{
	MelBands bands = __real_mel_bands_new_at(site, arena, s, rate, length);
	if (!promised(s))
		return bands;
	const int bins = length / 2 + 1;
	const double high = s->high > 0 ? s->high : rate / 2.0;
	real *kept = ARENA_ARRAY(arena, real, 2 * (size_t)bins);
	Arena *scratch = arena_new("mine");
	real *w = ARENA_ARRAY(scratch, real, (size_t)(bands.count * bins));
	for (int i = 0; i < bands.count * bins; i++)
		w[i] = 7; /* everything has to be set */
	mel_bank(w, bands.count, length, (real)rate, (real)s->low, (real)high);
	for (int m = 0; m < bands.count; m++)
		for (int k = 0; k < bins; k++) {
			const real expected = weight_of(&bands, m, k);
			const int at = bands.first_weight[m] + k - bands.first_bin[m];
			mine_require(site, "08", "your mel_bank's w",
			        (size_t)(m * bins + k), (double)w[m * bins + k],
			        (double)expected, 1);
			if (expected > 0)
				kept[at] = w[m * bins + k];
		}
	arena_free(scratch);
	bands.weights = kept;
	return bands;
}

/* --- log_mel ---------------------------------------------------------------------------- */

/* One clip's tables, and one frame of it. */
typedef struct Frame {
	int count, bins;
	const real *w; /* (count, bins) */
	real *re, *im; /* (bins) */
} Frame;

static Frame new_frame(Site site, Arena *arena, const MelSettings *settings, int rate)
{
	const int length = settings->stft.fft, bins = length / 2 + 1;
	const MelBands bands =
	        mel_bands_new_at(site, arena, &settings->bands, rate, length);
	real *w = ARENA_ARRAY(arena, real, (size_t)(bands.count * bins));
	for (int m = 0; m < bands.count; m++)
		for (int k = 0; k < bins; k++)
			w[m * bins + k] = weight_of(&bands, m, k);
	return (Frame){ bands.count, bins, w, ARENA_ARRAY(arena, real, (size_t)bins),
		ARENA_ARRAY(arena, real, (size_t)bins) };
}

static void check_frame(Site site, const real *out, const Frame *f, double least)
{
	for (int m = 0; m < f->count; m++) {
		double sum = least;
		for (int k = 0; k < f->bins; k++) {
			const double re = (double)f->re[k], im = (double)f->im[k];
			sum += (double)f->w[m * f->bins + k] * (re * re + im * im);
		}
		mine_require(site, "08", "your log_mel's out", (size_t)m, (double)out[m],
		        double_log(sum), 1);
	}
}

void __wrap_mel_run_at(
        Site site, const MelPlan *plan, Tensor *features, Arena *arena, const Clip *clip)
{
	const MelSettings *s = mel_plan_settings(plan);
	if (!promised(&s->bands) || s->log != MEL_LN_PLUS || s->top_db > 0) {
		__real_mel_run_at(site, plan, features, arena, clip);
		return;
	}
	Arena *scratch = arena_new("mine");
	const Stft *stft = stft_new_at(site, scratch, &s->stft);
	StftWork *work = stft_work(scratch, stft);
	const Frame frame = new_frame(site, scratch, s, clip->rate);
	const int frames = stft_frames(stft, clip->count);
	const real *spectrum = NULL;
	*features = tensor_new_at(site, arena, SHAPE(frames, frame.count));
	for (int t = 0; t < frames; t++) {
		if (t % STFT_TOGETHER == 0)
			spectrum = stft_sixteen_at(site, stft, work, clip, t);
		real *out = features->data + (size_t)t * (size_t)frame.count;
		for (int k = 0; k < frame.bins; k++) {
			const real *bin =
			        spectrum + 2 * FFT_LANES * k + t % STFT_TOGETHER;
			frame.re[k] = bin[0];
			frame.im[k] = bin[FFT_LANES];
		}
		log_mel(out, frame.re, frame.im, frame.w, frame.count, frame.bins,
		        (real)s->floor);
		if (mine_check())
			check_frame(site, out, &frame, s->floor);
	}
	arena_free(scratch);
}
