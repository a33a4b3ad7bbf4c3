// Names and telephone numbers as others may see them.
import { describe, expect, it } from 'vitest';
import { maskName, maskPhone } from '../../../sync/headquarters/mask.ts';

describe('masking', () => {
  it.each([
    ['张晓明', '张**'],
    ['张明', '张*'],
    ['欧阳修', '欧阳*'],
    ['司马相如', '司马**'],
    ['欧阳', '欧*'],
    ['张', '张*'],
    ['Ada Lovelace', 'A**'],
    ['𠮷田太郎', '𠮷**'],
    ['', '**'],
  ])('%s → %s', (name, masked) => expect(maskName(name)).toBe(masked));

  it.each([
    ['13812341234', '138****1234'],
    ['138 1234 1234', '138****1234'],
    ['1234567', '****'],
  ])('%s → %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));
});
