// senses.js: what the page hears and sees: the microphone, a recording, what is inside the oval of
// the camera. All of it goes to the program and is kept nowhere.
import { $, make, state, tellStatus, trouble } from './state.js';

const AFTER = 1200; // ms of silence after a recording, so that its last turn ends

const refusals = {
	NotAllowedError: 'The browser was told not to let this page use the WHAT. Click the sign to the left'
		+ ' of the address, allow it, and try again.',
	NotFoundError: 'There is no WHAT. Plug one in and try again.',
	NotReadableError: 'Another program holds the WHAT. Close it and try again.',
};
function refused(error, what, again) {
	const why = refusals[error.name]?.replace('WHAT', what) ?? `The ${what} cannot be used: ${error.message}.`;
	trouble(`${why} Words and recordings work without it.`, again);
}

function allowed(wanted) {
	if (!navigator.mediaDevices)
		throw new Error('the browser gives it only to addresses that begin with http://127.0.0.1');
	return navigator.mediaDevices.getUserMedia(wanted);
}

const letGo = stream => stream.getTracks().forEach(track => track.stop());

// ---- sound -------------------------------------------------------------------------------------
export function stop() {
	state.source?.stop();
	state.source = null;
	state.speaks = false;
	state.transport?.send('end');
	$('listen').textContent = 'Listen';
	$('listen').classList.remove('on');
	tellStatus();
}

// A block of sound has come from the browser.
function onBlock(context, block) {
	if (state.source?.context !== context || !state.transport)
		return;
	if (!state.transport.send(block)) {
		state.dropped++;
		return;
	}
	state.source.seconds += (block.byteLength - 1) / 2 / context.sampleRate;
	state.heard = state.source.seconds;
	state.at = performance.now();
	state.sent.push({ seconds: state.heard, at: state.at });
	if (state.sent.length > 1000)
		state.sent.splice(0, 500);
}

// Sound goes to the program, block by block; `open` connects it and returns what ends it.
async function start(name, live, open) {
	const context = new AudioContext();
	await context.audioWorklet.addModule(state.hear);
	await context.resume();
	const hearing = new AudioWorkletNode(context, 'hear');
	hearing.connect(context.destination); // it makes no sound, but runs only so
	hearing.port.onmessage = ({ data }) => onBlock(context, data);
	state.rate = context.sampleRate;
	state.transport.send(`rate ${state.rate}`);
	const close = open(context, hearing);
	state.source = { name, live, context, seconds: 0, stop() {
		close();
		context.close();
	} };
	state.at = performance.now();
	$('welcome').hidden = true;
	$('listen').textContent = 'Stop';
	$('listen').classList.add('on');
	tellStatus();
}

export async function listen() {
	if (state.source)
		return stop();
	trouble();
	try {
		const stream = await allowed({ audio: {
			echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
		await start('Listening', true, (context, hearing) => {
			context.createMediaStreamSource(stream).connect(hearing);
			return () => letGo(stream);
		});
	} catch (error) {
		refused(error, 'microphone', listen);
	}
}

export async function play(file) {
	if (!file || !state.transport)
		return;
	if (state.source)
		stop();
	trouble();
	try {
		const bytes = await file.arrayBuffer();
		const clip = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(bytes).catch(() => {
			throw new Error(`${file.name} is no sound that this browser can read. A WAV file is.`);
		});
		await start(`Playing ${file.name}`, false, (context, hearing) => {
			const node = new AudioBufferSourceNode(context, { buffer: clip });
			node.connect(hearing);
			node.connect(context.destination);
			node.onended = () => setTimeout(() => state.source?.context === context && stop(), AFTER);
			node.start();
			return () => { node.onended = null; };
		});
	} catch (error) {
		trouble(error.message);
	}
}

// ---- the face ----------------------------------------------------------------------------------
const WIDE = .37, HIGH = .45; // half the oval's width and height, of the square that is shown
const N = 48;                 // of the picture that leaves the page
let camera = null;

export function stopCamera() {
	if (!camera)
		return;
	clearInterval(camera.timer);
	letGo(camera.stream);
	camera = null;
	state.transport?.send('face off');
	$('face').hidden = true;
	$('camera').textContent = 'Show my face';
}

function isInside(i) {
	const x = (i % N + .5) / N * 2 - 1, y = (Math.floor(i / N) + .5) / N * 2 - 1;
	return x * x + y * y <= 1;
}

// What is inside the oval, as a message: 48 x 48 greys; outside it, the mean of these.
function inside(video, side) {
	const to = $('sent').getContext('2d', { willReadFrequently: true });
	const width = 2 * WIDE * side, height = 2 * HIGH * side, message = new Uint8Array(1 + N * N);
	to.imageSmoothingQuality = 'high';
	to.drawImage(video, (video.videoWidth - width) / 2, (video.videoHeight - height) / 2, width, height,
		0, 0, N, N);
	const image = to.getImageData(0, 0, N, N), grey = message.subarray(1);
	for (let i = 0; i < N * N; i++)
		grey[i] = .299 * image.data[4 * i] + .587 * image.data[4 * i + 1] + .114 * image.data[4 * i + 2];
	const face = grey.filter((_, i) => isInside(i));
	const mean = face.reduce((sum, one) => sum + one, 0) / face.length;
	for (let i = 0; i < N * N; i++) {
		grey[i] = isInside(i) ? grey[i] : mean;
		image.data.set([grey[i], grey[i], grey[i], 255], 4 * i);
	}
	to.putImageData(image, 0, 0);
	message[0] = 2;
	return message;
}

// The camera as a mirror, dark outside the oval.
function showOval(video, side) {
	const canvas = $('oval'), to = canvas.getContext('2d'), size = canvas.width;
	const oval = () => to.ellipse(size / 2, size / 2, WIDE * size, HIGH * size, 0, 0, 2 * Math.PI);
	to.setTransform(-1, 0, 0, 1, size, 0);
	to.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side,
		0, 0, size, size);
	to.setTransform(1, 0, 0, 1, 0, 0);
	to.beginPath();
	to.rect(0, 0, size, size);
	oval();
	to.fillStyle = 'rgba(11,16,32,.78)';
	to.fill('evenodd');
	to.beginPath();
	oval();
	to.strokeStyle = '#ffc857';
	to.lineWidth = 3;
	to.stroke();
}

export async function look() {
	if (camera)
		return stopCamera();
	trouble();
	try {
		const stream = await allowed({ video: { width: 640, height: 480, facingMode: 'user' } });
		const video = make('video', { srcObject: stream, muted: true, playsInline: true });
		await video.play();
		camera = { stream, timer: setInterval(() => {
			const side = Math.min(video.videoWidth, video.videoHeight);
			if (!side)
				return;
			showOval(video, side);
			state.transport?.send(inside(video, side));
		}, 250) };
		$('welcome').hidden = true;
		$('face').hidden = false;
		$('camera').textContent = 'Hide my face';
	} catch (error) {
		refused(error, 'camera', look);
	}
}
