// Filing of every kind at the terminal: few taps, cost and promise told before, nothing personal left on the disk.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { monthsAfter } from '../../kiosk/rules/report-warranty.ts';
import type { LibraryRow } from '../../sync/contract/library.ts';
import { libraryKeyOf, libraryKeys } from '../../sync/contract/library.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { enterPin, type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, pin } from './small-world.ts';

interface Taps extends KioskBench {
  taps: number;
}

async function bench(
  folder?: string,
  rows: readonly LibraryRow[] = [],
  draws: readonly number[] = [],
): Promise<Taps> {
  const store = await openSmallWorld(folder);
  const edition = { kind: 'edition', number: 7, note: { zh: '', en: '' } } as const;
  const more: readonly LibraryRow[] = [edition, ...rows];
  give(
    store,
    'library',
    more.map((row) => [libraryKeyOf(row), row]),
    1,
    2,
  );
  let drawn = 500_000;
  const numbers = [...draws];
  const b = kioskBench(store, {
    random: (below) => (below > 256 ? (numbers.shift() ?? drawn++) : (drawn * 7 + below) % below),
  });
  const touch = b.touch.bind(b);
  return Object.defineProperties(Object.assign({ taps: 0 }, {}), {
    ...Object.getOwnPropertyDescriptors(b),
    touch: {
      value(this: Taps, touched: Parameters<typeof touch>[0]) {
        if (touched.kind !== 'enter-pin') this.taps += 1;
        touch(touched);
      },
    },
  }) as Taps;
}

const photoPage: LibraryRow = { kind: 'photo-page', url: 'https://photo.example' };
const filed = (b: KioskBench) =>
  b
    .facts()
    .filter(({ kind }) => kind === 'request-filed')
    .map(({ body }) => body as Record<string, unknown>);

async function proven(
  b: KioskBench,
  purpose: 'report' | 'complaint' | 'enquiry' | 'praise' | 'call-back',
  card: keyof typeof cards = 'listed',
) {
  b.touch({ kind: 'open-service' });
  b.touch({ kind: 'open', purpose });
  b.swipe(cards[card]);
  await enterPin(b, pin);
}

