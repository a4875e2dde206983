// serve_check.mjs: uses the page of `emotionnet serve` in headless Chromium as people do: with a microphone that plays
// a WAV, a camera that shows a test picture, the keyboard alone, without permission, without the program.
// usage: node serve_check.mjs [--shots FOLDER] ADDRESS SOUND.wav CLIP.wav PROCESS
//   SOUND.wav: what the microphone hears, over and over; CLIP.wav: a recording to play; PROCESS: the program's number,
//   which is ended at last, to see what the page says
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { browser, call, check, contrast, devtools, leave, look_all, press, run, screenshot } from '../../support/browser.mjs';

const words = process.argv.slice(2);
const shots = words[0] === '--shots' ? words.splice(0, 2)[1] : null;
const [address, sound, clip, program] = words;
const origin = new URL(address).origin;

const begin = (...more) => browser('--autoplay-policy=no-user-gesture-required', '--mute-audio', ...more);

async function window_of(width, height, theme, still) {
	await devtools('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
	await devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme },
		{ name: 'prefers-reduced-motion', value: still ? 'reduce' : 'no-preference' }] });
}
async function open(width = 1280, height = 900, theme = 'light', still = false) {
	await window_of(width, height, theme, still);
	await call('POST', 'url', { url: address });
	await until('the page is ready', `return document.querySelectorAll('#bars li').length > 0`);
}
async function until(what, condition, seconds = 20) {
	for (const end = Date.now() + 1000 * seconds; Date.now() < end; await sleep(50))
		if (await run(condition))
			return check(what, []);
	check(what, [`not after ${seconds} s`, await run(`return document.getElementById('status').textContent + ' / ' + document.getElementById('answer').textContent + ' / ' + document.getElementById('trouble').textContent`)]);
}
async function shot(name) {
	if (shots)
		writeFileSync(join(shots, `${name}.png`), await screenshot());
}
// Goes on with Tab until this element has the focus.
async function tab_to(selector) {
	for (let i = 0; i < 20; i++) {
		if (await run(`return document.activeElement?.matches(arguments[0]) ?? false`, selector))
			return check(`${selector} is reached by Tab`, []);
		await press('Tab');
	}
	check(`${selector} is reached by Tab`, ['not in 20 steps']);
}
const console_errors = async name => check(`${name}: console`, (await call('POST', 'se/log', { type: 'browser' }))
	.filter(line => line.level === 'SEVERE').map(line => line.message));
const turns = `return document.querySelectorAll('#turns li').length`;

// Nothing is wider than the window.
const wider = `const w = document.documentElement.clientWidth; return document.documentElement.scrollWidth > w ?
	[document.documentElement.scrollWidth + ' > ' + w, ...[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1).map(e => e.tagName + '#' + e.id + '.' + e.className)] : []`;
