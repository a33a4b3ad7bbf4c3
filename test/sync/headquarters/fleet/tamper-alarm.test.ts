// IT is told that a case was opened: once, in both languages, with the site, whatever comes again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';
import { bringDevices } from './fleet-devices.ts';

const tampered = (seq: number, open: boolean) => fact(seq, { kind: 'panel-tampered', body: { open } });

describe.each(storeKinds)('a case that is opened, on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    await bringDevices(world, [{ id: 'hall-1', site: 'riverside' }]);
  });
  afterEach(() => world.remove());

  it('S53 is told to IT with the fact itself, and its closing too, each once', async () => {
    const facts = [tampered(1, true), tampered(2, false)];
    await send(world, facts);
    await send(world, facts);
    // a terminal that nobody wrote down is told of as well
    await send(world, [tampered(1, true)], 'hall-9');
    const rows = await world.store.db
      .selectFrom('notice')
      .select(['to_kind', 'to_whom', 'about', 'subject', 'text'])
      .where('key', 'like', 'panel-tampered/%')
      .execute();
    const told = rows.map(({ subject, text, ...row }) => ({
      ...row,
      subject: JSON.parse(subject).en,
      isSited: text.includes('riverside'),
    }));
    const to = { to_kind: 'role', to_whom: 'it' };
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        { ...to, about: 'hall-1', subject: 'The case of hall-1 was opened', isSited: true },
        { ...to, about: 'hall-1', subject: 'The case of hall-1 is shut again', isSited: true },
        { ...to, about: 'hall-9', subject: 'The case of hall-9 was opened', isSited: false },
      ]),
    );
  });
});
