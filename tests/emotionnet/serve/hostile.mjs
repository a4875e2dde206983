// hostile.mjs: what no browser sends: other names, other origins, requests in halves, frames that lie, too many of all;
// and whether the page is still served afterwards.
// usage: node hostile.mjs ADDRESS
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const { hostname, port, pathname: path } = new URL(process.argv[2]);
let checks = 0, failures = 0;
function check(name, right, found) {
	checks++;
	if (right)
		return;
	failures++;
	console.log(`FAILED: ${name}: ${found}`);
}

// A connection: what it has been sent so far, and whether it has been ended.
function dial(bytes) {
	const socket = connect(Number(port), hostname);
	const line = { socket, got: Buffer.alloc(0), ended: false, since: Date.now() };
	socket.on('data', data => { line.got = Buffer.concat([line.got, data]); });
	socket.on('error', () => {});
	line.end = new Promise(done => socket.on('close', () => { line.ended = true; line.lasted = Date.now() - line.since; done(); }));
	if (bytes)
		socket.write(bytes);
	return line;
}
async function ask(bytes) {
	const line = dial(bytes);
	await Promise.race([line.end, sleep(9000)]);
	line.socket.destroy();
	return line.got.toString('latin1');
}
const get = (target, ...fields) => `GET ${target} HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`;
const host = `Host: 127.0.0.1:${port}`, origin = `Origin: http://127.0.0.1:${port}`;
const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

async function expect(name, status, bytes) {
	const got = await ask(bytes);
	check(name, got.startsWith(`HTTP/1.1 ${status} `), got.slice(0, 60) || 'nothing');
	return got;
}

// A guest, and what it says: masked, unless told otherwise.
function frame(first, payload, { masked = true, length = payload.length } = {}) {
	const head = length < 126 ? [first, length] : length < 65536 ? [first, 126, length >> 8, length & 255]
		: [first, 127, 0, 0, 0, 0, ...[24, 16, 8, 0].map(by => length / 2 ** by & 255)];
	head[1] |= masked ? 128 : 0;
	const mask = [1, 2, 3, 4];
	return Buffer.from([...head, ...(masked ? mask : []), ...payload.map((byte, i) => masked ? byte ^ mask[i % 4] : byte)]);
}
const text = words => frame(0x81, [...Buffer.from(words)]);
async function guest() {
	const line = dial(get(`${path}socket`, host, origin, ...upgrade));
	for (let i = 0; i < 100 && !line.got.includes('\r\n\r\n'); i++)
		await sleep(20);
	return line;
}
// The code with which it is closed.
function closed(line) {
	const body = line.got.subarray(line.got.indexOf('\r\n\r\n') + 4);
	const at = body.lastIndexOf(0x88);
	return at >= 0 && body.length >= at + 4 ? body.readUInt16BE(at + 2) : 'not closed';
}
async function refuses(name, code, ...frames) {
	const line = await guest();
	for (const bytes of frames)
		line.socket.write(bytes);
	await Promise.race([line.end, sleep(4000)]);
	check(name, closed(line) === code && line.ended, `${closed(line)}${line.ended ? '' : ', and it was not ended'}`);
	line.socket.destroy();
}

// ---- who may come in
const page = await expect('the page itself', 200, get(path, host));
for (const header of ["Content-Security-Policy: default-src 'none'", 'X-Content-Type-Options: nosniff', 'Cache-Control: no-store', 'Referrer-Policy: no-referrer'])
	check(header, page.includes(header), 'it is not said');
