// rows.js: strategies side by side: a row for each model, as wide a piece of it as each emotion is
// probable.
import { colours } from './draw.js';
import { make, percent } from './state.js';

function stack(answer) {
	const paint = colours(answer.labels);
	return make('span', { className: 'stack' }, ...answer.p.map((p, c) => {
		const piece = make('i', { title: `${answer.labels[c]} ${percent(p)}` });
		piece.style.flexGrow = p;
		piece.style.background = paint[c];
		return piece;
	}));
}
const chance = answer => percent(Math.max(...answer.p));

export function legend(labels) {
	const paint = colours(labels);
	return labels.map((label, c) => {
		const item = make('li', {}, make('i'), label);
		item.firstChild.style.background = paint[c];
		return item;
	});
}

export class Rows {
	// choose(place): a row was chosen; none: they are not to be chosen.
	constructor(list, choose = null) {
		this.list = list;
		this.choose = choose;
		this.rows = [];
	}

	names(names) {
		this.rows = names.map((name, place) => {
			const row = make(this.choose ? 'button' : 'div', { className: 'row' });
			if (this.choose) {
				row.type = 'button';
				row.onclick = () => this.choose(place);
			}
			this.fill(row, name);
			return { name, row };
		});
		this.list.replaceChildren(...this.rows.map(({ row }) => make('li', {}, row)));
	}

	fill(row, name, answer = null, before = null, right = null) {
		const changed = answer && before && answer.label !== before.label;
		const mark = right === null || !answer ? '' : answer.label === right ? ' ✓' : ' ✗';
		const said = !answer ? '–' : changed ? `${before.label} → ${answer.label}` : answer.label;
		row.replaceChildren(make('b', { textContent: name }),
			make('span', { className: 'bars' }, answer ? stack(answer) : make('span', { className: 'stack none' }),
				...before ? [stack(before)] : []),
			make('span', { className: 'says', textContent: said + mark }),
			make('small', { textContent: answer ? chance(answer) : '' }));
		row.classList.toggle('changed', Boolean(changed));
		row.setAttribute('aria-label', `${name}: ${answer ? `${said}, ${chance(answer)}` : 'no answer'}`
			+ (mark ? mark === ' ✓' ? ', right' : ', wrong' : ''));
		if (!this.choose)
			row.setAttribute('role', 'img');
	}

	// An answer: { labels, label, p }; null: it has none.
	show(place, answer, before = null, right = null) {
		const { row, name } = this.rows[place];
		row.classList.remove('old');
		this.fill(row, name, answer, before, right);
	}
	age() {
		this.rows.forEach(({ row }) => row.classList.add('old'));
	}
	mark(place) {
		this.rows.forEach(({ row }, i) => row.setAttribute('aria-pressed', i === place));
	}
}
