/* fma_wasm.h: a b + c of floats, rounded once, in WebAssembly, where two programs are made
 * of each source (tutorials/web/web.mk).
 *
 * One runs everywhere: its multiply-add is made of doubles (fma_made.h). The other, with
 * FMA_RELAXED, takes the instruction of relaxed SIMD that multiplies and adds four floats. A
 * machine may round once in it, or twice. So whoever starts a program first asks which
 * (tutorials/web/relaxed.js), and takes this one only where it is once: the same bits. */
#ifndef TENSOR_FMA_WASM_H
#define TENSOR_FMA_WASM_H

#include "tensor/fma_made.h"

#ifdef FMA_RELAXED

/* f32x4.relaxed_madd by its number, 0x105: clang 14 knows an older one. */
static inline FmaFour fma_wasm_four(FmaFour a, FmaFour b, FmaFour c)
{
	FmaFour result;
	__asm__("local.get %1\n\tlocal.get %2\n\tlocal.get %3\n\t"
	        ".byte 0xfd\n\t.byte 0x85\n\t.byte 0x02\n\t"
	        "local.set %0"
	        : "=r"(result)
	        : "r"(a), "r"(b), "r"(c));
	return result;
}

static inline float fma_wasm(float a, float b, float c)
{
	return fma_wasm_four((FmaFour){ a, a, a, a }, (FmaFour){ b, b, b, b },
	        (FmaFour){ c, c, c, c })[0];
}

#else

static inline FmaFour fma_wasm_four(FmaFour a, FmaFour b, FmaFour c)
{
	return fma_made_four(a, b, c);
}

static inline float fma_wasm(float a, float b, float c)
{
	return fma_made(a, b, c);
}

#endif

#endif
