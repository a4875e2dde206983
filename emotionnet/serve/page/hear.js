// hear.js: runs where the browser makes sound: cuts it into blocks of 20 ms, each a message of
// emotionnet/serve/talk.h: a 1, then samples of 16 bits, the lower byte first.
class Hear extends AudioWorkletProcessor {
	constructor() {
		super();
		this.count = Math.round(sampleRate / 50);
		this.used = 0;
		this.begin();
	}

	begin() {
		this.block = new DataView(new ArrayBuffer(1 + 2 * this.count));
		this.block.setUint8(0, 1);
	}

	process([input]) {
		const channels = input.length;
		for (let i = 0; channels && i < input[0].length; i++) {
			let sample = 0;
			for (const channel of input)
				sample += channel[i] / channels;
			sample = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
			this.block.setInt16(1 + 2 * this.used, sample, true);
			if (++this.used === this.count) {
				this.port.postMessage(this.block.buffer, [this.block.buffer]);
				this.used = 0;
				this.begin();
			}
		}
		return true;
	}
}
registerProcessor('hear', Hear);
