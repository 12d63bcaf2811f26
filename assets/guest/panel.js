// The panel: chat and files in one list, in the order in which they came.
import { $, make } from './dom.js';
import { say } from './text.js';
import { quietly, toast } from './notices.js';

export class Panel {
  onsay = () => null; // returns the message, or null where it cannot be sent
  onfiles = () => {}; // with the files chosen
  #unread = 0; #lines = new Map(); #moved;

  // moved is called when it opens or closes.
  constructor(moved = () => {}) {
    this.#moved = moved;
    $('log').dataset.empty = say('Texts and files go straight to the other side. They are gone when you close this page.');
    $('chat').onclick = () => this.toggle();
    $('panel-close').onclick = () => this.toggle(false);
    $('write').onsubmit = (e) => { e.preventDefault(); this.#send(); };
    $('file').onchange = () => { this.onfiles([...$('file').files]); $('file').value = ''; };
  }

  get open() { return !$('panel').hidden; }

  toggle(on = !this.open) {
    if (on === this.open) return;
    $('panel').hidden = !on;
    document.body.classList.toggle('with-panel', on);
    $('chat').setAttribute('aria-expanded', on);
    if (on) this.#read();
    (on ? $('text') : $('chat')).focus();
    this.#moved(on);
  }

  close() {
    if (this.open) this.toggle(false);
    $('log').replaceChildren();
    this.#lines.clear();
    this.#read();
  }

  #read() {
    this.#unread = 0;
    $('unread').hidden = true;
  }

  #send() {
    const text = $('text').value.trim();
    if (!text) return;
    const message = this.onsay(text);
    if (!message) return toast(say('The other side takes no messages.'));
    $('text').value = '';
    this.#lines.set(message.id, this.#add(make('li', { className: 'mine' }, text, stamp(message.at))));
  }

  // seen marks a text of ours that arrived.
  seen(id) { this.#lines.get(id)?.querySelector('time').append(' ✓'); }

  heard({ text, at }) { this.#news(make('li', {}, linked(text), stamp(at)), text); }

  #news(line, text) {
    this.#add(line);
    if (this.open) return;
    this.#unread++;
    $('unread').hidden = false;
    $('unread').textContent = this.#unread;
    quietly(say('New message: {{.Text}}', { Text: text }));
  }

  #add(line) {
    $('log').append(line);
    line.scrollIntoView({ block: 'end' });
    return line;
  }

  // file shows a transfer, and keeps showing it as it changes.
  file(transfer) {
    let line = this.#lines.get(transfer);
    if (!line) {
      line = make('li', { className: transfer.mine ? 'file mine' : 'file' });
      this.#lines.set(transfer, line);
      transfer.mine ? this.#add(line) : this.#news(line, transfer.name);
    }
    line.replaceChildren(...fileLine(transfer));
  }
}

function fileLine(t) {
  const going = t.state === 'going' || t.state === 'sent';
  const button = (text, act, primary) => make('button', { type: 'button', className: primary ? 'button primary' : '', onclick: act }, text);
  const row = make('div', { className: 'row' });
  if (t.state === 'offered' && !t.mine) row.append(button(say('Accept'), () => t.accept(), true), button(say('Refuse'), () => t.refuse()));
  if (going || t.state === 'offered' && t.mine) row.append(button(say('Cancel'), () => t.cancel()));
  if (t.url) row.append(make('a', { className: 'button primary', href: t.url, download: t.name }, say('Save')));
  return [
    make('span', { className: 'name' }, t.name),
    going ? make('progress', { value: t.part, max: 1, ariaLabel: t.name }) : '',
    make('time', {}, `${size(t.size)} · ${fileState(t)}`), row,
  ];
}

function fileState(t) {
  switch (t.state) {
    case 'offered': return t.mine ? say('waits to be accepted') : say('is offered to you');
    case 'going': return `${Math.floor(100 * t.part)} %`;
    case 'sent': return say('is checked');
    case 'kept': return t.mine ? say('arrived whole') : say('came whole');
    case 'refused': return say('refused');
    case 'cancelled': return say('cancelled');
    case 'cut': return say('cut off; send it again to go on');
  }
  return say('arrived damaged; send it again');
}

function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${(bytes / 1000 ** power).toLocaleString(undefined, { maximumFractionDigits: power ? 1 : 0 })} ${units[power]}`;
}

const stamp = (at) => make('time', {}, new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));

// linked makes addresses of pages clickable, and of nothing else.
function linked(text) {
  const line = document.createDocumentFragment();
  text.split(/(https?:\/\/[^\s<>"']+)/).forEach((part, i) => {
    line.append(i % 2 ? make('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part);
  });
  return line;
}
