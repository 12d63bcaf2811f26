// Camera, microphone and speaker. A camera that is off is closed, so that its
// light goes out, and black is sent in its place.
import { black } from './black.js';
import { cameraTrouble, microphoneTrouble, notSecure } from './trouble.js';

const wanted = {
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

export class Devices {
  camera = null; // tracks; null: off, refused, or none
  microphone = null;
  cameraOff = false;
  muted = false;
  changed = () => {}; // another track, or another list
  #chosen = { camera: '', microphone: '', speaker: '' };

  constructor() {
    navigator.mediaDevices?.addEventListener('devicechange', () => this.changed());
  }

  // open asks for both, or for the one that there is. It returns sentences
  // about what cannot be had.
  async open() {
    if (!navigator.mediaDevices) return [notSecure()];
    try {
      const both = await navigator.mediaDevices.getUserMedia({ video: this.#wish('camera'), audio: this.#wish('microphone') });
      this.#keep('camera', both.getVideoTracks()[0]);
      this.#keep('microphone', both.getAudioTracks()[0]);
      return [];
    } catch {
      return (await Promise.all([this.#alone('microphone', microphoneTrouble), this.#alone('camera', cameraTrouble)])).filter(Boolean);
    }
  }

  async #alone(kind, trouble) {
    try {
      this.#keep(kind, await this.#get(kind));
      return '';
    } catch (error) {
      return trouble(error);
    }
  }

  #wish(kind) {
    const id = this.#chosen[kind];
    return id ? { ...wanted[kind], deviceId: { exact: id } } : wanted[kind];
  }

  async #get(kind) {
    const media = kind === 'camera' ? { video: this.#wish(kind) } : { audio: this.#wish(kind) };
    return (await navigator.mediaDevices.getUserMedia(media)).getTracks()[0];
  }

  #keep(kind, track) {
    this[kind]?.stop();
    this[kind] = track;
    if (track && kind === 'microphone') track.enabled = !this.muted;
    if (track) track.onended = () => { if (this[kind] === track) { this[kind] = null; this.changed(kind); } };
    this.changed(kind);
  }

  // choose switches to a device; it returns a sentence where that fails.
  async choose(kind, id) {
    this.#chosen[kind] = id;
    if (kind === 'speaker' || kind === 'camera' && this.cameraOff) { this.changed(kind); return ''; }
    if (kind === 'camera') this.camera?.stop(); // some systems open a camera once at a time
    return this.#alone(kind, kind === 'camera' ? cameraTrouble : microphoneTrouble);
  }

  mute(on) {
    this.muted = on;
    if (this.microphone) this.microphone.enabled = !on;
    this.changed('microphone');
  }

  async setCameraOff(off) {
    this.cameraOff = off;
    if (!off) return this.#alone('camera', cameraTrouble);
    this.#keep('camera', null);
    return '';
  }

  get speaker() { return this.#chosen.speaker; }

  // picture is what is sent: the camera's, or black.
  get picture() { return this.camera || black(); }

  // list names the devices of a kind, the one in use first of all chosen.
  async list() {
    const all = navigator.mediaDevices ? await navigator.mediaDevices.enumerateDevices() : [];
    const of = (kind) => all.filter((d) => d.kind === kind && d.deviceId);
    return { camera: of('videoinput'), microphone: of('audioinput'), speaker: of('audiooutput') };
  }

  inUse(kind) {
    return this.#chosen[kind] || this[kind]?.getSettings?.().deviceId || '';
  }

  close() {
    this.#keep('camera', null);
    this.#keep('microphone', null);
  }
}
