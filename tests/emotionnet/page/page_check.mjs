// page_check.mjs: opens pages in headless Chromium and holds them to what a reader needs: no console error, nothing
// asked for outside, every picture drawn, no sideways scrolling, contrast AA in both themes, the keyboard alone.
// usage: node page_check.mjs [--shots FOLDER] PAGE.html...
// It speaks WebDriver to chromedriver over plain HTTP; nothing but node, chromium and chromium-driver is needed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const pages = process.argv.slice(2);
let shots = null;
if (pages[0] === '--shots') {
	shots = pages[1];
	pages.splice(0, 2);
}
const profile = mkdtempSync(join(tmpdir(), 'emotionnet-page-'));
const driver = spawn('chromedriver', ['--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = await new Promise((found, failed) => {
	driver.stdout.on('data', data => {
		const started = /started successfully on port (\d+)/.exec(data);
		if (started)
			found(started[1]);
	});
	driver.on('error', failed);
	driver.on('exit', () => failed(new Error('chromedriver ended')));
});

async function call(method, path, body) {
	const answer = await fetch(`http://localhost:${port}${path}`,
		{ method, body: body && JSON.stringify(body) });
	const { value } = await answer.json();
	if (value && value.error)
		throw new Error(`${path}: ${value.message}`);
	return value;
}
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync',
	'--hide-scrollbars', `--user-data-dir=${profile}`];
const session = '/session/' + (await call('POST', '/session', { capabilities: { alwaysMatch: {
	browserName: 'chrome', 'goog:chromeOptions': { args: flags, prefs: {} },
	'goog:loggingPrefs': { browser: 'ALL' } } } })).sessionId;
const run = (script, ...args) => call('POST', `${session}/execute/sync`, { script, args });
const devtools = (cmd, params = {}) => call('POST', `${session}/goog/cdp/execute`, { cmd, params });

let checks = 0, failures = 0;
function check(name, wrong) {
	checks++;
	if (!wrong || (Array.isArray(wrong) && !wrong.length))
		return;
	failures++;
	console.log(`FAILED: ${name}: ${[].concat(wrong).slice(0, 8).join('; ')}`);
}

// Every text against what lies behind it: the grounds of its ancestors over one another (WCAG 2.1, 1.4.3).
const contrast = `
	const parse = c => { const n = (c.match(/[\\d.]+/g) || []).map(Number);
		return c.startsWith('color(') ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
	const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
		return .2126 * r + .7152 * g + .0722 * b; };
	const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
	const wrong = new Set();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node; (node = walker.nextNode());) {
		const e = node.parentElement;
		if (!node.textContent.trim() || e.closest('script,style,title') || !e.getClientRects().length)
			continue;
		let ground = [255, 255, 255];
		const chain = [];
		for (let p = e; p; p = p.parentElement)
			chain.unshift(p);
		for (const p of chain)
			ground = over(parse(getComputedStyle(p).backgroundColor), ground);
		const style = getComputedStyle(e);
		const ink = over(parse(e.closest('svg') ? style.fill : style.color), ground);
		const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
		const ratio = (a + .05) / (b + .05);
		if (ratio < 4.5)
			wrong.add(ratio.toFixed(2) + ' ' + e.tagName + ' ' + node.textContent.trim().slice(0, 30));
	}
	return [...wrong];`;

async function look(page, width, theme) {
	const name = `${basename(page)} ${width} ${theme}`;
	await devtools('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
	await devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
	await call('POST', `${session}/url`, { url: 'file://' + resolve(page) });
	check(`${name}: console`, (await call('POST', `${session}/se/log`, { type: 'browser' })).map(l => l.message));
	check(`${name}: pictures that are not drawn`, await run(`return [...document.images].filter(i => !i.complete || !i.naturalWidth || !i.width || !i.height).map(i => i.alt)`));
	check(`${name}: drawings of no size`, await run(`return [...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().height < 20).map(s => s.textContent.slice(0, 40))`));
	check(`${name}: wider than the window`, await run(`const w = document.documentElement.clientWidth; return document.documentElement.scrollWidth > w ? [document.documentElement.scrollWidth + ' > ' + w, ...[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > w + 1 && !e.closest('.wide')).map(e => e.tagName + '.' + e.className)] : []`));
	check(`${name}: contrast`, await run(contrast));
	check(`${name}: asked for outside`, await run(`return performance.getEntriesByType('resource').map(r => r.name).filter(n => !n.startsWith('data:'))`));
	if (!shots)
		return;
	// A window at a time: what is taller takes the browser too long.
	const tall = 1800, height = await run('return document.documentElement.scrollHeight');
	await devtools('Emulation.setDeviceMetricsOverride', { width, height: tall, deviceScaleFactor: 1, mobile: width < 600 });
	for (let y = 0, i = 0; y < height && i < 12; y += tall, i++) {
		await run('scrollTo({ top: arguments[0], behavior: "instant" })', y);
		writeFileSync(join(shots, `${basename(page, '.html')}-${width}-${theme}-${i}.png`),
			Buffer.from(await call('GET', `${session}/screenshot`), 'base64'));
	}
}

async function press(key) {
	for (const type of ['keyDown', 'keyUp'])
		await devtools('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: { Tab: 9, Enter: 13 }[key],
			text: type === 'keyDown' && key === 'Enter' ? '\r' : undefined });
}

