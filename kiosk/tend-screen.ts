// Hours, events and the clock change by themselves: where nobody is at work, the screen follows.
import type { Show } from './screen.ts';

/** @returns looks once; shows it again when it is no longer what was seen at the look before */
export function tendScreen(kiosk: { readonly show: Show; refresh(): void }): () => void {
  let before: string | undefined;
  return () => {
    const { screen, status } = kiosk.show;
    if (screen.kind !== 'attract' && screen.kind !== 'home') return;
    const now = JSON.stringify([screen, { ...status, asOf: null }]);
    const isChanged = before !== undefined && before !== now;
    before = now;
    if (isChanged) kiosk.refresh();
  };
}
