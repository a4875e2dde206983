// draw.js: the picture. Time runs to the right and "now" is the right edge: above, a band whose
// colours are as thick as each emotion is probable; below, the spectrogram of the sound; between
// them, and over the sound, the moments that decided a turn once it has ended.
const SECONDS = 20; // that the picture shows
const KEPT = 40;    // seconds of sound that are remembered
const NIGHT = [11, 16, 32], MIST = '#aab6cc', MOON = '#eef2fb';
const FOR = '255,140,90', AGAINST = '96,170,255';

const known = {
	joy: '#ffc857', happiness: '#ffc857', happy: '#ffc857', anger: '#ff6b5e', angry: '#ff6b5e',
	sadness: '#5aa9ff', sad: '#5aa9ff', fear: '#b692ff', fearful: '#b692ff', surprise: '#ff9ad5',
	surprised: '#ff9ad5', neutral: '#93a1b8', disgust: '#7fd573', calm: '#5fd8c8', boredom: '#c8b28a',
};
const others = ['#8fd3ff', '#d6e36a', '#f2a65a', '#c9a2ff', '#7ee0b0', '#ffb3a7', '#a8b8ff',
	'#e0c07a'];

export function colours(labels) {
	let next = 0;
	return labels.map(label => known[label.toLowerCase()] ?? others[next++ % others.length]);
}

// Dark to bright: nothing, a murmur, a voice.
const ramp = Array.from({ length: 256 }, (_, i) => {
	const x = i / 255;
	const bend = [[0, ...NIGHT], [.4, 44, 58, 118], [.7, 122, 138, 204], [1, 240, 244, 255]];
	let k = 1;
	while (bend[k][0] < x)
		k++;
	const [a, b] = [bend[k - 1], bend[k]], share = (x - a[0]) / (b[0] - a[0]);
	return [1, 2, 3].map(c => a[c] + share * (b[c] - a[c]));
});

// The frames of sound that have come, a column each, in a ring as wide as what is remembered.
export class Sound {
	constructor(bands, hop) {
		this.bands = bands;
		this.hop = hop;
		this.width = Math.ceil(KEPT / hop);
		this.levels = new Float32Array(this.width * bands);
		this.first = this.next = 0; // numbers of columns since the beginning
		this.top = -Infinity;
		this.canvas = new OffscreenCanvas(this.width, bands);
		this.context = this.canvas.getContext('2d', { willReadFrequently: true });
		this.column = this.context.createImageData(1, bands);
	}

	put(seconds, levels) {
		this.next = Math.max(this.next, Math.round(seconds / this.hop));
		for (let at = 0; at < levels.length; at += this.bands, this.next++) {
			const x = this.next % this.width, frame = levels.subarray(at, at + this.bands);
			this.levels.set(frame, x * this.bands);
			this.top = Math.max(this.top - .01, ...frame);
			for (let band = 0; band < this.bands; band++) {
				const share = 1 - (this.top - frame[band]) / 9; // of power: 39 dB
				const colour = ramp[Math.max(0, Math.min(255, Math.round(255 * share)))];
				this.column.data.set([...colour, 255], 4 * (this.bands - 1 - band));
			}
			this.context.putImageData(this.column, x, 0);
		}
	}

	// Seconds begin..end over this rectangle.
	draw(to, begin, end, x, y, width, height) {
		const least = Math.max(0, this.next - this.width);
		const from = Math.max(least, Math.floor(begin / this.hop));
		const until = Math.min(this.next, Math.ceil(end / this.hop));
		const scale = width / (end - begin);
		to.imageSmoothingEnabled = true;
		for (let at = from; at < until;) {
			const column = at % this.width, count = Math.min(until - at, this.width - column);
			to.drawImage(this.canvas, column, 0, count, this.bands,
				x + (at * this.hop - begin) * scale, y, count * this.hop * scale, height);
			at += count;
		}
	}
}

// How much each frame of a turn added, over the sound.
function drawWeights(to, why, begin, end, x, y, width, height) {
	const most = Math.max(1e-9, ...why.frames.map(Math.abs)), scale = width / (end - begin);
	why.frames.forEach((adds, t) => {
		const at = x + (why.begin + t * why.hop - begin) * scale;
		to.fillStyle = `rgba(${adds > 0 ? FOR : AGAINST},${(.75 * Math.abs(adds) / most).toFixed(3)})`;
		to.fillRect(at, y, why.hop * scale + .5, height);
	});
}

function sized(canvas) {
	const scale = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
	if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
		canvas.width = Math.round(width * scale);
		canvas.height = Math.round(height * scale);
	}
	const to = canvas.getContext('2d');
	to.setTransform(scale, 0, 0, scale, 0, 0);
	to.clearRect(0, 0, width, height);
	return { to, width, height };
}

