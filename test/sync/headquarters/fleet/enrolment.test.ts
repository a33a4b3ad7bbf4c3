// A blank terminal comes to headquarters' door: with its claim, with somebody else's, late, twice, or with none.
import { X509Certificate } from 'node:crypto';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  claimGuesses,
  claimLifeMs,
  claimRepeatMs,
  type EnrolAnswer,
  type EnrolAsk,
  enrolAnswerSchema,
  lateRenewalMs,
  leafLifeMs,
  makeClaim,
} from '../../../../sync/contract/enrolment.ts';
import type { TenantId, TerminalId } from '../../../../sync/contract/ids.ts';
import { CertificateAuthority } from '../../../../sync/headquarters/fleet/certificate-authority.ts';
import { issueClaim } from '../../../../sync/headquarters/fleet/claims.ts';
import { Enrolment, noteProven } from '../../../../sync/headquarters/fleet/enrolment.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';
import { makeCsr } from './csr.ts';

const h01 = 'h01' as TerminalId;
const begin = Date.parse('2026-11-22T08:00:00Z');

describe.each(storeKinds)('enrolment on %s', (kind) => {
  let world: World;
  let clock = 0;
  let door: Enrolment;
  let authority: CertificateAuthority;
  const told: string[] = [];

  beforeEach(async () => {
    world = await makeWorld(smallDeveloper(), kind);
    clock = begin;
    told.length = 0;
    authority = await CertificateAuthority.open(await CertificateAuthority.make('demo', new Date(clock)));
    door = new Enrolment({
      store: world.store,
      authority,
      audit: world.audit,
      now: () => new Date(clock),
      start: () => ({
        tenant: 'demo' as TenantId,
        broker: ['mqtts://broker.example:8883'],
        sealKey: `${'A'.repeat(43)}=`,
        signKey: `${'B'.repeat(43)}=`,
        releaseKeys: [],
        fleetKey: '0'.repeat(64),
      }),
      onEnrolled: async (terminal) => void told.push(terminal),
    });
    await expectDevice(h01, 'H01', null);
    await expectDevice('h02' as TerminalId, 'H02', 'board-2');
  });
  afterEach(() => world.remove());

  async function expectDevice(id: TerminalId, code: string, expected_serial: string | null): Promise<void> {
    await world.store.db
      .insertInto('device')
      .values({
        id,
        code,
        site: 'jinshang',
        project: null,
        model: 'pi5-21',
        ring: 'rest',
        expected_serial,
        state: 'expected',
        serial: null,
        board: null,
        public_key: null,
        enrolled_at: null,
        imported_at: new Date(clock).toISOString(),
        note: '',
      })
      .execute();
  }

  const claimFor = (terminal: TerminalId): Promise<string> =>
    world.store.transaction((tx) => issueClaim(tx, terminal, new Date(clock)));

  const ask = (claim: string | null, csr: string, more: Partial<EnrolAsk> = {}): Promise<EnrolAnswer> =>
    door.ask({
      v: 1,
      terminal: claim === null ? null : h01,
      claim,
      csr,
      board: { model: 'Raspberry Pi 5', serial: 'board-1', architecture: 'arm64' },
      boot: 'boot-1',
      version: '0.1.0',
      ...more,
    });
  const refusal = (answer: EnrolAnswer): string => (answer.kind === 'refused' ? answer.code : answer.kind);
  const leafOf = (answer: EnrolAnswer): X509Certificate => {
    if (answer.kind !== 'enrolled') throw new Error(refusal(answer));
    return new X509Certificate(answer.certificates[0] ?? '');
  };

  it('S3 S4 S6 lets a terminal in with its claim, once', async () => {
    const [mine, other] = [await makeCsr(), await makeCsr()];
    const claim = await claimFor(h01);
    const answer = await ask(claim.toLowerCase(), mine.csr);
    expect(v.parse(enrolAnswerSchema, answer)).toEqual(answer);
    expect(leafOf(answer).subject).toBe('CN=h01');
    expect(told).toEqual(['h01']);
    expect(refusal(await ask(claim, other.csr))).toBe('claim-used');
    const kept = await world.store.db.selectFrom('claim').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(claim.replaceAll('-', '').slice(0, 12));
  });

  it('S5 tells the same key again what a power cut swallowed, and for a quarter of an hour', async () => {
    const { csr } = await makeCsr();
    const claim = await claimFor(h01);
    const first = leafOf(await ask(claim, csr));
    clock += claimRepeatMs;
    expect(leafOf(await ask(claim, csr)).serialNumber).toBe(first.serialNumber);
    clock += 1_000;
    expect(refusal(await ask(claim, csr))).toBe('claim-used');
  });

  it('S4 refuses a late claim, one for another terminal, and every guess after five', async () => {
    const { csr } = await makeCsr();
    const late = await claimFor(h01);
    clock += claimLifeMs;
    expect(refusal(await ask(late, csr))).toBe('claim-expired');
    const claim = await claimFor(h01);
    expect(refusal(await ask(claim, csr, { terminal: 'h02' as TerminalId }))).toBe('claim-wrong');
    expect(refusal(await ask(claim, csr, { terminal: 'h99' as TerminalId }))).toBe('claim-wrong');
    for (let guess = 0; guess < claimGuesses; guess += 1)
      expect(refusal(await ask(makeClaim(), csr))).toBe('claim-wrong');
    expect(refusal(await ask(claim, csr))).toBe('claim-locked');
    expect(refusal(await ask(await claimFor(h01), csr))).toBe('enrolled');
    const lines = await world.audit.list({ limit: 50, about: h01 });
    expect(lines.filter(({ what }) => what === 'enrolment-refused')).toHaveLength(claimGuesses + 2);
  });

  it('S4 S54 refuses another board than the one it was made for', async () => {
    const { csr } = await makeCsr();
    const claim = await claimFor('h02' as TerminalId);
    const other = { terminal: 'h02' as TerminalId };
    expect(refusal(await ask(claim, csr, other))).toBe('board-wrong');
    const board = { model: 'Raspberry Pi 5', serial: 'board-2', architecture: 'arm64' as const };
    expect(refusal(await ask(claim, csr, { ...other, board }))).toBe('enrolled');
  });

  it('S6 refuses a request that nobody could sign, before the claim is used', async () => {
    const claim = await claimFor(h01);
    expect(refusal(await ask(claim, '-----BEGIN CERTIFICATE REQUEST-----\nAAAA'))).toBe('request-wrong');
    expect(refusal(await ask(claim, (await makeCsr('P-384')).csr))).toBe('request-wrong');
    expect(refusal(await ask(claim, (await makeCsr('Ed25519')).csr))).toBe('enrolled');
  });

  it('S4 lets an unprepared terminal in when a person says so, and no other under its code', async () => {
    const { csr } = await makeCsr();
    const first = await ask(null, csr);
    if (first.kind !== 'pending') throw new Error(refusal(first));
    expect(await ask(null, csr)).toEqual(first);
    await world.store.db
      .updateTable('pending_terminal')
      .set({ device: h01 })
      .where('code', '=', first.code)
      .execute();
    const answer = await ask(null, csr);
    expect(leafOf(answer).subject).toBe('CN=h01');
    expect(leafOf(await ask(null, csr)).serialNumber).toBe(leafOf(answer).serialNumber);
    expect(refusal(await ask(null, (await makeCsr()).csr))).toBe('pending');
  });

  it('S9 renews with a fresh key, also a month late, and not when it was revoked', async () => {
    const leaf = leafOf(await ask(await claimFor(h01), (await makeCsr()).csr));
    const serial = leaf.serialNumber.toLowerCase();
    clock += leafLifeMs + lateRenewalMs - 1;
    const next = leafOf(await door.renew(serial, (await makeCsr()).csr));
    expect(next.serialNumber).not.toBe(leaf.serialNumber);
    clock += 2;
    expect(refusal(await door.renew(serial, (await makeCsr()).csr))).toBe('not-let-in');
    const nextSerial = next.serialNumber.toLowerCase();
    const comes = () => noteProven(world.store, new Date(clock), h01, nextSerial);
    expect([await comes(), await comes()]).toEqual([true, false]);
    expect(refusal(await door.renew(serial, (await makeCsr()).csr))).toBe('terminal-revoked');
    await world.store.db.updateTable('device').set({ state: 'revoked' }).where('id', '=', h01).execute();
    expect(refusal(await door.renew(nextSerial, (await makeCsr()).csr))).toBe('terminal-revoked');
    expect(refusal(await door.renew('00', (await makeCsr()).csr))).toBe('terminal-unknown');
  });
});