// Everything that can be used is reached by Tab, in order and visibly; Enter sorts.
async function keyboard(page) {
	const name = `${basename(page)} keyboard`;
	await devtools('Emulation.setDeviceMetricsOverride', { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false });
	await call('POST', `${session}/url`, { url: 'file://' + resolve(page) });
	// What is folded away opens with Enter; then all of it is to be reached.
	await run(`document.querySelector('summary')?.focus()`);
	await press('Enter');
	check(`${name}: does not unfold`, await run(`return [...document.querySelectorAll('summary')].slice(0, 1).filter(s => !s.parentNode.open).map(s => s.textContent)`));
	await run(`document.querySelectorAll('details').forEach(d => d.open = true); document.activeElement.blur()`);
	const wanted = await run(`return document.querySelectorAll('a[href],button,summary,[tabindex="0"],audio').length`);
	await run(`window.seen = new Set(); document.addEventListener('focusin', e => seen.add(e.target))`);
	for (let i = 0; i < Math.min(8 * wanted + 8, 4000) && await run('return seen.size') < wanted; i++)
		await press('Tab');
	check(`${name}: not reached`, await run(`return [...document.querySelectorAll('a[href],button,summary,[tabindex="0"],audio')].filter(e => !seen.has(e)).map(e => e.outerHTML.slice(0, 60))`));
	check(`${name}: focus not seen`, await run(`const b = document.querySelector('a[href],button'); if (!b) return []; b.focus({ focusVisible: true }); return getComputedStyle(b).outlineStyle === 'none' ? ['no outline'] : []`));
	const columns = await run(`return document.querySelector('table.sortable')?.tHead.rows[0].cells.length ?? 0`);
	for (let c = 1; c < columns; c++) {
		await run(`document.querySelector('table.sortable').tHead.rows[0].cells[arguments[0]].querySelector('button').focus()`, c);
		for (const order of ['descending', 'ascending']) {
			await press('Enter');
			check(`${name}: column ${c} ${order}`, await run(`
				const table = document.querySelector('table.sortable'), c = arguments[0], head = table.tHead.rows[0].cells[c];
				if (head.getAttribute('aria-sort') !== arguments[1])
					return ['aria-sort is ' + head.getAttribute('aria-sort')];
				const v = [...table.tBodies[0].rows].map(r => Number(r.cells[c].dataset.v)).filter(x => !isNaN(x));
				const s = [...v].sort((a, b) => arguments[1] === 'descending' ? b - a : a - b);
				return v.join() === s.join() ? [] : [v.join()];`, c, order));
		}
	}
}

// What stands in the page for people who do not see, and what a machine may stumble over.
async function structure(page) {
	const name = `${basename(page)} structure`;
	check(`${name}: pictures without words`, await run(`return [...document.images].filter(i => !i.alt.trim()).map(i => i.src.slice(0, 40)).concat([...document.querySelectorAll('svg')].filter(s => !s.querySelector('title')).map(s => 'svg'))`));
	check(`${name}: headings`, await run(`let last = 0; const wrong = []; for (const h of document.querySelectorAll('h1,h2,h3,h4')) { const n = +h.tagName[1]; if (n > last + 1) wrong.push(h.textContent); last = n; } if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1'); return wrong`));
	check(`${name}: tables without heads`, await run(`return [...document.querySelectorAll('table')].filter(t => !t.querySelector('th[scope]')).map(t => t.textContent.slice(0, 40))`));
	check(`${name}: scripts and events that came with the data`, await run(`return [...document.querySelectorAll('script')].slice(1).map(s => s.textContent).concat([...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).map(e => e.outerHTML.slice(0, 80))).concat(window.attacked ? ['attacked'] : [])`));
	check(`${name}: links to nowhere`, await run(`return [...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.href)`));
	check(`${name}: an id twice`, await run(`const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i)`));
	check(`${name}: sound that does not play`, await call('POST', `${session}/execute/async`, { script: `
		const done = arguments[0], audio = document.querySelector('audio');
		if (!audio) return done([]);
		audio.muted = true;
		audio.addEventListener('timeupdate', () => audio.currentTime > 0 && done([]));
		audio.addEventListener('error', () => done(['error ' + audio.error.message]));
		setTimeout(() => done(['nothing after 5 s']), 5000);
		audio.play().catch(e => done([String(e)]));`, args: [] }));
	await devtools('Emulation.setScriptExecutionDisabled', { value: true });
	await call('POST', `${session}/url`, { url: 'file://' + resolve(page) });
	await devtools('Emulation.setScriptExecutionDisabled', { value: false });
	check(`${name}: hidden without JavaScript`, await run(`return [...document.querySelectorAll('main table, main svg, main img, main p')].filter(e => !e.getClientRects().length).map(e => e.outerHTML.slice(0, 60))`));
	await devtools('Emulation.setEmulatedMedia', { media: 'print' });
	check(`${name}: folded away in print`, await run(`return [...document.querySelectorAll('main table, main figure svg, main img, main p')].filter(e => !e.checkVisibility() && !e.closest('.screen')).map(e => e.outerHTML.slice(0, 60))`));
	await devtools('Emulation.setEmulatedMedia', { media: '' });
	const pdf = await devtools('Page.printToPDF', { printBackground: true });
	check(`${name}: print`, pdf.data.length > 10000 ? [] : ['no page']);
	if (shots)
		writeFileSync(join(shots, basename(page, '.html') + '.pdf'), Buffer.from(pdf.data, 'base64'));
}

try {
	for (const page of pages) {
		for (const width of [1280, 390])
			for (const theme of ['light', 'dark'])
				await look(page, width, theme);
		await keyboard(page);
		await structure(page);
	}
} catch (error) {
	failures++;
	console.log(`FAILED: ${error.stack}`);
} finally {
	await call('DELETE', session).catch(() => {});
	driver.kill();
	rmSync(profile, { recursive: true, force: true });
}
console.log(`pages: ${checks} checks, ${failures} failures`);
process.exit(failures || !checks ? 1 : 0);
