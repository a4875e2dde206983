// here.js: what this page has beside that of `emotionnet serve`: the law before the microphone,
// voices to try, strategies side by side, and one's own model.
import { bring, call, program } from './program.js';
import { Rows, legend } from './rows.js';
import { play } from './senses.js';
import { $, make, state, trouble } from './state.js';
import { seal } from './seal.js';
import { wav } from './wav.js';

const KINDS = { agree: 'words and voice agree', words: 'only the words tell', voice: 'only the voice tells',
	irony: 'the tone may turn the words', stress: 'the stressed word decides', noise: 'a bad line' };

// ---- until the program is there ------------------------------------------------------------
for (const button of document.querySelectorAll('main button, #file, #own'))
	button.disabled = true;
program.loading = share => {
	$('status').textContent = share < 1 ? `Loading, ${Math.floor(100 * share)} %` : 'Starting';
};

// ---- the law, before anybody is heard or seen ----------------------------------------------
let agreed = false;
for (const button of [$('listen'), $('camera')])
	button.addEventListener('click', async event => {
		if (agreed)
			return;
		event.stopImmediatePropagation();
		$('law').textContent = await call('law');
		$('consent').returnValue = '';
		$('consent').onclose = () => {
			agreed = $('consent').returnValue === 'yes';
			words = meant = null;
			if (agreed)
				button.click();
		};
		$('consent').showModal();
	}, true);

// ---- strategies side by side ---------------------------------------------------------------
const rows = new Rows($('strategies'), choose);
let asked = null; // what was given last: asks it again

async function choose(place) {
	program.chosen = place;
	rows.mark(place);
	await call('choose', place);
	state.transport?.send(`rate ${state.rate}`);
	asked?.();
}
function showNames() {
	rows.names(program.names);
	rows.mark(program.chosen);
}
showNames();

// ---- voices --------------------------------------------------------------------------------
let page = 0;
let words = null; // of a voice: to be said while it is heard
let meant = null; // what the corpus says of what was given last

function say(text) {
	meant = null;
	state.transport?.send(`text ${text}`);
	asked = () => say(text);
}
async function speak(one) {
	asked = null;
	const sound = await call('sound', one.index, Infinity);
	words = one;
	meant = one.label;
	play(new File([wav(new Float32Array(sound), 16000)], one.id));
	asked = () => speak(one);
}
function showVoices() {
	const shown = Object.keys(KINDS).map(kind => {
		const all = program.corpus.filter(one => one.is === kind);
		return all[page % all.length];
	});
	$('voices').replaceChildren(...shown.map(one => {
		const button = make('button', { type: 'button' }, make('span', { textContent: one.text }),
			make('small', { textContent: KINDS[one.is] }));
		button.onclick = () => {
			button.lastChild.textContent = `${KINDS[one.is]} · meant as ${one.label}`;
			speak(one);
		};
		return make('li', {}, button);
	}));
}
$('more').onclick = () => {
	page++;
	showVoices();
};
$('say').addEventListener('submit', () => {
	const text = $('words').value.trim();
	if (!state.source)
		meant = null;
	if (text)
		asked = () => say(text);
}, true);

let turn = 0;
function watch(place, said) {
	if (said.kind !== 'answer' || !said.turn)
		return;
	if (place === program.chosen && said.turn !== turn) {
		turn = said.turn;
		rows.age();
	}
	if (words && !said.final) {
		state.transport?.send(`text ${words.text}`);
		words = null;
	}
	if (said.final)
		rows.show(place, { ...said, labels: labels[place] }, null, meant);
}
const labels = [];
program.watch = (place, message) => {
	if (typeof message !== 'string')
		return;
	const said = JSON.parse(message);
	if (said.kind === 'hello') {
		labels[place] = said.labels;
		turn = 0;
		begin(said);
	}
	watch(place, said);
};

let begun = false;
function begin(hello) {
	$('legend').replaceChildren(...legend(hello.labels));
	if (begun)
		return;
	begun = true;
	program.names.forEach((name, place) => { labels[place] = hello.labels; });
	showVoices();
	for (const button of [$('more'), $('own')])
		button.disabled = false;
	seal($('sealed'));
}

// ---- one's own model -----------------------------------------------------------------------
async function take(file) {
	trouble();
	const refused = await bring(file);
	if (refused)
		return trouble(refused);
	showNames();
	asked = null;
	choose(program.chosen);
	$('brought').textContent = `${file.name} answers above, beside the strategies.`;
}
$('own').onchange = event => {
	take(event.target.files[0]);
	event.target.value = '';
};
addEventListener('drop', event => {
	const [file] = event.dataTransfer.files;
	if (!/\.safetensors$/i.test(file?.name))
		return;
	event.preventDefault();
	event.stopImmediatePropagation();
	document.body.classList.remove('dropping');
	take(file);
}, true);
