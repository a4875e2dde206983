// turns.js: the list of turns: what was answered at the end of each, and what decided it.
import { drawMoments } from './draw.js';
import { $, called, chance, colour, make, percent, signed, state } from './state.js';

const LISTED = 50, SHOWN = 12;

export function onTurn(answer) {
	let turn = state.shown.find(known => known.turn === answer.turn);
	if (!turn) {
		turn = { turn: answer.turn, begin: answer.begin, answers: [] };
		state.shown.push(turn);
		state.shown = state.shown.slice(-SHOWN);
	}
	if (turn.answers.at(-1)?.final) // it is answered anew, with words that came late
		turn.answers.pop();
	turn.answers.push(answer);
	if (answer.final)
		showTurn(turn, answer);
}

function showTurn(turn, answer) {
	const name = answer.sure ? answer.label : 'not sure', seconds = answer.heard - answer.begin;
	if (!turn.item) {
		turn.number = ++state.turns;
		turn.item = make('li');
		$('turns').prepend(turn.item);
		while ($('turns').children.length > LISTED)
			$('turns').lastChild.remove();
		$('none').hidden = true;
		$('key').hidden = false;
	}
	const length = seconds > 0 ? `, ${seconds.toFixed(1)} s` : '';
	const head = make('h3', {}, make('i'), name,
		make('small', { textContent: (answer.sure ? '' : `${answer.label} `) + chance(answer) }),
		make('small', { textContent: `turn ${turn.number}${length}` }));
	head.style.setProperty('--colour', answer.sure ? colour(answer.label) : 'var(--line)');
	turn.item.replaceChildren(head);
	if (answer.text)
		turn.item.append(make('p', { className: 'said', textContent: answer.text }));
	$('said').textContent = `Turn ${turn.number}: ${name}, ${chance(answer)}.`;
	const known = state.shown.filter(other => other.item).map(other => other.answers.at(-1));
	$('stream').setAttribute('aria-label', 'The last turns: '
		+ known.map(last => `${last.label} ${percent(Math.max(...last.p))}`).join(', '));
}

// The words again, each on the colour of what it adds.
function marked(text, words) {
	const most = Math.max(1e-9, ...words.map(word => Math.abs(word.adds)));
	const parts = [];
	let at = 0;
	for (const word of words) {
		const begin = text.indexOf(word.text, at);
		if (begin < 0)
			continue;
		const span = make('span', { textContent: word.text, title: signed(word.adds),
			className: word.adds < 0 ? 'against' : 'for' });
		span.style.setProperty('--a', (Math.abs(word.adds) / most).toFixed(2));
		parts.push(text.slice(at, begin), span);
		at = begin + word.text.length;
	}
	return [...parts, text.slice(at)];
}

// The sound of the turn with the moments that decided it.
function moments(turn, why) {
	const canvas = make('canvas'), end = why.begin + why.frames.length * why.hop;
	const most = why.begin + why.hop * why.frames.indexOf(Math.max(...why.frames));
	canvas.setAttribute('role', 'img');
	canvas.setAttribute('aria-label', `Sound from ${why.begin.toFixed(1)} to ${end.toFixed(1)} s;`
		+ ` what spoke most for ${why.label} is at ${most.toFixed(1)} s`);
	turn.item.querySelector('h3').after(canvas);
	drawMoments(canvas, state.sound, why);
}

export function onWhy(why) {
	const turn = state.shown.find(known => known.turn === why.turn);
	if (!turn?.item)
		return;
	const text = turn.answers.at(-1).text;
	turn.why = why;
	if (why.words?.length) {
		turn.item.querySelector('.said')?.replaceChildren(...marked(text, why.words));
		if (turn === state.shown.at(-1))
			$('under').append(': ', make('span', { className: 'said' }, ...marked(text, why.words)));
	}
	if (why.frames && state.sound)
		moments(turn, why);
	turn.item.append(make('p', { className: 'adds' }, ...Object.entries(why.adds).map(
		([kind, adds]) => make('span', { textContent: `${called[kind]} ${signed(adds)}` }))));
}
