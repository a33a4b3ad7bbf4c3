// The doctor's trials on real devices: a test page, a test swipe, the panel's lights, sounds and button.
import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlPanel, panelLights, panelSounds } from '../device/control-panel.ts';
import { openCardReader } from '../device/open-card-reader.ts';
import { openFirmataPanel } from '../device/panel/firmata-panel.ts';
import { configuredProfile } from '../device/printers/configured-profile.ts';
import { openEscPosPrinter } from '../device/printers/esc-pos-printer.ts';
import type { ReceiptPrinter, Slip } from '../device/receipt-printer.ts';
import type { Config } from '../kiosk/config.ts';
import type { CommandWords } from './command-words.ts';

export interface TrialOptions {
  readonly config: Config;
  readonly words: CommandWords;
  /** a whole line, without its end */
  readonly say: (line: string) => void;
  /** for what a person must do */
  readonly patienceMs: number;
  /** between lights and sounds */
  readonly paceMs: number;
  readonly signal: AbortSignal;
}

/** a printer that says nothing within this is not going to */
const readyMs = 10_000;

/** @returns whether the printer confirmed the page */
export async function printTestPage({ config, words, say, signal }: TrialOptions): Promise<boolean> {
  const { printer: settings, limits } = config;
  if (!settings) return false;
  const profile = configuredProfile(settings);
  const printer = openEscPosPrinter(
    {
      at: settings.at,
      profile,
      answerMs: limits.printerAnswerMs,
      retryMinMs: limits.deviceRetryMinMs,
      retryMaxMs: limits.deviceRetryMaxMs,
    },
    { onState: (state) => say(words.state(state.kind, 'code' in state ? state.code : null)) },
  );
  try {
    await settled(printer, signal);
    say(words.printing);
    const outcome = await printer.print(testPage(profile.columns), {
      // any id will do: this process prints nothing else
      proofId: 1 + (process.pid % 9_999),
      beforeFirstByte: () => undefined,
      signal,
    });
    if (outcome.kind === 'printed') say(words.printed);
    else
      say(outcome.kind === 'unconfirmed' ? words.unconfirmed(outcome.code) : words.notPrinted(outcome.code));
    return outcome.kind === 'printed';
  } finally {
    await printer.close();
  }
}

/** Until the printer said how it is; a first try that failed says enough. */
export async function settled(printer: ReceiptPrinter, signal: AbortSignal): Promise<void> {
  const endsAt = performance.now() + readyMs;
  while (printer.state.kind === 'opening' && performance.now() < endsAt && !signal.aborted) await sleep(50);
}

/** What goes wrong on cheap printers, on one page. */
function testPage(columns: number): Slip {
  const ruler = Array.from({ length: columns }, (_, n) => String((n + 1) % 10)).join('');
  return [
    { kind: 'title', text: '迎宾 测试页' },
    { kind: 'text', text: 'Yingbin test page', align: 'centre' },
    { kind: 'rule' },
    { kind: 'text', text: '四季花城米兰苑301-卫生间-天花-渗漏' },
    { kind: 'text', text: '堃喆囧龘㙍䶮 ¥￥€ ①℃—… “”「」' },
    { kind: 'text', text: '粗体 bold 123', bold: true },
    { kind: 'pair', label: '积分 points', value: '1,280' },
    { kind: 'pair', label: '有效期至 valid until', value: '2027-12-31' },
    { kind: 'text', text: ruler },
    { kind: 'rule' },
    { kind: 'qr', content: 'https://example.com/迎宾?测试=1' },
    { kind: 'space' },
  ];
}

/** @returns whether a usable card was read in time */
export async function awaitTestSwipe(options: TrialOptions): Promise<boolean> {
  const { config, words, say } = options;
  const settings = config.reader;
  if (!settings || settings.kind === 'wedge') return false;
  const { cardAbsenceMs, deviceRetryMinMs, deviceRetryMaxMs } = config.limits;
  say(words.holdCard(Math.round(options.patienceMs / 1_000)));
  const isRead = await awaitPerson(options, (done) => {
    const reader = openCardReader(
      settings,
      { cardAbsenceMs, retryMinMs: deviceRetryMinMs, retryMaxMs: deviceRetryMaxMs },
      {
        onRead: ({ technology, bits, number }) => {
          say(words.read({ technology, bits, tail: number.tail }));
          number.wipe();
          done();
        },
        onUnusable: (why) => say(words.unusable(why)),
        onNoise: ({ code }) => say(code),
        onState: (state) => say(words.state(state.kind, 'code' in state ? state.code : null)),
      },
    );
    return () => reader.close();
  });
  if (!isRead) say(words.noCard);
  return isRead;
}

/** @returns whether the help button was heard; light and sound are for the eyes and ears of who stands there */
export async function testPanel(options: TrialOptions): Promise<boolean> {
  const { config, words, say, patienceMs, paceMs, signal } = options;
  const settings = config.panel;
  if (!settings) return false;
  const { deviceRetryMinMs, deviceRetryMaxMs } = config.limits;
  let noteHelp = () => {};
  let noteState = () => {};
  const panel = openFirmataPanel(
    { at: settings.at, pins: settings.pins, retryMinMs: deviceRetryMinMs, retryMaxMs: deviceRetryMaxMs },
    {
      onState: (state) => {
        say(words.state(state.kind, 'code' in state ? state.code : null));
        noteState();
      },
      onPresence: (isPresent) => say(words.presence(isPresent)),
      onTamper: (isOpen) => say(words.housing(isOpen)),
      onHelp: () => noteHelp(),
    },
  );
  const serves = () => panel.state.kind === 'ready' || panel.state.kind === 'degraded';
  try {
    const isThere = await awaitPerson({ patienceMs: readyMs, signal }, (done) => {
      noteState = () => {
        if (panel.state.kind !== 'opening') done();
      };
      return nothingToEnd;
    });
    if (!isThere || !serves()) return false;
    await showAll(panel, { words, say, paceMs, signal });
    say(words.pressHelp(Math.round(patienceMs / 1_000)));
    const isHeard = await awaitPerson({ patienceMs, signal }, (done) => {
      noteHelp = done;
      return nothingToEnd;
    });
    say(isHeard ? words.helpPressed : words.helpNotPressed);
    return isHeard;
  } finally {
    await panel.close();
  }
}

async function showAll(
  panel: ControlPanel,
  { words, say, paceMs, signal }: Pick<TrialOptions, 'words' | 'say' | 'paceMs' | 'signal'>,
): Promise<void> {
  for (const light of panelLights) {
    if (signal.aborted) return;
    say(words.light(light));
    panel.showLight(light);
    await sleep(paceMs);
  }
  for (const sound of panelSounds) {
    if (signal.aborted) return;
    say(words.sound(sound));
    panel.play(sound);
    await sleep(paceMs);
  }
}

const nothingToEnd = (): Promise<void> => Promise.resolve();

/** @returns whether `done` was called in time; what `begin` returned is called at the end */
async function awaitPerson(
  { patienceMs, signal }: Pick<TrialOptions, 'patienceMs' | 'signal'>,
  begin: (done: () => void) => () => Promise<void>,
): Promise<boolean> {
  let end: () => Promise<void> = nothingToEnd;
  const isDone = await new Promise<boolean>((resolve) => {
    const giveUp = () => resolve(false);
    const patience = setTimeout(giveUp, patienceMs);
    signal.addEventListener('abort', giveUp, { once: true });
    end = begin(() => {
      clearTimeout(patience);
      signal.removeEventListener('abort', giveUp);
      resolve(true);
    });
    if (signal.aborted) giveUp();
  });
  await end();
  return isDone;
}
