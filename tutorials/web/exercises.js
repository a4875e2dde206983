// exercises.js: the quiz of a chapter, and its warm-ups, in the page of its exercises. What both
// keep is in page.js; what compiles and runs a warm-up, in compile.js.
'use strict';

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

function offerQuiz(questions, place) {
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
				noteOnce('passed', item);
			next(late && reply(question, choice, verdict));
			(place.querySelector('button, input') || place).focus();
		};
		const form = element('form', {});
		place.append(element('p', { class: 'question' }, question.text), form);
		if (question.number) {
			const field = element('input', { inputmode: 'decimal', 'aria-label': 'A number', size: 12, required: true,
				value: kept(`${item}-${n}`) || '', oninput: event => keep(`${item}-${n}`, event.target.value) });
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
	noteOnce('opened', `${number}-before`);
	next();
}

// --- warm-ups ---------------------------------------------------------------------------------

const SECONDS = 5; // as tutorials/lesson/warmup_main.c gives a check
let compiler = null; // the worker, while nothing has gone wrong with it

// Sends a file to the worker; tell(text) gets what it says. Its status: 0, the warm-up is right.
function check(name, source, tell) {
	compiler ||= new Worker('compile.js');
	return new Promise(end => {
		let clock = 0;
		const finish = (status, text) => {
			clearTimeout(clock);
			if (text) {
				tell(text);
				compiler.terminate();
				compiler = null;
			}
			end(status);
		};
		compiler.onerror = event => finish(1, `The compiler could not be started: ${event.message || 'no worker'}\n`);
		compiler.onmessage = ({ data }) => {
			if (data.text !== undefined)
				tell(data.text);
			else if (data.compiled)
				clock = setTimeout(finish, SECONDS * 1000, 1,
					`  Stopped after ${SECONDS} s. Likely mistake: a loop that never ends.\n`);
			else
				finish(data.ended, data.trouble && `${data.trouble}\n`);
		};
		compiler.postMessage({ name, source });
	});
}

const itemOf = file => `${number}-a${/(\d)-[^/]*$/.exec(file)[1]}`;

// What a warm-up has in any case: a place for replies, a mark at its heading, its hint.
function partsOf(file, text, heading) {
	const item = itemOf(file), [, hint] = /hint: ([^]*?)\s*\*\//.exec(text);
	const said = element('pre', { class: 'said', role: 'status', 'aria-label': 'What the check says', hidden: true });
	const say = (reply, kind = '') => {
		said.hidden = false;
		said.className = `said ${kind}`;
		said.textContent = reply;
	};
	const mark = () => heading.classList.toggle('passed', events().some(e => e.what === 'passed' && e.item === item));
	const hintButton = element('button', { type: 'button', 'aria-label': `Hint for warm-up ${item.slice(-1)}`, onclick: () => {
		note('hint', item);
		say(hint.replace(/\s*\n \* ?/g, ' '));
	} }, 'Hint');
	// Runs a check that tells what it says bit by bit, and ends with 0 if all is right.
	const judge = async (checking, first) => {
		let reply = '';
		say(first);
		noteOnce('opened', item);
		const right = await checking(more => say(reply += more)) === 0;
		say(reply + (right ? 'Right.' : ''), right ? 'right' : 'wrong');
		if (right)
			noteOnce('passed', item);
		else
			note('tried', item);
		mark();
	};
	mark();
	return { item, said, hintButton, judge };
}

