// S12 S54: one identity on two machines is noticed with the first word of the second, or when the first comes back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import { blankDevice, enrol, pairOf, renew } from '../../../simulators/blank-device.ts';
import { storeKinds } from '../store-kinds.ts';
import { it as itActor, openTestDoor, type TestDoor } from './test-door.ts';

const h01 = 'h01' as TerminalId;

describe.each(storeKinds)('the clone watch on %s', (kind) => {
  let at: TestDoor;
  let pair: ReturnType<typeof pairOf>;
  beforeEach(async () => {
    at = await openTestDoor({ kind });
    const device = await blankDevice('board-1');
    const [claim] = await at.claimsFor('h01');
    pair = pairOf(await enrol(at, device, claim ?? null), device.privateKey);
  });
  afterEach(() => at.close());
  const come = (serial: string | undefined, boot: string | undefined, isRetained = false) =>
    at.world.fleet.receivePresence(
      h01,
      encodeFrame({ v: 1, online: true, version: '1', at: null, waiting: 0, serial, boot }),
      isRetained,
    );
  const state = async () => (await at.world.devices.show('h01'))?.state;
  const notices = async () =>
    (await at.world.store.db.selectFrom('notice').select(['to_whom', 'about']).execute()).map(
      ({ to_whom, about }) => `${to_whom} ${about}`,
    );

  it('S54 puts a copied card on another board aside at its first word, tells IT, and refuses its certificate', async () => {
    await come('board-1', 'boot-1');
    await come('board-1', 'boot-2');
    expect(await state()).toBe('enrolled');
    await come('board-9', 'boot-3');
    expect(await state()).toBe('quarantined');
    expect(await notices()).toEqual(['it h01']);
    expect((await renew(at, pair)).answer).toMatchObject({ code: 'terminal-revoked' });
    const [line] = await at.world.audit.list({ limit: 1, about: 'h01' });
    expect(line).toMatchObject({
      actor: 'clone-watch',
      what: 'terminal-quarantined',
      detail: { why: 'other-board' },
    });
    // said again by both, and still one alarm
    await come('board-1', 'boot-2');
    await come('board-9', 'boot-3');
    expect(await notices()).toHaveLength(1);
  });

  it('S12 notices two starts that take turns, and not a machine that starts again and again', async () => {
    for (let boot = 1; boot <= 40; boot += 1) {
      await come('board-1', `boot-${boot}`);
      await come('board-1', `boot-${boot}`);
    }
    expect(await state()).toBe('enrolled');
    await come('board-1', 'boot-39');
    expect(await state()).toBe('quarantined');
    expect(await at.world.devices.release(itActor, h01)).toBe('done');
    await come('board-1', 'boot-39');
    expect(await state()).toBe('enrolled');
  });

  it('S12 remembers over a restart, and believes no word that the broker kept', async () => {
    await come('board-1', 'boot-1');
    await come('board-9', 'boot-0', true);
    await come('board-1', 'boot-2');
    const { CloneWatch } = await import('../../../../sync/headquarters/fleet/clone-watch.ts');
    const fresh = new CloneWatch(at.world);
    await fresh.noteBirth(h01, { serial: 'board-1', boot: 'boot-2' });
    expect(await state()).toBe('enrolled');
    await fresh.noteBirth(h01, { serial: 'board-1', boot: 'boot-1' });
    expect(await state()).toBe('quarantined');
  });

  it('S12 believes a terminal that says in its next word that somebody else came under its name', async () => {
    const comeWith = (takenOver: number | undefined, certificate: string | undefined) =>
      at.world.fleet.receivePresence(
        h01,
        encodeFrame({
          ...{ v: 1, online: true, version: '1', at: null, waiting: 0 },
          ...{ serial: 'board-1', boot: 'boot-1', certificate, takenOver },
        }),
        false,
      );
    const serial = (await at.world.devices.show('h01'))?.certificates[0]?.serial;
    await comeWith(undefined, serial);
    // controls: nobody came; one that shows no certificate may be anybody
    await comeWith(0, serial);
    await comeWith(2, undefined);
    expect(await state()).toBe('enrolled');
    await comeWith(2, serial);
    expect(await state()).toBe('quarantined');
    const [line] = await at.world.audit.list({ limit: 1, about: 'h01' });
    expect(line).toMatchObject({ actor: 'clone-watch', detail: { why: 'taken-over' } });
    expect(await notices()).toEqual(['it h01']);
  });

  it('accuses no terminal that does not say what it is, and none that is not enrolled', async () => {
    for (const [serial, boot] of [
      [undefined, undefined],
      ['', ''],
      ['board-1', undefined],
      [undefined, 'boot-1'],
    ] as const)
      await come(serial, boot);
    expect(await state()).toBe('enrolled');
    await at.world.cloneWatch.noteBirth('unknown' as TerminalId, { serial: 'board-9', boot: 'boot-9' });
    await at.world.devices.retire(itActor, h01);
    await come('board-9', 'boot-9');
    expect(await state()).toBe('retired');
    expect(await notices()).toEqual([]);
  });
});
