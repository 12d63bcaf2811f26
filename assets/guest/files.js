// Files over two data channels: one for what is said about them, one for their
// bytes. A transfer is known by its sender's number; "mine" is said by the one
// whose number it is. One that was cut goes on where it stopped, for the
// receiver knows it again by its key.
//
//   sender                                  receiver
//     offer{id,mine,name,size,key}  ──>     asks its person
//     <── accept{id,from}, or refuse{id}
//     bytes (id, offset, piece) …   ──>
//     done{id,mine,sha256}          ──>
//     <── kept{id}, or broken{id}
//     cancel{id}                    <─>
import { concat, hex, sha256, utf8 } from './bytes.js';
import { Outgoing } from './outgoing.js';
import { Incoming } from './incoming.js';

const keyed = 1 << 20; // bytes that the key is made of, with the size

export class Files {
  #files; #bytes; #next = 1;
  #out = new Map(); #in = new Map();
  #kept; // what came of files that were cut, by key

  // offered(incoming) asks the person; changed(transfer) tells of a change.
  // kept is a Map that outlives a call.
  constructor(files, bytes, kept, { offered, changed }) {
    [this.#files, this.#bytes, this.#kept] = [files, bytes, kept];
    files.onmessage = ({ data }) => this.#said(JSON.parse(data), offered, changed);
    bytes.onmessage = ({ data }) => this.#piece(data);
    files.addEventListener('close', () => this.#cut());
  }

  get open() { return this.#files.readyState === 'open'; }

  // send offers a file and returns its transfer.
  async send(file, changed) {
    const head = new Uint8Array(await file.slice(0, keyed).arrayBuffer());
    const id = this.#next++;
    const transfer = new Outgoing(id, file, this.#bytes, (m) => this.#say({ id, mine: true, ...m }), changed);
    this.#out.set(id, transfer);
    this.#say({ type: 'offer', id, mine: true, name: file.name, size: file.size, key: hex(await sha256(concat(head, utf8(String(file.size))))) });
    return transfer;
  }

  #say(message) { if (this.open) this.#files.send(JSON.stringify(message)); }

  #said(message, offered, changed) {
    const { type, id, mine } = message;
    if (type === 'offer') {
      const transfer = new Incoming(message, this.#kept, (m) => this.#say({ id, ...m }), changed);
      this.#in.set(id, transfer);
      return offered(transfer);
    }
    const transfer = (mine ? this.#in : this.#out).get(id);
    transfer?.hear(message);
    if (transfer?.over) (mine ? this.#in : this.#out).delete(id);
  }

  #piece(data) {
    if (!(data instanceof ArrayBuffer) || data.byteLength < 12) return;
    const view = new DataView(data);
    this.#in.get(view.getUint32(0))?.take(Number(view.getBigUint64(4)), new Uint8Array(data, 12));
  }

  // #cut: the call is over; what is half here waits for another one.
  #cut() {
    for (const transfer of [...this.#out.values(), ...this.#in.values()]) transfer.cut();
  }
}
