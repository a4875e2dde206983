// laboratory.js: an utterance of the corpus, disturbed, and what each strategy says of it.
import { call, program, start } from './program.js';
import { Rows, legend } from './rows.js';
import { seal } from './seal.js';
import { $, make, trouble } from './state.js';
import { wav } from './wav.js';

const KINDS = { agree: 'words and voice agree', words: 'only the words tell', voice: 'only the voice tells',
	irony: 'the tone may turn the words', stress: 'the stressed word decides', noise: 'a bad line' };
const LEVELS = [Infinity, 30, 20, 15, 10, 5, 0, -5, -10]; // decibels of the voice over the noise

const rows = new Rows($('answers'));
let one = null, before = [], kind = 'irony', kept = []; // kept: whether each word is there
let player = null;

const on = button => button.getAttribute('aria-pressed') === 'true';
const press = (button, state) => button.setAttribute('aria-pressed', state);
const noise = () => LEVELS[$('noise').value];
const said = db => db === Infinity ? 'none' : db < 0 ? `${-db} dB louder than it` : `${db} dB under it`;

// ---- asking --------------------------------------------------------------------------------
let asking = false, again = false;
async function ask() {
	if (asking) {
		again = true;
		return;
	}
	asking = true;
	do {
		again = false;
		const asked = one, keep = kept.map(there => on($('words')) && there ? 1 : 0).join('');
		if (!before.length)
			before = await call('ask', asked.index, Infinity, true, '1'.repeat(kept.length));
		const whole = noise() === Infinity && on($('voice')) && !keep.includes('0');
		const answers = whole ? before : await call('ask', asked.index, noise(), on($('voice')), keep);
		if (asked === one)
			show(answers, whole);
		else
			before = [];
	} while (again);
	asking = false;
}

function show(answers, whole) {
	const there = answers.map(answer => answer.p ? answer : null);
	there.forEach((answer, m) => rows.show(m, answer, whole || !before[m].p ? null : before[m], one.label));
	const right = there.filter(answer => answer?.label === one.label).length;
	const changed = there.filter((answer, m) => answer && before[m].p && answer.label !== before[m].label).length;
	$('sum').textContent = `${right} of ${there.length} are right`
		+ (whole ? '.' : `; ${changed} changed their mind.`);
	$('legend').replaceChildren(...legend(answers[0].labels));
}

// ---- the utterance -------------------------------------------------------------------------
function showText() {
	$('text').replaceChildren(...one.text.split(' ').map((word, i) => {
		const button = make('button', { type: 'button', textContent: word });
		press(button, kept[i]);
		button.onclick = () => {
			kept[i] = !kept[i];
			press(button, kept[i]);
			ask();
		};
		return button;
	}));
}
function whole() {
	kept = one.text.split(' ').map(() => true);
	$('noise').value = 0;
	$('level').textContent = said(noise());
	press($('voice'), true);
	press($('words'), true);
	$('text').classList.remove('silent');
	showText();
	ask();
}
function take(utterance) {
	one = utterance;
	before = [];
	player?.pause();
	for (const button of $('utterances').querySelectorAll('button'))
		press(button, button.dataset.index === String(one.index));
	$('about').replaceChildren(`${one.id}: ${KINDS[one.is]}. It is meant as `, make('b', { textContent: one.label }), '.');
	whole();
}
function list() {
	for (const button of $('kinds').children)
		press(button, button.textContent === kind);
	const shown = program.corpus.filter(utterance => utterance.is === kind);
	$('utterances').replaceChildren(...shown.map(utterance => {
		const button = make('button', { type: 'button', textContent: utterance.text });
		button.dataset.index = utterance.index;
		button.onclick = () => take(utterance);
		return make('li', {}, button);
	}));
	take(shown[0]);
}

async function hear() {
	player?.pause();
	const sound = await call('sound', one.index, noise());
	const samples = new Float32Array(sound), most = samples.reduce((a, x) => Math.max(a, Math.abs(x)), 1);
	player = new Audio(URL.createObjectURL(new Blob([wav(samples.map(x => x / most), 16000)], { type: 'audio/wav' })));
	player.onended = () => URL.revokeObjectURL(player.src);
	player.play().catch(why => why.name === 'AbortError' || trouble(why.message)); // another utterance was taken
}

$('hear').onclick = hear;
$('whole').onclick = whole;
$('noise').oninput = () => {
	$('level').textContent = said(noise());
	ask();
};
for (const button of [$('voice'), $('words')])
	button.onclick = () => {
		press(button, !on(button));
		$('text').classList.toggle('silent', !on($('words')));
		ask();
	};
$('kinds').replaceChildren(...Object.keys(KINDS).map(name => {
	const button = make('button', { type: 'button', textContent: name, title: KINDS[name], ariaLabel: `${name}: ${KINDS[name]}` });
	button.onclick = () => {
		kind = name;
		list();
	};
	return button;
}));

// ---- the page ------------------------------------------------------------------------------
const controls = () => document.querySelectorAll('.bench button, .bench input');
program.loading = share => {
	$('status').textContent = share < 1 ? `Loading, ${Math.floor(100 * share)} %` : 'Starting';
};
function begin() {
	controls().forEach(control => { control.disabled = true; });
	start(lost).then(() => {
		controls().forEach(control => { control.disabled = false; });
		$('status').textContent = 'Ready';
		$('status').className = 'on';
		rows.names(program.names);
		list();
		seal($('sealed'));
	}).catch(error => lost(error.message));
}
function lost(why) {
	$('status').textContent = 'Stopped';
	$('status').className = 'lost';
	asking = false;
	trouble(why, begin);
}
rows.names(program.names);
begin();
