// web_limits.mjs: the pages of `make web` where a browser is slow, or lacks something.
// usage: node web_limits.mjs BOOK CHAPTER TROUBLE
// The first page and CHAPTER's on a slow processor and line: bytes, time, no jump of what is read. Then TROUBLE, made of
// trouble.c, in place of CHAPTER's program: what the page says when it fails, and that it can be run again. Then
// CHAPTER's program where a relaxed multiply-add rounds twice, and where there are no vector instructions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { browser, call, holds as check, devtools, leave, look_all, run } from '../support/browser.mjs';
import { show } from '../support/site.mjs';

const [book, chapter, trouble] = process.argv.slice(2);
let given = new Map(); // what was asked for, and its bytes
const site = await show(book, (url, bytes) => bytes && given.set(url, bytes.length));
const troubled = await show(book, () => { }, path => /chapter(-relaxed)?\.wasm$/.test(path) ? readFileSync(trouble) : null);
const open = page => call('POST', 'url', { url: site.address + page });
const SECONDS = 5, BYTES = 2e6, TRIES = 5; // 2 seconds on a machine that does nothing else

// A processor four times as slow, 10 Mbit/s, 40 ms: nothing kept from before.
async function look_slow(page) {
	await devtools('Network.enable');
	await devtools('Network.setCacheDisabled', { cacheDisabled: true });
	await devtools('Network.setBypassServiceWorker', { bypass: true });
	await devtools('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6 });
	await devtools('Emulation.setCPUThrottlingRate', { rate: 4 });
	let least = Infinity, bytes = 0, shift = 0;
	for (let i = 0; i < TRIES; i++) {
		given = new Map();
		await open(page);
		await sleep(300);
		const all = await run(`const [page] = performance.getEntriesByType('navigation');
			const shifts = new PerformanceObserver(() => { });
			shifts.observe({ type: 'layout-shift', buffered: true });
			return [page.domContentLoadedEventEnd, shifts.takeRecords().reduce((sum, one) => sum + one.value, 0)]`);
		least = Math.min(least, all[0] / 1000);
		shift = Math.max(shift, all[1]);
		bytes = [...given.values()].reduce((sum, size) => sum + size, 0);
	}
	console.log(`${page}: ${(bytes / 1e6).toFixed(2)} MB, can be used after ${least.toFixed(2)} s, layout shift ${shift.toFixed(3)}`);
	check(`${page}: too late`, least < SECONDS, `${least} s`);
	check(`${page}: too large`, bytes < BYTES, `${bytes} bytes`);
	check(`${page}: it jumps`, shift < 0.05, `${shift}`);
	await devtools('Emulation.setCPUThrottlingRate', { rate: 1 });
	await devtools('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
}

// Runs the program: what the page says at the end.
async function ended() {
	given = new Map();
	await open(`${chapter}.html`);
	await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false);
		document.querySelector('.run-here button').click()`);
	for (let left = 1200; left > 0; left--, await sleep(100)) {
		const state = await run(`return document.querySelector('#program .state').textContent`);
		if (/done|it stopped/.test(state))
			return state;
	}
	return 'it does not end';
}
async function until(script, seconds = 60) {
	for (let left = seconds * 10; left > 0; left--, await sleep(100))
		if (await run(`return !!(${script})`))
			return true;
	return false;
}

// Each way to fail has its sentence. After it the program can be run again: it asks how to fail.
async function look_troubled() {
	const asks = `document.querySelector('.answer input')`, state = `document.querySelector('#program .state').textContent`;
	const answer = how => run(`${asks}.value = '${how}'; document.querySelector('.answer').requestSubmit()`);
	const bar = n => run(`document.querySelectorAll('#program .bar > button')[${n}].click()`); // 0: Run, 1: Stop
	const said = `document.querySelectorAll('.screen-text .line').length`;
	await call('POST', 'url', { url: `${troubled.address}${chapter}.html` });
	await run(`document.querySelector('.run-here button').click()`);
	for (const [how, sentence] of [['memory', /not enough memory here/], ['trap', /has given up/], ['reach', /not its own/], ['deep', /called itself/]]) {
		check(`before ${how}: it cannot be run`, await until(asks));
		await answer(how);
		check(`${how}: it does not stop`, await until(`${state} === 'it stopped'`), await run(`return ${state}`));
		const all = await run(`return document.querySelector('.screen-text').innerText`);
		check(`${how}: the page says nothing of use`, sentence.test(all), all);
		check(`${how}: it can still be stopped`, await run(`return document.querySelectorAll('#program .bar > button')[1].disabled && !document.querySelector('.answer')`));
		await bar(0);
	}
	// One that has no end: it goes on behind another tab and with its window closed, until it is stopped.
	check('it cannot be run', await until(asks));
	await answer('endless');
	check('it says nothing on its way', await until(`${said} > 3`));
	await run(`document.querySelector('#program .close').click()`);
	const before = await run(`return ${said}`), here = await call('GET', 'window');
	const { handle } = await call('POST', 'window/new', { type: 'tab' });
	await call('POST', 'window', { handle });
	await sleep(1000);
	await call('DELETE', 'window');
	await call('POST', 'window', { handle: here });
	check('it rests behind another tab', await until(`${said} > ${before + 1}`));
	await run(`document.querySelector('.run-here button').click()`);
	await bar(1);
	check('it does not stop', await run(`return ${state} === 'stopped'`));
	const stopped = await run(`return ${said}`);
	await sleep(500);
	check('it goes on after a stop', await run(`return ${said}`) === stopped);
	await bar(0);
	check('after a stop it cannot be run', await until(asks));
}
const took = name => [...given.keys()].some(path => path.endsWith(`${chapter}/${name}`));
const once = () => run(`${readFileSync(join(book, 'relaxed.js'), 'utf8')}; return roundsOnce()`);

await look_all('limits', browser, async () => {
	await look_slow('index.html');
	await look_slow(`${chapter}.html`);
	await look_troubled();
	await open('index.html');
	const fits = await once();
	check('it does not end well', await ended() === 'done');
	check('it takes the program that does not fit', took(fits ? 'chapter-relaxed.wasm' : 'chapter.wasm'));

	await leave();
	await browser('--js-flags=--no-enable-fma3');
	await open('index.html');
	check('a relaxed multiply-add that rounds twice is taken for exact', !await once());
	check('it does not end well without it', await ended() === 'done');
	check('it takes the relaxed program without it', took('chapter.wasm') && !took('chapter-relaxed.wasm'));

	await leave();
	await browser('--js-flags=--no-enable-sse4-1');
	check('without SIMD it runs', await ended() === 'it stopped');
	const said = await run(`return document.querySelector('.screen-text .trouble')?.textContent`);
	check('without SIMD nothing says so', /SIMD/.test(said), said);
});