await expect('another name', 403, get(path, 'Host: evil.example'));
await expect('another port', 403, get(path, 'Host: 127.0.0.1:1'));
await expect('no token', 403, get('/', host));
await expect('a wrong token', 403, get(`/${'0'.repeat(32)}/`, host));
await expect('no such file', 404, get(`${path}../../etc/passwd`, host));
await expect('no name at all', 400, get(path));
await expect('POST', 405, `POST ${path} HTTP/1.1\r\n${host}\r\n\r\n`);
await expect('a body', 413, get(path, host, 'Content-Length: 10'));
await expect('a long path', 414, get('/' + 'a'.repeat(600), host));
await expect('a long header', 431, get(path, host, 'X: ' + 'a'.repeat(9000)));
await expect('TLS', 400, Buffer.from([22, 3, 1, 2, 0, 1, 0]));
await expect('a socket for another page', 403, get(`${path}socket`, host, 'Origin: http://evil.example', ...upgrade));
await expect('a socket for no page', 403, get(`${path}socket`, host, ...upgrade));
await expect('a socket without a token', 403, get('/socket', host, origin, ...upgrade));
await expect('no WebSocket', 426, get(`${path}socket`, host, origin));

// ---- what a guest may say
await refuses('no mask', 1002, frame(0x81, [104, 105], { masked: false }));
await refuses('reserved bits', 1002, frame(0xc1, [104]));
await refuses('a length of 4 GB', 1009, frame(0x82, [], { length: 2 ** 32 - 1 }));
await refuses('no UTF-8', 1007, frame(0x81, [0xff]));
await refuses('a long ping', 1002, frame(0x89, Array(126).fill(0)));
await refuses('words that mean nothing', 1008, text('rate 16000'), text('rm -rf'));
await refuses('a rate that is none', 1008, text('rate 1e300'));
await refuses('sound before its rate', 1008, frame(0x82, [1, 0, 0]));
await refuses('half a sample', 1008, text('rate 16000'), frame(0x82, [1, 0]));
await refuses('a picture of another size', 1008, text('rate 16000'), frame(0x82, [2, 0, 0]));
await refuses('a goodbye is answered', 1000, frame(0x88, [3, 232]));
const noise = Array.from({ length: 4000 }, (_, i) => i * 7919 & 255);
const line = await guest();
line.socket.write(Buffer.concat([text('rate 8000'), frame(0x82, [1, ...noise]), frame(0x89, [7])]));
await sleep(500);
check('noise is heard, and a ping answered', line.got.includes('"kind":"hello"') && line.got.includes(Buffer.from([0x8a, 1, 7])), 'no pong');
line.socket.destroy();

// ---- too much of it
const guests = [await guest(), await guest(), await guest(), await guest()];
await expect('a fifth guest', 503, get(`${path}socket`, host, origin, ...upgrade));
guests[0].socket.write(text('rate 16000'));
guests[0].socket.pause();
const many = Buffer.concat(Array(200).fill(text('rate 16000')));
for (let i = 0; i < 60 && !guests[0].ended; i++) {
	guests[0].socket.write(many);
	await sleep(20);
}
for (const one of guests)
	one.socket.destroy();
await sleep(300);
const slow = dial(), half = dial(get(path, host).slice(0, -3)), halved = await guest(), dripped = await guest();
const drip = setInterval(() => {
	if (!slow.ended)
		slow.socket.write('G');
	if (!dripped.ended)
		dripped.socket.write(Buffer.from([1]));
}, 1000);
dripped.socket.write(frame(0x82, noise).subarray(0, 100));
halved.socket.write(frame(0x82, noise).subarray(0, 100));
await Promise.race([Promise.all([half.end, slow.end, halved.end, dripped.end]), sleep(15000)]);
clearInterval(drip);
check('half a request is ended', half.ended && half.got.includes('408'), half.got.toString().slice(0, 30));
check('a slow request is ended', slow.ended, 'it was not');
check('half a frame is ended', halved.ended && closed(halved) === 1008, closed(halved));
check('a frame byte by byte is ended', dripped.ended && closed(dripped) === 1008, closed(dripped));
const crowd = Array.from({ length: 100 }, (_, i) => dial(i % 2 ? 'GET ' : ''));
await sleep(500);
await expect('the page, beside a hundred that say nothing', 200, get(path, host));
await Promise.race([Promise.all(crowd.map(one => one.end)), sleep(15000)]);
check('all hundred are gone', crowd.every(one => one.ended), crowd.filter(one => !one.ended).length + ' are not');
await expect('the page, after all that', 200, get(path, host));

console.log(`hostile: ${checks} checks, ${failures} failures`);
process.exit(failures ? 1 : 0);
