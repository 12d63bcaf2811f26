// A Call joins what belongs to one: the session, the peer connection, chat,
// files, the screen, and the pictures on the stage.
import { Session } from './session.js';
import { Peer } from './peer.js';
import { Chat } from './chat.js';
import { Files } from './files.js';
import { State } from './state.js';
import { Screen } from './screen.js';
import { dial } from './link.js';
import { toast } from './notices.js';

export class Call {
  #devices; #stage; #panel; #session; #peer; #chat; #files; #state; #kept;
  screen = new Screen((track) => this.#peer?.send('screen', track), (sentence) => { toast(sentence); this.refresh(); });

  // changed is called with the session when it changed; kept outlives the call.
  constructor({ invitation, name, wordList, devices, stage, panel, kept, changed }) {
    [this.#devices, this.#stage, this.#panel, this.#kept] = [devices, stage, panel, kept];
    this.#session = new Session({
      me: name, wordList,
      dial: (how) => dial({ ...invitation, ...how.at }, how),
      makePeer: (servers, notify) => this.#makePeer(servers, notify),
      notify: (session) => { if (session.state === 'ended') this.#close(); changed(session); },
    });
    panel.onsay = (text) => this.#chat?.open ? this.#chat.say(text) : null;
    panel.onfiles = (files) => this.#send(files);
    this.#session.start();
  }

  #makePeer(servers, notify) {
    const tracks = { sound: this.#devices.microphone, camera: this.#devices.picture };
    this.#peer = new Peer(servers, tracks, { ...notify, track: (role, track) => this.#stage.track(role, track) });
    const { chat, files, bytes, state } = this.#peer.channels;
    this.#chat = new Chat(chat, { heard: (m) => this.#panel.heard(m), seen: (id) => this.#panel.seen(id) });
    const changed = (transfer) => this.#panel.file(transfer);
    this.#files = new Files(files, bytes, this.#kept, { offered: changed, changed });
    this.#state = new State(state, (their) => this.#stage.their(their));
    this.refresh();
    return this.#peer;
  }

  async #send(files) {
    if (!this.#files?.open) return;
    for (const file of files) {
      const transfer = await this.#files.send(file, (t) => this.#panel.file(t));
      this.#panel.file(transfer);
    }
  }

  // refresh sends what is in use now, and tells the other side.
  refresh() {
    const { microphone, picture, camera, muted } = this.#devices;
    this.#peer?.send('sound', microphone);
    this.#peer?.send('camera', picture);
    this.#state?.tell({ mute: muted || !microphone, camera: Boolean(camera), screen: this.screen.on, recording: false });
    this.onrefresh();
  }

  onrefresh = () => {};

  hangUp() { this.#session.hangUp(); }

  #close() {
    this.screen.stop();
    this.#peer = null;
  }
}
