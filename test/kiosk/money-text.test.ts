// Prices on slips: whole yuan, and never a price that nobody set.
import { expect, it } from 'vitest';
import { squareMetres, yuan } from '../../kiosk/money-text.ts';

it('a price is whole yuan; one that is not set is said so, in the language of the slip', () => {
  expect([yuan(123_456_749, 'zh'), yuan(123_456_750, 'en')]).toEqual(['￥1234567', '￥1234568']);
  expect([yuan(0, 'zh'), yuan(0, 'en')]).toEqual(['待定', 'not set']);
  expect(squareMetres(8_905)).toBe('89.05㎡');
});
