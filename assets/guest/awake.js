// A phone that puts its screen out in a call would end the picture with it.
let lock = null, wanted = false;

export async function awake(on) {
  wanted = on;
  if (!on) {
    lock?.release();
    lock = null;
  } else if (navigator.wakeLock && document.visibilityState === 'visible') {
    lock = await navigator.wakeLock.request('screen').catch(() => null); // a low battery may refuse
  }
}

document.addEventListener('visibilitychange', () => { if (wanted) awake(true); });
