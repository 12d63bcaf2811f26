// Verification words: both sides make the same four from what their media is
// encrypted with, and a man in the middle would make different ones. The
// caller commits itself before it knows the other's number, so nobody can try
// until the words fit.
import { randomBytes, sha256, toBase64url, utf8 } from './bytes.js';

// fingerprintOf is the certificate's fingerprint in a session description. All
// that it names have to be one and the same.
export function fingerprintOf(sdp) {
  const found = new Set();
  for (const [, hash, value] of sdp.matchAll(/^a=fingerprint:(\S+) (\S+)\s*$/gm)) {
    found.add(`${hash.toLowerCase()} ${value.toUpperCase()}`);
  }
  const [only] = found;
  if (found.size !== 1 || !only.startsWith('sha-256 ')) throw new Error('a description without one fingerprint');
  return only.slice('sha-256 '.length);
}

export const newNonce = () => toBase64url(randomBytes(16));

// commitment is what the caller sends with the offer; the nonce follows when
// the answer has come.
export async function commitment(fingerprint, nonce) {
  return toBase64url(await sha256(utf8(`parley commit 1\n${fingerprint}\n${nonce}`)));
}

// wordsOf are the four words, of a list of 256.
export async function wordsOf(list, { caller, callee, callerNonce, calleeNonce }) {
  const sum = await sha256(utf8(`parley words 1\n${caller}\n${callee}\n${callerNonce}\n${calleeNonce}`));
  return Array.from(sum.subarray(0, 4), (i) => list[i]);
}

// loadWords fetches the list, the program's own.
export async function loadWords() {
  const list = await (await fetch('/guest/words.json')).json();
  if (!Array.isArray(list) || list.length !== 256) throw new Error('a list of words that is not whole');
  return list;
}
