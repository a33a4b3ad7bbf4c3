// Power cuts while releases come, in small: `npm run proof -- --only release` pulls the plug some hundred times.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cutPowerDuringReleases } from './release-cuts.ts';
import { updateInPlace } from './update-in-place.ts';

const seed = 20_261_122;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'yingbin-cuts-test-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

it(`S23 S19 S20 S22 the power goes at any moment while releases come: none is torn, nobody bricked, no fact lost (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  const tally = await cutPowerDuringReleases(folder(), 15, seed);
  const none = { bricked: 0, torn: 0, identitiesLost: 0, factsLost: 0, mistaken: 0 };
  expect(tally, tally.notes.join('\n')).toMatchObject({ cuts: 15, ...none });
});

it('S23 an updater that writes over the release that serves leaves torn ones', {
  timeout: 120_000,
}, async () => {
  expect(await updateInPlace(folder(), { tries: 30, seed })).toBeGreaterThan(0);
});
