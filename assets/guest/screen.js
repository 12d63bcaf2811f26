// Sharing a screen, beside the camera.
import { screenEnd } from './black.js';
import { screenTrouble } from './trouble.js';

const farewell = 500; // ms that the last picture is sent

export class Screen {
  on = false;
  #send; #changed; #track;

  // send(track) sends it to the other side; changed(sentence) tells of a
  // change, or of what failed.
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
  }

  static get possible() { return Boolean(navigator.mediaDevices?.getDisplayMedia); }

  async toggle() { return this.on ? this.stop() : this.start(); }

  async start() {
    try {
      const media = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: false });
      [this.#track] = media.getVideoTracks();
      this.#track.contentHint = 'detail'; // sharp text first
      this.#track.onended = () => this.stop(); // by the browser's own button
      await this.#send(this.#track);
      this.on = true;
      this.#changed('');
    } catch (error) {
      this.#changed(screenTrouble(error));
    }
  }

  async stop() {
    if (!this.on) return;
    this.on = false;
    this.#track.onended = null;
    this.#track.stop();
    this.#changed('');
    const last = screenEnd();
    await this.#send(last);
    setTimeout(async () => {
      if (!this.on) await this.#send(null);
      last.stop();
    }, farewell);
  }
}
