// Files that are dropped on the call.
import { $ } from './dom.js';

export function drops(take) {
  const wanted = (e) => !$('stage').hidden && e.dataTransfer?.types.includes('Files');
  const over = (on) => document.body.classList.toggle('dropping', on);
  addEventListener('dragover', (e) => { if (wanted(e)) { e.preventDefault(); over(true); } });
  addEventListener('dragleave', (e) => { if (!e.relatedTarget) over(false); });
  addEventListener('drop', (e) => {
    if (!wanted(e)) return;
    e.preventDefault();
    over(false);
    take([...e.dataTransfer.files]);
  });
}
