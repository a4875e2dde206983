// site.mjs: a folder on 127.0.0.1, for the tests that look at pages a web server shows.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
	'.svg': 'image/svg+xml', '.wav': 'audio/wav', '.txt': 'text/plain' };

// Its address, and how to shut it; `told` hears what was asked for, and its bytes, null where there is nothing.
// `instead` may give other bytes for a path than the folder has.
export async function show(folder, told = () => {}, instead = () => null) {
	const server = createServer((request, answer) => {
		const path = decodeURIComponent(request.url.replace(/[?#].*/, ''));
		let bytes = null;
		try {
			bytes = instead(path) ?? readFileSync(join(folder, normalize(path)));
			answer.writeHead(200, { 'Content-Type': kinds[extname(path)] || 'application/octet-stream' }).end(bytes);
		} catch {
			answer.writeHead(404).end();
		}
		told(request.url, bytes);
	});
	await new Promise(ready => server.listen(0, '127.0.0.1', ready));
	return { address: `http://127.0.0.1:${server.address().port}/`, shut() {
		server.close();
		server.closeAllConnections();
	} };
}
