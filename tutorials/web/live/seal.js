// seal.js: what the page says of its door, and a button for whoever doubts it.
import { call, program } from './program.js';
import { make } from './state.js';

export const size = () => `${(program.size / 1e6).toFixed(1)} MB`;

export function seal(where) {
	const button = make('button', { type: 'button', textContent: 'Try to send something' });
	const told = make('span', { role: 'status' });
	button.onclick = async () => {
		const address = document.baseURI + '?a-word-that-was-said';
		const page = await fetch(address).then(() => true, () => false), worker = await call('reach', address);
		told.textContent = page || worker ? ' It could be sent: this browser does not keep the page’s policy.'
			: ' Refused by the browser, in the page and in the program.';
	};
	where.replaceChildren(make('b', { textContent: 'Nothing leaves this page. ' }),
		`All of it is here (${size()}), and the page has forbidden itself every connection. `, button, told);
	navigator.serviceWorker?.ready.then(() => where.append(' It works without a network.'));
}