// One emotion's part of the band between two heights at each point; bent, so that it flows.
function part(to, points, low, high) {
	const bend = (along, height) => along.forEach((b, i) => {
		const a = along[Math.max(0, i - 1)], middle = (a.x + b.x) / 2;
		to.bezierCurveTo(middle, height(a), middle, height(b), b.x, height(b));
	});
	to.beginPath();
	to.moveTo(points[0].x, low(points[0]));
	bend(points, low);
	to.lineTo(points.at(-1).x, high(points.at(-1)));
	bend([...points].reverse(), high);
	to.closePath();
	to.fill();
	to.strokeStyle = `rgba(${NIGHT},.5)`;
	to.stroke();
}

// The answers of a turn, oldest first; at its end what was answered.
function drawTurn(to, turn, labels, paint, place, top, height) {
	const answers = turn.answers, last = answers.at(-1);
	const points = [{ x: place(turn.begin), p: answers[0].p }];
	for (const answer of answers)
		points.push({ x: Math.max(place(answer.heard), points.at(-1).x + .5), p: answer.p });
	for (const point of points) {
		point.edges = [0];
		for (const p of point.p)
			point.edges.push(point.edges.at(-1) + p);
	}
	to.save();
	to.beginPath();
	to.roundRect(points[0].x, top, points.at(-1).x - points[0].x, height, 8);
	to.clip();
	labels.forEach((label, c) => {
		const y = edge => point => top + height * Math.min(1, point.edges[edge]);
		to.globalAlpha = last.final && !last.sure ? .4 : last.final && label !== last.label ? .62 : .95;
		to.fillStyle = paint[c];
		part(to, points, y(c), y(c + 1));
	});
	to.restore();
	if (!last.final)
		return;
	const x = (points[0].x + points.at(-1).x) / 2;
	to.textAlign = 'center';
	to.fillStyle = last.sure ? MOON : MIST;
	to.font = '600 15px system-ui, sans-serif';
	const name = last.sure ? last.label : 'not sure';
	if (to.measureText(name).width < points.at(-1).x - points[0].x + 6)
		to.fillText(name, x, top - 8);
}

function drawTime(to, now, place, bottom, width) {
	to.fillStyle = MIST;
	to.font = '12px system-ui, sans-serif';
	const step = width < 500 ? 5 : 2;
	for (let s = Math.ceil((now - SECONDS) / step) * step; s <= now; s += step) {
		to.textAlign = 'center';
		if (s >= 0 && place(s) < width - 12)
			to.fillText(`${s} s`, place(s), bottom);
	}
}

// All of it, as it stands `now` seconds after the sound began.
export function drawStream(canvas, state, now) {
	const { to, width, height } = sized(canvas);
	const place = seconds => width - (now - seconds) * width / SECONDS;
	const top = 28, band = Math.round((height - 64) * .52), strip = top + band + 8, sound = strip + 16;
	const rest = height - 22 - sound;
	to.fillStyle = '#121a33';
	to.fillRect(0, top, width, band);
	to.fillRect(0, strip, width, 10);
	to.fillStyle = `rgb(${NIGHT})`;
	to.fillRect(0, sound, width, rest);
	if (state.sound)
		state.sound.draw(to, now - SECONDS, now, 0, sound, width, rest);
	for (const turn of state.shown) {
		if (turn.answers.at(-1).heard < now - SECONDS)
			continue;
		drawTurn(to, turn, state.labels, state.paint, place, top, band);
		if (!turn.why?.frames)
			continue;
		drawWeights(to, turn.why, now - SECONDS, now, 0, strip, width, 10);
		to.globalAlpha = .55;
		drawWeights(to, turn.why, now - SECONDS, now, 0, sound, width, rest);
		to.globalAlpha = 1;
	}
	to.fillStyle = MIST;
	to.font = '15px system-ui, sans-serif';
	to.textAlign = 'center';
	if (!state.sound)
		to.fillText('Sound appears here', width / 2, top + band / 2 + 5);
	else
		drawTime(to, now, place, height - 5, width);
}

// The sound of one turn with what each moment added.
export function drawMoments(canvas, sound, why) {
	const { to, width, height } = sized(canvas), end = why.begin + why.frames.length * why.hop;
	sound.draw(to, why.begin, end, 0, 0, width, height - 10);
	to.globalAlpha = .6;
	drawWeights(to, why, why.begin, end, 0, 0, width, height - 10);
	to.globalAlpha = 1;
	drawWeights(to, why, why.begin, end, 0, height - 8, width, 8);
}
