// page_check.mjs: opens pages in headless Chromium and holds them to what a reader needs: no console error, nothing
// asked for outside, every picture drawn, no sideways scrolling, contrast AA in both themes, the keyboard alone.
// usage: node page_check.mjs [--shots FOLDER] PAGE.html...
import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { browser, call, check, contrast, devtools, look_all, press, run, screenshot } from '../../support/browser.mjs';

const pages = process.argv.slice(2);
let shots = null;
if (pages[0] === '--shots') {
	shots = pages[1];
	pages.splice(0, 2);
}

async function look(page, width, theme) {
	const name = `${basename(page)} ${width} ${theme}`;
	await devtools('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
	await devtools('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
	await call('POST', 'url', { url: 'file://' + resolve(page) });
	check(`${name}: console`, (await call('POST', 'se/log', { type: 'browser' })).map(l => l.message));
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
		writeFileSync(join(shots, `${basename(page, '.html')}-${width}-${theme}-${i}.png`), await screenshot());
	}
}

// Everything that can be used is reached by Tab, in order and visibly; Enter sorts.
async function keyboard(page) {
	const name = `${basename(page)} keyboard`;
	await devtools('Emulation.setDeviceMetricsOverride', { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false });
	await call('POST', 'url', { url: 'file://' + resolve(page) });
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
	check(`${name}: sound that does not play`, await call('POST', 'execute/async', { script: `
		const done = arguments[0], audio = document.querySelector('audio');
		if (!audio) return done([]);
		audio.muted = true;
		audio.addEventListener('timeupdate', () => audio.currentTime > 0 && done([]));
		audio.addEventListener('error', () => done(['error ' + audio.error.message]));
		setTimeout(() => done(['nothing after 5 s']), 5000);
		audio.play().catch(e => done([String(e)]));`, args: [] }));
	await devtools('Emulation.setScriptExecutionDisabled', { value: true });
	await call('POST', 'url', { url: 'file://' + resolve(page) });
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

await look_all('pages', browser, async () => {
	for (const page of pages) {
		for (const width of [1280, 390])
			for (const theme of ['light', 'dark'])
				await look(page, width, theme);
		await keyboard(page);
		await structure(page);
	}
});
