// The lists of devices, before the call and in it.
import { $, make } from './dom.js';
import { say } from './text.js';
import { toast } from './notices.js';

const names = { camera: () => say('Camera'), microphone: () => say('Microphone'), speaker: () => say('Speaker') };
const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

export class Pickers {
  #devices;

  constructor(devices) {
    this.#devices = devices;
    for (const kind of Object.keys(names)) $(kind).onchange = async () => toast(await devices.choose(kind, $(kind).value));
  }

  // fill lists what there is. A browser names devices only once it was allowed
  // to use one.
  async fill() {
    const lists = await this.#devices.list();
    for (const [kind, list] of Object.entries(lists)) {
      const select = $(kind);
      select.replaceChildren(...list.map((d, i) => make('option', { value: d.deviceId }, d.label || `${names[kind]()} ${i + 1}`)));
      select.value = this.#devices.inUse(kind);
      if (select.selectedIndex < 0) select.selectedIndex = 0;
      select.parentElement.hidden = !list.length || kind === 'speaker' && !canChooseSpeaker;
    }
  }

  // into moves the lists to another place of the page.
  into(place) { place.append($('devices')); }
}
