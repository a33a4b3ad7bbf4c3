// F10: a write or a sync of the terminal's store fails while it serves.
import { describe, expect, it } from 'vitest';
import { breakDisk, callsOfOpening } from './broken-disk.ts';

const opening = await callsOfOpening();
const options = { seed: 20_260_305, steps: 40 };

describe('F10 a disk that fails', () => {
  it.each([
    { call: 'fsync', error: 'EIO', when: opening.fsync + 15 },
    { call: 'pwrite64', error: 'EIO', when: opening.pwrite64 + 30 },
    // what the kernel could not write back for want of room is lost as well
    { call: 'fsync', error: 'ENOSPC', when: opening.fsync + 10 },
  ] as const)('OB16 ends the program with nothing more confirmed: $call $when $error', async (fault) => {
    expect(await breakDisk('terminal-writer', fault, options)).toMatchObject({
      isHit: true,
      exitCode: 70,
      confirmedAfter: 0,
      lost: 0,
      faults: [],
    });
  });

  it('OB16 does not begin on a folder that cannot be synced', async () => {
    const result = await breakDisk('terminal-writer', { call: 'fsync', error: 'EIO', when: 1 }, options);
    expect(result).toMatchObject({ isHit: true, exitCode: 70, accepted: 0, lost: 0 });
  });

  it('refuses what does not fit, and goes on when there is room again', async () => {
    const result = await breakDisk(
      'terminal-writer',
      { call: 'pwrite64', error: 'ENOSPC', when: opening.pwrite64 + 30 },
      options,
    );
    expect(result).toMatchObject({ isHit: true, exitCode: 0, lost: 0, faults: [] });
    expect(result.confirmedAfter).toBeGreaterThan(0);
  });

  it('is seen to confirm what may be lost by who goes on regardless', async () => {
    const control = await breakDisk('stubborn-writer', { call: 'fsync', error: 'EIO', when: 20 }, options);
    expect(control.confirmedAfter).toBeGreaterThan(0);
  });
});
