// state.js: what the page knows, and small things that all its parts need.
export const state = {
	transport: null,               // null: not connected
	labels: [], paint: [], reads: [], hop: 0, // what the models are
	sound: null,                   // what was heard since the last `rate` (draw.js)
	shown: [],                     // its turns, the oldest first
	turns: 0,                      // of all
	source: null,                  // what is heard: { name, live, stop() }
	rate: 16000,                   // samples a second
	heard: 0, at: 0,               // seconds of sound that were sent, and when
	sent: [],                      // the last blocks: { seconds, at }
	dropped: 0,                    // blocks that were too much to send
	speaks: false,                 // somebody does
	hear: 'hear.js',               // the script that cuts sound into blocks
};

export const $ = id => document.getElementById(id);

export function make(name, properties = {}, ...children) {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children);
	return element;
}

export const called = { text: 'words', speech: 'voice', face: 'face' };
export const percent = p => `${Math.round(100 * p)} %`;
export const signed = x => (x < 0 ? '−' : '+') + Math.abs(x).toFixed(2);
export const colour = label => state.paint[state.labels.indexOf(label)];
export const chance = answer => percent(answer.p[state.labels.indexOf(answer.label)]);

// What is wrong, in place of what was; `again`: what a button tries.
export function trouble(text = '', again = null) {
	const button = $('trouble').lastElementChild;
	$('trouble').hidden = !text;
	$('trouble').firstElementChild.textContent = text;
	button.hidden = !again;
	button.onclick = () => {
		trouble();
		again();
	};
}

export function tellStatus() {
	const connected = state.transport !== null;
	const [kind, text] = !connected ? ['lost', 'Not connected']
		: state.speaks ? ['speaks', 'Somebody speaks']
			: ['on', state.source ? state.source.name : 'Ready'];
	for (const button of document.querySelectorAll('main button, #file'))
		if (button.parentElement.id !== 'trouble')
			button.disabled = !connected || (['listen', 'file'].includes(button.id)
				&& !state.reads.includes('speech'));
	$('status').textContent = text;
	$('status').className = kind;
}
