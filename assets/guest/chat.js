// Chat over its data channel: texts with a number each, and a word back when
// one has been delivered.
const longest = 2300; // letters: 7 KiB in any writing, which is what the program takes

export class Chat {
  #channel; #next = 1;

  // heard({text, at}) takes a text of theirs, seen(id) tells that ours arrived.
  constructor(channel, { heard, seen }) {
    this.#channel = channel;
    channel.onmessage = ({ data }) => this.#take(data, heard, seen);
  }

  get open() { return this.#channel.readyState === 'open'; }

  // say sends a text and returns what is to be shown of it.
  say(text) {
    const message = { type: 'text', id: this.#next++, text: text.slice(0, longest), at: Date.now() };
    this.#channel.send(JSON.stringify(message));
    return message;
  }

  #take(data, heard, seen) {
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return; // it costs only itself
    }
    if (message.type === 'seen') seen(message.id);
    if (message.type !== 'text' || typeof message.text !== 'string') return;
    heard({ text: message.text, at: Number(message.at) || Date.now() });
    this.#channel.send(JSON.stringify({ type: 'seen', id: message.id }));
  }
}
