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
const later = [];   // sound that the others have not heard yet
let ended = false;  // the chosen one has just ended a turn
const MOST = 25;    // blocks of 20 ms

function tell(place, text, at, size) {
	const bytes = system.bytes(at, size).slice();
	const message = text ? new TextDecoder().decode(bytes) : bytes.buffer;
	if (place < 0)
		told = message;
	else
		postMessage({ place, message }, text ? [] : [message]);
	ended ||= place === chosen && text && message.includes('"final":true');
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

function others_hear(message) {
	const size = put(message);
	for (let place = 0; place < models; place++)
		if (place !== chosen)
			c.inside_hear(place, typeof message === 'string' ? 1 : 0, size);
}

// A message for every model. The chosen one hears sound as it comes, the others, who answer only at the
// end of a turn, half a second at once: so that few answers of the chosen one wait for theirs.
function hear(message) {
	const text = typeof message === 'string';
	const [, kind, how] = text ? /^switch (\w+) (on|off)$/.exec(message) || [] : [];
	if (how)
		off[how === 'off' ? 'add' : 'delete'](kind);
	if (text && message.startsWith('rate '))
		later.length = 0;
	ended = false;
	c.inside_hear(chosen, text ? 1 : 0, put(message));
	if (!text)
		later.push(message);
	if (text || ended || later.length > MOST)
		later.splice(0).forEach(others_hear);
	if (!text)
		return;
	others_hear(message);
	if (message.startsWith('rate '))
		for (const one of [...off])
			hear(`switch ${one} off`);
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
		later.length = 0;
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
