// wasi.js: runs a chapter's program in a worker of the page.
//
// The program is C for WASI, the system interface of WebAssembly (wasi_snapshot_preview1).
// This file is that system, as far as a chapter needs it: arguments, a clock, a keyboard, a
// screen, and files that live in memory. Nothing leaves the worker but what it tells the page.
//
// The page sends   { program, words, environment, asking, given }   to start, and
//                  { answer }             when it was asked: a line, or null for the end
//                  `given` are answers of a run that was left: they are read before it asks
// The worker sends { text }               what the program printed
//                  { given }              it has read one of the answers given
//                  { file, bytes }        a picture or sound that it has written
//                  { ask: true }          it waits for a line
//                  { ended, trouble }     its exit status, and what went wrong, in words
'use strict';

const GOOD = 0, BAD_FILE = 8, EXISTS = 20, INVALID = 28, NO_ENTRY = 44, NOT_SUPPORTED = 58, NO_SEEK = 70;
const TERMINAL = 2, FOLDER = 3, FILE = 4;
const encoder = new TextEncoder(), decoder = new TextDecoder();

class Ended extends Error {
	constructor(status) {
		super('ended');
		this.status = status;
	}
}
class Question extends Error { } // thrown where a browser cannot let a program wait

class System {
	// talk(message) tells the page something.
	constructor({ words, environment, asking }, talk) {
		Object.assign(this, { words, environment, asking, talk });
		this.folders = new Set(['']);
		this.files = new Map(); // path -> { bytes, size }
		this.open = new Map([[3, { folder: '' }]]); // number -> { file, path, at, written } or { folder }
		this.next = 4;
		this.input = []; // bytes that the program has not read yet
		this.atEnd = !asking;
		this.replay = []; // answers that are given again after a new start
		this.silent = false; // while it reads them
		this.letters = new TextDecoder();
		this.last = ''; // the end of what it said
	}

	// --- memory -------------------------------------------------------------------------------
	get view() { return new DataView(this.memory.buffer); }
	bytes(at, size) { return new Uint8Array(this.memory.buffer, at, size); }
	path(at, size) { return decoder.decode(this.bytes(at, size)).replace(/^(\.?\/)+/, '').replace(/\/+$/, ''); }
	set32(at, value) {
		this.view.setUint32(at, value, true);
		return GOOD;
	}
	set64(at, value) {
		this.view.setBigUint64(at, BigInt(value), true);
		return GOOD;
	}
	sizes(list, count, size) {
		this.set32(count, list.length);
		return this.set32(size, list.reduce((sum, text) => sum + encoder.encode(text).length + 1, 0));
	}
	strings(list, pointers, at) {
		for (const text of list) {
			const bytes = encoder.encode(text + '\0');
			this.set32(pointers, at);
			this.bytes(at, bytes.length).set(bytes);
			pointers += 4;
			at += bytes.length;
		}
		return GOOD;
	}
	// Calls use(part of memory) for each piece that a read or write names, until one falls short.
	pieces(at, count, use) {
		let sum = 0;
		for (let i = 0; i < count; i++, at += 8) {
			const part = this.bytes(this.view.getUint32(at, true), this.view.getUint32(at + 4, true));
			const done = use(part);
			sum += done;
			if (done < part.length)
				break;
		}
		return sum;
	}

	// --- arguments, environment, clock, end ---------------------------------------------------
	args_sizes_get(count, size) { return this.sizes(this.words, count, size); }
	args_get(pointers, at) { return this.strings(this.words, pointers, at); }
	environ_sizes_get(count, size) { return this.sizes(this.environment, count, size); }
	environ_get(pointers, at) { return this.strings(this.environment, pointers, at); }
	clock_time_get(id, precision, at) {
		return this.set64(at, Math.round((id === 0 ? Date.now() : performance.now()) * 1e6));
	}
	proc_exit(status) { throw new Ended(status); }

	// --- the screen and the keyboard ----------------------------------------------------------
	heard() { return !this.silent || !this.replay.length; }
	print(part) {
		const text = this.letters.decode(part.slice(), { stream: true });
		this.last = (this.last + text).slice(-500);
		if (text && this.heard())
			this.talk({ text });
		return part.length;
	}
	answer(line) {
		if (line === null)
			this.atEnd = true;
		else
			this.input.push(...encoder.encode(line + '\n'));
	}
	// Where the browser can let a program wait, a promise.
	keyboard(pieces, count, done) {
		if (!this.input.length && !this.atEnd) {
			if (this.replay.length) {
				const given = this.replay.shift();
				if (!this.silent)
					this.talk({ given });
				this.answer(given);
			} else if (this.waits)
				return this.ask().then(line => {
					this.answer(line);
					return this.keyboard(pieces, count, done);
				});
			else
				throw new Question();
		}
		return this.set32(done, this.pieces(pieces, count, part => {
			const some = this.input.splice(0, part.length);
			part.set(some);
			return some.length;
		}));
	}

