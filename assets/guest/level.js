// A Level shows how loud a track is, in decibels as the program's meter does.
// It falls slowly, so that the eye can follow.
const floor = -54; // dBFS at the left end
const fall = 0.03; // of the width, each picture

export class Level {
  #meter; #context; #ear; #source; #part = 0;

  constructor(meter) {
    this.#meter = meter;
  }

  // of listens to a track; null is silence.
  of(track) {
    this.#source?.disconnect();
    this.#source = null;
    if (!track) return;
    if (!this.#context) {
      this.#context = new AudioContext();
      this.#ear = this.#context.createAnalyser();
      this.#ear.fftSize = 1024;
      this.#show();
    }
    this.#context.resume();
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#ear);
  }

  #show() {
    const samples = new Float32Array(this.#ear.fftSize);
    const step = () => {
      if (this.#context.state === 'closed') return;
      this.#ear.getFloatTimeDomainData(samples);
      const peak = this.#source ? samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0) : 0;
      const part = peak > 0 ? Math.min(Math.max(1 - 20 * Math.log10(peak) / floor, 0), 1) : 0;
      this.#part = Math.max(part, this.#part - fall);
      this.#meter.style.setProperty('--part', this.#part.toFixed(3));
      this.#meter.classList.toggle('loud', this.#part > 0.92);
      requestAnimationFrame(step);
    };
    step();
  }
}
