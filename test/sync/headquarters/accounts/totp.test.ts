// RFC 6238's own vectors, and what a matching step may be.
import { describe, expect, it } from 'vitest';
import {
  base32,
  matchingStep,
  otpauthUri,
  stepAt,
  totpCode,
} from '../../../../sync/headquarters/accounts/totp.ts';

const secret = Buffer.from('12345678901234567890');

describe('codes of an authenticator app (S57)', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %i s', (seconds, code) => {
    expect(totpCode(secret, stepAt(new Date(seconds * 1_000)))).toBe(code);
  });

  it('may be a step early or late, typed with blanks, and are good once', () => {
    const now = new Date(1_234_567_890_000);
    const step = stepAt(now);
    for (const offset of [-1, 0, 1]) {
      const code = totpCode(secret, step + offset);
      const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
      expect(matchingStep(secret, typed, { now, after: 0 })).toBe(step + offset);
      expect(matchingStep(secret, typed, { now, after: step + offset })).toBeUndefined();
    }
    for (const typed of [
      totpCode(secret, step + 2),
      totpCode(secret, step - 2),
      '',
      '00592',
      '0059244',
      'abcdef',
    ])
      expect(matchingStep(secret, typed, { now, after: 0 })).toBeUndefined();
  });

  it('are told to an app as it reads them', () => {
    expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(otpauthUri('Yingbin', '林', secret)).toBe(
      `otpauth://totp/Yingbin:%E6%9E%97?secret=${base32(secret)}&issuer=Yingbin`,
    );
  });
});
