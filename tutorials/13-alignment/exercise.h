/* exercise.h: the mean of the frames under a word, by hand.
 * may call: nothing */
#ifndef TUTORIALS_ALIGNMENT_EXERCISE_H
#define TUTORIALS_ALIGNMENT_EXERCISE_H

/* Which frames does each of U words touch? Sets begins (U) and ends (U), from starts (U)
 * and stops (U) in seconds. There are T frames, `rate` in a second. */
void words_frames(int *begins, int *ends, const float *starts, const float *stops,
        float rate, int U, int T);

/* frames (B,T,F), begins and ends (B,U), words (B) -> out (B,U,F). Sets out. */
void words_mean_forward(float *out, const float *frames, const int *begins,
        const int *ends, const int *words, int B, int U, int T, int F);
/* d_out (B,U,F) is the gradient of out. Adds to the gradient of the frames (B,T,F). */
void words_mean_backward(float *d_frames, const float *d_out, const int *begins,
        const int *ends, const int *words, int B, int U, int T, int F);

#endif