// Puts an editor in place of a listing. The file's head stands above it, as text; what checks it, below.
function offerWarmup(file, text, listing, heading) {
	const { item, said, hintButton, judge } = partsOf(file, text, heading);
	const lines = text.split('\n');
	const from = lines.findIndex(line => /^#include/.test(line)), to = lines.findIndex(line => /^WARMUP/.test(line));
	const part = lines.slice(from, to).join('\n');
	const source = () => [...lines.slice(0, from), editor.value, ...lines.slice(to)].join('\n');
	const numbers = element('div', { class: 'numbers', 'aria-hidden': true });
	const grow = () => {
		const count = editor.value.split('\n').length;
		editor.rows = count + 1;
		numbers.textContent = Array.from({ length: count }, (_, i) => from + 1 + i).join('\n');
	};
	const changed = () => {
		grow();
		noteOnce('opened', item);
		keep(item, editor.value, 'localStorage');
	};
	let leaving = false; // after Escape, Tab leaves the editor
	const editor = element('textarea', { spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off',
		'aria-label': `${file}: what you write. Tab indents; Escape, then Tab, leaves.`, oninput: changed,
		onkeydown: event => {
			if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
				tryIt();
			else if (event.key === 'Tab' && !leaving && !event.shiftKey) {
				event.preventDefault();
				editor.setRangeText('    ', editor.selectionStart, editor.selectionEnd, 'end');
				changed();
			}
			leaving = event.key === 'Escape' || (leaving && event.key === 'Shift');
		} });
	const which = `warm-up ${item.slice(-1)}`; // many buttons of a page say the same
	const checkButton = element('button', { type: 'button', class: 'go', 'aria-label': `Check ${which}`, onclick: () => tryIt() }, 'Check');
	const tryIt = async () => {
		if (checkButton.disabled)
			return;
		checkButton.disabled = true;
		await judge(tell => check(file, source(), tell), 'Compiling ...');
		checkButton.disabled = false;
	};
	const tools = element('div', { class: 'tools' }, checkButton, hintButton,
		element('button', { type: 'button', class: 'pass', 'aria-label': `Begin again with ${which}`, onclick: () => {
			if (!confirm('Put back the file as it was handed out? What you wrote here is lost.'))
				return;
			editor.value = part;
			note('reset', item);
			keep(item, part, 'localStorage');
			grow();
		} }, 'Begin again'));
	editor.value = kept(item, 'localStorage') ?? part;
	grow();
	listing.replaceWith(element('div', { class: 'warmup' }, element('div', { class: 'editor' }, numbers, editor), tools, said,
		element('details', {}, element('summary', {}, 'What checks it'), element('pre', { tabindex: 0 }, lines.slice(to).join('\n').trimEnd()))));
}

// --- warm-ups, where there is no compiler -------------------------------------------------------

// Answers that were typed, by the warm-up's own checks, which read them (typed.h). Its status: 0, they are right.
function checkAnswers(program, given, tell) {
	const worker = new Worker('wasi.js');
	return new Promise(end => {
		const finish = (status, trouble) => {
			if (trouble)
				tell(`${trouble}\n`);
			worker.terminate();
			end(status);
		};
		worker.onerror = event => finish(1, `The checks could not be started: ${event.message || 'no worker'}`);
		worker.onmessage = ({ data }) => {
			if (data.text !== undefined)
				tell(data.text);
			else if ('ended' in data)
				finish(data.ended, data.trouble);
		};
		worker.postMessage({ program, words: ['warmup'], environment: [], asking: true, given });
	});
}

// Below the listing: a field for each answer, if answers are all that is checked; else how it is checked elsewhere.
function offerAnswers(file, text, listing, heading) {
	const { item, said, hintButton, judge } = partsOf(file, text, heading);
	const checks = text.slice(text.search(/^WARMUP/m)), asks = [...checks.matchAll(/WARMUP_(ANSWER|TEXT)\(\s*"([^"]*)"/g)];
	const below = tools => listing.after(element('div', { class: 'warmup answers' }, tools, said));
	if (/WARMUP_NUMBER/.test(checks)) {
		below(element('div', { class: 'tools' }, element('span', {}, 'It is written in C, in that file. What checks it: ',
			element('code', {}, `make learn DO="check ${item}"`)), hintButton));
		return;
	}
	const fields = asks.map(([, kind], i) => element('input', { autocomplete: 'off', required: true, size: 24,
		inputmode: kind === 'ANSWER' && 'decimal', value: kept(`${item}-${i}`, 'localStorage') || '',
		oninput: event => keep(`${item}-${i}`, event.target.value, 'localStorage') }));
	const typed = () => fields.map((field, i) => asks[i][1] === 'ANSWER' ? field.value.replace(',', '.') : field.value);
	const form = element('form', { class: 'tools', onsubmit: async event => {
		event.preventDefault();
		await judge(tell => checkAnswers(file.replace(/^tutorials\/(.*)\.c$/, '$1.wasm'), typed(), tell), 'Checking ...');
	} }, ...asks.map(([, , what], i) => element('label', {}, `${what}: `, fields[i])),
	element('button', { class: 'go', 'aria-label': `Check warm-up ${item.slice(-1)}` }, 'Check'), hintButton);
	below(form);
}
const sayWhereElse = () => document.querySelector('#part-a')?.closest('p').nextElementSibling?.after(element('p', {},
	'This book was made without a C compiler in it. What asks for numbers or words is answered here. The rest is written in C, ' +
	'on a machine with gcc or clang, GNU make and git. In the folder of the project, once:'),
element('pre', { tabindex: 0 }, 'make deps\nmake handout OUT=../emotionnet-course\ncd ../emotionnet-course\nmake learn'));

// --- part B -----------------------------------------------------------------------------------

// It is written natively; its hints are here, one after the other.
function offerHints(text) {
	// Lines of a paragraph flow; what is indented is code.
	const flowing = hint => hint.trim().replace(/\n(?! )/g, (end, at, all) => / {4}.*$/.test(all.slice(all.lastIndexOf('\n', at - 1) + 1, at)) ? '\n' : ' ');
	const heading = document.querySelector('#part-b')?.closest('p')?.nextElementSibling, hints = text.split('\n---\n');
	heading?.after(element('p', {}, 'This part takes the library and a grader that runs your code: it is written on your own machine.'),
		...hints.map((hint, i) => element('details', { class: 'hint', ontoggle: event => event.target.open && note('hint', `${number}-b`) },
			element('summary', {}, `Hint ${i + 1} of ${hints.length}`), element('p', {}, flowing(hint)))));
}

// --- what the page begins with ----------------------------------------------------------------

const quiz = document.querySelector('meta[name=quiz]');
if (quiz)
	textOf(quiz.content).then(text => offerQuiz(readQuiz(text), document.querySelector('.quiz')));
if (/SET=/.test(document.querySelector('main').textContent))
	document.querySelector('#part-c')?.closest('p').nextElementSibling?.after(element('p', {},
		'Without a compiler: each setting is a field of the program in ', element('a', { href: `${chapter}.html` }, 'the chapter'), '.'));
const hints = document.querySelector('meta[name=hints]');
if (hints)
	textOf(hints.content).then(offerHints);
const offer = document.querySelector('meta[name=compiler]') ? offerWarmup : offerAnswers;
if (offer === offerAnswers)
	sayWhereElse();
for (const caption of document.querySelectorAll('main p > sub:only-child')) {
	const [file] = /tutorials\/\S+\/warmups\/\d\S*\.c/.exec(caption.textContent) || [];
	let listing = caption.parentElement.nextElementSibling, heading = caption.parentElement;
	while (heading && heading.tagName !== 'H3')
		heading = heading.previousElementSibling;
	if (file && listing && heading)
		textOf(file.replace('tutorials/', '')).then(text => offer(file, text, listing, heading));
}
