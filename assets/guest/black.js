// A black picture, for a camera that is off, and as the last one of a screen:
// of 16 by 16 it says that the sharing is over, as the program does.
const every = 500; // ms; a still picture has to be repeated to be sent at all

let shared;

// black is one track for as long as the page lives.
export function black() {
  if (!shared || shared.readyState === 'ended') shared = draw(320, 180);
  return shared;
}

// screenEnd is a track of its own, to be stopped.
export const screenEnd = () => draw(16, 16);

function draw(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const paper = canvas.getContext('2d', { alpha: false });
  const paint = () => paper.fillRect(0, 0, width, height);
  paint();
  const [track] = canvas.captureStream(10).getVideoTracks();
  const timer = setInterval(() => track.readyState === 'ended' ? clearInterval(timer) : paint(), width < 32 ? 50 : every);
  return track;
}
