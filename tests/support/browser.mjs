// browser.mjs: headless Chromium for the tests that look at pages, with what they all ask of one.
// It speaks WebDriver to chromedriver over plain HTTP; nothing but node, chromium and chromium-driver is needed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { look_each } from './checks.mjs';
export { check, holds } from './checks.mjs';

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

let session;
async function ask(method, path, body) {
	const answer = await fetch(`http://localhost:${port}${path}`, { method, body: body && JSON.stringify(body) });
	const { value } = await answer.json();
	if (value && value.error)
		throw new Error(`${path}: ${value.message}`);
	return value;
}

// A browser with these flags more; one at a time.
export async function browser(...more) {
	const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
		'--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars',
		`--user-data-dir=${profile}`, ...more];
	session = '/session/' + (await ask('POST', '/session', { capabilities: { alwaysMatch: { browserName: 'chrome',
		'goog:chromeOptions': { args, prefs: {} }, 'goog:loggingPrefs': { browser: 'ALL' } } } })).sessionId;
}
export const leave = () => ask('DELETE', session).catch(() => {});

export const call = (method, path, body) => ask(method, `${session}/${path}`, body);
export const run = (script, ...args) => call('POST', 'execute/sync', { script, args });
export const devtools = (cmd, params = {}) => call('POST', 'goog/cdp/execute', { cmd, params });
export const screenshot = async () => Buffer.from(await call('GET', 'screenshot'), 'base64');

export async function press(key, text = key === 'Enter' ? '\r' : undefined) {
	const codes = { Tab: 9, Enter: 13, ' ': 32 };
	for (const type of ['keyDown', 'keyUp'])
		await devtools('Input.dispatchKeyEvent', { type, key, code: key === ' ' ? 'Space' : key,
			windowsVirtualKeyCode: codes[key], text: type === 'keyDown' ? text : undefined });
}

// Runs the checks one after the other, and ends.
export const look_all = (what, ...all) => look_each(what, all, async () => {
	await leave();
	driver.kill();
	rmSync(profile, { recursive: true, force: true });
});

// Every text against what lies behind it: the grounds of its ancestors over one another (WCAG 2.1, 1.4.3).
export const contrast = `
	const parse = c => { const n = (c.match(/[\\d.]+/g) || []).map(Number);
		return c.startsWith('color(') ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
	const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
		return .2126 * r + .7152 * g + .0722 * b; };
	const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
	const wrong = new Set();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node; (node = walker.nextNode());) {
		const e = node.parentElement;
		if (!node.textContent.trim() || e.closest('script,style,title,noscript') || !e.getClientRects().length)
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
