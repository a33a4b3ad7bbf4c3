// The pinyin engine beside the page: fetches the words once, learns the words of the site, answers what keys may mean.

import type { Candidate, Typed } from './candidate.ts';
import { HantScript } from './hant-script.ts';
import type { ImeAnswer, ImeQuestion } from './ime.ts';
import type { PinyinEngine } from './pinyin-engine.ts';
import { wholeEngine } from './whole-engine.ts';

let known: Promise<ReturnType<typeof wholeEngine>> | undefined;
let engine: Promise<PinyinEngine> | undefined;
let hant: Promise<HantScript> | undefined;
/** what the kiosk told, as it came */
let site = '[]';

async function learnt(): Promise<ReturnType<typeof wholeEngine>> {
  const response = await fetch(new URL('./words.txt', import.meta.url));
  if (!response.ok) throw new Error('the words are not there');
  return wholeEngine(await response.text());
}

async function made(): Promise<PinyinEngine> {
  known ??= learnt();
  return (await known)(siteWords());
}

async function hantScript(): Promise<HantScript> {
  const response = await fetch(new URL('./hant.txt', import.meta.url));
  if (!response.ok) throw new Error('the traditional script is not there');
  return HantScript.from(await response.text());
}

async function candidates(typed: Typed): Promise<readonly Candidate[]> {
  const found = (await ready()).candidates(typed);
  if (!typed.isHant) return found;
  hant ??= hantScript();
  return (await hant).write(found, typed.isName ?? false);
}

function siteWords(): readonly string[] {
  const told: unknown = JSON.parse(site);
  return Array.isArray(told) ? told.filter((each) => typeof each === 'string') : [];
}

/** The kiosk answers 304 while its datasets are the same. Without its words people still write. */
async function askSite(): Promise<void> {
  const response = await fetch('/words.json', { cache: 'no-cache' });
  const told = response.ok ? await response.text() : site;
  if (told === site) return;
  site = told;
  engine = undefined;
}

function ready(): Promise<PinyinEngine> {
  engine ??= made();
  return engine;
}

function startAfresh(): void {
  // asked again with the next key: a file may have been in the middle of an update
  known = undefined;
  engine = undefined;
  hant = undefined;
  site = '[]';
}

addEventListener('message', ({ data }: MessageEvent<ImeQuestion>) => {
  if (data.kind === 'prepare') {
    askSite()
      .catch(() => undefined)
      .then(ready)
      .catch(startAfresh);
    return;
  }
  candidates(data.typed).then(
    (found) => answer({ id: data.id, candidates: found }),
    () => {
      startAfresh();
      answer({ id: data.id, candidates: [] });
    },
  );
});

function answer(said: ImeAnswer): void {
  postMessage(said);
}
