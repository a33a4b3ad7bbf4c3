// Runs inside the page: makes every label two fifths longer, as another language might, and takes it back.

const mostLetters = 50;
const before = new Map<Text, string>();

function* texts(root: Node): Generator<Text> {
  for (const node of root.childNodes) {
    if (node instanceof Text) yield node;
    else yield* texts(node);
    if (node instanceof Element && node.shadowRoot) yield* texts(node.shadowRoot);
  }
}

/** Figures, single keys, names of tongues and drawings are the same in every language. */
function isLabel(node: Text): boolean {
  const holder = node.parentElement;
  const text = node.data.trim();
  if (!holder || holder.closest('style, script, svg, code')) return false;
  const root = node.getRootNode();
  if (root instanceof ShadowRoot && root.host.localName === 'k-languages') return false;
  // what headquarters writes at the greatest length that it may is no label
  if (text.length > mostLetters) return false;
  return /\p{L}{2}/u.test(text) && !/\d/u.test(text);
}

function lengthen(): void {
  for (const node of texts(document)) {
    if (!isLabel(node)) continue;
    const text = node.data.trim();
    before.set(node, node.data);
    const more = text.slice(0, Math.ceil(text.length * 0.4)).trim();
    const gap = /[a-z]/iu.test(text) ? ' ' : '';
    node.data = `${node.data.trimEnd()}${gap}${more}`;
  }
}

function shorten(): void {
  for (const [node, data] of before) node.data = data;
  before.clear();
}

Object.assign(globalThis, { lengthen, shorten });
