// relaxed.js: which of its two programs a browser runs. Both say the same, to the bit.
//
// The faster has an instruction of relaxed SIMD that multiplies and adds. A machine may round in it once,
// as an exact multiply-add does, or twice: so it is asked (tensor/fma_wasm.h).
'use strict';

// The bytes of a module with one function, f(a, b, c): f32x4.relaxed_madd of a, b, c in every lane, then the first.
const MULTIPLY_ADD = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 125, 125, 125, 1, 125, 3, 2, 1, 0,
	7, 5, 1, 1, 102, 0, 0, 10, 22, 1, 20, 0, 32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0, 11]);

function roundsOnce() {
	if (!WebAssembly.validate(MULTIPLY_ADD))
		return false;
	const { f } = new WebAssembly.Instance(new WebAssembly.Module(MULTIPLY_ADD)).exports, d = 2 ** -15;
	return f(1 + d, 1 - d, -1) === -d * d && // the product alone would be 1
		f(1 + d, (1 - d) * 2 ** -24, 1 + 2 ** -23) === 1 + 2 ** -23 && // a tie, once the sum is a double
		f(2 ** -100, 2 ** -49, 0) === 2 ** -149; // not made 0
}

// chapter.wasm or chapter-relaxed.wasm; of other programs there is one
const fitting = program => roundsOnce() ? program.replace(/chapter\.wasm$/, 'chapter-relaxed.wasm') : program;
