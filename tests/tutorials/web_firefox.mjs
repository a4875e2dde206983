// web_firefox.mjs: the pages of `make web` in headless Firefox.
// usage: node web_firefox.mjs FIREFOX BOOK NATIVE CHAPTER
// CHAPTER's program says what NATIVE/CHAPTER.txt holds. It asks, is left by a reload, and goes on; here without a way to
// let a program wait, so that it is started again for each answer. Then its exercises, the page live/ and the laboratory:
// each is used once, and no console has an error.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holds as check, look_each } from '../support/checks.mjs';
import { firefox } from '../support/firefox.mjs';
import { show } from '../support/site.mjs';
import { differs, masked, SAID } from './said.mjs';

const [program, book, native, chapter] = process.argv.slice(2);
const site = await show(book);
const { call, run, complaints, leave } = await firefox(program, { 'javascript.options.wasm_js_promise_integration': false });
const open = page => call('WebDriver:Navigate', { url: site.address + page });
async function until(what, script, seconds = Number(process.env.SECONDS || 150)) {
	for (const end = Date.now() + 1000 * seconds; Date.now() < end; await sleep(50))
		if (await run(`return !!(${script})`))
			return check(what, true);
	check(what, false, `not after ${seconds} s: ${await run(`return document.querySelector('main').innerText.slice(0, 300)`)}`);
}
const state = `document.querySelector('#program .state').textContent`;
const start = () => run(`document.querySelector('.run-here button').click()`);
const first = () => run(`document.querySelector('.answer button').click()`);

async function runs() {
	await open(`${chapter}.html`);
	check('it can let a program wait', !await run(`return 'Suspending' in WebAssembly`));
	await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false)`);
	await start();
	await until('it ends', `${state} === 'done'`);
	check('the page says something else', ...differs(readFileSync(join(native, `${chapter}.txt`), 'utf8'), await run(SAID)));
	check('a picture is not drawn', await run(`return [...document.querySelectorAll('.screen-text img')].every(i => i.complete && i.naturalWidth)`));
}

async function asks() {
	const asked = `document.querySelector('.answer') && /asks/.test(${state})`;
	await open(`${chapter}.html`);
	await start();
	for (let i = 0; i < 2; i++) {
		await until('it asks', asked);
		await first();
	}
	await until('it asks a third time', asked);
	const left = masked(await run(SAID));
	await open(`${chapter}.html`);
	await start();
	check('a run that was left is not told', await run(`return /2 answers are kept/.test(document.querySelector('.answer').textContent)`));
	await first();
	await until('it goes on', asked);
	check('it goes on otherwise', masked(await run(SAID)) === left, await run(SAID));
	await first();
	await until('it asks a fourth time, or ends', `${asked} || ${state} === 'done'`);
	check('what was said comes twice', masked(await run(SAID)).startsWith(left.replace(/\n[^\n]*$/, '')) &&
		await run(`return document.querySelectorAll('.screen-text .reply').length >= 3`));
}

async function exercises() {
	await open(`${chapter}-exercises.html`);
	await until('there is a quiz', `document.querySelector('.quiz form')`);
	await until('there is a warm-up', `document.querySelector('.warmup form, .warmup textarea')`);
	await run(`const field = document.querySelector('.warmup input');
		if (field)
			field.value = '1';
		document.querySelector('.warmup .go').click()`);
	await until('a warm-up is checked', `/checks passed/.test(document.querySelector('main').textContent.replace(/Checking|Compiling/, ''))`);
}

async function live() {
	await open('live/index.html');
	await until('it is ready', `document.querySelectorAll('#bars li').length`);
	await run(`document.getElementById('words').value = 'I am so glad'; document.querySelector('#say button').click()`);
	await until('it answers', `document.querySelectorAll('#turns li .said').length`);
	await open('live/laboratory.html');
	await until('the laboratory answers', `/right\\.$/.test(document.getElementById('sum').textContent)`);
}

const quiet = async () => {
	const said = await complaints(site.address);
	check('the console has errors', !said.length, said.slice(0, 3).join('; '));
};
await look_each('firefox', [runs, asks, exercises, live, quiet], leave);
