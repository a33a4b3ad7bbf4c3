// How headquarters' config says by what means an external broker is told who may speak on it.
import * as v from 'valibot';
import { path, realPort } from '../../../contract/config-file.ts';

const command = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1), v.maxLength(20));
const nudge = v.variant('kind', [
  /** gets SIGHUP */
  v.strictObject({ kind: v.literal('pid-file'), file: path }),
  /** a program and its arguments; it must end with 0 */
  v.strictObject({ kind: v.literal('command'), command }),
]);

export const brokerAccessSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('mosquitto'),
    /** the user of dynamic security's role `access` */
    username: v.string(),
    passwordFile: path,
    /** where terminals come; revocation lists are tried there */
    terminalsUrl: v.pipe(
      v.string(),
      v.regex(/^mqtts:\/\/[^\s/:]+:\d{1,5}$/, 'must be mqtts://host:port'),
      realPort,
    ),
    /** what the listener's `crlfile` names */
    listFile: path,
    /** has it read the list again */
    reload: nudge,
    /** for versions that take nobody after a reload */
    restart: v.optional(nudge),
  }),
  v.strictObject({
    kind: v.literal('emqx'),
    /** of its REST API, without `/api/v5` */
    api: v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/]+$/, 'must be http://host:port or https://host:port')),
    /** an API key and the file with its secret */
    username: v.string(),
    passwordFile: path,
  }),
]);
export type BrokerAccessConfig = v.InferOutput<typeof brokerAccessSchema>;
