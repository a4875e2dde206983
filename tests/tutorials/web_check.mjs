// web_check.mjs: the pages of `make web` used in headless Chromium, as a reader would.
// usage: node web_check.mjs BOOK NATIVE [--shots FOLDER] CHAPTER...
// BOOK is what make web made, NATIVE holds what each chapter's program says in a pipe, CHAPTER.txt. Each CHAPTER is
// run in its page, and must say the same but for times. Then the first is asked, answered and stopped, its quiz is
// taken twice, and it is read without a network.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { browser, call, check as checked, devtools, look_all, run, screenshot } from '../support/browser.mjs';

const [book, native, ...chapters] = process.argv.slice(2);
const shots = chapters[0] === '--shots' ? chapters.splice(0, 2)[1] : null;
const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
	'.svg': 'image/svg+xml', '.wav': 'audio/wav', '.txt': 'text/plain' };
const server = createServer((request, answer) => {
	try {
		const path = normalize(decodeURIComponent(request.url.replace(/[?#].*/, '')));
		const bytes = readFileSync(join(book, path));
		answer.writeHead(200, { 'Content-Type': kinds[extname(path)] || 'application/octet-stream' }).end(bytes);
	} catch {
		answer.writeHead(404).end();
	}
});
await new Promise(ready => server.listen(0, '127.0.0.1', ready));
const site = `http://127.0.0.1:${server.address().port}/`;

const open = page => call('POST', 'url', { url: site + page });
const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));
async function until(script, seconds) {
	for (let left = seconds * 10; left > 0; left--) {
		if (await run(`return !!(${script})`))
			return true;
		await sleep(100);
	}
	return false;
}
const type = text => call('POST', 'actions', { actions: [{ type: 'key', id: 'keys',
	actions: [...text].flatMap(value => [{ type: 'keyDown', value }, { type: 'keyUp', value }]) }] });
const shot = async name => shots &&
	writeFileSync(join(shots, `${name}.png`), await screenshot());

// What the name says is so, unless `right`.
const check = (name, right, more = 'so it is') => checked(name, right ? [] : [more]);

// What is measured differs each time; what became a picture or a player on the page names its file alone.
const masked = text => text.replace(/\[[^\]\n]*\]/g, '[]').replace(/^ *\((as a picture|to hear it):[^)]*\)\n/gm, '').trimEnd();
const seconds = Number(process.env.SECONDS || 300);
const state = `document.querySelector('#program .state').textContent`;
await look_all('web', browser, async () => {
	for (const chapter of chapters) {
		await open(`${chapter}.html`);
		await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false);
			document.querySelector('.run-here button').click()`);
		check(`${chapter}: it does not end`, await until(`${state} === 'done' || ${state} === 'it stopped'`, seconds), await run(`return ${state}`));
		const said = await run(`return [...document.querySelectorAll('.screen-text .line')].map(l => l.textContent).join('\\n')`);
		const wanted = masked(readFileSync(join(native, `${chapter}.txt`), 'utf8')).split('\n'), found = masked(said).split('\n');
		const at = wanted.findIndex((line, i) => line !== found[i]);
		check(`${chapter}: the page says something else`, at < 0 && wanted.length === found.length,
			`at line ${at + 1}: "${wanted[at]}", in the page "${found[at]}"`);
		const pictures = await run(`return [...document.querySelectorAll('.screen-text img')].map(i => i.complete && i.naturalWidth > 0)`);
		check(`${chapter}: a picture is not drawn`, pictures.every(Boolean));
	}

	// Asked, by the keyboard alone: the first question is passed, then the program is stopped.
	const [first] = chapters;
	await open(`${first}.html`);
	await run(`document.querySelector('.run-here button').focus()`);
	await type('\uE007');
	check('nothing is asked', await until(`document.querySelector('.answer')`, 60));
	await shot('asked');
	check('the keyboard is not in the answer', await run(`return !!document.activeElement.closest('.answer')`));
	await run(`document.querySelector('.answer .pass').focus()`);
	await type('\uE007');
	check('the answer is not told', await until(`document.querySelector('.screen-text .reply')`, 60));
	await run(`document.querySelectorAll('#program .bar button')[1].click()`);
	check('it does not stop', await until(`${state} === 'stopped'`, 5));
	await type('\uE00C');

	// A setting of chapter 2: another value is another curve.
	if (chapters.includes('02-the-tape')) {
		await open('02-the-tape.html');
		await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false);
			document.querySelector('#program input[name=rate]').value = 0.1;
			document.querySelector('.run-here button').click()`);
		check('a setting is not taken', await until(`${state} === 'done'`, seconds) &&
			await run(`return /rate 0.1 in place of 0.05/.test(document.querySelector('.screen-text').textContent)`));
	}

	// Points that wait.
	await open(`${first}.html`);
	await run(`const [ask, step] = document.querySelectorAll('#program input'); ask.checked = false; step.checked = true;
		document.querySelector('.run-here button').click()`);
	check('no point waits', await until(`${state} === 'it waits at a point'`, 60));
	await shot('point');

	// The quiz, before and after; then the log.
	await open(`${first}-exercises.html`);
	check('there is no quiz', await until(`document.querySelector('.quiz form')`, 20));
	await shot('quiz');
	const count = Number(await run(`return /of (\\d+)/.exec(document.querySelector('.quiz .when').textContent)[1]`));
	for (let i = 0; i < 2 * count; i++) {
		check('a reply comes before the chapter', i >= count || !await run(`return document.querySelector('.quiz blockquote')`));
		await run(`document.querySelector('.quiz .pass').click()`);
	}
	check('no reply comes after the chapter', await run(`return !!document.querySelector('.quiz blockquote')`));
	check('the quiz has no end', await run(`return /after it 0/.test(document.querySelector('.quiz').textContent)`));
	const log = await run(`return localStorage.getItem('emotionnet-log')`);
	check('the log is not what an instructor reads', log.split('\n').slice(0, -1).every(l => /^\d+\t(opened|answer|passed)\t\d\d-(before|after)\t[^\t]*$/.test(l)), log);
	await open(`${first}-exercises.html`);
	check('a reload loses progress', await until(`/after it 0/.test(document.querySelector('.quiz')?.textContent)`, 20));

	// Without a network, what was loaded is there.
	await open(`${first}.html`);
	check('there is no worker for it', await until(`navigator.serviceWorker.controller`, 20));
	await open(`${first}.html`);
	await sleep(1000);
	await devtools('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
	server.close();
	server.closeAllConnections();
	await open(`${first}.html`);
	await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false); document.querySelector('.run-here button').click()`);
	check('it does not run without a network', await until(`${state} === 'done'`, seconds));
	const said = (await call('POST', 'se/log', { type: 'browser' })).filter(l => l.level === 'SEVERE');
	check('the console has errors', !said.length, said.map(l => l.message).slice(0, 3).join('; '));
});
