// A program: a blank terminal that enrols, so that it can be killed. Arguments: its folder, `ours` or `naive`.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ClockFloor } from '../../../provisioning/clock-floor.ts';
import { enrol } from '../../../provisioning/enrol.ts';
import { writeEnrolledConfig } from '../../../provisioning/enrolled-config.ts';
import { Identity } from '../../../provisioning/identity.ts';

const [folder = '', design = 'ours'] = process.argv.slice(2);
const identity = new Identity(join(folder, 'identity'));
// the control has its key in memory until it has a certificate
if (design === 'naive' && !identity.next()?.pair) identity.forgetNext();
const say = (word: object): void => void process.stdout.write(`${JSON.stringify(word)}\n`);
say({ step: 'begin' });
const pair = await enrol({
  identity,
  claimFile: join(folder, 'claim.json'),
  board: { model: 'proof', serial: 'board-1', architecture: 'x64' },
  boot: 'boot-1',
  version: '0.1.0',
  floor: new ClockFloor(join(folder, 'clock-floor'), new Date(0)),
  now: () => new Date(),
  keep: (answer) => writeEnrolledConfig(join(folder, 'config.json'), answer, identity),
  tell: say,
  // nobody reads along
  wait: (ms) => delay(Math.min(ms, 20)),
  signal: new AbortController().signal,
});
say({ step: 'end', terminal: pair?.terminal ?? null });
