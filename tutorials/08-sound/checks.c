/* Each function is compared with its definition in double. Where it is wrong, the likely
 * mistakes are made on purpose (transform.h, bank.h) and compared with what was found. */
#include "tutorials/08-sound/bank.h"
#include "tutorials/08-sound/transform.h"

/* --- fft -------------------------------------------------------------------------------- */

static Samples new_samples(int n, int stride)
{
	Rng rng = rng_new((uint64_t)checks_seed());
	Samples s = { .n = n, .stride = stride };
	fill(s.re, ROOM, &rng);
	fill(s.im, ROOM, &rng);
	fill(s.before[0], 2 * ROOM, &rng);
	return s;
}

static const char *likely_of(
        const Samples *s, const real found[], int *at, double *expected)
{
	return likely_mistake(&(Comparison){ .problem = s,
	                              .make = make_transform,
	                              .found = found,
	                              .count = 2 * ROOM,
	                              .size = sqrt(s->n),
	                              .mistakes = transform_mistakes,
	                              .known = COUNT_OF(transform_mistakes) },
	        at, expected);
}

/* `found`: ROOM of re, then ROOM of im. */
static Samples call_fft(int n, int stride, real found[])
{
	const Samples s = new_samples(n, stride);
	memcpy(found, s.before, sizeof s.before);
	real *re = found, *im = found + ROOM;
	CALL("fft", WRITES(re, ROOM), WRITES(im, ROOM), READS(s.re, ROOM),
	        READS(s.im, ROOM), INT(n), INT(stride));
	return s;
}

/* The smallest transform that goes wrong tells most. */
static const char *wrong_from(int n)
{
	switch (n) {
	case 1:
		return "the transform of one sample is the sample: there it ends";
	case 2:
		return "it begins with two samples a and b. X(0) is a + b and X(1) is a - b: "
		       "each half is one sample, and w is 1";
	case 4:
		return "two samples are right, four are not. The halves are samples 0, 2 and "
		       "samples 1, 3; the second half of re and im belongs to the odd ones; "
		       "for k = 1, w is -i";
	default:
		return "small transforms are right, larger ones are not: what is wrong three "
		       "levels down? Look at the stride and at n in the angle";
	}
}

static void judge_transform(int n, int stride)
{
	real found[2 * ROOM];
	int at;
	double expected;
	const Samples s = call_fft(n, stride, found);
	const char *likely = likely_of(&s, found, &at, &expected);
	if (!likely)
		return;
	if (likely == UNKNOWN && n > 8) /* what is wrong may be seen in a smaller one */
		for (int fewer = 2; fewer <= 8; fewer *= 2)
			judge_transform(fewer, stride);
	if (likely == UNKNOWN)
		likely = wrong_from(n);
	const char *name = at < ROOM ? "re" : "im";
	if (at % ROOM >= n)
		MISTAKE("there are n numbers, from 0 to n - 1",
		        "%s[%d] is written, behind its end (n = %d, stride %d)", name,
		        at % ROOM, n, stride);
	MISTAKE(likely, "%s[%d] is %.6g, expected %.6g (n = %d, stride %d)", name,
	        at % ROOM, (double)found[at], expected, n, stride);
}

START_TEST(sixteen_samples)
{
	judge_transform(checks_seed() % 2 ? 16 : 32, 1);
}
END_TEST

START_TEST(with_a_stride)
{
	judge_transform(16, 3 + checks_seed() % 3);
}
END_TEST

START_TEST(of_few)
{
	judge_transform(16, 1); /* so that what is wrong in general is told by it */
	for (int n = 1; n <= 8; n *= 2)
		judge_transform(n, 1 + checks_seed() % 2);
}
END_TEST

/* Three waves that fit: their bins are known, all others are 0. */
START_TEST(of_many)
{
	enum { N = 1 << 16, WAVES = 3 };
	static real x_re[N], x_im[N], re[N], im[N];
	static double expected[N];
	Rng rng = rng_new((uint64_t)checks_seed());
	judge_transform(16, 1);
	for (int t = 0; t < N; t++) {
		x_re[t] = x_im[t] = 0;
		expected[t] = 0;
	}
	for (int wave = 1; wave <= WAVES; wave++) {
		const int bin = rng_below(&rng, N);
		expected[bin] += (double)wave * N;
		for (int t = 0; t < N; t++) {
			const double angle =
			        2 * 3.14159265358979 * (double)((int64_t)bin * t % N) / N;
			x_re[t] += (real)(wave * cos(angle));
			x_im[t] += (real)(wave * sin(angle));
		}
	}
	CALL("fft", WRITES(re, N), WRITES(im, N), READS(x_re, N), READS(x_im, N), INT(N),
	        INT(1));
	for (int k = 0; k < N; k++)
		if (!(fabs((double)re[k] - expected[k]) <= 1e-3 * N &&
		            fabs((double)im[k]) <= 1e-3 * N))
			MISTAKE("rounding. Compute each angle from k and n; do not add up "
			        "many small steps",
			        "n = %d: X(%d) is %.6g + %.6g i, expected %.6g", N, k,
			        (double)re[k], (double)im[k], expected[k]);
}
END_TEST

