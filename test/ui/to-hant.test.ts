// The page's own table of traditional script: just what its words need, made of the kiosk's; `vitest -u` makes it anew.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hantTable } from '../../kiosk/showing/hant-table.ts';
import { inHant } from '../../kiosk/showing/in-hant.ts';
import { toHant } from '../../ui/text/to-hant.ts';

const folder = fileURLToPath(new URL('../../ui/text/', import.meta.url));
const made = 'to-hant.ts';

/** Every stretch of Chinese that a sentence is made of. */
const stretches: readonly string[] = readdirSync(folder)
  .filter((name) => name !== made && name !== 'unbroken.ts')
  .flatMap((name) => readFileSync(`${folder}${name}`, 'utf8').match(/[\u3400-\u9fff]+/gu) ?? []);

it('U26 the page knows the traditional form of every character and phrase that it uses', async () => {
  const used = new Set(stretches.join(''));
  const characters = (hantTable.characters.match(/../gu) ?? []).filter((pair) => used.has(pair.charAt(0)));
  const phrases = hantTable.phrases.split(' ').filter((pair) => {
    const half = pair.slice(0, pair.length / 2);
    return stretches.some((stretch) => stretch.includes(half));
  });
  const source = `// Made by test/ui/to-hant.test.ts of kiosk/showing/hant-table.ts: the traditional script of the words in this folder.
import { hantConverter } from '../../kiosk/hant-converter.ts';

export const toHant = hantConverter({
  characters:
    '${characters.join('')}',
  phrases:
    '${phrases.join(' ')}',
});
`;
  await expect(source).toMatchFileSnapshot(`${folder}${made}`);
});

it('U26 every sentence of the page reads as the kiosk would write it', () => {
  const wrong = stretches.filter((stretch) => toHant(stretch) !== inHant(stretch));
  expect(wrong).toEqual([]);
});
