// Slots: the places at a rendezvous at which people meet.
import { sha256, utf8 } from './bytes.js';

// letters write a slot without those that are taken for one another.
const letters = 'abcdefghjkmnpqrstvwxyz0123456789';

export const isSlot = (slot) => slot.length <= 64 && /^([a-z0-9-]+\.)?[a-z0-9]+$/.test(slot);

// slotOf is the slot that a claim owns, in the space of another slot.
export async function slotOf(beside, claim) {
  let bits = (await sha256(utf8(`parley slot 1\n${claim}`))).subarray(0, 10).reduce((n, byte) => n << 8n | BigInt(byte), 0n);
  let name = '';
  for (let i = 0; i < 16; i++, bits >>= 5n) name = letters[Number(bits & 31n)] + name;
  const [space, rest] = beside.split('.');
  return rest ? `${space}.${name}` : name;
}
