// worker.js: the program inside the page: a worker with the same C as `emotionnet serve`, compiled
// to WebAssembly (inside.h, lab.h). wasi.js, which follows in the same worker, is its system.
//
// The page sends   { id, call, args }       a function of `calls`, to be answered by
// The worker sends { id, value }            what it gave, or
//                  { id, trouble }          why it could not, in words: then the program has ended
//                  { place, message }       what a model says by itself (emotionnet/serve/talk.h)
'use strict';

let c, system;      // what the program offers; what it sees
let told = null;    // the last message that belongs to no model
let models = 0;     // places that are taken
let chosen = 0;     // the one whose talk is told in full
const off = new Set(); // modalities

function tell(place, text, at, size) {
	const bytes = system.bytes(at, size).slice();
	const message = text ? new TextDecoder().decode(bytes) : bytes.buffer;
	if (place < 0)
		told = message;
	else
		postMessage({ place, message }, text ? [] : [message]);
}

// Writes what a function is to read; how many bytes.
function put(what) {
	const bytes = typeof what === 'string' ? new TextEncoder().encode(what) : new Uint8Array(what);
	system.bytes(c.inside_room(bytes.length), bytes.length).set(bytes);
	return bytes.length;
}

// What the function tells, as JSON or bytes; null: nothing.
function told_by(action) {
	told = null;
	action();
	return typeof told === 'string' ? JSON.parse(told) : told;
}

// A message for every model, the chosen one first. False: it was none.
function hear(message) {
	const text = typeof message === 'string', size = put(message), [, kind, how] = text
		? /^switch (\w+) (on|off)$/.exec(message) || [] : [];
	if (how)
		off[how === 'off' ? 'add' : 'delete'](kind);
	let heard = false;
	for (const place of [chosen, ...Array(models).keys()])
		if (place !== chosen || !heard)
			heard = c.inside_hear(place, text ? 1 : 0, size) === 1 || heard;
	if (text && message.startsWith('rate '))
		for (const one of [...off])
			hear(`switch ${one} off`);
	return heard;
}

const calls = {
	async start(program) {
		const module = await WebAssembly.compile(program);
		system = new System({ words: ['live'], environment: [], asking: false }, () => {});
		const { exports } = await WebAssembly.instantiate(module, { ...system.imports(module), env: { page_tell: tell } });
		c = exports;
		system.memory = c.memory;
		c._initialize();
	},
	// A model's file, into a place; what is wrong with it, or null.
	model(place, name, bytes) {
		system.files.set(name, { bytes: new Uint8Array(bytes), size: bytes.byteLength });
		const refused = told_by(() => c.inside_model(place, put(name)));
		system.files.delete(name);
		if (!refused)
			models = Math.max(models, place + 1);
		return refused && refused.text;
	},
	choose(place) {
		chosen = place;
		c.inside_choose(place);
	},
	hear,
	law: () => told_by(() => c.inside_law()).text,
	corpus: count => told_by(() => c.lab_corpus(count)).utterances,
	sound: (index, snr) => told_by(() => c.lab_sound(index, snr)),
	ask: (index, snr, speech, keep) => told_by(() => c.lab_ask(index, snr, speech ? 1 : 0, put(keep))).answers,
	// Whether this worker can reach anything, for whoever doubts it.
	reach: address => fetch(address).then(() => true, () => false),
};

addEventListener('message', async event => {
	const { id, call, args } = event.data;
	event.stopImmediatePropagation(); // it is none that wasi.js knows
	try {
		postMessage({ id, value: await calls[call](...args) });
	} catch (error) {
		postMessage({ id, trouble: trouble(error) });
	}
});
