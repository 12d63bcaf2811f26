// A Link carries sealed messages to the host of a slot and back, in order.
//
//   page                     rendezvous                    host
//     /ws?join=SLOT      ──>     joins with the request for the WebSocket
//     <── waiting{slot}          nobody has the slot open
//     <── joined{session,servers}  ──>  knock{slot,session}
//     hello, offer, …    <────────────────>              sealed
//
// Hello and offer may go with the request, sealed for a session that the page
// names.
//     <── left{session}          the host is gone
import { toBase64url, randomBytes } from './bytes.js';
import { Frames, firstFrames, isRelayed } from './frames.js';
import { Seal, SealBroken } from './seal.js';

// Refused says for good why the slot cannot be joined; reason is a FrameReason.
export class Refused extends Error {
  constructor(reason) {
    super(`the rendezvous refused: ${reason}`);
    this.reason = reason;
  }
}

// These pass by themselves.
const passing = new Set(['going-away', 'too-many', 'too-fast', 'no-session']);

// dial joins the slot, again and again until it works: the rendezvous may be
// away for a moment. waiting is called while the host is not there.
// first are messages to be said with the request, once; link.said tells whether
// they were.
export async function dial(invitation, { waiting, signal, first, location = window.location }) {
  let said = first ? await saying(invitation, first) : null;
  for (let pause = 250; ; pause = Math.min(2 * pause, 8000)) {
    try {
      const how = { waiting: () => { pause = 250; waiting(); }, signal, location, said };
      said = null;
      return await join(invitation, how);
    } catch (error) {
      if (signal.aborted || error instanceof Refused && !passing.has(error.reason)) throw error;
      await later(pause + Math.random() * pause / 2, signal);
    }
  }
}

function later(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

// saying seals messages for a session of this page's naming.
async function saying({ secret, slot }, first) {
  const session = toBase64url(randomBytes(20));
  const seal = await Seal.guest(secret, slot, session);
  const frames = [];
  for (const message of first) frames.push({ type: message.type, body: await seal.seal(message, true) });
  const word = firstFrames(frames);
  return word && { session, seal, word };
}

function join(invitation, { waiting, signal, location, said }) {
  return new Promise((resolve, reject) => {
    let link = null;
    const frames = new Frames(location, invitation.slot, {
      heard: (frame) => {
        if (link) link.hear(frame);
        else if (frame.type === 'waiting') waiting();
        else if (frame.type === 'joined') resolve(link = new Link(frames, invitation, frame, said));
        else if (frame.type === 'failed' || frame.type === 'closed') { reject(new Refused(frame.reason || 'bad-frame')); frames.close(); }
      },
      ended: () => { link ? link.end('lost') : reject(new Error('the rendezvous is not to be reached')); },
    }, said);
    signal.addEventListener('abort', () => { if (!link) { frames.close(); reject(signal.reason); } }, { once: true });
  });
}

export class Link {
  onmessage = () => {};
  onend = () => {}; // with 'left', 'lost' or 'broken', once
  #frames; #seal; #over = false;
  #sending; #opening; // chains: sealing takes its time, and its order counts

  constructor(frames, { secret, slot }, { session, servers }, said) {
    this.session = session;
    this.said = Boolean(said);
    this.servers = servers || [];
    this.#frames = frames;
    this.#seal = said ? Promise.resolve(said.seal) : Seal.guest(secret, slot, session);
    this.#sending = this.#opening = this.#seal;
  }

  send(message) {
    this.#sending = this.#sending.then(async () => {
      if (this.#over) return;
      const body = await (await this.#seal).seal(message);
      this.#frames.send({ type: message.type, session: this.session, body });
    });
  }

  hear(frame) {
    if (frame.session !== this.session) return;
    this.#opening = this.#opening.then(() => this.#take(frame)).catch((error) => {
      this.end(error instanceof SealBroken ? 'broken' : 'lost');
    });
  }

  async #take(frame) {
    if (this.#over) return;
    if (frame.type === 'left' || frame.type === 'failed') this.end('left');
    else if (isRelayed(frame)) this.onmessage(await (await this.#seal).open(frame.type, frame.body || ''));
  }

  // again is where this call's host can be joined once this link is lost.
  async again() { return (await this.#seal).again(); }

  // end tells once why there is no more.
  end(why) {
    if (this.#over) return;
    this.#over = true;
    this.#frames.close();
    this.onend(why);
  }

  // close lets what was said leave first.
  async close() {
    await this.#sending.catch(() => {});
    this.#over = true;
    this.#frames.close();
  }
}
