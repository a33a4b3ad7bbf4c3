// Starts the kiosk page and closes the ways out of it.
// the socket comes first: its handshake runs while the rest is evaluated
import './first-socket.ts';

import './kiosk-app.ts';

for (const way of ['contextmenu', 'dragstart', 'dragover', 'drop', 'selectstart'] as const) {
  addEventListener(way, (event) => {
    const [target] = event.composedPath();
    if (!(target instanceof HTMLTextAreaElement)) event.preventDefault();
  });
}
// two fingers are no gesture here; Ctrl+wheel is how a pinch arrives
addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false });
// who travels by keys fetches it with the first one
let travel: typeof import('./key-travel.ts').travelByKeys | undefined;
addEventListener('keydown', (event) => {
  // where reading goes on is marked for them; a finger knows where it is
  document.documentElement.toggleAttribute('data-keys', true);
  const app = document.querySelector('kiosk-app');
  if (!app) return;
  if (travel) travel(app, event);
  else
    import('./key-travel.ts').then(
      ({ travelByKeys }) => {
        travel = travelByKeys;
        travel(app, event);
      },
      () => undefined,
    );
});
addEventListener('pointerdown', () => document.documentElement.removeAttribute('data-keys'), {
  capture: true,
});
// a browser's own commands: print, save, find, a new window, back; a reader's line feed is Ctrl+J
addEventListener('keydown', (event) => {
  const isCommand = event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key);
  if (isCommand && !event.getModifierState('AltGraph')) event.preventDefault();
});
