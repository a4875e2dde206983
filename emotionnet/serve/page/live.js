// live.js: what the page does. It carries sound, words and pictures to the program, and shows
// what comes back (emotionnet/serve/talk.h says how both speak). Whatever carries the messages
// is a transport: connect(hear, lost) -> { send(message), close() }, here a WebSocket.
import { Sound, colours, drawMoments, drawStream } from './draw.js';

const $ = id => document.getElementById(id);
const make = (name, properties = {}, ...children) => {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children);
	return element;
};
const still = matchMedia('(prefers-reduced-motion: reduce)');
const percent = p => `${Math.round(100 * p)} %`;
const signed = x => (x < 0 ? '−' : '+') + Math.abs(x).toFixed(2);
const called = { text: 'words', speech: 'voice', face: 'face' };

// ---- the transport -----------------------------------------------------------------------------
function connect(hear, lost) {
	const socket = new WebSocket(location.href.replace(/^http/, 'ws').replace(/[^/]*$/, 'socket'));
	const BEHIND = 1 << 18; // bytes that wait: more is not said
	socket.binaryType = 'arraybuffer';
	socket.onmessage = event => hear(event.data);
	socket.onclose = lost;
	return {
		open: new Promise(opened => { socket.onopen = opened; }),
		// false: it is not said, since what was said before has not gone yet
		send(message) {
			const goes = socket.readyState === WebSocket.OPEN && socket.bufferedAmount < BEHIND;
			if (goes)
				socket.send(message);
			return goes;
		},
		close() { socket.close(); },
	};
}

// ---- what is known -----------------------------------------------------------------------------
const state = {
	labels: [], paint: [], reads: [],
	sound: null,   // what was heard since the last `rate`
	shown: [],     // its turns, for the picture
	turns: 0,      // of all
	source: null,  // what is heard: { stop(), name }
	rate: 16000, heard: 0, at: 0, // seconds that were sent, and when
	sent: [], trips: [], delays: [], dropped: 0,
	speaks: false, silent: 0,
};
let transport = null;

function trouble(text, again) {
	$('trouble').hidden = !text;
	$('trouble').firstElementChild.textContent = text ?? '';
	const button = $('trouble').lastElementChild;
	button.hidden = !again;
	button.onclick = () => { trouble(); again(); };
}

function tellStatus() {
	const [kind, text] = !transport ? ['lost', 'Not connected']
		: state.speaks ? ['speaks', 'Somebody speaks']
			: state.source ? ['on', state.source.name] : ['on', 'Ready'];
	for (const button of document.querySelectorAll('button, #file'))
		if (button.parentElement.id !== 'trouble')
			button.disabled = !transport || (!state.reads.includes('speech') && ['listen', 'file'].includes(button.id));
	if ($('status').textContent !== text)
		$('status').textContent = text;
	$('status').className = kind;
}

