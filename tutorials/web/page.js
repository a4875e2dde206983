// page.js: what the reader has done, and the program of a chapter, in the book's pages. wasi.js
// runs the program. exercises.js has the quiz and the warm-ups, course.js the first page.
// Progress stays in this browser, as the lines of .progress/log.tsv (tutorials/learn/progress.h):
// seconds since 1970, event, item, detail.
'use strict';

const [, chapter, number, exercises] = /((\d\d)-[a-z-]+?)(-exercises)?\.html$/.exec(location.pathname) || [];
const program = document.querySelector('meta[name=program]');
const plain = number === '00'; // its program is one file, and knows nothing of predictions and points

// element('p', { class: 'x' }, 'text', child): what does not exist yet.
function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (key.startsWith('on'))
			made.addEventListener(key.slice(2), value);
		else if (value !== false)
			made.setAttribute(key, value === true ? '' : value);
	made.append(...children);
	return made;
}

const textOf = url => fetch(url).then(answer => answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText)));

// --- progress -------------------------------------------------------------------------------

const KEY = 'emotionnet-log';
let unkept = ''; // where the browser keeps nothing, until the page is left

function log() {
	try {
		return localStorage.getItem(KEY) || '';
	} catch {
		return unkept;
	}
}
function keepLog(text) {
	try {
		localStorage.setItem(KEY, text);
	} catch {
		unkept = text;
	}
}
const note = (what, item, detail = '') =>
	keepLog(`${log()}${Math.floor(Date.now() / 1000)}\t${what}\t${item}\t${detail.replace(/\s+/g, ' ')}\n`);
// Opened, and passed, are told once.
function noteOnce(what, item) {
	if (!events().some(e => e.what === what && e.item === item))
		note(what, item);
}
const events = () => log().split('\n').filter(Boolean).map(line => {
	const [when, what, item, detail] = line.split('\t');
	return { when: Number(when), what, item, detail };
});

// What is typed is there after a reload: a program's settings while the page is open, all else for good.
function keep(name, text, store = 'sessionStorage') {
	try {
		window[store].setItem(`emotionnet-${chapter}-${name}`, text);
	} catch { /* a browser that keeps nothing */ }
}
function kept(name, store = 'sessionStorage') {
	try {
		return window[store].getItem(`emotionnet-${chapter}-${name}`);
	} catch {
		return null;
	}
}

// The file that an instructor collects.
function exportLog() {
	const link = element('a', { download: 'log.tsv', href: URL.createObjectURL(new Blob([log()], { type: 'text/tab-separated-values' })) });
	link.click();
}

// --- the program ----------------------------------------------------------------------------

const COLUMNS = 78, NARROWEST = 40;
let worker = null, lines = 0, line = null, held = null, question = '', files = new Map();
let panel, screen, state, bar, runButton, stopButton, askBox, stepBox, fields, told, point = null;

// A run that was begun: how it was started, and the answers so far. As a program says the same each time, it
// can be started again with them after a reload, and goes on. Kept until it ends, or another begins.
let current = null;
const keepRun = () => keep('run', JSON.stringify(current), 'localStorage');
const forgetRun = () => keep('run', '', 'localStorage');
function begun() {
	try {
		const run = JSON.parse(kept('run', 'localStorage'));
		return run.given.length && run.given.every(line => line === null || typeof line === 'string') ? run : null;
	} catch { // none, or not what this page wrote
		return null;
	}
}
const keptOf = run => [`${run.given.length} ${run.given.length > 1 ? 'answers are' : 'answer is'} kept`,
	...Object.entries(run.set || {}).map(([name, value]) => `${name}=${value}`)].join(', ');

