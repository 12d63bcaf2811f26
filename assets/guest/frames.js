// Frames: what a program and a rendezvous say to each other over one
// WebSocket. Their envelope is call.Frame of the program.
const protocol = 'parley.rendezvous.v1';

// The message types that pass from one side of a session to the other.
const relayed = new Set(['hello', 'offer', 'answer', 'ok', 'candidate', 'resume', 'restart', 'bye']);

export const isRelayed = (frame) => relayed.has(frame.type);

// Frames is one WebSocket to the rendezvous that this page came from, over
// which it joins a slot. heard is called with each frame, ended once.
export class Frames {
  #socket;

  // said names the session and holds what is said with the request; see
  // firstFrames.
  constructor(location, slot, { heard, ended }, said = null) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const url = `${scheme}://${location.host}/ws?join=${encodeURIComponent(slot)}`;
    this.#socket = said ? new WebSocket(`${url}&session=${said.session}`, [protocol, said.word]) : new WebSocket(url, protocol);
    this.#socket.onmessage = ({ data }) => {
      const frame = decode(data);
      if (frame) heard(frame);
      else this.close();
    };
    this.#socket.onclose = ended;
  }

  send(frame) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  // waiting is how many bytes have not left yet.
  get waiting() { return this.#socket.bufferedAmount; }

  close() { this.#socket.close(); }
}

const mostFirst = 6 << 10; // letters, which every proxy lets through

// firstFrames writes relayed frames as the name of a protocol, which is all that
// a page can say beside the address; null where they are too much.
export function firstFrames(frames) {
  const word = frames.map(({ type, body }) => `${type}.${body}`).join('.');
  return word.length <= mostFirst ? `parley.first.${word}` : null;
}

function decode(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame.type === 'string' ? frame : null;
  } catch {
    return null;
  }
}
