// Sealing: what two sides that share a secret send each other past a server
// that is to read none of it. AES-256-GCM with keys of this session alone;
// the nonce counts, so that nothing can be left out, repeated or reordered.
//
//   base      = HKDF-SHA256(secret, salt: slot, "parley seal 1")
//   guest key = HKDF-SHA256(base, salt: guest's salt, "guest " session)
//   host key  = HKDF-SHA256(base, salt: host's salt, guest's salt, "host " session)
//   again     = HKDF-SHA256(base, no salt, "again " session): a claim and a secret
//
// A side's first body begins with its salt.
import { concat, fromBase64url, hex, randomBytes, text, toBase64url, utf8 } from './bytes.js';
import { slotOf } from './slot.js';

const saltSize = 16;

// Opened wrongly: the secrets differ, or somebody meddled.
export class SealBroken extends Error {}

export class Seal {
  #base; #slot; #session; #salt; #mine; #theirs;
  #sent = 0;
  #taken = 0;

  // guest makes the guest's end. salt is given by tests alone.
  static async guest(secret, slot, session, salt = randomBytes(saltSize)) {
    const seal = new Seal();
    [seal.#slot, seal.#session] = [slot, session];
    seal.#salt = salt;
    seal.#base = await derive(secret, utf8(slot), 'parley seal 1');
    seal.#mine = await key(seal.#base, salt, `guest ${session}`);
    return seal;
  }

  // seal makes a body of a message; a small one is squeezed before. One call at
  // a time.
  async seal(message, small = false) {
    const number = this.#sent++;
    const plain = utf8(JSON.stringify(message));
    const sealed = new Uint8Array(await crypto.subtle.encrypt(
      this.#how(message.type, number), this.#mine, small ? await squeeze(plain) : plain));
    return toBase64url(number === 0 ? concat(this.#salt, sealed) : sealed);
  }

  // open takes the host's bodies, in their order. One call at a time.
  async open(type, body) {
    const number = this.#taken++;
    try {
      let sealed = fromBase64url(body);
      if (number === 0) {
        const salt = sealed.subarray(0, saltSize);
        this.#theirs = await key(this.#base, concat(salt, this.#salt), `host ${this.#session}`);
        sealed = sealed.subarray(saltSize);
      }
      const message = JSON.parse(text(new Uint8Array(await crypto.subtle.decrypt(this.#how(type, number), this.#theirs, sealed))));
      if (message.type !== type) throw new Error('another type inside');
      return message;
    } catch (error) {
      throw new SealBroken(`a sealed ${type} does not open: ${error.message || error.name}`);
    }
  }

  // again is a slot that the two of this session alone know, and its secret:
  // there they meet if their link is lost.
  async again() {
    const key = await derive(this.#base, new Uint8Array(0), `again ${this.#session}`);
    return { slot: await slotOf(this.#slot, hex(key.subarray(0, 16))), secret: key.subarray(16) };
  }

  #how(type, number) {
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setBigUint64(4, BigInt(number));
    return { name: 'AES-GCM', iv, additionalData: utf8(`${type}\n${this.#session}\n${number}`) };
  }
}

// squeeze makes a zero and the message by DEFLATE, where the browser can.
async function squeeze(plain) {
  if (!globalThis.CompressionStream) return plain;
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return concat(Uint8Array.of(0), new Uint8Array(await new Response(stream).arrayBuffer()));
}

async function derive(secret, salt, info) {
  const from = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) }, from, 256));
}

async function key(base, salt, info) {
  return crypto.subtle.importKey('raw', await derive(base, salt, info), 'AES-GCM', false, ['encrypt', 'decrypt']);
}
