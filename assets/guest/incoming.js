// A file that comes from the other side. It is gathered in pieces that the
// browser may put on the disk, and given to the person when it is whole.
import { hex } from './bytes.js';
import { Sha256 } from './sha256.js';

const gathered = 4 << 20; // bytes to a piece

// Part is what there is of a file.
class Part {
  blobs = [];
  size = 0;
  sum = new Sha256();
  #loose = []; #looseSize = 0;

  add(bytes) {
    this.sum.update(bytes);
    this.#loose.push(bytes);
    this.size += bytes.length;
    if ((this.#looseSize += bytes.length) >= gathered) this.#gather();
  }

  #gather() {
    this.blobs.push(new Blob(this.#loose));
    [this.#loose, this.#looseSize] = [[], 0];
  }

  whole() {
    this.#gather();
    return new Blob(this.blobs);
  }
}

export class Incoming {
  mine = false;
  state = 'offered'; // going, kept, refused, cancelled, broken, cut
  url = ''; // of the whole
  #kept; #key; #part; #say; #changed; #sum = '';

  constructor({ id, name, size, key }, kept, say, changed) {
    [this.id, this.name, this.size] = [id, cleanName(name), Number(size) || 0];
    [this.#kept, this.#key, this.#say, this.#changed] = [kept, String(key), say, changed];
  }

  get over() { return this.state !== 'offered' && this.state !== 'going'; }
  get got() { return this.#part?.size || 0; }
  get part() { return this.size ? this.got / this.size : 1; }

  accept() {
    if (this.state !== 'offered') return;
    this.#part = this.#kept.get(this.#key) || new Part();
    this.#kept.set(this.#key, this.#part);
    this.#say({ type: 'accept', from: this.#part.size });
    this.#become('going');
  }

  refuse() {
    if (this.state !== 'offered') return;
    this.#say({ type: 'refuse' });
    this.#become('refused');
  }

  cancel() {
    if (this.over) return;
    this.#say({ type: 'cancel' });
    this.#drop('cancelled');
  }

  cut() { if (!this.over) this.#become('cut'); }

  hear({ type, sha256 }) {
    if (this.over) return;
    if (type === 'cancel') this.#drop('cancelled');
    if (type !== 'done') return;
    this.#sum = String(sha256);
    this.#finish();
  }

  take(offset, bytes) {
    if (this.state !== 'going') return;
    if (offset !== this.#part.size || offset + bytes.length > this.size) return this.#broken();
    this.#part.add(bytes.slice());
    const told = Math.floor(100 * this.part) !== Math.floor(100 * (offset / this.size));
    if (told) this.#changed(this);
    this.#finish();
  }

  // #finish: the sum may come before the last bytes, on a channel of its own.
  #finish() {
    if (this.state !== 'going' || !this.#sum || this.#part.size < this.size) return;
    if (hex(this.#part.sum.digest()) !== this.#sum) return this.#broken();
    this.url = URL.createObjectURL(this.#part.whole());
    this.#kept.delete(this.#key);
    this.#say({ type: 'kept' });
    this.#become('kept');
  }

  #broken() {
    this.#say({ type: 'broken' });
    this.#drop('broken');
  }

  #drop(state) {
    this.#kept.delete(this.#key);
    this.#become(state);
  }

  #become(state) {
    this.state = state;
    this.#changed(this);
  }
}

// cleanName is a file's name without folders, and without marks that turn the
// text around and so hide what kind of file it is.
function cleanName(name) {
  const last = String(name).split(/[\\/]/).pop().replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  return last.replace(/^\.+/, '').slice(0, 200) || 'file';
}