async function looks(name) {
	check(`${name}: contrast`, await run(contrast));
	check(`${name}: wider than the window`, await run(wider));
	check(`${name}: without a name`, await run(`return [...document.querySelectorAll('button,input,canvas')].filter(e => e.getClientRects().length && !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length)).map(e => e.outerHTML.slice(0, 60))`));
	await shot(name);
}
const sizes = [[1280, 900, 'light'], [1280, 900, 'dark'], [380, 800, 'light'], [380, 800, 'dark']];
const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${resolve(sound)}`];

async function listening() {
	await begin(...fake);
	for (const [width, height, theme] of sizes) {
		await open(width, height, theme);
		check('the law is told before anybody is heard', await run(`return document.getElementById('welcome').innerText.includes('2024/1689') && document.getElementById('welcome').getClientRects().length ? [] : ['it is not to be seen']`));
		await looks(`welcome-${width}-${theme}`);
	}
	await open();
	check('asked for outside', await run(`return performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith(arguments[0]))`, origin));

	// the keyboard alone: words, then the microphone, then a switch
	await tab_to('#words');
	await devtools('Input.insertText', { text: 'I am so glad and happy today' });
	await press('Enter');
	await until('words alone are a turn', `return document.querySelectorAll('#turns li').length === 1`);
	await until('its words are marked', `return document.querySelectorAll('#turns li .said span.for').length > 0`);
	await shot('words-1280');
	await run(`document.activeElement.blur(); scrollTo(0, 0)`);
	await tab_to('#listen');
	await press('Enter');
	await until('the page hears', `return document.getElementById('status').textContent === 'Somebody speaks'`);
	await until('a provisional answer', `return /^So far/.test(document.getElementById('under').textContent)`);
	await shot('speaking-1280');
	await until('three turns of sound', `return document.querySelectorAll('#turns canvas').length >= 3`, 40);
	check('no welcome any more', await run(`return document.getElementById('welcome').hidden ? [] : ['it is there']`));
	check('the spectrogram is empty', await run(`
		const c = document.getElementById('stream'), d = c.getContext('2d').getImageData(0, c.height * .7, c.width, c.height * .2).data;
		let bright = 0; for (let i = 0; i < d.length; i += 4) bright += d[i] + d[i + 1] + d[i + 2] > 250; return bright > 500 ? [] : [bright]`));
	check('the moments that decided are not drawn', await run(`
		const c = document.querySelector('#turns canvas'), d = c.getContext('2d').getImageData(0, c.height - 6, c.width, 1).data;
		let some = 0; for (let i = 3; i < d.length; i += 4) some += d[i] > 40; return some > 5 ? [] : [some]`));
	check('latency', await run(`return /here (\\d+) ms.* ends 0\\.7 s after/.test(document.getElementById('figures').textContent) ? [] : [document.getElementById('figures').textContent]`));
	console.log(`  ${await run(`return document.getElementById('figures').textContent`)}`);
	await run(`document.getElementById('words').focus()`);
	await devtools('Input.insertText', { text: 'I am so sad' });
	await until('somebody speaks again', `return document.getElementById('status').textContent === 'Somebody speaks'`);
	await press('Enter');
	await until('words and voice decide a turn', `return [...document.querySelectorAll('#turns li')].some(li => li.querySelector('canvas') && li.querySelector('.said span') && /words.*voice/.test(li.querySelector('.adds')?.innerText.replace(/\\n/g, ' ')))`);
	await tab_to('#switches button:last-child');
	await press(' ', ' ');
	check('a switch', await run(`return document.querySelector('#switches button:last-child').getAttribute('aria-pressed') === 'false' ? [] : ['it is on']`));
	await press(' ', ' ');
	await run(`document.activeElement.blur()`);
	for (const [width, height, theme] of sizes) {
		await window_of(width, height, theme);
		await sleep(300);
		await looks(`listening-${width}-${theme}`);
		await run(`document.getElementById('turns-head').scrollIntoView({ behavior: 'instant' })`);
		await shot(`turns-${width}-${theme}`);
		await run(`scrollTo({ top: 0, behavior: 'instant' })`);
	}
	await window_of(1280, 900, 'light', true);
	await sleep(1500);
	await shot('still-1280');
	await tab_to('#listen');
	await press('Enter');
	await until('it stops', `return document.getElementById('status').textContent === 'Ready'`);
	await console_errors('listening');
}

async function watching() {
	await open();
	if (await run(`return document.getElementById('camera').hidden`)) {
		console.log('  no model reads pictures: the camera is not offered');
		check('the camera is hidden from who has no use for it', []);
		return;
	}
	await run(`document.getElementById('camera').click()`);
	await until('an answer by the face', `return /face/.test(document.getElementById('under').textContent)`);
	for (const [width, height, theme] of sizes) {
		await window_of(width, height, theme);
		await sleep(300);
		await run(`document.getElementById('face').scrollIntoView({ behavior: 'instant', block: 'center' })`);
		await looks(`face-${width}-${theme}`);
	}
	check('outside the oval something else than one grey leaves', await run(`
		const d = document.getElementById('sent').getContext('2d').getImageData(0, 0, 48, 48).data, corner = d[0];
		return [3, 47, 47 * 48, 48 * 48 - 1, 48].filter(i => d[4 * i] !== corner)`));
	await run(`document.getElementById('listen').click()`);
	await until('voice and face together', `return /voice and face/.test(document.getElementById('under').textContent)`);
	await run(`scrollTo(0, 0)`);
	await shot('face-and-voice-1280');
	await run(`document.getElementById('camera').click()`);
	check('the camera is not let go', await run(`return document.getElementById('face').hidden ? [] : ['the face is still there']`));
	await console_errors('watching');
}

async function playing() {
	await open();
	const input = await call('POST', 'element', { using: 'css selector', value: '#file' });
	await call('POST', `element/${Object.values(input)[0]}/value`, { text: resolve(clip) });
	await until('a recording is a turn', `return document.querySelectorAll('#turns canvas').length === 1`);
	await until('it stops at its end', `return document.getElementById('status').textContent === 'Ready'`);
	await call('POST', `element/${Object.values(input)[0]}/value`, { text: resolve(process.argv[1]) });
	await until('what is no sound is told', `return document.getElementById('trouble').textContent.includes('no sound that this browser can read')`);
	await looks('no-sound-1280-light');
	await console_errors('playing');
	await leave();
}

async function refused() {
	await begin('--use-fake-device-for-media-stream', '--deny-permission-prompts');
	await open(380, 800, 'light');
	await run(`document.getElementById('listen').click()`);
	await until('no permission: what to do', `return document.getElementById('trouble').textContent.includes('allow it, and try again')`);
	await looks('refused-380-light');
	await leave();
	await begin(); // no device at all
	await open();
	await run(`document.getElementById('listen').click()`);
	await until('no microphone: what to do', `return !document.getElementById('trouble').hidden && document.getElementById('trouble').textContent.includes('Words and recordings work without it')`);
	await looks('no-microphone-1280-light');
}

async function left_alone() {
	await open();
	process.kill(Number(program), 'SIGINT');
	await until('the end of the program is told', `return document.getElementById('status').textContent === 'Not connected'`);
	await until('trying again is offered', `return !document.querySelector('#trouble button').hidden`);
	await looks('lost-1280-light');
	await run(`document.querySelector('#trouble button').click()`);
	await until('it still is not there', `return !document.querySelector('#trouble button').hidden`);
	await leave();
}

await look_all('page', listening, watching, playing, refused, left_alone);
