// web_node.mjs: runs a program for WASI under node's own, with nothing to read: what a chapter says in a pipe.
// usage: node web_node.mjs PROGRAM.wasm [ARGUMENT...]
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

const wasi = new WASI({ version: 'preview1', args: ['chapter', ...process.argv.slice(3)], env: {}, preopens: { '/': process.cwd() } });
const module = await WebAssembly.compile(readFileSync(process.argv[2]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
