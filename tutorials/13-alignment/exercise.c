/* Exercise 13: the mean of the frames under a word. 10 points.
 *
 * 1. Which frames does a word touch? There are `rate` frames in a second, so frame t
 *    stands for the time from t / rate to (t + 1) / rate. The frames of word j are
 *    begins[j] ... ends[j] - 1:
 *
 *        begins[j]  is  start times rate, rounded down
 *        ends[j]    is  stop times rate, rounded down, plus 1
 *
 *    There are only T frames: what is larger than T becomes T. No time is below 0.
 *
 * 2. Forward. There are B utterances, side by side. Each has T frames of F numbers, and
 *    room for U words; utterance b has words[b] of them. For each of its words
 *
 *        out(b,j,f) = mean of frames(b,t,f) over t from begins(b,j) to ends(b,j) - 1
 *
 *    A word without a frame (begin equals end) gets zeros. So does the padding, the words
 *    from words[b] on: what begins and ends hold there is not to be read.
 *
 * 3. Backward. d_out has the shape of out. Each frame under a word gets its share:
 *
 *        d_frames(b,t,f)  grows by  d_out(b,j,f) / number of frames under word j
 *
 *    Two words may share a frame; it gets both shares. A function adds (+=) to d_frames,
 *    for other functions may have added to it before.
 *
 * All arrays lie row after row; the last index moves fastest:
 *
 *        frames(b,t,f)  is  frames[(b * T + t) * F + f]
 *        out(b,j,f)     is  out[(b * U + j) * F + f]
 *        begins(b,j)    is  begins[b * U + j]  */
#include "tutorials/13-alignment/exercise.h"

void words_frames(int *begins, int *ends, const float *starts, const float *stops,
        float rate, int U, int T)
{
	(void)begins, (void)ends, (void)starts; /* goes when you use them */
	(void)stops, (void)rate, (void)U, (void)T;
	/* BEGIN SOLUTION */
	for (int j = 0; j < U; j++) {
		int begin = (int)(starts[j] * rate);
		int end = (int)(stops[j] * rate) + 1;
		begins[j] = begin > T ? T : begin;
		ends[j] = end > T ? T : end;
	}
	/* END SOLUTION */
}

void words_mean_forward(float *out, const float *frames, const int *begins,
        const int *ends, const int *words, int B, int U, int T, int F)
{
	(void)out, (void)frames, (void)begins, (void)ends, (void)words; /* likewise */
	(void)B, (void)U, (void)T, (void)F;
	/* BEGIN SOLUTION */
	for (int b = 0; b < B; b++)
		for (int j = 0; j < U; j++) {
			int first = begins[b * U + j], last = ends[b * U + j];
			if (j >= words[b])
				last = first; /* padding has no frames */
			for (int f = 0; f < F; f++) {
				float sum = 0;
				for (int t = first; t < last; t++)
					sum += frames[(b * T + t) * F + f];
				int n = last - first;
				out[(b * U + j) * F + f] = n > 0 ? sum / (float)n : 0;
			}
		}
	/* END SOLUTION */
}

void words_mean_backward(float *d_frames, const float *d_out, const int *begins,
        const int *ends, const int *words, int B, int U, int T, int F)
{
	(void)d_frames, (void)d_out, (void)begins, (void)ends, (void)words; /* likewise */
	(void)B, (void)U, (void)T, (void)F;
	/* BEGIN SOLUTION */
	for (int b = 0; b < B; b++)
		for (int j = 0; j < words[b]; j++) {
			int first = begins[b * U + j], last = ends[b * U + j];
			float n = (float)(last - first);
			for (int t = first; t < last; t++)
				for (int f = 0; f < F; f++)
					d_frames[(b * T + t) * F + f] +=
					        d_out[(b * U + j) * F + f] / n;
		}
	/* END SOLUTION */
}