function buildPanel() {
	screen = element('div', { class: 'screen-text', role: 'log', tabindex: 0, 'aria-label': 'What the program says' });
	state = element('span', { class: 'state', role: 'status' }, 'ready');
	bar = element('progress', { max: Number(program.dataset.lines) || 1, value: 0, 'aria-label': 'How much it has said' });
	runButton = element('button', { type: 'button', class: 'go', onclick: () => run() }, '▶ Run');
	stopButton = element('button', { type: 'button', disabled: true, onclick: () => { stop('stopped'); offerToGoOn(); } }, 'Stop');
	askBox = element('input', { type: 'checkbox', checked: true });
	stepBox = element('input', { type: 'checkbox' });
	fields = [...document.querySelectorAll('meta[name=setting]')].map(({ content: name, dataset: { kind, what, usual, least, most } }) =>
		kind === 'change' ? element('select', { name, 'data-usual': usual }, ...what.split(', ').map((one, i) => element('option', { value: i }, one))) :
		element('input', { type: 'number', name, min: least, max: most, step: kind === 'count' ? 1 : 'any', 'data-usual': usual,
			value: kept(name) || usual, title: what,
			'aria-describedby': 'setting-told', oninput: event => keep(name, event.target.value),
			onfocus: () => { told.textContent = `${name} is ${what}: from ${least} to ${most}, usually ${usual}. Then Run.`; } }));
	told = element('p', { class: 'told', id: 'setting-told' });
	const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close the program', onclick: hide }, '×');
	panel = element('section', { id: 'program', 'aria-label': 'The chapter’s program', hidden: true },
		element('div', { class: 'bar' }, runButton, stopButton,
			element('label', {}, askBox, plain ? ' let me speak to it' : ' ask me to predict'),
			...(plain ? [] : [element('label', {}, stepBox, ' wait at each point')]),
			...fields.map(field => element('label', {}, `${field.name} `, field)),
			bar, state, close, told),
		screen);
	panel.addEventListener('keydown', event => event.key === 'Escape' && hide());
	document.body.append(panel);
}
let opener = null; // what the keyboard goes back to
function unfold(event) {
	opener = event.currentTarget;
	panel.hidden = false;
	document.body.classList.add('with-program');
}
function show(event) {
	unfold(event);
	if (worker || lines)
		runButton.focus();
	else if (!offerToGoOn())
		run();
}
// Of a run that was left: shall it go on? False if there is none.
function offerToGoOn() {
	const old = begun();
	if (old && old.made !== program.dataset.made) {
		run();
		screen.append(element('p', { class: 'trouble' }, 'The program of this chapter has changed since you began it. It begins anew.'));
	} else if (old) {
		const form = element('form', { class: 'answer' }, element('p', {}, `You have begun it: ${keptOf(old)}.`),
			element('button', { type: 'button', onclick: () => run(old) }, 'Go on from there'),
			element('button', { type: 'button', class: 'pass', onclick: () => run() }, 'Begin anew'));
		screen.append(form);
		follow();
		form.querySelector('button').focus({ preventScroll: true });
	}
	return !!old;
}
function hide() {
	panel.hidden = true;
	document.body.classList.remove('with-program');
	if (opener)
		opener.focus();
}

// How many letters fit beside each other, as a terminal would say.
function columns() {
	const probe = element('span', { class: 'probe' }, 'x'.repeat(100));
	screen.append(probe);
	const width = probe.getBoundingClientRect().width / 100;
	probe.remove();
	return Math.max(NARROWEST, Math.min(COLUMNS + 1, Math.floor((screen.clientWidth - 28) / width)));
}

// Begins, or goes on with a run that was left.
function run(old) {
	stop('');
	if (old) {
		[askBox.checked, stepBox.checked] = [old.ask === true, old.step === true];
		for (const field of fields)
			field.value = old.set?.[field.name] ?? field.dataset.usual;
	} else
		forgetRun();
	document.querySelector('.begun')?.remove();
	screen.textContent = question = '';
	lines = 0;
	line = held = point = null;
	told.textContent = '';
	noteOnce('opened', `${number}-read`);
	for (const url of files.values())
		URL.revokeObjectURL(url);
	files.clear();
	bar.value = 0;
	worker = new Worker('wasi.js');
	worker.onmessage = ({ data }) => hear(data);
	worker.onerror = event => hear({ ended: 1, trouble: `The program could not be started: ${event.message || 'no worker'}` });
	const set = fields.filter(field => Number(field.value) !== Number(field.dataset.usual) && field.value !== '')
		.map(field => [field.name, field.value]);
	current = { made: program.dataset.made, ask: askBox.checked, step: stepBox.checked, set: Object.fromEntries(set), given: old?.given || [] };
	const { change } = current.set; // another program
	worker.postMessage({ program: change ? program.content.replace('chapter.', `change-${change}.`) : program.content,
		asking: current.ask || current.step, given: current.given,
		words: plain ? ['chapter'] : ['chapter', ...(current.step ? ['--step'] : []), ...set.flatMap(([name, value]) => ['--set', `${name}=${value}`])],
		environment: [`COLUMNS=${columns()}`, 'NO_COLOR=1', 'TERM=dumb', ...(current.ask ? [] : ['LESSON_ASK=0'])] });
	runButton.textContent = '▶ Run again';
	stopButton.disabled = false;
	state.textContent = 'running';
	screen.focus();
}
function stop(why) {
	if (!worker)
		return;
	worker.terminate();
	worker = null;
	stopButton.disabled = true;
	screen.querySelector('.answer')?.remove();
	state.textContent = why;
}

function hear(message) {
	if (message.text !== undefined)
		say(message.text);
	else if (message.file)
		files.set(message.file, URL.createObjectURL(new Blob([message.bytes],
			{ type: message.file.endsWith('.svg') ? 'image/svg+xml' : 'audio/wav' })));
	else if (message.given !== undefined)
		say(`${message.given ?? ''}\n`);
	else if (message.ask)
		ask();
	else {
		stop(message.ended ? 'it stopped' : 'done');
		if (message.trouble)
			screen.append(element('p', { class: 'trouble', role: 'alert' }, message.trouble));
		else
			forgetRun();
		bar.value = message.ended ? bar.value : bar.max;
		if (!message.ended)
			noteOnce('passed', `${number}-read`);
		follow();
	}
}
const follow = () => { screen.scrollTop = screen.scrollHeight; };

