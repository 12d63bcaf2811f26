// A file on its way to the other side.
import { hex } from './bytes.js';
import { Sha256 } from './sha256.js';

const head = 12, piece = (16 << 10) - head; // bytes: a message has 16 KiB at most
const high = 1 << 20, low = 256 << 10; // of what waits to leave
const slice = 1 << 20; // is read at once

export class Outgoing {
  mine = true;
  sent = 0;
  state = 'offered'; // going, sent, kept, refused, cancelled, broken, cut
  #bytes; #say; #changed;

  constructor(id, file, bytes, say, changed) {
    [this.id, this.file, this.name, this.size] = [id, file, file.name, file.size];
    [this.#bytes, this.#say, this.#changed] = [bytes, say, changed];
    bytes.bufferedAmountLowThreshold = low;
  }

  get over() { return !['offered', 'going', 'sent'].includes(this.state); }
  get part() { return this.size ? this.sent / this.size : 1; }

  hear({ type, from }) {
    const states = { refuse: 'refused', cancel: 'cancelled', kept: 'kept', broken: 'broken' };
    if (this.over) return;
    if (type === 'accept' && this.state === 'offered') this.#go(Math.min(Math.max(Number(from) || 0, 0), this.size)).catch(() => this.#become('broken'));
    else if (states[type]) this.#become(states[type]);
  }

  cancel() {
    if (this.over) return;
    this.#say({ type: 'cancel' });
    this.#become('cancelled');
  }

  cut() { if (!this.over) this.#become('cut'); }

  #become(state) {
    this.state = state;
    this.#changed(this);
  }

  // #go sends from an offset on; what lies before it counts for the sum.
  async #go(from) {
    this.#become('going');
    const sum = new Sha256();
    for (let at = 0; at < this.size; at += slice) {
      const bytes = new Uint8Array(await this.file.slice(at, at + slice).arrayBuffer());
      sum.update(bytes);
      for (let i = Math.max(from - at, 0); i < bytes.length; i += piece) {
        await this.#room();
        if (this.over) return;
        this.#bytes.send(framed(this.id, at + i, bytes.subarray(i, i + piece)));
        this.sent = Math.min(at + i + piece, this.size);
      }
      this.#changed(this);
    }
    this.#say({ type: 'done', sha256: hex(sum.digest()) });
    this.#become('sent');
  }

  // #room waits until little is left of what was sent.
  async #room() {
    if (this.#bytes.bufferedAmount < high) return;
    await new Promise((resolve) => {
      const go = () => { for (const e of ['bufferedamountlow', 'close']) this.#bytes.removeEventListener(e, go); resolve(); };
      for (const e of ['bufferedamountlow', 'close']) this.#bytes.addEventListener(e, go);
    });
  }
}

function framed(id, offset, bytes) {
  const frame = new Uint8Array(head + bytes.length), view = new DataView(frame.buffer);
  view.setUint32(0, id);
  view.setBigUint64(4, BigInt(offset));
  frame.set(bytes, head);
  return frame;
}
