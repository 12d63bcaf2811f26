// The link that led here: https://HOST/c/SLOT#SECRET. What stands behind the
// "#" never reaches a server.
import { fromBase64url } from './bytes.js';
import { isSlot } from './slot.js';

// readInvitation takes the secret out of the address bar, so that neither a
// glance nor the history keeps it. It returns null at an address without slot.
export function readInvitation(location, history) {
  const [, slot] = location.pathname.match(/\/c\/([^/]+)$/) || [];
  if (!slot || !isSlot(slot)) return null;
  const spelled = location.hash.slice(1);
  const invitation = { slot, spelled, secret: secretOf(spelled), host: location.host };
  if (spelled) history.replaceState(null, '', location.pathname + location.search);
  return invitation;
}

// secretOf is null where the link is not whole.
function secretOf(spelled) {
  try {
    const secret = fromBase64url(spelled);
    return secret.length === 16 ? secret : null;
  } catch {
    return null;
  }
}

// inParley is the link for the installed program.
export const inParley = ({ host, slot, spelled }) => `parley:${host}/c/${slot}#${spelled}`;
