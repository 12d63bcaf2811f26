// A Session is this page's call, from knocking to its end. Everything that
// happens is put into one queue and handled there, one thing after the other.
//
//   page                           host
//     hello{version,name}     ──>
//     offer{session,sdp,commit} ──>  (rings)
//                             <──  hello, ok{for:offer}
//                             <──  answer{sdp,nonce}      (accepted)
//     ok{for:answer,nonce}    ──>
//     candidate               <─>
//     resume                  ──>  over a new link, and ok{for:resume} back
//     restart{sdp}            ──>  a new path for the same call; answered
//     bye{reason}             <─>
import { Refused } from './link.js';
import { commitment, fingerprintOf, newNonce, wordsOf } from './words.js';
import { toBase64url, randomBytes } from './bytes.js';

const version = 1;
const mostCandidates = 64;

// How long is waited for what, in ms; as the program does.
export const timing = {
  dial: 10_000, ring: 60_000, connect: 20_000, lost: 62_000, gone: 7_000,
  grace: 800, again: 4_000, lastWord: 1_000,
};

export class Session {
  state = 'idle'; // waiting, dialing, ringing, connecting, connected, reconnecting, ended
  them = '';
  words = [];
  reason = '';
  detail = '';
  #cfg; #id; #link; #peer; #queue = Promise.resolve();
  #stop = new AbortController(); #dialling = false; #refused = false;
  #nonce; #mine; #theirs; #early = []; #tried = 0;
  #restart = ''; #again; #timer; #grace; #next;

  // cfg: me, dial({waiting, signal, at, first}), makePeer(servers, notify), wordList (256
  // words, or none), notify(session).
  constructor(cfg) {
    this.#cfg = cfg;
  }

