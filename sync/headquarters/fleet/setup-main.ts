// The program behind `yingbin init` and `yingbin broker-config`: `node setup-main.js init|broker-config PLAN`, a plan as JSON.
import * as v from 'valibot';
import { HeadquartersError } from '../headquarters-error.ts';
import { brokerConfigPlanSchema, initFleet, initPlanSchema, writeBrokerConfig } from './fleet-setup.ts';

const [deed, plan = ''] = process.argv.slice(2);
try {
  const value: unknown = JSON.parse(plan);
  const done =
    deed === 'init'
      ? await initFleet(v.parse(initPlanSchema, value), new Date())
      : await writeBrokerConfig(v.parse(brokerConfigPlanSchema, value), new Date());
  process.stdout.write(`${JSON.stringify(done)}\n`);
} catch (error) {
  const isOurs = error instanceof HeadquartersError || error instanceof v.ValiError;
  const code = error instanceof HeadquartersError ? error.code : isOurs ? 'hq-config-wrong' : 'hq-fault';
  // the file system says what it could not do, and names no secret
  const message = error instanceof Error ? error.message : 'It could not be done.';
  process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  process.exitCode = 2;
}
