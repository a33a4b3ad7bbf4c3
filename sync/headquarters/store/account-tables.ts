// Tables of who works at headquarters and what they are told. As the SQL builder knows them, and as they are made.
import type { TableShape } from './table-shape.ts';

interface NoticeTable {
  readonly id: string;
  /** the same notice is queued once */
  readonly key: string;
  readonly at: string;
  /** `role`, `account` or `phone` */
  readonly to_kind: string;
  readonly to_whom: string;
  readonly to_port: string | null;
  /** `Words` */
  readonly subject: string;
  readonly text: string;
  readonly about: string | null;
  /** when it was worked out where to deliver it; null = not yet */
  readonly spread_at: string | null;
}

/** One way out of a notice, until it is delivered or given up. */
interface NoticeDeliveryTable {
  readonly id: string;
  readonly notice: string;
  /** `smtp`, `webhook` or `sms` */
  readonly channel: string;
  readonly address: string;
  /** `waiting`, `sent` or `given-up` */
  readonly state: string;
  readonly tries: number;
  readonly next_at: string;
  readonly sent_at: string | null;
  /** a code: what the last try failed of */
  readonly problem: string | null;
}

interface AccountTable {
  /** what is typed to sign in, in lower case */
  readonly id: string;
  /** of the person */
  readonly name: string;
  /** scrypt; see `password.ts` */
  readonly password: string;
  /** JSON lists */
  readonly roles: string;
  readonly ports: string;
  readonly email: string | null;
  readonly webhook: string | null;
  /** wrong passwords since the last right one */
  readonly wrong: number;
  readonly locked_until: string | null;
  readonly disabled_at: string | null;
  /** holiday, illness: until then whoever stands in is told instead */
  readonly away_until: string | null;
  /** 1: somebody else chose the password, nothing else is open until it is changed */
  readonly must_change: number;
  readonly created_at: string;
}

/** Codes of an app beside the password. */
interface SecondFactorTable {
  readonly account: string;
  /** the shared secret, base64, sealed to headquarters' own key */
  readonly sealed: string;
  /** null = offered, and no code of it was typed yet */
  readonly proven_at: string | null;
  /** of the code that was used last; no code is good twice */
  readonly last_step: number;
  /** hashes of codes for when the app is lost, JSON */
  readonly recovery: string;
}

interface AccountSessionTable {
  /** SHA-256 of what the cookie holds */
  readonly id: string;
  readonly account: string;
  readonly began_at: string;
  /** when the person last did something */
  readonly seen_at: string;
}

/** Only ever added to; each row holds the hash of the one before. */
interface AuditTable {
  /** 1, 2, 3 … without a gap */
  readonly n: number;
  readonly at: string;
  /** account, `api-token` or `clock` */
  readonly actor: string;
  readonly what: string;
  readonly about: string | null;
  /** JSON */
  readonly detail: string;
  readonly hash: string;
}

export interface AccountTables {
  readonly notice: NoticeTable;
  readonly notice_read: { readonly notice: string; readonly account: string; readonly at: string };
  readonly notice_delivery: NoticeDeliveryTable;
  readonly account: AccountTable;
  readonly account_session: AccountSessionTable;
  readonly second_factor: SecondFactorTable;
  readonly audit: AuditTable;
}

export const accountShapes: readonly TableShape[] = [
  {
    name: 'notice',
    columns: {
      id: 'text',
      key: 'text',
      at: 'text',
      to_kind: 'text',
      to_whom: 'text',
      to_port: 'text?',
      subject: 'text',
      text: 'text',
      about: 'text?',
      spread_at: 'text?',
    },
    key: ['id'],
    unique: [['key']],
    indexes: [['to_kind', 'to_whom', 'at'], ['at'], ['spread_at']],
  },
  {
    name: 'notice_read',
    columns: { notice: 'text', account: 'text', at: 'text' },
    key: ['notice', 'account'],
    refers: { notice: 'notice' },
  },
  {
    name: 'notice_delivery',
    columns: {
      id: 'text',
      notice: 'text',
      channel: 'text',
      address: 'text',
      state: 'text',
      tries: 'integer',
      next_at: 'text',
      sent_at: 'text?',
      problem: 'text?',
    },
    key: ['id'],
    unique: [['notice', 'channel', 'address']],
    refers: { notice: 'notice' },
    indexes: [['state', 'next_at']],
  },
  {
    name: 'account',
    columns: {
      id: 'text',
      name: 'text',
      password: 'text',
      roles: 'text',
      ports: 'text',
      email: 'text?',
      webhook: 'text?',
      wrong: 'integer',
      locked_until: 'text?',
      disabled_at: 'text?',
      away_until: 'text?',
      must_change: 'integer',
      created_at: 'text',
    },
    key: ['id'],
  },
  {
    name: 'second_factor',
    columns: { account: 'text', sealed: 'text', proven_at: 'text?', last_step: 'integer', recovery: 'text' },
    key: ['account'],
    refers: { account: 'account' },
  },
  {
    name: 'account_session',
    columns: { id: 'text', account: 'text', began_at: 'text', seen_at: 'text' },
    key: ['id'],
    refers: { account: 'account' },
    indexes: [['seen_at']],
  },
  {
    name: 'audit',
    columns: {
      n: 'integer',
      at: 'text',
      actor: 'text',
      what: 'text',
      about: 'text?',
      detail: 'text',
      hash: 'text',
    },
    key: ['n'],
    indexes: [['actor'], ['about']],
  },
];