// Line after line. What is a heading, a question, a reply is seen by how it begins.
function say(text) {
	const near = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 60;
	for (const [i, part] of text.split('\n').entries()) {
		if (i > 0)
			endLine();
		if (!part)
			continue;
		if (!line)
			screen.append(line = element('div', { class: 'line' }));
		line.append(part);
	}
	if (near)
		follow();
}
function endLine() {
	if (!line)
		screen.append(line = element('div', { class: 'line' }));
	const text = line.textContent;
	bar.value = ++lines;
	const kind = /^== |^\d\d {2}/.test(text) ? 'heading' : /^\? /.test(text) ? 'asked' : /^ {2}> /.test(text) ? 'reply'
		: /^\[\d+\] /.test(text) ? 'point' : '';
	if (kind)
		line.classList.add(kind);
	if (kind === 'asked')
		question = '';
	else if (kind === 'point')
		point = line;
	question += text + '\n';
	// Where the line is narrow, the name of a file stands on the next one.
	const whole = (held ? held.textContent : '') + text;
	const [, path] = /\((?:as a picture|to hear it):\s+(\S+)\)/.exec(whole) || [];
	if (files.has(path)) {
		if (held)
			held.remove();
		const name = path.replace(/.*\//, '');
		line.replaceWith(name.endsWith('.svg') ? element('img', { src: files.get(path), alt: `${name}: the same as a picture` })
			: element('figure', { class: 'sound' }, element('figcaption', {}, name),
				element('audio', { controls: true, src: files.get(path), 'aria-label': name })));
	}
	held = /\((as a picture|to hear it):$/.test(text) ? line : null;
	line = null;
}

// A line is wanted: buttons for choices, a field for all else.
function ask() {
	const prompt = line ? line.textContent : '';
	const send = text => {
		form.remove();
		say((text ?? '') + '\n');
		current.given.push(text);
		keepRun();
		state.textContent = 'running';
		worker.postMessage({ answer: text });
		screen.focus();
	};
	const form = element('form', { class: 'answer', onsubmit: event => {
		event.preventDefault();
		send(field ? field.value : '');
	} });
	let field = null;
	const [, last] = /\ba to ([a-f])\b/.exec(prompt) || [];
	if (last)
		for (let code = 97; code <= last.charCodeAt(0); code++) {
			const letter = String.fromCharCode(code);
			const [, text] = new RegExp(`^ {4}${letter}\\) (.*(?:\\n {7}.*)*)`, 'm').exec(question) || [];
			form.append(element('button', { type: 'button', onclick: () => send(letter) },
				`${letter}) ${(text || '').replace(/\s+/g, ' ')}`));
		}
	else if (!/Enter to go on/.test(prompt))
		form.append(field = element('input', { 'aria-label': prompt.trim() || 'An answer', autocomplete: 'off', size: 16 }),
			element('button', {}, 'Answer'));
	const waits = /Enter to go on/.test(prompt), unsure = /not sure/.test(prompt);
	for (let shown = waits && point; shown; shown = shown.nextElementSibling)
		shown.classList.add('look'); // the caption, and the values that it is about
	form.append(element('button', { type: 'button', class: 'pass', onclick: () => send(waits || unsure ? '' : null) },
		waits ? 'Go on' : unsure ? 'Not sure' : 'Enough'));
	screen.append(form);
	state.textContent = waits ? 'it waits at a point' : 'it asks you';
	follow();
	(field || form.querySelector('button')).focus({ preventScroll: true });
}

// A Run above the text, and beside each listing of the chapter's own files.
function offerProgram() {
	buildPanel();
	const old = begun(), above = document.querySelector('.run-here');
	if (old?.made === program.dataset.made)
		above.append(element('span', { class: 'begun' }, ` You have begun it: ${keptOf(old)}.`));
	above.querySelector('button').addEventListener('click', show);
	for (const caption of document.querySelectorAll('main p > sub:only-child'))
		if (/^(chapter|[a-z_]+)\.c\b/.test(caption.textContent) && !/exercise/.test(caption.textContent)) {
			caption.append(' ', element('button', { type: 'button', class: 'run', onclick: show,
				'aria-label': `Run the program of ${caption.textContent}` }, '▶ Run'));
		}
	offerChanges();
}

// Beside each thing that chapter 0 tells to change: run it so.
function offerChanges() {
	const field = fields.find(one => one.name === 'change');
	for (const thing of field ? document.querySelectorAll('main p > strong:first-child') : []) {
		const [, i, name] = /^(\d)\. (.*)\.$/.exec(thing.textContent) || [];
		if (i)
			thing.parentElement.append(' ', element('button', { type: 'button', class: 'run', 'aria-label': `Run it with this change: ${name}`, onclick: event => {
				field.value = i;
				unfold(event);
				run();
			} }, '▶ Run it so'));
	}
}

// --- what the page begins with ----------------------------------------------------------------

if (program && !exercises)
	offerProgram();
if ('serviceWorker' in navigator && location.protocol !== 'file:')
	navigator.serviceWorker.register('offline.js').catch(() => { });
