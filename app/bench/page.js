// One end of a call between two pages. The bench gives the word over a
// WebSocket and carries the signalling; the page tells what it sent and showed.
//
//	page -> bench   ready | signal | frames and counters, four times a second | a sampled picture (binary) | trouble
//	bench -> page   dial | signal | end
'use strict';

const wall = () => performance.timeOrigin + performance.now();
const sampleEvery = 500; // ms between two pictures kept for their quality
const restartAfter = 1000; // ms without a connection before ICE is restarted

const bench = new WebSocket(`ws://${location.host}/page${location.search}`);
const say = (message) => bench.send(JSON.stringify(message));
const trouble = (error) => say({ type: 'trouble', text: String(error && error.stack || error) });

let media, pc, seen = { sent: [], shown: [], spoken: [], heard: [] };

bench.onopen = () => begin().catch(trouble);
bench.onmessage = (event) => hear(JSON.parse(event.data)).catch(trouble);

async function begin() {
  media = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 30 },
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  for (const track of media.getTracks()) watch(track, false);
  say({ type: 'ready' });
}

async function hear(message) {
  switch (message.type) {
    case 'dial':
      connect();
      for (const track of media.getTracks()) pc.addTrack(track, media);
      preferH264();
      await offer();
      break;
    case 'signal':
      await signalled(message.signal);
      break;
    case 'end':
      clearInterval(reporting);
      await report();
      pc && pc.close();
      say({ type: 'ended' });
  }
}

function connect() {
  pc = new RTCPeerConnection();
  pc.onicecandidate = ({ candidate }) => candidate && say({ type: 'signal', signal: { candidate } });
  pc.ontrack = ({ track, streams }) => {
    watch(track, true);
    if (track.kind === 'audio') document.getElementById('sound').srcObject = streams[0];
  };
  let lost = 0;
  pc.oniceconnectionstatechange = () => {
    clearTimeout(lost);
    const state = pc.iceConnectionState;
    say({ type: 'state', text: state });
    if (dialled && (state === 'disconnected' || state === 'failed')) {
      const again = () => { offer({ iceRestart: true }).catch(trouble); lost = setTimeout(again, 3000); };
      lost = setTimeout(again, state === 'failed' ? 0 : restartAfter);
    }
  };
}

let dialled = false;

async function offer(options) {
  dialled = true;
  await pc.setLocalDescription(await pc.createOffer(options));
  say({ type: 'signal', signal: { description: pc.localDescription } });
}

async function signalled({ description, candidate }) {
  if (candidate) return pc.addIceCandidate(candidate).catch(() => {}); // of an older generation
  if (description.type === 'answer') return pc.setRemoteDescription(description);
  const first = !pc;
  if (first) connect();
  await pc.setRemoteDescription(description);
  if (first) {
    for (const track of media.getTracks()) pc.addTrack(track, media);
    preferH264();
  }
  await pc.setLocalDescription(await pc.createAnswer());
  say({ type: 'signal', signal: { description: pc.localDescription } });
}

// preferH264 leaves no other picture codec, as the other program has it.
function preferH264() {
  const wanted = RTCRtpReceiver.getCapabilities('video').codecs.filter((c) =>
    c.mimeType === 'video/rtx' || c.mimeType === 'video/H264' && /packetization-mode=1/.test(c.sdpFmtpLine) && /profile-level-id=42e0/.test(c.sdpFmtpLine));
  for (const t of pc.getTransceivers()) if (t.sender.track && t.sender.track.kind === 'video') t.setCodecPreferences(wanted);
}

// watch reads a track's pictures or sound where a player would get them.
async function watch(track, remote) {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const look = track.kind === 'video' ? lookAt(remote) : listenTo(remote);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const at = wall();
    try { await look(value, at); } catch (error) { trouble(error); } finally { value.close(); }
  }
}

function lookAt(remote) {
  let buffer = new Uint8Array(0), sampled = 0;
  return async (frame, at) => {
    const { width: w, height: h } = frame.visibleRect;
    const sample = remote && at - sampled >= sampleEvery;
    const top = sample ? 0 : stripTop(h), rows = (h & ~1) - top, wide = w & ~1;
    const size = wide * rows;
    if (buffer.length < 2 * size) buffer = new Uint8Array(2 * size);
    const layout = [{ offset: 0, stride: wide }];
    if (frame.format === 'NV12') layout.push({ offset: size, stride: wide });
    else layout.push({ offset: size, stride: wide / 2 }, { offset: size + size / 4, stride: wide / 2 });
    await frame.copyTo(buffer, { rect: { x: frame.visibleRect.x, y: frame.visibleRect.y + top, width: wide, height: rows }, layout });
    const number = readMark(buffer, wide, h, top);
    if (!remote) { seen.sent.push([at, number, w, h]); return; }
    seen.shown.push([at, number, w, h]);
    if (!sample || number < 0) return;
    sampled = at;
    const message = new Uint8Array(8 + size);
    new DataView(message.buffer).setUint32(0, number);
    new DataView(message.buffer).setUint16(4, wide);
    new DataView(message.buffer).setUint16(6, rows);
    message.set(buffer.subarray(0, size), 8);
    bench.send(message);
  };
}

// report tells what has been seen since the last report, and the counters.
async function report() {
  const message = { type: 'report', at: wall(), ...seen, counters: {} };
  seen = { sent: [], shown: [], spoken: [], heard: [] };
  if (pc) for (const s of (await pc.getStats()).values()) count(message.counters, s);
  say(message);
}

function count(c, s) {
  if (s.type === 'inbound-rtp' && s.kind === 'video') Object.assign(c, {
    videoReceived: s.bytesReceived, decoder: s.decoderImplementation, received: s.framesReceived, decoded: s.framesDecoded,
    freezes: s.freezeCount, frozen: s.totalFreezesDuration, nacks: s.nackCount, plis: s.pliCount });
  if (s.type === 'inbound-rtp' && s.kind === 'audio') Object.assign(c, {
    audioReceived: s.bytesReceived, played: s.totalSamplesReceived, concealed: s.concealedSamples, silent: s.silentConcealedSamples });
  if (s.type === 'outbound-rtp' && s.kind === 'video') Object.assign(c, {
    videoSent: s.bytesSent, encoder: s.encoderImplementation, target: s.targetBitrate, limited: s.qualityLimitationReason, resent: s.retransmittedPacketsSent });
  if (s.type === 'outbound-rtp' && s.kind === 'audio') c.audioSent = s.bytesSent;
}

const reporting = setInterval(() => report().catch(trouble), 250);
