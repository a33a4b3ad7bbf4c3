// What a keeper tells its terminal of what headquarters wants: how far it is, said when that changes.
import type { UpdateStep } from '../kiosk/keeper-line.ts';
import type { KioskRun } from './kiosk-child.ts';

export class UpdateNews {
  /** 0–1 of what is fetched now; null = nothing is */
  #share: number | null = null;
  #told = '';
  #toldTo: KioskRun | null = null;

  /** @param share 0–1 of the bundle that is on disk; 1 = it is unpacked and checked now */
  noteFetched(share: number): void {
    this.#share = share;
  }

  /** To be called again and again. @param run null = there is nobody to tell */
  tell(
    run: KioskRun | null,
    { isTrying, isPreparing }: Readonly<Record<'isTrying' | 'isPreparing', boolean>>,
  ): void {
    if (!isPreparing) this.#share = null;
    const step = isTrying ? trying : this.#step();
    const said = JSON.stringify(step);
    // one that has just started knows nothing
    const isKnown = run === this.#toldTo ? said === this.#told : step.kind === 'none';
    this.#toldTo = run;
    this.#told = said;
    if (!isKnown) run?.tell({ kind: 'update', step });
  }

  #step(): UpdateStep {
    if (this.#share === null) return { kind: 'none' };
    if (this.#share >= 1) return { kind: 'checking' };
    return { kind: 'fetching', percent: Math.floor(this.#share * 100) };
  }
}

const trying: UpdateStep = { kind: 'trying' };