describe('filing', () => {
  it('D23 takes a repair in 7 taps, with the library edition, project, warranty and pictures', async () => {
    const b = await bench(undefined, [photoPage]);
    await proven(b, 'report');
    for (const id of ['bath', 'ceiling', 'leak', 'pipe']) b.touch({ kind: 'choose', id });
    b.touch({ kind: 'submit' });
    expect(b.taps).toBeLessThanOrEqual(7);
    expect(filed(b)).toMatchObject([
      {
        request: 'repair',
        libraryVersion: 7,
        project: 'flowers',
        unit: 'u301',
        cost: 'warranty',
        mayPublish: false,
        photoKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      },
    ]);
    const { photoKey } = filed(b)[0] ?? {};
    expect(b.expect('request-filed')).toMatchObject({
      qrFor: 'photos',
      qr: `https://photo.example/p/H01-500000#${String(photoKey)}`,
    });
  });

  it('D12 takes a complaint in 7 taps, private unless the owner says otherwise', async () => {
    const b = await bench();
    await proven(b, 'complaint');
    expect(b.expect('message')).toMatchObject({ step: 'topic', purpose: 'complaint' });
    b.touch({ kind: 'choose', id: 'c-property' });
    expect(b.expect('message')).toMatchObject({
      step: 'review',
      mayPublish: false,
      canPublish: true,
      said: { home: '四季花城米兰苑301', topic: '物业服务' },
      replyBy: '2026-11-21T06:10:00.000Z',
    });
    b.touch({ kind: 'describe', text: '楼道三天没扫' });
    b.touch({ kind: 'allow-publishing', isAllowed: true });
    b.touch({ kind: 'submit' });
    expect(b.taps).toBeLessThanOrEqual(7);
    expect(filed(b)).toMatchObject([
      {
        request: 'complaint',
        member: 'm-listed',
        unit: 'u301',
        tasks: [],
        topic: 'c-property',
        text: '物业服务：楼道三天没扫',
        mayPublish: true,
        replyBy: '2026-11-21T06:10:00.000Z',
        onSiteBy: null,
        callBack: null,
        cost: null,
      },
    ]);
    expect(b.expect('request-filed')).toMatchObject({
      label: '投诉 · 物业服务',
      canTrack: true,
      onSiteBy: null,
    });
    b.touch({ kind: 'open', purpose: 'requests' });
    expect(b.expect('requests').requests).toMatchObject([{ number: 'H01-500000', label: '投诉 · 物业服务' }]);
  });

  it('D12 asks whoever has several homes which one a complaint is about, or none', async () => {
    const b = await bench();
    await proven(b, 'complaint', 'gold');
    expect(b.expect('message').choices.map(({ id }) => id)).toEqual(['u301', 'u302', 'none']);
    b.touch({ kind: 'choose', id: 'none' });
    b.touch({ kind: 'choose', id: 'c-promise' });
    b.touch({ kind: 'submit' });
    expect(filed(b)).toMatchObject([{ unit: null, topic: 'c-promise', mayPublish: false }]);
  });

  it('D6 takes a question and praise; praise promises nothing and asks for no answer', async () => {
    const b = await bench();
    await proven(b, 'enquiry');
    b.touch({ kind: 'choose', id: 'q-title' });
    b.touch({ kind: 'submit' });
    b.touch({ kind: 'end' });
    await proven(b, 'praise', 'gold');
    b.touch({ kind: 'choose', id: 'p-repair' });
    expect(b.expect('message')).toMatchObject({ canPublish: false, replyBy: null });
    b.touch({ kind: 'submit' });
    expect(filed(b)).toMatchObject([
      { request: 'enquiry', topic: 'q-title', replyBy: '2026-11-21T06:10:00.000Z' },
      { request: 'praise', topic: 'p-repair', replyBy: null, photoKey: null },
    ]);
  });

  it('D6 calls a visitor back without a card: time, number, consent; the number is masked on screen and slip', async () => {
    const b = await bench();
    b.touch({ kind: 'open-service' });
    b.touch({ kind: 'open', purpose: 'call-back' });
    b.touch({ kind: 'go-without-card' });
    b.touch({ kind: 'choose', id: 'evening' });
    b.touch({ kind: 'give-phone', phone: null });
    expect(b.expect('message').step).toBe('phone');
    b.touch({ kind: 'give-phone', phone: '13812345678' });
    // 14:00 in Shanghai: the evening ends at 21:00
    expect(b.expect('message')).toMatchObject({
      isVisitor: true,
      said: { phone: '138****5678' },
      replyBy: '2026-11-21T13:00:00.000Z',
    });
    b.touch({ kind: 'submit' });
    expect(filed(b)).toMatchObject([
      {
        request: 'enquiry',
        member: null,
        unit: null,
        project: 'flowers',
        callBack: { phone: '13812345678', when: 'evening' },
        photoKey: null,
      },
    ]);
    expect(b.expect('request-filed')).toMatchObject({ isWaiting: true, canTrack: false, slip: 'printing' });
    const slip = JSON.stringify(b.store.printJobs.next()?.lines);
    expect(slip).toContain('138****5678');
    expect(slip + JSON.stringify(b.show)).not.toContain('13812345678');
  });

  it('D6 gives no two visitors the same number', async () => {
    const b = await bench(undefined, [], [4, 4]);
    for (let visitor = 0; visitor < 2; visitor += 1) {
      b.touch({ kind: 'go-home' });
      b.touch({ kind: 'open', purpose: 'praise' });
      b.touch({ kind: 'go-without-card' });
      b.touch({ kind: 'choose', id: 'p-sales' });
      b.touch({ kind: 'give-phone', phone: null });
      b.touch({ kind: 'submit' });
    }
    expect(filed(b).map(({ number }) => number)).toEqual(['H01-000004', 'H01-000005']);
  });

  it('D12 lets a visitor complain without a number, and an enquiry wants one', async () => {
    const b = await bench();
    for (const [purpose, topic] of [
      ['complaint', 'c-attitude'],
      ['enquiry', 'q-purchase'],
    ] as const) {
      b.touch({ kind: 'go-home' });
      b.touch({ kind: 'open', purpose });
      b.touch({ kind: 'go-without-card' });
      b.touch({ kind: 'choose', id: topic });
      expect(b.expect('message').canSkip).toBe(purpose === 'complaint');
      b.touch({ kind: 'give-phone', phone: null });
    }
    expect(b.expect('message')).toMatchObject({ purpose: 'enquiry', step: 'phone' });
    // a defect needs a home, and a home its owner
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'open', purpose: 'report' });
    b.touch({ kind: 'go-without-card' });
    expect(b.expect('ask-card').purpose).toBe('report');
  });

  it('D23 steps back one page at a time and ignores what is not on the page', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'enquiry' });
    b.touch({ kind: 'go-without-card' });
    b.touch({ kind: 'choose', id: 'c-other' });
    expect(b.expect('message').step).toBe('topic');
    b.touch({ kind: 'allow-publishing', isAllowed: true });
    b.touch({ kind: 'submit' });
    expect(b.expect('message').step).toBe('topic');
    b.touch({ kind: 'choose', id: 'q-club' });
    b.touch({ kind: 'back' });
    expect(b.expect('message').step).toBe('topic');
    b.touch({ kind: 'back' });
    expect(b.screen.kind).toBe('service-menu');
    expect(filed(b)).toEqual([]);
  });

  it('D20 refuses a home that is not the owner’s any more, and files nothing', async () => {
    const b = await bench();
    await proven(b, 'complaint');
    b.touch({ kind: 'choose', id: 'c-quality' });
    const row = b.store.replica.get('members', memberKeys.member('m-listed'));
    give(b.store, 'members', [[memberKeys.member('m-listed'), { ...row, homes: [] }]], 1, 2);
    b.touch({ kind: 'submit' });
    expect(b.screen).toMatchObject({ kind: 'card-problem', reason: 'no-home' });
    expect(filed(b)).toEqual([]);
  });

  it('D23 shows the telephone first as soon as something urgent was chosen', async () => {
    const b = await bench();
    await proven(b, 'report');
    b.touch({ kind: 'choose', id: 'bath' });
    expect(b.expect('report-choice').isUrgent).toBe(false);
    // a ceiling here can only leak
    b.touch({ kind: 'choose', id: 'ceiling' });
    expect(b.expect('report-choice')).toMatchObject({ step: 'phrase', isUrgent: true });
  });

  it('leaves neither own words, number, nor the key to the pictures on the disk', async () => {
    const folder = scratchFolder();
    const b = await bench(folder, [photoPage]);
    await proven(b, 'complaint');
    b.touch({ kind: 'choose', id: 'c-quality' });
    b.touch({ kind: 'describe', text: '悄悄话只给总部' });
    b.touch({ kind: 'submit' });
    b.touch({ kind: 'end' });
    b.touch({ kind: 'open', purpose: 'call-back' });
    b.touch({ kind: 'go-without-card' });
    b.touch({ kind: 'choose', id: 'any-time' });
    b.touch({ kind: 'give-phone', phone: '13987654321' });
    b.touch({ kind: 'submit' });
    const key = String(filed(b)[0]?.['photoKey']);
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())) {
      const bytes = readFileSync(join(folder, name));
      for (const secret of [key, '悄悄话只给总部', '13987654321']) {
        expect(bytes.includes(secret), `${name} holds ${secret}`).toBe(false);
      }
    }
  });
});

