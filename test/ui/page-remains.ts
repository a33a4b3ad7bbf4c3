// What of a person can still be found in a page: its trees and fields, storages, history, and all that its heap reaches.
import type { CDPSession, Page } from 'playwright-core';

/** One line for each word that is still somewhere, saying where; of the heap also what holds it. */
export async function remainsIn(page: Page, words: readonly string[]): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    return [
      ...found('page', await everythingInPage(page), words),
      ...found('cookies', JSON.stringify(await page.context().cookies()), words),
      ...found('history', JSON.stringify(await session.send('Page.getNavigationHistory')), words),
      ...heldInHeap(await takeSnapshot(session), words),
    ];
  } finally {
    await session.detach();
  }
}

function found(where: string, text: string, words: readonly string[]): string[] {
  return words.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`);
}

/** Shadow trees, attributes, values of fields, storages and titles. */
export function everythingInPage(page: Page): Promise<string> {
  return page.evaluate(`(async () => {
    const seen = [];
    const walk = (node) => {
      if (node.nodeType === 3) seen.push(node.data);
      if (node.attributes) for (const { name, value } of node.attributes) seen.push(name + '=' + value);
      if ('value' in node && typeof node.value === 'string') seen.push(node.value);
      if (node.shadowRoot) walk(node.shadowRoot);
      for (const child of node.childNodes) walk(child);
    };
    walk(document);
    const kept = await Promise.all([caches.keys(), indexedDB.databases()]);
    return [...seen, JSON.stringify(kept), JSON.stringify(localStorage), JSON.stringify(sessionStorage),
      JSON.stringify(history.state), location.href, document.title, document.cookie].join('\\n');
  })()`);
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** What nothing refers to any longer is collected first: a snapshot holds what can be reached. */
async function takeSnapshot(session: CDPSession): Promise<Snapshot> {
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  return JSON.parse(chunks.join('')) as Snapshot;
}

/** Where in its source a scope begins, and the port of the page: four digits of one may be a PIN's by chance. */
const engineNumbers = /\bscope @\d+|\b127\.0\.0\.1:\d+/g;

function heldInHeap(snapshot: Snapshot, words: readonly string[]): string[] {
  const wanted = new Map<number, string>();
  for (const [at, text] of snapshot.strings.entries()) {
    const like = words.filter((each) => text.includes(each));
    if (like.length === 0) continue;
    const kept = text.replace(engineNumbers, '');
    const word = like.find((each) => kept.includes(each));
    if (word !== undefined) wanted.set(at, word);
  }
  if (wanted.size === 0) return [];
  const { node_fields: fields } = snapshot.snapshot.meta;
  const [width, nameAt] = [fields.length, fields.indexOf('name')];
  const holders = new Map<number, string>();
  for (let node = 0; node < snapshot.nodes.length; node += width) {
    const word = wanted.get(snapshot.nodes[node + nameAt] ?? -1);
    if (word !== undefined) holders.set(node, word);
  }
  const paths = pathsTo(snapshot, new Set(holders.keys()));
  return [...holders].flatMap(([node, word]) => {
    const path = paths.get(node);
    // where in its source a function begins is a number too, and nobody's PIN
    return path === undefined || path.endsWith('int.value') ? [] : [`heap: ${word} by ${path}`];
  });
}

/** What looks for buttons and texts in the page on the test's behalf, and keeps some: no page of ours leads through it. */
const searchers: ReadonlySet<string | undefined> = new Set(['InjectedScript', 'UtilityScript']);

/** The shortest way from the root to each of these nodes, by the names of what leads there; weak ways hold nothing. */
function pathsTo(
  { snapshot: { meta }, nodes, edges, strings }: Snapshot,
  targets: ReadonlySet<number>,
): Map<number, string> {
  const nodeWidth = meta.node_fields.length;
  const edgeWidth = meta.edge_fields.length;
  const edgeCountAt = meta.node_fields.indexOf('edge_count');
  const nameAt = meta.node_fields.indexOf('name');
  const [edgeTypes] = meta.edge_types;
  const firstEdge = new Map<number, number>();
  for (let node = 0, edge = 0; node < nodes.length; node += nodeWidth) {
    firstEdge.set(node, edge);
    edge += (nodes[node + edgeCountAt] ?? 0) * edgeWidth;
  }
  const cameBy = new Map<number, readonly [from: number, how: string]>([[0, [-1, '']]]);
  const queue = [0];
  for (const node of queue) {
    if (searchers.has(strings[nodes[node + nameAt] ?? 0])) continue;
    const first = firstEdge.get(node) ?? 0;
    const end = first + (nodes[node + edgeCountAt] ?? 0) * edgeWidth;
    for (let edge = first; edge < end; edge += edgeWidth) {
      const [type = 0, name = 0, to = 0] = edges.slice(edge, edge + 3);
      const kind = edgeTypes[type] ?? '';
      if (kind === 'weak' || cameBy.has(to)) continue;
      const how = kind === 'element' || kind === 'hidden' ? `[${name}]` : (strings[name] ?? '');
      cameBy.set(to, [node, how]);
      queue.push(to);
    }
  }
  const pathOf = (node: number): string => {
    const steps: string[] = [];
    for (let at = node; steps.length < 14; ) {
      const [from, how] = cameBy.get(at) ?? [-1, ''];
      if (from < 0) break;
      steps.unshift(`${(strings[nodes[from + nameAt] ?? 0] ?? '').slice(0, 40)}.${how}`);
      at = from;
    }
    return steps.join(' → ');
  };
  return new Map([...targets].filter((node) => cameBy.has(node)).map((node) => [node, pathOf(node)]));
}
