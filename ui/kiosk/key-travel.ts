// By keys alone: arrows go to the nearest control, Escape goes back, digits reach the pad that is shown.
// Tab, Enter and Space are the browser's own.
import { type Key, KeyEvent } from '../elements/k-keypad.ts';

const arrows = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as const;
type Way = (typeof arrows)[keyof typeof arrows];

const controls = 'button:not(:disabled), input, textarea';

/** @param app the page's own element: all that can be reached is in it */
export function travelByKeys(app: Element, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const active = activeElement();
  const isWriting = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
  const way = wayOf(event.key);
  // a region is scrolled by them; what is written in has a caret
  if (way && !isWriting && !active?.matches('[role=region]')) {
    if (travel(scopeIn(app), active, way)) event.preventDefault();
  } else if (event.key === 'Escape') goBack(app);
  else if (!isWriting && !app.hasAttribute('wedge')) typeOnPad(app, active, event);
}

function wayOf(key: string): Way | undefined {
  return Object.entries(arrows).find(([name]) => name === key)?.[1];
}

/** What is open above the rest holds the focus. */
function scopeIn(app: Element): Element {
  return every(app, 'dialog[open]')[0] ?? every(app, ':popover-open')[0] ?? app;
}

/** @returns whether there is anything that way */
function travel(scope: Element, active: Element | null, way: Way): boolean {
  const all = every(scope, controls);
  const from = all.find((control) => control === active)?.getBoundingClientRect();
  const target = from ? nearest(from, all, way) : all[0];
  if (!(target instanceof HTMLElement)) return false;
  target.focus();
  return true;
}

/** The least far in that direction; what lies aside counts thrice, so that a row or a column is kept. */
function nearest(from: DOMRect, all: readonly Element[], way: Way): Element | undefined {
  let best: Element | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const control of all) {
    const to = control.getBoundingClientRect();
    const ahead = aheadOf(from, to, way);
    if (ahead < 1) continue;
    const isUpright = way === 'up' || way === 'down';
    const aside = isUpright
      ? Math.max(0, to.left - from.right, from.left - to.right)
      : Math.max(0, to.top - from.bottom, from.top - to.bottom);
    const offCentre = isUpright ? Math.abs(to.left - from.left) : Math.abs(to.top - from.top);
    const distance = ahead + 3 * aside + offCentre / 100;
    if (distance < least) {
      least = distance;
      best = control;
    }
  }
  return best;
}

/** CSS px between the middles, along that way; negative = behind */
function aheadOf(from: DOMRect, to: DOMRect, way: Way): number {
  const x = (to.left + to.right - from.left - from.right) / 2;
  const y = (to.top + to.bottom - from.top - from.bottom) / 2;
  switch (way) {
    case 'up':
      return to.bottom <= from.top + from.height / 2 ? -y : 0;
    case 'down':
      return to.top >= from.bottom - from.height / 2 ? y : 0;
    case 'left':
      return to.right <= from.left + from.width / 2 ? -x : 0;
    case 'right':
      return to.left >= from.right - from.width / 2 ? x : 0;
  }
}

/** What is open closes itself; else one screen back. */
function goBack(app: Element): void {
  if (scopeIn(app) !== app || every(app, 'k-manner').length > 0) return;
  const back = every(app, 'button.back')[0];
  if (back instanceof HTMLElement) back.click();
}

/** Not where a reader types into the page: its digits are a card's. */
function typeOnPad(app: Element, active: Element | null, event: KeyboardEvent): void {
  const pad = every(scopeIn(app), 'k-keypad')[0];
  if (!pad || pad.hasAttribute('disabled')) return;
  const key = padKeyOf(event.key);
  if (key) pad.dispatchEvent(new KeyEvent(key));
  else if (event.key === 'Enter' && !active?.matches('button')) {
    const confirm = pad.parentElement?.querySelector<HTMLElement>('button.primary:not(:disabled)');
    confirm?.click();
  } else return;
  event.preventDefault();
}

function padKeyOf(key: string): Key | undefined {
  if (key === 'Backspace') return 'erase';
  if (key === 'Delete') return 'clear';
  return /^\d$/.test(key) ? (key as Key) : undefined;
}

function activeElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** In the order of reading, through every shadow root; only what is seen. */
function every(root: Element, selector: string): Element[] {
  const found: Element[] = [];
  const walk = (node: ParentNode): void => {
    for (const element of node.children) {
      if (element.matches(selector) && element.checkVisibility({ visibilityProperty: true }))
        found.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
      walk(element);
    }
  };
  if (root.shadowRoot) walk(root.shadowRoot);
  walk(root);
  return found;
}
