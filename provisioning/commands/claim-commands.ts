// `yingbin claim` and `label`: what lets blank terminals in, as files beside the image and as labels to stick on.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Command } from 'commander';
import * as v from 'valibot';
import { configuredProfile } from '../../device/printers/configured-profile.ts';
import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import { printerSchema } from '../../sync/contract/device-setup.ts';
import type { ClaimFile } from '../../sync/contract/enrolment.ts';
import { deviceAnswers } from '../../sync/headquarters/api/device-api.ts';
import { parseStartPaper, usualClaimFile } from '../claim-file.ts';
import { findBrowser, labelPage, labelSlip, printLabels } from '../claim-labels.ts';
import { progressBar } from '../command-table.ts';
import { settled } from '../test-devices.ts';
import { writePrivate } from '../write-terminal.ts';
import { type CommandGround, exitCodes, UsageError } from './command-ground.ts';
import {
  type ChoiceValues,
  choiceOptions,
  chosenTerminals,
  countedBack,
  dryRunOption,
  fleetCommand,
  withFleet,
} from './fleet-ground.ts';

/** The API takes bodies of 64 KiB. */
const perCall = 1_000;
const fileName = basename(usualClaimFile());

export function claimCommands(program: Command, ground: CommandGround): void {
  claimCommand(program, ground);
  labelCommand(program, ground);
}

function claimCommand(program: Command, ground: CommandGround): void {
  const command = fleetCommand(
    ground,
    program,
    'claim [terminals...]',
    [
      `为终端签发凭证：一台一次，72 小时有效，之前的作废。写成 目录/终端/${fileName}，复制到卡的第一个分区。`,
      `issues claims: one use, one device, good for 72 hours; those before are void. Written as FOLDER/TERMINAL/${fileName}, to be copied onto the first partition of the card.`,
    ],
    [
      'yingbin claim h01 --out claims',
      'yingbin claim --filter site=jinshang,state=expected --count 24 --out claims',
    ],
  );
  choiceOptions(ground, command)
    .option('--out <folder>', ground.say(['写到哪个目录', 'folder to write to']))
    .action(
      ground.does((names: readonly string[], values: ChoiceValues & { readonly out?: string }) => {
        const { out } = values;
        if (out === undefined) throw new UsageError('claim needs --out FOLDER');
        return withFleet(ground, values, async (client) => {
          const terminals = await chosenTerminals(client, names, values);
          const stop = countedBack(ground, terminals.length, values);
          if (stop !== undefined) return stop;
          const files: string[] = [];
          let expiresAt: string | null = null;
          const draw = progressBar(ground.around, ground.say(['凭证', 'claims']));
          for (let at = 0; !values.dryRun && at < terminals.length; at += perCall) {
            const some = terminals.slice(at, at + perCall);
            const issued = await client.post('/fleet/claims', { terminals: some }, deviceAnswers.claims);
            expiresAt = issued.expiresAt;
            for (const claim of issued.claims) {
              const file = join(out, claim.terminal, fileName);
              writePrivate(file, `${JSON.stringify(claim)}\n`);
              files.push(file);
              draw(files.length, terminals.length);
            }
          }
          if (values.json) ground.json({ isDone: !values.dryRun, expiresAt, terminals, files });
          else if (values.dryRun) ground.around.write(terminals.map((each) => `${each}\n`).join(''));
          else
            ground.line([
              `${files.length} 份凭证在 ${out}，${expiresAt ?? ''} 到期。`,
              `${files.length} claims in ${out}, good until ${expiresAt ?? ''}.`,
            ]);
          return exitCodes.well;
        });
      }),
    );
}

interface LabelValues {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly out?: string;
  readonly printer?: string;
  readonly printerModel?: string;
}

function labelCommand(program: Command, ground: CommandGround): void {
  const command = ground.command(
    program,
    'label <claims...>',
    [
      '把凭证印成标签：--out 写 A4 二维码页（.pdf 需要 Chromium，.html 不需要），--printer 在小票打印机上一张一张打。不需要总部。',
      'makes labels of claims: --out writes an A4 sheet of QR codes (.pdf needs Chromium, .html does not), --printer prints one slip each. Needs no headquarters.',
    ],
    ['yingbin label claims --out labels.pdf', 'yingbin label claims/h01 --printer tcp://192.0.2.7:9100'],
  );
  dryRunOption(ground, ground.speaks(command))
    .option('--json', ground.say(['输出 JSON', 'prints JSON']))
    .option('--out <file>', ground.say(['labels.pdf 或 labels.html', 'labels.pdf or labels.html']))
    .option(
      '--printer <address>',
      ground.say(['小票打印机的地址，与配置中相同', 'address of a slip printer, as in a config']),
    )
    .option('--printer-model <name>', ground.say(['它的型号', 'its model']))
    .action(
      ground.does(async (paths: readonly string[], values: LabelValues) => {
        const claims = paths.flatMap(claimsIn);
        const [first] = claims;
        if (!first) throw new UsageError('there is no claim in what was named');
        const { out, printer } = values;
        if ((out === undefined) === (printer === undefined))
          throw new UsageError('say --out FILE or --printer ADDRESS');
        const terminals = claims.map(({ terminal }) => terminal);
        if (values.dryRun) {
          if (values.json) ground.json({ isDone: false, terminals });
          else ground.around.write(terminals.map((each) => `${each}\n`).join(''));
          return exitCodes.well;
        }
        if (printer !== undefined) return await printSlips(claims, values, ground);
        return await writeSheet(claims, out ?? '', values, ground);
      }),
    );
}

