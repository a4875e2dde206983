// web_node.mjs: runs a program for WASI under node's own, with nothing to read: what a chapter says in a pipe.
// usage: node web_node.mjs PROGRAM.wasm [ARGUMENT...]
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { WASI } from 'node:wasi';

// node 20 ends with a segmentation fault now and then where WebAssembly calls WASI by V8's short way.
setFlagsFromString('--no-turbo-fast-api-calls');

const wasi = new WASI({ version: 'preview1', args: ['chapter', ...process.argv.slice(3)], env: {}, preopens: { '/': process.cwd() } });
const module = await WebAssembly.compile(readFileSync(process.argv[2]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
