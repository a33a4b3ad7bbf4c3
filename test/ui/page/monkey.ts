// Runs in the page: hands without sense. Taps, double and triple taps, many fingers, palms and drags, from a seed.

interface Hit {
  readonly x: number;
  readonly y: number;
  readonly at: Element;
}

interface Batch {
  readonly seed: number;
  readonly taps: number;
}

/** What hands do, as they are likely to: mostly a tap on a control, sometimes nonsense. */
const gestures = [
  ...Array.from({ length: 10 }, () => tapOn),
  doubleTap,
  tripleTap,
  manyFingers,
  palm,
  dragOff,
  holdAndCancel,
  pressKey,
  pinch,
] as const;

let state = 0;
/** mulberry32 */
function int(below: number): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
}

/** @returns how many taps were made */
async function monkey({ seed, taps }: Batch): Promise<number> {
  state = seed;
  let made = 0;
  while (made < taps) {
    const gesture = gestures[int(gestures.length)] ?? tapOn;
    made += gesture();
    await breath();
  }
  return made;
}

/** Until the answer of a kiosk in the next room has been drawn, or there was nothing to answer. */
async function breath(): Promise<void> {
  const app = document.querySelector('kiosk-app');
  for (let n = 0; n < 6; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!app?.hasAttribute('busy')) return;
  }
}

function controls(root: ParentNode = document): HTMLElement[] {
  const dialog = openDialog(document);
  const within = root === document && dialog ? dialog : root;
  return [...within.querySelectorAll('*')].flatMap((element) => [
    ...(element instanceof HTMLElement && element.matches('button:not(:disabled), textarea, input')
      ? [element]
      : []),
    ...(element.shadowRoot ? controls(element.shadowRoot) : []),
  ]);
}

function openDialog(root: ParentNode): Element | undefined {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches('dialog[open]')) return element;
    const inner = element.shadowRoot && openDialog(element.shadowRoot);
    if (inner) return inner;
  }
  return undefined;
}

/** What a finger there would meet, through all shadow trees. */
function hitAt(x: number, y: number): Hit | undefined {
  let at = document.elementFromPoint(x, y);
  while (at?.shadowRoot) {
    const inner = at.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === at) break;
    at = inner;
  }
  return at ? { x, y, at } : undefined;
}

function anywhere(): Hit | undefined {
  return hitAt(int(innerWidth), int(innerHeight));
}

/** In the middle of a control that can be seen; now and then just anywhere. */
function somewhere(): Hit | undefined {
  if (int(8) === 0) return anywhere();
  const all = controls();
  for (let n = 0; n < 6 && all.length > 0; n += 1) {
    const box = all[int(all.length)]?.getBoundingClientRect();
    if (!box || box.width === 0) continue;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (x >= 0 && y >= 0 && x < innerWidth && y < innerHeight) return hitAt(x, y);
  }
  return anywhere();
}

function finger(kind: string, { x, y, at }: Hit, pointerId = 1): void {
  at.dispatchEvent(
    new PointerEvent(kind, {
      pointerId,
      pointerType: 'touch',
      isPrimary: pointerId === 1,
      clientX: x,
      clientY: y,
      bubbles: true,
      composed: true,
      cancelable: true,
    }),
  );
}

function tapAt(hit: Hit | undefined): number {
  if (!hit) return 1;
  finger('pointerdown', hit);
  finger('pointerup', hit);
  if (hit.at instanceof HTMLElement && hit.at.matches('textarea, input')) hit.at.focus();
  // the event rather than click(): what is covered or disabled has been sorted out by the hit test
  hit.at.dispatchEvent(
    new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1 }),
  );
  return 1;
}

function tapOn(): number {
  return tapAt(somewhere());
}

function doubleTap(): number {
  const hit = somewhere();
  return tapAt(hit) + tapAt(hit);
}

function tripleTap(): number {
  const hit = somewhere();
  return tapAt(hit) + tapAt(hit) + tapAt(hit);
}

/** Up to ten at once, each on a control of its own. */
function manyFingers(): number {
  const hits = Array.from({ length: 2 + int(9) }, somewhere);
  for (const [id, hit] of hits.entries()) if (hit) finger('pointerdown', hit, id + 1);
  return hits.reduce((made, hit) => made + tapAt(hit), 0);
}

/** A hand laid on the glass: many touches, and the browser takes them all back. */
function palm(): number {
  const hits = Array.from({ length: 20 }, anywhere);
  for (const [id, hit] of hits.entries()) if (hit) finger('pointerdown', hit, id + 1);
  for (const [id, hit] of hits.entries()) if (hit) finger('pointercancel', hit, id + 1);
  return hits.length;
}

function dragOff(): number {
  const [from, to] = [somewhere(), anywhere()];
  if (from) finger('pointerdown', from);
  if (to) finger('pointermove', to);
  if (to) finger('pointerup', to);
  return 1;
}

function holdAndCancel(): number {
  const hit = somewhere();
  if (hit) finger('pointerdown', hit);
  if (hit) finger('pointerleave', hit);
  return 1;
}

const keys = ['Tab', 'Escape', 'Enter', 'ArrowDown', 'ArrowLeft', 'Backspace', 'a', '7', 'F5', 'Home'];
function pressKey(): number {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const key = keys[int(keys.length)] ?? 'Tab';
  const init = { key, code: key, bubbles: true, composed: true, cancelable: true };
  (at ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
  (at ?? document.body).dispatchEvent(new KeyboardEvent('keyup', init));
  return 1;
}

function pinch(): number {
  const hit = anywhere();
  hit?.at.dispatchEvent(
    new WheelEvent('wheel', { ctrlKey: true, deltaY: int(400) - 200, bubbles: true, composed: true }),
  );
  return 1;
}

Object.assign(globalThis, { monkey });
