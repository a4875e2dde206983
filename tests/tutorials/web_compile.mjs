// web_compile.mjs: the worker that compiles warm-ups (tutorials/web/compile.js) under node.
// usage: node web_compile.mjs BOOK NAME FILE [NAME FILE...]
// Compiles each FILE as NAME and prints "NAME: STATUS", then what the page would show of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

const [book, ...files] = process.argv.slice(2);
let hear, tell;
globalThis.addEventListener = (kind, listener) => { hear = listener; };
globalThis.postMessage = message => tell(message);
globalThis.importScripts = name => runInThisContext(readFileSync(join(book, name), 'utf8'), name);
globalThis.fetch = async name => new Response(readFileSync(join(book, name)));
globalThis.importScripts('compile.js');

for (let i = 0; i < files.length; i += 2) {
	let said = '';
	const ended = await new Promise(done => {
		tell = message => {
			said += message.text ?? message.trouble ?? '';
			if ('ended' in message)
				done(message.ended);
		};
		hear({ data: { name: files[i], source: readFileSync(files[i + 1], 'utf8') } });
	});
	process.stdout.write(`${files[i]}: ${ended}\n${said}`);
}
