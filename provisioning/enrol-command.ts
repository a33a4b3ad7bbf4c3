// `yingbin enrol`: a terminal is set up by hand, with a claim that is typed or scanned, or a person's word at headquarters.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { enrolSteps } from '../sync/contract/enrolment.ts';
import { becomeTerminal } from './become-terminal.ts';
import { parseStartPaper, type StartPaper, usualClaimFile } from './claim-file.ts';
import type { CommandLanguage } from './command-words.ts';
import type { EnrolNews } from './enrol.ts';
import { stepWords, troubleWords } from './enrol-words.ts';
import { writePrivate } from './write-terminal.ts';

export interface EnrolCommand {
  readonly config: string;
  /** a file, the text of a label, or the claim itself with the three below */
  readonly claim: string | undefined;
  readonly terminal: string | undefined;
  readonly headquarters: string | undefined;
  readonly root: string | undefined;
  /** of its screen, as the config will say it */
  readonly port: number;
  readonly asJson: boolean;
  readonly language: CommandLanguage;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}

/** @returns the exit code: 0 enrolled, 1 ended before, 2 what was given is no claim */
export async function runEnrol(command: EnrolCommand): Promise<number> {
  const { config, port, write, signal, language } = command;
  const claimFile = claimFileOf(command);
  if (claimFile === undefined) {
    write(`${troubleWords['start-paper-wrong'].what[language]}\n`);
    return 2;
  }
  let said = '';
  const pair = await becomeTerminal({
    config,
    claimFile,
    port,
    complain: () => undefined,
    signal,
    isUnseen: true,
    tell: (news) => {
      const line = lineOf(news, command);
      if (line !== said) write(line);
      said = line;
    },
  });
  if (!pair) return 1;
  write(
    command.asJson
      ? `${JSON.stringify({ terminal: pair.terminal, certificate: pair.serial, notAfter: pair.notAfter })}\n`
      : `✓ ${pair.terminal}\n`,
  );
  return 0;
}

/** What was typed is laid where a claim file would be. @returns undefined when it is none */
function claimFileOf({ config, claim, terminal, headquarters, root }: EnrolCommand): string | undefined {
  if (claim !== undefined && existsSync(claim)) {
    return isPaper(parseStartPaper(readFileSync(claim, 'utf8'))) ? claim : undefined;
  }
  if (claim === undefined && headquarters === undefined) return usualClaimFile();
  const isText = claim?.trimStart().startsWith('{') === true;
  const text = isText ? claim : JSON.stringify({ v: 1, terminal, claim, headquarters, root });
  if (!isPaper(parseStartPaper(text))) return undefined;
  const file = join(dirname(resolve(config)), 'typed-claim.json');
  writePrivate(file, text);
  return file;
}

function isPaper({ kind }: StartPaper): boolean {
  return kind === 'claim' || kind === 'door';
}

function lineOf(news: EnrolNews, { asJson, language }: EnrolCommand): string {
  if (asJson) return `${JSON.stringify(news)}\n`;
  const { step, state, code, pending } = news;
  const sign = { now: '…', failed: '✗', waiting: '…', done: '✓' }[state];
  const head = `${sign} ${enrolSteps.indexOf(step) + 1}/${enrolSteps.length} ${stepWords[step][language]}`;
  const words = code === null ? undefined : troubleWords[code];
  const why = words ? `: ${words.what[language]} ${words.remedy[language]} (${code})` : '';
  return `${head}${pending === null ? '' : ` [${pending}]`}${why}\n`;
}
