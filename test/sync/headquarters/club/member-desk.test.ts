// Members at headquarters' desk: cards blocked and replaced, pairs decided, consent, staff cards, joining by the web; all on record.

import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardToken } from '../../../../sync/contract/card-token.ts';
import { type MemberAnswers, memberAnswers } from '../../../../sync/headquarters/api/member-api.ts';
import { type Answer, type Running, runHeadquarters } from '../running.ts';
import { smallDeveloper } from '../small-developer.ts';
import { fleetKey } from '../world.ts';

describe('the desk of members', () => {
  let hq: Running;
  const first = cardToken(fleetKey, 'em4100', '0100000001');
  beforeEach(async () => {
    const developer = smallDeveloper();
    for (const [index, member] of developer.members.entries()) member.phone = `1381234123${index}`;
    hq = await runHeadquarters({ developer });
  });
  afterEach(() => hq.remove());

  const view = async (path: string, body?: object): Promise<MemberAnswers['member']> =>
    v.parse(memberAnswers.member, (await hq.call(`/api/club/members/${path}`, body)).json);
  const join = (about: object): Promise<Answer> =>
    hq.call('/api/club/web/join', {
      ...{ name: '周立新', phone: '13900000001', code: null, consent: 1, language: 'zh' },
      ...about,
    });
  const codeOf = ({ json }: Answer) => (json['error'] as { code: string } | undefined)?.code;
  const states = ({ cards }: MemberAnswers['member']) => cards.map(({ state }) => state);

  it('D2 CL5: a card is blocked, unblocked and replaced; each is told apart, kept with its author, and audited', async () => {
    const blocked = await view('m1/cards', { act: 'block', card: first, reason: '欠费' });
    expect(states(blocked)).toEqual(['blocked']);
    expect(
      codeOf(await hq.call('/api/club/members/m1/cards', { act: 'block', card: first, reason: 'x' })),
    ).toBe('card-as-before');
    expect(
      codeOf(await hq.call('/api/club/members/m2/cards', { act: 'block', card: first, reason: 'x' })),
    ).toBe('unknown-card');
    expect(states(await view('m1/cards', { act: 'unblock', card: first, reason: '已缴' }))).toEqual([
      'active',
    ]);
    const replaced = await view('m1/cards/issue', {
      technology: 'em4100',
      number: '0a00000099',
      reason: 'lost',
    });
    expect(new Map(replaced.cards.map(({ card, state }) => [card, state]))).toEqual(
      new Map([
        [first, 'lost'],
        [cardToken(fleetKey, 'em4100', '0A00000099'), 'active'],
      ]),
    );
    expect(replaced.history.map(({ what, source }) => `${what} ${source}`)).toEqual([
      'issued api-token',
      'lost api-token',
      'active api-token',
      'blocked api-token',
      'imported import',
    ]);
    const taken = { technology: 'em4100', number: '0100000002', reason: 'damaged' };
    expect(codeOf(await hq.call('/api/club/members/m1/cards/issue', taken))).toBe('card-in-use');
    const narrow = { ...taken, number: '0002' };
    expect(codeOf(await hq.call('/api/club/members/m1/cards/issue', narrow))).toBe('card-narrow');
    const audit = JSON.stringify((await hq.call('/api/audit')).json);
    for (const what of ['card-block', 'card-unblock', 'card-issued']) expect(audit).toContain(what);
    expect(audit).not.toContain('0A00000099');
  });

  it('D2 CL3: a suspected pair is shown masked, opened on record, and decided once', async () => {
    await join({});
    await join({ name: '张小明', phone: '13700001230', isSomebodyElse: true });
    const { json } = await hq.call('/api/club/pairs');
    const { pairs, open } = v.parse(memberAnswers.pairs, json);
    expect(open).toBe(1);
    const [pair] = pairs;
    expect(pair).toMatchObject({ traits: ['pinyin-phone-tail'], verdict: null });
    expect(JSON.stringify(json)).not.toMatch(/张晓明|13700001230/);
    const opened = v.parse(
      memberAnswers.pair,
      (await hq.call(`/api/club/pairs/${pair?.b.id}/${pair?.a.id}`)).json,
    );
    expect(JSON.stringify(opened)).toContain('张晓明');
    const verdict = { a: pair?.a.id, b: pair?.b.id, verdict: 'same' };
    expect((await hq.call('/api/club/pairs', verdict)).json).toEqual({ member: 'm1' });
    expect(codeOf(await hq.call('/api/club/pairs', verdict))).toBe('unknown-pair');
    const merged = await view(pair?.b.id === 'm1' ? (pair.a.id ?? '') : (pair?.b.id ?? ''));
    expect(merged).toMatchObject({ id: 'm1', merged: [{ why: 'desk', by: 'api-token' }] });
    const audit = JSON.stringify((await hq.call('/api/audit?about=m1')).json);
    for (const what of ['members-merged', 'person-viewed']) expect(audit).toContain(what);
  });

  it('D4: who joins by the web is asked "already a member?" first; a code proves the telephone, a card names who brought them', async () => {
    expect(codeOf(await join({ phone: '13812341230', name: '不同名' }))).toBe('already-member');
    expect((await join({ phone: '13812341230' })).json['known']).toEqual({
      name: '张**',
      phone: '138****1230',
    });
    expect(codeOf(await join({ consent: 7 }))).toBe('unknown-consent');
    expect(codeOf(await join({ referrerPhone: '13500000000' }))).toBe('unknown-referrer');
    expect(codeOf(await join({ code: '123456' }))).toBe('code-expired');
    expect((await hq.call('/api/club/web/code', { phone: '13900000001' })).json).toMatchObject({
      outcome: 'sent',
    });
    expect(codeOf(await join({ code: '12345x' }))).toBe('body-wrong');
    const joined = await join({ referrerPhone: '13812341230', birthday: '1980-05-17' });
    expect(joined).toMatchObject({ status: 200, json: { name: '周**' } });
    expect(codeOf(await join({}))).toBe('already-member');
    expect(codeOf(await join({ phone: '13600000006', name: '周 立新', birthday: '1980-05-17' }))).toBe(
      'near-member',
    );
    const { lines } = (await hq.call('/api/lists/referrals?least=1')).json as { lines: { id: string }[] };
    expect(lines).toMatchObject([{ referrals: 1 }]);
    expect(await view(String(joined.json['member']))).toMatchObject({
      channel: 'web',
      birthday: '1980-05-17',
    });
  });

  it('D4: a file of applications joins all or nobody, each wrong row named', async () => {
    const wrong =
      'name,phone,birthday,id_number,referrer_phone\n周立新,13900000001,,,\n张三,12,,,\n李四,13812341231,,,\n周立新,13900000001,,,\n';
    const refused = (await hq.call('/api/club/web/import', { csv: wrong, consent: 1 })).json;
    expect(refused).toEqual({
      joined: 0,
      faults: [
        { row: 3, code: 'wrong-phone' },
        { row: 4, code: 'already-member' },
        { row: 5, code: 'twice-in-file' },
      ],
    });
    const right = '\u{feff}phone,name\n13900000001,周立新\n13900000002,吴丹\n';
    expect((await hq.call('/api/club/web/import', { csv: right, consent: 1 })).json).toEqual({
      joined: 2,
      faults: [],
    });
    expect(codeOf(await hq.call('/api/club/web/import', { csv: 'a,b\n1,2', consent: 1 }))).toBe(
      'csv-unreadable',
    );
  });

  it('CL1: terms are versions, and none is changed; a staff card is given once, and withdrawn', async () => {
    const { json } = await hq.call('/api/club/consents', { zh: '新须知', en: 'New terms' });
    const { consents } = v.parse(memberAnswers.consents, json);
    expect(consents.map(({ version, text }) => [version, text.en === 'New terms'])).toEqual([
      [2, true],
      [1, false],
    ]);
    const given = { name: '刘工', project: 'siji', technology: 'em4100', number: '0A000000C1' };
    const { staff } = v.parse(memberAnswers.staff, (await hq.call('/api/club/staff', given)).json);
    expect(staff).toMatchObject([{ name: '刘工', project: 'siji', endedAt: null }]);
    expect(codeOf(await hq.call('/api/club/staff', given))).toBe('card-in-use');
    expect(codeOf(await hq.call('/api/club/staff', { ...given, number: '0100000001' }))).toBe('card-in-use');
    const [card] = staff.map((each) => each.card);
    const ended = v.parse(memberAnswers.staff, (await hq.call('/api/club/staff/end', { card })).json);
    expect(ended.staff[0]?.endedAt).not.toBeNull();
    expect(codeOf(await hq.call('/api/club/staff/end', { card }))).toBe('unknown-staff-card');
    expect((await hq.call('/api/club/staff', given)).status).toBe(200);
  });
});
