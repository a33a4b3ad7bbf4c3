// A program: the small intake alone. Argument: JSON with tenant, file, url and keysFile.
import * as v from 'valibot';
import { tenantIdSchema } from '../../sync/contract/ids.ts';
import { signingKey } from '../../sync/contract/signed-frame.ts';
import { readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { openSmallIntake } from './small-intake.ts';

const { tenant, file, url, keysFile } = v.parse(
  v.object({
    tenant: tenantIdSchema,
    file: v.string(),
    url: v.union([v.string(), v.array(v.string())]),
    keysFile: v.string(),
  }),
  JSON.parse(process.argv[2] ?? '{}'),
);
openSmallIntake({
  tenant,
  file,
  link: {
    url,
    keepAliveMs: 2_000,
    connectTimeoutMs: 2_000,
    reconnectMinMs: 20,
    reconnectMaxMs: 200,
    takenOverPauseMs: 200,
  },
  signKey: signingKey(readOrMakeKeys(keysFile).sign.privateKey),
  manifestEveryMs: 500,
});
process.stdout.write('ready\n');
