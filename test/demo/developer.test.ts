// The demo's developer is large, consistent, believable and the same for the same seed.
import { describe, expect, it } from 'vitest';
import { parseDeveloper } from '../../sync/headquarters/developer-file.ts';
import { demoCards, makeDeveloper } from './developer.ts';

const today = new Date('2025-11-21T13:00:00.000Z');
const file = makeDeveloper(1, today);
const of = <K extends (typeof file.board)[number]['kind']>(kind: K) =>
  file.board.filter((row): row is Extract<(typeof file.board)[number], { kind: K }> => row.kind === kind);
const library = file.library ?? [];
type Row = (typeof library)[number];
const inLibrary = <K extends Row['kind']>(kind: K) =>
  library.filter((row): row is Extract<Row, { kind: K }> => row.kind === kind);

describe('the demo developer', () => {
  it('is accepted by the importer and is the same for the same seed', () => {
    expect(() => parseDeveloper(file, 'demo')).not.toThrow();
    expect(makeDeveloper(1, today)).toEqual(file);
    expect(makeDeveloper(2, today)).not.toEqual(file);
  });

  it('is as large as promised', () => {
    expect(of('project')).toHaveLength(3);
    expect(of('building')).toHaveLength(12);
    expect(of('unit').length).toBeGreaterThanOrEqual(1_200);
    expect(file.members.length).toBeGreaterThanOrEqual(500);
    expect(file.events).toHaveLength(4);
    expect(inLibrary('place').length / 3).toBeGreaterThanOrEqual(12);
    expect(inLibrary('element').length).toBeGreaterThanOrEqual(40);
    expect(inLibrary('problem').length).toBeGreaterThanOrEqual(120);
    expect(inLibrary('phrase').length).toBeGreaterThanOrEqual(300);
  });

  it('has floor plans whose rooms fill their outline without overlap', () => {
    for (const { id, plan } of of('layout')) {
      const width = Math.max(...plan.map(({ x, w }) => x + w));
      const height = Math.max(...plan.map(({ y, h }) => y + h));
      const area = plan.reduce((sum, { w, h }) => sum + w * h, 0);
      const overlaps = plan.flatMap((a, i) =>
        plan
          .slice(i + 1)
          .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h),
      );
      expect({ id, area, overlaps }).toEqual({ id, area: width * height, overlaps: [] });
    }
  });

  it('shows adverse facts within a kilometre beside every selling point', () => {
    for (const { adverse, highlights } of of('project')) {
      expect(adverse.length).toBeGreaterThan(0);
      expect(highlights.length).toBeGreaterThan(0);
      expect(adverse.every(({ distanceM }) => distanceM <= 1_000)).toBe(true);
    }
  });

  it('can say 四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏 letter for letter', () => {
    const home = file.members[0]?.homes[0];
    const place = inLibrary('place').find(
      ({ project, id }) => project === home?.project && id === 'bathroom',
    );
    const element = inLibrary('element').find(({ id }) => place?.elements[0] === id);
    const problem = inLibrary('problem').find((row) => row.element === element?.id);
    const phrase = inLibrary('phrase').find((row) => row.problem === problem?.id);
    const words = [home?.label, place?.name, element?.name, problem?.name, phrase?.text].map((w) => w?.zh);
    expect(words.join('-')).toBe('四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏');
  });

  it('binds problems to leaves only, and each problem has phrases', () => {
    const parents = new Set(inLibrary('element').map(({ parent }) => parent));
    const described = new Set(inLibrary('phrase').map(({ problem }) => problem));
    for (const { id, element } of inLibrary('problem')) {
      expect(parents.has(element)).toBe(false);
      expect(described.has(id)).toBe(true);
    }
  });

  it('has a session open all of the local day, and a deck that begins with its active members', () => {
    const session = file.sessions.find(({ id }) => id.startsWith('open-day-'));
    expect(session).toMatchObject({
      opensAt: '2025-11-20T16:00:00.000Z',
      endsAt: '2025-11-21T16:00:00.000Z',
    });
    const late = makeDeveloper(1, new Date('2025-11-21T15:59:00.000Z'));
    // who begins a minute before midnight is not turned away a minute later
    expect(late.sessions.find(({ id }) => id.startsWith('open-day-'))).toMatchObject({
      opensAt: '2025-11-20T16:00:00.000Z',
      endsAt: '2025-11-22T00:00:00.000Z',
    });
    const listed = new Set(
      file.rosters.filter((row) => row.session === session?.id).map((row) => row.member),
    );
    const owner = (number: string) => file.members.find(({ cards }) => cards[0]?.number === number);
    const deck = demoCards(file);
    expect(new Set(deck.map(({ name }) => name)).size).toBe(deck.length);
    for (const card of deck.slice(0, 3)) {
      const member = owner(card.number);
      expect(card).toMatchObject({ state: 'active', pin: member?.pin });
      expect(card.pin).toMatch(/^\d{4}$/);
      expect(member?.cards[0]?.state).toBe('active');
      expect(listed.has(member?.id ?? '')).toBe(true);
      expect(member?.homes).toHaveLength(1);
    }
    const refusals = deck.slice(3, 9).map(({ state }) => state);
    expect(refusals).toEqual(['blocked', 'lost', 'expired', 'not-on-list', 'wrong-day', 'unknown']);
    expect(owner(deck[8]?.number ?? '')).toBeUndefined();
    for (const card of deck.slice(6, 8)) expect(listed.has(owner(card.number)?.id ?? '')).toBe(false);
  });
});
