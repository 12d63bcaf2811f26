// The door: oneself in the mirror, a name, and the button that knocks.
import { $, make, show } from './dom.js';
import { say } from './text.js';
import { quietly } from './notices.js';
import { Level } from './level.js';

const nameKey = 'parley name'; // kept in this browser, for the next call

export class Door {
  onknock = () => {}; // with the name
  ongiveup = () => {};
  #devices; #level = new Level($('level'));

  constructor(devices, { selfTest }) {
    this.#devices = devices;
    if (selfTest) this.#asSelfTest();
    $('name').value = remembered();
    $('knock').onsubmit = (e) => { e.preventDefault(); this.#knock(); };
    $('give-up').onclick = () => this.ongiveup();
  }

  #asSelfTest() {
    $('door-title').textContent = say('Parley in your browser');
    $('door-text').textContent = say('Parley calls one person, with nothing in the middle. Somebody sends you a link, and you answer it here. Meanwhile try your camera and microphone: call yourself, over a real connection within this page.');
    $('call').querySelector('span').textContent = say('Call myself');
    $('code-text').hidden = false;
    $('name').required = false;
    $('name').parentElement.hidden = true;
  }

  open() {
    $('door').hidden = false;
    this.refresh();
  }

  close() {
    $('door').hidden = true;
    this.#level.of(null);
    show($('preview'));
  }

  // refresh shows the devices in use.
  refresh() {
    if ($('door').hidden) return;
    show($('preview'), this.#devices.camera);
    $('preview-off').hidden = Boolean(this.#devices.camera);
    this.#level.of(this.#devices.microphone);
  }

  troubles(sentences) { $('troubles').replaceChildren(...sentences.map((s) => make('p', {}, s))); }

  #knock() {
    const name = $('name').value.trim();
    try {
      localStorage.setItem(nameKey, name);
    } catch {} // a browser that keeps nothing asks again
    this.onknock(name);
  }

  // knocking tells how far the knocking is; '' ends it.
  knocking(sentence) {
    const focus = $('knocking').hidden && sentence;
    $('knocking').hidden = !sentence;
    $('knock').inert = Boolean(sentence);
    $('knock').hidden = Boolean(sentence);
    $('knocking-text').textContent = sentence;
    quietly(sentence);
    if (focus) $('give-up').focus();
  }
}

function remembered() {
  try {
    return localStorage.getItem(nameKey) || '';
  } catch {
    return '';
  }
}
