// What each kind of order does at this terminal, and when it is done.
import type { FactId } from '../sync/contract/ids.ts';
import type { OrderKind } from '../sync/contract/orders.ts';
import type { OrderEnd, OrderWork, OrderWorks } from '../sync/order-book.ts';
import { type RemoteTools, remoteWorks } from './remote/remote-works.ts';
import type { RuleSite } from './rule-context.ts';
import type { Language } from './screen.ts';
import { testPage } from './slips/test-page.ts';
import type { TerminalStore } from './store/terminal-store.ts';

export interface OrderTools {
  readonly store: TerminalStore;
  readonly site: RuleSite;
  /** slips are printed in it when nobody in particular asks */
  readonly language: Language;
  readonly now: () => Date;
  /** is there a printer in the config? */
  readonly hasPrinter: boolean;
  /** slips that may wait for paper */
  readonly waitingSlips: number;
  /** nobody is served now */
  readonly isIdle: () => boolean;
  /** ends this run so that another begins */
  readonly restart: () => void;
  /** as `Courier.sendAgain` */
  readonly sendAgain: () => void;
  /** as `Outbox.beginEpoch` */
  readonly beginEpoch: () => void;
  /** a slip was queued: print it when you can */
  readonly onSlipQueued: () => void;
  readonly remote: RemoteTools;
}

const done: OrderEnd = { state: 'done' };
const failed = (code: string): OrderEnd => ({ state: 'failed', code });

export function orderWorks(tools: OrderTools): OrderWorks {
  const { notices } = tools.store;
  return {
    'print-test-page': printTestPage(tools),
    'restart-terminal': restartTerminal(tools),
    'take-datasets': takeDatasets(tools),
    ...remoteWorks(tools.remote),
    're-send-facts': onceARun(tools.sendAgain),
    'begin-epoch': onceARun(tools.beginEpoch),
    'show-notice': {
      isRepeatable: true,
      begin({ batch, at, body: { words, until } }) {
        notices.keep({ id: batch, at, until, words });
        return done;
      },
    },
    'forget-notice': {
      isRepeatable: true,
      begin({ body }) {
        notices.forget(body.notice);
        return done;
      },
    },
  };
}

/** The print job carries the order's id, so that its end is found after any crash. */
function printTestPage(tools: OrderTools): OrderWork<'print-test-page'> {
  const { store, site, language, now } = tools;
  return {
    isRepeatable: true,
    begin({ id }, running) {
      if (!tools.hasPrinter) return failed('no-printer');
      if (store.printJobs.waiting() >= tools.waitingSlips) return failed('too-many-slips');
      const lines = testPage({ site, now: now() }, language);
      const subject = `test-page/${id}`;
      store.apply(running, [
        { kind: 'queue-slip', job: jobOf(id), slip: 'test-page', lines, copy: 0, subject },
      ]);
      return 'running';
    },
    carryOn: () => tools.onSlipQueued(),
    look({ id }) {
      const state = store.printJobs.find(jobOf(id))?.state;
      switch (state) {
        case 'printed':
          return done;
        case 'queued':
        case 'sending':
        case 'sent':
          return undefined;
        case 'unconfirmed':
        case 'failed':
        case 'expired':
          return failed(`slip-${state}`);
        case undefined:
          return failed('slip-forgotten');
      }
    },
  };
}

function restartTerminal({ isIdle, restart }: OrderTools): OrderWork<'restart-terminal'> {
  return {
    isRepeatable: true,
    canBegin: isIdle,
    begin: () => 'running',
    carryOn: restart,
    look: ({ isOfThisRun }) => (isOfThisRun ? undefined : done),
  };
}

/** The rows that are here serve until the new ones are whole. */
function takeDatasets({ store: { replica } }: OrderTools): OrderWork<'take-datasets'> {
  const begun = new Set<string>();
  return {
    isRepeatable: true,
    begin: () => 'running',
    carryOn({ id, body }) {
      for (const dataset of body.datasets) replica.distrust(dataset);
      begun.add(id);
    },
    look: ({ id, body }) =>
      begun.has(id) && body.datasets.every((dataset) => replica.isTrusted(dataset)) ? done : undefined,
  };
}

/**
 * What is over in one call, and may be done again when a crash came before that was said. Where facts are moved or sent
 * again, `done` is a fact behind all of them.
 */
function onceARun<K extends OrderKind>(act: () => void): OrderWork<K> {
  const acted = new Set<string>();
  return {
    isRepeatable: true,
    begin: () => 'running',
    carryOn({ id }) {
      act();
      acted.add(id);
    },
    look: ({ id }) => (acted.delete(id) ? done : undefined),
  };
}

/** Both are UUIDv7; nothing else makes one that headquarters made. */
function jobOf(order: string): FactId {
  return order as FactId;
}
