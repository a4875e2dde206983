/* Numbers so small that they lose digits (below 1.2e-38 as float) take some processors a
 * hundred times longer. One bit of the control register makes them 0. */
#include "tensor/denormals.h"

#include <stdint.h>

#if defined(__SSE__)

/* MXCSR, Intel's manual volume 1, 10.2.3. */
enum { FLUSH_RESULTS = 1 << 15, INPUTS_ARE_ZERO = 1 << 6 };

void denormals_flush(void)
{
	__builtin_ia32_ldmxcsr(
	        __builtin_ia32_stmxcsr() | FLUSH_RESULTS | INPUTS_ARE_ZERO);
}

#elif defined(__aarch64__)

/* FPCR, Arm's manual, C5.2.8: one bit for inputs and results. */
enum { FLUSH_TO_ZERO = 1 << 24 };

void denormals_flush(void)
{
	uint64_t control;
	__asm__ volatile("mrs %0, fpcr" : "=r"(control));
	control |= FLUSH_TO_ZERO;
	__asm__ volatile("msr fpcr, %0" : : "r"(control));
}

#else

void denormals_flush(void)
{
}

#endif