function now() {
	const since = state.source && !still.matches ? Math.min((performance.now() - state.at) / 1000, .25) : 0;
	return state.heard + since;
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
function onHello(hello) {
	Object.assign(state, { labels: hello.labels, paint: colours(hello.labels), reads: hello.reads, hop: hello.hop,
		sound: null, shown: [], heard: 0, at: performance.now(), sent: [], speaks: false, silent: 0 });
	$('models').textContent = hello.models.join(', ') + ' · reads ' + hello.reads.map(kind => called[kind]).join(', ') + (hello.rereads ? '' : ' · each frame once');
	if (hello.all && $('none').dataset.all === undefined) {
		$('none').dataset.all = '';
		$('none').append(' This model answers only once all that it reads is there: type the words while somebody speaks.');
	}
	$('camera').hidden = !hello.reads.includes('face');
	$('say').hidden = !hello.reads.includes('text');
	if ($('bars').children.length !== hello.labels.length)
		$('bars').replaceChildren(...hello.labels.map((label, c) => {
			const item = make('li', {}, make('span', { textContent: label }), make('b', { textContent: '' }), make('i'));
			item.style.setProperty('--colour', state.paint[c]);
			return item;
		}));
	if ($('switches').children.length !== hello.reads.length)
		$('switches').replaceChildren(...hello.reads.map(kind => {
			const button = make('button', { type: 'button', textContent: called[kind] });
			button.setAttribute('aria-pressed', 'true');
			button.onclick = () => {
				const on = button.getAttribute('aria-pressed') !== 'true';
				button.setAttribute('aria-pressed', on);
				transport?.send(`switch ${kind} ${on ? 'on' : 'off'}`);
			};
			return button;
		}));
	tellStatus();
	redraw();
}

// How long an answer took from the block of sound that made it possible.
function measure(answer) {
	const block = state.sent.find(sent => sent.seconds >= answer.received - 1e-6);
	if (!block || !state.source)
		return;
	state.trips.push(performance.now() - block.at);
	if (answer.final && answer.has.includes('speech'))
		state.delays.push(answer.delay);
	const sorted = state.trips.slice(-400).sort((a, b) => a - b), at = share => sorted[Math.floor(share * (sorted.length - 1))];
	const waits = state.delays.at(-1);
	$('figures').textContent = `An answer is here ${at(.5).toFixed(0)} ms after the sound that completes it (95 %: ${at(.95).toFixed(0)} ms, of ${sorted.length}).`
		+ (waits === undefined ? '' : ` A turn ends ${waits.toFixed(1)} s after its last voice.`)
		+ (state.dropped ? ` ${state.dropped} blocks of sound were too much to send.` : '');
}

function onAnswer(answer) {
	measure(answer);
	const best = answer.p[state.labels.indexOf(answer.label)];
	[...$('bars').children].forEach((item, c) => {
		item.style.setProperty('--p', answer.p[c]);
		item.children[1].textContent = percent(answer.p[c]);
		item.className = state.labels[c] === answer.label && answer.sure ? 'best' : '';
	});
	document.body.classList.toggle('unsure', !answer.sure);
	$('answer').firstChild.textContent = answer.sure ? answer.label : 'not sure';
	$('answer').firstChild.style.color = answer.sure ? state.paint[state.labels.indexOf(answer.label)] : '';
	$('answer').replaceChildren($('answer').firstChild, make('span', { textContent: percent(best) }));
	const by = answer.has.map(kind => called[kind]).join(' and ') || 'nothing: all is switched off';
	$('under').textContent = `${answer.final ? 'At the end of the turn' : answer.turn ? `So far, after ${(answer.heard - answer.begin).toFixed(1)} s` : 'Now'}, by ${by}`;
	if (answer.turn)
		onTurn(answer);
	redraw();
}

function onTurn(answer) {
	let turn = state.shown.find(known => known.turn === answer.turn);
	if (!turn) {
		turn = { turn: answer.turn, begin: answer.begin, answers: [] };
		state.shown.push(turn);
		state.shown = state.shown.slice(-12);
	}
	if (turn.answers.at(-1)?.final) // it is answered anew, with words that came late
		turn.answers.pop();
	turn.answers.push(answer);
	if (answer.final)
		showTurn(turn);
}

function showTurn(turn) {
	const answer = turn.answers.at(-1), chance = percent(answer.p[state.labels.indexOf(answer.label)]);
	const name = answer.sure ? answer.label : 'not sure';
	if (!turn.item) {
		turn.number = ++state.turns;
		turn.item = make('li');
		$('turns').prepend(turn.item);
		while ($('turns').children.length > 50)
			$('turns').lastChild.remove();
		$('none').hidden = true;
		$('key').hidden = false;
	}
	const length = answer.heard - answer.begin;
	const head = make('h3', {}, make('i'), name, make('small', { textContent: answer.sure ? chance : `${answer.label} ${chance}` }),
		make('small', { textContent: `turn ${turn.number}` + (length > 0 ? `, ${length.toFixed(1)} s` : '') }));
	head.style.setProperty('--colour', answer.sure ? state.paint[state.labels.indexOf(answer.label)] : 'var(--line)');
	turn.item.replaceChildren(head);
	if (answer.text)
		turn.item.append(make('p', { className: 'said', textContent: answer.text }));
	$('said').textContent = `Turn ${turn.number}: ${name}, ${chance}.`;
	$('stream').setAttribute('aria-label', `The last ${state.shown.length} turns: ` + state.shown.filter(t => t.item)
		.map(t => t.answers.at(-1).label + ' ' + percent(Math.max(...t.answers.at(-1).p))).join(', '));
}

// The words again, each on the colour of what it adds.
function marked(text, words) {
	const most = Math.max(1e-9, ...words.map(word => Math.abs(word.adds)));
	const said = make('p', { className: 'said' });
	let at = 0;
	for (const word of words) {
		const begin = text.indexOf(word.text, at);
		if (begin < 0)
			continue;
		const span = make('span', { textContent: word.text, className: word.adds < 0 ? 'against' : 'for', title: signed(word.adds) });
		span.style.setProperty('--a', (Math.abs(word.adds) / most).toFixed(2));
		said.append(text.slice(at, begin), span);
		at = begin + word.text.length;
	}
	said.append(text.slice(at));
	return said;
}

function onWhy(why) {
	const turn = state.shown.find(known => known.turn === why.turn);
	if (!turn?.item)
		return;
	const answer = turn.answers.at(-1);
	turn.why = why;
	if (why.words?.length) {
		turn.item.querySelector('.said')?.replaceWith(marked(answer.text, why.words));
		if (turn === state.shown.at(-1))
			$('under').append(': ', make('span', { className: 'said' }, ...marked(answer.text, why.words).childNodes));
	}
	if (why.frames && state.sound) {
		const end = why.begin + why.frames.length * why.hop;
		const loudest = why.frames.reduce((best, adds, t) => (adds > why.frames[best] ? t : best), 0);
		const canvas = make('canvas');
		canvas.setAttribute('role', 'img');
		canvas.setAttribute('aria-label', `Sound from ${why.begin.toFixed(1)} to ${end.toFixed(1)} s; what spoke most for ${why.label} is at ${(why.begin + loudest * why.hop).toFixed(1)} s`);
		turn.item.querySelector('h3').after(canvas);
		drawMoments(canvas, state.sound, turn);
	}
	turn.item.append(make('p', { className: 'adds' }, ...Object.entries(why.adds).map(([kind, adds]) =>
		make('span', { textContent: `${called[kind]} ${signed(adds)}` }))));
	redraw();
}

function onFrames(view) {
	const bands = view.getUint8(1), levels = new Float32Array((view.byteLength - 12) / 4);
	for (let i = 0; i < levels.length; i++)
		levels[i] = view.getFloat32(12 + 4 * i, true);
	state.sound ??= new Sound(bands, state.hop);
	state.sound.put(view.getFloat32(4, true), levels);
	state.speaks = state.source !== null && view.getUint8(2) === 1;
	state.silent = view.getFloat32(8, true) < -75 ? state.silent + levels.length / bands * state.hop : -Infinity;
	if (state.silent > 4 && state.source?.live) {
		trouble('The microphone is there, but nothing at all is to be heard. Is it muted?');
		state.silent = -Infinity;
	}
	tellStatus();
	if (!drawing)
		redraw();
}

function hear(message) {
	if (typeof message !== 'string')
		return onFrames(new DataView(message));
	const said = JSON.parse(message);
	const known = { hello: onHello, answer: onAnswer, why: onWhy, error: error => trouble(error.text) };
	known[said.kind]?.(said);
}

// ---- coming and going --------------------------------------------------------------------------
function begin() {
	const mine = transport = connect(hear, () => {
		if (transport !== mine)
			return;
		transport = null;
		stop();
		trouble('The program has ended, or cannot be reached. If it was stopped, start it again and open the address that it prints.', begin);
		tellStatus();
	});
	mine.open.then(() => {
		mine.send(`rate ${state.rate}`);
		for (const button of $('switches').children)
			button.setAttribute('aria-pressed', 'true');
		tellStatus();
	});
}

// ---- sound -------------------------------------------------------------------------------------
function stop() {
	state.source?.stop();
	state.source = null;
	state.speaks = false;
	transport?.send('end');
	$('listen').textContent = 'Listen';
	$('listen').classList.remove('on');
	stopCamera();
	tellStatus();
	redraw();
}

// Sound from a node of the browser's goes to the program, block by block.
async function start(name, live, from) {
	const context = new AudioContext();
	await context.audioWorklet.addModule('hear.js');
	await context.resume();
	const hearing = new AudioWorkletNode(context, 'hear');
	hearing.connect(context.destination); // it makes no sound itself, but runs only so
	state.rate = context.sampleRate;
	transport.send(`rate ${state.rate}`);
	let seconds = 0;
	hearing.port.onmessage = ({ data }) => {
		if (state.source?.context !== context || !transport)
			return;
		if (!transport.send(data)) {
			state.dropped++;
			return;
		}
		seconds += (data.byteLength - 1) / 2 / context.sampleRate;
		state.heard = seconds;
		state.at = performance.now();
		state.sent.push({ seconds, at: state.at });
		if (state.sent.length > 1000)
			state.sent.splice(0, 500);
	};
	const stopSource = from(context, hearing);
	state.source = { name, live, context, stop() { stopSource(); context.close(); } };
	state.at = performance.now();
	$('welcome').hidden = true;
	$('listen').textContent = 'Stop';
	$('listen').classList.add('on');
	tellStatus();
	redraw();
}

const refusals = {
	NotAllowedError: what => `The browser was told not to let this page use the ${what}. Click the sign to the left of the address, allow it, and try again. Words and recordings work without it.`,
	NotFoundError: what => `There is no ${what}. Plug one in and try again. Words and recordings work without it.`,
	NotReadableError: what => `Another program holds the ${what}. Close it and try again. Words and recordings work without it.`,
};
function refused(error, what, again) {
	trouble(refusals[error.name]?.(what) ?? `The ${what} cannot be used: ${error.message}`, again);
}

async function listen() {
	if (state.source)
		return stop();
	trouble();
	try {
		if (!navigator.mediaDevices)
			throw new Error('the browser gives it to addresses that begin with http://127.0.0.1 only');
		const stream = await navigator.mediaDevices.getUserMedia({ audio: {
			echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
		await start('Listening', true, (context, hearing) => {
			const node = context.createMediaStreamSource(stream);
			node.connect(hearing);
			return () => stream.getTracks().forEach(track => track.stop());
		});
	} catch (error) {
		refused(error, 'microphone', listen);
	}
}

async function play(file) {
	if (!file || !transport)
		return;
	if (state.source)
		stop();
	trouble();
	try {
		const bytes = await file.arrayBuffer();
		const decoder = new OfflineAudioContext(1, 1, 44100);
		const clip = await decoder.decodeAudioData(bytes).catch(() => {
			throw new Error(`${file.name} is no sound that this browser can read. A WAV file is.`);
		});
		await start(`Playing ${file.name}`, false, (context, hearing) => {
			const node = new AudioBufferSourceNode(context, { buffer: clip });
			node.connect(hearing);
			node.connect(context.destination);
			node.onended = () => setTimeout(() => { if (state.source?.context === context) stop(); }, 1200);
			node.start();
			return () => { node.onended = null; };
		});
	} catch (error) {
		trouble(error.message);
	}
}

// ---- the face ----------------------------------------------------------------------------------
let camera = null;
function stopCamera() {
	if (!camera)
		return;
	clearInterval(camera.timer);
	camera.stream.getTracks().forEach(track => track.stop());
	camera = null;
	transport?.send('face off');
	$('face').hidden = true;
	$('camera').textContent = 'Show my face';
}

// What is inside the oval, 48 x 48 greys; outside it the mean of these.
function inside(video, side) {
	const N = 48, small = $('sent').getContext('2d', { willReadFrequently: true });
	small.imageSmoothingQuality = 'high';
	small.drawImage(video, (video.videoWidth - side * .74) / 2, (video.videoHeight - side * .9) / 2, side * .74, side * .9, 0, 0, N, N);
	const image = small.getImageData(0, 0, N, N), grey = new Uint8Array(1 + N * N);
	const within = i => ((i % N + .5) / N * 2 - 1) ** 2 + ((Math.floor(i / N) + .5) / N * 2 - 1) ** 2 <= 1;
	let sum = 0, count = 0;
	for (let i = 0; i < N * N; i++) {
		const [r, g, b] = image.data.subarray(4 * i, 4 * i + 3);
		grey[1 + i] = .299 * r + .587 * g + .114 * b;
		if (within(i)) {
			sum += grey[1 + i];
			count++;
		}
	}
	for (let i = 0; i < N * N; i++) {
		if (!within(i))
			grey[1 + i] = sum / count;
		image.data.set([grey[1 + i], grey[1 + i], grey[1 + i], 255], 4 * i);
	}
	small.putImageData(image, 0, 0);
	grey[0] = 2;
	return grey;
}

function showOval(video, side) {
	const canvas = $('oval'), to = canvas.getContext('2d'), size = canvas.width;
	to.setTransform(-1, 0, 0, 1, size, 0); // as in a mirror
	to.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
	to.setTransform(1, 0, 0, 1, 0, 0);
	to.beginPath();
	to.rect(0, 0, size, size);
	to.ellipse(size / 2, size / 2, .37 * size, .45 * size, 0, 0, 2 * Math.PI);
	to.fillStyle = 'rgba(11,16,32,.78)';
	to.fill('evenodd');
	to.beginPath();
	to.ellipse(size / 2, size / 2, .37 * size, .45 * size, 0, 0, 2 * Math.PI);
	to.strokeStyle = '#ffc857';
	to.lineWidth = 3;
	to.stroke();
}

async function look() {
	if (camera)
		return stopCamera();
	trouble();
	try {
		const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, facingMode: 'user' } });
		const video = make('video', { srcObject: stream, muted: true, playsInline: true });
		await video.play();
		camera = { stream, timer: setInterval(() => {
			const side = Math.min(video.videoWidth, video.videoHeight);
			if (!side)
				return;
			showOval(video, side);
			transport?.send(inside(video, side));
		}, 250) };
		$('welcome').hidden = true;
		$('face').hidden = false;
		$('camera').textContent = 'Hide my face';
	} catch (error) {
		refused(error, 'camera', look);
	}
}

// ---- the page ----------------------------------------------------------------------------------
$('listen').onclick = listen;
$('camera').onclick = look;
$('file').onchange = event => {
	play(event.target.files[0]);
	event.target.value = '';
};
$('say').onsubmit = event => {
	event.preventDefault();
	const words = $('words').value.trim();
	if (!words || !transport?.send(`text ${words}`))
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
tellStatus();
begin();
