// live_node.mjs: the worker of the page live/ under node, beside the same C natively (live_native.c).
// usage: node live_node.mjs LIVE CALLS TOLD
// LIVE is the folder that make web made, CALLS what was called, a line each, TOLD what was told natively. The worker
// must tell the same: JSON with the same digits, sound and spectrograms with the same bits.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';

const [folder, calls, native] = process.argv.slice(2);
const wanted = readFileSync(native, 'utf8').trimEnd().split('\n');
const told = [];
let answered = () => {}, hearing = () => {};

// A worker's surroundings, as far as it needs them.
const context = createContext({ TextEncoder, TextDecoder, WebAssembly, performance, console,
	addEventListener: (what, listen) => hearing === unheard && (hearing = listen),
	postMessage: data => 'place' in data ? told.push([data.place, data.message]) : answered(data) });
const unheard = hearing;
for (const script of [join(folder, 'worker.js'), join(folder, '../wasi.js')])
	runInContext(readFileSync(script, 'utf8'), context, script);

function call(name, ...args) {
	return new Promise((good, bad) => {
		answered = ({ value, trouble }) => trouble ? bad(new Error(`${name}: ${trouble}`)) : good(value);
		hearing({ data: { id: 1, call: name, args }, stopImmediatePropagation() {} });
	});
}
const bytes = file => new Uint8Array(gunzipSync(readFileSync(`${file}.gz`))).buffer;
const snr = text => text === 'inf' ? Infinity : Number(text);

await call('start', bytes(join(folder, 'live.wasm')));
for (const line of readFileSync(calls, 'utf8').trimEnd().split('\n')) {
	const [name, ...rest] = line.split(' ');
	if (name === 'model') {
		const refused = await call('model', Number(rest[0]), rest[1], bytes(join(folder, 'models', basename(rest[1]).replace('-1.', '.'))));
		if (refused)
			told.push([-1, { kind: 'error', text: refused }]);
	} else if (name === 'choose') {
		await call('choose', Number(rest[0]));
	} else if (name === 'hear') {
		await call('hear', rest.join(' '));
	} else if (name === 'play') {
		const sound = new Float32Array(await call('sound', Number(rest[0]), snr(rest[1])));
		for (let at = 0; at < sound.length; at += 320) {
			const some = sound.subarray(at, at + 320), block = new DataView(new ArrayBuffer(1 + 2 * some.length));
			block.setUint8(0, 1);
			some.forEach((x, i) => block.setInt16(1 + 2 * i, Math.trunc(32767 * Math.max(-1, Math.min(1, x))), true));
			await call('hear', block.buffer);
		}
	} else if (name === 'law') {
		told.push([-1, { kind: 'law', text: await call('law') }]);
	} else if (name === 'corpus') {
		told.push([-1, { kind: 'corpus', utterances: await call('corpus', Number(rest[0])) }]);
	} else if (name === 'ask') {
		const answers = await call('ask', Number(rest[0]), snr(rest[1]), rest[2] === '1', rest[3]);
		told.push([-1, { kind: 'lab', index: Number(rest[0]), answers }]);
	} else {
		told.push([-1, await call('sound', Number(rest[0]), snr(rest[1]))]);
	}
}

// Both as one text: bytes as hexadecimal digits, JSON as JavaScript writes it.
const plain = what => typeof what === 'string' ? JSON.stringify(JSON.parse(what))
	: what instanceof ArrayBuffer || ArrayBuffer.isView(what) || String(what) === '[object ArrayBuffer]'
		? Buffer.from(what).toString('hex') : JSON.stringify(what);
const found = told.map(([place, what]) => `${place} ${plain(what)}`);
const sorted = wanted.map(line => {
	const [, place, what] = /^(-?\d+) (.*)$/.exec(line);
	return `${place} ${what[0] === '{' ? plain(what) : what}`;
});
const at = sorted.findIndex((line, i) => line !== found[i]);
const same = at < 0 && sorted.length === found.length;
if (!same)
	console.log(`line ${at + 1}: natively ${sorted[at]?.slice(0, 300)}\nin the worker ${found[at]?.slice(0, 300)}`);
console.log(`${sorted.length} told natively, ${found.length} in the worker, ${same ? 0 : 1} failures`);
process.exit(same && found.length > 20 ? 0 : 1);