describe('warranty', () => {
  const element = (months: number | null): LibraryRow[] =>
    [
      {
        kind: 'element',
        id: 'doors',
        parent: null,
        name: { zh: '门窗', en: 'Doors' },
        order: 2,
        warrantyMonths: months,
      },
    ] as LibraryRow[];

  async function costOf(
    handedOverOn: string | null,
    months: number | null,
    scope: 'room' | 'public' = 'room',
  ) {
    const b = await bench(undefined, [
      ...element(months),
      {
        kind: 'place',
        id: 'bath',
        project: 'flowers',
        scope,
        name: { zh: '卫生间', en: 'Bathroom' },
        order: 1,
        elements: ['doors'],
      } as unknown as LibraryRow,
    ]);
    const key = memberKeys.member('m-listed');
    const row = b.store.replica.get('members', key);
    const [home] = row?.kind === 'member' ? row.homes : [];
    give(b.store, 'members', [[key, { ...row, homes: [{ ...home, handedOverOn }] }]], 1, 2);
    await proven(b, 'report');
    for (const id of ['bath', 'doors', 'door', 'stuck']) b.touch({ kind: 'choose', id });
    b.touch({ kind: 'describe', text: '推不动' });
    const { warranty } = b.expect('report-review');
    b.touch({ kind: 'submit' });
    return { warranty, cost: filed(b)[0]?.['cost'] };
  }

  it('D20 counts from hand-over by the element’s own months, and else is the home’s', async () => {
    expect(await costOf('2024-11-21', 24)).toEqual({
      warranty: { isCovered: true, until: '2026-11-21' },
      cost: 'warranty',
    });
    expect(await costOf('2024-11-20', 24)).toEqual({
      warranty: { isCovered: false, until: '2026-11-20' },
      cost: 'paid',
    });
    expect(await costOf('2024-11-20', null)).toEqual({
      warranty: { isCovered: true, until: '2027-01-01' },
      cost: 'warranty',
    });
    expect(await costOf(null, 6)).toEqual({
      warranty: { isCovered: true, until: '2027-01-01' },
      cost: 'warranty',
    });
  });

  it('D20 costs nobody anything where it is shared', async () => {
    expect(await costOf('2020-01-01', 6, 'public')).toEqual({ warranty: null, cost: null });
  });

  it('D20 ends on the last day of a month that is shorter', () => {
    expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28');
    expect(monthsAfter('2024-02-29', 12)).toBe('2025-02-28');
    expect(monthsAfter('2026-11-21', 60)).toBe('2031-11-21');
    expect(libraryKeys.photoPage).toBe('photo-page');
  });
});
