// Watches what is being tried: the gate that it must pass, the probation of a release, and when it is given up.
import type { GateFault } from './health-gate.ts';

export interface TrialLimits {
  /** within this a new set-up or release must serve as well as the one before */
  readonly gateMs: number;
  /** a release must go on doing so for this long */
  readonly probationMs: number;
  /** and may fail to for this long meanwhile */
  readonly lapseMs: number;
  /** runs that end by themselves while something is tried */
  readonly crashes: number;
  /** starts of the keeper itself meanwhile: power cuts, or its own end */
  readonly starts: number;
}

export const usualTrialLimits: TrialLimits = {
  gateMs: 30_000,
  probationMs: 600_000,
  lapseMs: 60_000,
  crashes: 3,
  starts: 3,
};

const probationLookMs = 5_000;

export type Verdict =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'proven' }
  | { readonly kind: 'failed'; readonly fault: { readonly code: string; readonly path: string | null } };

const goOn: Verdict = { kind: 'go-on' };

export class TrialWatch {
  readonly #limits: TrialLimits;
  readonly #hasProbation: boolean;
  readonly #gateEndsAtMs: number;
  #passedAtMs: number | null = null;
  #lapsedAtMs: number | null = null;
  #lookAtMs = 0;
  #crashes = 0;

  /** @param isRelease another release is on probation after the gate; another set-up is not */
  constructor(
    limits: TrialLimits,
    { isRelease, nowMs }: { readonly isRelease: boolean; readonly nowMs: number },
  ) {
    this.#limits = limits;
    this.#hasProbation = isRelease;
    this.#gateEndsAtMs = nowMs + limits.gateMs;
  }

  /** A run ended by itself, and nobody told it to. */
  noteCrash(): void {
    this.#crashes += 1;
  }

  /** It said that it serves, and then nothing any more: it would hang again. */
  noteHang(): void {
    this.#crashes = this.#limits.crashes;
  }

  /** @param look how it is now; asked only when it is time to */
  async judge(nowMs: number, look: () => Promise<GateFault | null>): Promise<Verdict> {
    const { crashes, probationMs, lapseMs } = this.#limits;
    if (this.#crashes >= crashes) return { kind: 'failed', fault: { code: 'kiosk-crashed', path: null } };
    if (nowMs < this.#lookAtMs) return goOn;
    const fault = await look();
    if (this.#passedAtMs === null) {
      if (fault) return nowMs < this.#gateEndsAtMs ? goOn : { kind: 'failed', fault };
      this.#passedAtMs = nowMs;
      if (!this.#hasProbation) return { kind: 'proven' };
    }
    this.#lookAtMs = nowMs + Math.min(probationLookMs, probationMs / 10);
    this.#lapsedAtMs = fault ? (this.#lapsedAtMs ?? nowMs) : null;
    if (fault) return nowMs - (this.#lapsedAtMs ?? nowMs) >= lapseMs ? { kind: 'failed', fault } : goOn;
    return nowMs - this.#passedAtMs >= probationMs ? { kind: 'proven' } : goOn;
  }
}
