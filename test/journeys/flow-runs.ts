// Runs journeys in few combinations of tongue, size of text and shape, so that each two of these meet.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tongues } from '../../kiosk/screen.ts';
import { openBrowser } from '../ui/kiosk-page.ts';
import { FlowHands, type Mode } from './flow-hands.ts';

export type Flow = (hands: FlowHands) => Promise<void>;

const texts = ['normal', 'large'] as const;
const allShapes = ['portrait', 'landscape'] as const;

/** @returns three modes: every tongue, and both sizes of text and both shapes; over four neighbours all of them meet */
export function modesOf(n: number): readonly Mode[] {
  const normal = (3 - (n % 3)) % 3;
  const wide = n % 2 === 0 ? (normal + 1) % 3 : normal;
  return tongues.map((tongue, at) => ({
    tongue,
    text: at === normal ? 'normal' : 'large',
    shape: at === wide ? 'landscape' : 'portrait',
  }));
}

/** @param flows by name; each begins at the waiting screen, and what it left is looked for afterwards */
export function describeFlows(flows: Readonly<Record<string, Flow>>): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('meets each two of journey, tongue, text and shape', () => {
    const modes = Object.keys(flows).flatMap((_, n) => modesOf(n));
    const pairs = [
      ...tongues.flatMap((tongue) => [
        ...texts.map((text) => modes.some((mode) => mode.tongue === tongue && mode.text === text)),
        ...allShapes.map((shape) => modes.some((mode) => mode.tongue === tongue && mode.shape === shape)),
      ]),
      ...texts.flatMap((text) =>
        allShapes.map((shape) => modes.some((mode) => mode.text === text && mode.shape === shape)),
      ),
    ];
    expect(pairs).not.toContain(false);
  });

  describe.each(Object.entries(flows).map(([name, flow], n) => ({ name, flow, modes: modesOf(n) })))(
    '$name',
    ({ flow, modes }) => {
      it.each(modes)(
        'U03 U15 U20 F2 F3 in $tongue, $text text, $shape',
        async (mode) => {
          const hands = await FlowHands.begin(browser, mode);
          try {
            await flow(hands);
            await hands.end();
          } finally {
            await hands.close();
          }
        },
        60_000,
      );
    },
  );
}
