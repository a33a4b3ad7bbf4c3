// Runs inside the page: walks every shadow root and names what breaks the house's rules of touch and text.

/** A finger's at a terminal that stands; a table screen that lies is smaller, and has no less to show. */
const leastTargetPx = innerHeight > innerWidth ? 60 : 44;

interface Audit {
  /** unnamed or too small things that react, clipped texts, horizontal overflow, scripts' leftovers */
  readonly problems: readonly string[];
  readonly controls: number;
  readonly text: string;
}

function* everyElement(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everyElement(element.shadowRoot);
  }
}

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

function nameOf(element: Element): string {
  return (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
}

function auditControl(element: Element): string[] {
  const { width, height } = element.getBoundingClientRect();
  const name = nameOf(element);
  return [
    ...(name === '' ? ['a control without a name'] : []),
    ...(Math.min(width, height) < leastTargetPx - 0.5
      ? [`${name}: ${Math.round(width)} × ${Math.round(height)} px`]
      : []),
    // what is written into a field scrolls with its caret
    ...(element.scrollWidth > element.clientWidth + 1 ||
    (!element.matches('textarea') && element.scrollHeight > element.clientHeight + 2)
      ? [
          `overflowing: ${name} (${element.scrollWidth}, ${element.scrollHeight} > ${element.clientWidth}, ${element.clientHeight})`,
        ]
      : []),
  ];
}

/** The innermost element that a finger at this point would meet. */
function touchedAt(x: number, y: number): Element | null {
  let root: DocumentOrShadowRoot = document;
  for (;;) {
    const element: Element | null = root.elementFromPoint(x, y);
    if (!element?.shadowRoot || element.shadowRoot === root) return element;
    root = element.shadowRoot;
  }
}

function isWithin(element: Element | null, holder: (element: Element) => boolean): boolean {
  for (let at: Element | null = element; at; ) {
    if (holder(at)) return true;
    const root = at.getRootNode();
    at = at.assignedSlot ?? at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return false;
}

/** What lies in a scrolling area may be out of sight; all else must be where a finger can reach it. */
function auditReach(element: Element): string[] {
  if (isWithin(element, (e) => e.matches('[role=region]'))) return [];
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const corners = [
    [left + right, top * 1.9 + bottom * 0.1],
    [left + right, top * 0.1 + bottom * 1.9],
  ] as const;
  const isReached = corners.every(([x, y]) => isWithin(touchedAt(x / 2, y / 2), (e) => e === element));
  return isReached ? [] : [`cut off or covered: ${nameOf(element)}`];
}

function auditText(element: Element): string[] {
  const hasOwnText = [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
  );
  if (!hasOwnText || element instanceof SVGElement) return [];
  const text = element.textContent?.trim().slice(0, 40);
  const box = element.getBoundingClientRect();
  const main = document.querySelector('kiosk-app')?.shadowRoot?.querySelector('main');
  // with what it stands on: a button's shape is cut off before its words are
  const bottom = Math.max(box.bottom, element.parentElement?.getBoundingClientRect().bottom ?? 0);
  const isCutOff =
    main && isWithin(element, (e) => e === main) && bottom > main.getBoundingClientRect().bottom + 1;
  return [
    ...(isCutOff && !isWithin(element, (e) => e.matches('[role=region]')) ? [`cut off below: ${text}`] : []),
    ...(element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
      ? [`clipped: ${text} (${element.scrollWidth} > ${element.clientWidth})`]
      : []),
    // the grid of homes moves sideways, by a finger and by buttons
    ...((box.right > innerWidth + 1 || box.left < -1) &&
    !isWithin(element, (e) => e.localName === 'k-unit-grid')
      ? [`beyond the edge: ${text}`]
      : []),
  ];
}

function audit(): Audit {
  const problems: string[] = [];
  let controls = 0;
  let text = '';
  for (const element of everyElement(document)) {
    if (!isShown(element)) continue;
    if (element.matches('button, a, input, textarea, select, [role=button]')) {
      controls += 1;
      problems.push(...auditControl(element));
      if (!document.querySelector('kiosk-app')?.shadowRoot?.querySelector('k-idle-warning'))
        problems.push(...auditReach(element));
    } else if (element.matches('[tabindex="0"]:not([role=region])')) {
      problems.push(`focusable but no control: ${element.localName}`);
    }
    problems.push(...auditText(element));
    if (!element.shadowRoot && element.childElementCount === 0) text += `${element.textContent} `;
  }
  // the pages of tests ask for less motion
  for (const animation of document.getAnimations())
    problems.push(`U25 moves: ${animation.id || 'an animation'}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth - clientWidth} px too wide`);
  return { problems, controls, text };
}

Object.assign(globalThis, { audit });