/* --- mel_bank --------------------------------------------------------------------------- */

/* low and high are inside of the range, and no two points fall on the same bin. */
static Bank new_bank(int bands)
{
	const int seed = checks_seed();
	Rng rng = rng_new((uint64_t)seed);
	Bank b = { .bands = bands,
		.n = 64 - 4 * (seed % 3),
		.rate = seed % 2 ? 8000 : 9000,
		.low = 60 + 20 * (seed % 5),
		.high = seed % 2 ? 3300 : 3700 };
	fill(b.before, ROOM, &rng);
	return b;
}

static void check_bank(int bands)
{
	const Bank b = new_bank(bands);
	const int bins = b.n / 2 + 1;
	real w[ROOM];
	int at;
	double expected;
	memcpy(w, b.before, sizeof w);
	CALL("mel_bank", WRITES(w, ROOM), INT(bands), INT(b.n), REAL(b.rate), REAL(b.low),
	        REAL(b.high));
	const char *likely = likely_mistake(&(Comparison){ .problem = &b,
	                                            .make = make_bank,
	                                            .found = w,
	                                            .count = ROOM,
	                                            .size = 1,
	                                            .mistakes = bank_mistakes,
	                                            .known = COUNT_OF(bank_mistakes) },
	        &at, &expected);
	if (likely && at >= bands * bins)
		MISTAKE("w has bands * (n/2 + 1) numbers",
		        "w[%d] is written, behind its end (%d bands, n = %d)", at, bands,
		        b.n);
	if (likely)
		MISTAKE(likely,
		        "w(%d,%d) is %.5g, expected %.5g (%d bands, n = %d, rate %g, %g to %g "
		        "Hz; bin %d is at %g Hz)",
		        at / bins, at % bins, (double)w[at], expected, bands, b.n, b.rate,
		        b.low, b.high, at % bins, at % bins * b.rate / b.n);
}

START_TEST(a_bank)
{
	check_bank(5);
}
END_TEST

START_TEST(other_banks)
{
	check_bank(5);
	check_bank(3 + checks_seed() % 2);
	check_bank(1);
}
END_TEST

/* --- log_mel ---------------------------------------------------------------------------- */

START_TEST(a_frame)
{
	Rng rng = rng_new((uint64_t)checks_seed());
	Frame f = { .bands = 4 + checks_seed() % 2,
		.bins = 9 + checks_seed() % 3,
		.least = 0.25 };
	fill(f.re, ROOM, &rng);
	fill(f.im, ROOM, &rng);
	fill(f.before, ROOM, &rng);
	for (int i = 0; i < ROOM; i++)
		f.w[i] = (real)rng_uniform_double(&rng);
	for (int k = 0; k < f.bins; k++) /* a silent band */
		f.w[f.bins + k] = 0;
	real out[ROOM];
	int at;
	double expected;
	memcpy(out, f.before, sizeof out);
	CALL("log_mel", WRITES(out, ROOM), READS(f.re, ROOM), READS(f.im, ROOM),
	        READS(f.w, ROOM), INT(f.bands), INT(f.bins), REAL(f.least));
	const char *likely = likely_mistake(&(Comparison){ .problem = &f,
	                                            .make = make_frame,
	                                            .found = out,
	                                            .count = ROOM,
	                                            .size = 0.1,
	                                            .mistakes = frame_mistakes,
	                                            .known = COUNT_OF(frame_mistakes) },
	        &at, &expected);
	if (likely && at >= f.bands)
		MISTAKE("out has one number for each band",
		        "out[%d] is written, behind its end (%d bands)", at, f.bands);
	if (likely)
		MISTAKE(likely, "out(%d) is %.6g, expected %.6g (%d bands, %d bins)%s",
		        at, (double)out[at], expected, f.bands, f.bins,
		        at == 1 ? ". This band is silent: all of its weights are 0" : "");
}
END_TEST

CHECKS({ sixteen_samples, 3, "fft: all bins" },
        { with_a_stride, 1, "fft: samples that do not lie side by side" },
        { of_few, 1, "fft: 1, 2, 4 and 8 samples" }, { a_bank, 2, "mel_bank: w" },
        { other_banks, 1, "mel_bank: few bands" }, { a_frame, 1, "log_mel: out" },
        { of_many, 1,
                "fft: 65,536 samples (n log n steps need no second, n times n minutes)" })
