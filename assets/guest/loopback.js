// A call to oneself, as in the first demo of all: two real peer connections in
// this page, the far one sending back what it receives.
import { Peer } from './peer.js';
import { Screen } from './screen.js';
import { toast } from './notices.js';
import { say } from './text.js';

export class Loopback {
  state = 'idle';
  them = say('You');
  words = [];
  screen = new Screen((track) => this.#near.send('screen', track), (sentence) => { toast(sentence); this.refresh(); });
  #near; #far; #devices; #changed;

  constructor({ devices, stage, changed }) {
    [this.#devices, this.#changed] = [devices, changed];
    this.#far = mirror((candidate) => this.#near.add(candidate));
    this.#near = new Peer([], { sound: devices.microphone, camera: devices.picture }, {
      candidate: (candidate) => this.#far.addIceCandidate(candidate),
      state: (state) => this.#is(state),
      track: (role, track) => stage.track(role, track),
    });
    this.#begin().catch((error) => this.#end('broken', error.message));
  }

  // OFFER, ANSWER, and both are connected.
  async #begin() {
    this.#become('connecting');
    const offer = await this.#near.offer();
    await this.#far.setRemoteDescription({ type: 'offer', sdp: offer });
    await this.#far.setLocalDescription(await this.#far.createAnswer());
    await this.#near.accept(this.#far.localDescription.sdp);
    this.refresh();
  }

  #is(state) {
    if (state === 'connected') this.#become('connected');
    if (state === 'failed') this.#end('no-path');
  }

  #become(state) {
    if (this.state === 'ended') return;
    this.state = state;
    this.#changed(this);
  }

  refresh() {
    this.#near.send('sound', this.#devices.microphone);
    this.#near.send('camera', this.#devices.picture);
    this.onrefresh();
  }

  onrefresh = () => {};

  hangUp() { this.#end('hangup'); }

  #end(reason, detail = '') {
    [this.reason, this.detail] = [reason, detail];
    this.screen.stop();
    this.#near.close();
    this.#far.close();
    this.#become('ended');
  }
}

// mirror is the far end.
function mirror(found) {
  const far = new RTCPeerConnection();
  far.onicecandidate = ({ candidate }) => candidate && found(candidate);
  far.ontrack = ({ transceiver, track }) => {
    transceiver.direction = 'sendrecv';
    transceiver.sender.replaceTrack(track);
  };
  return far;
}
