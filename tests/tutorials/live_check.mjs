// live_check.mjs: the pages of live/ used in headless Chromium as a visitor would: a sentence, a voice, a modality switched
// off, the law before the microphone, models that are dropped, a door that stays shut; then the laboratory. Of both: what
// a screen reader says, the keyboard alone, and each by itself once its server is gone.
// usage: node live_check.mjs BOOK [--shots FOLDER]
// BOOK is what make web made.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { browser, call, check as checked, holds as check, contrast, devtools, look_all, press, run, screenshot } from '../support/browser.mjs';
import { show } from '../support/site.mjs';

const [book, , shots] = process.argv.slice(2);
const asked = []; // of the server
const site = await show(book, url => asked.push(url));
const text = id => `document.getElementById('${id}').textContent`;
async function until(what, script, seconds = Number(process.env.SECONDS || 150)) {
	for (const end = Date.now() + 1000 * seconds; Date.now() < end; await sleep(50))
		if (await run(`return !!(${script})`))
			return check(what, true);
	check(what, false, `not after ${seconds} s: ${await run(`return ${text('status')} + ' / ' + ${text('trouble')}`)}`);
}
async function window_of(width, height, theme) {
	await devtools('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
	await devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
}
const wider = `const w = document.documentElement.clientWidth; return document.documentElement.scrollWidth > w ?
	[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1).map(e => e.tagName + '#' + e.id + '.' + e.className) : []`;
const nameless = `return [...document.querySelectorAll('button,input,canvas')].filter(e => e.getClientRects().length
	&& !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length)).map(e => e.outerHTML.slice(0, 60))`;
// As it looks in all four windows; a picture of the whole page of each.
async function looks(name) {
	for (const [width, height, theme] of [[1280, 900, 'light'], [1280, 900, 'dark'], [390, 840, 'light'], [390, 840, 'dark']]) {
		await window_of(width, height, theme);
		await sleep(100);
		checked(`${name} ${width} ${theme}: contrast`, await run(contrast));
		checked(`${name} ${width} ${theme}: wider than the window`, await run(wider));
		checked(`${name} ${width} ${theme}: without a name`, await run(nameless));
		if (!shots)
			continue;
		await devtools('Emulation.setDeviceMetricsOverride', { width, height: await run(`return document.documentElement.scrollHeight`),
			deviceScaleFactor: 1, mobile: width < 600 });
		await sleep(200);
		writeFileSync(join(shots, `${name}-${width}-${theme}.png`), await screenshot());
	}
	await window_of(1280, 900, 'light');
}
// What a screen reader says: everything that can be used or looked at has a name, and no two names of a kind are the same.
async function spoken(name) {
	await devtools('Accessibility.enable');
	const { nodes } = await devtools('Accessibility.getFullAXTree');
	const used = nodes.filter(node => !node.ignored && /^(button|link|textbox|slider|checkbox|spinbutton|image|img|Canvas|region|group|dialog)$/i.test(node.role.value));
	check(`${name}: nothing is there for a screen reader`, used.length > 8, used.length);
	checked(`${name}: a screen reader has no name for it`, used.filter(node => !node.name?.value?.trim() && /button|link|textbox|slider|checkbox|im(age|g)|Canvas/i.test(node.role.value))
		.map(node => `${node.role.value} ${node.backendDOMNodeId}`));
	const buttons = used.filter(node => node.role.value === 'button').map(node => node.name.value);
	checked(`${name}: two buttons have the same name`, buttons.filter((one, i) => buttons.indexOf(one) !== i));
	checked(`${name}: it has no heading or no main part`, ['heading', 'main'].filter(role => !nodes.some(node => node.role?.value === role)));
}
// By Tab alone each control is reached, and seen to be.
async function tabbed(name) {
	const controls = await run(`const all = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
		.filter(e => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length && getComputedStyle(e).visibility === 'visible');
		all.forEach((e, i) => { e.dataset.stop = i; });
		document.activeElement.blur();
		window.getSelection().removeAllRanges();
		return all.map(e => e.outerHTML.slice(0, 70))`);
	const reached = new Set(), unseen = new Set();
	for (let i = 0; i < controls.length + 15; i++) {
		await press('Tab');
		const [stop, seen] = await run(`const e = document.activeElement, style = getComputedStyle(e), beside = e.id && document.querySelector('label[for="' + e.id + '"]');
			const ring = one => one && (getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none');
			return [e.dataset?.stop ?? -1, ring(e) || ring(beside)]`);
		if (stop >= 0) {
			reached.add(Number(stop));
			if (!seen)
				unseen.add(controls[stop]);
		}
	}
	checked(`${name}: not reached by Tab`, controls.filter((_, i) => !reached.has(i)));
	checked(`${name}: nothing shows where the keyboard is`, [...unseen]);
}
async function tab_to(selector) {
	for (let i = 0; i < 40; i++) {
		if (await run(`return document.activeElement?.matches(arguments[0]) ?? false`, selector))
			return check(`${selector} is reached by Tab`, true);
		await press('Tab');
	}
	check(`${selector} is reached by Tab`, false, 'not in 40 steps');
}
// Drops a file on the page.
const drop = (name, bytes) => run(`
	const data = new DataTransfer(), bytes = Uint8Array.from(atob(arguments[1]), c => c.charCodeAt(0));
	data.items.add(new File([bytes], arguments[0]));
	document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))`, name, bytes.toString('base64'));
const answers = `[...document.querySelectorAll('#strategies .row:not(.old)')].filter(row => row.querySelector('small').textContent)`;
const complaints = async name => checked(`${name}: console`, (await call('POST', 'se/log', { type: 'browser' }))
	.filter(line => line.level === 'SEVERE').map(line => line.message));
let models;

async function live() {
	await browser('--autoplay-policy=no-user-gesture-required', '--mute-audio', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
	await window_of(1280, 900, 'light');
	await call('POST', 'url', { url: `${site.address}live/index.html` });
	await until('it is ready', `document.querySelectorAll('#bars li').length === 6 && document.querySelectorAll('#voices button').length === 6`);
	models = await run(`return document.querySelectorAll('#strategies .row').length`);
	check('not every strategy is there', models === 15, models);
	await looks('live-welcome');
	await spoken('live');
	await tabbed('live');

	// the keyboard alone: a sentence
	await tab_to('#words');
	await devtools('Input.insertText', { text: 'I am so glad and happy today' });
	await press('Enter');
	await until('words are a turn', `document.querySelectorAll('#turns li .said span.for').length`);
	await until('all that read words answer', `${answers}.length === ${models - 1}`);
	await tab_to('#strategies .row:nth-child(1)');
	await complaints('a sentence');

	// a voice, then the same by another strategy, then without its words
	await run(`document.querySelectorAll('#voices button')[3].click()`);
	await until('a voice with its words is a turn', `document.querySelector('#turns li canvas') && document.querySelectorAll('#turns li').length === 2`);
	await until('all strategies answer', `${answers}.length === ${models} && /[✓✗]/.test(${text('strategies')})`);
	check('what it was meant as is not told', await run(`return /meant as/.test(${text('voices')})`));
	check('voice and words do not both decide', await run(`return /words.*voice/s.test(document.querySelector('#turns li .adds').textContent)`));
	await looks('live-voice');
	await run(`[...document.querySelectorAll('#strategies .row')].find(row => row.textContent.startsWith('cross')).click()`);
	await until('another strategy is asked the same', `document.querySelectorAll('#turns li').length === 3`);
	check('it is not named', await run(`return /cross/.test(${text('models')})`));
	await run(`document.querySelector('#switches button').click()`);
	await run(`document.querySelectorAll('#voices button')[3].click()`);
	await until('without words the voice decides', `document.querySelectorAll('#turns li').length === 4 && !/words/.test(document.querySelector('#turns li .adds')?.textContent ?? 'words')`);
	await run(`document.querySelector('#switches button').click()`);

	// the law, then the microphone
	await run(`document.getElementById('listen').focus()`);
	await press('Enter');
	await until('the law comes before the microphone', `document.getElementById('consent').open && /2024\\/1689/.test(${text('law')})`);
	if (shots)
		writeFileSync(join(shots, 'live-law.png'), await screenshot());
	check('it listens already', await run(`return document.getElementById('listen').textContent === 'Listen'`));
	await tab_to('#consent button[value=no]');
	await press('Enter');
	await sleep(300);
	check('it listens though nobody agreed', await run(`return !document.getElementById('consent').open && document.getElementById('listen').textContent === 'Listen'`));
	await press('Enter');
	await until('it is asked again', `document.getElementById('consent').open`);
	await tab_to('#consent button[value=yes]');
	await press('Enter');
	await until('the microphone is heard', `document.getElementById('listen').textContent === 'Stop' && ${text('status')} !== 'Ready'`);
	await run(`document.getElementById('listen').click()`);

	// models of one's own
	await drop('letter.safetensors', Buffer.from('Dear page, this is no model at all.'));
	await until('a bad model is told', `/letter\\.safetensors/.test(${text('trouble')}) && !document.getElementById('trouble').hidden`);
	console.log(`  ${await run(`return ${text('trouble')}`)}`);
	const good = gunzipSync(readFileSync(join(book, 'live/models/cross.safetensors.gz')));
	await drop('cut.safetensors', good.subarray(0, good.length / 2));
	await until('half a model is told', `/cut\\.safetensors/.test(${text('trouble')})`);
	await drop('mine.safetensors', good);
	await until('a good one is taken', `/mine\\.safetensors/.test(${text('models')})`);
	await run(`document.getElementById('words').value = 'I am so glad'; document.querySelector('#say button').click()`);
	await until('it answers, and all that read words', `/mine/.test(${text('strategies')}) && ${answers}.length === ${models}`);
	check('it answers otherwise than the one that it is', await run(`const said = name => ${answers}.find(row => row.textContent.startsWith(name)).textContent.slice(name.length);
		return said('mine') === said('cross')`));
	await complaints('the page');

	// the door: nothing reaches the server any more
	const before = asked.length;
	await run(`document.querySelector('#sealed button').click()`);
	await until('the door is shut, in the page and in the worker', `/Refused by the browser/.test(${text('sealed')})`);
	await run(`navigator.sendBeacon('/beacon'); new Image().src = '/picture';
		document.head.append(Object.assign(document.createElement('script'), { src: '/script' }));
		try { new WebSocket('ws://' + location.host + '/socket'); } catch {}
		document.body.append(Object.assign(document.createElement('iframe'), { src: '/frame' }));
		new Worker(URL.createObjectURL(new Blob(["fetch('" + location.origin + "/worker')"])))`);
	await sleep(500);
	check('something has left the page', asked.length === before, asked.slice(before).join(' '));
	await call('POST', 'se/log', { type: 'browser' }); // what was refused
}

async function laboratory() {
	await window_of(1280, 900, 'light');
	await call('POST', 'url', { url: `${site.address}live/laboratory.html` });
	const changed = `/mind/.test(${text('sum')})`;
	await until('the laboratory answers', told);
	check('not every strategy answers', await run(`return [...document.querySelectorAll('#answers .row small')].every(e => e.textContent)`));
	await looks('lab-whole');
	await spoken('laboratory');
	await tabbed('laboratory');
	await run(`document.getElementById('voice').focus()`);
	await press(' ', ' ');
	await until('without the voice it is asked again', `${changed} && [...document.querySelectorAll('#answers .row')].some(row => /speech only: no answer/.test(row.getAttribute('aria-label')))`);
	await run(`document.getElementById('voice').click(); document.getElementById('words').click()`);
	await until('without words', `[...document.querySelectorAll('#answers .row')].some(row => /text only: no answer/.test(row.getAttribute('aria-label')))`);
	await run(`document.getElementById('whole').click()`);
	await until('as it was', told);
	await run(`document.querySelector('#text button:nth-child(3)').click()`);
	await until('a lost word', changed);
	await run(`document.getElementById('noise').value = 7; document.getElementById('noise').dispatchEvent(new Event('input'))`);
	await until('noise is told', `/louder/.test(${text('level')})`);
	await until('noise changes what the voice says', `${changed} && document.querySelectorAll('#answers .stack').length === ${2 * models}`);
	await looks('lab-disturbed');
	await run(`document.getElementById('hear').click()`);
	await run(`document.querySelectorAll('#kinds button')[4].click()`);
	await until('another utterance', `${told} && /stressed/.test(${text('about')})`);
	check('the link to the comparison leads nowhere', await run(`return !!document.querySelector('a[href="report.html"]')`) && readFileSync(join(book, 'live/report.html')).length > 1000);
	await complaints('the laboratory');
}

// Each page by itself: of a server of its own, so that nothing is kept from before. It is opened once, and what it is made
// of put away; then the server is gone.
async function alone(page, ready, works) {
	const own = await show(book), url = `${own.address}live/${page}`;
	await call('POST', 'url', { url });
	await until(`${page} is ready`, ready);
	const kept = `return caches.keys().then(async names => names.length && (await Promise.all(document.querySelector('meta[name=keep]').content.split(' ')
		.map(name => caches.match(new URL(name, location)))) ).every(Boolean))`;
	let all = false;
	for (let left = 200; left > 0 && !(all = await run(kept)); left--)
		await sleep(100);
	check(`${page} is put away whole`, all);
	own.shut();
	for (const time of ['once', 'twice']) {
		await call('POST', 'url', { url });
		await until(`${page} is ready without a server, ${time}`, ready);
		await works();
	}
	await complaints(`${page} without a server`);
}
const ready = `document.querySelectorAll('#bars li').length`, told = `/right\\.$/.test(${text('sum')})`;
const live_alone = () => alone('index.html', ready, async () => {
	await run(`document.getElementById('words').value = 'I am so glad'; document.querySelector('#say button').click()`);
	await until('it answers without a server', `document.querySelectorAll('#turns li').length`);
});
const laboratory_alone = () => alone('laboratory.html', told, async () => {
	await run(`document.getElementById('voice').click()`);
	await until('it is asked again without a server', `/mind/.test(${text('sum')})`);
});

await look_all('live', live, laboratory, live_alone, laboratory_alone);