  // start knocks.
  start() { this.#post(() => this.#knock()); }

  hangUp() {
    const early = this.state === 'dialing' || this.state === 'ringing' || this.state === 'waiting';
    this.#post(() => this.#end(early ? 'cancelled' : 'hangup'));
  }

  #post(work) {
    this.#queue = this.#queue.then(() => this.state === 'ended' ? undefined : work()).catch((error) => {
      console.error(error);
      return this.#end('broken', String(error.message || error));
    });
  }

  #become(state) {
    this.state = state;
    clearTimeout(this.#timer);
    this.#cfg.notify(this);
  }

  #wait(ms, reason) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#post(() => this.#end(reason)), ms);
  }

  // #knock begins the call, or begins it anew where the link was lost before
  // anybody answered.
  async #knock() {
    this.#id = toBase64url(randomBytes(16));
    this.#become('dialing');
    const first = await this.#draft();
    this.#dial((link) => this.#offer(link, first), first);
  }

  #dial(then, first = null) {
    if (this.#dialling || this.#refused) return;
    this.#dialling = true;
    const waiting = () => this.#post(() => { if (this.state === 'dialing') this.#become('waiting'); });
    this.#cfg.dial({ waiting, signal: this.#stop.signal, at: this.#again, first }).then(
      (link) => this.#post(() => { this.#dialling = false; this.#take(link); return then(link); }),
      (error) => this.#post(() => { this.#dialling = false; return this.#notReached(error); }));
  }

  #take(link) {
    this.#link?.close();
    this.#link = link;
    link.onmessage = (message) => this.#post(() => link === this.#link && this.#hear(message));
    link.onend = (why) => this.#post(() => link === this.#link && this.#linkEnded(why));
  }

  #notReached(error) {
    this.#refused = error instanceof Refused;
    if (this.state === 'dialing' || this.state === 'waiting') return this.#end(this.#refused ? error.reason : 'unreachable');
    if (this.state === 'reconnecting' && !this.#link) this.#wait(timing.gone, 'lost');
  }

  #say(message) { this.#link?.send({ session: this.#id, ...message }); }

  // #draft makes what is said first, before there is a link.
  async #draft() {
    this.#peer = this.#cfg.makePeer([], {
      candidate: (candidate) => this.#post(() => this.#say({ type: 'candidate', candidate })),
      state: (state) => this.#post(() => this.#peerIs(state)),
    });
    const sdp = await this.#peer.draft();
    this.#mine = fingerprintOf(sdp);
    this.#nonce = newNonce();
    const session = this.#id;
    return [
      { session, type: 'hello', version, name: this.#cfg.me },
      { session, type: 'offer', sdp, commit: await commitment(this.#mine, this.#nonce) },
    ];
  }

  // #offer says it over the link, unless the request for the link did, and looks
  // for this side's addresses with the servers that the link told.
  async #offer(link, first) {
    if (this.state === 'waiting') this.#become('dialing');
    this.#wait(timing.dial, 'unreachable');
    if (!link.said) first.forEach((message) => this.#say(message));
    await this.#peer.gather(link.servers);
  }

  #hear(message) {
    const known = message.session === this.#id || message.type === 'hello' || message.session === 'none';
    if (!known) return;
    switch (message.type) {
      case 'hello': return this.#hello(message);
      case 'ok': return this.#ok(message);
      case 'answer': return this.#restart ? this.#renewed(message) : this.#answer(message);
      case 'candidate': return this.#candidate(message.candidate);
      case 'restart': return message.sdp ? undefined : this.#renew();
      case 'bye': return this.#bye(message.reason);
    }
  }

  #hello({ name, version: theirs }) {
    if (this.them) return;
    this.them = String(name || '').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim().slice(0, 64);
    if (theirs !== version) return this.#end('version');
    this.#cfg.notify(this);
  }

  #ok(message) {
    if (message.for === 'resume') return this.#lineBack();
    if (message.for !== 'offer' || this.state !== 'dialing') return;
    this.#become('ringing');
    this.#wait(timing.ring, 'no-answer');
  }

  async #answer({ sdp, nonce }) {
    if (this.state !== 'dialing' && this.state !== 'ringing') return;
    this.#theirs = fingerprintOf(sdp);
    if (nonce && this.#cfg.wordList) {
      this.words = await wordsOf(this.#cfg.wordList, {
        caller: this.#mine, callee: this.#theirs, callerNonce: this.#nonce, calleeNonce: nonce });
    }
    this.#again ||= await this.#link.again(); // the link itself may be good for one call alone
    await this.#peer.accept(sdp);
    this.#say({ type: 'ok', for: 'answer', nonce: this.#nonce });
    this.#become('connecting');
    this.#wait(timing.connect, 'no-path');
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
  }

  #candidate(candidate) {
    if (this.state !== 'dialing' && this.state !== 'ringing') return this.#add(candidate);
    if (this.#early.length < mostCandidates) this.#early.push(candidate);
  }

  // #add tries an address of theirs; a bad one costs only itself.
  async #add(candidate) {
    if (this.#tried++ < mostCandidates) await this.#peer.add(candidate).catch(() => {});
  }

  #bye(reason) {
    this.#link.close();
    this.#link = null;
    const said = ['declined', 'busy', 'no-answer', 'no-path', 'lost', 'hangup', 'cancelled'];
    const early = this.state === 'dialing' || this.state === 'ringing';
    if (early && (reason === 'hangup' || reason === 'cancelled')) reason = 'declined';
    return this.#end(said.includes(reason) ? reason : 'broken');
  }

  #peerIs(state) {
    switch (state) {
      case 'connected':
        if (this.state === 'connecting' || this.state === 'reconnecting') this.#recovered();
        return;
      case 'disconnected':
        if (this.state === 'connected') this.#silent();
        return;
      case 'failed': // a new path may help, unless there was none at all
        if (this.state === 'connecting') return this.#end('no-path');
        if (this.state === 'connected') this.#silent();
        return this.#renew();
      case 'closed': // by the other side; its bye may be slower
        if (this.state === 'connecting') return this.#end('no-path');
        if (this.state === 'connected') this.#become('reconnecting');
        this.#wait(timing.lastWord, 'hangup');
    }
  }

  #recovered() {
    this.#become('connected');
    clearTimeout(this.#grace);
    clearTimeout(this.#next);
  }

  // #silent: nothing comes any more. The path gets a moment to come back.
  #silent() {
    this.#become('reconnecting');
    this.#wait(timing.lost, 'lost');
    if (this.#link) this.#grace = setTimeout(() => this.#post(() => this.#renew()), timing.grace);
    else this.#resume();
    this.#healAgain();
  }

  // #healAgain tries another link where the one that there is brings no answer.
  #healAgain() {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#post(() => {
      if (this.state !== 'reconnecting') return;
      this.#resume();
      this.#healAgain();
    }), timing.again);
  }

  #resume() { this.#dial(() => this.#say({ type: 'resume' })); }

  #lineBack() {
    if (this.#restart) this.#say({ type: 'restart', sdp: this.#restart });
    else if (this.state === 'reconnecting') return this.#renew();
  }

  // #renew makes a new path for the same call.
  async #renew() {
    if (this.state !== 'connected' && this.state !== 'reconnecting' || !this.#link) return;
    if (!this.#restart) this.#restart = await this.#peer.restart(); // else its answer is still to come
    this.#tried = 0;
    this.#say({ type: 'restart', sdp: this.#restart });
  }

  async #renewed({ sdp }) {
    if (fingerprintOf(sdp) !== this.#theirs) return this.#end('broken', 'the other side changed its key in the call');
    this.#restart = '';
    await this.#peer.accept(sdp);
    if (this.state === 'reconnecting' && this.#peer.state === 'connected') this.#recovered(); // it came back meanwhile
  }

  // #linkEnded: a call that is connected goes on, and a new link is made for it.
  #linkEnded(why) {
    this.#link = null;
    if (why === 'broken' || why === 'left' && !this.them) return this.#end(this.them ? 'broken' : 'wrong-secret');
    switch (this.state) {
      case 'dialing': case 'ringing': case 'connecting':
        if (why === 'left' || this.state === 'connecting') return this.#end(why === 'left' ? 'left' : 'lost');
        this.#peer?.close();
        this.them = '';
        this.#early = [];
        return this.#knock();
      case 'connected': case 'reconnecting':
        return this.#resume();
    }
  }

  async #end(reason, detail = '') {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.#stop.abort();
    for (const timer of [this.#timer, this.#grace, this.#next]) clearTimeout(timer);
    this.#say({ type: 'bye', reason: ['version', 'wrong-secret', 'left'].includes(reason) ? 'broken' : reason });
    const closing = this.#link?.close();
    this.#peer?.close();
    [this.reason, this.detail] = [reason, detail];
    this.#cfg.notify(this);
    await closing;
  }
}

