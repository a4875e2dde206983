// program.js: brings the program and its models into the page, shuts the door behind them, and
// starts the worker in which they live.
//
// What the page needs stands in its head, <meta name="keep">: all of it is loaded first. Then a
// second policy is added to the page that allows no connection of any kind: policies can only be
// added, and none taken away. The worker is made of a blob, so that it inherits both.
const SHUT = "default-src 'none'; script-src blob: 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline';"
	+ " img-src data: blob:; media-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'";
const NEEDS = ['worker.js', '../wasi.js', 'hear.js', 'live.wasm.gz'];

let worker = null, next = 0, parts = null;
const waiting = new Map(); // id -> what is done with its answer
const UTTERANCES = 120;
const names = document.querySelector('meta[name=keep]').content.split(' ')
	.filter(part => part.endsWith('.safetensors.gz'));
const plain = name => name.replace(/^.*\/|\.safetensors(\.gz)?$/g, '').replace('-only', ' only');
const first = Math.max(0, names.findIndex(name => plain(name) === 'gated'));

export const program = {
	names: names.map(plain), // of the models, by place
	chosen: first,
	hear: '',              // where the script is that cuts sound into blocks
	carry: () => {},       // are told of each message of a model: (place, message)
	watch: () => {},
	corpus: [],            // utterances of the embedded corpus (lab.h)
	own: null,             // the name of a model that was brought
	loading: () => {},     // is told how much has been loaded: 0..1
	size: 0,               // bytes of all that was loaded
};

async function read(answer, more) {
	const pieces = [];
	for (const reader = answer.body.getReader(); ;) {
		const { done, value } = await reader.read();
		if (done)
			return unpacked(await new Blob(pieces).arrayBuffer());
		pieces.push(value);
		more(value.length);
	}
}
// Some servers unpack such a file themselves, others do not.
async function unpacked(bytes) {
	const [a, b] = new Uint8Array(bytes);
	return a !== 0x1f || b !== 0x8b ? bytes
		: new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

async function load() {
	navigator.serviceWorker?.register('../offline.js').catch(() => {});
	const all = Number(document.querySelector('meta[name=keep]').dataset.bytes);
	const found = await Promise.all([...NEEDS, ...names].map(async name => {
		const answer = await fetch(name);
		if (!answer.ok)
			throw new Error(`${name} could not be loaded: ${answer.status} ${answer.statusText}`);
		return [name, await read(answer, size => program.loading((program.size += size) / all))];
	}));
	document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: SHUT }));
	const script = (...bytes) => URL.createObjectURL(new Blob(bytes, { type: 'text/javascript' }));
	const files = new Map(found);
	program.hear = script(files.get('hear.js'));
	return { script: script(files.get('worker.js'), '\n', files.get('../wasi.js')), files };
}

export function call(name, ...args) {
	return new Promise((good, bad) => {
		waiting.set(++next, { good, bad });
		worker.postMessage({ id: next, call: name, args });
	});
}

// Starts it, or starts it anew; `lost` is told why it has ended. It is loaded but once.
export async function start(lost) {
	worker?.terminate();
	waiting.clear();
	parts ??= load();
	const { script, files } = await parts.catch(error => {
		parts = null;
		throw error;
	});
	const mine = worker = new Worker(script);
	program.names.length = names.length;
	program.own = null;
	program.chosen = program.chosen < names.length ? program.chosen : first;
	worker.onmessage = ({ data: { id, value, trouble, place, message } }) => {
		if (place !== undefined) {
			program.carry(place, message);
			program.watch(place, message);
			return;
		}
		const { good, bad } = waiting.get(id);
		waiting.delete(id);
		if (!trouble)
			return good(value);
		bad(new Error(trouble));
		if (worker === mine)
			lost(trouble);
	};
	worker.onerror = event => lost(event.message);
	await call('start', files.get('live.wasm.gz'));
	for (const [place, name] of names.entries()) {
		const refused = await call('model', place, name.replace(/\.gz$/, ''), files.get(name));
		if (refused)
			throw new Error(refused);
	}
	program.corpus = await call('corpus', UTTERANCES);
}

// One's own model in place of the chosen one, if it is any; else why not.
export async function bring(file) {
	const place = program.names.length - (program.own ? 1 : 0);
	const refused = await call('model', place, file.name, await file.arrayBuffer());
	if (refused)
		return refused;
	program.own = file.name;
	program.names[place] = file.name.replace(/\.safetensors$/, '');
	program.chosen = place;
	return null;
}
