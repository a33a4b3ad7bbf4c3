// S10 S11 The proof of a revocation, short: a real mosquitto and the embedded broker, and the control that must lose.
import { expect, it } from 'vitest';
import { proveRevoke } from './revoke-proof.ts';

it('S10 S11 a stolen terminal is cut off, nothing of it is taken after; disabling it would not have done; a list that ran out locks nobody out', async () => {
  const { ok, figures, headline } = await proveRevoke({ rounds: 1 });
  expect(figures, headline).toMatchObject({ after: 0, taken: 0, entries: 0 });
  expect(figures['control']).not.toEqual({ after: 0 });
  expect(ok, headline).toBe(true);
}, 300_000);
