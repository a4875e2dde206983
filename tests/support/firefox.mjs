// firefox.mjs: headless Firefox for a test that looks at pages in a second browser. It speaks Marionette, Firefox's own
// protocol: over TCP, each message is its length, a colon and JSON. Nothing but node and Firefox is needed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SETTINGS = { 'marionette.port': 0, 'app.update.enabled': false, 'browser.shell.checkDefaultBrowser': false,
	'datareporting.policy.dataSubmissionEnabled': false, 'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false, 'browser.startup.homepage_override.mstone': 'ignore',
	'media.autoplay.default': 0 };

// Starts it, with these settings more: { call, run, complaints, leave }.
export async function firefox(program, settings) {
	const profile = mkdtempSync(join(tmpdir(), 'emotionnet-firefox-'));
	writeFileSync(join(profile, 'user.js'),
		Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''));
	const child = spawn(program, ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile],
		{ stdio: 'ignore', env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' } });
	const portFile = join(profile, 'MarionetteActivePort');
	for (let left = 600; !existsSync(portFile) && left > 0; left--)
		await sleep(100);
	if (!existsSync(portFile)) {
		child.kill();
		throw new Error(`${program} does not say where it listens`);
	}
	const socket = connect(Number(readFileSync(portFile, 'utf8')), '127.0.0.1');
	let bytes = Buffer.alloc(0), number = 0;
	const waiting = new Map(); // number of a command -> who waits for its answer
	socket.on('data', more => {
		bytes = Buffer.concat([bytes, more]);
		for (let colon; (colon = bytes.indexOf(':')) > 0;) {
			const end = colon + 1 + Number(bytes.subarray(0, colon));
			if (bytes.length < end)
				break;
			const message = JSON.parse(bytes.subarray(colon + 1, end));
			bytes = bytes.subarray(end);
			if (!Array.isArray(message)) // it greets
				continue;
			const [, id, error, value] = message, { found, failed } = waiting.get(id);
			if (error)
				failed(new Error(error.message));
			else
				found(value && 'value' in value ? value.value : value);
		}
	});
	const call = (name, parameters = {}) => new Promise((found, failed) => {
		const message = JSON.stringify([0, ++number, name, parameters]);
		waiting.set(number, { found, failed });
		socket.write(`${Buffer.byteLength(message)}:${message}`);
	});
	const run = (script, ...args) => call('WebDriver:ExecuteScript', { script, args });
	await call('WebDriver:NewSession');
	return { call, run,
		// What its console holds of errors at an address.
		async complaints(address) {
			await call('Marionette:SetContext', { value: 'chrome' });
			const said = await run(`return Services.console.getMessageArray()
				.filter(one => one instanceof Ci.nsIScriptError && !(one.flags & 1) && one.sourceName.startsWith(arguments[0]))
				.map(one => one.errorMessage + ' (' + one.sourceName + ':' + one.lineNumber + ')')`, address);
			await call('Marionette:SetContext', { value: 'content' });
			return said;
		},
		async leave() {
			await call('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => { });
			socket.destroy();
			child.kill();
			await sleep(200);
			rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
		} };
}
