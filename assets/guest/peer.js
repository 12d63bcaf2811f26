// A Peer is the page's end of the peer connection: a track each for sound,
// camera and screen, in this order of their sections, which tells the other
// side what a track is for; and the channels beside them. All are there from
// the beginning, so that nothing is negotiated in the call.
export const roles = ['sound', 'camera', 'screen'];

const channels = { chat: 1, files: 2, bytes: 3, state: 4 };

// The most bit/s of a picture. What the network carries is found out.
const rates = { camera: 2_500_000, screen: 2_500_000 };

export class Peer {
  channels = {};
  #pc; #notify; #draft;

  // tracks are this side's by role; notify has candidate(init), state(name)
  // and track(role, track).
  constructor(servers, tracks, notify) {
    this.#notify = notify;
    this.#pc = new RTCPeerConnection({ iceServers: servers, bundlePolicy: 'max-bundle' });
    const [me, screen] = [new MediaStream(), new MediaStream()];
    for (const role of roles) {
      const streams = [role === 'screen' ? screen : me]; // lips are kept in sync within a stream
      const kind = role === 'sound' ? 'audio' : 'video';
      this.#pc.addTransceiver(tracks[role] || kind, { direction: 'sendrecv', streams });
    }
    for (const [label, id] of Object.entries(channels)) {
      this.channels[label] = this.#pc.createDataChannel(label, { negotiated: true, id });
      this.channels[label].binaryType = 'arraybuffer';
    }
    this.#listen();
  }

  #listen() {
    const pc = this.#pc;
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) this.#notify.candidate({
        candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex });
    };
    pc.ontrack = ({ transceiver, track }) => this.#notify.track?.(roles[pc.getTransceivers().indexOf(transceiver)], track);
    pc.onconnectionstatechange = () => this.#changed();
    this.channels.state.addEventListener('close', () => this.#closed());
  }

  get state() { return this.#pc.connectionState; }

  #changed() {
    const state = this.#pc.connectionState;
    if (state === 'connected') this.#limit();
    if (state === 'failed' && this.#pc.sctp?.transport?.state === 'closed') this.#closed();
    else this.#notify.state(state);
  }

  // #closed: the other side ended the connection. The browser tells nothing of
  // what this side closes itself.
  #closed() {
    if (this.#pc.signalingState !== 'closed') this.#notify.state('closed');
  }

  // #limit sets how much the pictures may take, and that one without a track is
  // not sent: Firefox goes on with its last picture otherwise.
  #limit() {
    for (const role of ['camera', 'screen']) {
      const sender = this.#sender(role);
      const parameters = sender.getParameters();
      if (!parameters.encodings?.length) continue;
      parameters.encodings[0].maxBitrate = rates[role];
      parameters.encodings[0].active = Boolean(sender.track);
      sender.setParameters(parameters).catch(() => {}); // a browser that cannot keeps its own limit
    }
  }

  #sender(role) { return this.#pc.getTransceivers()[roles.indexOf(role)].sender; }

  async offer() { return this.#describe(await this.#pc.createOffer()); }

  // draft is an offer without addresses, before the servers are known; gather
  // looks for addresses with them.
  async draft() {
    this.#draft = await this.#pc.createOffer();
    return this.#draft.sdp;
  }

  async gather(servers) {
    this.#pc.setConfiguration({ iceServers: servers, bundlePolicy: 'max-bundle' });
    await this.#pc.setLocalDescription(this.#draft);
  }

  // restart makes an offer of new addresses for the same media (ICE restart).
  async restart() { return this.#describe(await this.#pc.createOffer({ iceRestart: true })); }

  async #describe(offer) {
    await this.#pc.setLocalDescription(offer);
    return this.#pc.localDescription.sdp;
  }

  async accept(sdp) { await this.#pc.setRemoteDescription({ type: 'answer', sdp }); }

  async add(candidate) { await this.#pc.addIceCandidate(candidate); }

  // send replaces what a role sends; null sends nothing.
  async send(role, track) {
    await this.#sender(role).replaceTrack(track);
    this.#limit();
  }

  stats() { return this.#pc.getStats(); }

  close() { this.#pc.close(); }
}
