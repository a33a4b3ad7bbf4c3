// S4: a claim as it is typed, checked and hashed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimHash, makeClaim, readClaim, writeClaim } from '../../../sync/contract/enrolment.ts';

describe('a claim as it is written', () => {
  it('S4 is read back however it was typed', () => {
    const claim = writeClaim(Buffer.from('00112233445566778899aabbccddeeff01234567', 'hex'));
    expect(claim).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-Z*~$=]$/);
    const plain = readClaim(claim);
    expect(plain).toHaveLength(32);
    expect(readClaim(claim.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'))).toBe(plain);
  });

  it('S4 is never the same twice, and 160 bits long', () => {
    const claims = new Set(Array.from({ length: 1_000 }, makeClaim));
    expect(claims.size).toBe(1_000);
    expect(new Set([...claims].map((claim) => claimHash(readClaim(claim) ?? ''))).size).toBe(1_000);
  });

  it('S4 tells one wrong letter, and two that changed places', () => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.nat(31),
        fc.constantFrom(...letters),
        (raw, place, letter) => {
          const text = writeClaim(raw).replaceAll('-', '');
          const typed = [...text];
          typed[place] = letter;
          if (typed.join('') !== text) expect(readClaim(typed.join(''))).toBeUndefined();
          const [a = '', b = ''] = [text[place], text[place + 1]];
          if (place < 31 && a !== b) {
            const swapped = `${text.slice(0, place)}${b}${a}${text.slice(place + 2)}`;
            expect(readClaim(swapped)).toBeUndefined();
          }
        },
      ),
    );
  });

  it('S4 refuses what is too short, too long or of other letters', () => {
    const text = makeClaim();
    for (const wrong of ['', text.slice(0, -1), `${text}0`, text.replace(/^./, 'U'), '门'.repeat(33)])
      expect(readClaim(wrong), wrong).toBeUndefined();
  });
});
