// The page: one call at a time, from the door over the stage to its end.
import { $ } from './dom.js';
import { speak, say } from './text.js';
import { readInvitation, inParley } from './invitation.js';
import { space, wear } from './theme.js';
import { loadWords } from './words.js';
import { Devices } from './devices.js';
import { Pickers } from './pickers.js';
import { Door } from './door.js';
import { Stage } from './stage.js';
import { Panel } from './panel.js';
import { Screen } from './screen.js';
import { Call } from './call.js';
import { Loopback } from './loopback.js';
import { listen } from './keys.js';
import { drops } from './drop.js';
import { awake } from './awake.js';
import { quietly, toast } from './notices.js';
import { endSentence, notSecure } from './trouble.js';

const selfTest = !location.pathname.includes('/c/');
const invitation = readInvitation(location, history);
const kept = new Map(); // files that were cut, for the next call
let call, wordList, door, stage, panel, pickers;
const devices = new Devices();

async function begin() {
  await speak().catch(() => {}); // the page speaks English then
  if (invitation) dress(invitation);
  door = new Door(devices, { selfTest });
  [stage, panel, pickers] = [new Stage(), new Panel(), new Pickers(devices)];
  devices.changed = refresh;
  buttons();
  if (!selfTest && !invitation?.secret) return over(say('This link is not whole'), endSentence({ reason: 'wrong-secret' }), false);
  if (!isSecureContext) return over(say('The camera is not available here'), notSecure(), false);
  loadWords().then((list) => { wordList = list; }, () => {}); // without them there is no such check
  await enter();
}

// enter opens the door, with camera and microphone.
async function enter() {
  door.open();
  door.troubles(await devices.open());
  refresh();
}

// dress shows whose space it is.
async function dress(link) {
  for (const id of ['open', 'over-open']) Object.assign($(id), { href: inParley(link), hidden: false });
  const { name, theme } = await space(link.slot);
  if (name) $('space').textContent = name;
  if (theme && /^[a-z0-9-]+$/.test(theme)) wear(await (await fetch(`/guest/themes/${theme}.json`)).json());
}

function refresh() {
  door.refresh();
  pickers.fill();
  stage.mine(devices.camera);
  stage.speaker(devices.speaker);
  stage.press('mute', devices.muted, devices.muted ? 'microphone-off' : 'microphone', devices.muted ? say('Unmute') : say('Mute'));
  stage.press('camera-off', devices.cameraOff, devices.cameraOff ? 'camera-off' : 'camera', devices.cameraOff ? say('Camera on') : say('Camera off'));
  stage.press('share', Boolean(call?.screen.on), 'screen', call?.screen.on ? say('Stop sharing') : say('Share a screen'));
  stage.note(call?.screen.on ? say('Your screen is shared') : '');
  $('share').hidden = !Screen.possible;
}

function buttons() {
  door.onknock = knock;
  door.ongiveup = () => call?.hangUp();
  $('mute').onclick = () => { devices.mute(!devices.muted); call?.refresh(); };
  $('camera-off').onclick = async () => { toast(await devices.setCameraOff(!devices.cameraOff)); call?.refresh(); };
  $('share').onclick = () => call?.screen.toggle();
  $('hang-up').onclick = () => call?.hangUp();
  $('choose').onclick = () => { pickers.into($('device-place')); $('device-dialog').showModal(); };
  $('again').onclick = again;
  listen(() => panel.open && panel.toggle(false));
  if (!selfTest) drops((files) => { panel.toggle(true); panel.onfiles(files); });
  addEventListener('pagehide', () => call?.hangUp());
  $('chat').hidden = selfTest;
}

function knock(name) {
  const how = { invitation, name, wordList, devices, stage, panel, kept, changed };
  call = selfTest ? new Loopback(how) : new Call(how);
  call.onrefresh = refresh;
}

// changed follows the call from state to state.
function changed(session) {
  const them = session.them || say('The other side');
  stage.person(them, session.words);
  switch (session.state) {
    case 'dialing': return door.knocking(say('Reaching the other side …'));
    case 'waiting': return door.knocking(say('Nobody is there yet. Stay on this page; you are put through when they come.'));
    case 'ringing': return door.knocking(say('{{.Them}} is being asked …', { Them: them }));
    case 'connecting': return door.knocking(say('{{.Them}} answered; connecting …', { Them: them }));
    case 'connected': return talk(them);
    case 'reconnecting': return stage.trouble(say('Nothing is heard any more; looking for a new way to {{.Them}} …', { Them: them }));
    case 'ended': return ended(session);
  }
}

function talk(them) {
  stage.trouble('');
  if (!$('stage').hidden) return quietly(say('The call goes on.'));
  door.knocking('');
  door.close();
  stage.open();
  awake(true);
  $('mute').focus({ focusVisible: false });
  quietly(say('You are connected to {{.Them}}.', { Them: them }));
}

function ended(session) {
  call = null;
  stage.close();
  panel.close();
  door.knocking('');
  door.close();
  devices.close(); // the camera's light goes out
  awake(false);
  const final = ['slot-gone', 'slot-taken', 'wrong-secret', 'bad-claim'].includes(session.reason);
  over(session.reason === 'hangup' ? say('The call is over.') : say('No call'), session.reason === 'hangup' ? '' : endSentence(session), !final);
}

function over(title, text, more) {
  $('over-title').textContent = title;
  $('over-text').textContent = text;
  $('again').hidden = !more;
  $('over').hidden = false;
  $('over-title').focus();
  quietly(`${title} ${text}`);
}

function again() {
  $('over').hidden = true;
  $('troubles').before($('devices')); // they may have been in the dialog
  enter();
}

begin();
