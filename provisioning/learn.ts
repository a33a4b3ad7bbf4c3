// `yingbin doctor learn-reader`: one swipe tells which device is the reader and how to set it up.
import { learnableAddresses, learnReader } from '../device/learn-reader.ts';
import { type CommandLanguage, commandWords } from './command-words.ts';

export interface LearnReaderOptions {
  /** where to listen; this machine's own HID devices when not said */
  readonly addresses?: readonly string[];
  /** the number that stands on the card */
  readonly printed?: string;
  readonly patienceMs: number;
  readonly language: CommandLanguage;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}

/** @returns the exit code: 0 when a reader was learnt */
export async function runLearnReader(options: LearnReaderOptions): Promise<0 | 1> {
  const { printed, patienceMs, language, write } = options;
  const words = commandWords[language];
  const addresses = options.addresses ?? (await learnableAddresses());
  if (addresses.length === 0) {
    write(`${words.nothingToLearn}\n`);
    return 1;
  }
  const learnt = await learnReader({
    addresses,
    ...(printed === undefined ? {} : { printed }),
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(patienceMs)]),
    onListening: (open, shut) => {
      for (const { at, reason } of shut) write(`${words.cannotListen(at, reason)}\n`);
      if (open.length > 0) write(`${words.holdCard(Math.round(patienceMs / 1_000))}\n`);
    },
  });
  if (!learnt) {
    write(`${words.noCard}\n`);
    return 1;
  }
  write(`${words.learnt(learnt.at, learnt.endsWith)}\n`);
  for (const proposal of learnt.proposals) write(`  "reader": ${JSON.stringify(proposal)}\n`);
  if (learnt.proposals.length > 1) write(`${words.sayPrinted}\n`);
  return 0;
}
