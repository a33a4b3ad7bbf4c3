// Facts of joining as terminals would tell them, for tests.
import { randomUUID } from 'node:crypto';
import { cardToken } from '../../../../sync/contract/card-token.ts';
import { identityKey } from '../../../../sync/contract/identity-key.ts';
import type { CardToken, MemberId } from '../../../../sync/contract/ids.ts';
import { fleetKey } from '../world.ts';

export const newMember = (): MemberId => `m-${randomUUID().replaceAll('-', '')}` as MemberId;
export const blank = (number: number): CardToken =>
  cardToken(fleetKey, 'em4100', number.toString(16).toUpperCase().padStart(10, '0'));
export const idKeyOf = (number: string) => identityKey(fleetKey, 'id', number);

export function joined(
  member: string,
  about: {
    readonly name?: string;
    readonly phone?: string;
    readonly birthday?: string | null;
    readonly idKey?: string | null;
    readonly card?: string | null;
    readonly pin?: string | null;
  } = {},
) {
  return {
    kind: 'member-joined',
    body: {
      member,
      name: '周立新',
      phone: '13900000001',
      birthday: null,
      idKey: null,
      card: null,
      pin: null,
      proof: 'phone-code',
      staff: null,
      consent: { version: 1, language: 'zh', at: '2025-11-21T07:00:00.000Z' },
      channel: 'site',
      project: 'siji',
      session: null,
      referrer: null,
      ...about,
    },
  };
}

export const issued = (member: string, card: string, replaces: string | null = null, reason = 'lost') => ({
  kind: 'card-issued',
  body: { member, card, replaces, reason, proof: 'phone-code', staff: null },
});
export const lost = (member: string, card: string | null = null) => ({
  kind: 'card-reported-lost',
  body: { member, card },
});
export const profile = (member: string, about: object) => ({
  kind: 'profile-changed',
  body: { member, ...about },
});
