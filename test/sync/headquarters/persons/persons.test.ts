// Finding a person: by name, sound, telephone and card; masked until opened, and whoever opens is on record.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, runHeadquarters } from '../running.ts';
import { smallDeveloper } from '../small-developer.ts';

describe('AC8: search of persons', () => {
  let hq: Running;
  const developer = smallDeveloper();
  const [someone] = developer.members;
  if (!someone) throw new Error('no member');
  beforeEach(async () => {
    hq = await runHeadquarters({ developer });
  });
  afterEach(() => hq.remove());
  const find = async (query: string) => {
    const { json } = await hq.call(`/api/persons?${query}`);
    return json['persons'] as { id: string; name: string; phone: string; cards: string[] }[];
  };

  it('finds by part of the name, its sound and initials, the number’s start and end, and card state', async () => {
    const has = async (query: string) => (await find(query)).some(({ id }) => id === someone.id);
    expect(someone.name).toBe('张晓明');
    expect(await has(`q=${encodeURIComponent('晓明')}`)).toBe(true);
    expect(await has('q=zhang%20xiao')).toBe(true);
    expect(await has('q=zxm')).toBe(true);
    expect(await has('q=wang')).toBe(false);
    expect(await has(`q=${someone.phone.slice(0, 6)}`)).toBe(true);
    expect(await has(`q=${someone.phone.slice(-4)}`)).toBe(true);
    expect(await has(`q=${someone.id}`)).toBe(true);
    const [card] = someone.cards;
    if (card) expect(await has(`card=${card.state}`)).toBe(true);
    expect(await find('q=%25')).toEqual([]);
    expect(await find('q=')).toEqual([]);
  });

  it('lists masked; the whole name only when opened, with a line of who looked', async () => {
    const listed = JSON.stringify(await find('q=zxm'));
    expect(listed).not.toContain(someone.name);
    expect(listed).not.toContain(someone.phone);
    const { json } = await hq.call(`/api/persons/${someone.id}`);
    expect(json).toMatchObject({
      name: someone.name,
      phone: someone.phone,
      looked: [{ actor: 'api-token', what: 'person-viewed', about: someone.id }],
    });
    expect((await hq.call('/api/persons/nobody')).status).toBe(404);
    const audit = JSON.stringify((await hq.call('/api/audit')).json);
    expect(audit).toContain('persons-searched');
    expect(audit).not.toContain(someone.name);
    expect(audit).not.toContain('zxm');
  });
});