	// --- files --------------------------------------------------------------------------------
	fd_prestat_get(number, at) {
		if (number !== 3)
			return BAD_FILE;
		this.set32(at, 0);
		return this.set32(at + 4, 1);
	}
	fd_prestat_dir_name(number, at) {
		this.bytes(at, 1)[0] = '/'.charCodeAt(0);
		return GOOD;
	}
	kind(number) {
		if (number <= 2)
			return this.asking ? TERMINAL : FILE;
		return this.open.get(number).file ? FILE : FOLDER;
	}
	fd_fdstat_get(number, at) {
		if (number > 2 && !this.open.has(number))
			return BAD_FILE;
		const kind = this.kind(number), ALL = 0x1fffffffn, SEEK_AND_TELL = 0x24n;
		this.bytes(at, 24).fill(0);
		this.view.setUint8(at, kind);
		this.set64(at + 8, kind === TERMINAL ? ALL & ~SEEK_AND_TELL : ALL);
		return this.set64(at + 16, ALL);
	}
	fd_fdstat_set_flags() { return GOOD; }
	fd_sync() { return GOOD; }
	status(at, kind, size) {
		this.bytes(at, 64).fill(0);
		this.view.setUint8(at + 16, kind);
		return this.set64(at + 32, size);
	}
	fd_filestat_get(number, at) {
		const { file } = this.open.get(number) || {};
		return number > 2 && !this.open.has(number) ? BAD_FILE : this.status(at, this.kind(number), file ? file.size : 0);
	}
	path_filestat_get(folder, flags, at, size, out) {
		const path = this.path(at, size), file = this.files.get(path);
		if (file)
			return this.status(out, FILE, file.size);
		return this.folders.has(path) ? this.status(out, FOLDER, 0) : NO_ENTRY;
	}
	path_create_directory(folder, at, size) {
		const path = this.path(at, size);
		if (this.folders.has(path) || this.files.has(path))
			return EXISTS;
		this.folders.add(path);
		return GOOD;
	}
	path_open(folder, look, at, size, how, rights, inherited, flags, out) {
		const path = this.path(at, size), CREATE = 1, NEW = 4, EMPTY = 8, APPEND = 1;
		let file = this.files.get(path);
		if (file && how & CREATE && how & NEW)
			return EXISTS;
		if (!file && !this.folders.has(path) && !(how & CREATE))
			return NO_ENTRY;
		if (!this.folders.has(path) && (!file || how & EMPTY))
			this.files.set(path, file = { bytes: new Uint8Array(0), size: 0 });
		this.open.set(this.next, file ? { file, path, at: flags & APPEND ? file.size : 0 } : { folder: path });
		return this.set32(out, this.next++);
	}
	grow(file, size) {
		if (size > file.bytes.length) {
			const more = new Uint8Array(Math.max(size, 2 * file.bytes.length, 4096));
			more.set(file.bytes);
			file.bytes = more;
		}
		file.size = Math.max(file.size, size);
	}
	write(open, part, at) {
		this.grow(open.file, at + part.length);
		open.file.bytes.set(part, at);
		open.written = true;
		return part.length;
	}
	read(open, part, at) {
		const some = open.file.bytes.subarray(at, Math.max(at, Math.min(at + part.length, open.file.size)));
		part.set(some);
		return some.length;
	}
	// Reads or writes (`move`) from a place on; returns where it ends, or -1.
	moved(number, pieces, count, from, done, move) {
		const open = this.open.get(number);
		if (!open || !open.file)
			return -1;
		let at = from === undefined ? open.at : Number(from);
		this.set32(done, this.pieces(pieces, count, part => {
			const some = this[move](open, part, at);
			at += some;
			return some;
		}));
		if (from === undefined)
			open.at = at;
		return at;
	}
	fd_pread(number, pieces, count, from, done) {
		return this.moved(number, pieces, count, from, done, 'read') < 0 ? BAD_FILE : GOOD;
	}
	fd_pwrite(number, pieces, count, from, done) {
		return this.moved(number, pieces, count, from, done, 'write') < 0 ? BAD_FILE : GOOD;
	}
	fd_read(number, pieces, count, done) {
		if (number === 0)
			return this.keyboard(pieces, count, done);
		return this.moved(number, pieces, count, undefined, done, 'read') < 0 ? BAD_FILE : GOOD;
	}
	fd_write(number, pieces, count, done) {
		if (number <= 2)
			return this.set32(done, this.pieces(pieces, count, part => this.print(part)));
		return this.moved(number, pieces, count, undefined, done, 'write') < 0 ? BAD_FILE : GOOD;
	}
	fd_seek(number, offset, whence, out) {
		const open = this.open.get(number);
		if (!open || !open.file)
			return number <= 2 ? NO_SEEK : BAD_FILE;
		const to = [0, open.at, open.file.size][whence] + Number(offset);
		if (to < 0)
			return INVALID;
		open.at = to;
		return this.set64(out, to);
	}
	fd_filestat_set_size(number, size) {
		const { file } = this.open.get(number) || {};
		if (!file)
			return BAD_FILE;
		this.grow(file, Number(size));
		file.size = Number(size);
		return GOOD;
	}
	// A picture or a sound under its own name is the page's; one that is written aside, once it is renamed.
	tell(path) {
		const file = this.files.get(path);
		if (/\.(svg|wav)$/.test(path) && this.heard())
			this.talk({ file: path, bytes: file.bytes.slice(0, file.size) });
	}
	fd_close(number) {
		const open = this.open.get(number);
		this.open.delete(number);
		if (open && open.written)
			this.tell(open.path);
		return open || number <= 2 ? GOOD : BAD_FILE;
	}
	path_rename(folder, at, size, other, to, length) {
		const from = this.path(at, size), path = this.path(to, length), file = this.files.get(from);
		if (!file)
			return NO_ENTRY;
		this.files.delete(from);
		this.files.set(path, file);
		for (const open of this.open.values())
			if (open.file === file)
				open.path = path;
		this.tell(path);
		return GOOD;
	}
	path_unlink_file(folder, at, size) { return this.files.delete(this.path(at, size)) ? GOOD : NO_ENTRY; }

