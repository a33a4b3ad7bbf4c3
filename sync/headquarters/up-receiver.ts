// Deals with what terminals send: facts, asks and presence, those of one terminal one after the other.

import { setTimeout as sleep } from 'node:timers/promises';
import { datasetAskSchema } from '../contract/datasets.ts';
import { decodeFrame, encodeFrame } from '../contract/frame.ts';
import type { TerminalId } from '../contract/ids.ts';
import { questionSchema } from '../contract/questions.ts';
import { parseUpTopic, topics } from '../contract/topics.ts';
import { SyncError } from '../sync-error.ts';
import type { Complaints } from './complaints.ts';
import type { HeadquartersConfig } from './config.ts';
import type { DenyList } from './fleet/deny-list.ts';
import type { TwinSender } from './fleet/twin-sender.ts';
import type { Fleet } from './fleet.ts';
import { HeadquartersError } from './headquarters-error.ts';
import type { Intake, IntakeResult } from './intake.ts';
import type { LiveAnswers } from './live-answers.ts';
import type { OrderSender } from './order-sender.ts';
import type { Publisher } from './publisher.ts';
import type { Say } from './signed-voice.ts';
import { TerminalQueues } from './terminal-queues.ts';
import { TerminalRates } from './terminal-rates.ts';
import type { Shards } from './workers/shards.ts';

type Up = NonNullable<ReturnType<typeof parseUpTopic>>;

export interface UpReceiver {
  receive(topic: string, payload: Uint8Array, isRetained: boolean): void;
  /** @returns when what was received of this terminal is dealt with; not to be waited for while dealing with it */
  settled(terminal: TerminalId): Promise<void>;
  /** @returns when everything that was received is dealt with */
  drained(): Promise<void>;
}

interface UpParts {
  readonly intake: Intake;
  readonly fleet: Fleet;
  readonly answers: LiveAnswers;
  readonly shards: Shards;
  /** terminals that are not heard */
  readonly denyList: DenyList;
}

export interface Senders {
  readonly publisher: Publisher;
  readonly sender: OrderSender;
  readonly twinSender: TwinSender;
}

export function makeUpReceiver(
  { tenant, limits }: HeadquartersConfig,
  { intake, fleet, answers, shards, denyList }: UpParts,
  { publisher, sender, twinSender }: Senders,
  say: Say,
  complaints: Complaints,
): UpReceiver {
  const queues = new TerminalQueues({
    perTerminal: limits.messagesWaitingPerTerminal,
    inAll: limits.messagesWaiting,
  });
  const rates = new TerminalRates(limits.messagesPerSecondPerTerminal);
  const take = async ({ terminal, channel }: Up, payload: Uint8Array, isRetained: boolean): Promise<void> => {
    // it went to another worker, to whom the terminal tells it again
    if (!shards.isMine(terminal)) return;
    // it may have been put out while its message waited
    if (denyList.isDenied(terminal)) return;
    switch (channel) {
      case 'facts': {
        const { ack, applied } = await takeFacts(intake, terminal, payload, complaints);
        // nonsense on a terminal's topic is no sign of that terminal
        if (!ack) return;
        void say(topics.ack(tenant, terminal), encodeFrame(ack));
        await fleet.noteSeen(terminal, applied);
        return;
      }
      case 'ask': {
        const ask = decodeFrame(datasetAskSchema, payload);
        await fleet.noteSeen(terminal);
        // an answer is long, and facts that come meanwhile need not wait for it
        publisher.receiveAsk(terminal, ask).catch((error) => complain({ terminal, channel }, error));
        if (ask.kind !== 'changes') return;
        // whoever asks has just come: the manifest tells them at once that we are here, also when nothing is new
        publisher.noteChange();
        sender.terminalCame(terminal);
        twinSender.terminalCame(terminal);
        return;
      }
      case 'question': {
        const answer = await answers.answer(terminal, decodeFrame(questionSchema, payload));
        void say(topics.answer(tenant, terminal), encodeFrame(answer));
        return;
      }
      case 'presence':
        await fleet.receivePresence(terminal, payload, isRetained);
        return;
    }
  };
  const complain = (up: Up, error: unknown): void => complainAbout(up, error, complaints);
  return {
    receive: (topic, payload, isRetained) => {
      const up = parseUpTopic(tenant, topic);
      if (!up || denyList.isDenied(up.terminal)) return;
      const isTaken = queues.push(up.terminal, async () => {
        const waitMs = rates.waitMs(up.terminal);
        if (waitMs > 0) await sleep(waitMs);
        await take(up, payload, isRetained).catch((error: unknown) => complain(up, error));
      });
      if (isTaken) return;
      complaints.say(
        `${up.terminal}/overrun`,
        { event: 'overrun', terminal: up.terminal },
        'more messages came than may wait (limits.messagesWaiting and messagesWaitingPerTerminal); the terminal will send again',
      );
    },
    settled: (terminal) => queues.settled(terminal),
    drained: () => queues.drained(),
  };
}

async function takeFacts(
  intake: Intake,
  terminal: TerminalId,
  payload: Uint8Array,
  complaints: Complaints,
): Promise<IntakeResult> {
  const result = await intake.receive(terminal, payload);
  for (const reason of result.deadLetters) {
    complaints.say(
      `${terminal}/${reason}`,
      { event: 'dead-letter', terminal, reason },
      'what a terminal sent was set aside: look at it under /api/dead-letters',
    );
  }
  return result;
}

function complainAbout({ terminal, channel }: Up, error: unknown, complaints: Complaints): void {
  if (error instanceof HeadquartersError && error.code === 'hq-lease-lost') {
    complaints.say(
      `${terminal}/${error.code}`,
      { event: 'lease-lost', terminal, code: error.code },
      'another worker has taken this terminal over: nothing was applied here, and it is told there',
    );
    return;
  }
  const code = error instanceof SyncError ? error.code : 'hq-fault';
  complaints.say(
    `${terminal}/${channel}/${code}`,
    { event: 'message-failed', terminal, channel, code },
    error instanceof SyncError
      ? 'a message of a wrong shape was ignored: check who else publishes on this broker'
      : 'a message could not be applied and will come again: check the disk, or the database server',
  );
}
