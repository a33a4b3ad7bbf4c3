// Runs before the page: says `painted(revision)` when the element that carries a new `revision` has been painted.

declare function painted(revision: string): void;

let last: string | null = null;

new MutationObserver(() => {
  const revision = document.querySelector('[revision]')?.getAttribute('revision') ?? null;
  if (revision === null || revision === last) return;
  last = revision;
  // the second frame starts when the first one is on its way to the glass
  requestAnimationFrame(() => requestAnimationFrame(() => painted(revision)));
}).observe(document, { subtree: true, childList: true, attributeFilter: ['revision'] });
