// Small helps with the page.
export const $ = (id) => document.getElementById(id);

// make builds an element: make('p', { className: 'x' }, 'text', child).
export function make(tag, properties = {}, ...children) {
  const e = Object.assign(document.createElement(tag), properties);
  e.append(...children);
  return e;
}

export function symbol(button, name) {
  button.querySelector('use').setAttribute('href', `/guest/icons.svg#${name}`);
}

// show puts tracks on a video; the same ones again change nothing.
export function show(video, ...tracks) {
  const wanted = tracks.filter(Boolean), has = video.srcObject?.getTracks() || [];
  if (wanted.length === has.length && wanted.every((t) => has.includes(t))) return;
  video.srcObject = wanted.length ? new MediaStream(wanted) : null;
  return video.srcObject && video.play();
}
