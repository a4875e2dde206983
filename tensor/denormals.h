/* denormals.h: numbers too small for a full significand count as zero.
 *
 * The processor computes with them fifty times slower, and gradients that fade away
 * through hundreds of steps are full of them. Flushed to zero they cost nothing, and
 * 1e-38 more or less decides nothing. The setting belongs to a thread: each one that
 * computes must make it, or its bits would differ from another's. The pool (threads.h)
 * makes it in all of its threads. */
#ifndef TENSOR_DENORMALS_H
#define TENSOR_DENORMALS_H

/* From here on this thread takes denormal inputs as zero and returns zero for denormal
 * results. Does nothing on processors that are neither x86 nor 64-bit Arm. */
void denormals_flush(void);

#endif