async function writeSheet(
  claims: readonly ClaimFile[],
  out: string,
  { json }: LabelValues,
  ground: CommandGround,
): Promise<number> {
  const { env, signal } = ground.around;
  const page = labelPage(claims, ground.say(['终端标签', 'Labels of terminals']));
  const kind = extname(out);
  if (kind !== '.pdf' && kind !== '.html') throw new UsageError('--out must end with .pdf or .html');
  const browser = kind === '.pdf' ? findBrowser(env) : undefined;
  let file = out;
  let code: number = exitCodes.well;
  const isPrinted =
    browser !== undefined &&
    (await printLabels(browser, page, out, signal).then(
      () => true,
      () => false,
    ));
  if (!isPrinted) {
    file = out.replace(/\.pdf$/, '.html');
    writePrivate(file, page);
    if (kind === '.pdf') code = exitCodes.care;
  }
  if (json) ground.json({ isDone: true, file, labels: claims.length });
  else if (code === exitCodes.care)
    ground.line([
      `这台机器没有可用的 Chromium：已写成 ${file}，请用任一浏览器打印。`,
      `This machine has no Chromium that works: ${file} is written instead, print it with any browser.`,
    ]);
  else ground.line([`${claims.length} 张标签：${file}`, `${claims.length} labels: ${file}`]);
  return code;
}

async function printSlips(
  claims: readonly ClaimFile[],
  { json, printer: at, printerModel }: LabelValues,
  ground: CommandGround,
): Promise<number> {
  const model = printerModel === undefined ? {} : { model: printerModel };
  const read = v.safeParse(printerSchema, { kind: 'esc-pos', at, ...model });
  if (!read.success) throw new UsageError(`--printer ${read.issues[0].message}`);
  const settings = read.output;
  const printer = openEscPosPrinter(
    {
      at: settings.at,
      profile: configuredProfile(settings),
      answerMs: 2_000,
      retryMinMs: 250,
      retryMaxMs: 5_000,
    },
    { onState: () => undefined },
  );
  const printed: string[] = [];
  const failed: { terminal: string; code: string }[] = [];
  const draw = progressBar(ground.around, ground.say(['打印', 'print']));
  try {
    await settled(printer, ground.around.signal);
    for (const [n, claim] of claims.entries()) {
      const outcome = await printer.print(labelSlip(claim), {
        proofId: 1 + (n % 9_999),
        beforeFirstByte: () => undefined,
        signal: ground.around.signal,
      });
      if (outcome.kind === 'printed') printed.push(claim.terminal);
      else failed.push({ terminal: claim.terminal, code: outcome.code });
      draw(n + 1, claims.length);
      // whoever stands there must help first
      if (outcome.kind === 'not-sent') break;
    }
  } finally {
    await printer.close();
  }
  if (json) ground.json({ isDone: failed.length === 0, printed, failed });
  else {
    for (const { terminal, code } of failed)
      ground.line([`${terminal}：没有确认打印（${code}）`, `${terminal}: not confirmed on paper (${code})`]);
    ground.line([`打印了 ${printed.length} 张标签。`, `${printed.length} labels printed.`]);
  }
  return failed.length > 0 ? exitCodes.care : exitCodes.well;
}

/** A claim file, or a folder of them as `claim` wrote it. */
function claimsIn(path: string): ClaimFile[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${path} is not there`);
  if (stat.isDirectory()) {
    return readdirSync(path)
      .sort()
      .map((name) => join(path, name))
      .filter((each) => each.endsWith('.json') || statSync(each).isDirectory())
      .flatMap(claimsIn);
  }
  const paper = parseStartPaper(stat.size > 4_096 ? '' : readFileSync(path, 'utf8'));
  if (paper.kind !== 'claim') throw new UsageError(`${path} is no claim file`);
  return [paper.claim];
}