	// --- running ------------------------------------------------------------------------------
	// What a chapter never needs is refused.
	imports(module) {
		const functions = {};
		for (const { name } of WebAssembly.Module.imports(module))
			functions[name] = this[name] ? this[name].bind(this) : () => NOT_SUPPORTED;
		if (this.waits && functions.fd_read)
			functions.fd_read = new WebAssembly.Suspending(functions.fd_read);
		return { wasi_snapshot_preview1: functions };
	}
	// Its exit status.
	async run(module) {
		const { exports } = await WebAssembly.instantiate(module, this.imports(module));
		this.memory = exports.memory;
		try {
			await (this.waits ? WebAssembly.promising(exports._start)() : exports._start());
			return 0;
		} catch (error) {
			if (error instanceof Ended)
				return error.status;
			// What finds no memory says so, and gives up (tensor/error.h).
			const short = error instanceof WebAssembly.RuntimeError && /out of memory/.test(this.last);
			throw short ? new RangeError('memory') : error;
		}
	}
}

let answered; // who waits for the page's answer

// Where a browser cannot let a program wait, it is started again for each answer, with those
// given so far, and is not heard until it has read them: it says the same each time.
async function start(request) {
	const waits = request.asking && 'Suspending' in WebAssembly;
	const ask = () => new Promise(found => {
		answered = found;
		postMessage({ ask: true });
	});
	importScripts('relaxed.js');
	const program = fitting(request.program), answer = await fetch(program);
	if (!answer.ok)
		throw new Error(`${program}: ${answer.status} ${answer.statusText}`);
	const module = await WebAssembly.compile(await answer.arrayBuffer());
	const given = [...request.given];
	for (let silent = false; ; silent = true) {
		const system = new System(request, message => postMessage(message));
		Object.assign(system, { waits, ask, silent, replay: [...given] });
		try {
			return await system.run(module);
		} catch (error) {
			if (!(error instanceof Question))
				throw error;
			given.push(await ask());
		}
	}
}

// What is said of an error that the program did not put into words itself.
function trouble(error) {
	if (error instanceof WebAssembly.CompileError)
		return 'This browser cannot run the program: it lacks the vector instructions (SIMD) of WebAssembly. ' +
			'Browsers from 2023 on have them.';
	if (/call stack|recursion/.test(error.message))
		return 'A function of the program has called itself too often: each call takes memory until it returns.';
	if (error instanceof RangeError)
		return 'There is not enough memory here for this program. Close other pages and programs, then Run again.';
	if (/out of bounds/.test(error.message))
		return 'The program has used memory that is not its own. That is a mistake in the program, not in what you did.';
	if (error instanceof WebAssembly.RuntimeError)
		return 'The program has given up. Where it could tell the reason, it stands above.';
	return `The program could not be loaded: ${error.message}`;
}

addEventListener('message', async ({ data }) => {
	if ('answer' in data) {
		answered(data.answer);
		return;
	}
	try {
		postMessage({ ended: await start(data) });
	} catch (error) {
		postMessage({ ended: 1, trouble: trouble(error) });
	}
});
