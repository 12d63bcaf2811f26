// What the page tells: quietly to those who listen to it, and as a toast where
// something failed.
import { $, make } from './dom.js';

const stays = 9000; // ms

export function quietly(sentence) { $('status').textContent = sentence; }

export function toast(sentence) {
  if (!sentence) return;
  const p = make('p', {}, sentence);
  $('toasts').append(p);
  setTimeout(() => p.remove(), stays);
}
