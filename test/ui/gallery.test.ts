// No kind of screen is forgotten: what the contract names stands in the gallery, which every screen test walks.
import { expect, it } from 'vitest';
import { barPlaces } from '../../ui/kiosk/bar-places.ts';
import { showsIn } from './shows.ts';

it('U02 every kind of screen of the contract has a show in the gallery', () => {
  // the bar's table is of all kinds by its type
  const shown = new Set(Object.values(showsIn('zh')).map(({ screen }) => screen.kind));
  const missing = Object.keys(barPlaces).filter((kind) => ![...shown].some((each) => each === kind));
  expect(missing).toEqual([]);
});
