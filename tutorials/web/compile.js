// compile.js: compiles a warm-up in a worker of the page, and runs its checks.
//
// The compiler is wcc of xcc (github.com/tyfkda/xcc), a small C compiler that is a program for
// WASI itself. kit.sh packs it with its headers and its C library into compiler.tar. wasi.js is
// the system for both: the compiler, and then the program that it has written.
//
// The page sends   { name, source }      a file, to be compiled as that name
// The worker sends { text }              what the compiler says, or the checks
//                  { compiled: true }    from here on the checks run
//                  { ended, trouble }    0: right
'use strict';
importScripts('wasi.js');

// The files of a tar archive: heads of 512 bytes, and behind each the bytes, up to the next 512.
function unpack(tar) {
	const files = new Map(), text = (at, size) => decoder.decode(tar.subarray(at, at + size)).replace(/\0.*$/s, '');
	for (let at = 0; tar[at]; ) {
		const size = parseInt(text(at + 124, 12), 8) || 0, kind = text(at + 156, 1);
		if (kind === '0' || kind === '')
			files.set(text(at, 100).replace(/^\.\//, ''), { bytes: tar.slice(at + 512, at + 512 + size), size });
		at += 512 + Math.ceil(size / 512) * 512;
	}
	return files;
}

// Reads nothing from a keyboard. The compiler asks for random names of files.
class Tool extends System {
	constructor(words, files, talk) {
		super({ words, environment: [], asking: false }, talk);
		this.files = files;
		this.folders = new Set(['', 'tmp']);
	}
	random_get(at, size) {
		crypto.getRandomValues(this.bytes(at, size));
		return GOOD;
	}
}

let kit = null; // the compiler and its files, once they are here

async function unpackKit() {
	const answer = await fetch('compiler.tar');
	if (!answer.ok)
		throw new Error(`compiler.tar: ${answer.status} ${answer.statusText}`);
	const files = unpack(new Uint8Array(await answer.arrayBuffer()));
	return { files, compiler: await WebAssembly.compile(files.get('cc.wasm').bytes) };
}

// What wasi.js does with a message, here.
start = async ({ name, source }) => {
	kit ||= await unpackKit();
	const files = new Map(kit.files), bytes = encoder.encode(source);
	files.set(name, { bytes, size: bytes.length });
	let said = '';
	const words = ['cc', '-I', '/', '--stack-size=1048576', '-o', '/warmup.wasm', `/${name}`, '/checks.o', '/printf.o', '/main.o'];
	const status = await new Tool(words, files, ({ text }) => said += text ?? '').run(kit.compiler);
	const made = files.get('warmup.wasm');
	if (status || !made) {
		postMessage({ text: `It does not compile:\n${said.replaceAll(`/${name}`, name)}` });
		return 1;
	}
	postMessage({ text: said });
	const program = await WebAssembly.compile(made.bytes.subarray(0, made.size));
	postMessage({ compiled: true });
	return new Tool(['warmup'], files, message => message.text && postMessage(message)).run(program);
};
