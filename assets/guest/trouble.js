// Sentences about what cannot be done, each with the next step.
import { say } from './text.js';

export const notSecure = () => say('A browser gives a page the camera and the microphone only over HTTPS or on localhost. Ask for a link that begins with https:, or open the link in Parley.');

// cameraTrouble explains a failure of getUserMedia by its name.
export function cameraTrouble(error) {
  switch (error.name) {
    case 'NotAllowedError': return say('The browser does not let this page use the camera. Allow it in the address bar (the camera sign or the padlock) and load the page again; until then you are heard but not seen.');
    case 'NotFoundError': case 'OverconstrainedError': return say('No camera was found; you join with sound only. Plug one in, and choose it under Devices.');
    case 'NotReadableError': case 'AbortError': return say('The camera is used by another program; close that one, and switch the camera on here.');
  }
  return say('The camera does not work: {{.Why}}', { Why: error.message || error.name });
}

export function microphoneTrouble(error) {
  switch (error.name) {
    case 'NotAllowedError': return say('The browser does not let this page use the microphone. Allow it in the address bar and load the page again; until then nobody hears you.');
    case 'NotFoundError': case 'OverconstrainedError': return say('No microphone was found; nobody will hear you. Plug one in, and choose it under Devices.');
    case 'NotReadableError': case 'AbortError': return say('The microphone is used by another program; close that one, and choose it under Devices.');
  }
  return say('The microphone does not work: {{.Why}}', { Why: error.message || error.name });
}

export function screenTrouble(error) {
  if (error.name === 'NotAllowedError') return say('No screen is shared: it was not allowed, or nothing was chosen.');
  return say('The screen cannot be shared: {{.Why}}', { Why: error.message || error.name });
}

// endSentence tells why a call ended.
export function endSentence({ reason, detail, them }) {
  const Them = them || say('The other side');
  switch (reason) {
    case 'hangup': return say('The call is over.');
    case 'cancelled': return say('You left before anybody answered.');
    case 'declined': return say('{{.Them}} does not take the call now.', { Them });
    case 'busy': return say('{{.Them}} is in another call; try again later.', { Them });
    case 'no-answer': return say('{{.Them}} did not answer.', { Them });
    case 'left': return say('{{.Them}} went away before answering; try again later.', { Them });
    case 'lost': return say('The connection to {{.Them}} was lost. Try again when both networks are back.', { Them });
    case 'no-path': return say('{{.Them}} answered, but no way for picture and sound was found. A firewall blocks it; try another network.', { Them });
    case 'unreachable': return say('Nobody answers at the other end of this link; try again later.');
    case 'slot-gone': case 'bad-claim': return say('This link was used up or is out of time. Ask for a new one.');
    case 'slot-taken': return say('Somebody else has used this link. Ask for a new one.');
    case 'wrong-secret': return say('This link does not fit: a part of it is missing or mistyped. Ask for it again, and copy all of it.');
    case 'version': return say('The other side’s Parley is too old or too new for this page. Both need the newest version.');
    case 'bad-frame': return say('The server does not understand this page. Load it again.');
  }
  return say('The call failed: {{.Why}}. Load the page and try again.', { Why: detail || reason });
}
