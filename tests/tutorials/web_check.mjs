// web_check.mjs: the pages of `make web` used in headless Chromium, as a reader would.
// usage: node web_check.mjs BOOK NATIVE [--shots FOLDER] CHAPTER...
// BOOK is what make web made, NATIVE holds what each chapter's program says in a pipe, CHAPTER.txt. Each CHAPTER is
// run in its page, and must say the same but for times. Then the first is asked, answered and stopped, its quiz is
// taken twice, its first warm-up is written, progress is taken along, and it is read without a network.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { browser, call, holds as check, devtools, look_all, run, screenshot } from '../support/browser.mjs';
import { show } from '../support/site.mjs';
import { differs, masked, SAID } from './said.mjs';

const [book, native, ...chapters] = process.argv.slice(2);
const shots = chapters[0] === '--shots' ? chapters.splice(0, 2)[1] : null;
// plain-CHAPTER-exercises.html is that page as it is made where the compiler for warm-ups cannot be had.
const site = await show(book, () => { }, path => /^\/plain-/.test(path) ?
	readFileSync(join(book, path.slice(7)), 'utf8').replace(/<meta name="compiler"[^>]*>/, '') : null);
const open = page => call('POST', 'url', { url: site.address + page });
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

const seconds = Number(process.env.SECONDS || 300);
const state = `document.querySelector('#program .state').textContent`;
await look_all('web', browser, async () => {
	for (const chapter of chapters) {
		await open(`${chapter}.html`);
		await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false);
			document.querySelector('.run-here button').click()`);
		check(`${chapter}: it does not end`, await until(`${state} === 'done' || ${state} === 'it stopped'`, seconds), await run(`return ${state}`));
		check(`${chapter}: the page says something else`, ...differs(readFileSync(join(native, `${chapter}.txt`), 'utf8'), await run(SAID)));
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

	// A run that is left goes on after a reload: the same answers and settings, the same text.
	const start = async () => {
		await open(`${first}.html`);
		await run(`document.querySelector('.run-here button').click()`);
	};
	const asked = `document.querySelector('.answer') && /asks/.test(${state})`;
	const pass = () => run(`document.querySelector('.answer .pass').click()`);
	const offer = `/You have begun it: 2 answers are kept/.test(document.querySelector('.answer')?.textContent)`;
	await run(`localStorage.removeItem('emotionnet-${first}-run')`);
	await open(`${first}.html`);
	await run(`const field = document.querySelector('#program input[name]');
		field.value = field.max / 2;
		document.querySelector('.run-here button').click()`);
	for (let i = 0; i < 2; i++) {
		check('it does not ask twice', await until(asked, 60));
		await run(`document.querySelector('.answer button').click()`);
	}
	check('it does not ask three times', await until(asked, 60));
	const left = masked(await run(SAID)), field = await run(`return document.querySelector('#program input[name]').value`);
	await start();
	check('a run that was left is not told', await until(offer, 10) && await run(`return document.querySelector('.begun') !== null`));
	check('its settings are not told', await run(`return document.querySelector('.answer').textContent.includes('=${field}')`));
	await shot('go-on');
	await run(`document.querySelector('.answer button').click()`);
	check('a run that was left does not go on', await until(asked, 60) && masked(await run(SAID)) === left, await run(SAID));
	check('its settings are lost', await run(`return document.querySelector('#program input[name]').value`) === field);
	await run(`document.querySelectorAll('#program .bar button')[1].click()`);
	check('after a stop it cannot go on', await until(offer, 10));
	await run(`document.querySelector('.answer button').click()`);
	for (let i = 0; i < 40 && await until(`${asked} || ${state} === 'done'`, 60) && await run(`return ${state} !== 'done'`); i++)
		await pass();
	check('it does not end after a stop', await run(`return ${state} === 'done'`));
	await start();
	check('an ended run is kept', await until(asked, 60) && !await run(`return /You have begun it/.test(document.querySelector('.answer').textContent)`));
	// What is kept of another program, or is no run at all.
	for (const [kept, says] of [[`{"made":"0-0","given":["a"]}`, true], [`{"given":[7]}`], [`{"given":["a"],"set":7,"made":null}`, true], ['nonsense']]) {
		await run(`localStorage.setItem('emotionnet-${first}-run', ${JSON.stringify(kept)})`);
		await start();
		check(`a bad run is not survived: ${kept}`, await until(asked, 60) && !await run(`return document.querySelector('.screen-text .reply')`));
		check(`another program is not told: ${kept}`, await run(`return /has changed since/.test(document.querySelector('.screen-text').textContent)`) === !!says);
	}

	// A setting of chapter 2: another value is another curve.
	if (chapters.includes('02-the-tape')) {
		await open('02-the-tape.html');
		await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false);
			document.querySelector('#program input[name=rate]').value = 0.1;
			document.querySelector('.run-here button').click()`);
		check('a setting is not taken', await until(`${state} === 'done'`, seconds) &&
			await run(`return /rate 0.1 in place of 0.05/.test(document.querySelector('.screen-text').textContent)`));
	}

	// A thing that chapter 0 tells to change.
	await open('00-one-page.html');
	await run(`document.querySelector('#program input').checked = false;
		document.querySelectorAll('main p > button.run')[1].click()`);
	check('chapter 0 does not run with a change', await until(`${state} === 'done'`, seconds) &&
		/speakers never heard +0.17 +0.51 +0.55/.test(await run(SAID)), await run(SAID));
	await shot('change');

	// A number that is too large is told what it is; what was typed is there after a reload.
	if (chapters.includes('02-the-tape')) {
		await open('02-the-tape.html');
		await run(`const field = document.querySelector('#program input[name=rate]');
			field.value = 9;
			field.dispatchEvent(new Event('input'));
			document.querySelectorAll('#program input').forEach(box => box.checked = false);
			document.querySelector('.run-here button').click()`);
		check('a setting out of range is taken', await until(`${state} === 'it stopped'`, seconds) &&
			await run(`return /rate is the learning rate[^]*Expected a number from 0 to 2/.test(document.querySelector('.screen-text').innerText)`),
			await run(`return document.querySelector('.screen-text').innerText.slice(-200)`));
		await open('02-the-tape.html');
		check('a reload loses a setting', await run(`return document.querySelector('#program input[name=rate]').value === '9'`));
		await run(`sessionStorage.clear()`);
	}

	// Points that wait, with the values that they are about.
	await open(`${first}.html`);
	await run(`const [ask, step] = document.querySelectorAll('#program input'); ask.checked = false; step.checked = true;
		document.querySelector('.run-here button').click()`);
	check('no point waits', await until(`${state} === 'it waits at a point'`, 60));
	const values = `return [...document.querySelectorAll('.look')].some(l => /^    .*[0-9]/.test(l.textContent))`;
	for (let i = 0; i < 30 && !await run(values); i++) {
		await run(`document.querySelector('.answer .pass').click()`);
		if (!await until(`document.querySelector('.answer') || ${state} === 'done'`, 60) || await run(`return ${state} === 'done'`))
			break;
	}
	check('a point shows no values', await run(values));
	await shot('point');
	await run(`localStorage.removeItem('emotionnet-${first}-run')`);

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
	const logged = async () => (await run(`return localStorage.getItem('emotionnet-log')`)).split('\n').slice(0, -1);
	const log = await logged();
	check('the log is not what an instructor reads',
		log.every(l => /^\d+\t(opened|answer|passed)\t\d\d-(read|before|after)\t[^\t]*$/.test(l)), log.join('\n'));
	await open(`${first}-exercises.html`);
	check('a reload loses progress', await until(`/after it 0/.test(document.querySelector('.quiz')?.textContent)`, 20));

	// A warm-up: as it is handed out, as it is right, and with a loop that has no end.
	const number = first.slice(0, 2), item = `${number}-a1`;
	const write = async change => {
		await run(`const editor = document.querySelector('.warmup textarea');
			editor.value = (${change})(editor.value);
			editor.dispatchEvent(new Event('input'));
			document.querySelector('.warmup .go').click()`);
		await until(`document.querySelector('.warmup .said').className !== 'said ' && !document.querySelector('.warmup .go').disabled`, 60);
		return run(`return document.querySelector('.warmup .said').textContent`);
	};
	if (await run(`return !!document.querySelector('meta[name=compiler]')`)) {
		check('there is no editor', await until(`document.querySelector('.warmup textarea')`, 20));
		const wrong = await write('text => text');
		check('a stub is right', /checks passed/.test(wrong) && /found|not right/.test(wrong), wrong);
		await shot('warmup');
		const endless = await write(`text => text.replace(/\\{\\n/, '{\\n    for (;;) { }\\n')`);
		check('a loop without end is not stopped', /Stopped after 5 s/.test(endless), endless);
		const broken = await write(`text => text.replace('for (;;)', 'fro (;;)')`);
		check('what does not compile is not told', /It does not compile:\ntutorials.*\.c\(\d+\)/.test(broken), broken);
		const file = await run(`return document.querySelector('.warmup textarea').getAttribute('aria-label').split(':')[0]`);
		const solved = readFileSync(file, 'utf8').replace(/^.*?(?=#include)/s, '').replace(/^WARMUP[^]*/m, '');
		const right = await write(`() => ${JSON.stringify(solved)}`);
		check('the solution is not right', /Right\.$/.test(right), right);
		await run(`const editor = document.querySelector('.warmup textarea'); editor.focus(); editor.setSelectionRange(0, 0)`);
		await type('\uE004'); // Tab
		check('Tab does not indent', await run(`return document.querySelector('.warmup textarea').value.startsWith('    #include')`));
		await type('\uE00C\uE004'); // Escape, Tab
		check('Escape and Tab do not leave the editor', await run(`return document.activeElement === document.querySelector('.warmup .go')`));
		await open(`${first}-exercises.html`);
		check('a reload loses what was written', await until(`document.querySelector('h3.passed') &&
			document.querySelector('.warmup textarea').value.startsWith('    #include')`, 20));
		const all = await logged();
		check('the log lacks the warm-up', [`tried\t${item}`, `passed\t${item}`].every(w => all.some(l => l.includes(w))), all.join('\n'));
	}

	// Without that compiler, what asks for words or numbers is answered, and the page says how the rest is checked.
	await open(`plain-${first}-exercises.html`);
	check('there is no field for an answer', await until(`document.querySelector('.answers input')`, 20));
	check('it is not told how the rest is checked', await until(`/make learn DO="check ${item}"/.test(document.querySelector('main').textContent)`, 20) &&
		await run(`return /make handout/.test(document.querySelector('main').textContent)`));
	const answer = async text => {
		await run(`document.querySelector('.answers input').value = ''; document.querySelector('.answers input').focus()`);
		await type(`${text}\uE007`);
		await until(`/checks passed/.test(document.querySelector('.answers input').closest('.warmup').querySelector('.said').textContent)`, 20);
		return run(`return document.querySelector('.answers input').closest('.warmup').querySelector('.said').textContent`);
	};
	if (chapters.includes('02-the-tape')) {
		const wrong = await answer('40 60 20');
		check('a wrong answer has no reply', /a and b are exchanged/.test(wrong), wrong);
		await shot('answers');
		const right = await answer(' 60  40 20');
		check('a right answer is not right', /1 of 1 checks passed.\nRight\.$/.test(right), right);
		await open(`plain-${first}-exercises.html`);
		check('a reload loses an answer', await until(`document.querySelector('.answers input')?.value === ' 60  40 20'`, 20) &&
			(await logged()).some(l => l.includes('passed\t02-a3')));
	}
	await open(`${first}-exercises.html`);

	// The hints of part B, and that one was asked for.
	await run(`document.querySelector('.hint summary').click()`);
	check('a hint is not told', await until(`document.querySelector('.hint[open] p')?.textContent.length > 40`, 10) &&
		(await logged()).some(l => l.includes(`hint\t${number}-b`)));

	// The first page: what comes next, and a log that is brought from elsewhere.
	await open('index.html');
	check('the first page does not tell what comes next', await until(`document.querySelector('.here a.go')`, 20));
	await shot('index');
	await run(`const lines = '1700000000\\tpassed\\t${number}-b\\t\\nno event\\n';
		const files = new DataTransfer();
		files.items.add(new File([lines], 'log.tsv'));
		const input = document.querySelector('.here input[type=file]');
		input.files = files.files;
		input.dispatchEvent(new Event('change'))`);
	check('a log cannot be brought', await until(`/Of 1 events in the file 1 are new/.test(document.querySelector('.here [role=status]').textContent)`, 20) &&
		(await logged())[0] === `1700000000\tpassed\t${number}-b\t`, (await logged()).join('\n'));

	// Nothing moves when a script has come.
	await devtools('Page.addScriptToEvaluateOnNewDocument', { source: `window.moved = 0;
		new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value)).observe({ type: 'layout-shift', buffered: true });` });
	for (const page of ['index.html', `${first}.html`, `${first}-exercises.html`]) {
		await open(page);
		await sleep(1000);
		const moved = await run(`return window.moved`);
		check(`${page} moves while it loads`, moved < 0.05, `layout shift ${moved}`);
	}

	// Without a network, what was loaded is there.
	await open(`${first}.html`);
	check('there is no worker for it', await until(`navigator.serviceWorker.controller`, 20));
	await open(`${first}.html`);
	await sleep(1000);
	await devtools('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
	site.shut();
	await open(`${first}.html`);
	await run(`document.querySelectorAll('#program input').forEach(box => box.checked = false); document.querySelector('.run-here button').click()`);
	check('it does not run without a network', await until(`${state} === 'done'`, seconds));
	const said = (await call('POST', 'se/log', { type: 'browser' })).filter(l => l.level === 'SEVERE');
	check('the console has errors', !said.length, said.map(l => l.message).slice(0, 3).join('; '));
});
