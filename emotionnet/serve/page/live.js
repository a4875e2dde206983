// live.js: the page. It shows what the program says (emotionnet/serve/talk.h tells how both speak)
// and knows no more of how messages come than transport.js.
import { Sound, colours, drawStream } from './draw.js';
import { listen, look, play, stop, stopCamera } from './senses.js';
import { $, called, chance, colour, make, percent, state, tellStatus, trouble } from './state.js';
import { connect } from './transport.js';
import { onTurn, onWhy } from './turns.js';

const still = matchMedia('(prefers-reduced-motion: reduce)');
const trips = [];  // ms from sound to answer, the last of them
let quiet = 0;     // seconds of silence that end a turn
let silent = 0;    // seconds of nothing at all; -Infinity: something was heard

// ---- the picture -------------------------------------------------------------------------------
// Between two blocks of sound time runs on by itself, so that the picture flows.
function now() {
	const since = state.source && !still.matches ? (performance.now() - state.at) / 1000 : 0;
	return state.heard + Math.min(since, .25);
}

let drawing = false;
function draw() {
	drawing = false;
	drawStream($('stream'), state, now());
	if (state.source && !still.matches)
		redraw();
}
function redraw() {
	if (!drawing)
		requestAnimationFrame(draw);
	drawing = true;
}

// ---- what the program says ---------------------------------------------------------------------
function showBars(labels) {
	$('bars').replaceChildren(...labels.map(label => {
		const item = make('li', {}, make('span', { textContent: label }), make('b'), make('i'));
		item.style.setProperty('--colour', colour(label));
		return item;
	}));
}

function showSwitches(reads) {
	$('switches').replaceChildren(...reads.map(kind => {
		const button = make('button', { type: 'button', textContent: called[kind] });
		button.setAttribute('aria-pressed', 'true');
		button.onclick = () => {
			const on = button.getAttribute('aria-pressed') !== 'true';
			button.setAttribute('aria-pressed', on);
			state.transport?.send(`switch ${kind} ${on ? 'on' : 'off'}`);
		};
		return button;
	}));
}

function onHello(hello) {
	const other = String([state.labels, state.reads]) !== String([hello.labels, hello.reads]);
	Object.assign(state, { labels: hello.labels, paint: colours(hello.labels), reads: hello.reads,
		hop: hello.hop, sound: null, shown: [], heard: 0, at: performance.now(), sent: [], speaks: false });
	silent = 0;
	quiet = hello.end;
	const reads = hello.reads.map(kind => called[kind]).join(', ');
	$('models').textContent = `${hello.models.join(', ')} · reads ${reads}`;
	$('camera').hidden = !hello.reads.includes('face');
	$('say').hidden = !hello.reads.includes('text');
	if (other) {
		showBars(hello.labels);
		showSwitches(hello.reads);
	}
	$('all').hidden = !hello.all;
	tellStatus();
	redraw();
}

// How long an answer took from the block of sound that made it possible.
function measure(answer) {
	const block = state.sent.find(sent => sent.seconds >= answer.received - 1e-6);
	if (!block || !state.source)
		return;
	trips.push(performance.now() - block.at);
	if (trips.at(-1) > 3000)
		trouble(`The program is ${(trips.at(-1) / 1000).toFixed(0)} s behind: this model is too slow for this`
			+ ' machine. One made with train --streaming reads each moment of sound only once.');
	trips.splice(0, trips.length - 400);
	const sorted = [...trips].sort((a, b) => a - b);
	const at = share => sorted[Math.floor(share * (sorted.length - 1))].toFixed(0);
	$('figures').textContent = `An answer is here ${at(.5)} ms after the sound that completes it`
		+ ` (95 %: ${at(.95)} ms, of ${sorted.length}).`
		+ ` A turn ends ${quiet.toFixed(1)} s after its last voice.`
		+ (state.dropped ? ` ${state.dropped} blocks of sound were too much to send.` : '');
}

function onAnswer(answer) {
	measure(answer);
	[...$('bars').children].forEach((item, c) => {
		item.style.setProperty('--p', answer.p[c]);
		item.children[1].textContent = percent(answer.p[c]);
		item.className = state.labels[c] === answer.label && answer.sure ? 'best' : '';
	});
	document.body.classList.toggle('unsure', !answer.sure);
	const name = make('strong', { textContent: answer.sure ? answer.label : 'not sure' });
	name.style.color = answer.sure ? colour(answer.label) : '';
	$('answer').replaceChildren(name, make('span', { textContent: chance(answer) }));
	const by = answer.has.map(kind => called[kind]).join(' and ') || 'nothing: all is switched off';
	const when = answer.final ? 'At the end of the turn'
		: answer.turn ? `So far, after ${(answer.heard - answer.begin).toFixed(1)} s` : 'Now';
	$('under').textContent = `${when}, by ${by}`;
	if (answer.turn)
		onTurn(answer);
}

function onFrames(view) {
	const bands = view.getUint8(1), levels = new Float32Array((view.byteLength - 12) / 4);
	for (let i = 0; i < levels.length; i++)
		levels[i] = view.getFloat32(12 + 4 * i, true);
	state.sound ??= new Sound(bands, state.hop);
	state.sound.put(view.getFloat32(4, true), levels);
	state.speaks = state.source !== null && view.getUint8(2) === 1;
	silent = view.getFloat32(8, true) < -75 ? silent + levels.length / bands * state.hop : -Infinity;
	if (silent > 4 && state.source?.live) {
		trouble('The microphone is there, but nothing at all is to be heard. Is it muted?');
		silent = -Infinity;
	}
	tellStatus();
}

const kinds = { hello: onHello, answer: onAnswer, why: onWhy, error: error => trouble(error.text) };
function hear(message) {
	if (typeof message === 'string') {
		const said = JSON.parse(message);
		kinds[said.kind]?.(said);
	} else {
		onFrames(new DataView(message));
	}
	redraw();
}

// ---- the page ----------------------------------------------------------------------------------
function begin() {
	const mine = state.transport = connect(hear, why => {
		if (state.transport !== mine)
			return;
		state.transport = null;
		stop();
		stopCamera();
		trouble(why ?? 'The program has ended, or cannot be reached. If it was stopped, start it again'
			+ ' and open the address that it prints.', begin);
	});
	mine.open.then(() => {
		mine.send(`rate ${state.rate}`);
		for (const button of $('switches').children)
			button.setAttribute('aria-pressed', 'true');
	});
}

$('listen').onclick = listen;
$('camera').onclick = look;
$('file').onchange = event => {
	play(event.target.files[0]);
	event.target.value = '';
};
$('say').onsubmit = event => {
	event.preventDefault();
	const words = $('words').value.trim();
	if (!words || !state.transport?.send(`text ${words}`))
		return;
	$('words').value = '';
	$('welcome').hidden = true;
};
for (const name of ['dragover', 'dragleave', 'drop'])
	addEventListener(name, event => {
		event.preventDefault();
		document.body.classList.toggle('dropping', name === 'dragover');
		if (name === 'drop')
			play(event.dataTransfer.files[0]);
	});
addEventListener('resize', redraw);
begin();
