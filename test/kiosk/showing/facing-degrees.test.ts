// Which way the words of a home's facing point.
import { expect, it } from 'vitest';
import { facingDegrees } from '../../../kiosk/showing/facing-degrees.ts';

it.each([
  ['南', 180],
  ['朝南', 180],
  ['东南', 135],
  ['南东', 135],
  ['西北向', 315],
  ['南北通透', 180],
  ['花园', undefined],
  ['', undefined],
])('%s', (facing, degrees) => expect(facingDegrees(facing)).toBe(degrees));
