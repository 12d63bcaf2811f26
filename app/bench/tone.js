// Finds the test signal's pips in a track's sound.
'use strict';

// listenTo notes when the test signal's pips begin, by the time at which their
// 5 ms came by, and which second they say they are: after a pip of 1 kHz come
// eight symbols of 30 ms, four bits and their complement (see call.Tone).
function listenTo(remote) {
  const hopTime = 5, codeHop = 8, symbolHops = 6, lastHop = codeHop + 8 * symbolHops;
  const loud = 0.05, quietHops = 40;
  let samples = new Float32Array(0), kept = 0, waves, quiet = quietHops, since = -1, began = 0, heard = [];
  const hop = (window, at) => {
    const [pip, zero, one] = waves.map((wave) => amplitude(window, wave));
    if (since >= 0) {
      heard.push([zero, one]);
      if (++since > lastHop) {
        (remote ? seen.heard : seen.spoken).push([began, second(heard)]);
        since = -1;
      }
    } else if (pip > loud && quiet >= quietHops) {
      since = 1;
      began = at;
      heard = [[zero, one]];
    }
    quiet = Math.max(pip, zero, one) > loud ? 0 : quiet + 1;
  };
  const second = (hops) => {
    let code = 0;
    for (let i = 0; i < 8; i++) {
      const [zero, one] = hops[codeHop + i * symbolHops + symbolHops / 2 - 1];
      if (Math.max(zero, one) < loud) return -1;
      code = code << 1 | (one > zero ? 1 : 0);
    }
    return (code >> 4 ^ 15) === (code & 15) ? code >> 4 : -1;
  };
  return (data, at) => {
    const n = data.numberOfFrames, rate = data.sampleRate, size = Math.round(rate * hopTime / 1000);
    waves = waves || [1000, 1600, 2200].map((f) => wave(f, rate, size));
    if (samples.length < kept + n) samples = Float32Array.from({ length: kept + n }, (_, i) => i < kept ? samples[i] : 0);
    data.copyTo(samples.subarray(kept, kept + n), { planeIndex: 0, format: 'f32-planar' });
    const end = kept + n;
    let from = 0;
    for (; from + size <= end; from += size) hop(samples.subarray(from, from + size), at - (end - from) * 1000 / rate);
    samples.copyWithin(0, from, end);
    kept = end - from;
  };
}

// wave is a window's worth of a frequency, as cosine and sine.
function wave(frequency, rate, size) {
  const turns = Array.from({ length: size }, (_, i) => 2 * Math.PI * frequency * i / rate);
  return { cos: Float32Array.from(turns, Math.cos), sin: Float32Array.from(turns, Math.sin) };
}

function amplitude(window, { cos, sin }) {
  let re = 0, im = 0;
  for (let i = 0; i < window.length; i++) {
    re += window[i] * cos[i];
    im += window[i] * sin[i];
  }
  return 2 * Math.hypot(re, im) / window.length;
}
