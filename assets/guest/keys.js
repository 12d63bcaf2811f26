// Keys in a call, the program's own.
import { $ } from './dom.js';

const buttons = { m: 'mute', v: 'camera-off', s: 'share', c: 'chat', d: 'choose', f: 'full' };

// listen lets the keys press their buttons, except where somebody writes.
export function listen(escape) {
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || $('stage').hidden || $('device-dialog').open) return;
    if (e.key === 'Escape') return escape();
    if (e.target.closest('input:not([type=file]), select, textarea')) return;
    const id = buttons[e.key.toLowerCase()];
    if (!id) return;
    e.preventDefault();
    $(id).click();
  });
}
