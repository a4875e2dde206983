// transport.js: what carries the messages between the page and the program: here a worker in the
// page, in place of the socket of emotionnet/serve/page/transport.js.
import { call, program, start } from './program.js';
import { state } from './state.js';

const BEHIND = 1 << 18; // bytes that wait to be heard: with more, nothing is sent

export function connect(hear, lost) {
	let behind = 0, open = false;
	program.carry = (place, message) => place === program.chosen && hear(message);
	return {
		open: start(lost).then(async () => {
			await call('choose', program.chosen);
			state.hear = program.hear;
			open = true;
		}).catch(error => {
			lost(error.message);
			return new Promise(() => {});
		}),
		send(message) {
			const size = message.byteLength ?? message.length;
			if (!open || behind + size > BEHIND)
				return false;
			behind += size;
			call('hear', message).then(() => { behind -= size; }, () => {});
			return true;
		},
	};
}
