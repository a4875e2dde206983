// page.js: the program of a chapter, its quiz, and what the reader has done, in the book's pages.
// wasi.js runs the program. Progress stays in this browser, as the lines of .progress/log.tsv
// (tutorials/learn/progress.h): seconds since 1970, event, item, detail.
'use strict';

const [, chapter, number, exercises] = /((\d\d)-[a-z-]+?)(-exercises)?\.html$/.exec(location.pathname) || [];
const program = document.querySelector('meta[name=program]');

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
function note(what, item, detail = '') {
	const text = `${log()}${Math.floor(Date.now() / 1000)}\t${what}\t${item}\t${detail.replace(/\s+/g, ' ')}\n`;
	try {
		localStorage.setItem(KEY, text);
	} catch {
		unkept = text;
	}
}
const events = () => log().split('\n').filter(Boolean).map(line => {
	const [when, what, item, detail] = line.split('\t');
	return { when: Number(when), what, item, detail };
});

// The file that an instructor collects.
function exportLog() {
	const link = element('a', { download: 'log.tsv', href: URL.createObjectURL(new Blob([log()], { type: 'text/tab-separated-values' })) });
	link.click();
}

// --- the program ----------------------------------------------------------------------------

const COLUMNS = 78, NARROWEST = 40;
let worker = null, lines = 0, line = null, held = null, question = '', files = new Map();
let panel, screen, state, bar, runButton, stopButton, askBox, stepBox, fields;

