// F9: a terminal's store on a disk that is full to the last block, or to one of the blocks before it.
import { afterAll, describe, expect, it } from 'vitest';
import { blockBytes, fillDisk, mountSmallDisk } from './full-disk.ts';

/** Only root may mount; elsewhere a trigger of the database stands in (test/kiosk/hard-times.test.ts). */
const disk = mountSmallDisk();
afterAll(() => disk?.remove());

describe.skipIf(!disk)('F9 a disk that fills', () => {
  it.each([0, 1, 2, 3, 5, 8, 13])(
    'OB11 loses nothing that was accepted, takes acks, and facts again when there is room: %i blocks left',
    (blocks) => {
      const result = fillDisk(disk?.folder ?? '', blocks * blockBytes);
      expect(result).toMatchObject({ lost: 0, isAckTaken: true, isBack: true });
      expect(result.refused).toBeGreaterThan(0);
    },
  );

  it('cannot forget what headquarters has when nothing was reserved', () => {
    expect(fillDisk(disk?.folder ?? '', 0, false)).toMatchObject({
      lost: 0,
      isAckTaken: false,
      isBack: true,
    });
  });
});
