// What a side does that the other should see: muted, camera, screen, recording.
export class State {
  #channel; #last = '';

  constructor(channel, heard) {
    this.#channel = channel;
    channel.onopen = () => { if (this.#last) channel.send(this.#last); };
    channel.onmessage = ({ data }) => {
      try {
        heard(JSON.parse(data));
      } catch {} // it costs only itself
    };
  }

  tell(state) {
    const text = JSON.stringify(state);
    if (text === this.#last) return;
    this.#last = text;
    if (this.#channel.readyState === 'open') this.#channel.send(text);
  }
}
