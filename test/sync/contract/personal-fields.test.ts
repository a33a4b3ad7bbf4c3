// What becomes of each field of a fact when its person is erased is decided, and what is emptied keeps its shape.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { emptiedBody, emptiedFields, keptFields } from '../../../sync/contract/personal-fields.ts';

const file = new URL('../../../sync/contract/declared-fields.txt', import.meta.url);

it('S48 every declared field of a fact is either kept or emptied, and none is both', () => {
  const declared = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const kept = Object.entries(keptFields).flatMap(([kind, names]) =>
    names.split(' ').map((name) => `${kind}.${name}`),
  );
  expect([...kept, ...Object.keys(emptiedFields)].sort()).toEqual(declared.sort());
});

it('S48 own words go from wherever they stand; ids, codes and what was never said stay as they are', () => {
  const task = { place: 'bathroom', text: '漏水', label: { zh: '卫生间', en: 'bathroom' } };
  const filed = {
    member: 'm1',
    number: '1',
    text: '请快',
    tasks: [task, { ...task, text: null }],
    callBack: null,
  };
  expect(emptiedBody('request-filed', filed)).toEqual({
    ...filed,
    text: null,
    tasks: [
      { ...task, text: null },
      { ...task, text: null },
    ],
  });
  const callBack = { phone: '13812341234', when: 'morning' };
  expect(emptiedBody('request-filed', { ...filed, callBack })).toMatchObject({
    callBack: { phone: null, when: 'morning' },
  });
  expect(emptiedBody('profile-changed', { member: 'm1', phone: '13812341234', mayContact: true })).toEqual({
    member: 'm1',
  });
  expect(emptiedBody('shortlist-kept', { member: 'm1', units: ['a', 'b'] })).toEqual({
    member: 'm1',
    units: [],
  });
  const visit = { member: 'm1', card: 'c', project: null };
  expect(emptiedBody('visit-recorded', visit)).toEqual(visit);
});
