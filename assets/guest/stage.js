// The stage: the pictures of a call, and the buttons that lie on them.
import { $, show, symbol } from './dom.js';
import { say } from './text.js';
import { quietly } from './notices.js';

const screenEnd = 16; // pixels: a picture of that size ends a screen

export class Stage {
  #tracks = {}; #began = 0; #clock; #their = {}; #note = '';

  constructor() {
    $('hear').onclick = () => this.#play();
    $('their-screen').onresize = () => this.#screen($('their-screen').videoWidth > screenEnd);
    $('full').onclick = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    document.onfullscreenchange = () => this.press('full', Boolean(document.fullscreenElement), document.fullscreenElement ? 'shrink' : 'expand', say('Full screen'));
    for (const button of document.querySelectorAll('.round')) hint(button);
  }

  open() {
    $('stage').hidden = false;
    this.#began = this.#began || Date.now();
    this.#clock = this.#clock || setInterval(() => this.#tick(), 1000);
    this.#tick();
    this.#play();
  }

  close() {
    clearInterval(this.#clock);
    [this.#clock, this.#began, this.#tracks, this.#their] = [0, 0, {}, {}];
    this.#screen(false);
    for (const id of ['them', 'their-screen', 'mine']) show($(id));
    for (const id of ['stage', 'words', 'veil', 'hear']) $(id).hidden = true;
    $('note').textContent = '';
    if (document.fullscreenElement) document.exitFullscreen();
  }

  #tick() {
    const s = Math.floor((Date.now() - this.#began) / 1000), two = (n) => String(n).padStart(2, '0');
    $('time').textContent = s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  }

  // track takes one of theirs.
  track(role, track) {
    this.#tracks[role] = track;
    if (role === 'screen') {
      show($('their-screen'), track)?.catch(() => {});
      track.onmute = () => this.#screen(false);
      return;
    }
    this.#play();
  }

  // #play needs a click in some browsers before there may be sound.
  async #play() {
    try {
      await show($('them'), this.#tracks.camera, this.#tracks.sound);
      if ($('them').srcObject && $('them').paused) await $('them').play();
      $('hear').hidden = true;
    } catch (error) {
      $('hear').hidden = error.name !== 'NotAllowedError';
    }
  }

  #screen(on) {
    $('stage').classList.toggle('with-screen', on);
    $('their-screen').classList.toggle('off', !on);
  }

  // person tells who it is; words are theirs and ours.
  person(name, words) {
    $('who').textContent = name;
    document.title = name ? `${name} – Parley` : 'Parley';
    $('words').hidden = !words.length;
    $('word-list').textContent = words.join(' · ');
  }

  // their takes what the other side does.
  their(state) {
    this.#their = state;
    if (state.screen === false) this.#screen(false);
    this.#say();
  }

  // trouble says what is the matter with the call; '' that all is well.
  trouble(sentence) {
    $('veil').hidden = !sentence;
    $('veil').textContent = sentence;
    if (sentence) quietly(sentence);
  }

  // note stands beside the name.
  note(sentence) {
    this.#note = sentence;
    this.#say();
  }

  #say() {
    const all = [this.#note];
    if (this.#their.recording) all.push(say('Recording'));
    if (this.#their.mute) all.push(say('Muted'));
    if (this.#their.camera === false) all.push(say('Camera off'));
    $('note').textContent = all.filter(Boolean).join(' · ');
  }

  // mine shows this side's picture.
  mine(track) {
    show($('mine'), track)?.catch(() => {});
    $('mine-off').hidden = Boolean(track);
  }

  // press shows a button as pressed or not, with its sign and name.
  press(id, on, sign, name) {
    const button = $(id);
    button.setAttribute('aria-pressed', on);
    symbol(button, sign);
    button.setAttribute('aria-label', name);
    hint(button);
  }

  speaker(id) { $('them').setSinkId?.(id).catch(() => {}); }
}

function hint(button) {
  const key = button.dataset.key;
  button.dataset.hint = button.getAttribute('aria-label') + (key ? `  ${key}` : '');
}