function buildPanel() {
	screen = element('div', { class: 'screen-text', role: 'log', tabindex: 0, 'aria-label': 'What the program says' });
	state = element('span', { class: 'state', role: 'status' }, 'ready');
	bar = element('progress', { max: Number(program.dataset.lines) || 1, value: 0, 'aria-label': 'How much it has said' });
	runButton = element('button', { type: 'button', class: 'go', onclick: run }, '▶ Run');
	stopButton = element('button', { type: 'button', disabled: true, onclick: () => stop('stopped') }, 'Stop');
	askBox = element('input', { type: 'checkbox', checked: true });
	stepBox = element('input', { type: 'checkbox' });
	fields = (program.dataset.settings || '').split(' ').filter(Boolean).map(text => {
		const [name, usual, min, max] = text.split(',');
		return element('input', { type: 'number', name, value: usual, min, max, step: 'any', 'data-usual': usual, title: `from ${min} to ${max}` });
	});
	const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close the program', onclick: hide }, '×');
	panel = element('section', { id: 'program', 'aria-label': 'The chapter’s program', hidden: true },
		element('div', { class: 'bar' }, runButton, stopButton,
			element('label', {}, askBox, ' ask me to predict'), element('label', {}, stepBox, ' wait at each point'),
			...fields.map(field => element('label', {}, `${field.name} `, field)),
			bar, state, close),
		screen);
	panel.addEventListener('keydown', event => event.key === 'Escape' && hide());
	document.body.append(panel);
}
let opener = null; // what the keyboard goes back to
function show(event) {
	opener = event.currentTarget;
	panel.hidden = false;
	document.body.classList.add('with-program');
	if (!worker && !lines)
		run();
	else
		runButton.focus();
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

function run() {
	stop('');
	screen.textContent = question = '';
	lines = 0;
	line = held = null;
	for (const url of files.values())
		URL.revokeObjectURL(url);
	files.clear();
	bar.value = 0;
	worker = new Worker('wasi.js');
	worker.onmessage = ({ data }) => hear(data);
	worker.onerror = event => hear({ ended: 1, trouble: `The program could not be started: ${event.message || 'no worker'}` });
	const set = fields.filter(field => Number(field.value) !== Number(field.dataset.usual) && field.value !== '');
	const asking = askBox.checked || stepBox.checked;
	worker.postMessage({ program: program.content, asking,
		words: ['chapter', ...(stepBox.checked ? ['--step'] : []), ...set.flatMap(field => ['--set', `${field.name}=${field.value}`])],
		environment: [`COLUMNS=${columns()}`, 'NO_COLOR=1', 'TERM=dumb', ...(askBox.checked ? [] : ['LESSON_ASK=0'])] });
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
	else if (message.ask)
		ask();
	else {
		stop(message.ended ? 'it stopped' : 'done');
		if (message.trouble)
			screen.append(element('p', { class: 'trouble', role: 'alert' }, message.trouble));
		bar.value = message.ended ? bar.value : bar.max;
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
	const button = text => element('button', { type: 'button', class: 'run', onclick: show }, text);
	document.querySelector('main h1').after(element('p', { class: 'run-here' },
		button('▶ Run this chapter’s program'), ' It runs here, in the page. Nothing is installed, and nothing leaves this page.'));
	for (const caption of document.querySelectorAll('main p > sub:only-child'))
		if (/^(chapter|[a-z_]+)\.c\b/.test(caption.textContent) && !/exercise/.test(caption.textContent)) {
			const beside = button('▶ Run');
			beside.setAttribute('aria-label', `Run the program of ${caption.textContent}`);
			caption.append(' ', beside);
		}
}

// --- the quiz -------------------------------------------------------------------------------

// As tutorials/writing.md says; what lies deeper than four blanks is code.
function readQuiz(text) {
	const questions = [];
	let last = null, key = '';
	for (const row of text.split('\n')) {
		if (/^#/.test(row) || !row.trim())
			continue;
		const [, mark, rest] = /^([?+=-]) (.*)/.exec(row) || [], [, reply] = /^ {2}> (.*)/.exec(row) || [];
		if (mark === '?')
			questions.push(last = { text: rest, choices: [], number: false }), key = 'text';
		else if (mark) {
			const question = questions.at(-1), [, value, within] = /^(\S+)(?: within (\S+))?/.exec(rest);
			question.number ||= mark === '=';
			question.choices.push(last = { text: rest, reply: '', right: mark !== '-', value: Number(value), within: Number(within) || 0 });
			key = 'text';
		} else if (reply !== undefined)
			last.reply = reply, key = 'reply';
		else
			last[key] += /^ {6}/.test(row) ? '\n' + row.slice(4) : ' ' + row.trim();
	}
	return questions;
}

// The same order as on a terminal would do no harm; another each time does not help to remember letters.
function shuffled(list) {
	const order = [...list];
	for (let i = order.length - 1; i > 0; i--) {
		const j = Math.floor(Math.random() * (i + 1));
		[order[i], order[j]] = [order[j], order[i]];
	}
	return order;
}
const answersOf = item => new Map(events().filter(e => e.what === 'answer' && e.item === item)
	.reverse().map(e => [Number(e.detail.split(' ')[0]), e.detail.split(' ')[1]]));
const near = (x, choice) => Math.abs(x - choice.value) <= choice.within + 1e-9 * Math.abs(choice.value);

function offerQuiz(questions) {
	const place = element('section', { class: 'quiz', 'aria-live': 'polite' });
	const heading = element('h2', { id: 'quiz' }, 'Quiz');
	document.querySelector('main h1').after(heading, place);
	const next = replyShown => {
		const before = answersOf(`${number}-before`), after = answersOf(`${number}-after`);
		const late = before.size >= questions.length, item = late ? `${number}-after` : `${number}-before`;
		const done = late ? after : before, i = questions.findIndex((q, k) => !done.has(k + 1));
		const right = map => [...map.values()].filter(v => v === 'right').length;
		place.replaceChildren();
		if (replyShown)
			place.append(replyShown);
		if (late && i < 0) {
			place.append(element('p', {}, `Before the chapter you had ${right(before)} of ${questions.length} right, after it ${right(after)}.`),
				element('button', { type: 'button', onclick: exportLog }, 'Save my progress (log.tsv)'));
			return;
		}
		place.append(element('p', { class: 'when' }, late
			? 'After the chapter: a reply follows each answer.'
			: 'Before the chapter: what do you know already? Replies come after it.', ` Question ${i + 1} of ${questions.length}.`));
		ask(questions[i], i + 1, item, late);
	};
	const ask = (question, n, item, late) => {
		const settle = (choice, typed) => {
			const verdict = choice === undefined ? 'not-sure' : choice && choice.right ? 'right' : 'wrong';
			note('answer', item, `${n} ${verdict} ${choice ? choice.text : typed || ''}`);
			if (n === questions.length)
				note('passed', item);
			next(late && reply(question, choice, verdict));
			(place.querySelector('button, input') || place).focus();
		};
		const form = element('form', {});
		place.append(element('p', { class: 'question' }, question.text), form);
		if (question.number) {
			const field = element('input', { inputmode: 'decimal', 'aria-label': 'A number', size: 12, required: true });
			form.append(field, element('button', {}, 'Answer'));
			form.addEventListener('submit', event => {
				event.preventDefault();
				const x = parseFloat(field.value.replace(',', '.'));
				if (Number.isFinite(x))
					settle(question.choices.find(c => near(x, c)) || null, field.value);
			});
		} else
			for (const choice of shuffled(question.choices))
				form.append(element('button', { type: 'button', onclick: () => settle(choice) }, choice.text));
		form.append(element('button', { type: 'button', class: 'pass', onclick: () => settle() }, 'Not sure'));
	};
	const reply = (question, choice, verdict) => {
		const right = question.choices.find(c => c.right), box = element('blockquote', { class: verdict });
		if (choice)
			box.append(element('p', {}, choice.reply));
		if (verdict !== 'right')
			box.append(element('p', {}, `The answer: ${question.number ? right.value : right.text}. ${right.reply}`));
		return box;
	};
	if (!events().some(e => e.what === 'opened' && e.item === `${number}-before`))
		note('opened', `${number}-before`);
	next();
}

// --- what the page begins with ----------------------------------------------------------------

if (program && !exercises)
	offerProgram();
const quiz = document.querySelector('meta[name=quiz]');
if (quiz && exercises)
	fetch(quiz.content).then(answer => answer.text()).then(text => offerQuiz(readQuiz(text)));
if (!chapter && log() && document.querySelector('main table'))
	document.querySelector('main').append(element('p', {}, element('button', { type: 'button', onclick: exportLog },
		'Save my progress (log.tsv)'), ' It is kept in this browser only, until you send it to your instructor.'));
if ('serviceWorker' in navigator && location.protocol !== 'file:')
	navigator.serviceWorker.register('offline.js').catch(() => { });
