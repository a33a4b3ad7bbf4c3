// A fleet that goes by a few bits of a card refuses members whose cards it could not tell apart.
import { afterEach, describe, expect, it } from 'vitest';
import { type CardWidth, cardToken } from '../../../sync/contract/card-token.ts';
import { parseHeadquartersConfig } from '../../../sync/headquarters/config.ts';
import { type DeveloperFile, parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import { smallDeveloper } from './small-developer.ts';
import { storeKinds } from './store-kinds.ts';
import { fleetKey, makeWorld, type World } from './world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.remove();
  world = undefined;
});

const withCards = (...numbers: readonly string[]): DeveloperFile => {
  const file = smallDeveloper();
  numbers.forEach((number, row) => {
    const [card] = file.members[row]?.cards ?? [];
    if (card) card.number = number;
  });
  return file;
};
const bring = (file: DeveloperFile, cardWidth: CardWidth) =>
  importDeveloper({ ...(world as World), fleetKey, cardWidth }, parseDeveloper(file, 'world.json'));
const tokens = () => (world as World).store.db.selectFrom('card').select(['token', 'member']).execute();

describe.each(storeKinds)('cards of an import on %s', (kind) => {
  it('C29 two members whose cards agree in the fleet’s bits are refused, and nothing has changed', async () => {
    world = await makeWorld(undefined, kind);
    const before = await tokens();
    const twins = withCards('01026F6C3A', '0103006C3A', '99776F6C3A');
    await expect(bring(twins, 24)).rejects.toMatchObject({
      code: 'hq-import-card-clash',
      message: expect.stringMatching(/^members\.2\.cards\.0\.number .*members\.0\.cards\.0\.number/),
    });
    await expect(bring(twins, 24)).rejects.not.toThrow(/6F6C3A/);
    expect(await tokens()).toEqual(before);
    await bring(twins, 32);
    expect(await tokens()).toContainEqual({
      token: cardToken(fleetKey, 'em4100', '99776F6C3A', 32),
      member: 'm3',
    });
  });

  it('C29 a card that agrees with one of an earlier import is refused; its own member may be brought in again', async () => {
    world = await makeWorld(undefined, kind);
    await bring(withCards('01026F6C3A'), 24);
    const again = withCards('01026F6C3A');
    await bring(again, 24);
    const later = smallDeveloper();
    later.members = later.members.slice(1);
    later.rosters = later.rosters.slice(1);
    const [first] = later.members;
    if (first?.cards[0]) first.cards[0].number = '77776F6C3A';
    await expect(bring(later, 24)).rejects.toMatchObject({
      code: 'hq-import-card-clash',
      message: expect.stringContaining('one of member m1'),
    });
    await bring(later, 'all');
  });

  it('a number with fewer digits than the fleet goes by is refused', async () => {
    world = await makeWorld(undefined, kind);
    await expect(bring(withCards('6F6C3A'), 'all')).rejects.toMatchObject({ code: 'hq-import-card-narrow' });
    await expect(bring(withCards('6F6C3A'), 32)).rejects.toMatchObject({ code: 'hq-import-card-narrow' });
    await bring(withCards('6F6C3A'), 24);
    expect(await tokens()).toContainEqual({
      token: cardToken(fleetKey, 'em4100', '01026F6C3A', 24),
      member: 'm1',
    });
  });

  it('cardWidth of the config is all, 32 or 24', () => {
    const config = (more: object) =>
      parseHeadquartersConfig(
        JSON.stringify({
          v: 1,
          tenant: 't',
          dataDir: 'd',
          http: { port: 0 },
          broker: { kind: 'embedded', port: 0 },
          fleetKeyFile: 'k',
          apiTokenFile: 'a',
          keysFile: 'h',
          ...more,
        }),
        'headquarters.json',
      ).cardWidth;
    expect(config({})).toBe('all');
    expect(config({ cardWidth: 24 })).toBe(24);
    expect(() => config({ cardWidth: 26 })).toThrow(expect.objectContaining({ code: 'hq-config-wrong' }));
  });
});
