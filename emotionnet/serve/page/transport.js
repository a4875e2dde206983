// transport.js: what carries the messages between the page and the program: here a WebSocket to
// this machine. Whatever takes its place (a worker with the program in it) is a function like this:
// `hear` is called with each message, a string or an ArrayBuffer, `lost` when there will be no more, with the reason if it is known.
const BEHIND = 1 << 18; // bytes that wait to go: with more, nothing is sent

export function connect(hear, lost) {
	const place = location.href.replace(/^http/, 'ws').replace(/[^/]*$/, 'socket');
	const socket = new WebSocket(place);
	socket.binaryType = 'arraybuffer';
	socket.onmessage = event => hear(event.data);
	socket.onclose = () => lost();
	return {
		open: new Promise(opened => { socket.onopen = opened; }),
		// false: it is not sent
		send(message) {
			const goes = socket.readyState === WebSocket.OPEN && socket.bufferedAmount < BEHIND;
			if (goes)
				socket.send(message);
			return goes;
		},
	};
}
